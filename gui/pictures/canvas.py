"""A picture under layers of drawing, which zooms about the cursor and pans.

The canvas knows nothing of what is drawn: a layer is anything with a `paint`
method. The picture below the layers is drawn once for a view and kept, so a
change of the layers costs only their own painting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from gui import theme
from gui.pictures.box_tool import BoxTool
from gui.pictures.pyramid import Pyramid
from gui.pictures.tiles import Tiles
from gui.pictures.view_transform import Layer, View
from gui.pictures.viewport import Viewport

ZOOM_STEP = 1.25


class PictureCanvas(QWidget):
    """Shows a pyramid and layers over it.

    Wheel zooms about the cursor, the middle button or Space pan, the left
    button pans where it is dragged, a double click fits. While a tool is armed the
    left button draws with it instead.
    """

    hovered = Signal(object)  # QPointF in picture pixels, or None outside
    clicked = Signal(QPointF)
    drawn = Signal(QRectF)  # what an armed tool drew, picture pixels
    armed_changed = Signal(bool)
    view_changed = Signal()
    peek_ended = Signal()  # any key released while `peeking`
    stepped = Signal(int)  # an arrow key to the next (1) or the one before (-1), when fitted

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._pyramid: Pyramid | None = None
        self._layers: list[Layer] = []
        self._viewport = Viewport()
        self._tiles = Tiles()
        self._ground: QPixmap | None = None  # the picture as it lies in this view
        self._drag_from: QPointF | None = None
        self._pressed_at: QPointF | None = None
        self._space = False
        self._tool: BoxTool | None = None
        self.peeking = False
        self.describe: Callable[[], dict[str, Any]] | None = None  # more for `inspect_state`
        self.goes_on_at: Callable[[QPointF], bool] = _nowhere  # a quick second click is a click

    # What is shown

    @property
    def pyramid(self) -> Pyramid | None:
        return self._pyramid

    def set_pyramid(self, pyramid: Pyramid | None) -> None:
        """Show another picture, fitted; None shows an empty ground.

        Where the coarse levels of this picture were shown, it stays as it lies.
        """
        before, self._pyramid = self._pyramid, pyramid
        if before and pyramid and before.full == (pyramid.width, pyramid.height):
            self._changed()
            return
        self._drag_from = self._pressed_at = None
        self.fit()

    def set_layers(self, layers: list[Layer]) -> None:
        """Draw these over the picture, the first lowest."""
        self._layers = layers
        self.update()

    # Tools

    @property
    def armed(self) -> bool:
        """Whether the left button draws."""
        return self._tool is not None

    def arm(self, tool: BoxTool | None) -> None:
        """Let the left button draw with a tool; None lets it pan and click again."""
        was, self._tool = self.armed, tool
        self._show_cursor()
        self.update()
        if was != self.armed:
            self.armed_changed.emit(self.armed)

    # Where it is shown

    @property
    def zoom(self) -> float:
        """Device pixels per picture pixel; 1.0 is 100 %."""
        return self._viewport.scale * self.devicePixelRatioF()

    @property
    def fitted(self) -> bool:
        return self._viewport.fitted

    def view(self) -> View:
        """The present view."""
        return self._measured().view()

    def to_picture(self, at: QPointF) -> QPointF:
        """Widget pixels to picture pixels."""
        return self._viewport.to_picture(at)

    def cursor_in_picture(self) -> QPointF | None:
        """The picture point under the mouse, or None."""
        at = QPointF(self.mapFromGlobal(QCursor.pos()))
        return self._inside(at) if self.underMouse() else None

    def fit(self) -> None:
        """Show the whole picture, enlarged at most to 8 device pixels a pixel."""
        self._measured().fit()
        self._changed()

    def actual_size(self) -> None:
        """One picture pixel on one device pixel, about the middle."""
        self._zoom_to(1 / self.devicePixelRatioF(), QRectF(self.rect()).center())

    def zoom_in(self) -> None:
        self._zoom_to(self._viewport.scale * ZOOM_STEP, self._anchor())

    def zoom_out(self) -> None:
        self._zoom_to(self._viewport.scale / ZOOM_STEP, self._anchor())

    def show_rect(self, rect: QRectF) -> None:
        """Zoom so that a picture rectangle, with some surroundings, fills the canvas."""
        if self._pyramid is not None and not rect.isEmpty():
            self._measured().show_rect(rect)
            self._changed()

    def _anchor(self) -> QPointF:
        at = QPointF(self.mapFromGlobal(QCursor.pos()))
        inside = self.underMouse() and self.rect().contains(at.toPoint())
        return at if inside else QRectF(self.rect()).center()

    def _zoom_to(self, scale: float, about: QPointF) -> None:
        if self._pyramid is not None:
            self._measured().zoom_to(scale, about)
            self._changed()

    def _measured(self) -> Viewport:
        """The viewport, told the sizes of the widget and the picture as they are now."""
        port = self._viewport
        port.widget = QRectF(self.rect())
        port.ratio = self.devicePixelRatioF()
        port.picture = (self._pyramid.width, self._pyramid.height) if self._pyramid else None
        return port

    def _changed(self) -> None:
        self._ground = None
        self.update()
        self.view_changed.emit()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            self._ground = self._draw_ground(ratio)
        painter.drawPixmap(0, 0, self._ground)
        if self._pyramid is not None:
            view = self.view()
            painter.setClipRect(self.rect())
            for layer in self._layers:
                painter.save()
                layer.paint(painter, view)
                painter.restore()
            if self._tool is not None:
                self._tool.paint(painter, view)
        if self.hasFocus():
            painter.setOpacity(1.0)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw_ground(self, ratio: float) -> QPixmap:
        ground = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        ground.setDevicePixelRatio(ratio)
        ground.fill(theme.current().color("canvas"))
        if self._pyramid is not None:
            painter = QPainter(ground)
            self._tiles.draw(painter, self._pyramid, self.view())
            painter.end()
        return ground

    # Mouse and keyboard

    def _inside(self, at: QPointF) -> QPointF | None:
        if self._pyramid is None:
            return None
        point = self.to_picture(at)
        inside = 0 <= point.x() < self._pyramid.width and 0 <= point.y() < self._pyramid.height
        return point if inside else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            if self._draws_with(event):
                return
            self._pressed_at = event.position()
            self._drag_from = None
            if event.button() == Qt.MouseButton.MiddleButton or self._space:
                self._drag_from = event.position()
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _draws_with(self, event: QMouseEvent) -> bool:
        """Whether the press begins a drawing."""
        tool, left = self._tool, event.button() == Qt.MouseButton.LeftButton
        if tool is None or self._pyramid is None or self._space or not left:
            return False
        tool.width, tool.height = self._pyramid.width, self._pyramid.height
        tool.begin(self.to_picture(event.position()))
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._tool is not None and self._tool.rect() is not None:
            self._tool.move(self.to_picture(at))
            self.update()
        if self._pressed_at is not None and self._drag_from is None:
            far = (at - self._pressed_at).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._drag_from = self._pressed_at
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._drag_from is not None and self._pyramid is not None:
            self._pan(at - self._drag_from)
            self._drag_from = at
        self.hovered.emit(self._inside(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._tool is not None and self._tool.rect() is not None:
            drawn = self._tool.end()
            self.update()
            if drawn is not None:
                self.drawn.emit(drawn)
            return
        dragged, pressed = self._drag_from is not None, self._pressed_at is not None
        self._pressed_at = self._drag_from = None
        self._show_cursor()
        if pressed and not dragged and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.to_picture(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.armed:
            return
        if self.goes_on_at(self.to_picture(event.position())):
            self._pressed_at = event.position()  # a second click, however soon it comes
        else:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # Qt swaps the axes of Shift+wheel on some platforms and not on others.
            self._pan(QPointF(turned.x() or turned.y(), 0) / 2)
        else:
            delta = turned.y() or turned.x()
            self._zoom_to(self._viewport.scale * ZOOM_STEP ** (delta / 120), event.position())
            self.hovered.emit(self._inside(event.position()))
        event.accept()

    def _pan(self, by: QPointF) -> None:
        if self._pyramid is not None:
            self._measured().pan(by)
            self._changed()

    def _show_cursor(self) -> None:
        usual = Qt.CursorShape.CrossCursor if self.armed else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._space else usual)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space and the arrows have the same code on every keyboard layout.
        step = 64.0
        moves = {
            Qt.Key.Key_Left: QPointF(step, 0),
            Qt.Key.Key_Right: QPointF(-step, 0),
            Qt.Key.Key_Up: QPointF(0, step),
            Qt.Key.Key_Down: QPointF(0, -step),
        }
        if event.key() == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif event.key() in moves and not event.modifiers():
            move = moves[Qt.Key(event.key())]
            if self.fitted and move.x():
                self.stepped.emit(1 if move.x() < 0 else -1)
            else:
                self._pan(move)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if self.peeking:
            self.peek_ended.emit()
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self._show_cursor()
        if self.peeking:
            self.peek_ended.emit()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.fitted:
            self.fit()
        elif self._pyramid is not None:
            # Keep the middle of the view where it was.
            grown = event.size() - event.oldSize()
            self._measured().pan(QPointF(grown.width() / 2, grown.height() / 2))
            self._changed()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._ground = None
            self.update()
        super().changeEvent(event)

    # Copies

    def render_view(self) -> QImage:
        """The canvas as it is seen, without the focus ring."""
        ratio = self.devicePixelRatioF()
        image = self._draw_ground(ratio).toImage()
        painter = QPainter(image)
        view = self.view()
        if self._pyramid is not None:
            for layer in self._layers:
                painter.save()
                layer.paint(painter, view)
                painter.restore()
        painter.end()
        return image

    def inspect_state(self) -> dict[str, Any]:
        """Facts for `--inspect`: where the picture lies on the screen, and what is drawn."""
        corner = self.mapToGlobal(self._viewport.origin)
        size = [self._pyramid.width, self._pyramid.height] if self._pyramid else None
        return {
            "scale": self._viewport.scale,
            "origin": [corner.x(), corner.y()],
            "picture_size": size,
            **(self.describe() if self.describe is not None else {}),
        }

    def pixel(self, at: QPointF) -> tuple[int, int, int] | None:
        """RGB of the picture at a point of it, or None outside."""
        if self._pyramid is None:
            return None
        x, y = int(at.x()), int(at.y())
        if not (0 <= x < self._pyramid.width and 0 <= y < self._pyramid.height):
            return None
        color = self._pyramid.color(x, y)
        return color.red(), color.green(), color.blue()


def _nowhere(_at: QPointF) -> bool:
    """A quick second click at this picture point fits the picture, as anywhere else."""
    return False
