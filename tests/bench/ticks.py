"""The window's 16 ms tick while the lanes work: race, inference, training."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.table import Row, percentile

TICK_MS, LIMIT_MS = 16, 33
SECONDS = 12.0
WORKS = {
    "race": "a race of three optimizers is played",
    "tasks": "three optimizers learn digits, and their nets are drawn",
    "inference": "the people model looks at a picture again and again",
    "training": "a model trains on shapes",
}


def measure() -> list[Row]:
    """Each work in a window of its own."""
    rows = []
    for name, words in WORKS.items():
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.ticks", name],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        p99, worst, count = (float(word) for word in done.stdout.split()[-3:])
        note = f"{count:.0f} ticks, worst {worst:.0f} ms"
        rows.append(Row(f"Tick of 16 ms, p99, while {words}", p99, "ms", LIMIT_MS, note=note))
    return rows


def watch(name: str) -> None:
    """Print p99 and the longest distance of two ticks, and how many there were."""
    from tests.hands.program import private_environment

    home = tempfile.mkdtemp()
    os.environ.update(private_environment(Path(home)))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["THALWEG_RUNS"] = str(Path(home) / "runs")

    from PySide6.QtCore import QObject, Qt, QTimer
    from PySide6.QtWidgets import QAbstractButton

    from gui import app as house

    application = house.build_application(["thalweg"])
    workspace = {"race": "descent", "tasks": "networks", "inference": "detection"}.get(name, name)
    window = house.build_window(workspace=workspace)

    class Watch(QObject):
        """Keeps the work going, and writes down the distance between ticks once it goes."""

        def __init__(self) -> None:
            super().__init__()
            self.distances: list[float] = []
            self.last = 0.0
            self.began = 0.0
            self.timer = QTimer(self)
            self.timer.setTimerType(Qt.TimerType.PreciseTimer)
            self.timer.timeout.connect(self.tick)
            self.timer.start(TICK_MS)
            self.nudge = QTimer(self)
            self.nudge.timeout.connect(self.work)
            self.nudge.start(100)

        def work(self) -> None:
            room = window.current()
            if name == "race":
                if not room.player.playing and room.player.available >= room.player.total > 0:
                    room.player.play()
                going = room.player.playing
            elif name == "tasks":
                going = self.learn(room)
            elif name == "inference":
                button = window.findChild(QAbstractButton, "detection.run.button")
                going = room.session.inspection is not None  # none while it runs again
                if button.isEnabled():
                    button.click()
            else:
                button = window.findChild(QAbstractButton, "training.start.button")
                if button.isEnabled():
                    button.click()
                going = any(room.curves.values().values())
            if going and not self.began:
                self.began = time.perf_counter()
                self.last = self.began

        def learn(self, networks: Any) -> bool:
            """Choose the digits, and play their race again and again."""
            networks.show_page("tasks")
            page = networks.page
            if page.store.setup.fit.task != "digits":
                page.editor.choose_task("digits")
            elif not page.player.playing and page.player.available > 0:
                page.player.play()
            return bool(page.player.playing)

        def tick(self) -> None:
            now = time.perf_counter()
            if self.began:
                self.distances.append((now - self.last) * 1000)
                self.last = now
                if now - self.began > SECONDS:
                    window.close()
                    application.exit()

    watch = Watch()
    collector = house.Collector(window)
    window.show()
    application.exec()
    collector.stop()
    print(percentile(watch.distances, 99), max(watch.distances), len(watch.distances))
    sys.stdout.flush()
    os._exit(0)  # a training step may still be at work on its daemon thread


if __name__ == "__main__":
    watch(sys.argv[1])
