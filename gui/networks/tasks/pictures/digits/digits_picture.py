"""Handwritten digits: what each racer takes the test digits for, and one that is drawn."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, TaskView
from gui.networks.tasks.pictures.digits.digits_tile import DigitsTile, digit_images
from gui.networks.tasks.pictures.digits.drawing_pad import DrawingPad
from gui.networks.tasks.pictures.digits.recognized_bars import RecognizedBars
from gui.networks.tasks.pictures.picture import Racers, TaskPicture
from gui.networks.tasks.pictures.racer_tile import TileGrid

SIDE_PX = 196
MOST_DIGITS = 120  # whose pictures are made


class DigitsPicture(TaskPicture):
    """Tiles of digits on the left, the sheet and the answers on the right.

    Signals:
        drawn: as `DrawingPad.drawn`.
        picked: the racer that was clicked.
    """

    drawn = Signal(object)
    picked = Signal(int)
    wants_view = True

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._inputs = np.empty((0, 64))
        self._truth = np.empty(0, np.int64)
        self.grid = TileGrid(f"{name}.tile", DigitsTile, self)
        self.grid.picked.connect(self.picked)
        self.pad = DrawingPad(f"{name}.pad", self)
        self.pad.drawn.connect(self._on_drawn)
        self.clear = QPushButton(self)
        self.clear.setObjectName(f"{name}.clear")
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self.pad.clear)
        self.bars = RecognizedBars(f"{name}.bars", self)
        self.title = QLabel(self)
        self.title.setObjectName(f"{name}.title.label")
        self.title.setProperty("role", "muted")
        self._side = QWidget(self)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 2, 4, 2)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.clear)
        column.addLayout(head)
        column.addWidget(self.pad, 2)
        column.addWidget(self.bars, 1)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.grid, 1)
        row.addWidget(self._side, 0, Qt.AlignmentFlag(0))
        self._set_side(1.0)
        self.retranslate()

    @property
    def tiles(self) -> list[DigitsTile]:
        return [tile for tile in self.grid.tiles if isinstance(tile, DigitsTile)]

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        self.grid.set_racers(list(racers))
        self.bars.set_racers(racers)
        for tile in self.tiles:
            tile.show_taken(np.empty(0, np.int64))
        self._show_digits()

    def show_examples(self, examples: Examples) -> None:
        self._inputs = examples.test_inputs[:MOST_DIGITS]
        self._truth = examples.test_targets[:MOST_DIGITS].astype(np.int64)
        self._show_digits()

    def set_chosen(self, racer: int) -> None:
        self.grid.set_chosen(racer)

    def show_frame(self, frame: FitFrame) -> None:
        self.grid.show_frame(frame)

    def show_view(self, view: TaskView) -> None:
        self.bars.show_shares(None if self.pad.empty else view.recognized)
        if view.test_digits is not None:
            for tile, taken in zip(self.tiles, view.test_digits, strict=False):
                tile.show_taken(taken)

    def set_scale(self, factor: float) -> None:
        self.grid.set_scale(factor)
        self.pad.set_scale(factor)
        self.bars.set_scale(factor)
        self._set_side(factor)
        self.title.setVisible(factor <= 1)

    def restyle(self) -> None:
        self._show_digits()
        self.pad.update()
        self.bars.update()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Your digit"))
        self.clear.setText(self.tr("Clear"))
        self.clear.setToolTip(self.tr("Wipe the drawn digit off (Delete)"))
        self.pad.set_hint(self.tr("Draw a digit here"))
        self.pad.setAccessibleName(self.tr("Sheet to draw a digit on"))
        self.pad.setToolTip(
            self.tr(
                "The left button draws, the right one erases.\n"
                "By keyboard: arrow keys move, with Shift they draw, with Ctrl they erase."
            )
        )
        self.bars.setAccessibleName(self.tr("What each racer takes the drawn digit for"))
        self.bars.setToolTip(
            self.tr("How probable each digit is to each racer, in the order of the pictures")
        )
        for tile in self.tiles:
            tile.setToolTip(
                self.tr(
                    "The first test digits and what the net takes each for.\n"
                    "Framed and crossed: taken for another digit."
                )
            )

    def _set_side(self, factor: float) -> None:
        """The sheet is a square at most as wide as the side."""
        self._side.setFixedWidth(round(SIDE_PX * factor))
        self.pad.setMaximumHeight(round(SIDE_PX * factor))

    def _show_digits(self) -> None:
        images = digit_images(self._inputs)
        for tile in self.tiles:
            tile.show_digits(images, self._truth)
        self.retranslate()

    def _on_drawn(self, canvas: object) -> None:
        if canvas is None:
            self.bars.show_shares(None)
        self.drawn.emit(canvas)
