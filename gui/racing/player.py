"""Where in the race the window is: play, pause, step and jump."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from gui.actions import ActionSpec
from gui.i18n import QT_TRANSLATE_NOOP

INTERVAL_MS = 16
SPEEDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)  # steps a second
DEFAULT_SPEED = 50
LEAP = 10  # steps of a large step


class Player(QObject):
    """A playhead that follows the clock over the steps computed so far.

    Signals:
        moved: the step shown now.
        range_changed: another number of steps, or more of them are computed.
        waiting_changed: whether a step is wanted that is not computed yet.
        playing_changed: whether it plays.
        speed_changed: steps a second.
    """

    moved = Signal(int)
    playing_changed = Signal(bool)
    speed_changed = Signal(int)
    waiting_changed = Signal(bool)
    range_changed = Signal()

    def __init__(self, parent: QObject | None = None, *, speed: int = DEFAULT_SPEED) -> None:
        """
        Args:
            speed: one of `SPEEDS`.
        """
        super().__init__(parent)
        self.step = 0
        self.total = 0
        self.available = 0
        self.speed = speed
        self._exact = 0.0
        self._wanted: int | None = None
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.tick)

    def actions(self, workspace: str, reset: Callable[[], None]) -> list[ActionSpec]:
        """The menu Run.

        Args:
            workspace: its name, with which the actions' names begin.
            reset: brings the race back to its start.
        """
        return [
            ActionSpec(
                f"{workspace}.play",
                QT_TRANSLATE_NOOP("actions", "&Play or Pause"),
                "Run",
                self.toggle,
                "Space K",
                canvas_only=True,
                icon="play",
            ),
            ActionSpec(
                f"{workspace}.step",
                QT_TRANSLATE_NOOP("actions", "One &Step On"),
                "Run",
                self.step_on,
                "Right .",
                canvas_only=True,
                icon="step",
            ),
            ActionSpec(
                f"{workspace}.step_back",
                QT_TRANSLATE_NOOP("actions", "One Step &Back"),
                "Run",
                self.step_back,
                "Left ,",
                canvas_only=True,
                icon="step-back",
            ),
            ActionSpec(
                f"{workspace}.leap",
                QT_TRANSLATE_NOOP("actions", "&Ten Steps On"),
                "Run",
                self.leap,
                "Shift+Right",
                canvas_only=True,
            ),
            ActionSpec(
                f"{workspace}.leap_back",
                QT_TRANSLATE_NOOP("actions", "Te&n Steps Back"),
                "Run",
                self.leap_back,
                "Shift+Left",
                canvas_only=True,
            ),
            ActionSpec(
                f"{workspace}.reset",
                QT_TRANSLATE_NOOP("actions", "Back to the S&tart"),
                "Run",
                reset,
                "R",
                canvas_only=True,
                icon="to-start",
            ),
            ActionSpec(
                f"{workspace}.end",
                QT_TRANSLATE_NOOP("actions", "To the &End"),
                "Run",
                self.to_end,
                "End",
                canvas_only=True,
                icon="to-end",
            ),
            ActionSpec(
                f"{workspace}.faster",
                QT_TRANSLATE_NOOP("actions", "&Faster"),
                "Run",
                self.faster,
                "]",
                canvas_only=True,
                section=20,
            ),
            ActionSpec(
                f"{workspace}.slower",
                QT_TRANSLATE_NOOP("actions", "S&lower"),
                "Run",
                self.slower,
                "[",
                canvas_only=True,
                section=20,
            ),
        ]

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def set_race(self, total: int) -> None:
        """Another race of `total` steps: nothing of it is computed yet, the place stays."""
        self.total = total
        self.available = 0
        self._want(None)
        self.range_changed.emit()
        if self.step > total:
            self.step = total
            self._exact = float(total)
            self.moved.emit(total)

    def set_available(self, step: int) -> None:
        """The last step that is computed."""
        self.available = step
        self.range_changed.emit()
        if self._wanted is not None:
            self.seek(self._wanted)

    @Slot()
    def toggle(self) -> None:
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Go on; from the beginning when the end is reached."""
        if self.total < 1 or self.playing:
            return
        if self.step >= self.total:
            self.seek(0)
        self._exact = float(self.step)
        self._clock.start()
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def seek(self, step: int) -> None:
        """Show a step; one that is not computed yet is shown once it is."""
        step = max(0, min(step, self.total))
        self._want(step if step > self.available else None)
        self._exact = float(min(step, self.available))
        self._move(int(self._exact))

    @property
    def wanted(self) -> int:
        """The step that is shown, or that is waited for."""
        return self.step if self._wanted is None else self._wanted

    @property
    def waiting(self) -> bool:
        """Whether a step is wanted that is not computed yet."""
        return self._wanted is not None

    def _want(self, step: int | None) -> None:
        before, self._wanted = self._wanted, step
        if (before is None) != (step is None):
            self.waiting_changed.emit(step is not None)

    def move(self, steps: int) -> None:
        """Pause and go some steps on or back, from the wanted step where one is waited for."""
        self.pause()
        self.seek(self.wanted + steps)

    def step_on(self) -> None:
        self.move(1)

    def step_back(self) -> None:
        self.move(-1)

    def leap(self) -> None:
        self.move(LEAP)

    def leap_back(self) -> None:
        self.move(-LEAP)

    def to_end(self) -> None:
        """Pause and show the last step."""
        self.pause()
        self.seek(self.total)

    def faster(self) -> None:
        self.change_speed(1)

    def slower(self) -> None:
        self.change_speed(-1)

    def set_speed(self, steps_per_second: int) -> None:
        if steps_per_second != self.speed:
            self.speed = steps_per_second
            self.speed_changed.emit(steps_per_second)

    def change_speed(self, places: int) -> None:
        """Faster or slower by so many places of `SPEEDS`."""
        near = min(range(len(SPEEDS)), key=self._distance)
        self.set_speed(SPEEDS[max(0, min(near + places, len(SPEEDS) - 1))])

    def _distance(self, place: int) -> int:
        return abs(SPEEDS[place] - self.speed)

    @Slot()
    def tick(self) -> None:
        passed_s = self._clock.restart() / 1000
        # Where the engine is behind, the playhead waits; it never goes back.
        ahead = min(self._exact + passed_s * self.speed, float(self.available))
        self._exact = max(self._exact, ahead)
        self._move(int(self._exact))
        if self.step >= self.total:
            self.pause()

    def _move(self, step: int) -> None:
        if step != self.step:
            self.step = step
            self.moved.emit(step)
