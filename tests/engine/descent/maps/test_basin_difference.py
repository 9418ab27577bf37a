"""Two racers from every start: what is said of a place is what two races from there do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.descent.maps.basin_difference import (
    APART,
    FIRST_ALONE,
    NEITHER,
    SAME,
    SECOND_ALONE,
    DifferenceMap,
    differences,
)
from engine.descent.maps.basins import BasinSpec
from engine.descent.maps.batched_descent import label
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.optimizers.racer import Racer

SPEC = BasinSpec(racer=Racer("sgd", {"lr": 1e-3}), size=24, steps=80)


def last(first: BasinSpec, second: BasinSpec) -> DifferenceMap:
    *_, result = differences(first, second)
    return result


def test_a_racer_agrees_with_itself_everywhere() -> None:
    result = last(replace(SPEC, steps=400), replace(SPEC, steps=400))
    same, *others = result.counts
    assert result.final and same + others[-1] == 24 * 24 and not any(others[:-1])


def test_every_outcome_is_that_of_two_races() -> None:
    second = replace(SPEC, racer=Racer("momentum", {"lr": 4e-3}))
    result = last(SPEC, second)
    assert sum(result.counts) == 24 * 24
    assert {SAME, APART, SECOND_ALONE} <= set(np.unique(result.outcome).tolist())
    minima = torch.from_numpy(result.minima)
    for outcome in np.unique(result.outcome):
        row, column = np.argwhere(result.outcome == outcome)[0]
        start = (float(result.x[column]), float(result.y[row]))
        spec = RaceSpec("himmelblau", start=start, racers=(SPEC.racer, second.racer), steps=80)
        *_, end = race(spec)
        one, other = label(torch.from_numpy(end.position), minima, 0.1).tolist()
        expected = {
            (True, True): SAME if one == other else APART,
            (True, False): FIRST_ALONE,
            (False, True): SECOND_ALONE,
            (False, False): NEITHER,
        }[one >= 0, other >= 0]
        assert outcome == expected


def test_coarse_comes_first_with_progress_between(nothing_compiled: None) -> None:
    first = replace(SPEC, size=128, steps=60)
    snapshots = list(differences(first, replace(first, racer=Racer("adam"))))
    sizes = [len(shot.x) for shot in snapshots if shot.x.size]
    assert sizes[0] == 16 and sizes[-1] == 128
    assert [shot.final for shot in snapshots if shot.final] == [True]


def test_different_grounds_are_not_compared() -> None:
    with pytest.raises(ValueError, match="grounds"):
        next(differences(SPEC, replace(SPEC, surface="booth")))
