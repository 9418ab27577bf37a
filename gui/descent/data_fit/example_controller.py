"""One example's own landscape on the map, in place of that of all."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.checks import Domain
from gui import number_text
from gui.actions import ActionSpec
from gui.descent.basins.controller import LOSS, BasinsController
from gui.descent.data_fit.plot import DataPlot
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.player import Player


class ExampleController(QObject):
    """Knows which example is shown alone, and says so on the map.

    Attributes:
        example: the example whose own landscape is shown; None for that of all.
        available: whether the surface that is set is made of data.

    Signals:
        changed: an example's own landscape is wanted, or the full one again.
    """

    changed = Signal()

    def __init__(
        self,
        jobs: RaceJobs,
        store: SetupStore,
        map_view: MapView,
        player: Player,
        basins: BasinsController,
        plot: DataPlot,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._map = map_view
        self._player = player
        self._basins = basins
        self._plot = plot
        self.example: int | None = None
        self.available = False
        plot.example_clicked.connect(self.choose)
        store.changed.connect(self._on_changed)
        player.playing_changed.connect(self._on_playing)
        basins.changed.connect(self._on_coloring)

    def actions(self) -> list[ActionSpec]:
        """One example after another, and all again."""
        return [
            ActionSpec(
                "descent.view.next_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Next E&xample"),
                "View",
                self.show_next,
                "E",
                canvas_only=True,
                enabled=self.may_choose,
                section=30,
            ),
            ActionSpec(
                "descent.view.previous_example",
                QT_TRANSLATE_NOOP("actions", "Landscape of the Example Be&fore"),
                "View",
                self.show_previous,
                "Shift+E",
                canvas_only=True,
                enabled=self.may_choose,
                section=30,
            ),
            ActionSpec(
                "descent.view.all_examples",
                QT_TRANSLATE_NOOP("actions", "Landscape of &All Examples"),
                "View",
                self.leave,
                "A Esc",
                canvas_only=True,
                enabled=self.is_shown,
                section=30,
            ),
        ]

    def may_choose(self) -> bool:
        return self.available and not self._player.playing

    def is_shown(self) -> bool:
        return self.example is not None

    def choose(self, row: int) -> None:
        """Show one example's own landscape; the same again, or none (-1): the full one."""
        if self._player.playing or self._plot.layer.data is None:
            return
        wanted = None if row < 0 or row == self.example else row
        if wanted != self.example:
            if wanted is not None:
                self._basins.choose(LOSS)
            self._set(wanted)

    def show_next(self) -> None:
        self.move(1)

    def show_previous(self) -> None:
        self.move(-1)

    def move(self, by: int) -> None:
        """The landscape of the next example or of the one before; the full one between the ends."""
        shown = self._plot.layer.data
        if shown is None or self._player.playing:
            return
        rows = np.flatnonzero(shown.fresh > 0)
        if self.example is None:
            self.choose(int(rows[0] if by > 0 else rows[-1]))
            return
        place = int(np.searchsorted(rows, self.example)) + by
        self.choose(int(rows[place]) if 0 <= place < len(rows) else -1)

    def leave(self) -> None:
        """Back to the landscape of all."""
        self.choose(-1)

    def forget(self) -> None:
        """Back to the landscape of all, as the example is no more what it was."""
        if self.example is not None:
            self._set(None)

    def draw(self, setup: Setup, domain: Domain, size: tuple[int, int]) -> bool:
        """Draw the chosen example's map; False where the map of all is wanted."""
        shown = self._plot.layer.data
        if self.example is None or shown is None or self.example >= len(shown.inputs):
            return False
        example = (float(shown.inputs[self.example]), float(shown.targets[self.example]))
        self._jobs.draw_example_map(setup, example, domain, size)
        return True

    def _set(self, example: int | None) -> None:
        self.example = example
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        shown = self._plot.layer.data
        if self.example is None or shown is None:
            self._map.name_landscape("", [])
            return
        u, v = (float(ends[self.example]) for ends in (shown.inputs, shown.targets))
        title = self.tr("Loss of example {number} alone").format(number=self.example + 1)
        if self.example == shown.outlier:
            title = self.tr("Loss of the outlier alone")
        place = self.tr("input {u}, target {v}").format(
            u=number_text.write(u, digits=3), v=number_text.write(v, digits=3)
        )
        self._map.name_landscape(title, [place, self.tr("Esc: the landscape of all")])

    def _on_changed(self, before: Setup, after: Setup) -> None:
        old, new = before.race, after.race
        if (old.surface, old.formula, old.data) != (new.surface, new.formula, new.data):
            self.forget()

    def _on_playing(self, playing: bool) -> None:
        if playing:
            self.forget()

    def _on_coloring(self, kind: str) -> None:
        if kind != LOSS:  # basins are those of all examples
            self.forget()

    def retranslate(self) -> None:
        self._name()
