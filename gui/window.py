"""The main window: workspace switcher, menus, banner, status bar, the workspaces between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.errors import InputError
from gui import i18n, icons, theme
from gui.actions import MENU_TITLES, MENUS, Action, ActionSpec, MenuFiller, ToolKeys
from gui.appearance import WindowStyle, apply
from gui.bridge import Bridge
from gui.lecture.caption_bar import CaptionBar
from gui.lecture.mode import LectureMode
from gui.platform import keyboard_layout
from gui.settings import Settings
from gui.widgets.banner import Banner
from gui.widgets.dialogs.saving import SavedFirst
from gui.widgets.drop_hint import DropHint, local_paths
from gui.widgets.status_line import StatusLine
from gui.widgets.workspace_switcher import WorkspaceSwitcher
from gui.window_actions import WindowActions
from gui.workspace import Workspace
from gui.workspaces import WORKSPACES, workspace_names

FIRST_SIZE = QSize(1280, 800)
CLOSE_TIMEOUT_S = 5.0


class Window(QMainWindow):
    """The main window.

    Signals:
        painted: once, after the first frame.
        workspace_changed: the name of the workspace that came to the front.
        first_work_done: the front workspace has shown its first content.
    """

    painted = Signal()
    workspace_changed = Signal(str)
    first_work_done = Signal()

    def __init__(
        self, settings: Settings | None = None, *, workspace: str = "", remember: bool = True
    ) -> None:
        """Build the window.

        Args:
            settings: where things are remembered; the user's own by default.
            workspace: the one to show first; the remembered one by default.
            remember: bring back and keep geometry and panels.
        """
        super().__init__()
        self.settings = settings or Settings()
        self.bridge = Bridge(self)
        self._saved_first = SavedFirst(self.bridge, self)
        self.workspaces: dict[str, Workspace] = {}
        self.closing = False
        self.ended = True  # False when a worker outlived the bounded wait
        self._remembers = remember
        self._current = ""
        self._painted = False
        self._started: set[str] = set()
        self._actions: dict[str, list[Action]] = {}
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(icons.folder() / "thalweg.svg")))

        names = workspace_names()
        self.rail = WorkspaceSwitcher({name: WORKSPACES[name].title for name in names}, self)
        self.banner = Banner(self)
        self._blamed: QObject | None = None  # the workspace that the banner speaks of
        self._stack = QStackedWidget(self)
        self._build_frame()
        self._status = StatusLine(self)
        self.setStatusBar(self._status)
        self._menus = {name: self.menuBar().addMenu("") for name in MENUS}
        for name, menu in self._menus.items():
            menu.setObjectName(f"menu.{name.lower()}")
        self._style = WindowStyle(self, self._parts)  # before the painters inside
        self.lecture = LectureMode(self, self, self._caption)
        self.lecture.chrome = (self.menuBar(), self.rail, self._status)
        self._fillers = {name: MenuFiller(menu) for name, menu in self._menus.items()}
        self.commands = WindowActions(self, self)
        self._actions[""] = [Action(spec, self) for spec in self.commands.actions()]
        self._lacks_lecture = True
        self._menus["Lecture"].aboutToShow.connect(self._add_lecture)

        self.rail.chosen.connect(self.show_workspace)
        self.bridge.failed.connect(self.show_error)
        # In a turn of its own: on a theme's first day its icons are drawn.
        theme.notifier().changed.connect(icons.refresh, Qt.ConnectionType.QueuedConnection)
        self.resize(FIRST_SIZE)
        if remember:
            self._restore()
        remembered = workspace or self.settings.text("window/workspace")
        if names:
            self.show_workspace(remembered if remembered in names else names[0])
        else:
            self._fill_menus()
        self.retranslate()

    def _parts(self) -> list[QWidget]:
        """What wears the style sheet: the bars, and what lies in the middle."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        parts = self.findChildren(QWidget, options=direct)
        parts.remove(self._center)
        parts += self._center.findChildren(QWidget, options=direct)
        parts.remove(self._stack)
        return [*parts, *self.workspaces.values()]

    def _build_frame(self) -> None:
        self._center = center = QWidget(self)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        self._caption = CaptionBar(center)
        column.addWidget(self._caption)
        row = QHBoxLayout(center)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(center)
        self._drop_hint = DropHint(center)

    # -- workspaces -------------------------------------------------------------------------

    @property
    def current_name(self) -> str:
        """The name of the workspace in front; empty when there is none."""
        return self._current

    def current(self) -> Workspace | None:
        return self.workspaces.get(self._current)

    def workspace(self, name: str) -> Workspace:
        """A workspace by name, built on first use.

        Raises:
            KeyError: there is no such workspace.
        """
        if name not in self.workspaces:
            built = WORKSPACES[name].load()(self.bridge, self.settings, self._stack)
            built.setObjectName(f"workspace.{name}")
            built.status.connect(self._on_status)
            built.readout.connect(self._on_readout)
            built.error.connect(self._on_error)
            built.retried.connect(self._on_retried)
            built.first_work_done.connect(self._on_first_work)
            built.opened.connect(self._on_opened)
            built.handed_over.connect(self.hand_over)
            built.said_changed.connect(self.lecture.say)
            built.scene_wanted.connect(self.lecture.go)
            self.workspaces[name] = built
            self._stack.addWidget(built)
            named = built.findChild(QWidget, f"{name}.canvas") or built
            canvases = built.canvases() or (named,)
            self._actions[name] = [Action(spec, built, *canvases) for spec in built.actions()]
            if self._painted:
                self._complete(name)
            if self._remembers:
                built.restore_state(self.settings.state(f"workspace/{name}"))
        return self.workspaces[name]

    def show_workspace(self, name: str) -> None:
        """Bring a workspace to the front."""
        if self._current:
            self._add_lecture()
        front, self._current = self.workspace(name), name
        self._stack.setCurrentWidget(front)
        self.banner.set_aside(self._blamed not in (None, front))
        self.rail.select(name)
        self._status.forget()
        self._fill_menus()
        self._retitle()
        front.activate()
        self.lecture.follow()
        if self._painted:
            self._start_first_work()
        self.workspace_changed.emit(name)

    def hand_over(self, name: str, message: object) -> None:
        """Pass something to another workspace and show that."""
        if name in workspace_names():
            self.workspace(name).receive(message)
            self.show_workspace(name)

    def open_scene(self, name: str, scene: Any) -> None:
        """Bring a workspace to the front with one of the lecture's scenes."""
        self.show_workspace(name)
        self.workspace(name).open_scene(scene)
        self.lecture.opened(name, scene)

    def open_paths(self, paths: list[Path]) -> bool:
        """Let the front workspace open files or folders, then the others in turn."""
        names = [self._current, *(name for name in workspace_names() if name != self._current)]
        for name in names:
            if name and self.workspace(name).open_paths(paths):
                if name != self._current:
                    self.show_workspace(name)
                for path in paths[:1]:
                    self._on_opened(path)
                return True
        return False

    def actions_in_use(self) -> list[ActionSpec]:
        """Records of the window and of the workspace in front."""
        self._add_lecture()
        actions = (*self._actions[""], *self._actions.get(self._current, ()))
        return [action.spec for action in actions]

    def tool_keys(self) -> tuple[ToolKeys, ...]:
        """Keys of the tools of the workspace in front."""
        return self.workspaces[self._current].tool_keys() if self._current else ()

    def action(self, name: str) -> Action | None:
        """A QAction by its record's id."""
        self._add_lecture()
        every = (action for actions in self._actions.values() for action in actions)
        return next((action for action in every if action.spec.id == name), None)

    # -- messages ---------------------------------------------------------------------------

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong in the banner; nothing else stops."""
        self._blamed = None
        self.banner.show_error(error)

    def _on_error(self, error: BaseException) -> None:
        self.show_error(error)
        self._blamed = self.sender()

    def _on_retried(self) -> None:
        if self._blamed is self.sender():
            self.banner.dismiss()

    def _on_status(self, text: str) -> None:
        if self.sender() is self.current():
            self._status.say(text)

    def _on_readout(self, text: str) -> None:
        if self.sender() is self.current():
            self._status.readout.setText(text)

    def _on_first_work(self) -> None:
        if self.sender() is self.current():
            self.first_work_done.emit()

    def _on_opened(self, path: Path) -> None:
        self.settings.add_recent(path)
        self.commands.refresh_recent()

    # -- menus and texts --------------------------------------------------------------------

    def _fill_menus(self) -> None:
        actions = (*self._actions[""], *self._actions.get(self._current, ()))
        self.commands.clear_submenus()
        for name, filler in self._fillers.items():
            chosen = [action for action in actions if action.spec.menu == name]
            filler.fill(chosen, self.commands.submenus)
            coming = name == "Lecture" and self._lacks_lecture
            self._menus[name].menuAction().setVisible(bool(chosen) or coming)
        self._retranslate_menus()
        # A menu bar that is put away lends none of its actions its window's keys.
        heard = [action for action in actions if not action.spec.canvas_only]
        for action in self.actions():
            self.removeAction(action)
        self.addActions(heard)

    def _add_lecture(self) -> None:
        """The lecture's scenes, after the first frame: they are read from all workspaces.

        None of them has keys, so nothing can ask for one before its menu opens.
        """
        if self._lacks_lecture:
            self._lacks_lecture = False
            self._actions[""] += [Action(spec, self) for spec in self.commands.lecture_actions()]
            self._complete(self._current)
            self._fill_menus()

    def _complete(self, name: str) -> None:
        """Build what a workspace has left out of the first frame, and take its actions, too."""
        if built := self.workspaces.get(name):
            self._actions[name] += [Action(spec, built) for spec in built.complete()]
            for action in self._actions[name]:
                action.listen_on(*built.canvases())

    def _retranslate_menus(self) -> None:
        for name, menu in self._menus.items():
            menu.setTitle(QCoreApplication.translate("actions", MENU_TITLES[name]))
        for actions in self._actions.values():
            for action in actions:
                action.retranslate()

    def _retitle(self) -> None:
        title = WORKSPACES[self._current].title if self._current in WORKSPACES else ""
        shown = QCoreApplication.translate("window", title) if title else ""
        self.setWindowTitle(self.tr("{workspace} – Thalweg").format(workspace=shown))

    def retranslate(self) -> None:
        self._retranslate_menus()
        self.commands.retranslate()
        self._retitle()

    # -- events -----------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "commands"):
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        front = self.current()
        canvas = front.canvas() if front is not None else None
        (canvas or front or self._stack).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # After this frame is on the screen, not inside its painting.
            QTimer.singleShot(0, self._after_first_frame)

    def _after_first_frame(self) -> None:
        if not self.closing:
            self.setProperty("ready", True)
            self.painted.emit()
            if self._remembers and not self.settings.can_be_kept():
                self.show_error(InputError("settings.not_kept", path=self.settings.file()))
            self._start_first_work()
            QTimer.singleShot(0, self, self._add_lecture)

    def _start_first_work(self) -> None:
        front = self.current()
        if front is not None and self._current not in self._started:
            self._started.add(self._current)
            front.start_first_work()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nobody took: a shortcut typed on a Russian layout, perhaps."""
        sequence = keyboard_layout.latin_sequence(event)
        if sequence is None or not self._run_shortcut(sequence):
            super().keyPressEvent(event)

    def _run_shortcut(self, sequence: QKeySequence) -> bool:
        focus = QApplication.focusWidget()
        for action in (*self._actions[""], *self._actions.get(self._current, ())):
            if sequence in action.shortcuts() and action.hears(focus):
                action.trigger()
                return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._drop_hint.offer(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.commands.open(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Have work saved, remember, stop every job, wait a bounded time, and go."""
        if not self.closing and self._saved_first.holds():
            event.ignore()
            return
        if not self.closing:
            self.closing = True
            self.lecture.set_shown(False)
            if self._remembers:
                self._remember()
            self.hide()
            timeout_s = 0.0 if self._saved_first.given_up else CLOSE_TIMEOUT_S
            self.ended = self.bridge.close(timeout_s)
        event.accept()

    # -- memory -----------------------------------------------------------------------------

    def _restore(self) -> None:
        geometry = self.settings.blob("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def _remember(self) -> None:
        if not self.isFullScreen():
            self.settings.set_blob("window/geometry", self.saveGeometry())
        self.settings.set_text("window/workspace", self._current)
        for name, workspace in self.workspaces.items():
            self.settings.set_state(f"workspace/{name}", workspace.save_state())
        self.settings.sync()

    def reset_layout(self) -> None:
        """First sizes again, for the window and the workspace in front."""
        self.showNormal()
        self.resize(FIRST_SIZE)
        if front := self.current():
            front.reset_layout()

    def set_language(self, language: str) -> None:
        """Speak a language from now on."""
        i18n.apply(language)
        self.settings.set_text("view/language", language)

    def set_theme(self, mode: theme.Mode) -> None:
        """Wear a theme from now on."""
        apply(mode)
        self.settings.set_text("view/theme", mode.value)

    def inspect_state(self) -> dict[str, Any]:
        """Facts for `--inspect`."""
        return {
            "workspace": self._current,
            "busy": self.bridge.busy(),
            "language": i18n.current(),
            "theme": theme.current().name,
            "lecture": self.lecture.inspect_state(),
        }
