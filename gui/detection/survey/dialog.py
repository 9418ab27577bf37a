"""What a survey found: losses by gate, curves, confusion, the worst pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.detection.survey.confusion import ConfusionTable
from gui.detection.survey.missed_by_gate import MissedByGateView
from gui.detection.survey.object_view import ObjectView
from gui.detection.survey.pr_curves import PrCurvesView
from gui.messages import engine_text, sentence, tally_sentences
from gui.number_text import write_metric
from gui.widgets.dialogs.layout import lay_out, quiet_button
from gui.widgets.fact_table import FactTable

if TYPE_CHECKING:
    from engine.detection.survey.records import Survey

MOST_ERRORS = 3  # sentences of pictures that were left out
FIRST_SIZE = QSize(1000, 620)


class SurveyDialog(QDialog):
    """Views on one survey, and the pictures behind the cell that was clicked.

    Signals:
        picture_wanted: a path to open in the window.
        object_wanted: a `Loss`, whose picture is to be opened at it.
        report_wanted: a file to write the objects into.
        again_wanted: measure anew with the thresholds of now.
    """

    picture_wanted = Signal(object)
    object_wanted = Signal(object)
    report_wanted = Signal(object)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.survey.dialog")
        self._survey: Survey | None = None
        self._errors: tuple[Exception, ...] = ()
        self._others: tuple[Survey, ...] = ()
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
        self.tabs.tabBar().setObjectName("detection.survey.tabs.bar")
        self.objects = ObjectView(self)
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
        for view in (self.losses, self.objects, self.curves, confusion, self.worst):
            self.tabs.addTab(view, "")
        self.chosen = QLabel(self)
        self.chosen.setProperty("role", "section")
        self.chosen.setWordWrap(True)
        self.pictures = FactTable("detection.survey.pictures.table", 2, self, titled=True)
        self.pictures.stretch(0)
        self.other_title = QLabel(self)
        self.other = QComboBox(self)
        self.other.setObjectName("detection.survey.other.combo")
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.other_title.setBuddy(self.other)
        self.again = quiet_button("detection.survey.again", self)
        self.report = quiet_button("detection.survey.report", self)
        self.close_button = quiet_button("detection.survey.close", self)
        self._lay_out()
        self.resize(FIRST_SIZE)
        self.losses.chosen.connect(self._show_pictures)
        self.confusion.chosen.connect(self._show_pictures)
        self.worst.row_chosen.connect(self._open_worst)
        self.pictures.row_chosen.connect(self._open)
        self.again.clicked.connect(self.again_wanted)
        self.report.clicked.connect(self._ask_report)
        self.other.activated.connect(self._compare)
        self.objects.object_wanted.connect(self.object_wanted)
        self.tabs.currentChanged.connect(self._turn)
        self.close_button.clicked.connect(self.close)
        self.retranslate()

    def _lay_out(self) -> None:
        beside = self._beside = QWidget(self)
        right = QVBoxLayout(beside)
        right.setContentsMargins(theme.GAP, 0, 0, 0)
        right.setSpacing(theme.GAP)
        right.addWidget(self.chosen)
        right.addWidget(self.pictures, 1)
        splitter = QSplitter(self)
        splitter.setObjectName("detection.survey.splitter")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.tabs)
        splitter.addWidget(beside)
        splitter.setSizes([680, 300])
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.other_title)
        row.addWidget(self.other)
        row.addStretch(1)
        parts = (self.heading, self.remarks, row, splitter)
        lay_out(self, parts, [self.again, self.report], self.close_button)

    def set_survey(
        self, survey: Survey, errors: Sequence[Exception] = (), others: Sequence[Survey] = ()
    ) -> None:
        """Show another survey.

        Args:
            errors: why some pictures are not in it.
            others: earlier surveys, to compare it with; the newest last.
        """
        self._survey, self._errors = survey, tuple(errors)
        self._others = tuple(others)
        self._list_others()
        self._compare()
        self.losses.set_survey(survey)
        self.curves.set_survey(survey)
        self.confusion.set_survey(survey)
        self._show_pictures("", ())
        self._write()

    def _list_others(self) -> None:
        """Nothing, and each earlier survey that followed some of the same objects."""
        self.other.clear()
        self.other.addItem(self.tr("nothing"), -1)
        for index in reversed(range(len(self._others))):
            self.other.addItem(self._named(self._others[index]), index)
        for widget in (self.other_title, self.other):
            widget.setVisible(bool(self._others))
        self.other.setCurrentIndex(min(1, len(self._others)))

    def _named(self, survey: Survey) -> str:
        """A survey by what it was made with."""
        spec, number = survey.spec, QLocale()
        return self.tr("{model}, score > {score}, NMS {nms}, {precision}").format(
            model=engine_text(survey.title),
            score=number.toString(spec.thresholds.score, "f", 2),
            nms=number.toString(spec.thresholds.nms, "f", 2),
            precision=spec.precision,
        )

    def _compare(self) -> None:
        """Show the objects beside what became of them in the chosen survey."""
        from engine.detection.survey.comparison import compare

        if self._survey is None:
            return
        index = self.other.currentData()
        known = index is not None and 0 <= index < len(self._others)
        pairs = compare(self._survey, self._others[index]) if known else ()
        self.objects.set_survey(self._survey, pairs)

    def _turn(self) -> None:
        """The objects open their pictures themselves."""
        self._beside.setVisible(self.tabs.currentWidget() is not self.objects)

    def _ask_report(self) -> None:
        dialog = QFileDialog(self, self.tr("Write the objects"))
        dialog.setObjectName("detection.survey.report.dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Page with thumbnails (*.html)"), self.tr("Table (*.csv)")])
        dialog.setDefaultSuffix("html")
        dialog.fileSelected.connect(self._take_report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_report(self, name: str) -> None:
        self.report_wanted.emit(Path(name))

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
        told = [self._named(survey), *tally_sentences(survey.tally)]
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
            (self.tr("Objects"), self.tr("Every object, and what became of it")),
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
        self.other_title.setText(self.tr("Compared with"))
        self.other.setAccessibleName(self.tr("Compared with"))
        self.other.setToolTip(
            self.tr("An earlier survey: choose another model or other thresholds, and survey again")
        )
        self.report.setText(self.tr("Write Objects…"))
        self.report.setToolTip(self.tr("As a page with thumbnails, or as CSV"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close; the survey is kept"))
        self._show_pictures("", ())
        kept = self.other.currentIndex()
        self._list_others()
        self.other.setCurrentIndex(kept)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
