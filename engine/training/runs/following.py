"""A run folder as it grows, whoever writes it: in this program, in a terminal, over a share.

Looked at now and then. Each look reads what was written since the one before, and begins anew
where a file was cut back, as a resumed run does it, or replaced (`file_place`). No torch here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import ThalwegError
from engine.training.alternating import phase_log
from engine.training.alternating.phases import phases_of
from engine.training.runs import lock, run_folder
from engine.training.runs.file_place import FilePlace, is_cut, new_lines
from engine.training.spec import GRAD_NORM, TrainFrame, TrainSpec, layers_in

METRICS, EVALUATIONS = run_folder.LINES
FILES = (METRICS, EVALUATIONS, phase_log.FILE)


@dataclass(frozen=True)
class Place:
    """How far a run folder is read: where the next look begins.

    Attributes:
        files: of each file by its name.
        steps: the steps of the run in all, as its last line says; 0 where none does.
    """

    files: Mapping[str, FilePlace] = field(default_factory=dict)
    steps: int = 0


@dataclass(frozen=True)
class News:
    """What one look at a run folder has found, or a piece of it.

    Attributes:
        place: where to look on from.
        frames: the new steps, evaluations and ended phases, by step.
        restarted: whether what was read before no longer holds: the frames begin anew.
        gone: whether there is no such folder now.
        writing: whether a process writes to the run: True where it holds the run's lock,
            False where there is no lock, None where that cannot be told (killed, or on
            another machine whose locks are not seen here).
        age_s: seconds since the last line was written, by this machine's clock, not below 0;
            None before the first line.
    """

    place: Place
    frames: tuple[TrainFrame, ...] = ()
    restarted: bool = False
    gone: bool = False
    writing: bool | None = False
    age_s: float | None = None


START = Place()


def look(folder: Path, place: Place = START) -> Iterator[News]:
    """One look at a run folder, told in pieces; at least one piece, also without news.

    Args:
        place: where the look before has ended.
    """
    if not folder.is_dir():
        yield News(place, gone=True)
        return
    restarted = any(is_cut(folder / name, at) for name, at in place.files.items())
    if restarted:
        place = START
    more = True
    while more:
        place, frames, more = _read_piece(folder, place)
        yield News(
            place,
            frames,
            restarted=restarted,
            writing=True if more else lock.is_held(folder),
            age_s=_age_s(folder / METRICS),
        )
        restarted = False


def read_whole(folder: Path) -> tuple[TrainFrame, ...]:
    """All that a run has written so far, in order."""
    return tuple(frame for news in look(folder) for frame in news.frames)


def total_steps(folder: Path) -> int:
    """The steps in all as a run's spec counts them; 0 where it counts epochs, or is none."""
    try:
        spec = run_folder.read_spec(folder)
    except (ThalwegError, ValueError, OSError):
        return 0
    return _total(spec)


def _total(spec: TrainSpec) -> int:
    return 0 if spec.steps is None else spec.steps * len(phases_of(spec))


def _read_piece(folder: Path, place: Place) -> tuple[Place, tuple[TrainFrame, ...], bool]:
    """A piece of what is new, and whether there is more.

    Evaluations and phases wait for the last piece, so that they come behind their steps.
    """
    files = dict(place.files)
    lines, files[METRICS], more = new_lines(folder / METRICS, files.get(METRICS, FilePlace()))
    lines = _told(lines)
    steps = next((n for line in reversed(lines) if (n := _count(line, "steps"))), place.steps)
    steps = steps or total_steps(folder)
    frames = [frame for line in lines if (frame := _step(line, steps)) is not None]
    while not more:
        rest = False
        for name, make in ((EVALUATIONS, _evaluation), (phase_log.FILE, _phase)):
            told, files[name], further = new_lines(folder / name, files.get(name, FilePlace()))
            frames += [frame for line in _told(told) if (frame := make(line, steps)) is not None]
            rest = rest or further
        if not rest:
            break
    # Stable: a step comes before its evaluation, and that before the end of its phase.
    frames.sort(key=_by_step)
    return Place(files, steps), tuple(frames), more


def _by_step(frame: TrainFrame) -> int:
    return frame.step


def _told(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that have a step."""
    return [line for line in lines if type(line.get("step")) is int]


def _step(line: Mapping[str, Any], steps: int) -> TrainFrame | None:
    losses = {
        name: number
        for name, value in line.items()
        if name.startswith("loss") and (number := _number(value)) is not None
    }
    if not losses:
        return None
    return TrainFrame(
        step=int(line["step"]),
        steps=_count(line, "steps") or steps,
        phase=str(line.get("phase", "")),
        losses=losses,
        lr=_number(line.get("lr")) or 0.0,
        seconds=_number(line.get("seconds")) or 0.0,
        pictures=_count(line, "pictures"),
        memory=_count(line, "memory"),
        cosine=_number(line.get("gradient_cosine")),
        grad_norm=_number(line.get(GRAD_NORM)),
        clipped=_number(line.get("clipped")) or 1.0,
        layers=layers_in(line),
    )


def _evaluation(line: Mapping[str, Any], steps: int) -> TrainFrame:
    return TrainFrame(int(line["step"]), steps, str(line.get("phase", "")), evaluation=line)


def _phase(line: Mapping[str, Any], steps: int) -> TrainFrame | None:
    if not line.get("phase"):
        return None
    return TrainFrame(int(line["step"]), steps, str(line["phase"]), finished=line)


def _number(value: Any) -> float | None:
    return float(value) if type(value) in (int, float) else None


def _count(line: Mapping[str, Any], name: str) -> int:
    value = line.get(name)
    return value if type(value) is int and value > 0 else 0


def _age_s(path: Path) -> float | None:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return None
