"""What the window expects of a workspace, and a workspace of its pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec, ToolKeys
from gui.appearance import put_on
from gui.bridge import Bridge
from gui.settings import Settings
from gui.widgets.dialogs.tab_order import order_tabs

TABS_MS = 300  # after a change; many come together


class Part(QWidget):
    """What a workspace and a page of one have in common; what is left empty here does nothing.

    Signals:
        first_work_done: emitted once, when it has its first content painted.
        status: what is going on, for the left of the status bar.
        readout: figures under the cursor, for the right of the status bar.
        error: an exception to be shown as a sentence.
        retried: what went wrong before is tried anew; its sentence is out of date.
        opened: a path that was opened, for the list of recent files.
        said_changed: `said` says something else.
    """

    first_work_done = Signal()
    status = Signal(str)
    readout = Signal(str)
    error = Signal(object)
    retried = Signal()
    opened = Signal(object)
    said_changed = Signal()

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.settings = settings

    def activate(self) -> None:
        """Called when it comes to the front."""

    def start_first_work(self) -> None:
        """Called once, when it is first seen: begin what it shows."""

    def finish_first_work(self) -> None:
        """For a screenshot: show the first result without waiting for the user."""

    def open_paths(self, paths: list[Path]) -> bool:
        """Open files or folders; False when they are nothing for it."""
        return False

    def open_scene(self, scene: Any) -> None:
        """Show one of the lecture's scenes, an entry of the workspace's `scenes.SCENES`."""

    def said(self) -> str:
        """The caption of the scene that is shown; empty where none is."""
        return ""

    def save_state(self) -> dict[str, Any]:
        """What to remember, as JSON."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Bring back what was remembered; unknown or broken entries are ignored."""

    def reset_layout(self) -> None:
        """Give the panels their first sizes again."""

    def retranslate(self) -> None:
        """Set every text in the current language."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Workspace(Part):
    """Base class of a workspace; its first work begins after the window's first frame.

    Signals:
        handed_over: a workspace's name and something for it to open there.
        scene_wanted: the lecture's next scene (1) or the one before (-1).
    """

    handed_over = Signal(str, object)
    scene_wanted = Signal(int)

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        put_on(self)  # before there is anything in it, whose size it changes
        self._tabs = QTimer(self)
        self._tabs.setSingleShot(True)
        self._tabs.setInterval(TABS_MS)
        self._tabs.timeout.connect(self.order_tabs)

    def title(self) -> str:
        return ""

    def order_tabs(self) -> None:
        """Let Tab go through it as one reads it, where it is seen."""
        if self.isVisible():
            order_tabs(self)

    def order_tabs_soon(self, *_: object) -> None:
        """When it has been laid out anew, and there is time."""
        self._tabs.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.order_tabs_soon()

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        """The workspace's part of the menus."""
        return []

    def complete(self) -> list[ActionSpec]:
        """Build what is not seen at first, after the window's first frame; gives its actions.

        Called once more changes nothing.
        """
        return []

    def tool_keys(self) -> tuple[ToolKeys, ...]:
        """Keys of its tools that are no actions, for the list of keys."""
        return ()

    def canvas(self) -> QWidget | None:
        """The widget whose focus the plain-key shortcuts need."""
        return None

    def canvases(self) -> tuple[QWidget, ...]:
        """All widgets with whose focus the plain-key shortcuts work, where there are several."""
        canvas = self.canvas()
        return () if canvas is None else (canvas,)

    def set_lecture(self, shown: bool) -> None:
        """Show in large type what the hall is to see, without the caption; or all as ever."""

    def lead_on(self, by: int) -> bool:
        """What comes next (1) or came before (-1) where no scene is shown; False for nothing."""
        return False

    def can_play(self) -> bool:
        """Whether Space plays something in the lecture mode."""
        return False

    def play(self) -> None:
        """Play what is shown in the lecture mode, or pause it."""

    def can_escape(self) -> bool:
        """Whether Esc on the canvas closes something of it now."""
        return False

    def receive(self, message: object) -> None:
        """Something that another workspace handed over."""
