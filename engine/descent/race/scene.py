"""A race as it is looked at: all of its racers, those who rest too, the step and the view.

What a race gives is decided by `RaceSpec` alone; this is what is saved, so that a file opens as
it was left, in any language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.checks import Domain, Point, check_domain, check_range
from engine.descent.race.spec import RaceSpec
from engine.errors import InputError, shorten
from engine.landscape import Viewpoint
from engine.optimizers.racer import name_racers

COLORINGS = ("loss", "basins", "difference")
FASTEST = 1_000_000  # steps a second


@dataclass(frozen=True)
class CutLine:
    """Along which line the landscape is cut.

    Attributes:
        direction: "x", "y" or "free".
        through: what a line along x or y goes through: "start", "racer" or "cursor".
        ends: of the free line, in the plane.
    """

    direction: str = "x"
    through: str = "start"
    ends: tuple[Point, Point] = ((-1.0, 0.0), (1.0, 0.0))


@dataclass(frozen=True)
class RaceView:
    """How a race is looked at.

    Attributes:
        domain: the part of the plane that is seen from above; None for all of the surface's.
        three_d: seen from the side instead.
        viewpoint: from where, then; None for the usual place.
        coloring: what colours the map, of `COLORINGS`.
        rival: the racer that "difference" compares with the chosen one; empty for any other.
        panel: key of what stands under the map.
        measure: what the curve on the right shows.
        cost: over which the curves are drawn; empty for steps.
        cut: the line of the cut.
        vectors: the step's vectors are drawn.
        gradients: those of the examples are, where a surface is made of data.
        critical_points: they are marked.
        numbers: the step's formulas stand beside the map.
    """

    domain: Domain | None = None
    three_d: bool = False
    viewpoint: Viewpoint | None = None
    coloring: str = "loss"
    rival: str = ""
    panel: str = "curves"
    measure: str = ""
    cost: str = ""
    cut: CutLine = field(default_factory=CutLine)
    vectors: bool = True
    gradients: bool = True
    critical_points: bool = False
    numbers: bool = False


@dataclass(frozen=True)
class SceneSpec:
    """All that a window shows of a race.

    Attributes:
        race: with all racers in the table's order.
        resting: names of those who take no part.
        chosen: name of the racer whose step is drawn; empty for the first.
        step: that is shown.
        speed: steps a second at which it plays.
        view: how it is looked at.
    """

    race: RaceSpec = field(default_factory=RaceSpec)
    resting: tuple[str, ...] = ()
    chosen: str = ""
    step: int = 0
    speed: int = 50
    view: RaceView = field(default_factory=RaceView)

    def check(self) -> None:
        """Refuse what cannot be shown.

        Raises:
            InputError: something is unknown or outside its range.
        """
        self.race.check()
        names = [racer.name for racer in name_racers(self.race.racers)]
        view = self.view
        for name in (*self.resting, self.chosen, view.rival):
            if name and name not in names:
                value, known = shorten(name), ", ".join(names)
                raise InputError("value.unknown_name", kind="Racer", value=value, known=known)
        if view.coloring not in COLORINGS:
            value, known = shorten(view.coloring), ", ".join(COLORINGS)
            raise InputError("value.unknown_name", kind="Colouring", value=value, known=known)
        if view.domain is not None:
            check_domain(view.domain)
        check_range("step", self.step, 0, self.race.steps)
        check_range("speed", self.speed, 1, FASTEST)
