"""How fast what learns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch.optim import lr_scheduler

from engine.detection.models import builders
from engine.errors import InputError, SpecError
from engine.optimizers.schedules import SCHEDULES
from engine.specs import from_json, to_json
from engine.training.optimizer_text import parse_optimizer, trainable
from engine.training.spec import TrainSpec
from engine.training.updates import optimization
from engine.training.updates.lr_schedule import lr_schedule_text, parse_lr_schedule
from tests.engine.training.test_trainer import TINY


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    rates = [optimization.rate(step, 100, warmup=10, cooldown=0.4) for step in range(100)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[10:60] == [1.0] * 50
    assert rates[80] == pytest.approx(0.5)
    assert rates[99] < 0.002
    assert rates[60:] == sorted(rates[60:], reverse=True)


@pytest.mark.parametrize("name", trainable())
def test_every_optimizer_takes_a_step(name: str) -> None:
    model = builders.build(TINY)
    optimizer = optimization.make_optimizer(
        model, TrainSpec(data="shapes", optimizer=f"{name}:lr=0.01")
    )
    before = model.rpn.head.cls_logits.weight.clone()
    lr = optimization.set_rate(optimizer, lambda full: full / 2)
    assert lr == pytest.approx(0.005)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    assert not torch.equal(model.rpn.head.cls_logits.weight, before)


def test_settings_reach_torch_and_the_body_learns_slower() -> None:
    spec = TrainSpec(
        data="shapes", optimizer="nesterov:lr=0.1,weight_decay=0.02", backbone_lr_scale=0.25
    )
    optimizer = optimization.make_optimizer(builders.build(TINY), spec)
    optimization.set_rate(optimizer, lambda full: full)
    heads, plain, body = optimizer.param_groups
    assert (heads["nesterov"], heads["momentum"]) == (True, 0.9)
    assert (heads["weight_decay"], plain["weight_decay"]) == (0.02, 0.0)
    assert body["lr"] == pytest.approx(0.025)


def test_optimizer_text_is_split() -> None:
    assert parse_optimizer("adamw:lr=1e-3, weight_decay=0.1") == (
        "AdamW",
        {"lr": 1e-3, "weight_decay": 0.1},
    )


def test_what_the_name_decides_reaches_torch() -> None:
    model = builders.build(TINY)

    def group(text: str) -> dict:
        spec = TrainSpec(data="shapes", optimizer=text)
        return optimization.make_optimizer(model, spec).param_groups[0]

    momentum = group("momentum")
    assert (momentum["momentum"], momentum["nesterov"], momentum["lr"]) == (0.9, False, 1e-3)
    assert group("heavy-ball")["momentum"] == 0.9
    assert group("amsgrad")["amsgrad"] is True
    assert group("adamw")["weight_decay"] == 0.01  # torch's own
    assert group("adam:betas=.8,.99")["betas"] == (0.8, 0.99)
    assert group("adam:beta1=.8")["betas"] == (0.8, 0.999)
    assert group("rprop:step_max=2")["step_sizes"] == (1e-6, 2.0)
    assert group("sgd:maximize=true,momentum=.5,")["maximize"] is True
    assert group("momentum:nesterov=true")["nesterov"] is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lion", "Lion cannot train a network: torch.optim has no such class"),
        ("newton:lr=1", "Newton cannot train a network: torch.optim has no such class"),
        ("lbfgs", "L-BFGS cannot train a network: it needs more than one gradient a step"),
        ("rprop:weight_decay=0.1", "weight_decay"),
        ("adam:betas=.9", "must be 2 numbers"),
        ("adam:beta3=.9", "beta3"),
        ("adam:lr", "must be KEY=VALUE"),
        ("adam:lr=nan", "'nan' is not a number"),
    ],
)
def test_what_cannot_train_is_refused_by_name(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        optimization.make_optimizer(
            builders.build(TINY), TrainSpec(data="shapes", optimizer=text).validated()
        )


def test_an_old_spec_names_the_backbones_rate_as_it_did() -> None:
    text = '{"thalweg": 1, "kind": "train", "data": "shapes", "body_rate": 0.1}'
    spec = from_json(text, TrainSpec)
    assert spec.backbone_lr_scale == 0.1
    assert '"backbone_lr_scale": 0.1' in to_json(spec) and "body_rate" not in to_json(spec)
    with pytest.raises(SpecError, match="body_rate"):
        from_json(text.replace("}", ', "backbone_lr_scale": 0.2}'), TrainSpec)


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("step:step_size=3,gamma=0.5", lambda o: lr_scheduler.StepLR(o, 3, 0.5)),
        ("cosine:T_max=7,eta_min=0.001", lambda o: lr_scheduler.CosineAnnealingLR(o, 7, 0.001)),
        ("warmup:total_iters=4", lambda o: lr_scheduler.LinearLR(o, total_iters=4)),
        ("constant", lambda o: lr_scheduler.ConstantLR(o, 1.0)),
    ],
)
def test_a_schedule_of_the_table_is_torchs_in_every_group(
    text: str, twin: Callable[[torch.optim.Optimizer], lr_scheduler.LRScheduler]
) -> None:
    spec = TrainSpec(data="shapes", optimizer="sgd:lr=0.1", lr_schedule=text).validated()
    ours = optimization.make_optimizer(builders.build(TINY), spec)
    theirs = torch.optim.SGD(
        [
            {"params": [torch.nn.Parameter(torch.zeros(1))], "lr": group["lr"] * group["share"]}
            for group in ours.param_groups
        ]
    )
    schedule = twin(theirs)
    for done in range(12):
        lr = optimization.set_rate(ours, optimization.lr_at(spec, done, 12))
        assert lr == ours.param_groups[0]["lr"]
        for one, other in zip(ours.param_groups, theirs.param_groups, strict=True):
            assert one["lr"] == pytest.approx(other["lr"], rel=1e-12)
        theirs.step()
        schedule.step()


def test_without_a_schedule_warmup_and_cooldown_count() -> None:
    spec = TrainSpec(data="shapes", warmup=4, cooldown=0.5)
    for done in range(20):
        expected = 0.2 * optimization.rate(done, 20, warmup=4, cooldown=0.5)
        assert optimization.lr_at(spec, done, 20)(0.2) == expected
    step = replace(spec, lr_schedule="step:step_size=2,gamma=0.5")
    assert [optimization.lr_at(step, done, 20)(1.0) for done in range(4)] == [1, 1, 0.5, 0.5]


@pytest.mark.parametrize(
    "text", ["slow", "step:size=3", "step:step_size=1.5", "cosine:T_max=soon", "step:gamma=2"]
)
def test_a_schedule_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(InputError):
        TrainSpec(data="shapes", lr_schedule=text).check()


def test_a_schedules_text_comes_back() -> None:
    for name, schedule in SCHEDULES.items():
        text = lr_schedule_text(name, {})
        assert parse_lr_schedule(text) == (schedule, schedule.complete({}))
    assert lr_schedule_text("cosine", {"T_max": 40}) == "cosine:T_max=40,eta_min=0.0"
    assert (lr_schedule_text("", {}), parse_lr_schedule(" ")) == ("", None)
