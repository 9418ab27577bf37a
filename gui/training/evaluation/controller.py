"""The evaluation of the run that is shown: read, made anew, exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal

from gui.bridge import Bridge
from gui.training.evaluation.jobs import RunReports, read_reports, run_evaluation, write_files
from gui.training.evaluation.page import EvaluationPage
from gui.training.live_run import LiveRun
from gui.training.progress import State
from gui.training.shown_run import ShownRun

if TYPE_CHECKING:
    from engine.training.evaluation.progress import Progress

READ = "training.evaluation.read"
EVALUATE = "training.evaluation"
EXPORT = "training.evaluation.export"


class EvaluationController(QObject):
    """Reads the newest report whenever another run is shown, or it has a new one.

    Attributes:
        reports: what is shown; None for no run.

    Signals:
        failed: an exception to be shown.
        written: a run has new figures; on which lane its list is to be read again.
    """

    failed = Signal(object)
    written = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        page: EvaluationPage,
        live: LiveRun,
        shown: ShownRun,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._page, self._live, self._shown = bridge, page, live, shown
        self.reports: RunReports | None = None
        page.evaluate_wanted.connect(self.evaluate)
        page.cancelled.connect(self.cancel)
        page.step_chosen.connect(self.read)
        page.export_wanted.connect(self.export)
        shown.changed.connect(self._on_changed)
        page.outdated.connect(self.read_newest)
        live.state_changed.connect(self._tell_page)
        live.told.connect(self._tell_judging)
        live.ended.connect(self._on_ended)
        shown.followed.evaluated.connect(self.read)
        self._take(None)

    def read_newest(self) -> None:
        """Read the newest report of the run that is shown."""
        self._read(None)

    def read(self, step: int) -> None:
        """Read the report of a step."""
        self._read(step)

    def _read(self, step: int | None) -> None:
        folder = self._shown.folder
        if folder is None:
            self._bridge.cancel(READ)
            self._take(None)
            return
        self._bridge.start(
            "files",
            READ,
            partial(read_reports, folder, step),
            on_snapshot=self._take,
            on_error=self.failed.emit,
        )

    def evaluate(self) -> None:
        """Measure the run that is shown: after its step at hand, or its newest weights."""
        folder = self._shown.folder
        if self._live.is_running():
            if self._is_live():
                self._live.evaluate()
            return
        if folder is None or not self._live.is_idle():
            return
        self._page.strip.show_progress(self.tr("Opening the data…"), 0, 0)
        self._bridge.start(
            "training",
            EVALUATE,
            partial(run_evaluation, folder),
            on_snapshot=self._progress,
            on_done=self._on_done,
            on_error=self._on_error,
        )
        self._tell_page()

    def cancel(self) -> None:
        """Stop an evaluation that was begun here; nothing of it is kept."""
        self._bridge.cancel(EVALUATE)
        self._page.strip.hide()
        self._tell_page()

    def export(self, name: str) -> None:
        """Write the report that is shown into a file."""
        if self.reports is not None and self.reports.step is not None:
            self._bridge.start(
                "files",
                EXPORT,
                partial(write_files, Path(name), self.reports.report),
                on_snapshot=self._on_exported,
                on_error=self.failed.emit,
            )

    def _take(self, reports: RunReports | None) -> None:
        self.reports = reports
        self._page.set_reports(reports)
        self._tell_page()

    def _on_changed(self) -> None:
        if self.reports is None or self.reports.folder != self._shown.folder:
            if self._bridge.job(EVALUATE) is not None:
                self.cancel()  # of the run that was shown
            self._take(None)
        self.read_newest()

    def _on_ended(self) -> None:
        if self._is_live():
            self.read_newest()  # it has weights now

    def _is_live(self) -> bool:
        """Whether the run that is shown is the one that trains here, or did."""
        return self._shown.folder is not None and self._shown.folder == self._live.folder

    def _progress(self, step: Any) -> None:
        from engine.annotations.json_stream import ReadProgress
        from engine.training.evaluation.progress import Progress

        if isinstance(step, ReadProgress):
            self._page.strip.show_reading(step)
        elif isinstance(step, Progress):
            self._show(step)

    def _show(self, progress: Progress) -> None:
        number = QLocale()
        text = self.tr("Evaluating… {done} of {count}").format(
            done=number.toString(progress.done), count=number.toString(progress.count)
        )
        self._page.strip.show_progress(text, progress.done, progress.count)

    def _tell_judging(self) -> None:
        """How far the evaluation is that the training does itself; only Stop ends that."""
        newest = self._live.newest if self._is_live() else None
        judging = newest.judging if newest is not None else None
        if self._bridge.job(EVALUATE) is not None:
            return
        shown = judging is not None and self._live.state is State.EVALUATING
        self._page.strip.cancel.setVisible(not shown)
        if judging is not None and shown:
            self._show(judging)
        else:
            self._page.strip.hide()

    def _on_done(self) -> None:
        self._page.strip.hide()
        self.read_newest()
        self.written.emit("files")

    def _on_error(self, error: Exception) -> None:
        self._page.strip.hide()
        self._tell_page()
        self.failed.emit(error)

    def _on_exported(self, path: Path) -> None:
        self._page.say(self.tr("Written to {path}.").format(path=path))

    def _tell_page(self) -> None:
        trains = self._live.is_running() and self._is_live()
        idle = self._live.is_idle() and self._bridge.job(EVALUATE) is None
        able = self._live.can_evaluate() if trains else idle
        self._page.set_able(able, training=trains)
