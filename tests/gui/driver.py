"""Run the program in a process of its own and close the window in the middle of work.

python -m tests.gui.driver race|inference|training|idle|signal
"""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QObject, QTimer

from gui import app, run
from gui.window import Window

WORKSPACES = {
    "race": "descent",
    "inference": "detection",
    "training": "training",
    "signal": "training",
    "idle": None,
}


class Hand(QObject):
    """Starts the work, and closes the window once that has shown something."""

    def __init__(self, window: Window, work: str) -> None:
        super().__init__(window)
        self._window = window
        self._work = work
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(10)
        window.first_work_done.connect(self._begin)
        if work in ("inference", "idle", "signal"):
            # An inference is the first work itself: closed as soon as it runs.
            window.painted.connect(self._begin)
        self._begun = False

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        if self._work == "race":
            action = self._window.action("descent.play")
            assert action is not None
            action.trigger()
        elif self._work == "training":
            form = self._window.current().form  # type: ignore[union-attr]
            form.net.start.setCurrentIndex(form.net.start.findData("nothing"))
            form.start_button.click()

    def _look(self) -> None:
        if not self._begun:
            return
        bridge = self._window.bridge
        if self._work == "race" and bridge.job("descent.race") is None and not bridge.busy():
            return
        if self._work == "training" and not any(
            self._window.current().curves.values().values()  # type: ignore[union-attr]
        ):
            return
        if self._work == "inference" and not bridge.busy():
            return
        self._timer.stop()
        if self._work == "signal":
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            self._window.close()


def main() -> int:
    work = sys.argv[1]
    original = app.build_window

    def build(*args: object, **settings: object) -> Window:
        window = original(*args, **settings)  # type: ignore[arg-type]
        Hand(window, work)
        return window

    app.build_window = build
    return run.run([], workspace=WORKSPACES[work])


if __name__ == "__main__":
    sys.exit(main())
