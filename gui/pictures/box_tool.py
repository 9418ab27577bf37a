"""A tool that draws a rectangle on the picture, corner to corner."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.pictures.view_transform import View

SMALLEST_PX = 3.0  # of the picture; less is a click that slipped


class BoxTool:
    """Between a press and a release it follows the mouse; it paints itself as a layer.

    Attributes:
        width, height: of the picture, to whose inside the rectangle is cut.
    """

    def __init__(self) -> None:
        self.width = self.height = 0
        self._from: QPointF | None = None
        self._to = QPointF()

    def begin(self, at: QPointF) -> None:
        """Put down one corner, in picture px."""
        self._from = self._to = self._inside(at)

    def move(self, at: QPointF) -> None:
        """Pull the other corner."""
        self._to = self._inside(at)

    def end(self) -> QRectF | None:
        """Let go; None where nothing worth the name was drawn."""
        rect = self.rect()
        self._from = None
        if rect is None or min(rect.width(), rect.height()) < SMALLEST_PX:
            return None
        return rect

    def rect(self) -> QRectF | None:
        """The rectangle so far, in picture px; None between two drawings."""
        return None if self._from is None else QRectF(self._from, self._to).normalized()

    def paint(self, painter: QPainter, view: View) -> None:
        """The rectangle, dashed, light on dark."""
        rect = self.rect()
        if rect is None:
            return
        area = view.rect(rect.left(), rect.top(), rect.right(), rect.bottom())
        painter.setOpacity(1.0)
        for color, width, style in (
            (QColor(16, 16, 16), 4.0, Qt.PenStyle.SolidLine),
            (QColor(255, 255, 255), 2.0, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(color, width, style))
            painter.drawRect(area)

    def _inside(self, at: QPointF) -> QPointF:
        return QPointF(min(max(at.x(), 0.0), self.width), min(max(at.y(), 0.0), self.height))
