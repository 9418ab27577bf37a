"""Actions as records: menus, shortcuts and the shortcut list are built from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui import icons
from gui.i18n import QT_TRANSLATE_NOOP

# The menus, left to right.
MENUS = ("File", "Edit", "View", "Run", "Lecture", "Help")
MENU_TITLES = {
    "File": QT_TRANSLATE_NOOP("actions", "&File"),
    "Edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "View": QT_TRANSLATE_NOOP("actions", "&View"),
    "Run": QT_TRANSLATE_NOOP("actions", "&Run"),
    "Lecture": QT_TRANSLATE_NOOP("actions", "&Lecture"),
    "Help": QT_TRANSLATE_NOOP("actions", "&Help"),
}


@dataclass(frozen=True)
class ActionSpec:
    """One thing a person can do.

    Attributes:
        id: dotted name, also the QAction's objectName.
        text: English, marked with QT_TRANSLATE_NOOP("actions", ...).
        menu: one of `MENUS`.
        callback: a bound method; gets the checked state when `checkable`.
        shortcut: keys in portable text; several are separated by a space.
        checkable: shown with a tick.
        canvas_only: the keys work while the workspace's canvas has the focus only,
            so that plain letters and Space never steal a button's or field's key.
        icon: name of an icon of resources/icons.
        section: a line separates different sections of a menu; workspaces use 10 to 80.
        submenu: English title of a submenu, marked as `text`.
        checked: asked for the tick each time the menu opens.
        enabled: asked each time the menu opens; also before the callback runs.
        label: asked for the translated text each time the menu opens, for texts that change.
        group: checkable actions of one group exclude each other, as radio buttons.
    """

    id: str
    text: str
    menu: str
    callback: Callable[..., Any]
    shortcut: str = ""
    checkable: bool = False
    canvas_only: bool = False
    icon: str = ""
    section: int = 10
    submenu: str = ""
    checked: Callable[[], bool] | None = None
    enabled: Callable[[], bool] | None = None
    group: str = ""
    label: Callable[[], str] | None = None


@dataclass(frozen=True)
class ToolKeys:
    """Keys that a tool of a workspace hears itself while it is on: no menu has them.

    Attributes:
        title: English name of the tool, marked as an `ActionSpec`'s text.
        rows: what each does, marked likewise, and its keys as in `ActionSpec.shortcut`.
    """

    title: str
    rows: tuple[tuple[str, str], ...]


class Action(QAction):
    """The QAction of a record."""

    def __init__(self, spec: ActionSpec, parent: QObject, *canvases: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        self._canvases: tuple[QWidget, ...] = ()
        self.setObjectName(spec.id)
        self.setCheckable(spec.checkable)
        self.setShortcuts([QKeySequence(keys) for keys in spec.shortcut.split()])
        self.listen_on(*canvases)
        if spec.icon and not spec.checkable:  # an icon would stand in the tick's place
            icons.set_icon(self, spec.icon, token="muted")
        self.retranslate()
        self.triggered.connect(self.run)

    def run(self, checked: bool = False) -> None:
        """Do it, unless the record says that it cannot be done now."""
        if self.spec.enabled is not None and not self.spec.enabled():
            return
        if self.spec.checkable:
            self.spec.callback(checked)
        else:
            self.spec.callback()

    def listen_on(self, *canvases: QWidget) -> None:
        """Let keys for canvases alone work on these, too."""
        if self.spec.canvas_only:
            new = [canvas for canvas in canvases if canvas not in self._canvases]
            self._canvases += tuple(new)
            for canvas in new:
                self.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                canvas.addAction(self)

    def hears(self, focus: QWidget | None) -> bool:
        """Whether the keys work while this widget has the focus."""
        if not self._canvases:
            return True
        return focus is not None and any(
            focus is canvas or canvas.isAncestorOf(focus) for canvas in self._canvases
        )

    def refresh(self) -> None:
        """Ask the record for tick, availability and text."""
        if self.spec.label is not None:
            self.retranslate()
        if self.spec.checked is not None:
            self.setChecked(self.spec.checked())
        if self.spec.enabled is not None:
            self.setEnabled(self.spec.enabled())

    def retranslate(self) -> None:
        text = QCoreApplication.translate("actions", self.spec.text)
        if self.spec.label is not None:
            text = self.spec.label()
        self.setText(text)
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = text.replace("&", "").rstrip("…")
        self.setToolTip(f"{plain} ({keys})" if keys else plain)


class MenuFiller(QObject):
    """Fills one menu from actions and keeps ticks up to date when it opens."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        menu.aboutToShow.connect(self.refresh)
        menu.aboutToHide.connect(self.release)

    def fill(self, actions: Iterable[Action], submenus: dict[str, QMenu]) -> None:
        """Show the actions by section, in their order, and put a line between sections.

        Args:
            actions: of this menu only.
            submenus: ready submenus by English title, for records that name them.
        """
        self._menu.clear()
        section: int | None = None
        shown: set[str] = set()
        for action in sorted(actions, key=section_of):
            if section is not None and action.spec.section != section:
                self._menu.addSeparator()
            section = action.spec.section
            title = action.spec.submenu
            if not title:
                self._menu.addAction(action)
                continue
            if title not in shown:
                shown.add(title)
                self._menu.addMenu(submenus[title])
            submenus[title].addAction(action)

    def refresh(self) -> None:
        for action in self._menu.actions():
            if isinstance(action, Action):
                action.refresh()

    def release(self) -> None:
        """What could not be done when the menu opened may be later, by its keys."""
        for action in self._menu.actions():
            if isinstance(action, Action):
                action.setEnabled(True)


def section_of(action: Action) -> int:
    return action.spec.section
