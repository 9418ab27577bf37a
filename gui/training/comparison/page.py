"""The page that shows several runs together."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.training.comparison.comparison import Choice, Comparison, Reading
from engine.training.comparison.groups import BANDS
from engine.training.comparison.metrics import is_loss
from engine.training.comparison.smoothing import MOST
from gui import messages, number_text
from gui.training.comparison import verdict, words
from gui.training.comparison.legend import ComparisonLegend
from gui.training.comparison.plot import ComparisonPlot
from gui.training.comparison.table import ComparisonTable
from gui.training.fields.elided_combo import ElidedCombo
from gui.widgets.slider_field import Threshold

STEP, TIME = "step", "time"
FIRST_SMOOTHING = 0.9


class ComparisonPage(QWidget):
    """Curves, what differs, best and last values, and the verdict.

    Signals:
        choice_changed: another metric, smoothing or band is wanted.
        copy_wanted: the table is to be copied.
        csv_wanted: the name of a file to write the table to.
        seen: whether the page is seen.
    """

    choice_changed = Signal()
    copy_wanted = Signal()
    csv_wanted = Signal(str)
    seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training.comparison")
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: Comparison | None = None
        self._wanted = ""  # the metric to begin with, before it is known which ones there are
        self._logs = {True: True, False: False}  # of y, for losses and for all else
        self.metrics = self._combo("metric")
        self.axis = self._combo("axis")
        self.band = self._combo("band")
        self.smoothing = Threshold(
            "training.comparison.smoothing", FIRST_SMOOTHING, self, minimum=0.0, maximum=MOST
        )
        self.log_x, self.log_y = self._check("log.x"), self._check("log.y")
        self.log_y.setChecked(True)
        self.place = self._label("place", "muted")
        self.legend = ComparisonLegend(self)
        self.plot = ComparisonPlot(self)
        self.table = ComparisonTable(self)
        self.verdict = self._label("verdict", "")
        self.unreadable = self._label("unreadable", "warning")
        self.empty = self._label("empty", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copy = self._button("copy")
        self.export = self._button("csv")
        for name in (STEP, TIME):
            self.axis.addItem("", name)
        for band in BANDS:
            self.band.addItem("", band)
        self._connect()
        self._lay_out()
        self.retranslate()
        self.clear()

    def _connect(self) -> None:
        self.metrics.currentIndexChanged.connect(self._on_metric)
        self.band.currentIndexChanged.connect(self.choice_changed)
        self.smoothing.changed.connect(self.choice_changed)
        self.axis.currentIndexChanged.connect(self._on_axis)
        self.log_x.toggled.connect(self._on_log)
        self.log_y.toggled.connect(self._on_log_y)
        self.plot.pointed.connect(self._on_pointed)
        self.copy.clicked.connect(self.copy_wanted)
        self.export.clicked.connect(self.ask_file)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(16, 0, 16, 0)
            row.setSpacing(6)
        first.addWidget(self.metrics, 1)
        first.addWidget(self.band, 1)
        first.addWidget(self.log_x)
        first.addWidget(self.log_y)
        second.addWidget(self.axis, 1)
        second.addWidget(self.smoothing, 2)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 0, 16, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.export)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        for label in (self.verdict, self.unreadable):
            label.setContentsMargins(16, 0, 16, 0)
            column.addWidget(label)
        column.addLayout(buttons)
        self._halves = QSplitter(Qt.Orientation.Vertical, self)
        self._halves.setObjectName("training.comparison.splitter")
        self._halves.addWidget(self.plot)
        self._halves.addWidget(below)
        self._halves.setStretchFactor(0, 1)
        self._halves.setSizes([320, 260])
        self._halves.setChildrenCollapsible(False)
        self._controls = QWidget(self)
        controls = QVBoxLayout(self._controls)
        controls.setContentsMargins(0, 12, 0, 4)
        controls.setSpacing(8)
        controls.addLayout(first)
        controls.addLayout(second)
        self.place.setContentsMargins(16, 0, 16, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self._controls)
        whole.addWidget(self.place)
        whole.addWidget(self.legend)
        whole.addWidget(self._halves, 1)

    # -- what is shown ----------------------------------------------------------------------

    def choice(self) -> Choice:
        """What the controls ask for."""
        return Choice(
            metric=self._wanted or self.metrics.currentData() or "",
            smoothing=self.smoothing.value(),
            band=self.band.currentData(),
        )

    def want_metric(self, name: str) -> None:
        """Which metric to begin with; "" for the one that is chosen."""
        self._wanted = name

    def clear(self) -> None:
        """Forget the runs that were shown."""
        self._shown, self._wanted = None, ""
        self.plot.show_comparison(None, time=self._is_time())
        self.plot.see_all()
        self.table.show_comparison(None)
        self._show_content(False)
        self.empty.setText(self._how_to())

    def show_reading(self, reading: Reading) -> None:
        """Say how far the first reading is."""
        if self._shown is None:
            self.empty.setText(
                self.tr("Reading run {number} of {count}…").format(
                    number=reading.done + 1, count=reading.count
                )
            )

    def show_comparison(self, comparison: Comparison) -> None:
        """Show runs together."""
        self._shown, self._wanted = comparison, ""
        self._offer(comparison)
        loss = is_loss(comparison.choice.metric)
        self.smoothing.setEnabled(loss)
        self.band.setEnabled(any(len(group.runs) > 1 for group in comparison.groups))
        self._set_log_y(self._logs[loss])
        self._show_content(bool(comparison.runs))
        self.plot.show_comparison(comparison, time=self._is_time())
        self.legend.show_names([group.title for group in comparison.groups])
        self._on_pointed(None)
        self.table.show_comparison(comparison)
        self._write()

    def _offer(self, comparison: Comparison) -> None:
        """The metrics that the runs have."""
        names = [self.metrics.itemData(index) for index in range(self.metrics.count())]
        with QSignalBlocker(self.metrics):
            if names != list(comparison.metrics):
                self.metrics.clear()
                for name in comparison.metrics:
                    self.metrics.addItem(words.metric_title(name), name)
            self.metrics.setCurrentIndex(self.metrics.findData(comparison.choice.metric))

    def _write(self) -> None:
        """The texts that depend on what is shown."""
        shown = self._shown
        if shown is None:
            return
        said = verdict.text(shown)
        self.verdict.setText(said)
        self.verdict.setVisible(bool(said))
        self.verdict.setToolTip(verdict.how())
        lines = [
            self.tr("{run} is left out: {reason}").format(
                run=each.path.name, reason=messages.sentence(each.error)
            )
            for each in shown.unreadable
        ]
        self.unreadable.setText("\n".join(lines))
        self.unreadable.setVisible(bool(lines))
        if not shown.runs:
            self.empty.setText("\n".join([*lines, "", self._how_to()]))
        x = self.tr("training time, min") if self._is_time() else self.tr("step")
        self.plot.set_titles(
            x=self.tr("{axis} (log)").format(axis=x) if self.log_x.isChecked() else x,
            y=words.metric_title(shown.choice.metric),
        )

    def _on_pointed(self, place: float | None) -> None:
        """Say the values at a place of the plot; the last ones while it points nowhere."""
        self.legend.show_values(self.plot.values_at(place))
        if place is None:
            said = self.tr("Last values; point at the plot to read others")
        elif self._is_time():
            said = self.tr("After {minutes} min of training").format(
                minutes=number_text.write(place, digits=3)
            )
        else:
            said = self.tr("At step {step}").format(step=round(place))
        self.place.setText(said)

    # -- controls ---------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for the name of a CSV file without blocking."""
        dialog = QFileDialog(self, self.tr("Export the comparison"))
        dialog.setObjectName("dialog.training.comparison.csv")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilter(self.tr("CSV table (*.csv)"))
        dialog.fileSelected.connect(self.csv_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _is_time(self) -> bool:
        return bool(self.axis.currentData() == TIME)

    def _on_metric(self) -> None:
        self._wanted = ""
        self.plot.see_all()
        self.choice_changed.emit()

    def _on_axis(self) -> None:
        if self._shown is not None:
            self.plot.show_comparison(self._shown, time=self._is_time())
            self._on_pointed(None)
            self._write()

    def _on_log(self) -> None:
        self.plot.set_logs(x=self.log_x.isChecked(), y=self.log_y.isChecked())
        self._write()

    def _on_log_y(self, on: bool) -> None:
        """Losses and all else keep their own choice: losses fall by powers, AP does not."""
        if self._shown is not None:
            self._logs[is_loss(self._shown.choice.metric)] = on
        self._on_log()

    def _set_log_y(self, on: bool) -> None:
        if self.log_y.isChecked() != on:
            with QSignalBlocker(self.log_y):
                self.log_y.setChecked(on)
            self.plot.set_logs(x=self.log_x.isChecked(), y=on)

    # -- texts ------------------------------------------------------------------------------

    def _how_to(self) -> str:
        return self.tr(
            "Select several runs in the list on the right (Ctrl+click or Shift+click):\n"
            "their curves, the settings that differ and their best values are shown together."
        )

    def retranslate(self) -> None:
        for combo, name, tip in (
            (self.metrics, self.tr("Metric"), self.tr("What is drawn and compared")),
            (self.axis, self.tr("Axis"), self.tr("Steps, or the time that the steps took")),
            (
                self.band,
                self.tr("Band"),
                self.tr("Around the mean of runs that differ only by seed, where all have a value"),
            ),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(tip)
        for index, text in enumerate((self.tr("by step"), self.tr("by time"))):
            self.axis.setItemText(index, text)
        bands = (self.tr("Band: least to greatest"), self.tr("Band: ± standard deviation"))
        for index, text in enumerate(bands):
            self.band.setItemText(index, text)
        for index in range(self.metrics.count()):
            self.metrics.setItemText(index, words.metric_title(self.metrics.itemData(index)))
        self.smoothing.set_texts(
            self.tr("Smoothing"),
            self.tr(
                "Losses: weight of the past in their moving average, debiased as TensorBoard's; "
                "0 for none. Faint: each step's own"
            ),
        )
        self.log_x.setText(self.tr("Log x"))
        self.log_y.setText(self.tr("Log y"))
        self.log_x.setToolTip(self.tr("Draw along a logarithmic axis"))
        self.log_y.setToolTip(self.tr("Draw the metric on a logarithmic axis"))
        self.copy.setText(self.tr("Copy Table"))
        self.copy.setToolTip(self.tr("Copy a row a run, to be pasted into a spreadsheet"))
        self.export.setText(self.tr("Export as CSV…"))
        self.export.setToolTip(self.tr("Write the table with best and last values"))
        self.plot.setAccessibleName(self.tr("Curves of the runs"))
        if self._shown is None:
            self.empty.setText(self._how_to())
        else:
            self._on_pointed(None)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.seen.emit(False)

    def inspect_state(self) -> dict[str, object]:
        shown = self._shown
        return {
            "runs": [] if shown is None else [run.name for run in shown.runs],
            "metric": "" if shown is None else shown.choice.metric,
            "verdict": "" if shown is None else verdict.text(shown),
            "values": dict(self.legend.texts()),
        }

    # -- parts ------------------------------------------------------------------------------

    def _show_content(self, on: bool) -> None:
        self.empty.setVisible(not on)
        for part in (self._controls, self.place, self.legend, self._halves):
            part.setVisible(on)

    def _combo(self, name: str) -> ElidedCombo:
        combo = ElidedCombo(self)
        combo.setObjectName(f"training.comparison.{name}.combo")
        combo.setMinimumContentsLength(2)  # a window of 960 pixels leaves little room
        return combo

    def _check(self, name: str) -> QCheckBox:
        box = QCheckBox(self)
        box.setObjectName(f"training.comparison.{name}.check")
        return box

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"training.comparison.{name}.button")
        return button

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(f"training.comparison.{name}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        return label
