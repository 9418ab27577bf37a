"""Lets the curves be drawn over another cost, and has the seconds measured when they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.race.costs import COSTS, SECONDS
from gui.descent.race.history import RaceHistory
from gui.descent.race_jobs import RaceJobs
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.curves import Curves
from gui.racing.jobs import LANE

if TYPE_CHECKING:
    from engine.descent.race.cost import Pace

PACE = "descent.pace"


def measure(spec: RaceSpec) -> Iterator[Pace]:
    """How long each racer takes for an evaluation, on the worker."""
    from engine.descent.race.cost import measure_pace

    return measure_pace(spec)


class CostController(QObject):
    """Chooses what the curves are drawn over."""

    def __init__(self, bridge: Bridge, jobs: RaceJobs, curves: Curves, parent: QObject) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, PACE)
        self._jobs = jobs
        self._curves = curves
        curves.cost_changed.connect(self._ask)
        jobs.race_replaced.connect(self._ask)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.cost",
                QT_TRANSLATE_NOOP("actions", "Curves over Ne&xt Cost"),
                "View",
                self.choose_next,
                "T",
                canvas_only=True,
                section=20,
            )
        ]

    def choose_next(self) -> None:
        """Steps, evaluations, products, seconds, and steps again."""
        names = [cost.name for cost in COSTS]
        place = names.index(self._curves.cost.name)
        self._curves.choose_cost(names[(place + 1) % len(names)])

    def _ask(self, *_: object) -> None:
        """Measure the racers of the race that is shown, once each race."""
        setup, history = self._jobs.setup, self._jobs.history
        if setup is None or history is None or self._curves.cost.name != SECONDS:
            return
        if setup.running:
            spec = setup.spec()
            self._job.request(
                partial(measure, spec),
                on_snapshot=partial(self._on_measured, history),
                depends_on=(spec, id(history)),
            )

    def _on_measured(self, history: RaceHistory, pace: Pace) -> None:
        if np.isfinite(pace.seconds).all() and len(pace.seconds) == history.racers:
            history.pace = pace.seconds
            self._curves.show_cost_again()
