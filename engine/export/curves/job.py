"""The job that exports curves: runs read, then written as a table, a figure or a log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError, ThalwegError
from engine.export.curves import figure, table, tensorboard
from engine.export.curves.recorded import RecordedNumbers, names_of, read_steps
from engine.training.comparison import metrics
from engine.training.comparison.comparison import check_metric
from engine.training.comparison.smoothing import MOST, USUAL

FIGURES = (".png", ".svg", ".pdf")
KINDS = (".csv", *FIGURES)


@dataclass(frozen=True)
class CurvesSpec:
    """What is exported.

    Attributes:
        runs: the run folders.
        path: the file; its ending chooses the kind, one of `KINDS`. None for none.
        tensorboard: the folder of a log for TensorBoard; None for none.
        names: metrics wanted; empty for all in tables and logs, for the chief ones in figures.
        smoothing: of losses in figures: weight of the past in their moving average.
        log: losses on a logarithmic axis.
    """

    runs: tuple[Path, ...]
    path: Path | None = None
    tensorboard: Path | None = None
    names: tuple[str, ...] = ()
    smoothing: float = USUAL
    log: bool = False

    def check(self) -> None:
        """Refuse what cannot be exported.

        Raises:
            InputError: an ending that is no kind of file, or a smoothing out of range.
        """
        if self.path is not None and self.path.suffix.lower() not in KINDS:
            raise InputError("export.unknown_format", path=self.path, known=", ".join(KINDS))
        if not 0 <= self.smoothing <= MOST:
            raise InputError(
                "value.out_of_range", name="smoothing", value=self.smoothing, low=0, high=MOST
            )


@dataclass(frozen=True)
class CurvesProgress:
    """How far an export is.

    Attributes:
        done, count: parts of the work.
        written: what is there in the end.
        unreadable: run folders that could not be read, and why; told in the end.
        names: the metrics that the runs have; told in the end.
    """

    done: int
    count: int
    written: tuple[Path, ...] = ()
    unreadable: tuple[tuple[Path, ThalwegError], ...] = ()
    names: tuple[str, ...] = ()


def export_curves(spec: CurvesSpec) -> Iterator[CurvesProgress]:
    """Read the runs and write what is wanted; a run that cannot be read is left out and told.

    Raises:
        InputError: none can be read, one of the metrics is none of theirs, or the package of
            TensorBoard is missing.
        ExportError: it could not be written.
    """
    spec.check()
    if spec.tensorboard is not None:
        tensorboard.check()
    count = len(spec.runs) + (spec.path is not None) + (spec.tensorboard is not None)
    runs: list[RecordedNumbers] = []
    unreadable: list[tuple[Path, ThalwegError]] = []
    folders = tuple(dict.fromkeys(spec.runs))
    for number, (folder, name) in enumerate(zip(folders, names_of(folders), strict=True)):
        yield CurvesProgress(number, count)
        try:
            for run in read_steps(folder, name):
                if run is None:
                    yield CurvesProgress(number, count)
                else:
                    runs.append(run)
        except ThalwegError as error:
            unreadable.append((folder, error))
    if not runs:
        raise unreadable[0][1] if unreadable else InputError("run.none")
    known = metrics.in_order(name for run in runs for name in run.columns)
    for name in spec.names:
        check_metric(name, known)
    done, written = len(spec.runs), []
    if spec.path is not None:
        for _ in _write(spec, spec.path, runs):
            yield CurvesProgress(done, count)
        written.append(spec.path)
        done += 1
    if spec.tensorboard is not None:
        for _ in tensorboard.write(spec.tensorboard, runs, spec.names):
            yield CurvesProgress(done, count)
        written.append(spec.tensorboard)
    yield CurvesProgress(count, count, tuple(written), tuple(unreadable), known)


def _write(spec: CurvesSpec, path: Path, runs: list[RecordedNumbers]) -> Iterator[int]:
    if path.suffix.lower() == ".csv":
        return table.write(path, runs, spec.names)
    return _draw(spec, path, runs)


def _draw(spec: CurvesSpec, path: Path, runs: list[RecordedNumbers]) -> Iterator[int]:
    panels = []
    for panel in figure.panel_steps(runs, spec.names, spec.smoothing):
        if panel is not None:
            panels.append(panel)
        yield 0
    yield from figure.write(path, panels, smoothing=spec.smoothing, log=spec.log)
