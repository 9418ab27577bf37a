"""Plates on the map that say what the racers, arrows and colours are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.export.scene import records
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.landscape.drawing import PLATE_ALPHA, arrow_head, plate_font
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import arrow_color, draw_swatch

KEY_PX, PAD_PX, AWAY_PX = 44.0, 8.0, 10.0
ARROW_DASH = (2.4, 1.6)


@dataclass(frozen=True)
class ArrowKey:
    """An arrow in a legend: its role (of `arrow_color`), what it means, how it is drawn."""

    role: str
    text: str
    dashed: bool = False
    thin: bool = False


class Corner(Enum):
    """Where on the map: shares of the free width and height, corners first."""

    TOP_LEFT = (0.0, 0.0)
    TOP_RIGHT = (1.0, 0.0)
    BOTTOM_LEFT = (0.0, 1.0)
    BOTTOM_RIGHT = (1.0, 1.0)
    RIGHT = (1.0, 0.5)
    LEFT = (0.0, 0.5)
    BOTTOM = (0.5, 1.0)
    TOP = (0.5, 0.0)


class Plated(Protocol):
    """What has a plate in a corner of the map: legends, and what a layer sets into it."""

    corner: Corner

    def plate(self, corner: Corner | None = None) -> QRectF: ...

    def setVisible(self, visible: bool) -> None: ...

    def refresh(self) -> None: ...


class Legend(PlotLayer):
    """A plate in a corner of a view box: a title, then racers, arrows and lines of text."""

    def __init__(self, view: pg.ViewBox, *, corner: Corner) -> None:
        super().__init__(view, z=50)
        self.corner = corner
        self._title = ""
        self._notes: list[str] = []
        self._racers: Sequence[tuple[str, RacerStyle]] = ()
        self._keys: Sequence[ArrowKey] = ()

    @property
    def title(self) -> str:
        return self._title

    @property
    def notes(self) -> list[str]:
        """The lines below the title."""
        return self._notes

    def show_racers(self, racers: Sequence[tuple[str, RacerStyle]]) -> None:
        """Names with the index of their look in the theme."""
        self._racers = racers
        self.refresh()

    def show_keys(self, title: str, keys: Sequence[ArrowKey], notes: Sequence[str]) -> None:
        """A title, what each arrow means, and lines below; nothing when all are empty."""
        self._keys, self._title, self._notes = tuple(keys), title, list(notes)
        self.refresh()

    def show_text(self, title: str, notes: Sequence[str]) -> None:
        """A title and lines below it; nothing when the title is empty."""
        self._title, self._notes = title, list(notes)
        self.refresh()

    def plate(self, corner: Corner | None = None) -> QRectF:
        """Where the plate is, or would be in another corner; empty without contents."""
        texts = (*(name for name, _ in self._racers), *(key.text for key in self._keys))
        if not texts and not self._title:
            return QRectF()
        width, height = plate_size(self._title, texts, tuple(self._notes), self.scale_factor)
        area = self.boundingRect()
        across, down = (corner or self.corner).value
        left = area.left() + AWAY_PX + across * (area.width() - width - 2 * AWAY_PX)
        top = area.top() + AWAY_PX + down * (area.height() - height - 2 * AWAY_PX)
        return QRectF(left, top, width, height)

    def describe(self, name: str) -> tuple[records.Legend, ...]:
        """What is written on the plate and where it is; nothing while it is not seen."""
        if not self.isVisible() or self.plate().isEmpty():
            return ()
        racers = [
            records.Key(text, style.color, style.marker, style.dash, fill=style.fill)
            for text, style in self._styles()
        ]
        arrows = [
            records.Key(
                key.text,
                theme.written(arrow_color(key.role)),
                dash=ARROW_DASH if key.dashed else (),
                width=1.2 if key.thin else 3.0,
            )
            for key in self._keys
        ]
        keys = (*racers, *arrows)
        place = self.corner.value
        return (records.Legend(name, place, self._title, keys, tuple(self._notes)),)

    def _styles(self) -> list[tuple[str, theme.Series]]:
        """Name and look of each racer."""
        return [(name, theme.current().racer(look)) for name, look in self._racers]

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        plate = self.plate()
        if plate.isEmpty():
            return
        colors = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("panel", PLATE_ALPHA))
        painter.drawRoundedRect(plate, 6, 6)
        font, bold = plate_font(self.scale_factor), plate_font(self.scale_factor, bold=True)
        row, key, pad = (
            row_height(self.scale_factor), KEY_PX * self.scale_factor, PAD_PX * self.scale_factor
        )  # fmt: skip
        line = QRectF(plate.left() + pad, plate.top() + pad / 2, plate.width() - 2 * pad, row)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._title:
            painter.setFont(bold)
            painter.setPen(theme.current().color("text"))
            painter.drawText(line, middle, self._title)
            line.translate(0, row)
        painter.setFont(font)
        for name, style in self._styles():
            draw_swatch(
                painter,
                QRectF(line.left(), line.top(), key, row),
                style,
                casing=theme.current().color("panel"),
            )
            self._write(painter, line, key + pad, name)
            line.translate(0, row)
        for arrow in self._keys:
            self._draw_key(painter, QRectF(line.left(), line.top(), key, row), arrow)
            self._write(painter, line, key + pad, arrow.text)
            line.translate(0, row)
        for note in self._notes:
            painter.setPen(colors.color("muted"))
            painter.drawText(line, middle, note)
            line.translate(0, row)

    @staticmethod
    def _write(painter: QPainter, line: QRectF, indent: float, text: str) -> None:
        painter.setPen(theme.current().color("text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line.adjusted(indent, 0, indent, 0), flags, text)

    @staticmethod
    def _draw_key(painter: QPainter, rect: QRectF, key: ArrowKey) -> None:
        color = arrow_color(key.role)
        tail = QPointF(rect.left(), rect.center().y())
        head = QPointF(rect.right(), rect.center().y())
        tip = arrow_head(tail, head, 6 if key.thin else 9)
        pen = QPen(color, 1.2 if key.thin else 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if key.dashed:
            pen.setDashPattern(list(ARROW_DASH))
        painter.setPen(pen)
        painter.drawLine(tail, QPointF(tip[1].x(), tail.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF(tip))


def row_height(scale: float) -> float:
    """Of a line of a legend, in pixels."""
    return QFontMetricsF(plate_font(scale)).height() + 5 * scale


@lru_cache(maxsize=64)  # asked for every corner of every legend, and for every frame
def plate_size(
    title: str, texts: tuple[str, ...], notes: tuple[str, ...], scale: float
) -> tuple[float, float]:
    """Width and height in pixels of a plate with a title, texts with a key each, and notes."""
    font, bold = plate_font(scale), plate_font(scale, bold=True)
    metrics, pad = QFontMetricsF(font), PAD_PX * scale
    key = KEY_PX * scale + pad
    widths = [key + metrics.horizontalAdvance(text) for text in texts]
    widths += [metrics.horizontalAdvance(text) for text in notes]
    widths.append(QFontMetricsF(bold).horizontalAdvance(title))
    rows = len(texts) + bool(title) + len(notes)
    return max(widths) + 2 * pad, rows * row_height(scale) + pad
