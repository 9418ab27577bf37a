"""Basins while a hand drags the learning rate: pictures a second, and the window's own tick.

Before that, the tick while the steps of several rules are compiled for the first time: one rule
after another is chosen, each map is waited for; and once more, when nothing is left to compile, as
choosing a rule shows its form and its vectors too.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.bench.table import Row, percentile

SECONDS = 8.0
MOVE_MS, TICK_MS = 16, 16
REST_MS = 2000  # from the window's first work to the first map
REACH = 60  # ticks of the slider, there and back
RULES = ("sgd", "nesterov", "rmsprop", "adam", "lion", "adagrad", "momentum")  # the last is dragged


def measure() -> list[Row]:
    """256 x 256 starts of momentum on Himmelblau, 200 steps."""
    from tests.hands.program import private_environment

    os.environ.update(private_environment(Path(tempfile.mkdtemp())))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from PySide6.QtCore import QObject, Qt, QTimer

    from gui import app as house

    application = house.build_application(["thalweg"])
    window = house.build_window(workspace="descent")
    room = window.current()

    class Hand(QObject):
        """Drags the slider once the first map is whole, and counts what is shown."""

        def __init__(self) -> None:
            super().__init__()
            self.distances: list[float] = []
            self.compiling: list[float] = []  # while a map of a new rule is awaited
            self.choosing: list[float] = []  # the same when all are compiled
            self.firsts: list[float] = []
            self.rules = [*RULES, *RULES]
            self.shown = self.moves = 0
            self.began = self.worked = 0.0
            self.asked = self.last = time.perf_counter()
            room.basins.drawn.connect(self.count)
            self.mover, self.ticker = QTimer(self), QTimer(self)
            self.ticker.setTimerType(Qt.TimerType.PreciseTimer)
            self.mover.timeout.connect(self.move)
            self.ticker.timeout.connect(self.tick)
            self.mover.start(MOVE_MS)
            self.ticker.start(TICK_MS)

        def count(self, ground: object) -> None:
            self.shown += bool(self.began)
            if self.began or not ground.final:  # type: ignore[attr-defined]
                return
            if len(self.rules) >= len(RULES):
                self.firsts.append(time.perf_counter() - self.asked)
            if self.rules:
                QTimer.singleShot(0, self.next_rule)
                return
            self.began = time.perf_counter()
            self.worked = time.process_time()
            room.basins.bar.rate.setSliderDown(True)

        def next_rule(self) -> None:
            name = self.rules.pop(0)
            self.asked = time.perf_counter()
            room.optimizers.choose(name)

        def move(self) -> None:
            if self.began:
                self.moves += 1
                slider = room.basins.bar.rate
                slider.setValue(slider.value() + (1 if self.moves // REACH % 2 else -1))

        def tick(self) -> None:
            now = time.perf_counter()
            first = len(self.rules) >= len(RULES)
            waited = self.compiling if first else self.choosing
            (self.distances if self.began else waited).append((now - self.last) * 1000)
            self.last = now
            if self.began and now - self.began > SECONDS:
                room.basins.bar.rate.setSliderDown(False)
                window.close()
                application.exit()

    window.show()
    room.editor.choose_surface("himmelblau")
    room.editor.set_race_value("steps", 200)
    for name in ("adadelta", *RULES):
        if room.setup.entry(name) is None:
            room.editor.add(name)
            room.editor.enable(name, False)
    room.optimizers.choose("adadelta")
    hands: list[Hand] = []

    def ask() -> None:
        """Ask for the basins when torch is loaded and the window is at rest."""
        hands.append(Hand())
        room.basins.choose("basins")

    room.first_work_done.connect(lambda: QTimer.singleShot(REST_MS, ask))
    application.exec()
    hand = hands[0]
    taken = time.perf_counter() - hand.began
    cpu = (time.process_time() - hand.worked) / max(1, hand.shown) * 1000
    p99 = percentile(hand.distances, 99)
    note = f"a move every {MOVE_MS} ms, {cpu:.0f} ms of the processors a picture"
    first = f"{max(hand.firsts):.1f} s to a whole map at most; the same rules chosen again"
    first += f" {percentile(hand.choosing, 99):.0f} ms"
    return [
        Row("Basins of 256x256 starts recoloured while lr is dragged", hand.shown / taken,
            "pictures/s", 25, at_least=True, note=note),
        Row("Tick of 16 ms, p99, while the basins are recoloured", p99, "ms", 33),
        Row("Tick of 16 ms, p99, while steps are compiled for the first time",
            percentile(hand.compiling, 99), "ms", 33, note=first),
    ]  # fmt: skip
