"""Joins the panels in which the race is set with the editor that changes it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.checks import Point
from gui.descent.editor import Editor
from gui.descent.header import Header
from gui.descent.race_panel import RacePanel
from gui.descent.setup import Setup, SetupStore
from gui.descent.surfaces.panel import SurfacePanel
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.racers_editor import join
from gui.widgets.timeline import Timeline


class SettingsController(QObject):
    """Passes on what is set in the panels and on the map, and shows in them what is set.

    Signals:
        failed: why something was refused.
    """

    failed = Signal(object)

    def __init__(
        self,
        store: SetupStore,
        editor: Editor,
        surfaces: SurfacePanel,
        optimizers: OptimizerTable,
        race_panel: RacePanel,
        header: Header,
        map_view: MapView,
        timeline: Timeline,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._editor = editor
        self._surfaces = surfaces
        self._optimizers = optimizers
        self._race_panel = race_panel
        self._header = header
        self._map = map_view
        self._timeline = timeline
        self._start: Point | None = None  # that the map shows
        join(optimizers, editor)
        race_panel.start_wanted.connect(editor.set_start)
        race_panel.changed.connect(editor.set_race_value)
        map_view.start_wanted.connect(editor.set_start)
        map_view.start_dragged.connect(editor.drag_start)
        map_view.copy_wanted.connect(self._on_copy_wanted)
        editor.refused.connect(self._on_refused)
        store.changed.connect(self._on_changed)
        self._show(store.setup)

    def _on_changed(self, before: Setup, after: Setup) -> None:
        self._show(after)

    def _show(self, setup: Setup) -> None:
        self._surfaces.show_setup(setup)
        self._optimizers.show_entries(setup.entries, setup.settings())
        self._race_panel.show_setup(setup)
        self._header.show_setup(setup)
        if setup.start() != self._start:  # else the map would be painted for every move of a slider
            self._start = setup.start()
            self._map.show_start(*self._start)
        self._timeline.set_total(setup.race.steps)

    def _on_copy_wanted(self, x: float, y: float) -> None:
        self._editor.copy_to(self._optimizers.chosen_name(), x, y)

    def _on_refused(self, error: Exception) -> None:
        """Say why, and show what is still set."""
        self.failed.emit(error)
        self._race_panel.show_setup(self._store.setup)
