"""Make the application and the window; nothing here imports torch."""

from __future__ import annotations

import gc
import sys
import traceback
from importlib.resources import files
from pathlib import Path
from types import TracebackType

from gui.platform import first_imports  # noqa: F401

# isort: split
from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from gui import i18n, icons, theme
from gui.appearance import apply
from gui.settings import Settings
from gui.window import Window

COLLECT_INTERVAL_MS = 500
MIDDLE_ROUNDS, OLD_ROUNDS = 10, 40
MANY_MODULES = 20
FAMILY = "Inter"
TEXT_PX = 13
# What the offscreen platform says of every window, though nothing is wrong.
HARMLESS = ("This plugin does not support propagateSizeHints()",)


def report_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own complaints, on stderr as ever, without the known false ones."""
    if text not in HARMLESS:
        print(text, file=sys.stderr)


def build_application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, dressed; the existing one when there is one."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments or ["thalweg"])
    app.setApplicationName("thalweg")
    app.setApplicationDisplayName("Thalweg")
    app.setDesktopFileName("thalweg")
    app.setStyle("Fusion")
    if existing is None:
        qInstallMessageHandler(report_qt)
    app.setFont(build_font(app.font()))
    app.setWindowIcon(QIcon(str(icons.folder() / "thalweg.svg")))
    return app


def build_font(fallback: QFont) -> QFont:
    """The program's own type, which has Cyrillic and figures of one width.

    With the desktop's font the layout would hang on what is installed there; that
    one still serves the letters which ours lacks.
    """
    font = QFont(fallback)
    for path in sorted((Path(str(files("resources"))) / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) >= 0:
            font = QFont([FAMILY, *fallback.families()])
    font.setPixelSize(TEXT_PX)
    # Hinted outlines of this size look bold and uneven on Linux.
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def build_window(
    settings: Settings | None = None, *, workspace: str = "", remember: bool = True
) -> Window:
    """The main window, not yet shown.

    Args:
        settings: where things are remembered; the user's own by default.
        workspace: name of the workspace to show first; the remembered one by default.
        remember: bring back and keep geometry and panels.
    """
    build_application()
    settings = settings or Settings()
    i18n.apply(settings.text("view/language") or i18n.preferred())
    try:
        chosen = theme.Mode(settings.text("view/theme", theme.Mode.SYSTEM.value))
    except ValueError:
        chosen = theme.Mode.SYSTEM
    apply(chosen)
    return Window(settings, workspace=workspace, remember=remember)


class Collector(QObject):
    """Collects cyclic garbage on the window's thread only.

    Python collects on whichever thread allocates; on a worker that would delete
    Qt objects on the wrong thread, and Qt aborts.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._rounds = 0
        self._modules = len(sys.modules)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(COLLECT_INTERVAL_MS)
        window.first_work_done.connect(self.settle)

    def settle(self) -> None:
        """Torch and the window are there to stay: no round looks at them again.

        Without this a full round walks half a million objects and drops frames.
        """
        self._modules = len(sys.modules)
        gc.freeze()

    def collect(self) -> None:
        """The young often, the old rarely; while a worker imports, nothing."""
        if len(sys.modules) >= self._modules + MANY_MODULES:
            self.settle()
            return
        self._rounds += 1
        if gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(0)
        if self._rounds % MIDDLE_ROUNDS == 0:
            gc.collect(2 if self._rounds % OLD_ROUNDS == 0 else 1)

    def stop(self) -> None:
        self._timer.stop()
        gc.unfreeze()
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

    def stop(self) -> None:
        sys.excepthook = sys.__excepthook__
