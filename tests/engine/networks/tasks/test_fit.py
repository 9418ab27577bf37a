"""Optimizers that race on a task: against torch, alone and together, and what ends them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.networks.tasks.data import data_of
from engine.networks.tasks.fit import fit, hyper_of
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.net import Net, initial
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import layers_of
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.batches import batch_at
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.engine.networks.tasks.twins import flat, sequential

TINY = FitSpec("xor", hidden=(3,), train_count=12, test_count=8, steps=25)
TWINS = [name for name, optimizer in OPTIMIZERS.items() if optimizer.twin]


def run(spec: FitSpec) -> list[FitFrame]:
    return list(fit(spec))


def test_every_rule_equals_its_torch_twin() -> None:
    """All in one race, with batches, against nets that torch trains one after another."""
    racers = tuple(Racer(name) for name in TWINS)
    spec = replace(TINY, racers=racers, batch=5, seed=3)
    frames = run(spec)
    data = data_of(spec)
    inputs, targets = torch.tensor(data.inputs), torch.tensor(data.targets)
    net = Net(layers_of(spec), "tanh")
    for place, racer in enumerate(racers):
        module = sequential(net, initial(net, spec.seed, 1)[0])
        optimizer = OPTIMIZERS[racer.optimizer]
        make = getattr(torch.optim, optimizer.twin)
        twin = make(module.parameters(), **optimizer.twin_arguments(hyper_of(racer, find("xor"))))

        def loss_of(chosen: slice | torch.Tensor, module: torch.nn.Module = module) -> torch.Tensor:
            logits = module(inputs[chosen])[:, 0]
            return functional.binary_cross_entropy_with_logits(logits, targets[chosen])

        for frame in frames:
            whole = float(loss_of(slice(None)).detach())
            assert frame.train_loss[place] == pytest.approx(whole, rel=1e-9, abs=1e-12)
            np.testing.assert_allclose(
                frame.parameters[place], flat(module).numpy(), rtol=1e-5, atol=1e-6
            )
            batch = torch.from_numpy(batch_at(3, frame.step, 12, 5).copy())

            def closure(
                batch: torch.Tensor = batch, twin: torch.optim.Optimizer = twin
            ) -> torch.Tensor:
                twin.zero_grad()
                loss = loss_of(batch)
                loss.backward()
                return loss

            twin.step(closure)


def test_a_race_is_its_racers_alone() -> None:
    racers = (
        Racer("sgd"),
        Racer("adam", starts=3),
        Racer("sgd", {"lr": 0.05, "momentum": 0.5}, schedule="cosine"),
        Racer("line-search"),
        Racer("newton"),
    )
    together = run(replace(TINY, racers=racers, batch=4))
    for place, racer in enumerate(racers):
        alone = run(replace(TINY, racers=(racer,), batch=4))
        for frame, other in zip(together, alone, strict=True):
            for name in ("train_loss", "test_loss", "gradient_norms", "update_ratios", "rate",
                         "train_accuracy", "test_accuracy", "saturated", "best_loss"):  # fmt: skip
                np.testing.assert_allclose(
                    getattr(frame, name)[place], getattr(other, name)[0], rtol=1e-8, err_msg=name
                )
            np.testing.assert_allclose(frame.other_losses[place], other.other_losses[0], rtol=1e-8)


@pytest.mark.parametrize(("rate", "ends"), [(0.1, 16.025), (0.2, 2.340), (0.3, None)])
def test_the_product_ends_flat_is_thrown_or_diverges(rate: float, ends: float | None) -> None:
    """At a minimum the eigenvalues are 0 and u^2 + v^2: above 2/lr no step stays there."""
    spec = FitSpec("product", racers=(Racer("sgd", {"lr": rate}),), start=(4.0, 0.3), steps=300)
    last = run(spec)[-1]
    if ends is None:
        assert last.state == ("diverged",)
        return
    u, v = last.parameters[0].astype(float)
    assert u * v == pytest.approx(1, abs=1e-5)
    assert u * u + v * v == pytest.approx(ends, abs=6e-4)
    assert last.state == ("converged",)
