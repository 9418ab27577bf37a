"""Puts a theme on the application and its windows: palette, plots, style sheets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui import stylesheet
from gui.theme import DARK, LIGHT, Mode, Theme, current, notifier, system_theme


def apply(chosen: Mode) -> None:
    """Put a theme on the application: palette, plots, and tell the windows and the painters."""
    teller = notifier()
    first = teller.mode is Mode.SYSTEM and not teller.property("connected")
    if first:
        teller.setProperty("connected", True)
        QGuiApplication.styleHints().colorSchemeChanged.connect(follow_system)
    teller.mode = chosen
    teller.theme = {Mode.DARK: DARK, Mode.LIGHT: LIGHT}.get(chosen) or system_theme()
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setPalette(palette(teller.theme))
    configure_plots(teller.theme)
    teller.changed.emit()


def follow_system() -> None:
    """Put the desktop's theme on the application where the user follows it."""
    if notifier().mode is Mode.SYSTEM:
        apply(Mode.SYSTEM)


def configure_plots(theme: Theme) -> None:
    """New plots take these colours; living ones follow `notifier().changed`."""
    import pyqtgraph

    pyqtgraph.setConfigOptions(
        imageAxisOrder="row-major",
        background=theme.panel,
        foreground=theme.muted,
        antialias=False,
        # It drops moves that come within 10 ms: after a long frame, a whole drag.
        mouseRateLimit=-1,
    )


def palette(theme: Theme) -> QPalette:
    """Qt's own colours for what the style sheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    tokens = {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "panel",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "error",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Highlight: "selection",
        role.HighlightedText: "text",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Accent: "accent",
        role.Light: "hover",
        role.Midlight: "hover",
        role.Mid: "border",
        role.Dark: "border",
        role.Shadow: "casing",
    }
    for key, token in tokens.items():
        result.setColor(key, theme.color(token))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, theme.color("disabled"))
    return result


def put_on(part: QWidget) -> None:
    """Let a part of a window wear the sheet of the theme that is shown now."""
    part.setStyleSheet(stylesheet.build(current()))


class WindowStyle(QObject):
    """Keeps the sheet on the parts of a window; a dialog wears that of the part it belongs to.

    Each part wears its own. As the application's, Qt would polish each of a thousand widgets
    once for itself and once more for every widget around it; as the window's, all of them at
    once, however few are seen.
    """

    def __init__(self, window: QWidget, parts: Callable[[], list[QWidget]]) -> None:
        """Dress the window.

        Args:
            parts: gives what is in the window now; none lies inside another.
        """
        super().__init__(window)
        self._window = window
        self._parts = parts
        self._seen: list[QWidget] = []  # what still wears the sheet of before
        self._hidden: list[QWidget] = []
        notifier().changed.connect(self.restyle)
        for part in parts():
            put_on(part)

    def restyle(self) -> None:
        """Follow the theme part by part, so that the window answers in between.

        What is seen comes first, and is painted once all of it wears the new sheet.
        """
        self._seen, self._hidden = [], []
        for part in self._parts():
            (self._hidden if part.isHidden() else self._seen).append(part)
        self._window.setUpdatesEnabled(False)
        QTimer.singleShot(0, self, self._restyle_next)

    def _restyle_next(self) -> None:
        waiting = self._seen or self._hidden
        if waiting and isValid(part := waiting.pop()):
            put_on(part)
        if not self._seen and not self._window.updatesEnabled():
            self._window.setUpdatesEnabled(True)
        if self._seen or self._hidden:
            QTimer.singleShot(0, self, self._restyle_next)
