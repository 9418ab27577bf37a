"""What every overlay is: drawn over the picture, with an eye and an opacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from gui.detection.instances import Instance, Pair
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection

AROUND_CURSOR = -1  # in place of a level: every level, at the cursor
LINE = 2


class LineScale:
    """How many times thicker all lines over the picture are: for the lecture hall."""

    factor = 1.0


LINE_SCALE = LineScale()
FAINT = 0.3  # of the opacity, beside a detection in the spotlight, or beside a stage's question


class Overlay:
    """One layer over the picture. It is told what there is, and draws what of it it is for.

    Attributes:
        font: of whatever it writes.
        shown: whether its eye is open.
        opacity: 0 to 1, as the user set it.
        dimmed: it is not what the open stage asks about.
    """

    def __init__(self, font: QFont, *, shown: bool = True, opacity: float = 1.0) -> None:
        self.font = font
        self.shown = shown
        self.opacity = opacity
        self.dimmed = False

    @property
    def weight(self) -> float:
        """The opacity that it is drawn with."""
        return self.opacity * FAINT if self.dimmed else self.opacity

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw it, unless its eye is closed."""
        if self.shown and self.opacity > 0:
            painter.setOpacity(self.weight)
            self.draw(painter, view)

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels; the opacity is already set."""
        raise NotImplementedError

    def painted(self) -> Any:
        """What it draws while it is shown, most often how many: for tests that look from outside.

        It is JSON, and false where nothing is drawn.
        """
        raise NotImplementedError

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Another picture, or another model's answer; None for none."""

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        """Other detections, best first."""

    def set_level(self, level: int) -> None:
        """Another level of anchors, by index, or AROUND_CURSOR."""

    def set_top(self, top: int) -> None:
        """How many of its best to draw."""

    def point_at(self, at: QPointF) -> bool:
        """The cursor is at a picture point; true where that changes what is drawn."""
        return False


class InstanceOverlay(Overlay):
    """A layer of detections, one of which is raised.

    Attributes:
        instances: what is drawn.
        raised, selected: drawn with emphasis.
        chosen: with the selected one, all that are chosen; drawn with emphasis too.
        spotlight: when there is one, the others are faint.
        hidden: not drawn here.
    """

    def __init__(self, font: QFont, *, shown: bool = True, opacity: float = 1.0) -> None:
        super().__init__(font, shown=shown, opacity=opacity)
        self.instances: tuple[Instance, ...] = ()
        self.raised: Pair | None = None
        self.selected: Pair | None = None
        self.chosen: frozenset[Pair] = frozenset()
        self.spotlight: Pair | None = None
        self.hidden: Pair | None = None

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        self.instances = instances

    def painted(self) -> Any:
        return len(self.instances)

    def in_order(self) -> list[Instance]:
        """The best on top, the selected over it, the raised over all."""
        return sorted(
            (i for i in self.instances if i.pair != self.hidden),
            key=lambda i: (2 * (i.pair == self.raised) + (i.pair == self.selected), -i.number),
        )

    def strength(self, instance: Instance) -> float:
        """The opacity of one instance."""
        away = self.spotlight is not None and instance.pair not in (self.spotlight, self.raised)
        return self.weight * FAINT if away else self.weight

    def emphasised(self, instance: Instance) -> bool:
        return instance.pair in (self.raised, self.selected) or instance.pair in self.chosen


def outline(painter: QPainter, rect: QRectF, color: QColor, width: int) -> None:
    """A rectangle's border, centred on its edge, as four filled bars: faster than a pen."""
    width = round(width * LINE_SCALE.factor)
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
    width *= LINE_SCALE.factor
    return QPen(QBrush(color), width, style, cap, Qt.PenJoinStyle.MiterJoin)


def corners(rect: QRectF) -> tuple[float, float, float, float]:
    """x0, y0, x1, y1 of a rectangle."""
    return rect.left(), rect.top(), rect.right(), rect.bottom()
