"""Norms and ratios of the layer groups, against steps whose length is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.detection.models import builders
from engine.training import initialization
from engine.training.initialization import freeze, freeze_parts
from engine.training.runs.requests import Requests
from engine.training.spec import PARTS, TrainSpec
from engine.training.trainer import resumed, train
from engine.training.updates.layer_norms import LayerNorms, layer_groups
from tests.engine.training.test_trainer import TINY, facts, lines

LR, DECAY = 0.01, 0.1


def net(seed: int = 0) -> builders.GeneralizedRCNN:
    """A net in which every number that learns has a gradient of its own."""
    torch.manual_seed(seed)
    model = builders.build(replace(TINY, keypoints=3))
    for parameter in model.parameters():
        parameter.data.normal_()
        parameter.grad = torch.randn_like(parameter)
    return model


def flat(tensors: list[torch.Tensor]) -> torch.Tensor:
    return torch.cat([tensor.detach().flatten().double() for tensor in tensors])


def test_a_plain_step_moves_the_weights_by_lr_times_the_gradient() -> None:
    model = net()
    groups = layer_groups(model)
    expected = {}
    for name, group in groups.items():
        gradient, weights = flat([p.grad for p in group]), flat(group)
        expected[f"grad_norm.{name}"] = float(gradient.norm())
        expected[f"update_ratio.{name}"] = LR * float(gradient.norm() / weights.norm())
    norms = LayerNorms(groups)
    torch.optim.SGD(model.parameters(), lr=LR).step()
    assert norms.after_step() == pytest.approx(expected, rel=1e-4)


def test_adamws_first_step_moves_every_weight_by_lr_and_its_decay() -> None:
    # Loshchilov and Hutter 2019: w - lr (sign of the gradient + decay w), for eps = 0.
    model = net()
    groups = layer_groups(model)
    expected = {
        f"update_ratio.{name}": LR
        * float(
            (flat([p.grad for p in group]).sign() + DECAY * flat(group)).norm() / flat(group).norm()
        )
        for name, group in groups.items()
    }
    norms = LayerNorms(groups)
    torch.optim.AdamW(model.parameters(), lr=LR, weight_decay=DECAY, eps=1e-12).step()
    found = norms.after_step()
    assert {k: v for k, v in found.items() if k in expected} == pytest.approx(expected, rel=1e-3)


def test_the_groups_are_the_parts_from_the_highest_resolution_on() -> None:
    model = net()
    stages = [f"backbone-{number}" for number in (1, 2, 3, 4)]
    assert list(layer_groups(model)) == [*stages, *PARTS[1:]]
    counted = sum(len(group) for group in layer_groups(model).values())
    assert counted == len(list(model.parameters()))
    freeze(model, TINY.body, 2)
    freeze_parts(model, ("body", "pyramid", "boxes"))
    assert list(layer_groups(model)) == [*stages[2:], "pyramid", "boxes"]
    assert list(layer_groups(builders.build(replace(TINY, keypoints=0))))[-1] == "masks"


def test_weights_that_are_all_zero_have_no_ratio() -> None:
    weight = torch.nn.Parameter(torch.zeros(3))
    norms = LayerNorms({"masks": [weight]})
    assert norms.after_step() == {"grad_norm.masks": 0.0}


@pytest.fixture
def spec(monkeypatch: pytest.MonkeyPatch) -> TrainSpec:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    return TrainSpec(data="shapes", batch=1, steps=4, pictures=6, clip=0.5, device="cpu")


def test_measured_only_when_asked_and_without_a_trace_in_what_is_learnt(
    spec: TrainSpec, tmp_path: Path
) -> None:
    plain, measured = tmp_path / "plain", tmp_path / "measured"
    requests = Requests()
    requests.measure_layers(2)
    list(train(spec, plain))
    running = train(spec, measured, requests=requests)
    frames = []
    for frame in running:
        frames.append(frame)
        if frame.step == 3 and frame.losses:
            break
    running.close()
    frames += train(resumed(measured), measured, resume=True, requests=requests)
    kept = facts(measured / "metrics.jsonl")
    norms = [{k: v for k, v in line.items() if "." in k} for line in kept]
    assert [bool(each) for each in norms] == [True, False, True, False]
    assert [dict(frame.layers) for frame in frames if frame.losses] == norms
    assert {name.partition(".")[0] for name in norms[0]} == {"grad_norm", "update_ratio"}
    assert [{k: v for k, v in line.items() if "." not in k} for line in kept] == facts(
        plain / "metrics.jsonl"
    )
    for line, found in zip(kept[::2], norms[::2], strict=True):
        squares = sum(v**2 for k, v in found.items() if k.startswith("grad_norm."))
        assert squares**0.5 == pytest.approx(line["grad_norm"], rel=1e-4)


def test_every_line_tells_the_gradient_and_what_was_clipped(
    spec: TrainSpec, tmp_path: Path
) -> None:
    frames = [frame for frame in train(spec, tmp_path) if frame.losses]
    for line, frame in zip(lines(tmp_path / "metrics.jsonl"), frames, strict=True):
        assert (line["grad_norm"], line["clipped"]) == (frame.grad_norm, frame.clipped)
        assert line["grad_norm"] > spec.clip
        assert line["clipped"] == pytest.approx(spec.clip / line["grad_norm"], rel=1e-4)
