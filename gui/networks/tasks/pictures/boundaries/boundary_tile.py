"""The decision boundary of one racer, with the examples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from engine.checks import Domain
from gui import theme
from gui.networks.tasks.pictures.class_painting import (
    draw_examples,
    draw_line,
    draw_rings,
    even_line,
    ground,
)
from gui.networks.tasks.pictures.plane import Plane, draw_frame, number_width
from gui.networks.tasks.pictures.racer_tile import RacerTile, fitted, text_font

Array = NDArray[np.float64]

LINE_PX = 1.8
SMALLEST_PX = 90.0  # a smaller picture has no numbers
KEY_STEP = 1 / 24  # of the picture, that an arrow key moves the brush
NAMES = ("x₁", "x₂")


def marker_radius(side: float, count: int, scale: float) -> float:
    """Of an example, in pixels: smaller in a small picture, and where there are many."""
    crowd = 1.0 if count <= 200 else (200 / count) ** 0.35
    return min(max(side / 62 * crowd, 2.0), 4.6) * scale


class BoundaryTile(RacerTile):
    """Two tints, the line of p = .5 and the examples; a brush can be drawn over it.

    Signals:
        brushed: x, y in the plane, the stage of the stroke (1 first, 0 further, 2 last), and
            whether it is the right button's.
    """

    brushed = Signal(float, float, int, bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._domain: Domain = (-1.0, 1.0, -1.0, 1.0)
        self._grid: tuple[Array, Array] | None = None
        self._ground = QImage()
        self._line: tuple[Array, ...] = ()
        self._probability: NDArray[np.float32] | None = None
        self._points = np.empty((0, 2))
        self._classes = np.empty(0)
        self._test = np.empty((0, 2))
        self._test_classes = np.empty(0)
        self.wrong: NDArray[np.bool_] | None = None
        self._marks = QPixmap()  # the examples, drawn once for a size
        self._brushing = False
        self._stroke = False  # a button that was pressed in the picture is still down
        self._cursor: tuple[float, float] | None = None  # of the keyboard, in the plane

    # -- what is shown ------------------------------------------------------------------------

    def set_domain(self, domain: Domain) -> None:
        """The part of the plane that is shown; forgets what was drawn on it."""
        self._domain = domain
        self._grid, self._ground, self._line = None, QImage(), ()
        self._probability, self.wrong, self._cursor = None, None, None
        self._forget_marks()

    def show_points(self, points: Array, classes: Array, test: Array, test_classes: Array) -> None:
        """Training and test examples, (n, 2) with classes (n,) each."""
        self._points, self._classes = points, classes
        self._test, self._test_classes = test, test_classes
        if self.wrong is not None and len(self.wrong) != len(points):
            self.wrong = None
        self._forget_marks()

    def show_boundary(
        self,
        x: Array,
        y: Array,
        probability: NDArray[np.float32],
        wrong: NDArray[np.bool_] | None,
    ) -> None:
        """Probability (m, n) of class 1 over x (n,), y (m,); which training examples are wrong."""
        self._grid, self._probability = (x, y), probability
        self._ground = ground(probability)
        self._line = even_line(x, y, probability)
        self.wrong = wrong if wrong is not None and len(wrong) == len(self._points) else None
        self.update()

    def set_brushing(self, on: bool) -> None:
        """Whether a press paints."""
        self._brushing = on
        shape = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self._cursor = None
        self.update()

    def set_scale(self, factor: float) -> None:
        super().set_scale(factor)
        self._forget_marks()

    def restyle(self) -> None:
        if self._probability is not None:
            self._ground = ground(self._probability)
        self._forget_marks()

    def _forget_marks(self) -> None:
        self._marks = QPixmap()
        self.update()

    # -- where things are ---------------------------------------------------------------------

    def plane(self) -> Plane:
        """The picture's part of the plane and where it lies in the widget."""
        area, scale = self.content(), self.scale_factor
        font = text_font(scale, small=True)
        if min(area.width(), area.height()) >= SMALLEST_PX * scale:
            area.adjust(number_width(font, *self._domain[2:]) + 6, 3, -4, -1.35 * font.pixelSize())
        else:
            area.adjust(3, 2, -3, -2)
        return Plane(self._domain, QRectF(fitted(area).toRect()))

    def pixel_size(self) -> tuple[float, float]:
        """How wide and high a pixel is in the plane."""
        plane = self.plane()
        x0, x1, y0, y1 = plane.domain
        return (x1 - x0) / max(1.0, plane.area.width()), (y1 - y0) / max(1.0, plane.area.height())

    def radius(self) -> float:
        """Of an example, in pixels."""
        area = self.plane().area
        side = min(area.width(), area.height())
        return marker_radius(side / self.scale_factor, len(self._points), self.scale_factor)

    # -- painting -----------------------------------------------------------------------------

    def paint_content(self, painter: QPainter, area: QRectF) -> None:
        plane = self.plane()
        if plane.area.width() < 4 or plane.area.height() < 4:
            return
        scale = self.scale_factor
        radius = self.radius()
        painter.save()
        painter.setClipRect(plane.area)
        if self._grid is None or self._probability is None:
            painter.fillRect(plane.area, theme.current().side_tints[1])
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(plane.spread(*self._grid), self._ground)
            draw_line(painter, [plane.pixels(line) for line in self._line], width=LINE_PX * scale)
        painter.drawPixmap(QPointF(plane.area.topLeft()), self._examples(plane, radius))
        if self.wrong is not None and self.wrong.any():
            draw_rings(painter, plane.pixels(self._points[self.wrong]), radius=radius)
        if self._cursor is not None:
            self._paint_cursor(painter, plane)
        painter.restore()
        left = plane.area.left() >= 12
        draw_frame(painter, plane, text_font(scale, small=True), NAMES, numbers=left)

    def _examples(self, plane: Plane, radius: float) -> QPixmap:
        """All examples on a transparent picture of the plane's size."""
        ratio = self.devicePixelRatioF()
        size = (plane.area.size() * ratio).toSize()
        if self._marks.size() == size:
            return self._marks
        self._marks = QPixmap(size)
        self._marks.setDevicePixelRatio(ratio)
        self._marks.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._marks)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-plane.area.topLeft())
        for points, classes, hollow in (
            (self._test, self._test_classes, True),
            (self._points, self._classes, False),
        ):
            draw_examples(painter, plane.pixels(points), classes, radius=radius, hollow=hollow)
        painter.end()
        return self._marks

    def _paint_cursor(self, painter: QPainter, plane: Plane) -> None:
        """Where the keyboard would paint."""
        (x, y), = plane.pixels(np.array([self._cursor])).tolist()  # fmt: skip
        reach = 9 * self.scale_factor
        for token, width in (("casing", 4.0), ("text", 1.8)):
            painter.setPen(QPen(theme.current().color(token), width))
            painter.drawLine(QPointF(x - reach, y), QPointF(x + reach, y))
            painter.drawLine(QPointF(x, y - reach), QPointF(x, y + reach))

    # -- the brush ----------------------------------------------------------------------------

    def _brush(self, event: QMouseEvent, stage: int, *, right: bool) -> None:
        x, y = self.plane().point(event.position())
        x0, x1, y0, y1 = self._domain
        self.brushed.emit(min(max(x, x0), x1), min(max(y, y0), y1), stage, right)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = event.button()
        paints = button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if self._brushing and paints and self.plane().area.contains(event.position()):
            self._stroke = True
            self._brush(event, 1, right=button is Qt.MouseButton.RightButton)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._stroke:
            self._brush(event, 0, right=bool(event.buttons() & Qt.MouseButton.RightButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._stroke:
            self._stroke = False
            self._brush(event, 2, right=event.button() is Qt.MouseButton.RightButton)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        step = steps.get(Qt.Key(event.key()))
        if not self._brushing or (step is None and event.key() != Qt.Key.Key_Space):
            super().keyPressEvent(event)
            return
        x0, x1, y0, y1 = self._domain
        x, y = self._cursor or ((x0 + x1) / 2, (y0 + y1) / 2)
        if step is None:
            right = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            for stage in (1, 2):
                self.brushed.emit(x, y, stage, right)
        else:
            x = min(max(x + step[0] * KEY_STEP * (x1 - x0), x0), x1)
            y = min(max(y + step[1] * KEY_STEP * (y1 - y0), y0), y1)
        self._cursor = (x, y)
        self.update()
