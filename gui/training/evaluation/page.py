"""The page Evaluation: which step, five views of it, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.training.choices import GATES, NUMBERS
from gui.training.evaluation.jobs import RunReports
from gui.widgets.task_progress import TaskStrip

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame
    from gui.training.evaluation.confusion_view import ConfusionView
    from gui.training.evaluation.curves_view import CurvesView
    from gui.training.evaluation.gates_view import GatesView
    from gui.training.evaluation.numbers_view import NumbersView
    from gui.training.evaluation.reliability_view import ReliabilityView

    View = NumbersView | CurvesView | ConfusionView | ReliabilityView | GatesView

ENDINGS = (".json", ".csv", ".png", ".svg", ".pdf")


@dataclass(frozen=True)
class Views:
    """Five views of a report, in the order of their tabs."""

    numbers: NumbersView
    curves: CurvesView
    confusion: ConfusionView
    reliability: ReliabilityView
    gates: GatesView

    def all(self) -> tuple[View, ...]:
        return self.numbers, self.curves, self.confusion, self.reliability, self.gates


class EvaluationPage(QWidget):
    """Shows one report of the run that is shown.

    Signals:
        step_chosen: the step of another report.
        evaluate_wanted: measure now.
        export_wanted: a file name.
        cancelled: stop the evaluation that runs.
        outdated: the run that is shown may have another newest report.
    """

    step_chosen = Signal(int)
    evaluate_wanted = Signal()
    export_wanted = Signal(str)
    cancelled = Signal()
    outdated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.evaluation")
        self._reports: RunReports | None = None
        self._able, self._training = False, False
        self.steps = QComboBox(self)
        self.steps.setObjectName("training.evaluation.step.combo")
        self.steps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.said = QLabel(self)
        self.said.setObjectName("training.evaluation.label")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.strip = TaskStrip("training.evaluation.progress", self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("training.evaluation.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.evaluate = QPushButton(self)
        self.evaluate.setObjectName("training.evaluation.evaluate.button")
        self.export = QPushButton(self)
        self.export.setObjectName("training.evaluation.export.button")
        self._lay_out()
        self.steps.activated.connect(self._choose_step)
        self.strip.cancel_wanted.connect(self.cancelled)
        self.evaluate.clicked.connect(self.evaluate_wanted)
        self.export.clicked.connect(self.ask_file)
        self.retranslate()

    @cached_property
    def views(self) -> Views:
        """Built when there is a report to be seen: the window's start waits for none of them."""
        from gui.training.evaluation.confusion_view import ConfusionView
        from gui.training.evaluation.curves_view import CurvesView
        from gui.training.evaluation.gates_view import GatesView
        from gui.training.evaluation.numbers_view import NumbersView
        from gui.training.evaluation.reliability_view import ReliabilityView

        made = Views(
            NumbersView(self),
            CurvesView(self),
            ConfusionView(self),
            ReliabilityView(self),
            GatesView(self),
        )
        for view in made.all():
            self.tabs.addTab(view, "")
        self._name_tabs()
        return made

    def show_view(self, name: str) -> None:
        """Bring a view to the front: `NUMBERS` or `GATES` of `gui.training.choices`."""
        self.tabs.setCurrentWidget({NUMBERS: self.views.numbers, GATES: self.views.gates}[name])

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(self.steps)
        head.addStretch(1)
        head.addWidget(self.evaluate)
        head.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(theme.GAP)
        column.addLayout(head)
        column.addWidget(self.strip)
        column.addWidget(self.said)
        column.addWidget(self.tabs, 1)
        column.addStretch(0)

    def clear(self) -> None:
        """The run that is shown begins anew, or another is shown."""
        self.outdated.emit()

    def add(self, frames: Iterable[TrainFrame]) -> None:
        """Frames of the run that is shown; an evaluation among them has its report."""
        if any(frame.evaluation for frame in frames):
            self.outdated.emit()

    def set_reports(self, reports: RunReports | None) -> None:
        """Show what a run has; None for no run."""
        self._reports = reports
        self.steps.clear()
        for step in reports.steps if reports is not None else ():
            self.steps.addItem("", step)
        if reports is not None and reports.step is not None:
            self.steps.setCurrentIndex(self.steps.findData(reports.step))
        if reports is not None or self.tabs.count():
            for view in self.views.all():
                view.set_report({} if reports is None else reports.report)
        self._write()

    def set_able(self, able: bool, *, training: bool) -> None:
        """Whether an evaluation may begin now, and whether the run that is shown trains."""
        self._able, self._training = able, training
        self._write()

    def say(self, text: str) -> None:
        """A sentence above the views, until another report is shown."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _write(self) -> None:
        reports = self._reports
        known = reports is not None and reports.step is not None
        for widget in (self.tabs, self.steps, self.export):
            widget.setVisible(known)
        self.evaluate.setVisible(reports is not None)
        usable = reports is not None and (reports.usable or self._training)
        self.evaluate.setEnabled(self._able and usable)
        self.say("" if known else self._empty_text(reports))
        for row in range(self.steps.count()):
            step = QLocale().toString(int(self.steps.itemData(row)))
            self.steps.setItemText(row, self.tr("step {step}").format(step=step))

    def _empty_text(self, reports: RunReports | None) -> str:
        if reports is None:
            return self.tr("Choose a run at the right, or train one: here it is judged.")
        if self._training:
            return self.tr(
                "No full report yet. Evaluate Now measures it on the held-out pictures after the"
                " step at hand; “Evaluate every” in the form does so by itself."
            )
        if not reports.usable:
            return self.tr("This run has no weights to evaluate.")
        return self.tr(
            "No full report yet. Evaluate Now measures the newest weights of this run on its"
            " held-out pictures."
        )

    def _choose_step(self, index: int) -> None:
        self.step_chosen.emit(int(self.steps.itemData(index)))

    def ask_file(self) -> None:
        """Ask for the name of a file without blocking; its ending says what is written."""
        dialog = QFileDialog(self, self.tr("Export the evaluation"))
        dialog.setObjectName("dialog.training.evaluation.export")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [
                self.tr("All numbers and points, JSON (*.json)"),
                self.tr("CSV table (*.csv)"),
                self.tr("Page, PNG (*.png)"),
                self.tr("Page, SVG (*.svg)"),
                self.tr("Page, PDF (*.pdf)"),
            ]
        )
        dialog.setDefaultSuffix(ENDINGS[0])
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(self.export_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_filter(self, text: str) -> None:
        dialog = self.findChild(QFileDialog)
        if dialog is not None:
            dialog.setDefaultSuffix(next(end for end in ENDINGS if f"*{end})" in text))

    def _name_tabs(self) -> None:
        titles = (
            (self.tr("Numbers"), self.tr("COCO's twelve numbers")),
            (self.tr("Precision"), self.tr("Precision over recall, class by class")),
            (self.tr("Confusion"), self.tr("What is taken for what")),
            (self.tr("Reliability"), self.tr("Whether a score can be believed")),
            (self.tr("Gates"), self.tr("Where in the detector objects are lost")),
        )
        for index, (title, tip) in enumerate(titles):
            self.tabs.setTabText(index, title)
            self.tabs.setTabToolTip(index, tip)

    def retranslate(self) -> None:
        self._name_tabs()
        self.tabs.tabBar().setAccessibleName(self.tr("Views of the evaluation"))
        self.steps.setAccessibleName(self.tr("Step of the evaluation"))
        self.steps.setToolTip(self.tr("Which evaluation of the run is shown"))
        self.evaluate.setText(self.tr("Evaluate Now"))
        self.evaluate.setToolTip(self.tr("Measure the newest weights on the held-out pictures"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("Write this evaluation as JSON, CSV, PNG, SVG or PDF"))
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
