"""The landscape as a surface in 3-D that can be turned, drawn by OpenGL.

Import this module only where OpenGL is known to work (`surface_switch`): on the offscreen
platform a widget of it ends the process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
import pyqtgraph.opengl as gl
from numpy.typing import NDArray
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLOptions
from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QSurfaceFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from engine.landscape import Viewpoint
from gui import theme
from gui.landscape.head_markers import GRIP_PX
from gui.landscape.layer import Stack
from gui.landscape.map_mouse import Pointing
from gui.landscape.surface_mesh import SurfaceMesh, mesh_of
from gui.landscape.surface_overlay import Camera, SurfaceOverlay
from gui.racing.racer_style import map_stroke

if TYPE_CHECKING:
    from gui.landscape.map_view import MapView

HOME = {"fov": 34, "elevation": 40, "azimuth": -64}
REACH_X, REACH_Y = 1.5, 1.16  # of the box with its numbers, from the middle of the picture
LOW, HIGH = 4.0, 90.0  # degrees above the plane
NEAREST, FARTHEST = 0.9, 14.0
TRAIL_POINTS = 6000  # of all trails together
LINE = (0.0, 0.0, 0.0, 0.34)  # colour of a contour line
SAMPLES = 4  # a pixel


class SurfaceView(gl.GLViewWidget):
    """Shows what a map shows, turned about by dragging.

    Left drag turns, middle or right drag moves, the wheel comes nearer, double click goes
    home; the start can be dragged over the surface, Shift+click sets it, Ctrl+click copies
    the chosen racer.

    Signals: as of the same names in `MapView`.
    """

    start_dragged = Signal(float, float, int)
    start_wanted = Signal(float, float)
    copy_wanted = Signal(float, float)
    hovered = Signal(float, float)
    left = Signal()

    def __init__(self, map_view: MapView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{map_view.name}.relief")
        smooth = QSurfaceFormat(self.format())
        smooth.setSamples(SAMPLES)
        smooth.setDepthBufferSize(24)
        self.setFormat(smooth)
        # The map keeps the focus, whose keys work here as there.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._map = map_view
        self._overlay: SurfaceOverlay | None = None
        self._picture = QImage()
        self._frames = 0  # drawn so far
        self._landscape: object = None
        self._coloring: object = None
        self._built = False  # in the colours that it should have
        self._lines: list[NDArray[np.float64]] = []
        self._laid: tuple[object, ...] = ()
        self._at_home = True
        self._pressed: QPointF | None = None
        self._dragged = False
        self._strong = False
        self.mousePos = QPointF()
        # A little farther away than it is, so that the lines on it are seen.
        farther = {GL.GL_POLYGON_OFFSET_FILL: True, "glPolygonOffset": (1.0, 1.0)}
        self._faces = gl.GLMeshItem(
            smooth=True, computeNormals=False, glOptions=GLOptions["opaque"] | farther
        )
        self._contours = gl.GLLinePlotItem(mode="lines", color=LINE, glOptions="translucent")
        self.addItem(self._faces)
        self.addItem(self._contours)
        self.go_home()
        theme.notifier().changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    @property
    def mesh(self) -> SurfaceMesh | None:
        """The surface that is shown."""
        return self._overlay.mesh if self._overlay is not None else None

    @Slot()
    def go_home(self) -> None:
        """The first view of it."""
        half = np.tan(np.radians(HOME["fov"] / 2))
        tall = max(1, self.height()) / max(1, self.width())
        self.setCameraParams(
            **HOME,
            distance=max(REACH_X / half, REACH_Y / half / tall),
            center=pg.Vector(0, 0, -0.08),
        )
        self._at_home = True

    def viewpoint(self) -> Viewpoint | None:
        """From where it is seen; None for the first view."""
        if self._at_home:
            return None
        center = self.opts["center"]
        return Viewpoint(
            float(self.opts["azimuth"]),
            float(self.opts["elevation"]),
            float(self.opts["distance"]),
            (float(center.x()), float(center.y()), float(center.z())),
        )

    def look_from(self, viewpoint: Viewpoint | None) -> None:
        """See it from there; None for the first view."""
        self.go_home()
        if viewpoint is None:
            return
        self.setCameraParams(
            azimuth=viewpoint.azimuth,
            elevation=min(max(viewpoint.elevation, LOW), HIGH),
            distance=min(max(viewpoint.distance, NEAREST), FARTHEST),
            center=pg.Vector(*viewpoint.center),
        )
        self._at_home = False

    def zoom(self, factor: float) -> None:
        """So many times nearer."""
        self._at_home = False
        self.opts["distance"] = min(max(self.opts["distance"] / factor, NEAREST), FARTHEST)
        self.update()

    @Slot()
    def refresh(self) -> None:
        """Show what the map shows now."""
        layer = self._map.layer
        if layer.landscape is None:
            self._landscape, self._overlay = None, None
            self._faces.setVisible(False)
            self._contours.setVisible(False)
            self.update()
            return
        if layer.landscape is not self._landscape:
            self._landscape, self._built = layer.landscape, False
            self._overlay = SurfaceOverlay(mesh_of(layer.landscape, *layer.color_range))
            self._laid = ()
        if layer.coloring is not self._coloring:
            self._coloring, self._built = layer.coloring, False
        if not self._built:
            self._built = True
            self._build()
        self.update()

    def camera(self) -> Camera:
        """How the box is seen now."""
        region = (0, 0, max(1, self.width()), max(1, self.height()))
        matrix = self.projectionMatrix(region, region) * self.viewMatrix()
        eye = self.cameraPosition()
        return Camera(
            np.array([eye.x(), eye.y(), eye.z()]),
            np.array(matrix.data(), dtype=np.float64).reshape(4, 4).T,
            float(region[2]),
            float(region[3]),
        )

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The point of the plane that a pixel shows."""
        if self.mesh is None:
            return None
        camera = self.camera()
        return self.mesh.pick(camera.eye, camera.ray(pixel.x(), pixel.y()))

    def inspect_state(self) -> dict[str, object]:
        """What can be seen, for programs that look at the window from outside."""
        place = self._start_pixel()
        corner = self.mapToGlobal(place.toPoint()) if place is not None else None
        return {
            "start": [corner.x(), corner.y()] if corner is not None else [],
            "azimuth": self.opts["azimuth"],
            "elevation": self.opts["elevation"],
            "distance": self.opts["distance"],
            "frames": self._frames,
            "points": self.mesh.height.size if self.mesh is not None else 0,
        }

    # -- drawing ------------------------------------------------------------------------------

    def _build(self) -> None:
        """The surface in the map's colours, darker where it turns away from the light."""
        layer, mesh = self._map.layer, self.mesh
        assert layer.landscape is not None and mesh is not None
        grid_x, grid_y, picture = layer.colors()
        columns = nearest(grid_x, mesh.x)
        rows = nearest(grid_y, mesh.y)
        packed = picture[::-1][rows[:, None], columns]
        rgb = np.stack([packed >> 16, packed >> 8, packed], -1) & 255
        light = mesh.brightness()
        colors = np.ones((*light.shape, 4), dtype=np.float32)
        colors[..., :3] = rgb / 255 * light[..., None]
        faces = mesh.triangles()
        self._faces.setVisible(len(faces) > 0)
        if len(faces):
            self._faces.setMeshData(
                vertexes=mesh.vertices(), faces=faces, vertexColors=colors.reshape(-1, 4)
            )
        segments = mesh.contours(layer.landscape)
        self._contours.setVisible(len(segments) > 0)
        if len(segments):
            self._contours.setData(pos=segments)

    def paintGL(self) -> None:
        super().paintGL()
        if self._overlay is None:
            return
        # Drawn by the processor and laid over as one picture: OpenGL's own painter waits for
        # every word that it draws.
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._picture.size() != size:
            self._picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, self._overlay)
        painter.end()
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()
        self._frames += 1

    def _draw(self, painter: QPainter, overlay: SurfaceOverlay) -> None:
        shown, scale = self._map, self._map.scale_factor
        camera = self.camera()
        logarithmic = bool(shown.layer.landscape and shown.layer.landscape.logarithmic)
        overlay.draw_axes(
            painter,
            camera,
            titles=("x", "y", self.tr("loss, log") if logarithmic else self.tr("loss")),
            logarithmic=logarithmic,
            heights=shown.layer.landscape.ticks() if shown.layer.landscape is not None else (),
            scale=scale,
        )
        marks = [each for layer in shown.layers for each in layer.points3d()]
        below, above, top = ([each for each in marks if each.stack is stack] for stack in Stack)
        for each in below:
            overlay.draw_points(painter, camera, each)
        for line, (_, look) in zip(self._trails(overlay), shown.racers, strict=False):
            overlay.draw_trail(painter, camera, line, map_stroke(look, scale=scale))
        for path, stroke in (each for layer in shown.layers for each in layer.lines3d()):
            overlay.draw_trail(painter, camera, overlay.mesh.drape(path, TRAIL_POINTS), stroke)
        for each in above:
            overlay.draw_points(painter, camera, each)
        overlay.draw_start(painter, camera, shown.start, scale=scale, strong=self._strong)
        for each in top:
            overlay.draw_points(painter, camera, each)
        legend = shown.racer_legend
        plate = legend.plate()
        painter.translate(QPointF(10, 10) - plate.topLeft())
        legend.paint(painter, None)  # type: ignore[arg-type]

    def _trails(self, overlay: SurfaceOverlay) -> list[NDArray[np.float64]]:
        """Every trail on the surface, (N, 3) float64 in box coordinates each."""
        paths, count = self._map.paths, self._map.count
        laid = (count, *(id(path.base) for path in paths), len(paths), overlay)
        if laid != self._laid:
            self._laid = laid
            most = TRAIL_POINTS // max(1, len(paths))
            self._lines = [overlay.mesh.drape(path[:count], most) for path in paths]
        return self._lines

    @Slot()
    def restyle(self) -> None:
        self.setBackgroundColor(theme.current().color("panel"))
        self._built = False
        self.refresh()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Landscape in three dimensions"))
        self.setToolTip("")
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- the mouse ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._at_home:
            self.go_home()

    def _start_pixel(self) -> QPointF | None:
        if self._overlay is None:
            return None
        return self._overlay.start_pixel(self.camera(), self._map.start)

    def _over_start(self, pixel: QPointF) -> bool:
        place = self._start_pixel()
        reach = GRIP_PX * self._map.scale_factor
        return place is not None and (place - pixel).manhattanLength() <= reach

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        super().mousePressEvent(ev)
        self._map.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = ev.position()
        plain = ev.modifiers() == Qt.KeyboardModifier.NoModifier
        self._dragged = (
            ev.button() == Qt.MouseButton.LeftButton and plain and self._over_start(ev.position())
        )
        if self._dragged:
            self.start_dragged.emit(*self._map.start, 1)

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        if self._dragged:
            place = self.place_at(ev.position())
            if place is not None:
                self.start_dragged.emit(*place, 0)
            return
        if ev.buttons() == Qt.MouseButton.NoButton:
            self._hover(ev.position())
            return
        self._at_home = False
        if ev.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton):
            before, self.mousePos = self.mousePos, ev.position()
            way = self.mousePos - before
            self.pan(way.x(), way.y(), 0, relative="view")
        elif not ev.modifiers():
            super().mouseMoveEvent(ev)
            self.opts["elevation"] = min(max(self.opts["elevation"], LOW), HIGH)

    def _hover(self, pixel: QPointF) -> None:
        strong = self._over_start(pixel)
        if strong != self._strong:
            self._strong = strong
            self.update()
        place = self.place_at(pixel)
        if place is None:
            self.left.emit()
        else:
            self.hovered.emit(*place)

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        place = self.place_at(ev.position())
        if self._dragged:
            self._dragged = False
            self.start_dragged.emit(*(place or self._map.start), 2)
            return
        if pressed is None or (pressed - ev.position()).manhattanLength() > 4 or place is None:
            return
        pointing = self._map.view_box.pointing
        if ev.modifiers() & Qt.KeyboardModifier.ShiftModifier or pointing is Pointing.START:
            self.start_wanted.emit(*place)
        elif ev.modifiers() & Qt.KeyboardModifier.ControlModifier or pointing is Pointing.COPY:
            self.copy_wanted.emit(*place)

    def mouseDoubleClickEvent(self, ev: QMouseEvent) -> None:
        if ev.button() == Qt.MouseButton.LeftButton and not self._over_start(ev.position()):
            self.go_home()

    def wheelEvent(self, ev: QWheelEvent) -> None:
        self.zoom(1.0015 ** ev.angleDelta().y())
        ev.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        ev.ignore()

    def keyReleaseEvent(self, ev: QKeyEvent) -> None:
        ev.ignore()


def nearest(grid: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[Any]:
    """Indices of the entries of an even rising grid that lie closest to some values."""
    share = (values - grid[0]) / (grid[-1] - grid[0]) * (len(grid) - 1)
    result: NDArray[Any] = np.clip(np.rint(share), 0, len(grid) - 1).astype(np.intp)
    return result
