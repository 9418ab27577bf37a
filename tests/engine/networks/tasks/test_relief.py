"""The landscape of a task of two parameters is the loss that its racers have."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import InputError
from engine.networks.tasks.fit import fit
from engine.networks.tasks.relief import relief
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Racer


def test_a_coarse_map_comes_before_a_fine_one() -> None:
    coarse, fine = relief(FitSpec("product"), size=(256, 300))
    assert (coarse.final, fine.final) == (False, True)
    assert coarse.loss.shape == (75, 64) and fine.loss.shape == (300, 256)
    u, v = np.meshgrid(fine.x, fine.y)
    assert fine.loss == pytest.approx(0.5 * (u * v - 1) ** 2, abs=1e-12)
    assert np.abs(fine.minima.prod(axis=1) - 1).max() == 0 and len(fine.levels) > 5


@pytest.mark.parametrize("task", ["product", "two-parameters"])
def test_a_racer_lies_on_the_map(task: str) -> None:
    spec = FitSpec(task, racers=(Racer("sgd"),), steps=5, decay=0.1)
    for frame in fit(spec):
        u, v = frame.parameters[0].astype(float)
        domain = (u, u + 1, v, v + 1)
        (drawn,) = relief(spec, size=(3, 3), domain=domain)
        assert drawn.loss[0, 0] == pytest.approx(frame.train_loss[0], abs=1e-5)


def test_known_minima_are_the_lowest_places() -> None:
    (drawn,) = relief(FitSpec("two-parameters"), size=(81, 61))
    assert len(drawn.minima) == 2 and drawn.floor == pytest.approx(0, abs=1e-15)


def test_a_task_of_many_weights_has_no_map() -> None:
    with pytest.raises(InputError):
        next(relief(FitSpec("moons")))
    with pytest.raises(InputError):
        next(relief(FitSpec("product"), domain=(1.0, 0.0, 0.0, 1.0)))
