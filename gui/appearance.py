"""Puts a theme on the application: palette, icons, plots; each window wears its style sheet."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.theme import DARK, LIGHT, Mode, Theme, notifier, system_theme


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
