"""The layers over the picture: masks, boxes with labels, keypoints.

Each holds what it draws and nothing else; the workspace sets it and repaints.
Anchors and proposals are in `candidates`.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPen,
)

from gui.detection.instances import Instance, Pair
from gui.pictures.view_transform import View

LINE = 2
FAINT = 0.3  # of the opacity, beside a detection in the spotlight


class Overlay(Protocol):
    """A layer with an eye and an opacity; what takes this as its base says how it draws.

    Attributes:
        name: one of the keys of the stages list.
        shown: whether its eye is open.
        opacity: 0 to 1.
    """

    name: str
    shown: bool
    opacity: float

    def __init__(self, name: str, *, shown: bool, opacity: float = 1.0) -> None:
        self.name = name
        self.shown = shown
        self.opacity = opacity

    def paint(self, painter: QPainter, view: View) -> None:
        if self.shown and self.opacity > 0:
            painter.setOpacity(self.opacity)
            self.draw(painter, view)

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels; the opacity is already set."""


class InstanceOverlay(Overlay, Protocol):
    """A layer of detections, one of which is raised.

    Attributes:
        instances: what is drawn.
        raised, selected: drawn with emphasis.
        spotlight: when there is one, the others are faint.
        hidden: not drawn here.
    """

    instances: tuple[Instance, ...]
    raised: Pair | None
    selected: Pair | None
    spotlight: Pair | None
    hidden: Pair | None

    def __init__(self, name: str, *, shown: bool = True, opacity: float = 1.0) -> None:
        super().__init__(name, shown=shown, opacity=opacity)
        self.instances = ()
        self.raised = self.selected = None
        self.spotlight = self.hidden = None

    def in_order(self) -> list[Instance]:
        """The best on top, the selected over it, the raised over all."""
        return sorted(
            (i for i in self.instances if i.pair != self.hidden),
            key=lambda i: (2 * (i.pair == self.raised) + (i.pair == self.selected), -i.number),
        )

    def strength(self, instance: Instance) -> float:
        """The opacity of one instance."""
        away = self.spotlight is not None and instance.pair not in (self.spotlight, self.raised)
        return self.opacity * FAINT if away else self.opacity

    def emphasised(self, instance: Instance) -> bool:
        return instance.pair in (self.raised, self.selected)


def outline(painter: QPainter, rect: QRectF, color: QColor, width: int) -> None:
    """A rectangle's border, centred on its edge, as four filled bars: faster than a pen."""
    half = width // 2
    left, top = round(rect.left()) - half, round(rect.top()) - half
    wide, high = round(rect.width()) + width, round(rect.height()) + width
    painter.fillRect(left, top, wide, width, color)
    painter.fillRect(left, top + high - width, wide, width, color)
    painter.fillRect(left, top + width, width, high - 2 * width, color)
    painter.fillRect(left + wide - width, top + width, width, high - 2 * width, color)


def line_pen(
    color: QColor,
    width: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    *,
    cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap,
) -> QPen:
    """A pen with sharp corners."""
    return QPen(QBrush(color), width, style, cap, Qt.PenJoinStyle.MiterJoin)
