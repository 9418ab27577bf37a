"""What is kept of a race on a task, and what its curves can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.axes.measures import RATE, Measure
from gui.racing.history import LOSS, Array, History

if TYPE_CHECKING:
    from engine.networks.tasks.frame import FitFrame

TEST_LOSS, TRAIN_ACCURACY, TEST_ACCURACY = "test_loss", "train_accuracy", "test_accuracy"
GRADIENT, RATIO, SATURATED, PATH = "gradient", "ratio", "saturated", "path"


def take(frames: Sequence[FitFrame]) -> dict[str, Array]:
    """Losses, accuracies, norms (R, n) of n frames; the path (R, n, 2) of two parameters."""
    taken = {
        LOSS: np.stack([f.train_loss for f in frames], axis=1),
        TEST_LOSS: np.stack([f.test_loss for f in frames], axis=1),
        TRAIN_ACCURACY: np.stack([f.train_accuracy for f in frames], axis=1),
        TEST_ACCURACY: np.stack([f.test_accuracy for f in frames], axis=1),
    }
    with np.errstate(all="ignore"):
        norms = np.stack([f.gradient_norms for f in frames], axis=1)  # (R, n, L)
        taken[GRADIENT] = np.sqrt((norms**2).sum(axis=2))
        ratios = np.stack([f.update_ratios for f in frames], axis=1)
        taken[RATIO] = ratios.max(axis=2, initial=-np.inf)
        flat = np.stack([f.saturated for f in frames], axis=1)  # (R, n, L - 1)
        layers = flat.shape[2]
        taken[SATURATED] = flat.mean(axis=2) if layers else np.full(flat.shape[:2], np.nan)
    if frames[0].parameters.shape[1] == 2:
        taken[PATH] = np.stack([f.parameters for f in frames], axis=1).astype(np.float64)
    return taken


class FitHistory(History["FitFrame"]):
    """A race of nets."""

    def __init__(self, racers: int, capacity: int = 512) -> None:
        super().__init__(racers, take, capacity)

    def has(self, name: str) -> bool:
        """Whether a series has a number at all, as accuracies of classes have."""
        return any(np.isfinite(self.series(name, racer)).any() for racer in range(self.racers))


def _of(name: str, title: str, *, logarithmic: bool = True) -> Measure:
    """A series as it is; it is offered where it has numbers."""

    def compute(history: FitHistory, racer: int, part: slice) -> Array:
        return history.series(name, racer)[part]

    def offered(history: FitHistory) -> bool:
        return history.has(name)

    return Measure(name, title, compute, logarithmic, offered)


MEASURES = (
    Measure(
        GRADIENT,
        QT_TRANSLATE_NOOP("racing", "gradient norm |∇L|"),
        lambda history, racer, part: history.series(GRADIENT, racer)[part],
    ),
    _of(TEST_ACCURACY, QT_TRANSLATE_NOOP("racing", "accuracy on test"), logarithmic=False),
    _of(TRAIN_ACCURACY, QT_TRANSLATE_NOOP("racing", "accuracy on train"), logarithmic=False),
    _of(TEST_LOSS, QT_TRANSLATE_NOOP("racing", "loss on test")),
    Measure(
        RATIO,
        QT_TRANSLATE_NOOP("racing", "greatest update |Δw|/|w| of a layer"),
        lambda history, racer, part: history.series(RATIO, racer)[part],
    ),
    _of(SATURATED, QT_TRANSLATE_NOOP("racing", "saturated share"), logarithmic=False),
    RATE,
)
