"""A run folder as series of numbers, also while another process writes it."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError, ThalwegError
from engine.training.comparison import metrics
from engine.training.comparison.growing_file import GrowingFile
from engine.training.comparison.settings import flatten
from engine.training.runs import run_folder
from engine.training.spec import TrainSpec

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Series:
    """One metric of one run, where it was measured; steps rise.

    Attributes:
        steps: (N,) int64.
        values: (N,) float64; not finite where a step gave no number.
        seconds: (N,) float64, time of all steps up to each.
        phases: (N,) int64, the schedule's part as an index into the run's `phases`.
    """

    steps: Ints
    values: Floats
    seconds: Floats
    phases: Ints


@dataclass(frozen=True)
class RecordedRun:
    """What a run folder tells.

    Attributes:
        path: the folder.
        spec: what determined the run.
        settings: the spec as texts, by `engine.training.comparison.settings`.
        phases: the parts of its schedule that have begun, by name.
        series: each metric that it has, by name.
    """

    path: Path
    spec: TrainSpec
    settings: Mapping[str, str]
    phases: tuple[str, ...]
    series: Mapping[str, Series]

    @property
    def name(self) -> str:
        return self.path.name or str(self.path)

    @property
    def steps(self) -> int:
        """The last step that it has written."""
        return max((int(s.steps[-1]) for s in self.series.values() if len(s.steps)), default=0)


class _Column:
    """One metric's numbers so far, 28 bytes a step."""

    def __init__(self) -> None:
        self.steps, self.values, self.phases = array("q"), array("d"), array("l")

    def put(self, step: int, value: float, phase: int) -> None:
        """Append a number; what stands at this step or behind it was written before a crash."""
        if self.steps and self.steps[-1] >= step:
            kept = bisect_left(self.steps, step)
            del self.steps[kept:], self.values[kept:], self.phases[kept:]
        self.steps.append(step)
        self.values.append(value)
        self.phases.append(phase)


class RunReader:
    """Follows one run folder; each `read` takes only what is new."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files: tuple[tuple[GrowingFile, Callable[[Mapping[str, Any]], Any]], ...] = (
            (GrowingFile(path / "metrics.jsonl"), metrics.of_step),
            (GrowingFile(path / "evaluations.jsonl"), metrics.of_evaluation),
        )
        self._columns: tuple[dict[str, _Column], ...] = ({}, {})
        self._seconds = _Column()
        self._phases: dict[str, int] = {}
        self._spec: TrainSpec | None = None
        self._spec_facts: tuple[int, int, int] | None = None
        self._run: RecordedRun | None = None
        self.error: ThalwegError | None = None

    def read(self) -> Iterator[None]:
        """Take what is new; a long file in parts, with a yield behind each."""
        if self._read_spec():
            self._run = None
        for (file, values_of), columns in zip(self._files, self._columns, strict=True):
            for part in file.read():
                if part.restarted:
                    columns.clear()
                    if values_of is metrics.of_step:
                        self._seconds = _Column()
                self._take(part.lines, columns, values_of)
                self._run = None
                yield

    def run(self) -> RecordedRun | None:
        """The run as it was last read, the same object while nothing is new; None with `error`."""
        if self._run is None and self._spec is not None:
            seconds = np.array(self._seconds.values, dtype=np.float64)
            total = (np.array(self._seconds.steps, dtype=np.int64), np.cumsum(seconds))
            self._run = RecordedRun(
                path=self.path,
                spec=self._spec,
                settings=flatten(self._spec),
                phases=tuple(self._phases),
                series={
                    name: _series(column, total)
                    for columns in self._columns
                    for name, column in columns.items()
                },
            )
        return self._run

    def _read_spec(self) -> bool:
        """Read the spec where it is another one than before; whether it was."""
        try:
            found = (self.path / "spec.json").stat()
            facts = (found.st_mtime_ns, found.st_ino, found.st_size)
        except OSError:
            facts = None
        if facts is not None and facts == self._spec_facts:
            return False
        self._spec_facts, self._spec, self.error = facts, None, None
        try:
            self._spec = run_folder.read_spec(self.path)
        except ThalwegError as error:
            self.error = error
        except (OSError, UnicodeDecodeError) as error:
            self.error = InputError("file.unreadable", path=self.path / "spec.json")
            self.error.__cause__ = error
        return True

    def _take(
        self,
        lines: Iterable[Mapping[str, Any]],
        columns: dict[str, _Column],
        values_of: Callable[[Mapping[str, Any]], Iterable[tuple[str, float]]],
    ) -> None:
        for line in lines:
            step = line.get("step")
            if type(step) is not int or not 0 <= step < 2**63:
                continue
            phase = self._phases.setdefault(str(line.get("phase", "")), len(self._phases))
            for name, value in values_of(line):
                column = columns.get(name)
                if column is None:
                    column = columns[name] = _Column()
                column.put(step, value, phase)
            if columns is self._columns[0]:
                took: object = line.get("seconds")
                seconds = took if metrics.is_number(took) and math.isfinite(took) else 0.0
                self._seconds.put(step, seconds, phase)


def _series(column: _Column, total: tuple[Ints, Floats]) -> Series:
    """A column with the time of each step, from the steps and the seconds up to each."""
    steps = np.array(column.steps, dtype=np.int64)
    places = np.searchsorted(total[0], steps, side="right")
    return Series(
        steps=steps,
        values=np.array(column.values, dtype=np.float64),
        seconds=np.concatenate([[0.0], total[1]])[places],
        phases=np.array(column.phases, dtype=np.int64),
    )
