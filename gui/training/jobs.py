"""The jobs of the Training workspace: on a worker, where torch may be imported."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile

from engine.errors import InputError
from engine.training.optimizer_text import with_lr
from engine.training.runs import naming, run_folder
from engine.training.runs.following import read_whole
from engine.training.runs.requests import Requests
from engine.training.spec import TrainFrame, TrainSpec
from gui.training.runs.fork_dialog import Fork

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo


def with_data(spec: TrainSpec) -> TrainSpec:
    """The spec, once it is complete and names something to train on.

    Raises:
        ThalwegError: it cannot be used.
    """
    checked = spec.validated()
    if not checked.files:
        raise InputError("train.no_file")
    return checked


def run_training(spec: TrainSpec, folder: Path, *, requests: Requests) -> Iterator[TrainFrame]:
    """The frames of a new training."""
    from engine.training.trainer import train

    return train(spec, folder, requests=requests)


def continue_training(
    folder: Path, steps: int | None, *, requests: Requests
) -> Iterator[TrainFrame]:
    """The frames of a training that goes on, first those of the steps that it has taken.

    Args:
        folder: the run folder.
        steps: where it ends now; None for where it was to end.
    """
    from engine.training.trainer import resumed, train

    spec = resumed(folder, steps=steps)
    with closing(train(spec, folder, resume=True, requests=requests)) as frames:
        yield from with_past(frames, folder)


def fork_training(fork: Fork, folder: Path, *, requests: Requests) -> Iterator[TrainFrame]:
    """The frames of a fork, from the first step of its past on."""
    from engine.training.runs.fork import begin

    spec = run_folder.read_spec(fork.run.path)
    if fork.steps is not None:
        spec = replace(spec, steps=fork.steps, epochs=None)
    if fork.lr is not None and fork.lr != fork.run.lr:
        spec = replace(spec, optimizer=with_lr(spec.optimizer, fork.lr))
    begin(fork.run.path, folder, spec.validated(), step=fork.step)
    yield from continue_training(folder, None, requests=requests)


def with_past(frames: Generator[TrainFrame, None, None], folder: Path) -> Iterator[TrainFrame]:
    """Frames of a training, and before its first one the steps that its folder holds."""
    for frame in frames:
        if frame.reading is not None:
            yield frame
            continue
        for past in read_whole(folder):
            if past.step <= frame.step:
                yield replace(past, steps=frame.steps, seconds=0.0)
        yield frame
        break
    yield from frames


def steps_after(folder: Path, step: int) -> Iterator[tuple[TrainFrame, ...]]:
    """The steps that a run folder holds beyond one, as its file says them."""
    yield tuple(frame for frame in read_whole(folder) if frame.losses and frame.step > step)


def list_models() -> Iterator[list[ModelInfo]]:
    """The detectors that there are."""
    from engine.detection.models.zoo import models

    yield models()


def rename_run(run: Path, name: str) -> Iterator[Path]:
    """Give a run another name; yields its new place."""
    yield naming.rename(run, name)


def bin_run(run: Path) -> Iterator[Path]:
    """Move a run to the system's bin, where it can be taken back from.

    Raises:
        InputError: it is being trained, or there is no bin for it.
    """
    naming.check_unused(run)
    if not QFile.moveToTrash(str(run)):
        raise InputError("run.no_bin", path=run)
    yield run
