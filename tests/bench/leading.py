"""A racer's whole path while a hand drags its learning rate: frames a second, and the tick."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.bench.table import Row, percentile

SECONDS = 8.0
MOVE_MS, TICK_MS = 16, 16
REST_MS = 2000  # from the window's first work to the hand's press
REACH = 60  # ticks of the slider, there and back
STEPS = 300


def measure() -> list[Row]:
    """The paths of three optimizers on Rosenbrock's valley; Momentum's is led."""
    from tests.hands.program import private_environment

    os.environ.update(private_environment(Path(tempfile.mkdtemp())))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtCore import QObject, Qt, QTimer

    from gui import app as house
    from gui.descent.preview.layer import PathPreviewLayer

    application = house.build_application(["thalweg"])
    window = house.build_window(workspace="descent")
    room = window.current()
    painted: list[object] = []
    paint = PathPreviewLayer.paint

    def watched(layer: PathPreviewLayer, *given: object) -> None:
        paint(layer, *given)  # type: ignore[arg-type]
        if layer.now.size and (not painted or painted[-1] is not layer.now):
            painted.append(layer.now)

    PathPreviewLayer.paint = watched  # type: ignore[method-assign]

    class Hand(QObject):
        """Drags the slider, and counts the paths that are painted."""

        def __init__(self) -> None:
            super().__init__()
            self.distances: list[float] = []
            self.moves = 0
            self.slider = room.basins.bar.rate
            self.slider.setSliderDown(True)
            self.began = self.last = time.perf_counter()
            self.worked = time.process_time()
            self.mover, self.ticker = QTimer(self), QTimer(self)
            self.ticker.setTimerType(Qt.TimerType.PreciseTimer)
            self.mover.timeout.connect(self.move)
            self.ticker.timeout.connect(self.tick)
            self.mover.start(MOVE_MS)
            self.ticker.start(TICK_MS)

        def move(self) -> None:
            self.moves += 1
            self.slider.setValue(self.slider.value() + (1 if self.moves // REACH % 2 else -1))

        def tick(self) -> None:
            now = time.perf_counter()
            self.distances.append((now - self.last) * 1000)
            self.last = now
            if now - self.began > SECONDS:
                self.slider.setSliderDown(False)
                window.close()
                application.exit()

    window.show()
    room.editor.set_race_value("steps", STEPS)
    room.optimizers.choose("momentum")
    hands: list[Hand] = []
    room.first_work_done.connect(lambda: QTimer.singleShot(REST_MS, lambda: hands.append(Hand())))
    application.exec()
    hand = hands[0]
    taken = time.perf_counter() - hand.began
    cpu = (time.process_time() - hand.worked) / max(1, len(painted)) * 1000
    note = f"{STEPS} steps, a move every {MOVE_MS} ms, {cpu:.0f} ms of the processors a path"
    return [
        Row("Whole paths painted while lr is dragged", len(painted) / taken,
            "1/s", 30, at_least=True, note=note),
        Row("Tick of 16 ms, p99, while a whole path is led by a slider",
            percentile(hand.distances, 99), "ms", 33),
    ]  # fmt: skip
