"""What the second plot can show of a racer: a table of measures that a workspace gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.history import Array, History

# History, racer, part of its steps -> a value for each of them.
Compute = Callable[[Any, int, slice], Array]


@dataclass(frozen=True)
class Measure:
    """One choice of the second plot.

    Attributes:
        title: what the axis and the choice say, marked for "racing".
        compute: its values.
        logarithmic: whether its axis is.
        offered: whether a history has it; without one it cannot be chosen.
        remark: what is said after the title of a history, marked for "racing"; empty for nothing.
    """

    name: str
    title: str
    compute: Compute
    logarithmic: bool = True
    offered: Callable[[Any], bool] = lambda history: True
    remark: Callable[[Any], str] = lambda history: ""


def rate(history: History[Any], racer: int, part: slice) -> Array:
    """Learning rate of the step from each place."""
    return np.array([frame.rate[racer] for frame in history.frames[part]])


RATE = Measure("rate", QT_TRANSLATE_NOOP("racing", "learning rate"), rate)
