"""What a spec leaves open, and what is refused with one sentence."""

from __future__ import annotations

import math
from typing import Any

import pytest

from engine.errors import InputError
from engine.networks.tasks.registry import TASKS, find
from engine.networks.tasks.settings import (
    check,
    default_spec,
    hyper_of,
    layers_of,
    parameters_of,
    resolved,
)
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Jog, Racer
from engine.optimizers.registry import OPTIMIZERS


@pytest.mark.parametrize("name", TASKS)
def test_nothing_is_open_in_a_default(name: str) -> None:
    spec, task = default_spec(name), find(name)
    for field in ("steps", "batch", "hidden", "activation", "train_count", "test_count", "noise"):
        assert getattr(spec, field) == getattr(task, field)
    assert spec.start == task.start
    assert check(FitSpec(name)) == spec


def test_what_was_chosen_stays() -> None:
    spec = resolved(FitSpec("moons", steps=7, hidden=(), noise=0.0, batch=0))
    assert (spec.steps, spec.hidden, spec.noise, spec.batch) == (7, (), 0.0, 0)
    assert layers_of(spec) == (2, 1) and parameters_of(spec) == 3
    assert layers_of(FitSpec("xor", hidden=(5,), degree=2)) == (5, 5, 1)
    assert parameters_of(FitSpec("product")) == 2 and layers_of(FitSpec("product")) == ()


def test_rates_are_the_racers_then_the_tasks_then_the_optimizers() -> None:
    task = find("xor")
    assert hyper_of(Racer("adam", {"lr": 0.5}), task)["lr"] == 0.5
    assert hyper_of(Racer("adam"), task)["lr"] == task.rates["adam"]
    bare = type(task)("bare", "", "", "classes", 2, 1, 1)
    assert hyper_of(Racer("adam"), bare)["lr"] == OPTIMIZERS["adam"].network_rate


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"task": "chess"}, "value.unknown_name", "chess"),
    ({"task": "xor", "file": "a.py"}, "task.file_not_own", "xor"),
    ({"hidden": (0,)}, "value.out_of_range", "hidden"),
    ({"hidden": (500,)}, "value.out_of_range", "hidden"),
    ({"hidden": (4,) * 9}, "task.layers", "9"),
    ({"activation": "step"}, "value.unknown_name", "step"),
    ({"scale": math.nan}, "value.out_of_range", "scale"),
    ({"decay": -1.0}, "value.out_of_range", "decay"),
    ({"noise": math.nan}, "value.out_of_range", "noise"),
    ({"noise": math.inf}, "value.out_of_range", "noise"),
    ({"batch": -1}, "value.out_of_range", "batch"),
    ({"steps": -1}, "value.out_of_range", "steps"),
    ({"patience": -1}, "value.out_of_range", "patience"),
    ({"degree": 0}, "value.out_of_range", "degree"),
    ({"train_count": 0}, "value.out_of_range", "train_count"),
    ({"test_count": 0}, "value.out_of_range", "test_count"),
    ({"task": "digits", "degree": 2}, "value.out_of_range", "degree"),
    ({"task": "digits", "train_count": 1500}, "task.too_few_digits", "1500"),
    ({"painted": ((0.0, 0.0, 2),)}, "task.painted_class", "2"),
    ({"painted": ((math.nan, 0.0, 1),)}, "value.not_a_number", "painted x"),
    ({"task": "regression", "painted": ((0.0, 0.0, 1),)}, "task.not_painted", "regression"),
    ({"task": "product", "painted": ((0.0, 0.0, 1),)}, "task.not_painted", "product"),
    ({"task": "product", "start": (math.inf, 0.0)}, "value.not_a_number", "start u"),
    ({"racers": ()}, "race.no_optimizer", "no optimizer"),
    ({"racers": (Racer("gauss"),)}, "value.unknown_name", "gauss"),
    ({"racers": (Racer("sgd", {"lr": math.nan}),)}, "value.out_of_range", "lr"),
    ({"racers": (Racer("sgd", schedule="zigzag"),)}, "value.unknown_name", "zigzag"),
    ({"racers": (Racer("sgd", jog=Jog(radius=-1)),)}, "value.out_of_range", "radius"),
    ({"racers": (Racer("sgd", starts=0),)}, "value.out_of_range", "starts"),
    ({"racers": (Racer("sgd", starts=1001),)}, "value.out_of_range", "starts"),
    ({"racers": (Racer("lbfgs", starts=9),)}, "value.out_of_range", "starts"),
    ({"task": "digits", "racers": (Racer("newton"),)}, "task.hessian", "Newton"),
    ({"hidden": (16, 16), "racers": (Racer("newton", starts=500),)}, "value.out_of_range",
     "newton:starts"),
    ({"task": "digits", "racers": (Racer("sgd", starts=1000),)}, "task.too_many_starts", "999"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "code", "named"), BAD)
def test_what_cannot_be_run_is_one_sentence(changed: dict[str, Any], code: str, named: str) -> None:
    with pytest.raises(InputError) as caught:
        check(FitSpec(**changed))
    assert caught.value.code == code
    assert named in str(caught.value) and "\n" not in str(caught.value)
