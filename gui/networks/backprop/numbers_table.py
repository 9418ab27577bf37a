"""Every number of the net in a table, to be typed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from engine.networks.backprop.events import BIAS
from engine.networks.backprop.spec import BackpropSpec
from engine.networks.backprop.writing import number_of, weight_name
from gui import number_text, theme
from gui.networks.backprop import edits, letters
from gui.networks.backprop.edits import Place


class NumbersTable(QTableWidget):
    """One row a number: inputs and targets of each example, weights, biases.

    Signals:
        changed: the place and its new number.
        picked: the place whose row was chosen.
        wrong: what was typed is no number.
    """

    changed = Signal(object, float)
    picked = Signal(object)
    wrong = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setObjectName("networks.backprop.numbers.table")
        self._spec: BackpropSpec | None = None
        self._places: list[Place] = []
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setFont(theme.tabular(self.font()))
        self.itemChanged.connect(self._on_item)
        self.currentCellChanged.connect(self._on_cell)
        self.retranslate()

    def show_spec(self, spec: BackpropSpec) -> None:
        """Show its numbers; asks for nothing."""
        self._spec = spec
        places = list(places_of(spec))
        with QSignalBlocker(self):
            self.setRowCount(len(places))
            for row, place in enumerate(places):
                name = QTableWidgetItem(name_of(spec, place))
                name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.setItem(row, 0, name)
                value = QTableWidgetItem(number_text.write(edits.number_at(spec, place)))
                value.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(row, 1, value)
        self._places = places

    def pick(self, place: Place) -> None:
        """Choose a row; asks for nothing."""
        if place in self._places:
            with QSignalBlocker(self):
                self.setCurrentCell(self._places.index(place), 1)

    def _on_item(self, item: QTableWidgetItem) -> None:
        if self._spec is None or item.column() != 1:
            return
        place = self._places[item.row()]
        try:
            value = number_text.parse(item.text())
        except number_text.NumberError as error:
            self.wrong.emit(error)
            self.show_spec(self._spec)
            return
        if value != edits.number_at(self._spec, place):
            self.changed.emit(place, value)
        else:
            self.show_spec(self._spec)

    @Slot(int, int, int, int)
    def _on_cell(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._places):
            self.picked.emit(self._places[row])

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Numbers of the net"))
        self.setHorizontalHeaderLabels([self.tr("Symbol"), self.tr("Number")])
        if self._spec is not None:
            self.show_spec(self._spec)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def places_of(spec: BackpropSpec) -> list[Place]:
    """Of every number: examples first, then the layers with their biases."""
    found: list[Place] = []
    for example in range(len(spec.examples)):
        found += [("input", example, place, 0) for place in range(spec.layers[0])]
        found += [("target", example, place, 0) for place in range(spec.layers[-1])]
    for layer in range(1, len(spec.layers)):
        sources = [*range(spec.layers[layer - 1]), *([BIAS] if spec.biases is not None else [])]
        found += [
            ("weight", layer, node, source)
            for source in sources
            for node in range(spec.layers[layer])
        ]
    return found


def name_of(spec: BackpropSpec, place: Place) -> str:
    """A symbol in one line; of several examples with the number of its own."""
    kind, first, second, third = place
    if kind == "weight":
        return letters.plain(weight_name(spec.layers, first, second, third))
    layer = 0 if kind == "input" else len(spec.layers) - 1
    letter = "o" if kind == "input" else "t"
    name = letters.plain(f"{letter}_{number_of(spec.layers, layer, second)}")
    return f"{name} ({first + 1})" if len(spec.examples) > 1 else name
