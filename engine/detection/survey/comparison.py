"""Two surveys of the same objects: by two models, or at two settings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from engine.detection.queries.object_outcomes import FOUND
from engine.detection.survey.records import Loss, Survey

BOTH, FIRST, SECOND, NEITHER = "both", "first", "second", "neither"
FINDERS = (BOTH, FIRST, SECOND, NEITHER)


@dataclass(frozen=True, eq=False)
class Pair:
    """One object in two surveys.

    Attributes:
        first, second: what became of it in each.
    """

    first: Loss
    second: Loss

    @property
    def found_by(self) -> str:
        """One of `FINDERS`."""
        in_first, in_second = self.first.outcome == FOUND, self.second.outcome == FOUND
        if in_first and in_second:
            return BOTH
        return FIRST if in_first else SECOND if in_second else NEITHER


def compare(first: Survey, second: Survey) -> tuple[Pair, ...]:
    """The objects that both surveys followed, in the first one's order.

    An object is known by its picture, its place among the picture's objects, its class and box.
    """
    known = {_key(loss): loss for loss in second.losses}
    pairs = ((loss, known.get(_key(loss))) for loss in first.losses)
    return tuple(Pair(loss, other) for loss, other in pairs if other is not None)


def counts(pairs: tuple[Pair, ...]) -> dict[str, int]:
    """How many objects were found by each of `FINDERS`."""
    found = Counter(pair.found_by for pair in pairs)
    return {name: found[name] for name in FINDERS}


def _key(loss: Loss) -> tuple[object, ...]:
    return loss.path, loss.index, loss.class_name, tuple(loss.box.tolist())
