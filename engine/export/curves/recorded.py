"""Every number that a run folder holds, step by step."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.training.comparison import metrics
from engine.training.comparison.growing_file import GrowingFile
from engine.training.runs import run_folder

Row = dict[str, float | int]


@dataclass(frozen=True)
class RecordedNumbers:
    """What a run has written, nothing left out and nothing rounded.

    Attributes:
        path: its folder.
        name: of the run, another one for each of several.
        rows: by step, rising: each number by its name, those of an evaluation with those of the
            step that it was taken at; numbers within numbers are called as in `bbox.AP`.
        phases: of each step, as metrics.jsonl has it.
        changed: when a step was last written, in seconds since 1970.
    """

    path: Path
    name: str
    rows: Mapping[int, Row]
    phases: Mapping[int, str]
    changed: float

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all numbers, the losses first."""
        return metrics.in_order(name for row in self.rows.values() for name in row)

    def times(self) -> dict[int, float]:
        """When each step was done, in seconds since 1970: its seconds before the last write."""
        left, found = self.changed, {}
        for step in sorted(self.rows, reverse=True):
            found[step] = left
            seconds = self.rows[step].get("seconds", 0.0)
            left -= seconds if math.isfinite(seconds) else 0.0
        return found


def read_steps(folder: Path, name: str) -> Iterator[RecordedNumbers | None]:
    """Read a run folder, in pieces: None while it is read, and at last what it holds.

    Raises:
        InputError: it holds no run, or one of another version of the program.
    """
    run_folder.read_spec(folder)
    rows: dict[int, Row] = {}
    phases: dict[int, str] = {}
    metrics_file, evaluations = (folder / each for each in run_folder.LINES)
    for lines in _parts(metrics_file):
        for step, line in lines:
            while rows and next(reversed(rows)) >= step:
                rows.popitem()  # written before a crash, and taken again
            rows[step] = dict(_numbers(line))
            phases[step] = str(line.get("phase", ""))
        yield None
    for lines in _parts(evaluations):
        for step, line in lines:
            rows.setdefault(step, {}).update(_numbers(line))
            phases.setdefault(step, str(line.get("phase", "")))
        yield None
    try:
        changed = metrics_file.stat().st_mtime
    except OSError:
        changed = 0.0
    ordered = dict(sorted(rows.items()))
    yield RecordedNumbers(folder, name, ordered, phases, changed)


def names_of(folders: Sequence[Path]) -> list[str]:
    """A name for each run: its folder's, with a number where that is another one's too."""
    taken: dict[str, int] = {}
    names = []
    for folder in folders:
        name = folder.absolute().name or "run"
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return names


def _parts(path: Path) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    for part in GrowingFile(path).read():
        found = []
        for line in part.lines:
            step = line.pop("step", None)
            if type(step) is int and 0 <= step < 2**63:
                found.append((step, line))
        yield found


def _numbers(line: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, float | int]]:
    for name, value in line.items():
        if isinstance(value, dict):
            yield from _numbers(value, f"{before}{name}.")
        elif metrics.is_number(value):
            yield f"{before}{name}", value
