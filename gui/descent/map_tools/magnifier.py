"""A lens under the cursor: the map with its trails and marks, several times larger."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.landscape.head_markers import MarksLayer
from gui.landscape.landscape_image import LandscapeLayer
from gui.landscape.map_view import MapView
from gui.plots.polylines import LinesLayer
from gui.racing.racer_style import map_stroke

TIMES = 5.0
RADIUS_PX = 90
EDGE_PX = 2.5


class Rim(QWidget):
    """The edge of the lens and a cross in its middle."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        edge = QRectF(self.rect()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        for color, width in (
            (colors.color("casing"), EDGE_PX + 2),
            (colors.color("text"), EDGE_PX),
        ):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(edge)
            for way in (QPointF(6, 0), QPointF(0, 6)):
                painter.setPen(QPen(color, width - 1))
                painter.drawLine(edge.center() - way, edge.center() + way)


class Magnifier(pg.GraphicsView):
    """Lies over the map while it is wanted, and lets the mouse through.

    It has layers of its own, so that all in it is as sharp as on the map.
    """

    def __init__(self, map_view: MapView) -> None:
        super().__init__(map_view)
        self.setObjectName("descent.magnifier")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsView.Shape.NoFrame)
        self.resize(2 * RADIUS_PX, 2 * RADIUS_PX)
        self.setMask(QRegion(self.rect(), QRegion.RegionType.Ellipse))
        self.hide()
        self._map = map_view
        self._wanted = False
        self._point = QPointF()
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self.box.setMouseEnabled(False, False)
        self.setCentralItem(self.box)
        self._landscape = LandscapeLayer(self.box)
        self._trails = LinesLayer(self.box)
        self._marks = MarksLayer(self.box)
        self._rim = Rim(self)
        self._rim.resize(self.size())
        map_view.viewport().installEventFilter(self)
        map_view.viewport().setMouseTracking(True)
        map_view.changed.connect(self._on_changed)
        map_view.view_box.sigRangeChanged.connect(self._on_changed)

    def set_wanted(self, wanted: bool) -> None:
        """Follow the cursor over the map, or go."""
        self._wanted = wanted
        viewport = self._map.viewport()
        if not wanted:
            self.hide()
        elif viewport.underMouse():
            self._look_at(QPointF(viewport.mapFromGlobal(self.cursor().pos())))

    def point(self) -> QPointF:
        """The point of the plane in its middle."""
        return self._point

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._wanted and isinstance(event, QMouseEvent):
            self._look_at(event.position())
        elif event.type() == QEvent.Type.Leave:
            self.hide()
        return False

    def _on_changed(self, *_: object) -> None:
        if self.isVisible():
            self._show()

    def _look_at(self, at: QPointF) -> None:
        scene = self._map.mapToScene(at.toPoint())
        if not self._map.view_box.sceneBoundingRect().contains(scene):
            self.hide()
            return
        self._point = self._map.view_box.mapSceneToView(scene)
        self.move(at.toPoint() - QPoint(RADIUS_PX, RADIUS_PX))
        self.show()
        self.raise_()
        self._show()

    def _show(self) -> None:
        """What the map shows now, about the point."""
        shown = self._map
        landscape, coloring = shown.layer.landscape, shown.layer.coloring
        if landscape is None:
            self._landscape.forget()
        elif landscape is not self._landscape.landscape:
            self._landscape.show_landscape(landscape)
        if coloring is not self._landscape.coloring:
            self._landscape.color_by(coloring)
        scale = shown.scale_factor
        self._trails.set_strokes([map_stroke(look, scale=scale) for _, look in shown.racers])
        self._trails.restart()
        self._trails.show_lines(shown.paths, shown.count)
        self._marks.set_minima(shown.marks.minima)
        self._marks.set_heads(shown.marks.heads)
        width, height = shown.view_box.viewPixelSize()
        half_x, half_y = width * RADIUS_PX / TIMES, height * RADIUS_PX / TIMES
        x, y = self._point.x(), self._point.y()
        self.box.setRange(
            xRange=(x - half_x, x + half_x), yRange=(y - half_y, y + half_y), padding=0
        )
        self._rim.raise_()
