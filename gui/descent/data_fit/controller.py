"""Keeps the data panel and the examples' arrows in step with the race."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.descent.data_fit.dataset import DataSpec, Point
from engine.descent.data_fit.minibatches import MinibatchSampler
from engine.descent.race.spec import feed_of
from gui import number_text
from gui.descent import edit_text
from gui.descent import setup as setups
from gui.descent.basins.controller import LOSS
from gui.descent.data_fit.gradients_layer import ExampleGradientsLayer
from gui.descent.data_fit.jobs import DrawExample, GatherPulls
from gui.descent.data_fit.plot import DataView
from gui.descent.editor import rounded
from gui.descent.race_jobs import LANE, MAP
from gui.descent.setup import Setup
from gui.racing.entries import racer_title
from gui.racing.history import DIVERGED, History

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame
    from engine.descent.step.example_gradients import ExampleGradients
    from gui.descent.workspace import DescentWorkspace

PULLS = "descent.pulls"
REMEMBERED = 40  # examples of a stream that still can be seen behind the newest
LOOK_BACK = 50  # frames for the mean angles
EVERY = 2  # of the player's ticks


class DataFitController(QObject):
    """What a surface made of data shows beside its landscape, and on it.

    Signals:
        example_changed: an example's own landscape is wanted, or the full one again.
        failed: the exception of a job.
    """

    example_changed = Signal()
    failed = Signal(object)

    def __init__(self, workspace: DescentWorkspace) -> None:
        super().__init__(workspace)
        self._bridge = workspace.bridge
        self._runner = runner = workspace.runner
        self._player = player = workspace.player
        self._keeper = keeper = workspace.keeper
        self._map = workspace.map
        self.layer = ExampleGradientsLayer(self._map.view_box)
        self._map.add_layer(self.layer)
        self._panel = panel = workspace.data_panel
        self._optimizers = optimizers = workspace.optimizers
        self._presenter = workspace.presenter
        self._ground = workspace.ground
        self._pulls_shown = True
        self._has_data = False
        self._example: int | None = None
        self._ticks = 0
        self._shown_step = -1
        self._gesture = 0
        self._at_work: RaceFrame | None = None
        self._again = False
        panel.changed.connect(self.set_value)
        panel.outlier_placed.connect(self.place_outlier)
        panel.plot.outlier_dragged.connect(self.drag_outlier)
        panel.plot.example_clicked.connect(self.choose_example)
        keeper.changed.connect(self._on_changed)
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing)
        runner.race_replaced.connect(self.show)
        runner.race_grew.connect(self._on_race_grew)
        optimizers.chosen.connect(self._on_chosen)
        self._ground.changed.connect(self._on_ground)
        self._show_feed()

    # -- what is set ------------------------------------------------------------------------------

    @property
    def has_data(self) -> bool:
        """Whether the surface that is set is made of data."""
        return self._has_data

    def set_value(self, name: str, value: object) -> None:
        """Another batch size, seed ..., or an outlier or none."""
        feed = self._feed()
        if feed is None:
            return
        if name == "outlier":
            value = feed.fit.outlier if value else None
        self._change(replace(feed.data, **{name: value}), name, gesture=0)  # type: ignore[arg-type]

    def place_outlier(self, u: float, v: float) -> None:
        feed = self._feed()
        if feed is not None:
            self._change(replace(feed.data, outlier=self._fitting(feed, u, v)), "outlier", 0)

    def drag_outlier(self, u: float, v: float, stage: int) -> None:
        """The outlier under the mouse; one drag (first 1, further 0, last 2) is one change."""
        feed = self._feed()
        if feed is None:
            return
        if stage == 1 or not self._gesture:
            self._gesture = self._keeper.new_gesture()
        u0, u1, v0, v1 = feed.fit.view
        place = self._fitting(feed, min(max(u, u0), u1), min(max(v, v0), v1))
        self._change(replace(feed.data, outlier=place), "outlier", self._gesture)
        if stage == 2:
            self._gesture = 0

    @staticmethod
    def _fitting(feed: MinibatchSampler, u: float, v: float) -> Point:
        """A place that the model takes: classes are 0 or 1."""
        return (rounded(u), float(v > 0.5)) if feed.fit.labels else (rounded(u), rounded(v))

    def _change(self, data: DataSpec, name: str, gesture: int) -> None:
        text = edit_text.data_text(data, name)
        after = setups.with_race(self._keeper.setup, data=data)
        try:
            after.spec().check() if after.running else after.surface()
        except Exception as error:
            self.failed.emit(error)
            self._show_feed()
            return
        self._keeper.change(after, text, gesture=gesture)

    def _feed(self) -> MinibatchSampler | None:
        """How the data that is set is served."""
        setup = self._keeper.setup
        return feed_of(setup.race, setup.surface())

    # -- one example's own landscape --------------------------------------------------------------

    @property
    def example(self) -> int | None:
        """The example whose own landscape is shown; None for that of all."""
        return self._example

    def choose_example(self, row: int) -> None:
        """Show one example's own landscape; the same again, or none (-1): the full one."""
        shown = self._panel.plot.layer.data
        if self._player.playing or shown is None:
            return
        wanted = None if row < 0 or row == self._example else row
        if wanted != self._example:
            if wanted is not None:
                self._ground.choose(LOSS)
            self._example = wanted
            self.show()
            self._name_example()
            self.example_changed.emit()

    def move_example(self, by: int) -> None:
        """The landscape of the next example or of the one before; the full one between the ends."""
        shown = self._panel.plot.layer.data
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
        shown = self._panel.plot.layer.data
        if self._example is None or shown is None or self._example >= len(shown.inputs):
            return False
        example = (float(shown.inputs[self._example]), float(shown.targets[self._example]))
        spec = replace(setup.race, domain=domain)
        job = DrawExample(spec, example, size)
        self._bridge.start(LANE, MAP, job, on_snapshot=self._runner.map_ready.emit)
        return True

    def _forget_example(self) -> None:
        if self._example is not None:
            self._example = None
            self._name_example()
            self.example_changed.emit()

    def _name_example(self) -> None:
        shown = self._panel.plot.layer.data
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

    @property
    def pulls_shown(self) -> bool:
        """Whether the examples' arrows are drawn on the map."""
        return self._pulls_shown

    def set_pulls(self, shown: bool) -> None:
        self._pulls_shown = shown
        self.show()

    # -- showing --------------------------------------------------------------------------------

    def show(self, *_: object) -> None:
        """Everything that depends on the step and on the race."""
        setup, history = self._runner.setup, self._runner.history
        feed = None
        if setup is not None and history is not None and history.count and setup.running:
            feed = feed_of(setup.race, setup.surface())
        if feed is None or setup is None or history is None:
            self._bridge.cancel(PULLS)
            self._at_work = None
            self.layer.show_gradients(None)
            if self._has_data:
                self._show_waiting()
            return
        step = self._shown_step = min(self._player.step, history.count - 1)
        self._panel.show_batch(feed.at(step))
        self._panel.plot.show_data(self._view(feed, setup, history, step))
        self._ask(setup, history, step)

    def _show_waiting(self) -> None:
        """The data without a race."""
        feed = self._feed()
        if feed is not None:
            self._panel.show_batch(feed.at(0))
            self._panel.plot.show_data(self._view(feed, None, None, 0))
            self._panel.show_pulls(None)

    def _view(
        self, feed: MinibatchSampler, setup: Setup | None, history: History | None, step: int
    ) -> DataView:
        if feed.data.online:
            first = max(0, step - REMEMBERED // feed.size)
            past = [feed.at(each) for each in range(first, step + 1)]
            inputs = np.concatenate([batch.inputs for batch in past])
            targets = np.concatenate([batch.targets for batch in past])
            ages = np.concatenate([np.full(feed.size, step - batch.step) for batch in past])
            chosen = ages == 0
            fresh = 1.0 - 0.85 * ages / (step - first + 1)
            of_outlier = np.concatenate([batch.indices for batch in past]) == feed.data.count
            outlier = -1
            if feed.data.outlier is not None and of_outlier.any():
                outlier = int(of_outlier.argmax())
        else:
            examples = feed.fit.examples(feed.data)
            inputs, targets = examples.inputs, examples.targets
            chosen = np.zeros(len(inputs), dtype=bool)
            chosen[feed.at(step).indices] = not feed.full
            fresh = np.ones(len(inputs))
            outlier = len(inputs) - 1 if feed.data.outlier is not None else -1
        return DataView(
            inputs,
            targets,
            chosen,
            fresh,
            outlier,
            self._curves(setup, history, step),
            feed.fit.predict,
            -1 if self._example is None else self._example,
            feed.fit.labels,
        )

    def _curves(
        self, setup: Setup | None, history: History | None, step: int
    ) -> tuple[tuple[int, float, float], ...]:
        """Look, slope and intercept of every racer, the chosen one first."""
        if setup is None or history is None:
            return ()
        running = setup.running
        first = self._chosen_row(setup) or 0
        order = [first, *(row for row in range(len(running)) if row != first)]
        places = [history.path(row)[step] for row in order]
        return tuple(
            (running[row].look, float(slope), float(intercept))
            for row, (slope, intercept) in zip(order, places, strict=True)
        )

    def _ask(self, setup: Setup, history: History, step: int) -> None:
        """Have the examples' gradients gathered; while that is at work, once more after it."""
        index = self._chosen_row(setup)
        if index is None or history.state(step)[index] == DIVERGED:
            self._bridge.cancel(PULLS)
            self._at_work = None
            self.layer.show_gradients(None)
            self._panel.show_pulls(None)
            return
        if self._at_work is not None and self._bridge.job(PULLS) is not None:
            self._again = True
            return
        frames = tuple(history.frames[max(0, step + 1 - LOOK_BACK) : step + 1])
        self._at_work, self._again = frames[-1], False
        self._bridge.start(
            LANE,
            PULLS,
            GatherPulls(setup.spec(), frames, index),
            on_snapshot=self._on_pulls,
            on_done=self._on_pulls_done,
        )

    def _chosen_row(self, setup: Setup) -> int | None:
        names = [entry.racer.name for entry in setup.running]
        name = self._optimizers.chosen_name()
        return names.index(name) if name in names else (0 if names else None)

    def _on_pulls(self, pulls: ExampleGradients) -> None:
        setup = self._runner.setup
        row = self._chosen_row(setup) if setup is not None else None
        if setup is None or row is None:
            return
        self._panel.show_pulls(pulls)
        only, data = -1, self._panel.plot.layer.data
        if self._example is not None and data is not None:
            past = len(data.inputs) - len(pulls.losses)  # of a stream
            only = self._example - past
        shown = pulls if self._pulls_shown and (self._example is None or only >= 0) else None
        self.layer.show_gradients(shown, racer_title(setup.running[row]), only=only)
        if not self._player.playing:
            self._map.arrange()

    def _on_pulls_done(self) -> None:
        self._at_work = None
        if self._again:
            self.show()

    # -- what happens ---------------------------------------------------------------------------

    def _show_feed(self) -> None:
        feed = self._feed()
        had, self._has_data = self._has_data, feed is not None
        if feed is not None:
            self._panel.show_feed(feed)
        if had != self._has_data:
            self._panel.setVisible(self._has_data)
            self._presenter.set_arrows(not self._has_data)
            self._name_axes()

    def _name_axes(self) -> None:
        slope, intercept = self.tr("slope x"), self.tr("intercept y")
        self._map.name_axes(*((slope, intercept) if self._has_data else ("x", "y")))

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        if (old.surface, old.formula, old.data) != (new.surface, new.formula, new.data):
            self._forget_example()
        self._show_feed()

    def _on_moved(self, step: int) -> None:
        self._ticks += 1
        if not self._has_data or (self._player.playing and self._ticks % EVERY):
            return
        feed = self._feed()
        if feed is not None and feed.data.online:
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
