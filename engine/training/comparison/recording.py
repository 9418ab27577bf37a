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

SECONDS = "seconds"  # a step's time, among its metrics


@dataclass(frozen=True, eq=False)
class Series:
    """One metric of one run, where it was measured; steps rise.

    Attributes:
        steps: (N,) int64.
        values: (N,) float64, never NaN.
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


class _Table:
    """The numbers of one file so far: a row a line, a column a metric, NaN where it has none."""

    def __init__(self) -> None:
        self.steps, self.phases = array("q"), array("l")
        self.columns: dict[str, array[float]] = {}

    def put(self, step: int, phase: int, values: Iterable[tuple[str, float]]) -> None:
        """Append a row; what stands at its step or behind was written before a crash."""
        if self.steps and self.steps[-1] >= step:
            kept = bisect_left(self.steps, step)
            del self.steps[kept:], self.phases[kept:]
            for numbers in self.columns.values():
                del numbers[kept:]
        row = len(self.steps)
        self.steps.append(step)
        self.phases.append(phase)
        for name, value in values:
            column = self.columns.get(name)
            if column is None:
                column = self.columns[name] = array("d")
            if len(column) < row:
                column.extend([math.nan] * (row - len(column)))
            column.append(value)

    def column(self, name: str) -> Floats:
        """All rows (N,) of a metric."""
        numbers = self.columns.get(name, array("d"))
        result = np.full(len(self.steps), np.nan)
        result[: len(numbers)] = numbers
        return result


class RunReader:
    """Follows one run folder; each `read` takes only what is new."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files: tuple[tuple[GrowingFile, Callable[[Mapping[str, Any]], Any]], ...] = (
            (GrowingFile(path / "metrics.jsonl"), _of_step),
            (GrowingFile(path / "evaluations.jsonl"), metrics.of_evaluation),
        )
        self._tables = [_Table(), _Table()]
        self._phases: dict[str, int] = {}
        self._spec: TrainSpec | None = None
        self._spec_facts: tuple[int, int, int] | None = None
        self._run: RecordedRun | None = None
        self.error: ThalwegError | None = None

    def read(self) -> Iterator[None]:
        """Take what is new; a long file in parts, with a yield behind each."""
        if self._read_spec():
            self._run = None
        for place, (file, values_of) in enumerate(self._files):
            for part in file.read():
                if part.restarted:
                    self._tables[place] = _Table()
                self._take(part.lines, self._tables[place], values_of)
                self._run = None
                yield

    def run(self) -> RecordedRun | None:
        """The run as it was last read, the same object while nothing is new; None with `error`."""
        if self._run is None and self._spec is not None:
            steps, seconds = self._tables[0].steps, self._tables[0].column(SECONDS)
            total = (np.array(steps, dtype=np.int64), np.cumsum(np.nan_to_num(seconds)))
            self._run = RecordedRun(
                path=self.path,
                spec=self._spec,
                settings=flatten(self._spec),
                phases=tuple(self._phases),
                series={
                    name: _series(table, name, total)
                    for table in self._tables
                    for name in table.columns
                    if name != SECONDS
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
        table: _Table,
        values_of: Callable[[Mapping[str, Any]], Iterable[tuple[str, float]]],
    ) -> None:
        for line in lines:
            step = line.get("step")
            if type(step) is int and 0 <= step < 2**63:
                phase = self._phases.setdefault(str(line.get("phase", "")), len(self._phases))
                table.put(step, phase, values_of(line))


def _of_step(line: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """What a line of metrics.jsonl has, its time among it."""
    yield from metrics.of_step(line)
    took = line.get(SECONDS)
    if metrics.is_number(took) and math.isfinite(took):
        yield SECONDS, float(took)


def _series(table: _Table, name: str, total: tuple[Ints, Floats]) -> Series:
    """A column where it has numbers; `total` has the steps and the seconds up to each."""
    values = table.column(name)
    kept = ~np.isnan(values)
    steps = np.array(table.steps, dtype=np.int64)[kept]
    places = np.searchsorted(total[0], steps, side="right")
    return Series(
        steps=steps,
        values=values[kept],
        seconds=np.concatenate([[0.0], total[1]])[places],
        phases=np.array(table.phases, dtype=np.int64)[kept],
    )
