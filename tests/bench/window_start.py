"""How long until the window is visible, beside a bare window with one empty plot."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Row

ROUNDS = 5
# Each prints the seconds from its first line to the end of its first paint.
BARE = """
import time; began = time.perf_counter()
import pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.done)
    def done(self):
        print(time.perf_counter() - began)
        app.exit()
window = QMainWindow()
window.setCentralWidget(Plot())
window.resize(1280, 800)
window.show()
app.exec()
"""
OURS = """
import time; began = time.perf_counter()
import sys
from gui import app as house  # the first to be imported, as in the program
from PySide6.QtCore import QObject
application = house.build_application(["thalweg"])
window = house.build_window(workspace="descent")
class Done(QObject):
    def tell(self):
        print(time.perf_counter() - began, "torch" in sys.modules)
        application.exit()
done = Done()
window.painted.connect(done.tell)
window.show()
application.exec()
"""
TORCH = "import time; began = time.perf_counter(); import torch; print(time.perf_counter() - began)"


def seconds(code: str, home: str) -> float:
    """One run's time to the first paint, with modules that an earlier run has compiled."""
    from tests.hands.program import private_environment

    environment = private_environment(Path(home)) | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(Path(home) / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program's are written
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    words = done.stdout.split()
    assert words[1:] in ([], ["False"]), "the window imported torch"
    return float(words[0])


def measure() -> list[Row]:
    times: dict[str, list[float]] = {BARE: [], OURS: [], TORCH: []}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(ROUNDS):
            # In turn, so that what else the machine does falls on all alike.
            for code, taken in times.items():
                taken.append(seconds(code, home))
    bare, ours, torch = (min(taken) for taken in times.values())
    note = f"bare {bare:.2f} s, import torch {torch:.2f} s"
    return [
        Row(
            "Window visible, over a bare window with one plot",
            ours / bare,
            "x",
            1.5,
            note="Descent",
        ),
        Row("Window visible", ours, "s", note=note),
    ]
