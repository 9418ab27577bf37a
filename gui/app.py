"""Make the application and the window; nothing here imports torch."""

from __future__ import annotations

import gc
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from gui import i18n, icons, theme
from gui.settings import Settings
from gui.window import Window

COLLECT_INTERVAL_MS = 500


def build_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, dressed; the existing one when there is one."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments or ["thalweg"])
    app.setApplicationName("thalweg")
    app.setApplicationDisplayName("Thalweg")
    app.setDesktopFileName("thalweg")
    app.setStyle("Fusion")
    font = QFont(app.font())
    font.setPixelSize(13)
    app.setFont(font)
    app.setWindowIcon(QIcon(str(icons.folder() / "thalweg.svg")))
    return app


def build_window(settings: Settings | None = None, *, workspace: str = "") -> Window:
    """The main window, not yet shown.

    Args:
        settings: where things are remembered; the user's own by default.
        workspace: name of the workspace to show first; the remembered one by default.
    """
    build_application()
    settings = settings or Settings()
    i18n.apply(settings.text("view/language") or i18n.preferred())
    try:
        chosen = theme.Mode(settings.text("view/theme", theme.Mode.SYSTEM.value))
    except ValueError:
        chosen = theme.Mode.SYSTEM
    theme.apply(chosen)
    return Window(settings, workspace=workspace)


class Collector(QObject):
    """Collects cyclic garbage on the window's thread only.

    Python collects on whichever thread allocates; on a worker that would delete
    Qt objects on the wrong thread, and Qt aborts.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(COLLECT_INTERVAL_MS)

    def collect(self) -> None:
        """The young often, the old rarely: a full round takes longer than a frame."""
        self._rounds += 1
        if gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(1 if self._rounds % 10 == 0 else 0)

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()


class Reporter(QObject):
    """Shows an exception of the window's own code in the window, and writes it to stderr."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        sys.excepthook = self.report

    def report(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception) and not self._window.closing:
            self._window.show_error(error)
