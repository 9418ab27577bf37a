"""Numbers of a race for the caption of a scene."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gui import number_text
from gui.networks.tasks.history import FitHistory
from gui.networks.tasks.setup import TaskSetup
from gui.networks.tasks.standings import percent

if TYPE_CHECKING:
    from engine.networks.tasks.views import StartsView


def summary(
    setup: TaskSetup, history: FitHistory, ends: StartsView | None = None
) -> dict[str, str]:
    """Numbers by name, written; of the first racer, and of each with #1, #2 ... behind.

    first_train, first_norm1 ... (of each layer) and first_saturated are before the first update;
    last_train, last_test, train_accuracy, accuracy (on test), last_norm1, last_saturated, best
    and best_step (least test loss, and when) are there once the race is computed to its end.
    Of several starts there are starts, minima (how many different ones were reached),
    in_lowest (how many starts reached the lowest), best_start and best_start_loss.

    Args:
        ends: the starts of a racer at the end of the race.
    """
    if not history.count:
        return {}
    frames = history.frames
    steps = setup.resolved().steps
    numbers: dict[str, float] = {}
    shares: dict[str, float] = {}
    for racer in range(history.racers):
        told = {"first": frames[0]}
        if history.count - 1 == steps:
            told["last"] = frames[-1]
        for when, frame in told.items():
            for layer, norm in enumerate(frame.gradient_norms[racer], start=1):
                _put(numbers, f"{when}_norm{layer}", racer, float(norm))
            flat = frame.saturated[racer]
            if len(flat):
                _put(shares, f"{when}_saturated", racer, float(flat.mean()))
            _put(numbers, f"{when}_train", racer, float(frame.train_loss[racer]))
            _put(numbers, f"{when}_test", racer, float(frame.test_loss[racer]))
        if "last" in told:
            _put(shares, "train_accuracy", racer, float(frames[-1].train_accuracy[racer]))
            _put(shares, "accuracy", racer, float(frames[-1].test_accuracy[racer]))
            losses = [float(frame.test_loss[racer]) for frame in frames]
            least = min(losses, key=lambda loss: loss if math.isfinite(loss) else math.inf)
            _put(numbers, "best", racer, least)
            _put(numbers, "best_step", racer, float(losses.index(least)))
            _put(numbers, "best_loss", racer, float(frames[-1].best_loss[racer]))
    written = {name: number_text.write(value, digits=3) for name, value in numbers.items()}
    written |= {name: percent(share) for name, share in shares.items()}
    if ends is not None:
        reached = ends.groups[ends.groups >= 0]
        written |= {
            "starts": str(len(ends.losses)),
            "minima": str(len(set(reached.tolist()))),
            "in_lowest": str(int((reached == 0).sum())),
            "best_start": str(ends.best + 1),
            "best_start_loss": number_text.write(float(ends.losses[ends.best]), digits=3),
        }
    return {**written, "steps": str(steps), "racers": str(history.racers)}


def _put(numbers: dict[str, float], name: str, racer: int, value: float) -> None:
    """Keep a number that is one; what is not computed stays out, and is said as a dash."""
    if not math.isfinite(value):
        return
    if racer == 0:
        numbers[name] = value
    numbers[f"{name}#{racer + 1}"] = value
