"""The lecture in this workspace: its scenes, and the picture alone in large type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt

from gui.descent import edit_text
from gui.descent.basins.controller import LOSS, BasinsController
from gui.descent.critical_points.controller import CriticalPointsController
from gui.descent.cross_section.controller import CURVES
from gui.descent.editor import Editor
from gui.descent.header import Header
from gui.descent.layout import Layout
from gui.descent.presenter import RacePlayback
from gui.descent.scenes import Scene
from gui.descent.setup import SetupStore
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from gui.widgets.tab_panel import TabPanel

SCALE = 1.5  # of lines and type


class Scalable(Protocol):
    """What can be drawn larger."""

    def set_scale(self, factor: float) -> None: ...


class LectureController(QObject):
    """Opens the scenes of the lecture and switches the lecture mode."""

    def __init__(
        self,
        store: SetupStore,
        editor: Editor,
        playback: RacePlayback,
        player: Player,
        optimizers: OptimizerTable,
        header: Header,
        map_view: MapView,
        panels: TabPanel,
        layout: Layout,
        surface_switch: SurfaceSwitch,
        basins: BasinsController,
        critical_points: CriticalPointsController,
        scaled: Sequence[Scalable],
        parent: QObject,
    ) -> None:
        """
        Args:
            scaled: all that the lecture mode draws larger.
        """
        super().__init__(parent)
        self._store = store
        self._editor = editor
        self._playback = playback
        self._player = player
        self._optimizers = optimizers
        self._header = header
        self._map = map_view
        self._panels = panels
        self._layout = layout
        self._surface_switch = surface_switch
        self._basins = basins
        self._critical_points = critical_points
        self._scaled = scaled
        self._shown = False

    def is_shown(self) -> bool:
        """Whether all but the picture is put away."""
        return self._shown

    def set_shown(self, shown: bool) -> None:
        """Only the picture, thick lines and large type; or all again."""
        self._shown = shown
        self._layout.show_settings(not shown)
        for part in self._scaled:
            part.set_scale(SCALE if shown else 1.0)
        self._panels.set_bare(shown)
        self._header.caption.put_away(shown)
        self._playback.show_names()

    def open_scene(self, scene: Scene) -> None:
        """Show a race of the lecture, with what is to be seen in it."""
        self._playback.reset()
        self._editor.set_race(scene.spec(), edit_text.LECTURE)
        self._header.show_scene(scene, self._store.setup)
        self._optimizers.choose(scene.chosen)
        self._player.seek(scene.step)
        self._map.fit()
        self._playback.show()
        # What the scene before has left open would stand in the way.
        self._surface_switch.set_shown(False)
        self._basins.choose(LOSS)
        self._critical_points.set_shown(False)
        self._panels.show_panel(scene.panel or CURVES)
        self._layout.make_room(for_panel=bool(scene.panel))
        self._map.setFocus(Qt.FocusReason.OtherFocusReason)
