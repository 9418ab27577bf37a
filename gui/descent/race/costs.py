"""What the curves of a race on a surface can be drawn over."""

from __future__ import annotations

from gui.descent.race.history import EVALUATIONS, PRODUCTS, RaceHistory
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.axes.costs import STEPS, Cost
from gui.racing.history import Array


def evaluations(history: RaceHistory, part: slice) -> Array:
    """Gradient evaluations, as in the fair race."""
    return history.every(EVALUATIONS)[:, part]


def products(history: RaceHistory, part: slice) -> Array:
    """Products of the Hessian with a vector."""
    return history.every(PRODUCTS)[:, part]


def seconds(history: RaceHistory, part: slice) -> Array:
    """Time on this machine, of each racer alone; 0 until it is measured."""
    result: Array = evaluations(history, part) * history.pace[:, None]
    return result


SECONDS = "seconds"
COSTS = (
    STEPS,
    Cost(
        "evaluations",
        QT_TRANSLATE_NOOP("racing", "gradient evaluations"),
        QT_TRANSLATE_NOOP(
            "racing",
            "A lone loss of a line search counts as one, Newton's Hessian as two more, L-BFGS with "
            "every call",
        ),
        evaluations,
    ),
    Cost(
        "products",
        QT_TRANSLATE_NOOP("racing", "Hessian products"),
        QT_TRANSLATE_NOOP(
            "racing", "Two for each of Newton's Hessians; who needs none stays at the left edge"
        ),
        products,
    ),
    Cost(
        SECONDS,
        QT_TRANSLATE_NOOP("racing", "seconds"),
        QT_TRANSLATE_NOOP("racing", "Measured on this machine, each racer alone"),
        seconds,
    ),
)
