"""Keeps the data panel and the gradients of the examples in step with the race."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.descent.data_fit.dataset import DataSpec, Point
from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.race.spec import RaceSpec, sampler_of
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent import edit_text
from gui.descent import setup as setups
from gui.descent.basins.controller import BasinsController
from gui.descent.data_fit.example_controller import ExampleController
from gui.descent.data_fit.gradients_layer import ExampleGradientsLayer
from gui.descent.data_fit.panel import DataPanel
from gui.descent.data_fit.view import view_data
from gui.descent.editor import rounded
from gui.descent.race.history import RaceHistory
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.descent.step.vectors_controller import VectorsController
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.entries import racer_title
from gui.racing.history import DIVERGED
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame
    from engine.descent.step.example_gradients import ExampleGradients

GRADIENTS = "descent.pulls"
LOOK_BACK = 50  # frames for the mean angles
EVERY = 2  # of the player's ticks


def gather_gradients(
    spec: RaceSpec, frames: Sequence[RaceFrame], racer: int
) -> Iterator[ExampleGradients]:
    """The gradients of all examples where a racer is in the last frame, on the worker."""
    from engine.descent.step.example_gradients import gradients_of_examples

    yield gradients_of_examples(spec, frames, racer)


class DataFitController(QObject):
    """What a surface made of data shows beside its landscape, and on it.

    Signals:
        failed: the exception of a job.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        jobs: RaceJobs,
        store: SetupStore,
        optimizers: OptimizerTable,
        map_view: MapView,
        player: Player,
        vectors: VectorsController,
        basins: BasinsController,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._gradients = NewestJob(bridge, LANE, GRADIENTS)
        self._jobs = jobs
        self._store = store
        self._optimizers = optimizers
        self._map = map_view
        self.layer = ExampleGradientsLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        self._player = player
        self._vectors = vectors
        self.panel = panel = DataPanel(parent)
        panel.hide()
        self.examples = ExampleController(jobs, store, map_view, player, basins, panel.plot, self)
        self._gradients_shown = True
        self._has_data = False
        self._ticks = 0
        self._shown_step = -1
        self._gesture = 0
        panel.changed.connect(self.set_value)
        panel.outlier_placed.connect(self.place_outlier)
        panel.plot.outlier_dragged.connect(self.drag_outlier)
        store.changed.connect(self._show_sampler)
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        jobs.race_replaced.connect(self.show)
        jobs.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        self.examples.changed.connect(self.show)
        self._show_sampler()

    def actions(self) -> list[ActionSpec]:
        """What the menus say of the data."""
        return [
            ActionSpec(
                "descent.view.pulls",
                QT_TRANSLATE_NOOP("actions", "&Gradients of the Examples"),
                "View",
                self.set_gradients_shown,
                "G",
                checkable=True,
                canvas_only=True,
                checked=self.are_gradients_shown,
                enabled=self.is_active,
                section=30,
            ),
            ActionSpec(
                "descent.outlier",
                QT_TRANSLATE_NOOP("actions", "Drop In an &Outlier"),
                "Run",
                self.set_outlier,
                "O",
                checkable=True,
                canvas_only=True,
                checked=self.has_outlier,
                enabled=self.is_active,
                section=30,
            ),
        ]

    # -- what is set ------------------------------------------------------------------------------

    def is_active(self) -> bool:
        """Whether the surface that is set is made of data."""
        return self._has_data

    def has_outlier(self) -> bool:
        data = self._store.setup.race.data
        return data is not None and data.outlier is not None

    def set_outlier(self, there: bool) -> None:
        self.set_value("outlier", there)

    def set_value(self, name: str, value: object) -> None:
        """Another batch size, seed ..., or an outlier or none."""
        sampler = self._sampler()
        if sampler is None:
            return
        if name == "outlier":
            value = sampler.fit.outlier if value else None
        self._change(replace(sampler.data, **{name: value}), name, gesture=0)  # type: ignore[arg-type]

    def place_outlier(self, u: float, v: float) -> None:
        sampler = self._sampler()
        if sampler is not None:
            self._change(replace(sampler.data, outlier=self._fitting(sampler, u, v)), "outlier", 0)

    def drag_outlier(self, u: float, v: float, stage: int) -> None:
        """The outlier under the mouse; one drag (first 1, further 0, last 2) is one change."""
        sampler = self._sampler()
        if sampler is None:
            return
        if stage == 1 or not self._gesture:
            self._gesture = self._store.new_gesture()
        u0, u1, v0, v1 = sampler.fit.view
        place = self._fitting(sampler, min(max(u, u0), u1), min(max(v, v0), v1))
        self._change(replace(sampler.data, outlier=place), "outlier", self._gesture)
        if stage == 2:
            self._gesture = 0

    @staticmethod
    def _fitting(sampler: MinibatchSampler, u: float, v: float) -> Point:
        """A place that the model takes: classes are 0 or 1."""
        return (rounded(u), float(v > 0.5)) if sampler.fit.labels else (rounded(u), rounded(v))

    def _change(self, data: DataSpec, name: str, gesture: int) -> None:
        text = edit_text.data_text(data, name)
        after = setups.with_race(self._store.setup, data=data)
        try:
            after.spec().check() if after.running else after.surface()
        except Exception as error:
            self.failed.emit(error)
            self._show_sampler()
            return
        self._store.change(after, text, gesture=gesture)

    def _sampler(self) -> MinibatchSampler | None:
        """How the data that is set is served."""
        setup = self._store.setup
        return sampler_of(setup.race, setup.surface())

    # -- the arrows -----------------------------------------------------------------------------

    def are_gradients_shown(self) -> bool:
        """Whether the gradients of the examples are drawn on the map."""
        return self._has_data and self._gradients_shown

    def are_gradients_wanted(self) -> bool:
        """Whether they are, wherever a surface is made of data."""
        return self._gradients_shown

    def set_gradients_shown(self, shown: bool) -> None:
        self._gradients_shown = shown
        self.show()

    # -- showing --------------------------------------------------------------------------------

    def show(self, *_: object) -> None:
        """Everything that depends on the step and on the race."""
        setup, history = self._jobs.setup, self._jobs.history
        sampler = None
        if setup is not None and history is not None and history.count and setup.running:
            sampler = sampler_of(setup.race, setup.surface())
        if sampler is None or setup is None or history is None:
            self._gradients.cancel()
            self.layer.show_gradients(None)
            if self._has_data:
                self._show_waiting()
            return
        step = self._shown_step = min(self._player.step, history.count - 1)
        self.panel.show_batch(sampler.at(step))
        self._show_data(sampler, setup, history, step)
        self._ask(setup, history, step)

    def _show_waiting(self) -> None:
        """The data without a race."""
        sampler = self._sampler()
        if sampler is not None:
            self.panel.show_batch(sampler.at(0))
            self._show_data(sampler, None, None, 0)
            self.panel.show_gradients(None)

    def _show_data(
        self, sampler: MinibatchSampler, setup: Setup | None, history: RaceHistory | None, step: int
    ) -> None:
        running = setup.running if setup is not None and history is not None else ()
        lines = []
        if history is not None and setup is not None and running:
            first = self._chosen_row(setup) or 0
            for row in (first, *(row for row in range(len(running)) if row != first)):
                slope, intercept = map(float, history.path(row)[step])
                lines.append((running[row].look, slope, intercept))
        self.panel.plot.show_data(view_data(sampler, step, tuple(lines), self.examples.example))

    def _ask(self, setup: Setup, history: RaceHistory, step: int) -> None:
        """Have the gradients of the examples gathered; requests are coalesced."""
        index = self._chosen_row(setup)
        if index is None or history.state(step)[index] == DIVERGED:
            self._gradients.cancel()
            self.layer.show_gradients(None)
            self.panel.show_gradients(None)
            return
        frames = tuple(history.frames[max(0, step + 1 - LOOK_BACK) : step + 1])
        self._gradients.request(
            partial(gather_gradients, setup.spec(), frames, index), on_snapshot=self._on_gradients
        )

    def _chosen_row(self, setup: Setup) -> int | None:
        names = [entry.racer.name for entry in setup.running]
        name = self._optimizers.chosen_name()
        return names.index(name) if name in names else (0 if names else None)

    def _on_gradients(self, gradients: ExampleGradients) -> None:
        setup = self._jobs.setup
        row = self._chosen_row(setup) if setup is not None else None
        if setup is None or row is None:
            return
        self.panel.show_gradients(gradients)
        only, data, example = -1, self.panel.plot.layer.data, self.examples.example
        if example is not None and data is not None:
            past = len(data.inputs) - len(gradients.losses)  # of a stream
            only = example - past
        shown = gradients if self._gradients_shown and (example is None or only >= 0) else None
        self.layer.show_gradients(shown, racer_title(setup.running[row]), only=only)
        if not self._player.playing:
            self._map.arrange()

    # -- what happens ---------------------------------------------------------------------------

    def _show_sampler(self) -> None:
        sampler = self._sampler()
        had, self._has_data = self._has_data, sampler is not None
        self.examples.available = self._has_data
        if sampler is not None:
            self.panel.show_sampler(sampler)
        if had != self._has_data:
            self.panel.setVisible(self._has_data)
            self._vectors.set_shown(not self._has_data)
            self._name_axes()

    def _name_axes(self) -> None:
        slope, intercept = self.tr("slope x"), self.tr("intercept y")
        self._map.name_axes(*((slope, intercept) if self._has_data else ("x", "y")))

    def _on_moved(self, step: int) -> None:
        self._ticks += 1
        if not self._has_data or (self._player.playing and self._ticks % EVERY):
            return
        sampler = self._sampler()
        if sampler is not None and sampler.data.online:
            self.examples.forget()
        self.show()

    def _on_race_grew(self) -> None:
        # A new race begins with its first frames; the step that is wanted comes later.
        if self._has_data and self._shown_step < self._player.step:
            self.show()

    def _on_playing(self, playing: bool) -> None:
        if self._has_data:
            self.show()

    def _on_chosen(self, name: str) -> None:
        if self._has_data:
            self.show()

    def retranslate(self) -> None:
        self._name_axes()
        self.examples.retranslate()
