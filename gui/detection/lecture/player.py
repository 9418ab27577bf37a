"""Plays one stage's motion over the picture, thirty times a second, and can be paused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.detection.layers.controller import LayersController
from gui.detection.lecture.motions import Motion, Moved
from gui.pictures.canvas import PictureCanvas
from gui.pictures.view_transform import View

TICK_MS = 33
HOLD_MS = 1400  # the stage as it is otherwise, after its motion
SHADE = QColor(0, 0, 0, 110)  # over the picture, so that lines are seen
WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
PLATE, WRITTEN = QColor(20, 22, 26, 235), QColor(240, 240, 240)


class MotionPlayer(QObject):
    """In place of all layers while it plays or is paused within a motion.

    Attributes:
        speed: how many times faster than `lasts_ms` says.

    Signals:
        ended: the motion is over, and the stage was held for a moment.
    """

    ended = Signal()

    def __init__(self, canvas: PictureCanvas, layers: LayersController, font: QFont) -> None:
        super().__init__(canvas)
        self._canvas, self._layers, self._font = canvas, layers, font
        self.speed = 1.0
        self.motion: Motion | None = None
        self.said = ""  # beside what is drawn
        self._moved: Callable[[], Moved | None] = _nothing
        self._at_ms = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._active = False

    @property
    def active(self) -> bool:
        """Whether a stage is played, paused or not."""
        return self._active

    @property
    def running(self) -> bool:
        """Whether it goes on by itself now."""
        return self._timer.isActive()

    def start(self, motion: Motion | None, moved: Callable[[], Moved | None]) -> None:
        """Play a stage from its beginning.

        Args:
            motion: None for a stage in which nothing moves: it is only held.
            moved: what it is drawn from, once that is known; it waits for it.
        """
        self.stop()
        self.motion, self._moved = motion, moved
        self._active, self._at_ms = True, 0.0
        self.resume()

    def pause(self) -> None:
        """Stay at this moment."""
        self._timer.stop()

    def resume(self) -> None:
        """Go on from it."""
        self._clock.start()
        self._timer.start()

    def stop(self) -> None:
        """Draw everything as ever."""
        self._timer.stop()
        self._active, self.motion, self.said = False, None, ""
        self._layers.show_instead(None)

    @property
    def moment(self) -> float:
        """0 to 1 of the motion; 1 where it is over."""
        lasts = self.motion.lasts_ms if self.motion is not None else 0
        return min(self._at_ms / lasts, 1.0) if lasts else 1.0

    def _tick(self) -> None:
        if self.motion is not None and self._moved() is None:
            self._clock.restart()
            return  # the answer is on its way
        self._at_ms += self._clock.restart() * self.speed
        if self.moment < 1:
            self._layers.show_instead(self)
            self._canvas.update()
            return
        self._layers.show_instead(None)
        lasts = self.motion.lasts_ms if self.motion is not None else 0
        if self._at_ms >= lasts + HOLD_MS:
            self.stop()
            self.ended.emit()

    def paint(self, painter: QPainter, view: View) -> None:
        """As a layer of the canvas: the motion at this moment."""
        moved = self._moved()
        if self.motion is None or moved is None:
            return
        painter.fillRect(view.visible, SHADE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(view.visible)
        self.said = self.motion.draw(painter, view, moved, self.moment)
        painter.setClipping(False)
        if self.said:
            self._write(painter, view)

    def _write(self, painter: QPainter, view: View) -> None:
        """What is said, at the foot of the picture."""
        painter.setOpacity(1.0)
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        widest = QRectF(0, 0, max(self._canvas.width() - 40, 80), 1000)
        text = metrics.boundingRect(widest, WRAPPED, self.said)
        plate = QRectF(0, 0, text.width() + 24, text.height() + 12)
        plate.moveCenter(view.visible.center())
        plate.moveBottom(view.visible.bottom() - 8)
        plate.moveLeft(min(max(plate.left(), 4.0), self._canvas.width() - plate.width() - 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(WRITTEN)
        painter.drawText(plate, WRAPPED, self.said)


def _nothing() -> Moved | None:
    return None
