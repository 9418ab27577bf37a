"""Plates on the map that name the racers and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import number_text, theme
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.drawing import PLATE_ALPHA, arrow_head, plate_font
from gui.plots.layer import PlotLayer
from gui.racing.racer_style import arrow_color, draw_swatch

if TYPE_CHECKING:
    from engine.descent.step.vectors import StepVectors

THIN = ("example", "chosen")  # arrows of single examples
KEY_PX, PAD_PX, AWAY_PX = 34.0, 8.0, 10.0

MEANINGS = {
    "gradient": QT_TRANSLATE_NOOP("descent", "−lr·g₀, the gradient step at x₀"),
    "gradient_ahead": QT_TRANSLATE_NOOP("descent", "−lr·g₁, the gradient step at x₁"),
    "momentum": QT_TRANSLATE_NOOP("descent", "m, the momentum"),
    "classical": QT_TRANSLATE_NOOP("descent", "classical momentum's step"),
    "nesterov": QT_TRANSLATE_NOOP("descent", "Nesterov's step"),
    "direction": QT_TRANSLATE_NOOP("descent", "where −g₀ points"),
    "average": QT_TRANSLATE_NOOP("descent", "where the mean gradient −m points"),
    "step": QT_TRANSLATE_NOOP("descent", "the step taken"),
}
NEXT_STEP = QT_TRANSLATE_NOOP("descent", "Next step: {name}")
TRUE_SIZE = QT_TRANSLATE_NOOP("descent", "arrows in true size")
MAGNIFIED = QT_TRANSLATE_NOOP("descent", "arrows drawn × {times}")
TOO_SHORT = QT_TRANSLATE_NOOP("descent", "too short to be drawn")
RATES = QT_TRANSLATE_NOOP("descent", "rate along x {x}, along y {y}")
# By the symbol of `engine.descent.step.numbers.Region`; all are drawn dashed.
REGIONS = {
    "s_new": QT_TRANSLATE_NOOP("descent", "dashed: √s′ of the squares, x {x}, y {y}"),
    "v_new": QT_TRANSLATE_NOOP("descent", "dashed: √v′ of the squares, x {x}, y {y}"),
    "v_hat": QT_TRANSLATE_NOOP("descent", "dashed: √v̂ of the squares, x {x}, y {y}"),
    "u_new": QT_TRANSLATE_NOOP("descent", "dashed: u′, the largest gradient, x {x}, y {y}"),
    "size_new": QT_TRANSLATE_NOOP("descent", "dashed: Δ′, the step's own sizes, x {x}, y {y}"),
    "lr": QT_TRANSLATE_NOOP("descent", "dashed: lr each way, x {x}, y {y}"),
    "curvature": QT_TRANSLATE_NOOP(
        "descent", "dashed: the model's level line, curvatures {x}, {y}"
    ),
}
REDUCED = QT_TRANSLATE_NOOP("descent", "arrows drawn × 1/{times}")


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


class Legend(PlotLayer):
    """A plate in a corner of a view box that names racers or arrows."""

    def __init__(self, view: pg.ViewBox, *, corner: Corner) -> None:
        super().__init__(view, z=50)
        self.corner = corner
        self._title = ""
        self._notes: list[str] = []
        self._racers: Sequence[tuple[str, int]] = ()
        self._arrows: Sequence[tuple[str, str, bool]] = ()

    @property
    def title(self) -> str:
        return self._title

    @property
    def notes(self) -> list[str]:
        """The lines below the title."""
        return self._notes

    def show_racers(self, racers: Sequence[tuple[str, int]]) -> None:
        """Names with their looks."""
        self._racers = racers
        self.refresh()

    def show_arrows(self, anatomy: StepVectors | None, *, name: str, times: float) -> None:
        """What each arrow means and how much they are magnified."""
        self._arrows = ()
        self._title, self._notes = "", []
        if anatomy is not None:
            say = QCoreApplication.translate
            self._arrows = [
                (arrow.role, say("descent", MEANINGS.get(arrow.role, arrow.role)), arrow.dashed)
                for arrow in anatomy.arrows
            ]
            self._title = say("descent", NEXT_STEP).format(name=name)
            self._notes = [magnification_text(times)]
            if any(arrow.role == "step" for arrow in anatomy.arrows):
                x, y = (number_text.write(float(rate), digits=3) for rate in anatomy.rates)
                self._notes.append(say("descent", RATES).format(x=x, y=y))
            if anatomy.region is not None:
                x, y = (number_text.write(float(size), digits=3) for size in anatomy.region.values)
                self._notes.append(say("descent", REGIONS[anatomy.region.symbol]).format(x=x, y=y))
        self.refresh()

    def show_keys(
        self, title: str, keys: Sequence[tuple[str, str, bool]], notes: Sequence[str]
    ) -> None:
        """Arrows by role, meaning and whether dashed; nothing without any."""
        self._arrows = tuple(keys)
        self._title, self._notes = (title, list(notes)) if keys else ("", [])
        self.refresh()

    def show_text(self, title: str, notes: Sequence[str]) -> None:
        """A title and lines below it; nothing when the title is empty."""
        self._title, self._notes = title, list(notes)
        self.refresh()

    def plate(self, corner: Corner | None = None) -> QRectF:
        """Where the plate is, or would be in another corner; empty without contents."""
        texts = [name for name, _ in self._racers] + [text for _, text, _ in self._arrows]
        if not texts and not self._title:
            return QRectF()
        font, bold = plate_font(self.scale_factor), plate_font(self.scale_factor, bold=True)
        metrics, pad = QFontMetricsF(font), PAD_PX * self.scale_factor
        key = KEY_PX * self.scale_factor + pad
        widths = [key + metrics.horizontalAdvance(text) for text in texts]
        widths += [metrics.horizontalAdvance(text) for text in self._notes]
        widths.append(QFontMetricsF(bold).horizontalAdvance(self._title))
        width = max(widths) + 2 * pad
        rows = len(texts) + bool(self._title) + len(self._notes)
        height = rows * self._row_height() + pad
        area = self.boundingRect()
        across, down = (corner or self.corner).value
        left = area.left() + AWAY_PX + across * (area.width() - width - 2 * AWAY_PX)
        top = area.top() + AWAY_PX + down * (area.height() - height - 2 * AWAY_PX)
        return QRectF(left, top, width, height)

    def _row_height(self) -> float:
        return QFontMetricsF(plate_font(self.scale_factor)).height() + 5 * self.scale_factor

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
            self._row_height(), KEY_PX * self.scale_factor, PAD_PX * self.scale_factor
        )  # fmt: skip
        line = QRectF(plate.left() + pad, plate.top() + pad / 2, plate.width() - 2 * pad, row)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._title:
            painter.setFont(bold)
            painter.setPen(theme.current().color("text"))
            painter.drawText(line, middle, self._title)
            line.translate(0, row)
        painter.setFont(font)
        for name, look in self._racers:
            style = theme.current().series_style(look)
            draw_swatch(
                painter,
                QRectF(line.left(), line.top(), key, row),
                color=QColor(style.color),
                marker=style.marker,
                dash=style.dash,
                casing=theme.current().color("panel"),
            )
            self._write(painter, line, key + pad, name)
            line.translate(0, row)
        for role, text, dashed in self._arrows:
            self._draw_key(painter, QRectF(line.left(), line.top(), key, row), role, dashed)
            self._write(painter, line, key + pad, text)
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
    def _draw_key(painter: QPainter, rect: QRectF, role: str, dashed: bool) -> None:
        color = arrow_color(role)
        tail = QPointF(rect.left(), rect.center().y())
        head = QPointF(rect.right(), rect.center().y())
        tip = arrow_head(tail, head, 6 if role in THIN else 9)
        pen = QPen(color, 1.2 if role in THIN else 3)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.4, 1.6])
        painter.setPen(pen)
        painter.drawLine(tail, QPointF(tip[1].x(), tail.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF(tip))


def magnification_text(times: float) -> str:
    """How much larger or smaller than true the arrows are drawn."""
    say = QCoreApplication.translate
    if times == 0:
        return say("descent", TOO_SHORT)
    if times == 1:
        return say("descent", TRUE_SIZE)
    if times > 1:
        return say("descent", MAGNIFIED).format(times=number_text.write(times, digits=7))
    return say("descent", REDUCED).format(times=number_text.write(1 / times, digits=7))
