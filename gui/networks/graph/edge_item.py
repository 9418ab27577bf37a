"""An edge on the canvas: an arrow with a number, and a dot that travels along it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui import theme
from gui.networks.graph.node_item import NodeItem, text_font
from gui.networks.graph.records import Edge, color_of

REACH_PX = 6.0  # beside the line, where the mouse still hits it
HEAD_PX = 9.0
DOT_PX = 5.0
LIT_PX = 2.5  # how much wider a lit line is
LEVEL = 0.5  # how little a line rises that has its label above it
PLATE_PX = 3.0  # around a label


class EdgeItem(QGraphicsItem):
    """One edge, drawn between two node items in scene px."""

    def __init__(self, edge: Edge, source: NodeItem, target: NodeItem) -> None:
        super().__init__()
        self.edge = edge
        self.source, self.target = source, target
        self._lit = ""
        self._signal: tuple[float, str] | None = None
        self._path = QPainterPath()
        self._head = QPainterPath()
        self._plate = QRectF()
        self._bounds = QRectF()
        self.setAcceptHoverEvents(True)
        self.setZValue(0)
        self.setToolTip(edge.tip)
        self.follow()

    def show_edge(self, edge: Edge) -> None:
        """Draw another state of the same edge."""
        if edge != self.edge:
            self.edge = edge
            self.setToolTip(edge.tip)
            self.follow()

    def light(self, color: str) -> None:
        """Light the line; empty puts it out."""
        if color != self._lit:
            self._lit = color
            self.setZValue(1 if color else 0)
            self.follow()

    @property
    def lit(self) -> bool:
        return bool(self._lit)

    def show_signal(self, share: float | None, color: str = "") -> None:
        """A dot at a share of the way from the source; None takes it away."""
        self._signal = None if share is None else (share, color)
        self.update()

    def middle(self) -> QPointF:
        """Where its label stands, in scene px."""
        return self._path.pointAtPercent(self.edge.at)

    def follow(self) -> None:
        """Go from where the one node is now to where the other one is."""
        self.prepareGeometryChange()
        self._path = self._route()
        self._head = _arrow(self._path) if self.edge.head else QPainterPath()
        self._plate = self._label_plate()
        reach = REACH_PX + self.edge.width + LIT_PX + HEAD_PX
        bounds = self._path.boundingRect().adjusted(-reach, -reach, reach, reach)
        self._bounds = bounds.united(self._plate.adjusted(-2, -2, 2, 2))
        self.update()

    def _route(self) -> QPainterPath:
        start, end = self.source.pos(), self.target.pos()
        via = () if self.source.dragged or self.target.dragged else self.edge.via
        points = [QPointF(*point) for point in via]
        if not points and self.edge.bend:
            along = end - start
            length = math.hypot(along.x(), along.y()) or 1.0
            across = QPointF(-along.y(), along.x()) * (self.edge.bend / length)
            points = [(start + end) / 2 + across]
        stops = [
            _leave(self.source, points[0] if points else end),
            *points,
            _leave(self.target, points[-1] if points else start),
        ]
        return _smooth(stops)

    def _label_plate(self) -> QRectF:
        if not self.edge.label:
            return QRectF()
        lines = self.edge.label.split("\n")
        metrics = QFontMetricsF(text_font())
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PLATE_PX
        height = metrics.height() * len(lines) + 2
        middle = self.middle()
        plate = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        start, end = self._path.pointAtPercent(0), self._path.pointAtPercent(1)
        rise = abs(end.y() - start.y()) / max(1.0, abs(end.x() - start.x()))
        if self.edge.above and rise < LEVEL:
            plate.translate(0, -(height + width * rise) / 2 - self.edge.width - LIT_PX)
        return plate

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * REACH_PX + self.edge.width)
        shape = stroker.createStroke(self._path)
        shape.addRect(self._plate)
        return shape

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        edge, colors = self.edge, theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = color_of(self._lit or edge.color)
        pen = QPen(color, edge.width + (LIT_PX if self._lit else 0.0))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if edge.dash:
            pen.setDashPattern(list(edge.dash))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPath(self._head)
        if edge.label:
            painter.setBrush(colors.color("panel"))
            painter.drawRoundedRect(self._plate, 3, 3)
            painter.setFont(text_font())
            painter.setPen(color_of(self._lit or edge.ink or edge.color))
            painter.drawText(self._plate, int(Qt.AlignmentFlag.AlignCenter), edge.label)
        if self._signal is not None:
            share, ink = self._signal
            painter.setPen(QPen(colors.color("panel"), 1.5))
            painter.setBrush(color_of(ink))
            painter.drawEllipse(self._path.pointAtPercent(share), DOT_PX, DOT_PX)


def _leave(node: NodeItem, towards: QPointF) -> QPointF:
    """Where a line from the middle of a node towards a point crosses its box."""
    away = towards - node.pos()
    half_width, half_height = node.half()
    shares = [
        half / abs(step)
        for half, step in ((half_width, away.x()), (half_height, away.y()))
        if abs(step) > 1e-9
    ]
    return node.pos() + away * min([1.0, *shares])


def _smooth(stops: list[QPointF]) -> QPainterPath:
    """A curve through all points; a straight line through two."""
    path = QPainterPath(stops[0])
    if len(stops) == 2:
        path.lineTo(stops[1])
        return path
    # Catmull-Rom: at each point the curve runs as from the one before to the one after.
    ends = [stops[0], *stops, stops[-1]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        path.cubicTo(start + (end - before) / 6, end - (after - start) / 6, end)
    return path


def _arrow(path: QPainterPath) -> QPainterPath:
    """The head at the end of a path."""
    length = path.length()
    if length < HEAD_PX:
        return QPainterPath()
    tip = path.pointAtPercent(1.0)
    back = path.pointAtPercent(max(0.0, 1.0 - HEAD_PX / length))
    along = (tip - back) / HEAD_PX
    across = QPointF(-along.y(), along.x()) * (HEAD_PX * 0.45)
    head = QPainterPath(tip)
    head.lineTo(back + across)
    head.lineTo(back - across)
    head.closeSubpath()
    return head
