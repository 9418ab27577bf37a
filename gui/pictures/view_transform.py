"""Where a picture lies in its canvas, and what may be drawn over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter


@dataclass(frozen=True)
class View:
    """Where the picture lies in the widget.

    Attributes:
        scale: logical widget pixels per picture pixel.
        left, top: the picture's corner in logical widget pixels.
        picture: the picture's rectangle in the widget.
        visible: the part of it that can be seen.
        ratio: device pixels per logical pixel.
        plates: (x0, y0, x1, y1) of each label that was drawn so far in this painting; the
            layers above keep theirs clear of them.
    """

    scale: float
    left: float
    top: float
    picture: QRectF
    visible: QRectF
    ratio: float
    plates: list[tuple[float, float, float, float]] = field(default_factory=list, compare=False)

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> QRectF:
        """A picture rectangle in widget pixels."""
        s = self.scale
        return QRectF(self.left + x0 * s, self.top + y0 * s, (x1 - x0) * s, (y1 - y0) * s)

    def point(self, x: float, y: float) -> QPointF:
        """A picture point in widget pixels."""
        return QPointF(self.left + x * self.scale, self.top + y * self.scale)


class Layer(Protocol):
    """Something drawn over the picture, in widget pixels."""

    def paint(self, painter: QPainter, view: View) -> None: ...
