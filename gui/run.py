"""One run of the window, from arguments to exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from PySide6.QtCore import QObject, QTimer

from gui import app
from gui.inspection import Inspector
from gui.window import Window, workspace_names

FIRST_WORK_TIMEOUT_MS = 60_000


def run(
    paths: Sequence[str],
    *,
    workspace: str | None = None,
    screenshot: str | None = None,
    inspect: str | None = None,
) -> int:
    """Open the window and stay until it is closed.

    Returns:
        The exit code.

    Raises:
        click.UsageError: a path that is not there, or an unknown workspace.
    """
    files = [Path(path) for path in paths]
    for path in files:
        if not path.exists():
            raise click.UsageError(f"{path}: there is no such file.")
    names = workspace_names()
    if workspace and workspace not in names:
        known = ", ".join(names)
        raise click.UsageError(f"Workspace '{workspace}' is unknown; there are: {known}.")
    for target in (screenshot, inspect):
        if target and not Path(target).absolute().parent.is_dir():
            raise click.UsageError(f"{target}: there is no such folder.")

    application = app.build_application(sys.argv[:1])
    window = app.build_window(workspace=workspace or "")
    reporter = app.Reporter(window)
    collector = app.Collector(window)
    if files:
        window.commands.open(files)
    if inspect:
        Inspector(window, Path(inspect))
    photographer = Photographer(window, Path(screenshot)) if screenshot else None
    window.show()
    code = application.exec()
    collector.stop()
    sys.excepthook = sys.__excepthook__
    del reporter
    return photographer.code if photographer is not None else code


class Photographer(QObject):
    """Waits for the first work, saves the whole window, and closes it."""

    def __init__(self, window: Window, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self.code = 1
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._take)
        self._late.start(FIRST_WORK_TIMEOUT_MS)
        window.first_work_done.connect(self._ready)
        window.painted.connect(self._finish)

    def _finish(self) -> None:
        front = self._window.current()
        if front is not None:
            front.finish_first_work()

    def _ready(self) -> None:
        # Let what was just announced be painted.
        QTimer.singleShot(100, self._take)

    def _take(self) -> None:
        if not self._late.isActive() and self.code == 0:
            return
        self._late.stop()
        if self._window.grab().save(str(self._path)):
            self.code = 0
        else:
            click.echo(f"thalweg: {self._path}: the picture could not be written.", err=True)
            self.code = 2
        self._window.close()
