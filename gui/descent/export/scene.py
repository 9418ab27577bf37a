"""What the workspace shows now, as the record that every export draws."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from engine.export.scene.about import Words, about
from engine.export.scene.records import Colors, Plot, Scene
from gui import theme
from gui.descent.cross_section.panel import CutPanel
from gui.descent.cross_section.record import describe_cut
from gui.descent.data_fit.panel import DataPanel
from gui.descent.header import Header
from gui.descent.presenter import RacePlayback
from gui.descent.setup import SetupStore
from gui.i18n import QT_TRANSLATE_NOOP
from gui.landscape.map_record import describe_map
from gui.landscape.map_view import MapView
from gui.landscape.surface_record import describe_surface
from gui.landscape.surface_switch import SurfaceSwitch
from gui.racing.curves import Curves
from gui.racing.player import Player

STEP = QT_TRANSLATE_NOOP("descent", "step")
# The sentences of `engine.export.scene.about`, for the window's languages.
WORDS = {
    "parameters": QT_TRANSLATE_NOOP("descent", "Parameters: {values}."),
    "view": QT_TRANSLATE_NOOP(
        "descent", "The map shows x from {x0} to {x1} and y from {y0} to {y1}."
    ),
    "start": QT_TRANSLATE_NOOP("descent", "Start ({x}, {y}); step {step} of {steps} is shown."),
    "noise": QT_TRANSLATE_NOOP(
        "descent", "Gradients with normal noise of standard deviation {noise}; seed {seed}."
    ),
    "data": QT_TRANSLATE_NOOP(
        "descent", "Data: {count} examples, batch {batch}, data seed {seed}."
    ),
    "own_start": QT_TRANSLATE_NOOP("descent", "start ({x}, {y})"),
    "schedule": QT_TRANSLATE_NOOP("descent", "schedule {name} ({values})"),
    "jog": QT_TRANSLATE_NOOP("descent", "jog of weights ({values})"),
    "starts": QT_TRANSLATE_NOOP("descent", "{starts} starts"),
}


class SceneTeller:
    """Tells what is seen: title, map, the plot beside it and those below."""

    def __init__(
        self,
        header: Header,
        map_view: MapView,
        curves: Curves,
        cut: CutPanel,
        data: DataPanel,
        player: Player,
        store: SetupStore,
        playback: RacePlayback,
        surface_switch: SurfaceSwitch,
    ) -> None:
        self._header = header
        self._map = map_view
        self._curves = curves
        self._cut = cut
        self._data = data
        self._player = player
        self._store = store
        self._playback = playback
        self._surface_switch = surface_switch

    def about(self) -> str:
        """All that decides the race, as the caption of a figure tells it."""
        translated = {
            key: QCoreApplication.translate("descent", text) for key, text in WORDS.items()
        }
        return about(
            self._store.setup.spec(),
            self._player.step,
            self._map.visible_domain(),
            names=[name for name, _ in self._map.racers],
            title=self._header.title.text(),
            words=Words(**translated),
        )

    def describe(self, *, dark: bool | None = None, flat: bool = False) -> Scene:
        """The scene as it is seen, or as it would be in the other theme.

        Args:
            dark: in which theme; None for the window's own.
            flat: the map in any case, as a film needs its layers.
        """
        self._playback.show()  # curves are given what has been computed since
        with theme.pretended(dark):
            scene = self._describe()
            body = self._surface_switch.view if self._surface_switch.shown else None
            if body is not None and not flat:
                scene = replace(scene, map=describe_surface(body))
        if body is not None:
            body.restyle()
        return scene

    def _describe(self) -> Scene:
        names = [name for name, _ in self._map.racers]
        below: tuple[Plot, ...] = ()
        if self._curves.isVisible():
            below = self._curves.describe(names)
        elif self._cut.isVisible() and (plot := describe_cut(self._cut, names)) is not None:
            below = (plot,)
        colors = theme.current()
        return Scene(
            title=self._header.title.text(),
            formula=self._header.formula_text(),
            caption=self._header.said(),
            step=self._player.step,
            colors=Colors(
                *(colors.panel, colors.text, colors.muted, colors.border, colors.grid),
                *(colors.canvas, colors.casing),
            ),
            map=describe_map(self._map),
            beside=self._data.plot.describe() if self._data.isVisible() else None,
            below=below,
            scale=self._map.scale_factor,
            dark=colors.is_dark,
            step_word=QCoreApplication.translate("descent", STEP),
        )
