"""Keeps the data panel and the gradients of the examples in step with the race."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.descent.data_fit.dataset import DataSpec, Point
from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.race.spec import RaceSpec, sampler_of
from gui import number_text
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent import edit_text
from gui.descent import setup as setups
from gui.descent.basins.controller import LOSS, BasinsController
from gui.descent.data_fit.gradients_layer import ExampleGradientsLayer
from gui.descent.data_fit.panel import DataPanel
from gui.descent.data_fit.view import view_data
from gui.descent.editor import rounded
from gui.descent.race_jobs import LANE, RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.descent.step.vectors_controller import VectorsController
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.entries import racer_title
from gui.racing.history import DIVERGED, History
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
        example_changed: an example's own landscape is wanted, or the full one again.
        failed: the exception of a job.
    """

    example_changed = Signal()
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
        self._basins = basins
        self.panel = panel = DataPanel(parent)
        panel.hide()
        self._gradients_shown = True
        self._has_data = False
        self._example: int | None = None
        self._ticks = 0
        self._shown_step = -1
        self._gesture = 0
        panel.changed.connect(self.set_value)
        panel.outlier_placed.connect(self.place_outlier)
        panel.plot.outlier_dragged.connect(self.drag_outlier)
        panel.plot.example_clicked.connect(self.choose_example)
        store.changed.connect(self._on_changed)
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        jobs.race_replaced.connect(self.show)
        jobs.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        self._basins.changed.connect(self._on_ground)
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
                "descent.view.next_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Next E&xample"),
                "View",
                self.show_next_example,
                "E",
                canvas_only=True,
                enabled=self.may_choose_example,
                section=30,
            ),
            ActionSpec(
                "descent.view.previous_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Example Be&fore"),
                "View",
                self.show_previous_example,
                "Shift+E",
                canvas_only=True,
                enabled=self.may_choose_example,
                section=30,
            ),
            ActionSpec(
                "descent.view.all_examples",
                QT_TRANSLATE_NOOP("actions", "Landscape of &All Examples"),
                "View",
                self.leave_example,
                "A",
                canvas_only=True,
                enabled=self.is_example_shown,
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

    # -- one example's own landscape --------------------------------------------------------------

    @property
    def example(self) -> int | None:
        """The example whose own landscape is shown; None for that of all."""
        return self._example

    def choose_example(self, row: int) -> None:
        """Show one example's own landscape; the same again, or none (-1): the full one."""
        shown = self.panel.plot.layer.data
        if self._player.playing or shown is None:
            return
        wanted = None if row < 0 or row == self._example else row
        if wanted != self._example:
            if wanted is not None:
                self._basins.choose(LOSS)
            self._example = wanted
            self.show()
            self._name_example()
            self.example_changed.emit()

    def may_choose_example(self) -> bool:
        return self._has_data and not self._player.playing

    def is_example_shown(self) -> bool:
        return self._example is not None

    def show_next_example(self) -> None:
        self.move_example(1)

    def show_previous_example(self) -> None:
        self.move_example(-1)

    def move_example(self, by: int) -> None:
        """The landscape of the next example or of the one before; the full one between the ends."""
        shown = self.panel.plot.layer.data
        if shown is None or self._player.playing:
            return
        rows = np.flatnonzero(shown.fresh > 0)
        if self._example is None:
            self.choose_example(int(rows[0] if by > 0 else rows[-1]))
            return
        place = int(np.searchsorted(rows, self._example)) + by
        self.choose_example(int(rows[place]) if 0 <= place < len(rows) else -1)

    def leave_example(self) -> None:
        """Back to the landscape of all."""
        self.choose_example(-1)

    def draw_example(self, setup: Setup, domain: tuple[float, float, float, float],
                     size: tuple[int, int]) -> bool:  # fmt: skip
        """Draw the chosen example's map; False where the map of all is wanted."""
        shown = self.panel.plot.layer.data
        if self._example is None or shown is None or self._example >= len(shown.inputs):
            return False
        example = (float(shown.inputs[self._example]), float(shown.targets[self._example]))
        self._jobs.draw_example_map(setup, example, domain, size)
        return True

    def _forget_example(self) -> None:
        if self._example is not None:
            self._example = None
            self._name_example()
            self.example_changed.emit()

    def _name_example(self) -> None:
        shown = self.panel.plot.layer.data
        if self._example is None or shown is None:
            self._map.name_landscape("", [])
            return
        u, v = (float(ends[self._example]) for ends in (shown.inputs, shown.targets))
        title = self.tr("Loss of example {number} alone").format(number=self._example + 1)
        if self._example == shown.outlier:
            title = self.tr("Loss of the outlier alone")
        place = self.tr("input {u}, target {v}").format(
            u=number_text.write(u, digits=3), v=number_text.write(v, digits=3)
        )
        self._map.name_landscape(title, [place, self.tr("Esc: the landscape of all")])

    # -- the arrows -----------------------------------------------------------------------------

    def are_gradients_shown(self) -> bool:
        """Whether the gradients of the examples are drawn on the map."""
        return self._has_data and self._gradients_shown

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
        self, sampler: MinibatchSampler, setup: Setup | None, history: History | None, step: int
    ) -> None:
        running = setup.running if setup is not None and history is not None else ()
        lines = []
        if history is not None and setup is not None and running:
            first = self._chosen_row(setup) or 0
            for row in (first, *(row for row in range(len(running)) if row != first)):
                slope, intercept = map(float, history.path(row)[step])
                lines.append((running[row].look, slope, intercept))
        self.panel.plot.show_data(view_data(sampler, step, tuple(lines), self._example))

    def _ask(self, setup: Setup, history: History, step: int) -> None:
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
        only, data = -1, self.panel.plot.layer.data
        if self._example is not None and data is not None:
            past = len(data.inputs) - len(gradients.losses)  # of a stream
            only = self._example - past
        shown = (
            gradients if self._gradients_shown and (self._example is None or only >= 0) else None
        )
        self.layer.show_gradients(shown, racer_title(setup.running[row]), only=only)
        if not self._player.playing:
            self._map.arrange()

    # -- what happens ---------------------------------------------------------------------------

    def _show_sampler(self) -> None:
        sampler = self._sampler()
        had, self._has_data = self._has_data, sampler is not None
        if sampler is not None:
            self.panel.show_sampler(sampler)
        if had != self._has_data:
            self.panel.setVisible(self._has_data)
            self._vectors.set_shown(not self._has_data)
            self._name_axes()

    def _name_axes(self) -> None:
        slope, intercept = self.tr("slope x"), self.tr("intercept y")
        self._map.name_axes(*((slope, intercept) if self._has_data else ("x", "y")))

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        if (old.surface, old.formula, old.data) != (new.surface, new.formula, new.data):
            self._forget_example()
        self._show_sampler()

    def _on_moved(self, step: int) -> None:
        self._ticks += 1
        if not self._has_data or (self._player.playing and self._ticks % EVERY):
            return
        sampler = self._sampler()
        if sampler is not None and sampler.data.online:
            self._forget_example()
        self.show()

    def _on_race_grew(self) -> None:
        # A new race begins with its first frames; the step that is wanted comes later.
        if self._has_data and self._shown_step < self._player.step:
            self.show()

    def _on_playing(self, playing: bool) -> None:
        if playing:
            self._forget_example()
        if self._has_data:
            self.show()

    def _on_ground(self, kind: str) -> None:
        if kind != LOSS:  # basins are those of all examples
            self._forget_example()

    def _on_chosen(self, name: str) -> None:
        if self._has_data:
            self.show()

    def retranslate(self) -> None:
        self._name_axes()
        self._name_example()
