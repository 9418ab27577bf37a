"""The first test digits, and what one racer takes each for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.networks.tasks.pictures.racer_tile import RacerTile, text_font

SIDE = 8  # pixels of a digit
LEAST_PX, MOST_PX = 19.0, 44.0  # side of a digit's picture
LABEL_PX = 14.0  # of what it is taken for, beside the picture
GAP_PX = 5.0


def digit_images(inputs: NDArray[np.float64]) -> list[QImage]:
    """Rows (n, 64) from 0 to 1 as pictures of 8 by 8, in the theme's colours."""
    colors = theme.current()
    paper, ink = QColor(colors.field), QColor(colors.text)
    ends = [np.array([c.red(), c.green(), c.blue()], dtype=np.float64) for c in (paper, ink)]
    shades = np.linspace(0, 1, 256)[:, None] * (ends[1] - ends[0]) + ends[0]
    table = [QColor(*map(round, row)).rgb() for row in shades.tolist()]
    images = []
    for row in inputs:
        pixels = np.ascontiguousarray((255 * row.clip(0, 1)).astype(np.uint8))
        image = QImage(pixels.data, SIDE, SIDE, SIDE, QImage.Format.Format_Indexed8).copy()
        image.setColorTable(table)
        images.append(image)
    return images


def cell_side(count: int, width: float, height: float, scale: float) -> float:
    """The side of a picture with which all of so many fit, within bounds."""
    for side in np.arange(MOST_PX, LEAST_PX, -1.0) * scale:
        columns = int(width // (side + (LABEL_PX + GAP_PX) * scale))
        rows = int(height // (side + GAP_PX * scale))
        if columns * rows >= count:
            return float(side)
    return LEAST_PX * scale


class DigitsTile(RacerTile):
    """As many digits as there is room for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._images: list[QImage] = []
        self._truth: NDArray[np.int64] = np.empty(0, np.int64)
        self._taken: NDArray[np.int64] = np.empty(0, np.int64)
        self._sheet = QPixmap()  # all cells, of which only those are drawn anew that change

    def show_digits(self, images: list[QImage], truth: NDArray[np.int64]) -> None:
        """Pictures of the first test digits and what they are, (n,)."""
        self._images, self._truth = images, truth
        self._forget()

    def show_taken(self, taken: NDArray[np.int64]) -> None:
        """What the first (k,) of them are taken for."""
        if len(taken) != len(self._taken) or self._sheet.isNull():
            self._taken = taken
            self._forget()
            return
        changed = np.flatnonzero(taken != self._taken).tolist()
        self._taken = taken
        if changed:
            self._draw_cells(changed)
            self.update()

    def set_scale(self, factor: float) -> None:
        super().set_scale(factor)
        self._forget()

    def restyle(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """Every cell is drawn anew."""
        self._sheet = QPixmap()
        self.update()

    @property
    def wrong(self) -> list[int]:
        """Places of those that are taken for another digit."""
        count = min(len(self._taken), len(self._truth))
        return np.flatnonzero(self._taken[:count] != self._truth[:count]).tolist()

    def cells(self) -> list[QRectF]:
        """Where the pictures are; of those for which there is room."""
        scale = self.scale_factor
        area = self.content().adjusted(4, 2, -2, -2)
        known = min(len(self._images), max(len(self._taken), 1))
        side = cell_side(known, area.width(), area.height(), scale)
        wide, high = side + (LABEL_PX + GAP_PX) * scale, side + GAP_PX * scale
        columns, rows = int(area.width() // wide), int(area.height() // high)
        if columns < 1:
            return []
        places = (divmod(place, columns) for place in range(min(known, columns * rows)))
        return [
            QRectF(area.left() + column * wide, area.top() + row * high, side, side)
            for row, column in places
        ]

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        size = (QSizeF(self.size()) * ratio).toSize()
        if self._sheet.size() != size:
            self._sheet = QPixmap(size)
            self._sheet.setDevicePixelRatio(ratio)
            self._sheet.fill(Qt.GlobalColor.transparent)
            self._draw_cells(range(len(self._images)))
        painter.drawPixmap(QPointF(0, 0), self._sheet)

    def _draw_cells(self, places: Iterable[int]) -> None:
        """Draw some of the cells on the sheet."""
        colors, scale = theme.current(), self.scale_factor
        plain, bold = text_font(scale), text_font(scale, bold=True)
        wrong = set(self.wrong)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cells = self.cells()
        for place in places:
            if place >= len(cells):
                continue
            cell = cells[place]
            around = cell.adjusted(-2, -2, LABEL_PX * scale + 4, 2)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.fillRect(around, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(cell, self._images[place])
            missed = place in wrong
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.color("error" if missed else "border"), 2 if missed else 1))
            painter.drawRect(cell)
            if place >= len(self._taken):
                continue
            label = QRectF(cell.right() + 3, cell.top(), LABEL_PX * scale, cell.height())
            painter.setFont(bold if missed else plain)
            painter.setPen(colors.color("error" if missed else "muted"))
            painter.drawText(label, middle, str(self._taken[place]))
            if missed:
                self._cross(painter, cell)
        painter.end()

    def _cross(self, painter: QPainter, cell: QRectF) -> None:
        """In the corner of a picture that is taken for another digit."""
        reach = (3.2 if cell.width() > 26 * self.scale_factor else 2.2) * self.scale_factor
        spot = cell.topRight() + QPointF(-reach - 1.5, reach + 1.5)
        colors = theme.current()
        for token, width in (("casing", 3.6), ("error", 1.6)):
            painter.setPen(QPen(colors.color(token), width * self.scale_factor))
            painter.drawLine(spot + QPointF(-reach, -reach), spot + QPointF(reach, reach))
            painter.drawLine(spot + QPointF(-reach, reach), spot + QPointF(reach, -reach))
