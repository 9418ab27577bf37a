"""The theme's style sheet on a window, a piece at a time and what is seen first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QChildEvent, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from gui import stylesheet, theme


def put_on(part: QWidget) -> None:
    """Let a part of a window wear the sheet of the theme that is shown now."""
    part.setStyleSheet(stylesheet.build(theme.current()))


class WindowStyle(QObject):
    """Keeps the sheet on the parts of a window and on its dialogs.

    Each part wears its own. As the application's, Qt would polish each of a thousand widgets
    once for itself and once more for every widget around it; as the window's, all of them at
    once, however few are seen.
    """

    def __init__(self, window: QWidget, parts: Callable[[], list[QWidget]]) -> None:
        """Dress the window.

        Args:
            parts: gives what is in the window now, dialogs too; none lies inside another.
        """
        super().__init__(window)
        self._parts = parts
        self._waiting: list[QWidget] = []  # what still wears the sheet of before
        window.installEventFilter(self)
        theme.notifier().changed.connect(self.restyle)
        for part in parts():
            put_on(part)

    def restyle(self) -> None:
        """Follow the theme: what is seen now, the rest while the window is idle."""
        parts = self._parts()
        self._waiting = [part for part in parts if part.isHidden()]
        for part in parts:
            if not part.isHidden():
                put_on(part)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            QTimer.singleShot(0, self, self._restyle_next)

    def _restyle_next(self) -> None:
        if self._waiting and isValid(part := self._waiting.pop()):
            put_on(part)
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress a dialog of the window before it is shown for the first time."""
        if event.type() is QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QWidget) and child.isWindow():
                put_on(child)
        return super().eventFilter(watched, event)
