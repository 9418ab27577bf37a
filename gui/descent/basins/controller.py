"""What colours the map: the loss, the basins of the chosen racer, or where two racers differ."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.descent.race.spec import hyper_of
from engine.optimizers.racer import Racer
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.basins.bar import BasinBar, slider_keys
from gui.descent.basins.image import BasinColoring, map_basins
from gui.descent.editor import Editor
from gui.descent.presenter import RacePlayback
from gui.descent.setup import Setup, SetupStore, landscape_key, settings_of
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_view import MapView
from gui.racing.entries import Entry, racer_title
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.maps.basin_difference import DifferenceMap
    from engine.descent.maps.basins import BasinMap

LOSS, BASINS, DIFFERENCE = "loss", "basins", "difference"
JOB = "descent.basins"


class BasinsController(QObject):
    """Has the basins computed again whenever something that decides them changes.

    While something is dragged, requests are coalesced until the map at work has shown its
    coarse part, so that the colours follow the hand however quickly it moves.

    Signals:
        changed: `LOSS`, `BASINS` or `DIFFERENCE`.
        drawn: the `BasinMap` or `DifferenceMap` that is shown now.
        failed: the exception of a map that could not be computed.
    """

    changed = Signal(str)
    drawn = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore,
        editor: Editor,
        optimizers: OptimizerTable,
        map_view: MapView,
        playback: RacePlayback,
        player: Player,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, JOB, answers=True)
        self._store = store
        self._editor = editor
        self._optimizers = optimizers
        self._map = map_view
        self._playback = playback
        self._player = player
        self._shown: BasinMap | DifferenceMap | None = None
        self._rival = ""
        self.kind = LOSS
        self._sliders = True  # are shown, whatever the colours
        self.bar = BasinBar(parent)
        self.bar.hide()
        self.bar.dragged.connect(self._on_dragged)
        self.bar.reset_wanted.connect(self._on_reset)
        self.bar.rival_chosen.connect(self.set_rival)
        optimizers.chosen.connect(self.update)
        store.changed.connect(self._on_changed)
        map_view.view_settled.connect(self.update)
        map_view.pressed.connect(self._on_pressed)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of them."""
        return [
            ActionSpec(
                "descent.view.basins",
                QT_TRANSLATE_NOOP("actions", "&Basins of Attraction"),
                "View",
                self.show_basins,
                "B",
                checkable=True,
                canvas_only=True,
                checked=self.are_basins_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.difference",
                QT_TRANSLATE_NOOP("actions", "Where &Two Racers End"),
                "View",
                self.show_difference,
                "Shift+B",
                checkable=True,
                canvas_only=True,
                checked=self.is_difference_shown,
                section=20,
            ),
            ActionSpec(
                "descent.view.sliders",
                QT_TRANSLATE_NOOP("actions", "S&liders of the Chosen Optimizer"),
                "View",
                self.show_sliders,
                "Shift+H",
                checkable=True,
                canvas_only=True,
                checked=self.are_sliders_shown,
                section=20,
            ),
        ]

    def show_sliders(self, shown: bool) -> None:
        """Have the chosen racer's sliders over the map, whatever its colours."""
        self._sliders = shown
        self._show_bar()

    def are_sliders_shown(self) -> bool:
        return self._sliders

    def show_basins(self, shown: bool) -> None:
        self.choose(BASINS if shown else LOSS)

    def show_difference(self, shown: bool) -> None:
        self.choose(DIFFERENCE if shown else LOSS)

    def are_basins_shown(self) -> bool:
        return self.kind == BASINS

    def is_difference_shown(self) -> bool:
        return self.kind == DIFFERENCE

    def choose(self, kind: str) -> None:
        """Colour by `LOSS`, `BASINS` or `DIFFERENCE`."""
        if kind == self.kind:
            return
        self.kind = kind
        self._job.cancel()
        self._shown = None
        self._map.color_by(None)
        self._show_bar()
        self.changed.emit(kind)
        self.update()

    def set_rival(self, name: str) -> None:
        """With which racer the chosen one is compared."""
        self._rival = name
        self.update()

    @property
    def wanted_rival(self) -> str:
        """Name of the racer that was chosen to be compared with; empty for whichever is first."""
        return self._rival

    def rivals(self) -> list[Entry]:
        """All racers but the chosen one."""
        chosen = self._optimizers.chosen_name()
        return [entry for entry in self._store.setup.entries if entry.racer.name != chosen]

    def rival(self) -> Entry | None:
        """With which the chosen racer is compared; the first other one unless it was chosen."""
        others = self.rivals()
        named = [entry for entry in others if entry.racer.name == self._rival]
        return next(iter([*named, *others]), None)

    def start_at(self, x: float, y: float) -> tuple[float, float] | None:
        """The start whose colour is seen at a place; None where none is."""
        shown = self._shown
        if shown is None or not shown.x.size:
            return None
        if not (shown.x[0] <= x <= shown.x[-1] and shown.y[0] <= y <= shown.y[-1]):
            return None
        return (
            float(shown.x[np.abs(shown.x - x).argmin()]),
            float(shown.y[np.abs(shown.y - y).argmin()]),
        )

    def update(self, *_: object) -> None:
        """Ask for the map, unless what decides it is still the same."""
        self._show_bar()
        if self.kind == LOSS:
            return
        setup = self._store.setup
        entry = setup.entry(self._optimizers.chosen_name())
        other = self.rival() if self.kind == DIFFERENCE else None
        if entry is None or (self.kind == DIFFERENCE and other is None):
            return
        domain = self._map.visible_domain()
        race = setup.race
        racers = (entry.racer, other.racer if other is not None else None)
        self._job.request(
            partial(map_basins, race, racers[0], domain, racers[1], self._job.is_waiting),
            on_snapshot=self._on_map,
            on_error=self._on_failed,
            depends_on=(
                race.surface, race.formula, race.parameters, race.data, race.steps, racers, domain
            ),
        )  # fmt: skip

    def _on_changed(self, before: Setup, after: Setup) -> None:
        if landscape_key(before) != landscape_key(after) and self._shown is not None:
            # No place of the new surface has the colour of the old one's.
            self._shown = None
            self._map.color_by(None)
        self._show_bar()

    def _show_bar(self, *_: object) -> None:
        """Show the chosen racer's numbers, and which others there are."""
        setup = self._store.setup
        entry = setup.entry(self._optimizers.chosen_name())
        shown = (self.kind != LOSS or self._sliders) and entry is not None
        self.bar.setVisible(shown)
        if not shown or entry is None:
            return
        settings = settings_of(entry, setup.surface())
        keys = slider_keys(entry.racer.optimizer)
        self.bar.show_settings({key: settings[key] for key in keys})
        rival = self.rival()
        compared = self.kind == DIFFERENCE and rival is not None
        others = self.rivals() if compared else []
        names = [(other.racer.name, racer_title(other)) for other in others]
        self.bar.show_rivals(names, rival.racer.name if rival is not None else "")

    def _on_map(self, shown: BasinMap | DifferenceMap) -> None:
        # Between two maps the older one comes again, to say how far the next one is.
        newest = grid(shown)
        if not newest.size or (self._shown is not None and newest is grid(self._shown)):
            return
        self._shown = shown
        legend = self._legend()
        named = self._map.landscape_legend
        renamed = (named.title, named.notes) != legend
        self._map.color_by(BasinColoring(shown), *legend)
        if renamed:
            self._map.arrange()
        self.bar.show_counts(getattr(shown, "counts", ()))
        self.drawn.emit(shown)
        self._job.release()

    def _legend(self) -> tuple[str, list[str]]:
        entry = self._store.setup.entry(self._optimizers.chosen_name())
        name = racer_title(entry) if entry is not None else ""
        other = self.rival()
        if self.kind == DIFFERENCE and other is not None:
            title = self.tr("{first} against {second}")
            title = title.format(first=name, second=racer_title(other))
            return title, [self.tr("click a place to replay it")]
        return self.tr("Basins of {name}").format(name=name), [
            self.tr("one colour for each minimum"),
            self.tr("darker: arrives later"),
            self.tr("grey: arrives at none"),
            self.tr("click a place to replay it"),
        ]

    def _on_failed(self, error: Exception) -> None:
        self.choose(LOSS)
        self.failed.emit(error)

    def _on_dragged(self, key: str, value: float, stage: int) -> None:
        self._editor.drag_settings(self._optimizers.chosen_name(), {key: value}, stage)

    def _on_reset(self, key: str) -> None:
        """The value that the rule has on this surface where nobody has set one."""
        name, setup = self._optimizers.chosen_name(), self._store.setup
        entry = setup.entry(name)
        if entry is not None:
            default = hyper_of(Racer(entry.racer.optimizer), setup.surface())[key]
            self._editor.drag_settings(name, {key: default})

    def _on_pressed(self, x: float, y: float) -> None:
        """Race from the start whose colour was pressed."""
        start = self.start_at(x, y) if self.kind != LOSS else None
        if start is not None:
            self._playback.reset()
            self._editor.set_start(*start)
            self._player.play()


def grid(shown: BasinMap | DifferenceMap) -> np.ndarray:
    """What tells one map from the next."""
    found: np.ndarray | None = getattr(shown, "outcome", None)
    return shown.label if found is None else found  # type: ignore[union-attr]
