"""Keeps the diagram of learning rates true to what is set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.checks import Point
from engine.descent.race.spec import RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.bifurcation.examples import ALONG_X, ALONG_Y, EXAMPLES, PLANE
from gui.descent.cross_section.controller import CrossSectionController
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore, settings_of
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import sentence
from gui.racing.entries import racer_title
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.descent.maps.bifurcation import Bifurcation
    from gui.descent.bifurcation.dialog import BifurcationDialog

JOB = "descent.bifurcation"
RATES = 480
EXAMPLE = QT_TRANSLATE_NOOP("descent", "an example of bifurcations")
Line = tuple[Point, Point] | None
Ends = tuple[float, float] | None


def diagram(race: RaceSpec, line: Line, ends: Ends) -> Iterator[Bifurcation]:
    """The long run of the first racer at every rate, on the worker.

    Args:
        ends: the least and greatest rate; None for those that theory suggests.
    """
    from engine.descent.maps.bifurcation import BifurcationSpec, bifurcation, suggest_rates
    from engine.descent.maps.sweep import Axis

    rates = suggest_rates(race, line, RATES) if ends is None else Axis(*ends, RATES)
    yield from bifurcation(BifurcationSpec(race, line, rates))


class BifurcationController(QObject):
    """Opens the diagram, has it computed again, and races with what is pressed in it."""

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore,
        editor: Editor,
        optimizers: OptimizerTable,
        cut: CrossSectionController,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, JOB)
        self._store = store
        self._editor = editor
        self._optimizers = optimizers
        self._cut = cut
        self._window = parent
        self._is_built = False
        self._ends: Ends = None
        self._surface: object = None
        self._about: object = None
        optimizers.chosen.connect(self.update)
        store.changed.connect(self.update)

    @cached_property
    def dialog(self) -> BifurcationDialog:
        """The diagram, built when it is first asked for."""
        from gui.descent.bifurcation.dialog import BifurcationDialog

        dialog = BifurcationDialog(self._window)
        dialog.wanted.connect(self._on_wanted)
        dialog.rate_wanted.connect(self._on_rate)
        dialog.example_wanted.connect(self._on_example)
        dialog.finished.connect(self._on_closed)
        self._is_built = True
        return dialog

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.bifurcation",
                QT_TRANSLATE_NOOP("actions", "B&ifurcations…"),
                "View",
                self.open,
                "Ctrl+B",
                section=20,
            )
        ]

    def open(self) -> None:
        """Show the diagram beside the race."""
        self.dialog.show()
        self.dialog.raise_()
        self.update()

    def update(self, *_: object) -> None:
        """Try all rates again when anything but the racer's own rate has changed."""
        setup = self._store.setup
        entry = setup.entry(self._optimizers.chosen_name())
        if entry is None or not (self._is_built and self.dialog.isVisible()):
            return
        surface = setup.surface()
        settings = settings_of(entry, surface)
        others = {key: value for key, value in settings.items() if key != "lr"}
        racer = replace(entry.racer, starts=1, jog=None)
        race = replace(setup.race, racers=(racer,), noise=0.0)
        line = self._line(setup.start() if racer.start is None else racer.start)
        kept = (race.surface, race.formula, dict(race.parameters), race.data, line)
        rule = (racer.optimizer, others, racer.start, race.start, racer.schedule)
        if self._surface != (kept, rule):
            self._surface, self._ends = (kept, rule), None
        self.dialog.show_racer(racer_title(entry), settings.get("lr", float("nan")))
        if self._job.request(
            partial(diagram, race, line, self._ends),
            on_snapshot=self._on_found,
            on_error=self._on_failed,
            depends_on=(kept, rule, racer.schedule_settings, self._ends),
        ):
            self._job.release()
            # Another surface or rule has nothing of the old diagram; dragged numbers keep it.
            about = (race.surface, race.formula, self.dialog.along.currentData(), racer.optimizer)
            if about != self._about:
                self._about = about
                self.dialog.show_found(None)

    def _line(self, start: Point) -> Line:
        along = self.dialog.along.currentData()
        x, y = start
        if along == ALONG_X:
            return (0.0, y), (1.0, y)
        if along == ALONG_Y:
            return (x, 0.0), (x, 1.0)
        return None if along == PLANE else self._cut.ends

    def _on_found(self, found: Bifurcation) -> None:
        if self._ends is None:
            self.dialog.show_rates(float(found.lr[0]), float(found.lr[-1]))
        self.dialog.show_found(found)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.show_found(None, sentence(error))

    def _on_wanted(self) -> None:
        low, high = self.dialog.low.value(), self.dialog.high.value()
        if self.dialog.found is not None and low < high:
            shown = float(self.dialog.found.lr[0]), float(self.dialog.found.lr[-1])
            if (low, high) != shown:
                self._ends = (low, high)
        self.update()

    def _on_rate(self, rate: float) -> None:
        self._editor.drag_settings(self._optimizers.chosen_name(), {"lr": rate})

    def _on_example(self, index: int) -> None:
        example = EXAMPLES[index]
        self.dialog.show_choice(example.along, example.shows)
        self._editor.set_race(example.race, EXAMPLE)
        self.update()

    def _on_closed(self, result: int) -> None:
        self._job.cancel()
