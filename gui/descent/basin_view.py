"""Joins the basins with the rest: sliders, the rival, and the replay of a start that is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.descent.basins.bar import BasinBar
from gui.descent.basins.controller import DIFFERENCE, LOSS, Ground
from gui.descent.editor import Editor
from gui.descent.presenter import Presenter
from gui.descent.setup import SetupStore
from gui.descent.stability.dialog import second_key
from gui.landscape.map_view import MapView
from gui.racing.entries import racer_title, settings_of
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player

if TYPE_CHECKING:
    from engine.descent.maps.basin_difference import DifferenceMap
    from engine.descent.maps.basins import BasinMap


class BasinView(QObject):
    """Keeps the bar true to what is set, and passes on what is done in it and on the map."""

    def __init__(
        self,
        bar: BasinBar,
        ground: Ground,
        keeper: SetupStore,
        editor: Editor,
        optimizers: OptimizerTable,
        map_view: MapView,
        presenter: Presenter,
        player: Player,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._ground = ground
        self._keeper = keeper
        self._editor = editor
        self._optimizers = optimizers
        self._presenter = presenter
        self._player = player
        bar.hide()
        bar.dragged.connect(self._on_dragged)
        bar.rival_chosen.connect(ground.set_rival)
        ground.changed.connect(self.update)
        ground.drawn.connect(self._on_drawn)
        keeper.changed.connect(self.update)
        optimizers.chosen.connect(self.update)
        map_view.pressed.connect(self._on_pressed)

    def update(self, *_: object) -> None:
        """Show the chosen racer's numbers, and who else there is."""
        kind = self._ground.kind
        setup = self._keeper.setup
        entry = setup.entry(self._optimizers.chosen_name())
        self._bar.setVisible(kind != LOSS and entry is not None)
        if kind == LOSS or entry is None:
            return
        settings = settings_of(entry, setup.surface())
        key = second_key(entry.racer.optimizer)
        self._bar.show_pair(settings.get("lr", 0.0), key, settings.get(key, 0.0))
        rivals, rival = self._ground.rivals(), self._ground.rival()
        compared = kind == DIFFERENCE and rival is not None
        names = [(other.racer.name, racer_title(other)) for other in rivals] if compared else []
        self._bar.show_rivals(names, rival.racer.name if rival is not None else "")

    def _on_dragged(self, key: str, value: float, stage: int) -> None:
        self._editor.drag_settings(self._optimizers.chosen_name(), {key: value}, stage)

    def _on_drawn(self, ground: BasinMap | DifferenceMap) -> None:
        self._bar.show_counts(getattr(ground, "counts", ()))

    def _on_pressed(self, x: float, y: float) -> None:
        """Race from the start whose colour was pressed."""
        start = self._ground.start_at(x, y) if self._ground.kind != LOSS else None
        if start is not None:
            self._presenter.reset()
            self._editor.set_start(*start)
            self._player.play()
