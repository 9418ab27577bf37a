"""Records of the engine, made by closed forms in place of nets."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.landscape import Landscape, choose_levels, trace_contours
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import Task
from engine.networks.tasks.views import Examples, Histogram, StartsView, TaskView
from engine.optimizers.looks import RacerStyle
from engine.optimizers.registry import racer_style

CLASSES = Task("xor", "XOR", "", "classes", 2, 1, 100, domain=(-1.5, 1.5, -1.5, 1.5))
NUMBERS = Task("sine", "Sine", "", "numbers", 1, 1, 100, domain=(-3.0, 3.0, -1.5, 1.5))
DIGITS = Task("digits", "Digits", "", "classes", 64, 10, 100)
PRODUCT = Task(
    "product", "Product", "", "parameters", 0, 0, 100, domain=(-1.0, 5.0, -2.0, 3.0),
    start=(4.0, 0.3), minima=((1.0, 1.0),),
)  # fmt: skip
OWN = Task("own", "Own", "", "own", 0, 0, 100)

NAMES = ("SGD", "Momentum", "Adam", "RMSprop", "Nesterov", "AdaGrad")


def racers(count: int) -> list[tuple[str, RacerStyle]]:
    return [(name, racer_style(name.lower())) for name in NAMES[:count]]


def class_examples(count: int = 120, seed: int = 0) -> Examples:
    """Class 1 where x and y have one sign."""
    random = np.random.default_rng(seed)
    points = random.uniform(-1.4, 1.4, (2, count, 2))
    groups = (points[..., 0] * points[..., 1] > 0).astype(float)
    return Examples(points[0], groups[0], points[1], groups[1], 2)


def class_view(count: int, step: int = 0, size: int = 48) -> TaskView:
    """Probabilities logistic(k x y + racer / 4)."""
    side = np.linspace(-1.5, 1.5, size)
    field = 4 * side * side[:, None]
    boundary = np.stack([1 / (1 + np.exp(-field - racer / 4)) for racer in range(count)])
    wrong = np.zeros((count, 120), bool)
    wrong[:, ::17] = True
    return TaskView(step, side, side, boundary.astype(np.float32), wrong=wrong)


def number_examples() -> Examples:
    random = np.random.default_rng(1)
    x = np.sort(random.uniform(-3, 3, (2, 40)), axis=1)
    y = np.sin(x) + random.normal(0, 0.15, x.shape)
    return Examples(x[0][:, None], y[0], x[1][:, None], y[1], 0)


def number_view(count: int) -> TaskView:
    x = np.linspace(-3, 3, 200)
    curve = np.stack([np.sin(x) * (1 - racer / 6) + racer / 20 for racer in range(count)])
    return TaskView(0, x, np.empty(0), curve=curve.astype(np.float32))


def digit_examples(count: int = 200) -> Examples:
    """Digits as bars of so many columns as their number."""
    random = np.random.default_rng(2)
    targets = random.integers(0, 10, count)
    pictures = random.uniform(0, 0.15, (count, 8, 8))
    for picture, digit in zip(pictures, targets, strict=True):
        picture[: 1 + digit % 8, 2:6] = 0.9
    rows = pictures.reshape(count, 64)
    return Examples(rows, targets.astype(float), rows, targets.astype(float), 10)


def frame(count: int, layers: int = 3, step: int = 40, **other: Any) -> FitFrame:
    rows = np.arange(count, dtype=float)
    down = 10.0 ** (-np.arange(layers)[::-1][None] - rows[:, None] / 3)
    values: dict[str, Any] = {
        "step": step,
        "train_loss": 0.02 * (rows + 1),
        "test_loss": 0.05 * (rows + 1),
        "train_accuracy": np.clip(0.987 - rows / 10, 0, 1),
        "test_accuracy": np.clip(0.95 - rows / 10, 0, 1),
        "state": ("running", "converged", "running", "stopped", "running", "running")[:count],
        "rate": np.full(count, 0.1),
        "gradient_norms": down,
        "update_ratios": down / 30,
        "saturated": np.clip(np.full((count, layers - 1), 0.93) - rows[:, None] / 4, 0, 1),
        "perturbed": np.zeros(count, bool),
        "parameters": np.zeros((count, 9), np.float32),
        "best_loss": 0.02 * (rows + 1),
        "best_start": np.zeros(count, np.int64),
    }
    return FitFrame(**(values | other))


def histograms(count: int, layers: int = 3) -> tuple[Histogram, ...]:
    random = np.random.default_rng(3)
    found = []
    for what, width in (("weights", 1.0), ("gradients", 1e-3), ("activations", 0.9)):
        for layer in range(layers):
            spreads = width * (1 + layer) * (1 + np.arange(count) / 3)
            edges = np.stack([np.linspace(-3 * s, 3 * s, 31) for s in spreads])
            counts = np.stack(
                [
                    np.histogram(random.normal(0, s, 400), e)[0]
                    for s, e in zip(spreads, edges, strict=True)
                ]
            )
            found.append(Histogram(what, layer, edges, counts))
    return tuple(found)


def starts(count: int, *, moving: bool = False, curve: bool = False) -> StartsView:
    """Starts that reach three minima, the first start the middle one."""
    groups = np.arange(count) % 3
    groups = np.where(groups == 1, 1, np.where(groups == 2, 0, 2)).astype(np.int64)
    losses = np.array([0.0003, 0.12, 0.35])[groups] + 1e-7 * np.arange(count)
    if moving:
        groups = np.full(count, -1)
    side = np.linspace(-1.5, 1.5, 16)
    field = 4 * side * side[:, None]
    boundary = np.stack([1 / (1 + np.exp(-field * (1 - g))) for g in groups]).astype(np.float32)
    outputs = np.stack([np.sin(side * (1 + g)) for g in groups]).astype(np.float32)
    return StartsView(
        0, 40, losses, groups, int(losses.argmin()),
        boundary=None if curve else boundary, curve=outputs if curve else None,
    )  # fmt: skip


def digit_view(count: int, examples: Examples, *, drawn: bool = True) -> TaskView:
    """Every racer takes one more of each ten digits for a 3, the first none of them."""
    taken = np.tile(examples.test_targets[:40].astype(np.int64), (count, 1))
    for racer in range(count):
        taken[racer][np.arange(40) % 10 < racer] = 3
    shares = np.full((count, 10), 0.01, np.float32)
    shares[np.arange(count), 7 - np.arange(count)] = 0.91
    return TaskView(
        0, np.empty(0), np.empty(0), recognized=shares if drawn else None, test_digits=taken
    )


def product_landscape() -> Landscape:
    """L = (uv - 1)^2 / 2."""
    u, v = np.linspace(-1, 5, 90), np.linspace(-2, 3, 80)
    loss = (u * v[:, None] - 1) ** 2 / 2
    levels = choose_levels(loss.ravel(), 0.0, logarithmic=True)
    return Landscape(
        u, v, loss, logarithmic=True, floor=0.0, offset=1e-3, levels=levels,
        contours=trace_contours(u, v, loss, levels), minima=np.empty((0, 2)),
        nan_share=0.0, inf_share=0.0,
    )  # fmt: skip


def product_paths(count: int, steps: int = 60) -> list[np.ndarray]:
    """Gradient descent on the product at other rates, (steps + 1, 2) each."""
    paths = []
    for racer in range(count):
        path = [np.array([4.0, 0.3])]
        for _ in range(steps):
            u, v = path[-1]
            path.append(path[-1] - 0.02 * (racer + 1) * (u * v - 1) * np.array([v, u]))
        paths.append(np.array(path))
    return paths
