"""Every change that a person can make to the race; each is one line of the Edit menu."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject, Signal

from engine.checks import Domain
from engine.descent.race.spec import RaceSpec
from engine.errors import InputError
from gui import number_text
from gui.descent import edit_text
from gui.descent import setup as setups
from gui.descent.setup import Setup, SetupStore, setup_of
from gui.descent.spec_limits import clamp
from gui.racing import edit_text as racer_text
from gui.racing import race_setup
from gui.racing.racers_editor import RacersEditor

# A start set with the mouse is no finer than the screen.
MOUSE_DIGITS = 5


class Editor(RacersEditor[Setup]):
    """Turns requests into changes of the setup, or refuses them.

    Signals:
        clamped: what `clamp` changed in a race that was opened or pasted.
    """

    clamped = Signal(object)

    def __init__(
        self, store: SetupStore, visible_domain: Callable[[], Domain], parent: QObject
    ) -> None:
        """Make an editor.

        Args:
            store: holds the setup and its undo stack.
            visible_domain: tells which part of the plane can be seen.
        """
        super().__init__(store, parent)
        self._visible_domain = visible_domain
        self._gesture = 0
        self._before = store.setup
        self._dragging = False

    @property
    def dragging(self) -> bool:
        """Whether a change under the mouse is not the last of its kind."""
        return self._dragging

    # -- the surface ----------------------------------------------------------------------------

    def choose_surface(self, name: str) -> None:
        after = setups.with_surface(self.setup, name)
        old, new = edit_text.surface_name(self.setup), edit_text.surface_name(after)
        self._change(after, edit_text.say(edit_text.SURFACE, old=old, new=new))

    def set_parameter(self, name: str, value: float, stage: int = 3) -> None:
        """Another number of the surface; a drag (first 1, further 0, last 2) is one change."""
        if stage & 1 or not self._gesture:
            self._gesture = self._store.new_gesture()
            self._before = self.setup
        self._dragging = not stage & 2
        text = edit_text.parameter_text(self._before, name, value)
        after = setups.with_parameter(self.setup, name, value)
        self._change(after, text, gesture=self._gesture)
        if stage & 2:
            self._end_drag()

    def set_formula(self, formula: str, domain: Domain | None = None) -> None:
        """Another formula as the surface, one that can be drawn, and where it is looked at."""
        text = edit_text.say(edit_text.FORMULA, new=edit_text.short_formula(formula))
        self._change(setups.with_formula(self.setup, formula, domain), text)

    # -- the racers -------------------------------------------------------------------------------

    def drag_settings(self, name: str, settings: Mapping[str, float], stage: int = 3) -> None:
        """Other numbers of one racer; a drag (first 1, further 0, last 2) is one change."""
        if stage & 1 or not self._gesture:
            self._gesture = self._store.new_gesture()
        self._dragging = not stage & 2
        text = racer_text.settings_text(self.setup, name, settings)
        after = race_setup.with_settings(self.setup, name, settings)
        self._change(after, text, gesture=self._gesture)
        if stage & 2:
            self._end_drag()

    def copy_to(self, name: str, x: float, y: float) -> None:
        """Let a copy of a racer start at another place."""
        self.copy(name, start=(rounded(x), rounded(y)))

    # -- the race -------------------------------------------------------------------------------

    def set_race_value(self, name: str, value: float) -> None:
        """Another "steps", "noise" or "seed"."""
        value = value if name == "noise" else int(value)
        text = edit_text.race_text(self.setup, name, value)
        self._change(setups.with_race(self.setup, **{name: value}), text)

    def set_start(self, x: float, y: float) -> None:
        """Another start; one that cannot be seen is refused."""
        if self._in_view(x, y):
            self._move_start(x, y)
            return
        x0, x1, y0, y1 = (number_text.write(end, digits=4) for end in self._visible_domain())
        fields = {"x": number_text.write(x), "y": number_text.write(y)}
        self.refused.emit(InputError("race.start_outside", **fields, x0=x0, x1=x1, y0=y0, y1=y1))

    def drag_start(self, x: float, y: float, stage: int) -> None:
        """The start under the mouse; one drag (first 1, further 0, last 2) is one change."""
        if stage == 1 or not self._gesture:
            self._gesture = self._store.new_gesture()
        self._dragging = stage != 2
        x0, x1, y0, y1 = self._visible_domain()
        x, y = rounded(min(max(x, x0), x1)), rounded(min(max(y, y0), y1))
        self._move_start(x, y, gesture=self._gesture)
        if stage == 2:
            self._end_drag()

    # -- whole races ----------------------------------------------------------------------------

    def set_race(self, spec: RaceSpec, text: str, resting: Collection[str] = ()) -> None:
        """Another race, within the window's limits.

        Args:
            text: one of `edit_text`.
            resting: names of the racers that take no part.
        """
        spec, changed = clamp(spec)
        self._change(setup_of(spec, resting), edit_text.say(text))
        if changed:
            self.clamped.emit(changed)

    # -- how ------------------------------------------------------------------------------------

    def _change(self, after: Setup, text: str, *, gesture: int = 0) -> bool:
        if not gesture:  # a slider may vanish under the mouse: then its drag never ends
            self._gesture, self._dragging = 0, False
        self._store.change(after, text, gesture=gesture)
        return True

    def _move_start(self, x: float, y: float, *, gesture: int = 0) -> None:
        text = edit_text.say(edit_text.START, x=float(x), y=float(y))
        self._change(setups.with_race(self.setup, start=(x, y)), text, gesture=gesture)

    def _end_drag(self) -> None:
        self._gesture = 0
        self._dragging = False
        self.settled.emit()

    def _in_view(self, x: float, y: float) -> bool:
        for x0, x1, y0, y1 in (self._visible_domain(), setups.home_domain(self.setup)):
            if x0 <= x <= x1 and y0 <= y <= y1:
                return True
        return False


def rounded(value: float) -> float:
    return float(f"{value:.{MOUSE_DIGITS}g}")
