"""The check of a training's data: started, followed, stopped, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.errors import ThalwegError
from engine.training.spec import TrainSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, whole
from gui.i18n import QT_TRANSLATE_NOOP
from gui.training.data_check.dialog import CheckDialog
from gui.training.data_check.findings_table import THUMBNAIL
from gui.training.jobs import with_data

if TYPE_CHECKING:
    from engine.training.data_check.check import DataReport
    from engine.training.data_check.findings import Finding
    from engine.training.data_check.thumbnails import FindingThumbnail

CHECK = "training.check"
ANCHORS = "training.check.anchors"
THUMBNAILS = "training.check.thumbnails"
CSV = "training.check.csv"


class DataCheckController(QObject):
    """One check at a time, in a dialog of its own.

    Signals:
        failed: why a check could not begin.
        left_out: pictures that cannot be used are to be left out.
        anchors_adopted: sizes to train with; empty for the model's own.
    """

    failed = Signal(object)
    left_out = Signal()
    anchors_adopted = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        spec: Callable[[], TrainSpec],
        idle: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        """Check what `spec` gives, while `idle` says that no training runs."""
        super().__init__(parent)
        self._bridge, self._spec, self._idle, self._parent = bridge, spec, idle, parent
        self.report: DataReport | None = None
        self.dialog: CheckDialog | None = None
        # Rows are painted one by one: what they lack is asked for together.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_thumbnails)

    def actions(self) -> list[ActionSpec]:
        """Look at the data."""
        return [
            ActionSpec(
                "training.check",
                QT_TRANSLATE_NOOP("actions", "&Check the Data"),
                "Run",
                self.start,
                section=15,
                icon="search",
                enabled=self._idle,
            )
        ]

    def start(self) -> None:
        """Check the data that the form names."""
        if not self._idle():
            return
        try:
            spec = with_data(self._spec())
        except ThalwegError as error:
            self.failed.emit(error)
            return
        self.cancel()
        self.report = None
        dialog = self._shown()
        dialog.set_report(None)
        dialog.strip.show_progress(self.tr("Opening the data…"), 0, 0)
        self._bridge.start(
            "training",
            CHECK,
            partial(run_check, spec),
            on_snapshot=self._take,
            on_done=dialog.strip.hide,
            on_error=self._fail,
        )

    def cancel(self) -> None:
        """Stop what runs."""
        for key in (CHECK, ANCHORS, THUMBNAILS):
            self._bridge.cancel(key)
        if self.dialog is not None and self.dialog.strip.isVisible():
            self.dialog.strip.hide()
            if self.report is None:
                self.dialog.say(self.tr("The check was stopped."))

    def propose_anchors(self) -> None:
        """Cluster the boxes of the last check."""
        if self.report is None:
            return
        self._bridge.start(
            "training",
            ANCHORS,
            partial(run_proposal, self.report),
            on_snapshot=self._take_anchors,
            on_done=self._shown().strip.hide,
            on_error=self._fail,
        )

    def export(self, name: str) -> None:
        """Write the findings as CSV."""
        if self.report is None:
            return
        self._bridge.start(
            "files",
            CSV,
            partial(write_csv, Path(name), self.report.findings),
            on_done=partial(self._written, Path(name)),
            on_error=self._fail,
        )

    def _shown(self) -> CheckDialog:
        if self.dialog is None:
            dialog = self.dialog = CheckDialog(self._parent)
            dialog.cancelled.connect(self.cancel)
            dialog.csv_wanted.connect(self.export)
            dialog.left_out.connect(self._leave_out)
            dialog.model.thumbnails_wanted.connect(self._soon.start)
            dialog.statistics.anchors_wanted.connect(self.propose_anchors)
            dialog.statistics.anchors_adopted.connect(self._adopt)
        self.dialog.open_again()
        return self.dialog

    def _take(self, step: Any) -> None:
        from engine.annotations.json_stream import ReadProgress
        from engine.training.data_check.check import DataReport

        assert self.dialog is not None
        if isinstance(step, ReadProgress):
            self.dialog.strip.show_reading(step)
        elif isinstance(step, DataReport):
            self.report = step
            self.dialog.set_report(step)
        else:
            self._show_progress(self.tr("Checking pictures… {done} of {count}"), step)

    def _take_anchors(self, step: Any) -> None:
        from engine.training.data_check.anchor_sizes import AnchorProposal

        assert self.dialog is not None
        if isinstance(step, AnchorProposal):
            self.dialog.statistics.set_proposal(step)
        else:
            self._show_progress(self.tr("Matching anchors… {done} of {count}"), step)

    def _show_progress(self, text: str, step: Any) -> None:
        assert self.dialog is not None
        number = QLocale()
        told = text.format(done=number.toString(step.done), count=number.toString(step.count))
        self.dialog.strip.show_progress(told, step.done, step.count)

    def _read_thumbnails(self) -> None:
        if self.dialog is None or self._bridge.job(THUMBNAILS) is not None:
            return  # asked again when those are done
        wanted = self.dialog.model.take_wanted()
        if wanted:
            self._bridge.start(
                "files",
                THUMBNAILS,
                partial(read_thumbnails, wanted),
                on_increments=self._take_thumbnails,
                on_done=self._soon.start,
                increment=whole,
            )

    def _take_thumbnails(self, made: tuple[FindingThumbnail, ...]) -> None:
        if self.dialog is not None:
            for each in made:
                self.dialog.model.show_thumbnail(each)

    def _leave_out(self) -> None:
        self.left_out.emit()
        self._shown().say(self.tr("This training goes on without the bad pictures."))

    def _adopt(self, sizes: tuple[int, ...]) -> None:
        self.anchors_adopted.emit(sizes)
        if sizes:
            told = ", ".join(QLocale().toString(size) for size in sizes)
            self._shown().say(self.tr("This training takes anchors of {sizes}.").format(sizes=told))
        else:
            self._shown().say(self.tr("This training takes the model's own anchors."))

    def _written(self, path: Path) -> None:
        self._shown().say(self.tr("Written to {path}.").format(path=path))

    def _fail(self, error: Exception) -> None:
        self._shown().fail(error)


def run_check(spec: TrainSpec) -> Iterator[Any]:
    """The engine's check, on the worker, where torch may be imported."""
    from engine.training.data_check.check import check_data

    yield from check_data(spec)


def run_proposal(report: DataReport) -> Iterator[Any]:
    """The engine's proposal of anchor sizes, on the worker."""
    from engine.training.data_check.anchor_sizes import propose_anchors

    yield from propose_anchors(report.architecture, report.labels)


def read_thumbnails(findings: list[Finding]) -> Iterator[FindingThumbnail]:
    """What findings look like, on the worker."""
    from engine.training.data_check.thumbnails import read_finding_thumbnails

    yield from read_finding_thumbnails(findings, (THUMBNAIL.width(), THUMBNAIL.height()))


def write_csv(path: Path, findings: tuple[Finding, ...]) -> Iterator[None]:
    """Write findings, on the worker."""
    from engine.training.data_check import table

    table.write(path, findings)
    yield None
