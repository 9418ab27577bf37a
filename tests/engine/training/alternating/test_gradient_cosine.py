"""The gradients of RPN and heads on the shared layers, against autograd taken apart by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.detection.models import builders
from engine.training import initialization
from engine.training.alternating.gradient_cosine import (
    RPN_LOSSES,
    compare,
    rpn_gradients,
    shared_parameters,
)
from engine.training.losses import compute_losses
from engine.training.runs.requests import Requests
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.test_trainer import TINY, facts, lines

WEIGHTS = {"loss_rpn_box_reg": 10.0, "loss_mask": 0.5}


def test_it_is_the_cosine_of_two_ways_back_taken_apart() -> None:
    torch.manual_seed(0)
    model = builders.build(TINY).double()
    target = {
        "boxes": torch.tensor([[4.0, 6.0, 40.0, 50.0]], dtype=torch.float64),
        "labels": torch.tensor([2]),
        "masks": torch.ones(1, 64, 80, dtype=torch.uint8),
    }
    losses = compute_losses(model, [torch.rand(3, 64, 80, dtype=torch.float64)], [target])
    weighted = {name: value * WEIGHTS.get(name, 1.0) for name, value in losses.items()}
    shared = shared_parameters(model)
    of_rpn = sum(weighted[name] for name in RPN_LOSSES)
    of_heads = sum(value for name, value in weighted.items() if name not in RPN_LOSSES)
    one, other = (
        torch.cat(
            [
                (torch.zeros_like(p) if g is None else g).flatten()
                for p, g in zip(
                    shared,
                    torch.autograd.grad(part, shared, retain_graph=True, allow_unused=True),
                    strict=True,
                )
            ]
        )
        for part in (of_rpn, of_heads)
    )
    found = rpn_gradients(losses, WEIGHTS, shared)
    assert found is not None
    torch.stack(list(weighted.values())).sum().backward()
    assert compare(shared, found) == pytest.approx(
        float(torch.nn.functional.cosine_similarity(one, other, dim=0)), abs=1e-9
    )


def test_gradients_that_oppose_or_vanish() -> None:
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    weight.grad = torch.tensor([1.0, -1.0])
    assert compare([weight], [torch.tensor([2.0, -2.0])]) == pytest.approx(-1.0)
    assert compare([weight], [torch.zeros(2)]) is None
    assert rpn_gradients({"loss_mask": weight.sum()}, {}, [weight]) is None
    assert rpn_gradients({name: weight.sum() for name in RPN_LOSSES}, {}, [weight]) is None


@pytest.fixture
def spec(monkeypatch: pytest.MonkeyPatch) -> TrainSpec:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 1)
    return TrainSpec(data="shapes", batch=1, steps=4, pictures=6, device="cpu")


def test_measured_only_when_asked_and_without_a_trace_in_what_is_learnt(
    spec: TrainSpec, tmp_path: Path
) -> None:
    requests = Requests()
    requests.measure_cosine(2)
    plain, measured = tmp_path / "plain", tmp_path / "measured"
    list(train(spec, plain))
    frames = list(train(spec, measured, requests=requests))
    assert [
        line.get("gradient_cosine") is not None for line in lines(measured / "metrics.jsonl")
    ] == [True, False, True, False]
    assert [f.cosine for f in frames if f.losses] == [
        line.get("gradient_cosine") for line in lines(measured / "metrics.jsonl")
    ]
    kept = facts(measured / "metrics.jsonl")
    assert [{k: v for k, v in line.items() if k != "gradient_cosine"} for line in kept] == facts(
        plain / "metrics.jsonl"
    )


def test_where_parts_learn_in_turn_there_is_nothing_to_compare(
    spec: TrainSpec, tmp_path: Path
) -> None:
    requests = Requests()
    requests.measure_cosine(1)
    list(train(replace(spec, schedule="alternating", steps=1), tmp_path, requests=requests))
    assert all("gradient_cosine" not in line for line in lines(tmp_path / "metrics.jsonl"))
