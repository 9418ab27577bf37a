"""Races whose diagrams a lecture shows."""

from __future__ import annotations

from dataclasses import dataclass

from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer
from gui.i18n import QT_TRANSLATE_NOOP

ALONG_X, ALONG_Y, CUT, PLANE = "x", "y", "cut", "plane"
PLACE, LOSS, SHARPNESS = "place", "loss", "sharpness"


@dataclass(frozen=True)
class Example:
    """A race, along which line it is looked at, and what is shown.

    Attributes:
        title: marked for "descent".
        along, shows: keys of the dialog's choices.
    """

    name: str
    title: str
    race: RaceSpec
    along: str
    shows: str


EXAMPLES = (
    Example(
        "doubling",
        QT_TRANSLATE_NOOP("descent", "Period doubling: two wells"),
        RaceSpec(
            None,
            "x^4/4 - x^2/2 + y^2/2",
            start=(0.6, 0.0),
            domain=(-2.0, 2.0, -2.0, 2.0),
            racers=(Racer("sgd", {"lr": 1.1}),),
            steps=60,
        ),
        ALONG_X,
        PLACE,
    ),
    Example(
        "catapult",
        QT_TRANSLATE_NOOP("descent", "Catapult: a valley that becomes flatter"),
        RaceSpec(
            None,
            "(x*y - 1)^2/2",
            start=(3.0, 0.4),
            domain=(-1.0, 4.0, -1.0, 4.0),
            racers=(Racer("sgd", {"lr": 0.3}),),
            steps=60,
        ),
        PLANE,
        SHARPNESS,
    ),
    Example(
        "quadratic",
        QT_TRANSLATE_NOOP("descent", "A quadratic: nothing beyond 2/λ"),
        RaceSpec("quadratic", racers=(Racer("sgd", {"lr": 0.039}),), steps=60),
        ALONG_Y,
        PLACE,
    ),
    Example(
        "momentum",
        QT_TRANSLATE_NOOP("descent", "Two wells with momentum"),
        RaceSpec(
            None,
            "x^4/4 - x^2/2 + y^2/2",
            start=(0.9, 0.0),
            domain=(-2.0, 2.0, -2.0, 2.0),
            racers=(Racer("momentum", {"lr": 0.6, "momentum": 0.3}),),
            steps=60,
        ),
        ALONG_X,
        PLACE,
    ),
)
