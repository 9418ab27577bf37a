"""Which landscape is raced on: the panel's choice, formulas that are checked, small pictures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.checks import Domain
from engine.descent.race.spec import RaceSpec
from engine.errors import FormulaError
from gui.bridge import Bridge, NewestJob, whole
from gui.descent import setup as setups
from gui.descent.editor import Editor
from gui.descent.setup import Setup, SetupStore
from gui.descent.surfaces.gallery import draw_preview, draw_thumbnails
from gui.descent.surfaces.panel import SurfacePanel
from gui.racing.jobs import LANE

if TYPE_CHECKING:
    from engine.landscape import Landscape

FORMULA, GALLERY, PREVIEW = (f"descent.{name}" for name in ("formula", "gallery", "preview"))
CHECK_SIZE = (64, 64)


def check_formula(spec: RaceSpec) -> Iterator[Landscape | Domain]:
    """A small map of a formula, on the worker: it fails where the formula cannot be used.

    Then comes the part of the plane where it is interesting.
    """
    from engine.descent.maps.region import checked_region

    return checked_region(spec, CHECK_SIZE)


class SurfacesController(QObject):
    """Passes on what is chosen in the panel; a formula only when it can be drawn."""

    def __init__(self, bridge: Bridge, store: SetupStore, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._store = store
        self._editor = editor
        self.panel = SurfacePanel(parent)
        self.panel.surface_chosen.connect(editor.choose_surface)
        self.panel.parameter_changed.connect(editor.set_parameter)
        self.panel.formula_entered.connect(self.enter_formula)
        self.panel.preview_wanted.connect(self.preview)
        self._preview = NewestJob(bridge, LANE, PREVIEW)
        store.changed.connect(self._on_changed)

    def draw_gallery(self) -> None:
        """Compute small pictures of all surfaces, one after the other."""
        self._bridge.start(
            LANE,
            GALLERY,
            draw_thumbnails,
            on_increments=self.panel.list.show_pictures,
            increment=whole,
        )

    def enter_formula(self, text: str) -> None:
        """Have a formula checked in the background; the surface stays until it can be drawn."""
        try:
            candidate = setups.with_formula(self._store.setup, text)
        except FormulaError as error:
            self.panel.show_problem(error)
            return
        self.panel.show_problem(None)
        self._bridge.start(
            LANE,
            FORMULA,
            partial(check_formula, candidate.race),
            on_increments=partial(self._on_checked, text),
            on_error=self.panel.show_problem,
            increment=whole,
        )

    def preview(self, text: str) -> None:
        """Have a small picture drawn of what is typed; none of what cannot be read yet."""
        try:
            candidate = setups.with_formula(self._store.setup, text)
        except FormulaError:
            self._preview.cancel()
            self.panel.show_preview(None)
            return
        self._preview.request(
            partial(draw_preview, candidate.race),
            on_snapshot=self.panel.show_preview,
            on_error=self._on_no_preview,
        )

    def _on_no_preview(self, error: Exception) -> None:
        self.panel.show_preview(None)  # Enter says what is wrong

    def _on_checked(self, text: str, told: tuple[Landscape | Domain, ...]) -> None:
        for domain in told:
            if isinstance(domain, tuple):
                self._editor.set_formula(text, domain)

    def _on_changed(self, before: Setup, after: Setup) -> None:
        """What was chosen meanwhile may not be replaced by a formula that is still checked."""
        if setups.landscape_key(before) != setups.landscape_key(after):
            self._bridge.cancel(FORMULA)
