"""One run of the window, from arguments to exit code."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from gui.platform import first_imports  # noqa: F401

# isort: split
from PySide6.QtCore import QObject, QTimer

from engine.library_messages import quiet_libraries
from engine.signals import asked_to_end
from gui import app
from gui.automation import Inspector
from gui.window import FIRST_SIZE, Window
from gui.workspaces import workspace_names

FIRST_WORK_TIMEOUT_MS = 60_000
# Two frames of the bridge, so that what was just announced is painted.
SETTLE_MS = 100
TORCH = r"torch(\.|$)"  # the modules that warn about themselves while they are imported


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
    check(files, workspace, [screenshot, inspect])
    ignore_torch_warnings()
    quiet_libraries()
    application = app.build_application(sys.argv[:1])
    window = app.build_window(workspace=workspace or "", remember=screenshot is None)
    reporter = app.Reporter(window)
    collector = app.Collector(window)
    if inspect:
        Inspector(window, Path(inspect))
    photographer = Photographer(window, Path(screenshot)) if screenshot else None
    if photographer is not None:
        window.resize(FIRST_SIZE)
    if files:
        window.commands.open(files)
    quitter = Quitter(window)
    window.show()
    code = application.exec()
    quitter.stop()
    reporter.stop()
    collector.stop()
    if photographer is not None:
        code = photographer.code
    if not window.ended:
        leave(code)
    return code


def check(files: list[Path], workspace: str | None, targets: list[str | None]) -> None:
    """Refuse what cannot be used before anything is shown."""
    for path in files:
        if not path.exists():
            raise click.UsageError(f"{path}: there is no such file.")
    names = workspace_names()
    if workspace is not None and workspace not in names:
        known = ", ".join(names)
        raise click.UsageError(f"workspace '{workspace}' is unknown; there are: {known}.")
    for target in targets:
        if target is not None and not Path(target).absolute().parent.is_dir():
            raise click.UsageError(f"{target}: there is no such folder.")


def ignore_torch_warnings() -> None:
    """Keep torch's warnings about itself from stderr, whatever the threads import.

    Torch ignores them for as long as its import lasts; but the list of filters is the
    process's, and another worker that imports something at that moment puts the old
    list back. A filter that stands before there are workers is in every such list.
    """
    warnings.filterwarnings("ignore", module=TORCH)


def leave(code: int) -> None:
    """Exit although a worker is still inside one long kernel.

    It cannot be interrupted there, and when the interpreter is taken down around
    it, it crashes on its way back into Python. All that had to be kept is kept:
    the settings are synced, and results are written to a temporary name first.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class Quitter(QObject):
    """Closes the window when the terminal or the session asks the process to end.

    Python runs the handler between two of its own instructions; the collector's
    timer sees to it that there are some even while Qt waits.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._signals = ExitStack()
        self._signals.enter_context(asked_to_end(self._close))

    def _close(self, _number: int) -> None:
        self._window.close()

    def stop(self) -> None:
        self._signals.close()


class Photographer(QObject):
    """Waits for the first work, saves the whole window, and closes it."""

    def __init__(self, window: Window, path: Path) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._taken = False
        self.code = 2
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._take)
        self._timer.start(FIRST_WORK_TIMEOUT_MS)
        window.first_work_done.connect(self._ready)
        window.painted.connect(self._hurry)

    def _hurry(self) -> None:
        """Nobody will press Play for a screenshot: the workspace shows its first result."""
        front = self._window.current()
        if front is not None:
            front.finish_first_work()

    def _ready(self) -> None:
        if not self._taken:
            self._timer.start(SETTLE_MS)

    def _take(self) -> None:
        if self._taken:
            return
        self._taken = True
        if self._window.grab().save(str(self._path)):
            self.code = 0
        else:
            click.echo(f"thalweg: {self._path}: the picture could not be written.", err=True)
        self._window.close()
