"""How fast what learns."""

from __future__ import annotations

import pytest
import torch

from engine.detection.models import builders
from engine.training import optimization
from engine.training.spec import OPTIMIZERS, TrainSpec, parse_optimizer
from tests.engine.training.test_trainer import TINY


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    rates = [optimization.rate(step, 100, warmup=10, cooldown=0.4) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[10:60] == [1.0] * 50
    assert rates[80] == pytest.approx(0.5)
    assert rates[99] < 0.002
    assert rates[60:] == sorted(rates[60:], reverse=True)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_takes_a_step(name: str) -> None:
    model = builders.build(TINY)
    optimizer = optimization.make_optimizer(
        model, TrainSpec(data="shapes", optimizer=f"{name}:lr=0.01")
    )
    before = model.rpn.head.cls_logits.weight.clone()
    lr = optimization.set_rate(optimizer, 0.5)
    assert lr == pytest.approx(0.005)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    assert not torch.equal(model.rpn.head.cls_logits.weight, before)


def test_settings_reach_torch_and_the_body_learns_slower() -> None:
    spec = TrainSpec(data="shapes", optimizer="nesterov:lr=0.1,weight_decay=0.02", body_rate=0.25)
    optimizer = optimization.make_optimizer(builders.build(TINY), spec)
    optimization.set_rate(optimizer, 1.0)
    heads, plain, body = optimizer.param_groups
    assert (heads["nesterov"], heads["momentum"]) == (True, 0.9)
    assert (heads["weight_decay"], plain["weight_decay"]) == (0.02, 0.0)
    assert body["lr"] == pytest.approx(0.025)


def test_optimizer_text_is_split() -> None:
    assert parse_optimizer("adamw:lr=1e-3, weight_decay=0.1") == (
        "AdamW",
        {"lr": 1e-3, "weight_decay": 0.1},
    )
