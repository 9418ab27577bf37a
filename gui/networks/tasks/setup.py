"""What the page of tasks is set to, and every change of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.networks.tasks import registry, settings
from engine.networks.tasks.own_file import own_hyper
from engine.networks.tasks.spec import FitSpec, Task
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing import setup_store
from gui.racing.entries import Entry, entries_of
from gui.racing.race_setup import RaceSetup, with_own_rates

OWN = "own"  # the task of the user's file
OWN_TASK = Task(
    OWN,
    QT_TRANSLATE_NOOP("engine", "Own file"),
    QT_TRANSLATE_NOOP("engine", "Module, data and loss from a Python file of yours."),
    "own",
    0,
    0,
    steps=300,
)


@dataclass(frozen=True, kw_only=True)
class TaskSetup(RaceSetup):
    """Everything that the panels show.

    Attributes:
        fit: all but the racers, which are made from the entries.
    """

    fit: FitSpec

    @property
    def steps(self) -> int:
        return self.resolved().steps or 0

    def spec(self) -> FitSpec:
        """The race to run."""
        return replace(self.fit, racers=tuple(entry.racer for entry in self.running))

    def task(self) -> Task:
        """The task's record.

        Raises:
            InputError: it is unknown.
        """
        return task_of(self.fit.task)

    def resolved(self) -> FitSpec:
        """What is set, with the task's own values for what is left open."""
        if self.fit.task == OWN:
            steps = self.fit.steps
            return replace(self.fit, steps=OWN_TASK.steps if steps is None else steps)
        return settings.resolved(self.fit)

    def settings(self) -> dict[str, Mapping[str, float]]:
        """Every setting of each racer as it runs on the task, by the racer's name."""
        return {entry.racer.name: settings_of(entry, self.task()) for entry in self.entries}


def task_of(name: str) -> Task:
    """The record of a task, the user's own among them.

    Raises:
        InputError: it is unknown.
    """
    return OWN_TASK if name == OWN else registry.find(name)


def settings_of(entry: Entry, task: Task) -> Mapping[str, float]:
    """Every setting of an entry as it runs on a task."""
    if task.kind == "own":
        return own_hyper(entry.racer)
    return settings.hyper_of(entry.racer, task)


def setup_of(spec: FitSpec) -> TaskSetup:
    """A setup in which every racer of a spec takes part."""
    return TaskSetup(fit=replace(spec, racers=()), entries=entries_of(spec.racers))


def with_task(setup: TaskSetup, name: str, file: str | None = None) -> TaskSetup:
    """Another task: its own net, examples and rates; seeds and the racers' other settings stay.

    A start that a racer has for itself belongs to the old task and goes with it.
    """
    entries = with_own_rates(setup.entries)
    if name == OWN:
        entries = tuple(map(_alone, entries))
    old = setup.fit
    fit = FitSpec(task=name, file=file, racers=(), seed=old.seed, data_seed=old.data_seed)
    return TaskSetup(fit=fit, entries=entries)


def with_fit(setup: TaskSetup, **changes: object) -> TaskSetup:
    """Another number, net or seed."""
    return replace(setup, fit=replace(setup.fit, **changes))  # type: ignore[arg-type]


def _alone(entry: Entry) -> Entry:
    """A module of the user's has one start and is not perturbed."""
    return replace(entry, racer=replace(entry.racer, starts=1, jog=None))


TaskStore = setup_store.SetupStore[TaskSetup]
