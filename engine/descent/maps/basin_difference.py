"""Where two racers that start at the same place end differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engine.descent.maps.basins import (
    BasinMap,
    BasinSpec,
    await_steps,
    basins,
    empty_map,
    is_fast,
)

SAME, APART, FIRST_ALONE, SECOND_ALONE, NEITHER = range(5)


@dataclass(frozen=True)
class DifferenceMap:
    """Two maps of basins held against each other; N starts a side.

    Attributes:
        x, y: (N,) float64, the view with its ends.
        first, second: (N, N) int64, row = y: the minimum that each racer reaches, -1 for none.
        outcome: (N, N) int64: `SAME` minimum, `APART` (two different ones), `FIRST_ALONE` or
            `SECOND_ALONE` where only one arrives, `NEITHER`.
        minima: (K, 2) float64.
        steps: how many were taken.
        done: share of the finest map that is computed; 1 for the last map.
        final: False for the coarse maps that come first.
    """

    x: np.ndarray
    y: np.ndarray
    first: np.ndarray
    second: np.ndarray
    outcome: np.ndarray
    minima: np.ndarray
    steps: int
    done: float
    final: bool

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """How many starts have each outcome, in the order of the constants."""
        same, apart, first, second, neither = np.bincount(
            self.outcome.reshape(-1), minlength=5
        ).tolist()
        return same, apart, first, second, neither


def differences(
    first: BasinSpec, second: BasinSpec, *, device: str = "cpu"
) -> Iterator[DifferenceMap]:
    """Compare two racers from every start of the view, coarse first, then fine.

    The specs must agree in all but the racer. While a map is computed the last one is yielded
    again with its new `done`; before the first there is an empty one.

    Raises:
        InputError: a spec cannot be run.
        ValueError: the specs are of different maps.
    """
    if replace(first, racer=second.racer) != second:
        raise ValueError("the two racers have different grounds")
    for _ in await_steps(first, second):
        yield _empty(empty_map(first.steps, np.empty((0, 2))), 0.0)
    coarse = not (is_fast(first) and is_fast(second))  # both in the same sizes
    runs = [basins(spec, device=device, coarse=coarse) for spec in (first, second)]
    seen: list[np.ndarray | None] = [None, None]
    shown: DifferenceMap | None = None
    while shown is None or not shown.final:
        found: list[BasinMap] = []
        for place, run in enumerate(runs):
            for snapshot in run:
                if snapshot.label.size and snapshot.label is not seen[place]:
                    seen[place] = snapshot.label
                    found.append(snapshot)
                    break
                # The two take turns: each is a half of the work.
                share = (place + snapshot.done) / 2
                yield _empty(snapshot, share) if shown is None else replace(shown, done=share)
        shown = _compare(*found)
        yield shown


def _compare(first: BasinMap, second: BasinMap) -> DifferenceMap:
    one, other = first.label, second.label
    outcome = np.where(one == other, SAME, APART)
    outcome = np.where((one >= 0) & (other < 0), FIRST_ALONE, outcome)
    outcome = np.where((one < 0) & (other >= 0), SECOND_ALONE, outcome)
    outcome = np.where((one < 0) & (other < 0), NEITHER, outcome)
    return DifferenceMap(
        first.x,
        first.y,
        one,
        other,
        outcome,
        first.minima,
        first.steps,
        1.0 if first.final else 0.0,
        first.final,
    )


def _empty(basin: BasinMap, done: float) -> DifferenceMap:
    nothing = np.empty((0, 0), dtype=np.int64)
    line = np.empty(0)
    return DifferenceMap(
        line, line, nothing, nothing, nothing, basin.minima, basin.steps, done, False
    )
