"""A node on the canvas: a box that is dragged, with a title and rows of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui import theme
from gui.networks.graph.records import Node, color_of

PADDING_PX = 8.0
ROW_PX = 18.0
COLUMN_PX = 6.0  # between a row's name and its number
RADIUS_PX = 7.0
LIT_PX = 3.0  # how much wider a lit outline is


class NodeItem(QGraphicsItem):
    """One node. Its origin is its middle."""

    def __init__(self, node: Node, on_moved: Callable[[str], None]) -> None:
        """
        Args:
            on_moved: called with the key whenever it is at another place.
        """
        super().__init__()
        self._on_moved = on_moved
        self.dragged = False
        self._lit = ""
        self.node = node
        self._size = self._measure()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setZValue(2)
        self.setPos(QPointF(*node.place))
        self.setToolTip(node.tip)

    def show_node(self, node: Node) -> None:
        """Draw another state of the same node; where it was dragged to it stays."""
        if node == self.node:
            return
        moved = node.place != self.node.place and not self.dragged
        self.node = node
        self.setToolTip(node.tip)
        size = self._measure()
        if size != self._size:
            self.prepareGeometryChange()
            self._size = size
        if moved:
            self.setPos(QPointF(*node.place))
        self.update()

    def light(self, color: str) -> None:
        """Light the outline; empty puts it out."""
        if color != self._lit:
            self._lit = color
            self.setZValue(3 if color else 2)
            self.update()

    @property
    def lit(self) -> bool:
        return bool(self._lit)

    def half(self) -> tuple[float, float]:
        """Half of its width and height."""
        return self._size.width() / 2, self._size.height() / 2

    def box(self) -> QRectF:
        """The box, in scene px."""
        return self._size.translated(self.pos())

    # -- drawing --------------------------------------------------------------------------------

    def _measure(self) -> QRectF:
        title = QFontMetricsF(text_font(bold=True)).horizontalAdvance(self.node.title)
        metrics = QFontMetricsF(text_font())
        labels = max((metrics.horizontalAdvance(row.label) for row in self.node.rows), default=0.0)
        values = max((metrics.horizontalAdvance(row.value) for row in self.node.rows), default=0.0)
        rows = labels + COLUMN_PX + max(values, self.node.least) if self.node.rows else 0.0
        width = max(title, rows) + 2 * PADDING_PX
        height = ROW_PX * (1 + len(self.node.rows)) + PADDING_PX
        return QRectF(-width / 2, -height / 2, width, height)

    def boundingRect(self) -> QRectF:
        edge = self.node.width + LIT_PX
        return self._size.adjusted(-edge, -edge, edge, edge)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        node, box = self.node, self._size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(color_of(self._lit or node.outline), node.width + (LIT_PX if self._lit else 0))
        if node.dash and not self._lit:
            pen.setDashPattern(list(node.dash))
        painter.setPen(pen)
        painter.setBrush(color_of(node.fill))
        painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        inner = box.adjusted(PADDING_PX, PADDING_PX / 2, -PADDING_PX, 0)
        line = QRectF(inner.left(), inner.top(), inner.width(), ROW_PX)
        painter.setFont(text_font(bold=True))
        painter.setPen(theme.current().color("text"))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), node.title)
        painter.setFont(text_font())
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for row in node.rows:
            line.translate(0, ROW_PX)
            painter.setPen(theme.current().color("muted"))
            painter.drawText(line, middle | int(Qt.AlignmentFlag.AlignLeft), row.label)
            painter.setPen(color_of(row.color))
            painter.drawText(line, middle | int(Qt.AlignmentFlag.AlignRight), row.value)

    # -- the mouse ------------------------------------------------------------------------------

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            self._on_moved(self.node.key)
        return super().itemChange(change, value)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self.dragged = True
        super().mouseMoveEvent(event)


def text_font(*, bold: bool = False) -> QFont:
    """The program's type with figures of one width."""
    font = theme.tabular(QFont())
    font.setBold(bold)
    return font
