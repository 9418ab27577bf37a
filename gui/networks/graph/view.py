"""The canvas: a graph that is zoomed, panned and dragged, and lit where something happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSizeF,
    Qt,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyle,
    QWidget,
)

from gui import theme
from gui.networks.graph.edge_item import EdgeItem
from gui.networks.graph.node_item import NodeItem
from gui.networks.graph.records import Edge, Node, Point

Item = TypeVar("Item", bound=QGraphicsItem)

SIGNAL_MS = 400
MARGIN_PX = 16.0
LARGEST, SMALLEST = 1.6, 0.2  # of the scale that fits
FURTHEST, NEAREST = 0.05, 8.0  # of the scale by wheel
NOTCH = 1.15  # of zoom
CLICK_PX = 4  # further is a drag


class GraphView(QGraphicsView):
    """Draws nodes and edges as it is told; a node stays where it was dragged to.

    Signals:
        hovered: key of the node or edge under the mouse; empty for none.
        clicked: key of the node or edge that was clicked; empty for the ground.
        moved: a node was dragged.
        edited: key of the node or edge that was double-clicked.
    """

    hovered = Signal(str)
    clicked = Signal(str)
    moved = Signal()
    edited = Signal(str)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, least_scale: float = SMALLEST
    ) -> None:
        """
        Args:
            name: its object name, such as "networks.chain.canvas".
            least_scale: a graph that would have to be smaller to be seen whole is seen in
                part, where it is lit, until somebody fits it.
        """
        super().__init__(parent)
        self._least_scale = least_scale
        self.setObjectName(name)
        self._nodes: dict[str, NodeItem] = {}
        self._edges: dict[str, EdgeItem] = {}
        self._touching: dict[str, list[EdgeItem]] = {}
        self._partial = False  # it is seen in part
        self._whole = False  # somebody wants to see all of it, however small
        self._fitted = True  # until somebody zooms or pans
        self._pressed: QPoint | None = None
        self._panned_from: QPoint | None = None
        self._over = ""
        self._sent: list[EdgeItem] = []
        self._scale_factor = 1.0
        self._center = QPointF()
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(SIGNAL_MS)
        self._animation.valueChanged.connect(self._on_frame)
        self._animation.finished.connect(self.end_signals)
        self._signal = ("", False)
        self.setScene(QGraphicsScene(self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 160)
        theme.notifier().changed.connect(self._on_theme)
        self._on_theme()

    # -- what is shown --------------------------------------------------------------------------

    def show_graph(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
        """Show this; what has the same key stays the same item, at its place if it was dragged.

        Args:
            edges: between nodes that are among `nodes`.
        """
        other = {node.key for node in nodes} != set(self._nodes) or (
            {edge.key for edge in edges} != set(self._edges)
        )
        self._drop(self._edges, {edge.key for edge in edges})
        self._drop(self._nodes, {node.key for node in nodes})
        for node in nodes:
            if node.key in self._nodes:
                self._nodes[node.key].show_node(node)
            else:
                self._nodes[node.key] = self._add(NodeItem(node, self._on_node_moved))
        for edge in edges:
            ends = self._nodes[edge.source], self._nodes[edge.target]
            shown = self._edges.get(edge.key)
            if shown is not None and (shown.source, shown.target) != ends:
                self._drop(self._edges, set(self._edges) - {edge.key})
                shown = None
            if shown is None:
                self._edges[edge.key] = self._add(EdgeItem(edge, *ends))
            else:
                shown.show_edge(edge)
        self._touching = {key: [] for key in self._nodes}
        for key, item in self._edges.items():
            edge = item.edge
            assert key == edge.key
            self._touching[edge.source].append(item)
            self._touching[edge.target].append(item)
        for item in self._edges.values():
            item.follow()
        if other:
            self._forget(self._over)
            self._fitted, self._whole = True, False
            self._fit()

    def forget_places(self) -> None:
        """Every node is again where its record puts it."""
        for item in self._nodes.values():
            item.dragged = False
            item.setPos(QPointF(*item.node.place))
        for edge in self._edges.values():
            edge.follow()

    def spot(self, key: str) -> QPoint:
        """Where a node's middle or an edge's label is, in px of the viewport."""
        item = self._nodes.get(key)
        place = item.pos() if item is not None else self._edges[key].middle()
        return self.mapFromScene(place)

    def places(self) -> dict[str, Point]:
        """Where nodes were dragged to, by key; scene px."""
        return {
            key: (item.pos().x(), item.pos().y())
            for key, item in self._nodes.items()
            if item.dragged
        }

    def set_places(self, places: Mapping[str, Point]) -> None:
        """Drag nodes to places; keys that are not there are passed over."""
        for key, place in places.items():
            if key in self._nodes:
                self._nodes[key].dragged = True
                self._nodes[key].setPos(QPointF(*place))

    def light(self, lit: Mapping[str, str]) -> None:
        """Light nodes and edges, all others not.

        Args:
            lit: their colours by key, as `records.color_of` takes them.
        """
        for key, node in self._nodes.items():
            node.light(lit.get(key, ""))
        for key, edge in self._edges.items():
            edge.light(lit.get(key, ""))
        if self._fitted and self._partial:
            self._fit()

    def send(self, keys: Iterable[str], color: str, *, backward: bool = False) -> None:
        """Let a dot travel along edges, from their targets to their sources when `backward`."""
        self.end_signals()
        self._sent = [self._edges[key] for key in keys if key in self._edges]
        if self._sent and self.animates():
            self._signal = (color, backward)
            self._animation.setStartValue(0.0)
            self._animation.setEndValue(1.0)
            self._animation.start()

    @Slot()
    def end_signals(self) -> None:
        """Take the dots away."""
        self._animation.stop()
        for item in self._sent:
            item.show_signal(None)
        self._sent = []

    def animates(self) -> bool:
        """Whether things may move by themselves: not where the desktop has that switched off."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        shown = QGuiApplication.platformName() not in ("offscreen", "minimal")
        return shown and self.style().styleHint(hint, None, self) > 0

    # -- the view -------------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole graph, and again whenever the canvas has another size."""
        self._fitted = self._whole = True
        self._fit()

    def _fit(self) -> None:
        area = self._area()
        view = self.viewport().rect()
        if area.isEmpty() or view.isEmpty():
            return
        scale = min(view.width() / area.width(), view.height() / area.height())
        least = SMALLEST if self._whole else self._least_scale
        self._partial = scale < least
        self._look(
            area.center() if not self._partial else self._lit_center(area, view, least),
            min(max(scale, least), LARGEST * self._scale_factor),
        )

    def _lit_center(self, area: QRectF, view: QRect, scale: float) -> QPointF:
        """Of the part of an area that is seen at a scale, so that it holds what is lit."""
        lit = [node.box() for node in self._nodes.values() if node.lit]
        lit += [QRectF(e.middle(), QSizeF(1, 1)) for e in self._edges.values() if e.lit]
        middle = QPointF(area.left(), area.center().y()) if not lit else QPointF(
            sum(box.center().x() for box in lit) / len(lit),
            sum(box.center().y() for box in lit) / len(lit),
        )  # fmt: skip
        found = []
        for low, high, wanted, room in (
            (area.left(), area.right(), middle.x(), view.width() / scale / 2),
            (area.top(), area.bottom(), middle.y(), view.height() / scale / 2),
        ):
            inside = min(max(wanted, low + room), high - room)
            found.append(inside if high - low > 2 * room else (low + high) / 2)
        return QPointF(*found)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer or further, about a place of the viewport (its middle by default)."""
        scale = self.transform().m11()
        wanted = min(max(scale * factor, FURTHEST), NEAREST)
        at = QPointF(self.viewport().rect().center()) if at is None else at
        away = at - QPointF(self.viewport().rect().center())
        self._fitted = False
        self._look(self._center + away / scale - away / wanted, wanted)

    def set_scale(self, factor: float) -> None:
        """Larger for the lecture hall: how far a small graph is blown up."""
        self._scale_factor = factor
        if self._fitted:
            self._fit()

    def _look(self, center: QPointF, scale: float) -> None:
        self._center = center  # kept, as the scroll bars know whole pixels only
        # A scene rectangle about the centre: the view can go anywhere without scroll bars.
        width, height = self.viewport().width() / scale, self.viewport().height() / scale
        self.setSceneRect(QRectF(center.x() - width, center.y() - height, 2 * width, 2 * height))
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(center)

    def _area(self) -> QRectF:
        area = QRectF()
        for item in (*self._nodes.values(), *self._edges.values()):
            area = area.united(item.boundingRect().translated(item.pos()))
        if area.isEmpty():
            return area
        return area.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = (event.angleDelta().y() or event.angleDelta().x()) / 120
        self.zoom(NOTCH**notches, event.position())
        event.accept()

    # -- the mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        left = event.button() is Qt.MouseButton.LeftButton
        on_node = left and isinstance(self.itemAt(self._pressed), NodeItem)
        if event.button() is Qt.MouseButton.MiddleButton or (left and not on_node):
            self._panned_from = self._pressed
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._panned_from is not None:
            moved = place - self._panned_from
            if self._fitted and moved.manhattanLength() < CLICK_PX:
                return
            self._panned_from = place
            scale = self.transform().m11()
            self._fitted = False
            self._look(self._center - QPointF(moved) / scale, scale)
            return
        super().mouseMoveEvent(event)
        if not event.buttons():
            self._hover(self._key_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        still = self._pressed is not None and ((place - self._pressed).manhattanLength() < CLICK_PX)
        self._pressed = self._panned_from = None
        super().mouseReleaseEvent(event)
        if still and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(self._key_at(place))
        elif any(item.dragged for item in self._nodes.values()):
            self.moved.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event.position().toPoint())
        if not key:
            self.fit()
            event.accept()
        else:
            self.edited.emit(key)
            event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")
        super().leaveEvent(event)

    def _key_at(self, place: QPoint) -> str:
        item = self.itemAt(place)
        if isinstance(item, NodeItem):
            return item.node.key
        return item.edge.key if isinstance(item, EdgeItem) else ""

    def _hover(self, key: str) -> None:
        if key != self._over:
            self._over = key
            self.hovered.emit(key)

    # -- inside ---------------------------------------------------------------------------------

    def inspect_state(self) -> dict[str, Any]:
        """What a program from outside sees: texts, places on the screen, what is lit."""
        return {
            "nodes": {
                key: {
                    "title": item.node.title,
                    "rows": {row.label: row.value for row in item.node.rows},
                    "at": self._on_screen(item.pos()),
                    "dragged": item.dragged,
                }
                for key, item in self._nodes.items()
            },
            "edges": {
                key: {
                    "from": item.edge.source,
                    "to": item.edge.target,
                    "label": item.edge.label,
                    "at": self._on_screen(item.middle()),
                }
                for key, item in self._edges.items()
            },
            "lit": [
                *(key for key, node in self._nodes.items() if node.lit),
                *(key for key, edge in self._edges.items() if edge.lit),
            ],
            "scale": round(self.transform().m11(), 4),
        }

    def _on_screen(self, place: QPointF) -> list[int]:
        seen = self.viewport().mapToGlobal(self.mapFromScene(place))
        return [seen.x(), seen.y()]

    def _add(self, item: Item) -> Item:
        self.scene().addItem(item)
        return item

    def _drop(self, items: dict[str, Any], kept: set[str]) -> None:
        for key in [key for key in items if key not in kept]:
            self.scene().removeItem(items.pop(key))

    def _forget(self, key: str) -> None:
        if key and key not in self._nodes and key not in self._edges:
            self._hover("")

    def _on_node_moved(self, key: str) -> None:
        for edge in self._touching.get(key, ()):
            edge.follow()

    @Slot(object)
    def _on_frame(self, share: float) -> None:
        color, backward = self._signal
        for item in self._sent:
            item.show_signal(1.0 - share if backward else share, color)

    def _on_theme(self) -> None:
        self.setBackgroundBrush(theme.current().color("panel"))
        self.viewport().update()
