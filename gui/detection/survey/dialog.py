"""What a survey found: losses by gate, curves, confusion, the worst pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.survey.confusion import ConfusionTable
from gui.detection.survey.missed_by_gate import MissedByGateView
from gui.detection.survey.pr_curves import PrCurvesView
from gui.messages import sentence, tally_sentences
from gui.number_text import write_metric
from gui.widgets.dialogs.layout import lay_out, quiet_button
from gui.widgets.fact_table import FactTable

if TYPE_CHECKING:
    from engine.detection.survey import Survey

MOST_ERRORS = 3  # sentences of pictures that were left out
FIRST_SIZE = QSize(1000, 620)


class SurveyDialog(QDialog):
    """Views on one survey, and the pictures behind the cell that was clicked.

    Signals:
        picture_wanted: a path to open in the window.
        again_wanted: measure anew with the thresholds of now.
    """

    picture_wanted = Signal(object)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.survey.dialog")
        self._survey: Survey | None = None
        self._errors: tuple[Exception, ...] = ()
        self._paths: list[Path] = []
        self._counts: list[tuple[Path, int]] = []
        self._reason = ""
        self.heading = QLabel(self)
        self.heading.setObjectName("detection.survey.label")
        self.heading.setFont(theme.tabular(self.heading.font()))
        self.heading.setWordWrap(True)
        self.remarks = QLabel(self)
        self.remarks.setObjectName("detection.survey.remarks.label")
        self.remarks.setProperty("role", "muted")
        self.remarks.setWordWrap(True)
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("detection.survey.tabs")
        self.tabs.setDocumentMode(True)
        self.losses = MissedByGateView(self)
        self.curves = PrCurvesView(self)
        self.confusion = ConfusionTable(self)
        self.worst = FactTable("detection.survey.worst.table", 2, self, titled=True)
        self.worst.stretch(0)
        self.axes = QLabel(self)
        self.axes.setProperty("role", "muted")
        self.axes.setWordWrap(True)
        confusion = QWidget(self)
        column = QVBoxLayout(confusion)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.axes)
        column.addWidget(self.confusion, 1)
        for view in (self.losses, self.curves, confusion, self.worst):
            self.tabs.addTab(view, "")
        self.chosen = QLabel(self)
        self.chosen.setProperty("role", "section")
        self.chosen.setWordWrap(True)
        self.pictures = FactTable("detection.survey.pictures.table", 2, self, titled=True)
        self.pictures.stretch(0)
        self.again = quiet_button("detection.survey.again", self)
        self.close_button = quiet_button("detection.survey.close", self)
        self._lay_out()
        self.resize(FIRST_SIZE)
        self.losses.chosen.connect(self._show_pictures)
        self.confusion.chosen.connect(self._show_pictures)
        self.worst.row_chosen.connect(self._open_worst)
        self.pictures.row_chosen.connect(self._open)
        self.again.clicked.connect(self.again_wanted)
        self.close_button.clicked.connect(self.close)
        self.retranslate()

    def _lay_out(self) -> None:
        beside = QWidget(self)
        right = QVBoxLayout(beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.GAP)
        right.addWidget(self.chosen)
        right.addWidget(self.pictures, 1)
        splitter = QSplitter(self)
        splitter.setObjectName("detection.survey.splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tabs)
        splitter.addWidget(beside)
        splitter.setSizes([680, 300])
        lay_out(self, (self.heading, self.remarks, splitter), [self.again], self.close_button)

    def set_survey(self, survey: Survey, errors: Sequence[Exception] = ()) -> None:
        """Show another survey, and why some pictures are not in it."""
        self._survey, self._errors = survey, tuple(errors)
        self.losses.set_survey(survey)
        self.curves.set_survey(survey)
        self.confusion.set_survey(survey)
        self._show_pictures("", ())
        self._write()

    def _write(self) -> None:
        survey, number = self._survey, QLocale()
        if survey is None:
            return
        box = survey.metrics.get("bbox", {})
        self.heading.setText(
            self.tr(
                "Pictures: {pictures}, objects: {objects}, found from IoU {iou} on: {found};"
                " AP {ap}, AP50 {ap50}; without ground truth: {skipped}"
            ).format(
                pictures=number.toString(len(survey.worst)),
                objects=number.toString(len(survey.losses)),
                found=number.toString(survey.funnel()["found"]),
                iou=number.toString(survey.spec.iou, "f", 2),
                ap=write_metric(box.get("AP", -1.0)),
                ap50=write_metric(box.get("AP50", -1.0)),
                skipped=number.toString(len(survey.skipped)),
            )
        )
        told = tally_sentences(survey.tally)
        told += [sentence(error) for error in self._errors[:MOST_ERRORS]]
        if len(self._errors) > MOST_ERRORS:
            told.append(f"… (+{number.toString(len(self._errors) - MOST_ERRORS)})")
        self.remarks.setText("\n".join(told))
        self.remarks.setVisible(bool(told))
        self.worst.fill([(path.name, number.toString(count)) for path, count in survey.worst])

    def _show_pictures(self, reason: str, paths: Iterable[Path]) -> None:
        """The pictures behind a number, those with most of it first."""
        self._reason = reason
        self._counts = Counter(paths).most_common()
        number = QLocale()
        self.chosen.setText(reason.upper() if reason else self.tr("CLICK A NUMBER"))
        self.pictures.fill([(path.name, number.toString(count)) for path, count in self._counts])

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._counts):
            self.picture_wanted.emit(self._counts[row][0])

    def _open_worst(self, row: int) -> None:
        if self._survey is not None and 0 <= row < len(self._survey.worst):
            self.picture_wanted.emit(self._survey.worst[row][0])

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Survey"))
        titles = (
            (self.tr("Losses"), self.tr("Where the objects were lost, gate by gate")),
            (self.tr("Precision and recall"), self.tr("How precision falls as recall rises")),
            (self.tr("Confusion"), self.tr("What was taken for what")),
            (self.tr("Worst pictures"), self.tr("Most missed objects and false boxes first")),
        )
        for index, (title, hint) in enumerate(titles):
            self.tabs.setTabText(index, title)
            self.tabs.setTabToolTip(index, hint)
        self.worst.setHorizontalHeaderLabels([self.tr("Picture"), self.tr("Errors")])
        self.axes.setText(
            self.tr(
                "Rows: what it is. Columns: what the model says. Nothing below: a false box;"
                " nothing on the right: a missed object."
            )
        )
        self.worst.setAccessibleName(self.tr("Worst pictures"))
        self.worst.setToolTip(self.tr("Click a picture to open it"))
        self.pictures.setHorizontalHeaderLabels([self.tr("Picture"), self.tr("Count")])
        self.pictures.setAccessibleName(self.tr("Pictures"))
        self.pictures.setToolTip(self.tr("Click a picture to open it"))
        self.again.setText(self.tr("Survey Again"))
        self.again.setToolTip(self.tr("With the model and the thresholds of now"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close; the survey is kept"))
        self._show_pictures("", ())
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
