"""Runs the fair race of what is set, and takes over the rate that is pressed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.descent.race.spec import RaceSpec
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.fair_race.dialog import Contestant, FairDialog
from gui.descent.setup import Setup, SetupStore, settings_of
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.racing.entries import racer_title
from gui.racing.jobs import LANE

if TYPE_CHECKING:
    from engine.descent.maps.fair_race import FairProgress, Strip

JOB = "descent.fair"


def run_fair(spec: RaceSpec, budget: int) -> Iterator[FairProgress | Strip]:
    """A fair race on so many gradient evaluations, on the worker."""
    from engine.descent.maps.fair_race import FairSpec, fair_race

    return fair_race(
        FairSpec(
            surface=spec.surface,
            formula=spec.formula,
            parameters=spec.parameters,
            domain=spec.domain,
            start=spec.start,
            racers=spec.racers,
            budget=budget,
            noise=spec.noise,
            seed=spec.seed,
            data=spec.data,
        )
    )


class FairRaceController(QObject):
    """Opens the strips and has them computed anew when what decides them changes.

    Signals:
        failed: the exception of a race that could not be run.
    """

    failed = Signal(object)

    def __init__(self, bridge: Bridge, store: SetupStore, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._store = store
        self._editor = editor
        self._asked: tuple[object, ...] = ()
        self._window = parent
        self._is_built = False
        store.changed.connect(self.update)

    @cached_property
    def dialog(self) -> FairDialog:
        """The strips, built when they are first asked for."""
        dialog = FairDialog(self._window)
        dialog.run_wanted.connect(self.run)
        dialog.cancel_wanted.connect(self.cancel)
        dialog.rate_wanted.connect(self._on_rate)
        dialog.finished.connect(self._on_closed)
        self._is_built = True
        return dialog

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.fair",
                QT_TRANSLATE_NOOP("actions", "&Fair Race…"),
                "View",
                self.open,
                "Ctrl+Shift+M",
                section=20,
            )
        ]

    def open(self) -> None:
        """Show the strips beside the race, and run it on the race's own number of steps."""
        steps = self._store.setup.race.steps
        self.dialog.budget.set_value(max(1, min(steps, 100_000)))
        self.dialog.show()
        self.dialog.raise_()
        self.run(int(self.dialog.budget.value()), self.dialog.all.isChecked())

    def run(self, budget: int, everybody: bool) -> None:
        """Sweep the learning rate of every racer on a budget of gradient evaluations."""
        setup = self._store.setup
        racers = self._racers(setup, everybody)
        self._asked = self._decides(setup, everybody)
        self._show_contestants(setup, everybody)
        if not racers:
            self.cancel()
            return
        self._bridge.start(
            LANE,
            JOB,
            partial(run_fair, replace(setup.race, racers=racers), budget),
            on_snapshot=self._on_news,
            on_increments=self._on_strips,
            increment=only_strips,
            on_done=self._on_done,
            on_error=self._on_failed,
        )
        self.dialog.show_running(True)

    def cancel(self) -> None:
        """Stop; the strips that are there stay."""
        self._bridge.cancel(JOB)
        self.dialog.show_running(False)

    def update(self, *_: object) -> None:
        """Move the rings; run again when anything but the rates has changed."""
        if not (self._is_built and self.dialog.isVisible()):
            return
        everybody = self.dialog.all.isChecked()
        if self._decides(self._store.setup, everybody) != self._asked:
            self.run(int(self.dialog.budget.value()), everybody)
        else:
            self._show_contestants(self._store.setup, everybody)

    def _racers(self, setup: Setup, everybody: bool) -> tuple[Racer, ...]:
        """Those in the race, then, with `everybody`, the other optimizers."""
        racing = tuple(replace(entry.racer, starts=1) for entry in setup.running)
        if not everybody:
            return racing
        taken = {racer.optimizer for racer in racing}
        return (
            *racing,
            *(Racer(name, name=name) for name in optimizers.OPTIMIZERS if name not in taken),
        )

    def _decides(self, setup: Setup, everybody: bool) -> tuple[object, ...]:
        """What decides the strips: all but the learning rates and the number of steps."""
        racers = []
        for racer in self._racers(setup, everybody):
            settings = {key: value for key, value in racer.settings.items() if key != "lr"}
            racers.append(replace(racer, settings=settings))
        return (replace(setup.race, racers=tuple(racers), steps=0),)

    def _show_contestants(self, setup: Setup, everybody: bool) -> None:
        surface = setup.surface()
        contestants = []
        for racer in self._racers(setup, everybody):
            entry = setup.entry(racer.name)
            if entry is None or not entry.enabled:
                title = engine_text(optimizers.find(racer.optimizer).title)
                look = optimizers.racer_style(racer.optimizer)
                contestants.append(Contestant(racer.name, title, look, math.nan))
            else:
                rate = settings_of(entry, surface).get("lr", math.nan)
                contestants.append(Contestant(racer.name, racer_title(entry), entry.look, rate))
        self.dialog.show_contestants(contestants)

    def _on_news(self, news: FairProgress | Strip) -> None:
        if hasattr(news, "done"):
            self.dialog.show_running(True, news.done)

    def _on_strips(self, strips: tuple[Strip | None, ...]) -> None:
        for strip in strips:
            if strip is not None:
                self.dialog.show_strip(strip)

    def _on_done(self) -> None:
        self.dialog.show_running(False)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.show_running(False)
        self.failed.emit(error)

    def _on_rate(self, name: str, rate: float) -> None:
        """Race with a rate; who is not in the race comes into it."""
        entry = self._store.setup.entry(name)
        if entry is None:
            self._editor.add_racer(Racer(name, {"lr": rate}))
            return
        if not entry.enabled:
            self._editor.enable(name, True)
        self._editor.drag_settings(name, {"lr": rate})

    def _on_closed(self, result: int) -> None:
        self.cancel()
        self._asked = ()


def only_strips(news: FairProgress | Strip) -> Strip | None:
    """What is kept of every snapshot: none of them is lost, progress is."""
    return None if hasattr(news, "done") else news
