"""The tasks that small nets learn: one record each, read by everything. No torch at import."""

from __future__ import annotations

from collections.abc import Mapping

from engine.checks import find_named
from engine.networks.tasks.spec import Task

# lr for small nets that see all their examples in each update.
RATES: Mapping[str, float] = {
    "sgd": 0.3,
    "momentum": 0.1,
    "nesterov": 0.1,
    "heavy-ball": 0.1,
    "adagrad": 0.1,
    "rmsprop": 0.01,
    "adadelta": 5.0,
    "adam": 0.03,
    "adamw": 0.03,
    "adamax": 0.05,
    "nadam": 0.03,
    "radam": 0.1,
    "amsgrad": 0.03,
    "rprop": 0.01,
    "lion": 0.01,
    "line-search": 1.0,
    "newton": 1.0,
    "lbfgs": 0.3,
}


def _rates(**changed: float) -> dict[str, float]:
    """The usual rates with some of them changed; `heavy_ball` for `heavy-ball`."""
    return {**RATES, **{name.replace("_", "-"): rate for name, rate in changed.items()}}


def find(name: str) -> Task:
    """The task of that name.

    Raises:
        InputError: there is none.
    """
    return find_named(TASKS, name, kind="Task")


_ALL = (
    Task(
        "xor",
        "XOR",
        "Four clouds, the same class along each diagonal: no straight line separates them.",
        "classes",
        2,
        1,
        steps=300,
        hidden=(4,),
        train_count=60,
        test_count=200,
        noise=0.3,
        domain=(-2.0, 2.0, -2.0, 2.0),
        rates=_rates(),
    ),
    Task(
        "moons",
        "Two moons",
        "Two half circles that reach into each other.",
        "classes",
        2,
        1,
        steps=500,
        hidden=(8,),
        train_count=120,
        test_count=200,
        noise=0.15,
        domain=(-2.2, 2.2, -1.8, 1.8),
        rates=_rates(),
    ),
    Task(
        "circles",
        "Circles",
        "One class inside, the other around it.",
        "classes",
        2,
        1,
        steps=500,
        hidden=(6,),
        train_count=120,
        test_count=200,
        noise=0.12,
        domain=(-1.6, 1.6, -1.6, 1.6),
        rates=_rates(),
    ),
    Task(
        "spirals",
        "Spirals",
        "Two arms wound around each other: hard for a small net.",
        "classes",
        2,
        1,
        steps=1500,
        hidden=(16, 16),
        train_count=200,
        test_count=200,
        noise=0.03,
        domain=(-1.3, 1.3, -1.3, 1.3),
        rates=_rates(),
    ),
    Task(
        "regression",
        "Regression",
        "A wave from a few noisy examples: a curve is fitted to numbers.",
        "numbers",
        1,
        1,
        steps=1000,
        hidden=(12,),
        train_count=30,
        test_count=100,
        noise=0.1,
        domain=(-2.0, 2.0, -1.6, 1.6),
        rates=_rates(),
    ),
    Task(
        "digits",
        "Digits",
        "Handwritten digits of 8 x 8 pixels, 0 to 9.",
        "classes",
        64,
        10,
        steps=600,
        batch=64,
        hidden=(32,),
        activation="relu",
        train_count=1200,
        test_count=597,
        domain=(0.0, 8.0, 0.0, 8.0),
        rates=_rates(),
    ),
    Task(
        "product",
        "Product",
        "L = (uv - 1)^2/2, a linear net of two layers: some of its minima are flat, some steep.",
        "parameters",
        0,
        0,
        steps=200,
        domain=(-5.0, 5.0, -4.0, 4.0),
        start=(4.0, 0.3),
        rates=_rates(sgd=0.2),  # above 2/(u^2 + v^2) there: thrown to a flat minimum
        minima=((1.0, 1.0), (-1.0, -1.0)),
    ),
    Task(
        "two-parameters",
        "Two parameters",
        "o = v tanh(u x), the smallest net: two equal minima and a saddle between them.",
        "parameters",
        0,
        0,
        steps=300,
        domain=(-4.0, 4.0, -3.0, 3.0),
        start=(2.5, -2.5),  # SGD and momentum cross v = 0, Adam u = 0
        rates=_rates(
            momentum=0.05,
            nesterov=0.05,
            heavy_ball=0.05,
            adam=0.1,
            adamw=0.1,
            amsgrad=0.1,
            nadam=0.1,
        ),
        minima=((1.5, 1.0), (-1.5, -1.0)),
    ),
)

TASKS: dict[str, Task] = {task.name: task for task in _ALL}
