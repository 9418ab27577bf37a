"""Keeps a net, its training and the moment that is shown true to each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.networks.backprop.presets import HAND
from engine.networks.backprop.spec import BackpropSpec
from gui import number_text
from gui.bridge import Bridge, NewestJob
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore

if TYPE_CHECKING:
    from engine.networks.backprop.details import WeightDetails
    from engine.networks.backprop.moments import Course, Moment
    from engine.networks.backprop.training import Update

LANE = "descent"
TRAIN, MOMENT = "networks.backprop.train", "networks.backprop.moment"
SPEED = 2  # events a second, slow enough to be followed

Weight = tuple[int, int, int]  # layer and node that it goes to, and its source


@dataclass(frozen=True)
class Shown:
    """What the page shows.

    Attributes:
        details: of the weight that is looked at; None for none.
    """

    spec: BackpropSpec
    moment: Moment
    update: Update
    details: WeightDetails | None


def train_whole(spec: BackpropSpec) -> Iterator[tuple[Course, Update]]:
    """Every update of a training, on the worker."""
    from engine.networks.backprop.moments import course_of
    from engine.networks.backprop.training import train

    course = None
    for update in train(spec):
        course = course or course_of(spec)
        yield course, update


def show(course: Course, update: Update, index: int, weight: Weight | None) -> Iterator[Shown]:
    """A moment, on the worker."""
    from engine.networks.backprop.details import details_at
    from engine.networks.backprop.moments import moment_at

    moment = moment_at(course, update, index)
    details = None if weight is None else details_at(course, update, index, weight)
    yield Shown(course.spec, moment, update, details)


def as_it_is(made: tuple[Course, Update]) -> tuple[Course, Update]:
    return made


class BackpropController(QObject):
    """Trains whenever the net changes, and asks for the moment that the player is at.

    Signals:
        shown: a `Shown`.
        failed: why the net cannot be computed.
        retried: it is computed anew.
        learned: more updates are computed, or others.
    """

    shown = Signal(object)
    failed = Signal(object)
    retried = Signal()
    learned = Signal()

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self.store: SetupStore[BackpropSpec] = SetupStore(HAND, self)
        self.player = Player(self, speed=SPEED)
        self.weight: Weight | None = None
        self._bridge = bridge
        self._moment = NewestJob(bridge, LANE, MOMENT)
        self._course: Course | None = None
        self._updates: list[Update] = []
        self._goal: int | None = None
        self._begun = False  # nothing is computed before the page is seen
        self.store.changed.connect(self._on_changed)
        self.player.moved.connect(self._ask)

    def start(self) -> None:
        """Train from the beginning; the player stays where it is, as far as there is such."""
        self._begun = True
        self.retried.emit()
        self._updates, self._course = [], None
        self._bridge.start(
            LANE,
            TRAIN,
            partial(train_whole, self.store.setup),
            on_increments=self._on_updates,
            increment=as_it_is,
            on_error=self._on_error,
        )

    def go_to(self, index: int) -> None:
        """Show a moment, of a net that has just changed once it is computed."""
        if self._course is None:
            self._goal = index
        else:
            self.player.seek(index)

    def go_to_update(self, number: int) -> None:
        """Show the net after so many updates."""
        if self._course is not None:
            self.player.pause()
            self.player.seek(self._course.first(number))

    def updates_at(self, index: int) -> float:
        """How many updates are done at a moment, the one under way by its part."""
        if self._course is None:
            return 0.0
        step, happened = self._course.locate(index)
        return step + happened / (self._course.ends[step] - self._course.first(step))

    def errors(self) -> list[float]:
        """E of all examples before each update, and after the last that is computed."""
        last = [update.whole_error_after for update in self._updates[-1:]]
        return [update.whole_error for update in self._updates] + last

    def look_at(self, weight: Weight | None) -> None:
        """The weight whose numbers are wanted."""
        if weight != self.weight:
            self.weight = weight
            self._ask()

    def summary(self) -> dict[str, str]:
        """Numbers of the training for a caption, as far as they are computed."""
        updates = self._updates
        if not updates:
            return {}
        numbers = {"first": updates[0].error, "one": updates[0].error_after}
        if len(updates) == self.store.setup.steps:
            numbers["last"] = updates[-1].error_after
        for layer, norm in enumerate(updates[0].gradient_norms, start=1):
            numbers[f"norm{layer}"] = norm
        written = {name: number_text.write(value, digits=6) for name, value in numbers.items()}
        return {**written, "updates": str(self.store.setup.steps)}

    def _on_changed(self, before: BackpropSpec, after: BackpropSpec) -> None:
        if before.layers != after.layers or (before.biases is None) != (after.biases is None):
            self.weight = None
        if self._begun:
            self.start()

    def _on_updates(self, made: tuple[tuple[Course, Update], ...]) -> None:
        first = self._course is None
        self._course = made[0][0]
        self._updates += [update for _, update in made]
        if first:
            self.player.set_race(self._course.last)
        self.player.set_available(self._course.ends[len(self._updates) - 1])
        if self._goal is not None:
            goal, self._goal = self._goal, None
            self.player.seek(goal)
        if first or len(self._updates) == self.store.setup.steps:
            self._ask()
        self.learned.emit()

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)

    def _ask(self, _step: int = 0) -> None:
        course = self._course
        if course is None:
            return
        index = min(self.player.step, course.last)
        step, _happened = course.locate(index)
        if step < len(self._updates):
            self._moment.request(
                partial(show, course, self._updates[step], index, self.weight),
                on_snapshot=self._on_shown,
            )

    def _on_shown(self, shown: Shown) -> None:
        if shown.spec == self.store.setup:
            self.shown.emit(shown)
