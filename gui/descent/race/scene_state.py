"""What the window shows of a race as one record, and a window that shows what a record says."""

from __future__ import annotations

from engine.descent.race.scene import RaceView, SceneSpec
from gui.descent.basins.controller import BasinsController
from gui.descent.critical_points.controller import CriticalPointsController
from gui.descent.cross_section.controller import CrossSectionController
from gui.descent.data_fit.controller import DataFitController
from gui.descent.editor import Editor
from gui.descent.presenter import RacePlayback
from gui.descent.setup import Setup, SetupStore
from gui.descent.step.controller import StepController
from gui.descent.step.vectors_controller import VectorsController
from gui.landscape.map_view import MapView
from gui.landscape.surface_switch import SurfaceSwitch
from gui.racing.axes.costs import STEPS
from gui.racing.curves import Curves
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import SPEEDS, Player
from gui.widgets.tab_panel import TabPanel


class SceneState:
    """Tells and shows all that a saved race holds."""

    def __init__(
        self,
        store: SetupStore,
        editor: Editor,
        playback: RacePlayback,
        player: Player,
        optimizers: OptimizerTable,
        curves: Curves,
        map_view: MapView,
        panels: TabPanel,
        surface_switch: SurfaceSwitch,
        basins: BasinsController,
        cross_section: CrossSectionController,
        critical_points: CriticalPointsController,
        vectors: VectorsController,
        step: StepController,
        data_fit: DataFitController,
    ) -> None:
        self._store = store
        self._editor = editor
        self._playback = playback
        self._player = player
        self._optimizers = optimizers
        self._curves = curves
        self._map = map_view
        self._panels = panels
        self._surface_switch = surface_switch
        self._basins = basins
        self._cross_section = cross_section
        self._critical_points = critical_points
        self._vectors = vectors
        self._step = step
        self._data_fit = data_fit

    def spec(self) -> SceneSpec:
        """What is shown now."""
        setup: Setup = self._store.setup
        return SceneSpec(
            race=setup.whole(),
            resting=setup.resting(),
            chosen=self._optimizers.chosen_name(),
            step=self._player.wanted,
            speed=self._player.speed,
            view=RaceView(
                domain=self._map.part(),
                three_d=self._surface_switch.shown,
                viewpoint=self._surface_switch.viewpoint(),
                coloring=self._basins.kind,
                rival=self._rival(setup),
                panel=self._panels.key,
                measure=self._curves.wanted_measure(),
                cost=self._curves.cost.name,
                cut=self._cross_section.line,
                vectors=self._vectors.is_shown(),
                gradients=self._data_fit.are_gradients_wanted(),
                critical_points=self._critical_points.is_shown(),
                numbers=self._step.is_shown(),
            ),
        )

    def show(self, spec: SceneSpec, text: str) -> None:
        """Show what was saved, as one line of the Edit menu; `text` is one of `edit_text`."""
        view = spec.view
        self._playback.reset()
        self._editor.set_race(spec.race, text, spec.resting)
        self._optimizers.choose(spec.chosen)
        if spec.speed in SPEEDS:
            self._player.set_speed(spec.speed)
        if self._player.total != spec.race.steps:  # nothing is computed before the first frame
            self._playback.expect(self._store.setup)
        self._player.seek(spec.step)
        self._map.show_part(view.domain)
        self._surface_switch.look_from(view.viewpoint)
        self._surface_switch.set_shown(view.three_d)
        self._vectors.set_shown(view.vectors)
        self._data_fit.set_gradients_shown(view.gradients)
        self._step.set_shown(view.numbers)
        self._critical_points.set_shown(view.critical_points)
        self._cross_section.show_line(view.cut)
        self._curves.choose_measure(view.measure)
        self._curves.choose_cost(view.cost or STEPS.name)
        if self._panels.has_panel(view.panel):
            self._panels.show_panel(view.panel)
        self._basins.set_rival(view.rival)
        self._basins.choose(view.coloring)
        self._playback.show()

    def _rival(self, setup: Setup) -> str:
        """A racer that has left is compared with no longer."""
        rival = self._basins.wanted_rival
        return rival if setup.entry(rival) is not None else ""
