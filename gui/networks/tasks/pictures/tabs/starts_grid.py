"""Small pictures of many starts, of which those that can be seen are drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.checks import Domain
from engine.networks.tasks.views import StartsView
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.networks.tasks.pictures.class_painting import draw_line, even_line, ground
from gui.networks.tasks.pictures.plane import Plane
from gui.networks.tasks.pictures.racer_tile import loss_text, text_font
from gui.racing.racer_style import draw_marker

SIDE_PX, LABEL_PX, GAP_PX = 78, 16, 7
MOVING = "…"


def group_letter(group: int) -> str:
    """A for the lowest minimum, B for the next; dots while it still moves."""
    if group < 0:
        return MOVING
    return chr(ord("A") + group) if group < 26 else f"Z{group - 24}"


class StartsGrid(QWidget):
    """A picture a start with its group and loss below; as high as it needs."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._starts: StartsView | None = None
        self._domain: Domain = (-1.0, 1.0, -1.0, 1.0)
        self._look: RacerStyle | None = None
        self._scale = 1.0

    def set_domain(self, domain: Domain) -> None:
        """What the pictures show."""
        self._domain = domain
        self._starts = None
        self.update()

    def show_starts(self, starts: StartsView | None, look: RacerStyle | None) -> None:
        """All starts of a racer of this look."""
        count = 0 if self._starts is None else len(self._starts.losses)
        self._starts, self._look = starts, look
        if starts is None or len(starts.losses) != count:
            self._fit()
        self.update()

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self._fit()
        self.update()

    # -- where the pictures are ---------------------------------------------------------------

    def _has_pictures(self) -> bool:
        """Without pictures there are labels alone."""
        starts = self._starts
        return starts is not None and (starts.boundary is not None or starts.curve is not None)

    def _columns(self, width: float) -> int:
        gap = GAP_PX * self._scale
        return max(1, int((width - gap) // (SIDE_PX * self._scale + gap)))

    def _step(self, width: float) -> tuple[float, float]:
        """From one picture to the next, across and down: a row is as wide as there is room."""
        gap = GAP_PX * self._scale
        across = (width - gap) / self._columns(width)
        picture = across - gap if self._has_pictures() else 0.0
        return across, picture + LABEL_PX * self._scale + gap

    def cell(self, start: int) -> QRectF:
        """Where a start's picture and label are."""
        row, column = divmod(start, self._columns(self.width()))
        across, down = self._step(self.width())
        gap = GAP_PX * self._scale
        return QRectF(gap + column * across, gap + row * down, across - gap, down - gap)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        count = 0 if self._starts is None else len(self._starts.losses)
        rows = -(-count // self._columns(width))
        return round(rows * self._step(width)[1] + GAP_PX * self._scale)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(self.width(), 240)))

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        starts = self._starts
        if starts is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for start in range(len(starts.losses)):
            cell = self.cell(start)
            if event.rect().intersects(QRect(cell.toAlignedRect())):
                self._paint(painter, cell, starts, start)
        painter.end()

    def _paint(self, painter: QPainter, cell: QRectF, starts: StartsView, start: int) -> None:
        colors, scale = theme.current(), self._scale
        side = cell.width() if self._has_pictures() else 0.0
        area = QRectF(cell.left(), cell.top(), cell.width(), side)
        best = start == starts.best
        if side:
            painter.save()
            painter.setClipRect(area)
            if starts.boundary is not None:
                self._paint_boundary(painter, area, starts.boundary[start])
            elif starts.curve is not None:
                self._paint_curve(painter, area, starts.curve[start])
            painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.color("accent" if best else "border"), 3 if best else 1))
            painter.drawRect(area)
        label = QRectF(cell.left(), area.bottom() + 1, cell.width(), LABEL_PX * scale)
        line = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colors.color("text"))
        painter.setFont(text_font(scale, bold=True))
        known = bool(np.isfinite(starts.losses[start]))
        letter = group_letter(int(starts.groups[start])) if known else ""
        painter.drawText(label, line | Qt.AlignmentFlag.AlignLeft, letter)
        painter.setFont(text_font(scale))
        painter.drawText(
            label, line | Qt.AlignmentFlag.AlignRight, loss_text(float(starts.losses[start]))
        )
        if best:
            spot = QPointF(cell.left() + 19 * scale, label.center().y())
            if side:
                spot = area.topRight() + QPointF(-11, 11) * scale
            draw_marker(
                painter, "star", spot, size=15 * scale, fill=colors.color("accent"),
                line=colors.color("casing"), width=1.2,
            )  # fmt: skip

    def _paint_boundary(
        self, painter: QPainter, area: QRectF, probability: NDArray[np.float32]
    ) -> None:
        x0, x1, y0, y1 = self._domain
        rows, columns = probability.shape
        x, y = np.linspace(x0, x1, columns), np.linspace(y0, y1, rows)
        plane = Plane(self._domain, area)
        painter.drawImage(plane.spread(x, y), ground(probability))
        pieces = [plane.pixels(line) for line in even_line(x, y, probability)]
        draw_line(painter, pieces, width=1.3 * self._scale, cased=False)

    def _paint_curve(self, painter: QPainter, area: QRectF, output: NDArray[np.float32]) -> None:
        x0, x1, y0, y1 = self._domain
        room = 0.1 * (y1 - y0)
        plane = Plane((x0, x1, y0 - room, y1 + room), area)
        points = np.column_stack((np.linspace(x0, x1, len(output)), output.astype(np.float64)))
        points = points[np.isfinite(points).all(axis=1)]
        pixels = plane.pixels(points).clip(-1e4, 1e4)
        if self._look is None:
            return
        painter.setPen(QPen(QColor(theme.current().racer(self._look).color), 1.6 * self._scale))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in pixels.tolist()]))

    # -- what is under the cursor -------------------------------------------------------------

    def words(self, start: int) -> str:
        """A start in a sentence."""
        starts = self._starts
        if starts is None:
            return ""
        group = int(starts.groups[start])
        text = self.tr("Start {start} of {all}: loss {loss}").format(
            start=start + 1, all=len(starts.losses), loss=loss_text(float(starts.losses[start]))
        )
        if start == 0:
            text += "\n" + self.tr("The racer's own start")
        if start == starts.best:
            text += "\n" + self.tr("The best of all")
        if not np.isfinite(starts.losses[start]):
            return text + "\n" + self.tr("Diverged")
        if group < 0:
            return text + "\n" + self.tr("Still moving")
        return text + "\n" + self.tr("Minimum {letter}").format(letter=group_letter(group))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            count = 0 if self._starts is None else len(self._starts.losses)
            place = QPointF(event.pos())
            under = next((s for s in range(count) if self.cell(s).contains(place)), None)
            QToolTip.showText(event.globalPos(), "" if under is None else self.words(under), self)
            return True
        return super().event(event)
