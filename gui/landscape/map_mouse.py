"""How the mouse moves and points on the map."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from gui.plots.zoom_view_box import ZoomViewBox


class MapViewBox(ZoomViewBox):
    """Left or middle drag pans, the wheel zooms about the cursor, double click fits.

    Signals:
        fit_wanted: a double click.
        start_wanted: Shift and a click, in the view's coordinates.
        copy_wanted: Ctrl and a click, in the view's coordinates.
        pressed: a plain click, in the view's coordinates.
    """

    fit_wanted = Signal()
    start_wanted = Signal(float, float)
    copy_wanted = Signal(float, float)
    pressed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, lockAspect=1.0, defaultPadding=0)

    def mouseClickEvent(self, ev: object) -> None:
        if ev.button() is not Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        if ev.double():  # type: ignore[attr-defined]
            self.fit_wanted.emit()
        elif ev.modifiers() & Qt.KeyboardModifier.ShiftModifier:  # type: ignore[attr-defined]
            place = self.mapSceneToView(ev.scenePos())  # type: ignore[attr-defined]
            self.start_wanted.emit(place.x(), place.y())
        elif ev.modifiers() & Qt.KeyboardModifier.ControlModifier:  # type: ignore[attr-defined]
            place = self.mapSceneToView(ev.scenePos())  # type: ignore[attr-defined]
            self.copy_wanted.emit(place.x(), place.y())
        else:
            place = self.mapSceneToView(ev.scenePos())  # type: ignore[attr-defined]
            self.pressed.emit(place.x(), place.y())
        ev.accept()  # type: ignore[attr-defined]

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        if ev.button() is Qt.MouseButton.RightButton:  # type: ignore[attr-defined]
            ev.ignore()  # type: ignore[attr-defined]
        else:
            super().mouseDragEvent(ev, axis)
