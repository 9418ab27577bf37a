"""Keeps the vectors on the map true to the next step of the chosen racer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.presenter import RacePlayback
from gui.descent.step.vectors_layer import StepVectorsLayer
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.entries import racer_title
from gui.racing.history import DIVERGED
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame
    from engine.descent.step.vectors import StepVectors

VECTORS = "descent.step"
ARRANGE_MS = 150
NOWHERE = np.zeros(2)


def split_step(spec: RaceSpec, frame: RaceFrame, racer: int) -> Iterator[StepVectors]:
    """The vectors of the step from a frame, on the worker."""
    from engine.descent.step.vectors import next_step

    yield next_step(spec, frame, racer)


class VectorsController(QObject):
    """Draws the vectors of the step that comes next while the race is paused."""

    def __init__(
        self,
        bridge: Bridge,
        playback: RacePlayback,
        player: Player,
        optimizers: OptimizerTable,
        map_view: MapView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, VECTORS)
        self._playback = playback
        self._player = player
        self._optimizers = optimizers
        self._map = map_view
        self.layer = StepVectorsLayer(map_view.view_box)
        map_view.add_layer(self.layer)
        self._shown = True
        self._arranging = QTimer(self)
        self._arranging.setSingleShot(True)
        self._arranging.setInterval(ARRANGE_MS)
        self._arranging.timeout.connect(map_view.arrange)
        playback.changed.connect(self.update)
        optimizers.chosen.connect(self.update)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of them."""
        return [
            ActionSpec(
                "descent.view.vectors",
                QT_TRANSLATE_NOOP("actions", "&Vectors of the Next Step"),
                "View",
                self.set_shown,
                "V",
                checkable=True,
                canvas_only=True,
                checked=self.is_shown,
                icon="vectors",
                section=20,
            )
        ]

    def is_shown(self) -> bool:
        """Whether they are drawn while the race is paused."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        self._shown = shown
        self.update()

    def update(self, *_: object) -> None:
        """Ask for the vectors of the step that is on the screen, or take them away."""
        shown = self._playback.shown()
        name = self._optimizers.chosen_name()
        if shown is not None and self._shown and not self._player.playing:
            setup, history, step = shown
            names = [entry.racer.name for entry in setup.running]
            if name in names and history.state(step)[names.index(name)] != DIVERGED:
                frame = history.frames[step]
                self._job.request(
                    partial(split_step, setup.spec(), frame, names.index(name)),
                    on_snapshot=partial(self._on_vectors, frame),
                )
                return
        self._job.cancel()
        self.layer.show_vectors(None, NOWHERE)

    def _on_vectors(self, frame: RaceFrame, vectors: StepVectors) -> None:
        shown = self._playback.shown()
        if shown is None or self._player.playing or not self._shown:
            return
        setup, history, step = shown
        name = self._optimizers.chosen_name()
        for racer, entry in enumerate(setup.running):
            if entry.racer.name == name and history.frames[step] is frame:
                before = self.layer.inset.lens
                self.layer.show_vectors(vectors, frame.position[racer], racer_title(entry))
                if before is None and self.layer.inset.lens is not None:
                    self._map.arrange()  # a lens that comes may lie on no legend, not for a moment
                if not self._arranging.isActive():  # legends that jump under a hand are no help
                    self._arranging.start()
