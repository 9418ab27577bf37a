"""The gates of the detector as rows: a number at each, and what it was compared with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.detection.missed_objects.text import GATE_FIELDS
from gui.detection.thresholds.names import value_of
from gui.detector.gate_names import outcome_text
from gui.widgets.fact_table import FactTable, whole

if TYPE_CHECKING:
    from engine.detection.queries.missed_object import Gate

SIGNS = {True: "✓", False: "✗", None: "–"}
NARROW = "QHeaderView::section { padding-left: 3px; padding-right: 3px; }"  # the names need room
TOKENS = {True: "good", False: "error", None: "muted"}


class GatesTable(FactTable):
    """As high as its rows: the panel around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detection.lost.table", 4, parent, titled=True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setStyleSheet(NARROW)
        self.stretch(0)
        self.retranslate()

    def show_gates(self, gates: Sequence[Gate]) -> None:
        """One row each: its name, its number, its limit, and how many were left."""
        self.fill([_row(gate) for gate in gates])
        for row, gate in enumerate(gates):
            if (item := self.item(row, 0)) is not None:
                item.setToolTip(outcome_text(gate.name))  # where the name has no room
            for column in range(4):
                plain = column > 0 and gate.passed is True
                token = "text" if plain else TOKENS[gate.passed]
                self.paint_cell(row, column, theme.current().color(token))
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Gates"))
        self.setToolTip(
            self.tr(
                "Each gate of the detector, and how the object fared: the number that it looked"
                " at, its limit, and how many boxes on the object were left behind it"
            )
        )
        self.title((self.tr("Gate"), self.tr("Number"), self.tr("Limit"), self.tr("Left")))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _row(gate: Gate) -> tuple[str, str, str, str]:
    field = GATE_FIELDS[gate.name]
    number, limit = (
        "" if value is None else value_of(field, value) for value in (gate.number, gate.threshold)
    )
    left = whole(gate.candidates) if gate.passed and gate.candidates else ""
    return f"{SIGNS[gate.passed]} {outcome_text(gate.name)}", number, limit, left
