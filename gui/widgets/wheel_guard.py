"""What sliders and choices do with the mouse: the wheel is the panel's, a double click resets."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget


class CalmWheel(QObject):
    """Lets the wheel change the widgets that it watches only while they have the focus."""

    def watch(self, widget: QWidget) -> None:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel itself gives no focus
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QWheelEvent)
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()  # so that it goes on to the panel
            return True
        return super().eventFilter(watched, event)


class DoubleClickReset(QObject):
    """A double click on a slider that it watches asks for its default.

    Signals:
        asked: the slider.
    """

    asked = Signal(object)

    def watch(self, slider: QWidget) -> None:
        slider.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonDblClick
            and event.button() is Qt.MouseButton.LeftButton
        ):
            self.asked.emit(watched)
            return True
        return super().eventFilter(watched, event)
