"""What is drawn over the surface in the 3-D view: trails, marks, the start, axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from gui import number_text, theme
from gui.landscape.drawing import plate_font
from gui.landscape.head_markers import draw_start
from gui.landscape.layer import Points3d
from gui.landscape.surface_mesh import TOP, SurfaceMesh, ticks
from gui.plots.number_axis import few_decades, power_of_ten
from gui.plots.polylines import Stroke, clip, thinned

Array = NDArray[np.float64]

HIDDEN_ALPHA = 0.3
TICKS = 5
TICK_PX, LABEL_PX = 7.0, 16.0  # how far outside the box ticks end and numbers stand


@dataclass(frozen=True)
class Camera:
    """How the box of the surface is seen.

    Attributes:
        eye: (3,) float64, where the camera is, in box coordinates (see `surface_mesh`).
        matrix: (4, 4) float64 from box to clip coordinates.
        width, height: of the picture in pixels.
    """

    eye: Array
    matrix: Array
    width: float
    height: float

    def pixels(self, points: Array) -> Array:
        """(N, 2) float64 pixels of points (N, 3) in box coordinates; NaN behind the camera."""
        flat = np.column_stack([points, np.ones(len(points))]) @ self.matrix.T
        with np.errstate(all="ignore"):
            flat = np.where(flat[:, 3:] > 0, flat / flat[:, 3:], np.nan)
        x = (flat[:, 0] + 1) / 2 * self.width
        return np.column_stack([x, (1 - flat[:, 1]) / 2 * self.height])

    def ray(self, x: float, y: float) -> Array:
        """(3,) float64, the direction in box coordinates in which a pixel looks from the eye."""
        place = np.array([2 * x / self.width - 1, 1 - 2 * y / self.height, 1.0, 1.0])
        far = np.linalg.solve(self.matrix, place)
        result: Array = far[:3] / far[3] - self.eye
        return result


class SurfaceOverlay:
    """Draws on a surface what the camera sees of it."""

    def __init__(self, mesh: SurfaceMesh) -> None:
        self.mesh = mesh

    def draw_trail(self, painter: QPainter, camera: Camera, line: Array, stroke: Stroke) -> None:
        """A line (N, 3) in box coordinates on the surface; faint where a hill stands before it."""
        seen = self.mesh.visible(line, camera.eye)
        pixels = camera.pixels(line)
        good = np.asarray(np.isfinite(pixels).all(axis=1))
        frame = QRectF(0, 0, camera.width, camera.height).adjusted(-200, -200, 200, 200)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for first, last, visible in runs(seen, good):
            piece = thinned(pixels[first:last])
            if len(piece) < 2:
                continue
            polygons = polylines(clip(piece, frame))
            if visible and stroke.casing is not None:
                painter.setPen(pen(stroke.casing, stroke.casing_width))
                for polygon in polygons:
                    painter.drawPolyline(polygon)
            color = QColor(stroke.color)
            if not visible:
                color.setAlphaF(HIDDEN_ALPHA)
            painter.setPen(pen(color, stroke.width, stroke.dash))
            for polygon in polygons:
                painter.drawPolyline(polygon)

    def draw_points(self, painter: QPainter, camera: Camera, marks: Points3d) -> None:
        """A layer's marks where their points lie on the surface."""
        pixels, seen = self._on_screen(camera, marks.points)
        good = np.isfinite(pixels).all(axis=1)
        if marks.faint:
            rows = np.flatnonzero(good & ~seen)
            painter.setOpacity(HIDDEN_ALPHA)
            marks.draw(painter, pixels[rows], rows)
            painter.setOpacity(1.0)
        rows = np.flatnonzero(good & seen)
        marks.draw(painter, pixels[rows], rows)

    def draw_start(
        self,
        painter: QPainter,
        camera: Camera,
        start: tuple[float, float],
        *,
        scale: float,
        strong: bool,
    ) -> None:
        place = self.start_pixel(camera, start)
        if place is not None:
            painter.save()
            painter.translate(place)
            draw_start(painter, scale, strong=strong)
            painter.restore()

    def start_pixel(self, camera: Camera, start: tuple[float, float]) -> QPointF | None:
        """Where the start is on the screen; None when it is outside the surface."""
        pixel = camera.pixels(self.mesh.lift(np.array([start])))[0]
        return QPointF(*pixel) if np.isfinite(pixel).all() else None

    def draw_axes(
        self,
        painter: QPainter,
        camera: Camera,
        *,
        titles: tuple[str, str, str],
        logarithmic: bool,
        heights: Sequence[tuple[float, float]],
        scale: float,
    ) -> None:
        """The box's front edges with ticks, numbers and titles x, y and loss.

        Args:
            heights: place and number of each tick of the loss, where its scale is another.
        """
        mesh = self.mesh
        a, b = mesh.sides
        front_x, front_y = np.copysign(a, camera.eye[0]), np.copysign(b, camera.eye[1])
        painter.setFont(plate_font(scale))
        middle, unit = mesh.middle, mesh.unit
        values = ticks(mesh.x[0], mesh.x[-1], TICKS)
        places = [((value - middle[0]) / unit, front_y, -TOP) for value in values]
        edge = np.array([[-a, front_y, -TOP], [a, front_y, -TOP]])
        self._draw_axis(painter, camera, edge, places, written(values), titles[0], scale)
        values = ticks(mesh.y[0], mesh.y[-1], TICKS)
        places = [(front_x, (value - middle[1]) / unit, -TOP) for value in values]
        edge = np.array([[front_x, -b, -TOP], [front_x, b, -TOP]])
        self._draw_axis(painter, camera, edge, places, written(values), titles[1], scale)
        # The upright edge stands where it covers nothing: on the left of the picture.
        ends = np.array([[front_x, -front_y, -TOP], [-front_x, front_y, -TOP]])
        x, y, _ = ends[int(np.argmin(camera.pixels(ends)[:, 0]))]
        if heights:
            values = [place for place, _ in heights]
            texts = [number_text.write(loss, digits=3) for _, loss in heights]
        elif logarithmic:
            values = few_decades(mesh.low, mesh.high, TICKS)
            texts = [
                power_of_ten(round(value))
                if abs(value - round(value)) < 1e-9
                else number_text.write(10**value, digits=2)
                for value in values
            ]
        else:
            values = ticks(mesh.low, mesh.high, TICKS)
            texts = written(values)
        span = mesh.high - mesh.low
        places = [(x, y, (value - mesh.low) / span * 2 * TOP - TOP) for value in values]
        edge = np.array([[x, y, -TOP], [x, y, TOP]])
        self._draw_axis(painter, camera, edge, places, texts, titles[2], scale)

    def _on_screen(self, camera: Camera, points: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Pixels (N, 2) of points of the plane (N, 2), and which (N,) of them nothing hides."""
        placed = self.mesh.lift(points)
        return camera.pixels(placed), self.mesh.visible(placed, camera.eye)

    @staticmethod
    def _draw_axis(
        painter: QPainter,
        camera: Camera,
        edge: Array,
        places: list[tuple[float, float, float]],
        texts: list[str],
        title: str,
        scale: float,
    ) -> None:
        """An edge (2, 3) in box coordinates; its numbers and title stand away from the middle."""
        colors = theme.current()
        first, last = camera.pixels(edge)
        painter.setPen(QPen(colors.color("muted"), 1))
        painter.drawLine(QPointF(*first), QPointF(*last))
        away = np.array([last[1] - first[1], first[0] - last[0]])
        away /= np.hypot(*away) or 1.0
        heart = camera.pixels(np.zeros((1, 3)))[0]
        if away @ ((first + last) / 2 - heart) < 0:
            away = -away
        metrics = QFontMetricsF(painter.font())
        widest = 0.0
        painter.setPen(colors.color("muted"))
        for (x, y), text in zip(camera.pixels(np.array(places).reshape(-1, 3)), texts, strict=True):
            place = np.array([x, y])
            painter.drawLine(QPointF(*place), QPointF(*(place + TICK_PX * away)))
            width = metrics.horizontalAdvance(text)
            widest = max(widest, width)
            room = LABEL_PX * scale + abs(away[0]) * width / 2
            write_at(painter, place + room * away, text, metrics)
        room = (LABEL_PX * 2 + 6) * scale + abs(away[0]) * widest
        painter.setPen(colors.color("text"))
        width = metrics.horizontalAdvance(title)
        place = (first + last) / 2 + (room + abs(away[0]) * width / 2) * away
        place[0] = np.clip(place[0], width / 2 + 6, camera.width - width / 2 - 6)
        write_at(painter, place, title, metrics)


def runs(seen: NDArray[np.bool_], good: NDArray[np.bool_]) -> list[tuple[int, int, bool]]:
    """Stretches of equal visibility along a line of (N,) points, as (first, last + 1, visible).

    A stretch that follows another begins at its last point, so that the line has no gaps.
    """
    found: list[tuple[int, int, bool]] = []
    codes = np.where(good, seen.astype(int), 2)
    edges = np.flatnonzero(np.diff(codes)) + 1
    for first, last in zip([0, *edges], [*edges, len(codes)], strict=True):
        if first < last and codes[first] != 2:
            begin = first - 1 if first and codes[first - 1] != 2 else first
            found.append((int(begin), int(last), bool(codes[first])))
    return found


def polylines(pixels: Array) -> list[QPolygonF]:
    """Pixels (N, 2) as polylines parted by NaN rows."""
    breaks = np.flatnonzero(~np.isfinite(pixels).all(axis=1))
    pieces = np.split(pixels, breaks)
    return [
        QPolygonF([QPointF(x, y) for x, y in piece[np.isfinite(piece).all(axis=1)]])
        for piece in pieces
        if len(piece) > 1
    ]


def pen(color: QColor, width: float, dash: tuple[float, ...] = ()) -> QPen:
    made = QPen(color, width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        made.setDashPattern(list(dash))
    return made


def written(values: list[float]) -> list[str]:
    return [number_text.write(float(f"{value:.10g}"), digits=5) for value in values]


def write_at(painter: QPainter, place: Array, text: str, metrics: QFontMetricsF) -> None:
    """A text around a pixel."""
    width, height = metrics.horizontalAdvance(text) + 4, metrics.height()
    rect = QRectF(place[0] - width / 2, place[1] - height / 2, width, height)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
