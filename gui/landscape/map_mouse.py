"""How the mouse moves and points on the map."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, Qt, Signal

from gui.plots.zoom_view_box import ZoomViewBox


class Pointing(Enum):
    """What the left button does over the map."""

    PAN = "pan"  # a drag moves the view, a click points
    START = "start"  # a click or a drag puts the start there
    COPY = "copy"  # a click copies the chosen racer to there
    LINE = "line"  # a drag draws a line


class MapViewBox(ZoomViewBox):
    """Left or middle drag pans, the wheel zooms about the cursor, double click fits.

    Signals: all places are in the view's coordinates.
        fit_wanted: a double click.
        start_wanted: Shift and a click.
        start_led: a drag that takes the start along, and its stage (1 first, 0 further, 2 last).
        copy_wanted: Ctrl and a click.
        pressed: a plain click.
        line_drawn: both ends of a line that is drawn, and the stage.

    Attributes:
        pointing: what a press without a key does.
    """

    fit_wanted = Signal()
    start_wanted = Signal(float, float)
    start_led = Signal(float, float, int)
    copy_wanted = Signal(float, float)
    pressed = Signal(float, float)
    line_drawn = Signal(object, object, int)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, lockAspect=1.0, defaultPadding=0)
        self.pointing = Pointing.PAN

    def mouseClickEvent(self, ev: object) -> None:
        if ev.button() is not Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        ev.accept()  # type: ignore[attr-defined]
        keys = ev.modifiers()  # type: ignore[attr-defined]
        place = self.mapSceneToView(ev.scenePos())  # type: ignore[attr-defined]
        if ev.double() and self.pointing is Pointing.PAN:  # type: ignore[attr-defined]
            self.fit_wanted.emit()
        elif keys & Qt.KeyboardModifier.ShiftModifier or self.pointing is Pointing.START:
            self.start_wanted.emit(place.x(), place.y())
        elif keys & Qt.KeyboardModifier.ControlModifier or self.pointing is Pointing.COPY:
            self.copy_wanted.emit(place.x(), place.y())
        elif self.pointing is Pointing.PAN:
            self.pressed.emit(place.x(), place.y())

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        button = ev.button()  # type: ignore[attr-defined]
        draws = self.pointing in (Pointing.START, Pointing.LINE) and axis is None
        if button is Qt.MouseButton.RightButton:
            ev.ignore()  # type: ignore[attr-defined]
        elif button is Qt.MouseButton.LeftButton and draws:
            ev.accept()  # type: ignore[attr-defined]
            self._draw(ev)
        else:
            super().mouseDragEvent(ev, axis)

    def _draw(self, ev: object) -> None:
        """Lead the start, or draw a line from where the button went down."""
        stage = 1 if ev.isStart() else 2 if ev.isFinish() else 0  # type: ignore[attr-defined]
        here: QPointF = self.mapSceneToView(ev.scenePos())  # type: ignore[attr-defined]
        if self.pointing is Pointing.START:
            self.start_led.emit(here.x(), here.y(), stage)
            return
        down: QPointF = self.mapSceneToView(ev.buttonDownScenePos())  # type: ignore[attr-defined]
        if down != here:
            self.line_drawn.emit((down.x(), down.y()), (here.x(), here.y()), stage)
