"""What the window itself can do: its part of the menus."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from engine.errors import InputError
from engine.file_text import printable
from gui import i18n, theme
from gui.actions import ActionSpec, MenuFiller, ToolKeys
from gui.i18n import QT_TRANSLATE_NOOP
from gui.lecture import headings
from gui.lecture.mode import LectureMode
from gui.settings import Settings
from gui.workspaces import WORKSPACES, workspace_names

LANGUAGE = QT_TRANSLATE_NOOP("actions", "&Language")
THEME = QT_TRANSLATE_NOOP("actions", "&Theme")
TOOLS = QT_TRANSLATE_NOOP("actions", "Tools of the &Map")
RECENT = QT_TRANSLATE_NOOP("actions", "Open &Recent")
THEMES = {
    theme.Mode.SYSTEM: QT_TRANSLATE_NOOP("actions", "As the System"),
    theme.Mode.DARK: QT_TRANSLATE_NOOP("actions", "Dark"),
    theme.Mode.LIGHT: QT_TRANSLATE_NOOP("actions", "Light"),
}


class Host(Protocol):
    """What the actions ask of the window beside what every QMainWindow can do."""

    settings: Settings
    lecture: LectureMode

    def show_workspace(self, name: str) -> None: ...
    def open_scene(self, name: str, scene: Any) -> None: ...
    def open_paths(self, paths: list[Path]) -> bool: ...
    def reset_layout(self) -> None: ...
    def set_language(self, language: str) -> None: ...
    def set_theme(self, mode: theme.Mode) -> None: ...
    def actions_in_use(self) -> list[ActionSpec]: ...
    def tool_keys(self) -> tuple[ToolKeys, ...]: ...
    def show_error(self, error: BaseException) -> None: ...


class WindowActions(QObject):
    """The window's own actions and the submenus that hold them."""

    def __init__(self, host: Host, window: QMainWindow) -> None:
        """Make the actions.

        Args:
            host: does what they ask.
            window: the same window; its menu bar is the dialogs' parent, whose style sheet
                they wear from the beginning.
        """
        super().__init__(window)
        self._host = host
        self._window = window
        titles = (RECENT, LANGUAGE, THEME, TOOLS, *headings.HEADINGS.values())
        self.submenus = {title: QMenu(window) for title in titles}
        # Ticks of a submenu are asked for when it opens, as in the menus above it.
        self._fillers = [MenuFiller(menu) for menu in self.submenus.values()]
        self.submenus[RECENT].setObjectName("menu.recent")
        self.submenus[RECENT].aboutToShow.connect(self.refresh_recent)
        self.submenus[RECENT].triggered.connect(self._open_recent)

    def actions(self) -> list[ActionSpec]:
        """The records, in the order of the menus, without the lecture's."""
        return [
            *self._file_actions(),
            *self._workspace_actions(),
            *self._look_actions(),
            *self._help_actions(),
        ]

    def _file_actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "file.open",
                QT_TRANSLATE_NOOP("actions", "&Open…"),
                "File",
                self.ask_files,
                "Ctrl+O",
                section=0,
                icon="open",
            ),
            ActionSpec(
                "file.open_folder",
                QT_TRANSLATE_NOOP("actions", "Open &Folder…"),
                "File",
                self.ask_folder,
                "Ctrl+Shift+O",
                section=0,
                icon="folder",
            ),
            ActionSpec(
                "file.clear_recent",
                QT_TRANSLATE_NOOP("actions", "&Clear List"),
                "File",
                self.clear_recent,
                section=0,
                submenu=RECENT,
            ),
            ActionSpec(
                "file.quit",
                QT_TRANSLATE_NOOP("actions", "&Quit"),
                "File",
                self._window.close,
                "Ctrl+Q",
                section=90,
            ),
        ]

    def _workspace_actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                f"workspace.{name}",
                WORKSPACES[name].menu_text,
                "View",
                partial(self._host.show_workspace, name),
                f"Ctrl+{index}",
                section=0,
                icon=name,
            )
            for index, name in enumerate(workspace_names(), start=1)
        ]

    def _look_actions(self) -> list[ActionSpec]:
        languages = [
            ActionSpec(
                f"view.language.{code}",
                name,
                "View",
                partial(self.choose_language, code),
                checkable=True,
                section=80,
                submenu=LANGUAGE,
                checked=partial(self.has_language, code),
            )
            for code, name in i18n.LANGUAGES.items()
        ]
        themes = [
            ActionSpec(
                f"view.theme.{mode.value}",
                text,
                "View",
                partial(self.choose_theme, mode),
                checkable=True,
                section=80,
                submenu=THEME,
                checked=partial(self.has_theme, mode),
            )
            for mode, text in THEMES.items()
        ]
        return [
            *languages,
            *themes,
            ActionSpec(
                "view.fullscreen",
                QT_TRANSLATE_NOOP("actions", "&Full Screen"),
                "View",
                self.toggle_fullscreen,
                "F11",
                checkable=True,
                section=85,
                checked=self._window.isFullScreen,
            ),
            ActionSpec(
                "view.lecture",
                QT_TRANSLATE_NOOP("actions", "&Lecture Mode"),
                "View",
                self._host.lecture.set_shown,
                "F5",
                checkable=True,
                section=85,
                checked=self._host.lecture.is_shown,
            ),
            ActionSpec(
                "view.reset_layout",
                QT_TRANSLATE_NOOP("actions", "&Reset Layout"),
                "View",
                self._host.reset_layout,
                section=85,
            ),
        ]

    def lecture_actions(self) -> list[ActionSpec]:
        """One record a scene of the lecture; this imports every workspace's scenes."""
        return [
            ActionSpec(
                f"lecture.{name}.{scene.name.replace('-', '_')}",
                scene.text,
                "Lecture",
                partial(self._host.open_scene, name, scene),
                section=10 if scene.heading in headings.OPTIMIZERS else 20,
                submenu=headings.HEADINGS[scene.heading],
                icon=name,
            )
            for name, scene in headings.scenes(workspace_names())
        ]

    def _help_actions(self) -> list[ActionSpec]:
        return [
            ActionSpec(
                "help.shortcuts",
                QT_TRANSLATE_NOOP("actions", "&Keyboard Shortcuts"),
                "Help",
                self.show_shortcuts,
                "F1",
            ),
            ActionSpec(
                "help.about",
                QT_TRANSLATE_NOOP("actions", "&About Thalweg"),
                "Help",
                self.show_about,
                section=90,
            ),
        ]

    # -- what they do -----------------------------------------------------------------------

    def open(self, paths: list[Path]) -> None:
        """Open files or folders in whatever workspace knows them."""
        missing = [path for path in paths if not path.exists()]
        if missing:
            self._host.show_error(InputError("file.missing", path=str(missing[0])))
        found = [path for path in paths if path.exists()]
        if found and not self._host.open_paths(found):
            self._host.show_error(InputError("file.not_for_us", path=str(found[0])))

    def ask_files(self) -> None:
        """Ask for files without blocking, then open them."""
        self._ask(QFileDialog.FileMode.ExistingFiles, self.tr("Open"))

    def ask_folder(self) -> None:
        self._ask(QFileDialog.FileMode.Directory, self.tr("Open Folder"))

    def _ask(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self._window.menuBar(), title)
        dialog.setObjectName("dialog.open")
        dialog.setFileMode(mode)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode is QFileDialog.FileMode.Directory)
        folder = self._host.settings.folder("files/folder")
        if folder:
            dialog.setDirectory(folder)
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self._host.settings.set_text("files/folder", str(folder))
            self.open(paths)

    def refresh_recent(self) -> None:
        """List the recent paths, the missing ones greyed with the reason."""
        menu = self.submenus[RECENT]
        for action in menu.actions():
            if action.data():
                menu.removeAction(action)
                action.deleteLater()
        before = menu.actions()[0] if menu.actions() else None
        for path in self._host.settings.recent():
            there = os.path.exists(path)  # false, too, where the name is none on this disk
            text = str(path) if there else self.tr("{path} (missing)").format(path=path)
            action = QAction(printable(text).replace("&", "&&"), menu)
            action.setData(path)  # as text it would lose what is no UTF-8
            action.setEnabled(there)
            if before is None:
                menu.addAction(action)
            else:
                menu.insertAction(before, action)

    def _open_recent(self, action: QAction) -> None:
        if action.data():
            self.open([action.data()])

    def clear_recent(self) -> None:
        self._host.settings.clear_recent()
        self.refresh_recent()

    def has_language(self, language: str) -> bool:
        return i18n.current() == language

    def choose_language(self, language: str, checked: bool = True) -> None:
        self._host.set_language(language)

    def has_theme(self, mode: theme.Mode) -> bool:
        return theme.mode() is mode

    def choose_theme(self, mode: theme.Mode, checked: bool = True) -> None:
        self._host.set_theme(mode)

    def toggle_fullscreen(self, checked: bool = False) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def show_shortcuts(self) -> None:
        from gui.widgets.dialogs.help import ShortcutList

        specs, tools = self._host.actions_in_use(), self._host.tool_keys()
        ShortcutList(specs, tools, self._window.menuBar()).open()

    def show_about(self) -> None:
        from gui.widgets.dialogs.help import About

        About(self._window.menuBar()).open()

    def clear_submenus(self) -> None:
        for menu in self.submenus.values():
            menu.clear()

    def retranslate(self) -> None:
        for title, menu in self.submenus.items():
            menu.setTitle(QCoreApplication.translate("actions", title))
