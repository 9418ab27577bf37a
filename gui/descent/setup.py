"""What the Descent workspace is set to, and every change of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from engine.checks import Domain, Point
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race import spec as race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces import formula as formulas
from engine.descent.surfaces import registry as surfaces
from engine.descent.surfaces.surface import Surface
from gui.racing import setup_store
from gui.racing.entries import Entry, entries_of
from gui.racing.race_setup import RaceSetup, with_own_rates

FIRST_BATCH = 4  # examples in a step, where a surface is made of data


@dataclass(frozen=True, kw_only=True)
class Setup(RaceSetup):
    """Everything that the panels show.

    Attributes:
        race: all but the racers, which are made from the entries.
    """

    race: RaceSpec

    @property
    def steps(self) -> int:
        return self.race.steps

    def spec(self) -> RaceSpec:
        """The race to run."""
        return replace(self.race, racers=tuple(entry.racer for entry in self.running))

    def whole(self) -> RaceSpec:
        """The race with those who rest, too, in the table's order: what is saved."""
        return replace(self.race, racers=tuple(entry.racer for entry in self.entries))

    def resting(self) -> tuple[str, ...]:
        """Names of those who take no part."""
        return tuple(entry.racer.name for entry in self.entries if not entry.enabled)

    def surface(self) -> Surface:
        """The surface with its parameters.

        Raises:
            InputError: it is unknown, or the formula cannot be read.
        """
        return race.surface_of(self.race)

    def start(self) -> Point:
        return self.race.start or self.surface().start

    def settings(self) -> dict[str, Mapping[str, float]]:
        """Every setting of each racer as it runs on the surface, by the racer's name."""
        surface = self.surface()
        return {entry.racer.name: settings_of(entry, surface) for entry in self.entries}


def settings_of(entry: Entry, surface: Surface) -> Mapping[str, float]:
    """Every setting of an entry as it runs on a surface."""
    return race.hyper_of(entry.racer, surface)


def setup_of(spec: RaceSpec, resting: Collection[str] = ()) -> Setup:
    """A setup in which every racer of a spec takes part but the `resting` ones."""
    return Setup(race=replace(spec, racers=()), entries=entries_of(spec.racers, resting))


def with_surface(setup: Setup, name: str) -> Setup:
    """Another surface: its own start, view and rates; the racers' other settings stay.

    A start that a racer has for itself belongs to the old surface and goes with it.
    """
    spec = replace(
        setup.race,
        surface=name,
        formula=None,
        parameters={},
        domain=None,
        start=None,
        data=DataSpec(batch=FIRST_BATCH) if surfaces.find(name).fit is not None else None,
    )
    return Setup(race=spec, entries=with_own_rates(setup.entries))


def with_formula(setup: Setup, text: str, domain: Domain | None = None) -> Setup:
    """The user's own surface in a view; None for that of every formula.

    Names beside x and y keep the values that they have; new ones are 1.

    Raises:
        FormulaError: it cannot be read.
    """
    kept = setup.race.parameters if setup.race.formula is not None else {}
    values = {name: kept.get(name, formulas.DEFAULT) for name in formulas.free_names(text)}
    spec = replace(
        setup.race,
        surface=None,
        formula=text,
        parameters=values,
        domain=domain,
        start=None,
        data=None,
    )
    return Setup(race=spec, entries=with_own_rates(setup.entries))


def with_parameter(setup: Setup, name: str, value: float) -> Setup:
    return replace(
        setup, race=replace(setup.race, parameters={**setup.race.parameters, name: value})
    )


def with_race(setup: Setup, **changes: object) -> Setup:
    """Another start, number of steps, noise or seed."""
    return replace(setup, race=replace(setup.race, **changes))  # type: ignore[arg-type]


def landscape_key(setup: Setup) -> tuple[str | None, str | None, Domain | None]:
    """Which landscape it is, regardless of its parameters: surface, formula and view."""
    return setup.race.surface, setup.race.formula, setup.race.domain


def home_domain(setup: Setup) -> Domain:
    """The part of the plane that the race is about."""
    return setup.surface().domain


SetupStore = setup_store.SetupStore[Setup]
