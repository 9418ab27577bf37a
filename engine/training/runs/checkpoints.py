"""Which checkpoints a run has, which of them stay, and what a training goes on from.

RUN/checkpoints/step-000100.safetensors   weights to use, half precision
RUN/states/step-000100/                   the same moment as `last/` has it, to fork from
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from engine.detection.models import weight_files
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError, Note, note
from engine.training.runs import run_folder, training_state
from engine.training.runs.kept_states import name_of, steps_in
from engine.training.runs.training_state import TrainingState

FORKABLE = 5  # states beside checkpoints that all stay: a state is six times as large


@dataclass(frozen=True)
class Found:
    """A state that a training goes on from.

    Attributes:
        folder: where it was read.
        state: what was read.
        notes: what there is to say when it is not the newest one.
    """

    folder: Path
    state: TrainingState
    notes: tuple[Note, ...] = ()


def write_last(out: Path, state: TrainingState, description: Description) -> None:
    """Replace `last/`; the one before stays beside it.

    Raises:
        ExportError: it could not be written; the old one is there.
    """
    with run_folder.replacing_last(out) as new:
        training_state.write(new, state, description)
    run_folder.settle(out)


def write_checkpoint(out: Path, state: TrainingState, description: Description) -> Path:
    """Write the weights to use into `checkpoints/`, `last/`, and the state to fork from.

    Raises:
        ExportError: a file could not be written.
    """
    path = out / "checkpoints" / f"{name_of(state.step)}.safetensors"
    path.parent.mkdir(exist_ok=True)
    weight_files.write_tensors(path, halves(state.weights), description.metadata())
    write_last(out, state, description)
    copy_state(out / "last", out / "states" / name_of(state.step))
    return path


def halves(tensors: training_state.Tensors) -> training_state.Tensors:
    """Weights of any shape in float16, for files to use and to ship; whole numbers stay."""
    return {n: t.half() if t.is_floating_point() else t for n, t in tensors.items()}


def copy_state(state: Path, to: Path) -> None:
    """Have a state's files in another folder too, without their bytes where the disk can.

    Raises:
        OSError: they could not be written.
    """
    new = to.with_name(to.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        for file in state.iterdir():
            try:
                os.link(file, new / file.name)  # a state's files are replaced, never changed
            except OSError:
                shutil.copyfile(file, new / file.name)
        shutil.rmtree(to, ignore_errors=True)
        os.replace(new, to)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def prune(out: Path, *, keep_last: int, best: int | None) -> None:
    """Delete all checkpoints but the newest and the best.

    Args:
        keep_last: how many of the newest stay; 0 for all, of which the newest `FORKABLE`
            keep their state.
        best: the step of the best, which always stays.
    """
    for folder, most in (("checkpoints", keep_last), ("states", keep_last or FORKABLE)):
        found = sorted(steps_in(out / folder), reverse=True)
        for step, path in found[most:] if most else ():
            if step != best:
                run_folder.remove(path)


def newest(out: Path) -> Found:
    """The newest state of a run that is whole; what is cut short or damaged is told.

    Raises:
        InputError: the run has no state, or was written by another version.
        ModelError: none of its states is whole.
    """
    folders = [out / name for name in ("last", "last.old") if (out / name).is_dir()]
    folders += [path for _, path in sorted(steps_in(out / "states"), reverse=True)]
    if not folders:
        raise InputError("run.nothing_to_resume", path=out)
    for folder in folders:
        try:
            state = training_state.read(folder)
        except ModelError:
            continue
        if folder == folders[0]:
            return Found(folder, state)
        told = note("run.fell_back", path=str(folders[0]), step=str(state.step))
        return Found(folder, state, (told,))
    raise ModelError("weights.broken", path=folders[0])
