"""The list of keys and the About box; both leave the window usable."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.actions import MENU_TITLES, MENUS, ActionSpec, ToolKeys

ABOUT_PX = 520
PACKAGES = ("torch", "torchvision", "PySide6_Essentials", "pyqtgraph", "numpy")


class Dialog(QDialog):
    """A dialog that deletes itself and has one Close button at its foot."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 16)
        self.column.setSpacing(16)

    def add_close(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        self.column.addWidget(buttons)

    def open(self) -> None:
        """Show without blocking the window behind."""
        self.show()


class ShortcutList(Dialog):
    """Every action in use that has a key, by menu."""

    def __init__(
        self, specs: Sequence[ActionSpec], tools: Sequence[ToolKeys], parent: QWidget
    ) -> None:
        super().__init__("dialog.shortcuts", parent)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        body = QWidget(self)
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 16, 0)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(6)
        for menu in MENUS:
            chosen = [spec for spec in specs if spec.menu == menu and spec.shortcut]
            chosen.sort(key=section)
            self._add(MENU_TITLES[menu], [(spec.text, spec.shortcut) for spec in chosen])
        for tool in tools:
            self._add(tool.title, tool.rows)
        note = QLabel(self.tr("Single letters and Space work while the picture has the focus."))
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        scroll = QScrollArea(self)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(body.minimumSizeHint().width() + scroll.verticalScrollBar().width())
        self.column.addWidget(scroll, 1)
        self.column.addWidget(note)
        self.add_close()
        self.resize(520, 560)

    def _add(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """A heading and its keys; neither where there are no keys."""
        if not rows:
            return
        grid, body = self._grid, self._grid.parentWidget()
        row = grid.rowCount() if grid.count() else 0
        heading = QLabel(_translated(title).replace("&", ""), body)
        heading.setProperty("role", "section")
        heading.setContentsMargins(0, 8 if row else 0, 0, 0)
        grid.addWidget(heading, row, 0, 1, 2)
        for place, (text, shortcut) in enumerate(rows, row + 1):
            grid.addWidget(QLabel(_translated(text).replace("&", "").rstrip("…"), body), place, 0)
            keys = QLabel(key_text(shortcut), body)
            keys.setProperty("role", "muted")
            keys.setFont(theme.tabular(keys.font()))
            grid.addWidget(keys, place, 1)


class About(Dialog):
    """What this is, and the versions a report of a fault needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("dialog.about", parent)
        self.setWindowTitle(self.tr("About Thalweg"))
        row = QHBoxLayout()
        row.setSpacing(16)
        sign = QLabel(self)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(icons.pixmap("thalweg", "#ffffff", 64, ratio=ratio))
        sign.setPixmap(picture)
        sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(sign)
        words = QVBoxLayout()
        words.setSpacing(theme.GAP)
        heading = QLabel("Thalweg " + version_of("thalweg"), self)
        heading.setProperty("role", "heading")
        words.addWidget(heading)
        text = QLabel(
            self.tr(
                "See how training moves and what a two-stage detector sees. "
                "A thalweg is the line along the bottom of a valley: the path "
                "that a good optimizer finds."
            ),
            self,
        )
        text.setWordWrap(True)
        words.addWidget(text)
        facts = [f"Python {platform.python_version()}"]
        facts += [f"{name.removesuffix('_Essentials')} {version_of(name)}" for name in PACKAGES]
        versions = QLabel(" · ".join(facts), self)
        versions.setObjectName("about.versions")
        versions.setProperty("role", "muted")
        versions.setWordWrap(True)
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(versions)
        licence = QLabel(self.tr("Free software under the Apache License 2.0."), self)
        licence.setProperty("role", "muted")
        words.addWidget(licence)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        self.add_close()
        # Wrapped labels do not ask for their height by themselves.
        self.resize(ABOUT_PX, self.column.heightForWidth(ABOUT_PX))


def section(spec: ActionSpec) -> int:
    return spec.section


def version_of(package: str) -> str:
    """A package's version without importing it."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def key_text(shortcut: str) -> str:
    """Keys as this desktop writes them."""
    return ", ".join(
        QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        for keys in shortcut.split()
    )


def _translated(text: str) -> str:
    return QCoreApplication.translate("actions", text)
