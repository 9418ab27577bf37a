"""The lecture mode of the whole window: no chrome, captions below, one key to lead on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from gui.lecture.caption_bar import CaptionBar
from gui.lecture.headings import Scene, scenes
from gui.platform import keyboard_layout
from gui.workspace import Workspace
from gui.workspaces import workspace_names

TYPING = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
BLANK = QKeySequence("B")


class Host(Protocol):
    """What the mode asks of the window."""

    @property
    def current_name(self) -> str: ...
    def current(self) -> Workspace | None: ...
    def open_scene(self, name: str, scene: Any) -> None: ...


class LectureMode(QObject):
    """Puts the window's chrome away and brings it back as it was.

    While it is on, PgDn and PgUp (the keys of a presenter's remote) lead through the scenes of
    the Lecture menu, through all workspaces, wherever the keyboard's focus is; Space plays, B
    blanks, and Esc leaves once a workspace has nothing that it would close.
    """

    def __init__(self, host: Host, window: QWidget, bar: CaptionBar) -> None:
        """
        Args:
            window: the same window.
            bar: where captions are said, below the workspaces.
        """
        super().__init__(window)
        self._host, self._window, self._bar = host, window, bar
        self.chrome: Sequence[QWidget] = ()  # what nobody in the hall has to see
        self._shown = False
        self._hidden: list[QWidget] = []  # of the chrome, by this mode
        self._dressed: set[Workspace] = set()
        self._place: tuple[str, Scene] | None = None  # the scene that was opened last
        self._coming = False  # it is not seen yet
        self._blank: QWidget | None = None

    # -- on and off ---------------------------------------------------------------------------

    def is_shown(self) -> bool:
        return self._shown

    def set_shown(self, shown: bool) -> None:
        """Show the hall what it is to see, or everything as it was before."""
        if shown == self._shown:
            return
        self._shown = shown
        application = QApplication.instance()
        if shown:
            self._hidden = [widget for widget in self.chrome if not widget.isHidden()]
            if application is not None:
                application.installEventFilter(self)
        else:
            self._set_blank(False)
            if application is not None:
                application.removeEventFilter(self)
        for widget in self._hidden:
            widget.setVisible(not shown)
        self._bar.setVisible(shown)
        self.follow()

    def follow(self) -> None:
        """Another workspace came to the front, or the mode began or ended."""
        front = self._host.current()
        if not self._shown:
            for workspace in self._dressed:
                workspace.set_lecture(False)
            self._dressed.clear()
        elif front is not None and front not in self._dressed:
            self._dressed.add(front)
            front.set_lecture(True)
        self.say()

    def say(self) -> None:
        """Say what the workspace in front says of its scene."""
        front = self._host.current()
        text = front.said() if front is not None else ""
        order = self._order() if text and self._shown else ()
        place = ""
        if text and self._place in order:
            place = f"{order.index(self._place) + 1} / {len(order)}"
        self._coming = self._coming and not text
        self._bar.say(text, place, hint=not self._coming)

    # -- the way through the scenes -----------------------------------------------------------

    def opened(self, name: str, scene: Scene) -> None:
        """A scene was opened, by a key or from the menu."""
        self._place = (name, scene)
        self._coming = True
        self.say()

    def go(self, by: int) -> None:
        """The next scene of the Lecture menu (1) or the one before (-1).

        Where the workspace in front shows none, it may lead on by itself; else the scenes go on
        from the last that was opened, or begin with the first of that workspace.
        """
        front = self._host.current()
        if front is None or (not front.said() and front.lead_on(by)):
            return
        order = self._order()
        if self._place in order:
            at = order.index(self._place) + by
        else:
            names = [name for name, _ in order]
            at = names.index(self._host.current_name) if self._host.current_name in names else 0
        if 0 <= at < len(order):
            self._host.open_scene(*order[at])

    def _order(self) -> tuple[tuple[str, Scene], ...]:
        return tuple(scenes(workspace_names()))

    # -- keys ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the lecture's keys before any shortcut and any widget of the window."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        if not isinstance(event, QKeyEvent) or not self._is_ours(watched):
            return False
        if not self._is_taken(event):
            return False
        event.accept()  # of an override: no shortcut may have it, the press itself comes next
        if kind == QEvent.Type.KeyPress:
            self._press(event)
        return True

    def _is_ours(self, watched: QObject) -> bool:
        """Whether a key goes to the window itself: neither to a dialog nor to an open menu."""
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget():
            return False
        if isinstance(watched, QWidget):
            return watched.window() is self._window
        return isinstance(watched, QWindow) and watched is self._window.windowHandle()

    def _is_taken(self, event: QKeyEvent) -> bool:
        keys = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if event.modifiers() & (keys | Qt.KeyboardModifier.AltModifier):
            return False
        if self._blank is not None:
            return True
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return True
        if isinstance(QApplication.focusWidget(), TYPING):
            return False
        front = self._host.current()
        if front is None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return not self._closes_something(front)
        if event.key() == Qt.Key.Key_Space:
            return front.can_play()
        return _is_blank(event)

    def _closes_something(self, front: Workspace) -> bool:
        """Whether Esc has something to close first; its key is heard with the canvas's focus."""
        canvas = front.canvas()
        if not front.can_escape() or canvas is None:
            return False
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _press(self, event: QKeyEvent) -> None:
        front = self._host.current()
        if event.isAutoRepeat() and event.key() not in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            return
        if self._blank is not None:
            self._set_blank(False)
        elif event.key() == Qt.Key.Key_PageDown:
            self.go(1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.go(-1)
        elif event.key() == Qt.Key.Key_Escape:
            self.set_shown(False)
        elif event.key() == Qt.Key.Key_Space and front is not None:
            front.play()
        else:
            self._set_blank(True)

    def _set_blank(self, blank: bool) -> None:
        """Cover everything in black, so that the hall looks at who speaks."""
        if not blank:
            if self._blank is not None:
                self._blank.hide()
                self._blank.deleteLater()
                self._blank = None
            return
        self._blank = QWidget(self._window)
        self._blank.setObjectName("lecture.blank")
        self._blank.setStyleSheet("background: black;")
        self._blank.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._blank.setGeometry(self._window.rect())
        self._blank.show()
        self._blank.raise_()

    def inspect_state(self) -> dict[str, Any]:
        """For tests that look from outside."""
        name, scene = self._place or ("", None)
        return {
            "shown": self._shown,
            "blank": self._blank is not None,
            "scene": f"{name}.{scene.name}" if scene is not None else "",
        }


def _is_blank(event: QKeyEvent) -> bool:
    """B, on a Russian layout too."""
    return event.key() == Qt.Key.Key_B or keyboard_layout.latin_sequence(event) == BLANK
