"""Learning-rate schedules: equal to torch's, step by step, alone and in a race."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.optim import lr_scheduler

from engine.descent.maps.basins import BasinSpec, basins
from engine.descent.maps.sweep import Axis, SweepSpec, sweep
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec, hyper_at, surface_of
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers import schedules
from engine.optimizers.racer import Racer

RATE = 1e-3
Make = Callable[[torch.optim.Optimizer], lr_scheduler.LRScheduler]

TWINS: dict[str, tuple[str, dict[str, float], Make]] = {
    "step": (
        "step",
        {"step_size": 7, "gamma": 0.3},
        lambda optimizer: lr_scheduler.StepLR(optimizer, step_size=7, gamma=0.3),
    ),
    "cosine": (
        "cosine",
        {"T_max": 25, "eta_min": 1e-3},
        lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, T_max=25, eta_min=1e-3),
    ),
    "warm-up": (
        "warmup",
        {"start_factor": 0.1, "end_factor": 0.9, "total_iters": 12},
        lambda optimizer: lr_scheduler.LinearLR(
            optimizer, start_factor=0.1, end_factor=0.9, total_iters=12
        ),
    ),
    "warm-up as torch has it": ("warmup", {}, lr_scheduler.LinearLR),
}


@pytest.mark.parametrize(("name", "settings", "make"), TWINS.values(), ids=TWINS)
def test_every_rate_is_torchs(name: str, settings: dict[str, float], make: Make) -> None:
    point = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.05)
    twin = make(optimizer)
    complete = schedules.find(name).complete(settings)
    for step in range(120):
        expected = optimizer.param_groups[0]["lr"]
        # torch multiplies its last rate and we compute each from the first.
        assert schedules.find(name).rate(0.05, step, **complete) == pytest.approx(
            expected, rel=1e-11, abs=1e-16
        )
        optimizer.step()
        twin.step()


@pytest.mark.parametrize(("name", "settings", "make"), TWINS.values(), ids=TWINS)
@pytest.mark.parametrize("rule", ["nesterov", "adam"])
def test_a_race_under_a_schedule_is_torchs(
    rule: str, name: str, settings: dict[str, float], make: Make
) -> None:
    racers = (
        Racer(rule, {"lr": RATE}, schedule=name, schedule_settings=settings),
        Racer(rule, {"lr": RATE}),
    )
    spec = RaceSpec(surface="himmelblau", racers=racers, steps=80)
    surface = SURFACES["himmelblau"]
    point = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
    optimizer: torch.optim.Optimizer = (
        torch.optim.SGD([point], lr=RATE, momentum=0.9, nesterov=True)
        if rule == "nesterov"
        else torch.optim.Adam([point], lr=RATE)
    )
    twin = make(optimizer)
    constant = list(race(RaceSpec(surface="himmelblau", racers=racers[1:], steps=80)))
    for frame in race(spec):
        assert frame.position[0] == pytest.approx(point.detach().numpy(), rel=1e-9, abs=1e-9)
        assert frame.rate[0] == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-11)
        assert frame.rate[1] == RATE
        assert np.array_equal(frame.position[1], constant[frame.step].position[0])
        optimizer.zero_grad()
        surface.loss(point[0], point[1]).backward()
        optimizer.step()
        twin.step()


def test_the_rate_of_a_tensor_is_that_of_each_number() -> None:
    rates = torch.tensor([[0.1], [0.02]], dtype=torch.float64)
    for schedule in schedules.SCHEDULES.values():
        settings = schedule.complete({})
        both = schedule.rate(rates, 42, **settings)
        alone = [schedule.rate(float(rate), 42, **settings) for rate in rates]
        assert both.flatten().tolist() == pytest.approx(alone, rel=1e-14)


def test_nesterovs_two_forms_part_under_a_schedule() -> None:
    """FACTS: textbook and torch agree for constant lr only; lr multiplies torch's whole buffer."""
    surface = SURFACES["himmelblau"]
    for schedule, equal in (("constant", True), ("step", False)):
        settings = {"step_size": 10.0, "gamma": 0.5} if schedule == "step" else {}
        racer = Racer("nesterov", {"lr": 1e-3}, schedule=schedule, schedule_settings=settings)
        spec = RaceSpec(surface="himmelblau", racers=(racer,), steps=60)
        phi = torch.tensor([surface.start], dtype=torch.float64)
        velocity = torch.zeros_like(phi)
        gap = 0.0
        for frame in race(spec):
            rate = hyper_at(racer, surface, frame.step)["lr"]
            ahead = phi + 0.9 * velocity
            gap = max(gap, float(np.abs(frame.position[0] - ahead[0].numpy()).max()))
            ahead.requires_grad_()
            (slope,) = torch.autograd.grad(surface.loss(*ahead.unbind(-1)).sum(), ahead)
            velocity = 0.9 * velocity - rate * slope
            phi = phi + velocity
        assert (gap < 1e-12) == equal


@pytest.mark.parametrize(
    ("racer", "match"),
    [
        (Racer("sgd", schedule="polynomial"), "constant, step, cosine, warmup"),
        (Racer("sgd", schedule="cosine", schedule_settings={"gamma": 0.5}), "T_max, eta_min"),
        (Racer("sgd", schedule="step", schedule_settings={"gamma": 1.5}), "step:gamma: 1.5"),
        (Racer("sgd", schedule="step", schedule_settings={"step_size": 2.5}), "whole"),
    ],
)
def test_what_no_schedule_knows_is_refused(racer: Racer, match: str) -> None:
    with pytest.raises(InputError, match=match):
        list(race(RaceSpec(racers=(racer,))))


def test_hyper_at_changes_the_rate_alone() -> None:
    surface = surface_of(RaceSpec())
    racer = Racer("adam", schedule="cosine", schedule_settings={"T_max": 10})
    first, middle = (hyper_at(racer, surface, step) for step in (0, 5))
    assert middle.pop("lr") == pytest.approx(first.pop("lr") / 2)
    assert first == middle


def test_maps_follow_the_schedule_as_races_do() -> None:
    racer = Racer("momentum", {"lr": 0.01}, schedule="step", schedule_settings={"step_size": 20.0})
    start, rates = (2.0, -1.0), [0.005, 0.01]
    spec = SweepSpec("himmelblau", start=start, racer=racer, lr=Axis(0.005, 0.01, 2),
                     momentum=None, steps=60)  # fmt: skip
    *_, swept = sweep(spec)
    for rate, final in zip(rates, swept.final_loss[0], strict=True):
        alone = replace(racer, settings={"lr": rate}, start=start)
        *_, last = race(RaceSpec("himmelblau", racers=(alone,), steps=60))
        assert final == pytest.approx(last.loss[0], rel=1e-9)
    # A rate that falls to nothing at once stops everybody who has not arrived.
    still = Racer("sgd", schedule="step", schedule_settings={"step_size": 1.0, "gamma": 0.0})
    *_, drawn = basins(BasinSpec(racer=still, size=16, steps=50))
    *_, moved = basins(BasinSpec(racer=Racer("sgd", {"lr": 0.01}), size=16, steps=50))
    assert (drawn.label >= 0).mean() < 0.2 < (moved.label >= 0).mean()
