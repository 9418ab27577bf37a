"""The pass's hand on the picture: a corner or an edge is pulled, a box drawn, one clicked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.detection.review.records import Box
from gui.pictures.box_tool import BoxTool

REACH_PX = 7.0  # on the screen: so near to an edge it is meant
Grip = tuple[int, int]  # which side of x and of y is pulled: -1 the lower, 1 the higher, 0 none

_DIAGONAL = {1: Qt.CursorShape.SizeFDiagCursor, -1: Qt.CursorShape.SizeBDiagCursor}


def grip_at(box: Box, at: QPointF, reach: float) -> Grip:
    """The side or corner of a box at a point, both in picture px; (0, 0) for none."""
    x0, y0, x1, y1 = box
    x, y = at.x(), at.y()
    if not (x0 - reach <= x <= x1 + reach and y0 - reach <= y <= y1 + reach):
        return 0, 0
    return _side(x, x0, x1, reach), _side(y, y0, y1, reach)


def _side(value: float, low: float, high: float, reach: float) -> int:
    near = min(reach, (high - low) / 3)  # of a small box its middle is no edge
    if value <= low + near:
        return -1
    return 1 if value >= high - near else 0


def pulled(box: Box, grip: Grip, at: QPointF) -> Box:
    """The box with the pulled sides at a point."""
    x0, y0, x1, y1 = box
    if grip[0]:
        x0, x1 = (at.x(), x1) if grip[0] < 0 else (x0, at.x())
    if grip[1]:
        y0, y1 = (at.y(), y1) if grip[1] < 0 else (y0, at.y())
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def cursor_of(grip: Grip) -> Qt.CursorShape:
    """The mouse over a grip."""
    if grip[0] and grip[1]:
        return _DIAGONAL[grip[0] * grip[1]]
    if grip[0]:
        return Qt.CursorShape.SizeHorCursor
    return Qt.CursorShape.SizeVerCursor if grip[1] else Qt.CursorShape.CrossCursor


class PassTool(BoxTool):
    """What the left button does in the pass.

    Attributes:
        box: what can be pulled: the chosen object's, picture px.
        scale: widget px a picture px.
    """

    def __init__(
        self,
        *,
        clicked: Callable[[QPointF], None],
        drawn: Callable[[Box], None],
        reshaped: Callable[[Box], None],
    ) -> None:
        super().__init__()
        self.box: Box | None = None
        self.scale = 1.0
        self._clicked, self._drawn, self._reshaped = clicked, drawn, reshaped
        self._grip: Grip = (0, 0)
        self._held: Box | None = None  # the box whose grip was taken
        self._pulled: Box | None = None  # as it is now
        self._down = QPointF()

    def grip(self, at: QPointF) -> Grip:
        """What would be taken at a picture point."""
        return (0, 0) if self.box is None else grip_at(self.box, at, REACH_PX / self.scale)

    def begin(self, at: QPointF) -> None:
        self._down = at
        self._grip = self.grip(at)
        if self._grip != (0, 0):
            self._held = self._pulled = self.box
            return
        super().begin(at)

    def move(self, at: QPointF) -> None:
        if self._held is not None:
            # From where it was taken, which is beside the edge by some pixels.
            by = at - self._down
            x0, y0, x1, y1 = self._held
            edge = QPointF(
                (x0 if self._grip[0] < 0 else x1) + by.x(),
                (y0 if self._grip[1] < 0 else y1) + by.y(),
            )
            self._pulled = pulled(self._held, self._grip, self._inside(edge))
            return
        super().move(at)

    def end(self) -> QRectF | None:
        """Let go: what was done is told to whoever made the tool, and the canvas hears nothing."""
        held, now = self._held, self._pulled
        self._held = self._pulled = None
        if held is not None and now is not None:
            if now == held:
                self._clicked(self._down)
            else:
                self._reshaped(now)
            return None
        rect = super().end()
        if rect is None:
            self._clicked(self._down)
        else:
            self._drawn((rect.left(), rect.top(), rect.right(), rect.bottom()))
        return None

    def rect(self) -> QRectF | None:
        if self._pulled is not None:
            x0, y0, x1, y1 = self._pulled
            return QRectF(x0, y0, x1 - x0, y1 - y0)
        return super().rect()
