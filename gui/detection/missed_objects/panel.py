"""Where was my object lost? The gates it passed, the one that failed, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.detection.instances import Instance
from gui.detection.missed_objects.text import GATE_FIELDS, rival_name, sentence
from gui.detection.thresholds.names import told, value_of
from gui.detector.gate_names import GATES, OWN_GATES
from gui.widgets.fact_table import FactTable, figure

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.queries.missed_object import Gate, MissedObjectResult


class MissedObjectPanel(QWidget):
    """One asked object and what became of it.

    Signals:
        retranslated: it needs its result again, in another language.
    """

    retranslated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.lost.panel")
        self.draw = QPushButton(self)
        self.draw.setObjectName("detection.lost.draw.button")
        self.draw.setCheckable(True)
        icons.set_icon(self.draw, "target")
        self.label = QComboBox(self)
        self.label.setObjectName("detection.lost.class.combo")
        self.text = QLabel(self)
        self.text.setObjectName("detection.lost.text")
        self.text.setWordWrap(True)
        self.gates = FactTable("detection.lost.table", 3, self, titled=True)
        self.gates.stretch(0)
        self.rival = QPushButton(self)
        self.rival.setObjectName("detection.lost.rival.button")
        self.apply = QPushButton(self)
        self.apply.setObjectName("detection.lost.apply.button")
        self.apply.setProperty("role", "primary")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.draw)
        row.addWidget(self.label, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.GAP, 0, 0)
        self._column.setSpacing(theme.GAP)
        self._column.addLayout(row)
        self._column.addWidget(self.text)
        self._column.addWidget(self.gates, 1)
        self._column.addWidget(self.rival)
        self._column.addWidget(self.apply)
        self.retranslate()
        self.show_nothing()

    def put_above(self, widget: QWidget) -> None:
        """Something that leads to questions, over the rest."""
        self._column.insertWidget(0, widget)

    def set_classes(self, names: Sequence[str]) -> None:
        """What the object can be; what was chosen stays where it is among them."""
        chosen = self.label.currentText()
        self.label.clear()
        self.label.addItem(self.tr("any class"))
        self.label.addItems(list(names))
        self.label.setCurrentIndex(max(self.label.findText(chosen), 0))

    def show_nothing(self) -> None:
        """Say how to ask."""
        for widget in (self.gates, self.rival, self.apply):
            widget.hide()
        self.text.setText(
            self.tr(
                "Draw a box around something that was not found (B, then drag), or click"
                " a missed object of the ground truth: every gate of the detector will say"
                " whether it got through, and what would bring it back."
            )
        )

    def show_result(
        self,
        result: MissedObjectResult,
        model: ModelFacts,
        shown: tuple[Instance, ...],
        *,
        tried: str = "",
    ) -> None:
        """Show gate by gate what became of the object.

        Args:
            model: for its classes.
            shown: the detections, one of which may have found it.
            tried: a sentence on changes that did not bring it back.
        """
        self.text.setText(tried or sentence(result, model, shown))
        self.gates.show()
        self.gates.fill([_row(gate) for gate in result.gates])
        for row, gate in enumerate(result.gates):
            token = {True: "good", False: "error", None: "muted"}[gate.passed]
            for column in range(3):
                plain = column > 0 and gate.passed is True
                color = theme.current().color("text" if plain else token)
                self.gates.paint_cell(row, column, color)
        self.rival.setVisible(result.rival is not None)
        if result.rival is not None:
            text = self.tr("See the rival: {name}, IoU {iou}")
            overlap = figure(result.rival["iou"], 3)
            self.rival.setText(text.format(name=rival_name(result.rival, model), iou=overlap))
        self.apply.show()
        if result.detection is not None:
            self.apply.setText(self.tr("Where does it come from?"))
        elif result.change:
            self.apply.setText(self.tr("Set {change}").format(change=told(result.change)))
        else:
            self.apply.setText(self.tr("No threshold brings it back"))
        possible = bool(result.change) and not tried
        self.apply.setEnabled(result.detection is not None or possible)

    def retranslate(self) -> None:
        self.draw.setText(self.tr("Draw a box"))
        self.draw.setToolTip(self.tr("Ask for an object: drag a box around it (B; Esc leaves)"))
        self.label.setAccessibleName(self.tr("Class"))
        self.label.setToolTip(self.tr("What the object is"))
        if self.label.count():
            self.label.setItemText(0, self.tr("any class"))
        else:
            self.label.addItem(self.tr("any class"))
        self.gates.setAccessibleName(self.tr("Gates"))
        self.gates.setToolTip(self.tr("Each gate of the detector, and how the object fared"))
        self.gates.setHorizontalHeaderLabels([self.tr("Gate"), self.tr("Number"), self.tr("Limit")])
        self.rival.setToolTip(self.tr("Zoom to the object and to the box that took its place"))
        self.apply.setToolTip(self.tr("The smallest change of the thresholds that shows it"))
        self.retranslated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _row(gate: Gate) -> tuple[str, str, str]:
    """A gate's name, the number it looked at, and its threshold."""
    sign = {True: "✓", False: "✗", None: "–"}[gate.passed]
    name = OWN_GATES.get(gate.name)
    if name is None:
        text = QCoreApplication.translate("funnel", GATES[gate.name][0])
    else:
        text = QCoreApplication.translate("missed_objects", name)
    field = GATE_FIELDS[gate.name]
    number, limit = (
        "" if value is None else value_of(field, value) for value in (gate.number, gate.threshold)
    )
    return f"{sign} {text}", number, limit
