"""Models of two parameters that are fitted to data: a line and a logistic curve.

The plane of the map is (x, y) = (slope, intercept); an example is an input u and a target v.
One `Fit` and its surface in `registry.SURFACES` make a new one. torch is imported by the losses
only, so that the window can draw data and curves without it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from engine.descent.data_fit.dataset import DataSpec, Examples, Point, check_data, equal_examples

if TYPE_CHECKING:
    import torch

    Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    ExampleLoss = Callable[..., torch.Tensor]
    Number = float | np.ndarray

NODES = 64  # of the quadrature that stands for endless data
MANY = 50_000  # points of the plane from which one example after the other is summed
NEWTON_STEPS = 100
ROOT = 1e-13  # a slope this small is none


@dataclass(frozen=True)
class FitScript:
    """A fit as the lines of a Python script that needs NumPy and PyTorch alone.

    Attributes:
        draw: the body of `draw(generator, count)`.
        each: the losses of examples, of `said` (slope*u + intercept) and targets `v`, in torch.
        expected: the mean target at inputs whose `said` is that of the source, in NumPy.
        inputs: the ends between which inputs are drawn evenly.
        truth: slope and intercept of the source.
    """

    draw: str
    each: str
    expected: str
    inputs: tuple[float, float]
    truth: tuple[float, float]


@dataclass(frozen=True)
class Fit:
    """A kind of model and the source of its data.

    Attributes:
        name: that of its surface.
        losses: torch tensors slope, intercept, inputs, targets that broadcast -> the loss of
            each example.
        predict: NumPy slope, intercept, inputs that broadcast -> what the model says.
        draw: a generator and a count -> inputs and targets (count,) of the source.
        expect: the source itself, endless data as weighted examples.
        mean: examples -> their weighted mean loss as an expression of torch tensors x, y.
        minimum: examples -> slope and intercept of the least mean loss; none where it falls
            without end.
        curvature: examples -> least and greatest Hessian eigenvalue, where the mean loss is a
            quadratic.
        labels: targets are classes, 0 or 1.
        most: examples at most.
        view: u0, u1, v0, v1 of the picture of the data.
        outlier: where one is dropped in.
        script: the same in lines of Python.
    """

    name: str
    losses: ExampleLoss
    predict: Callable[..., np.ndarray]
    draw: Callable[[np.random.Generator, int], tuple[np.ndarray, np.ndarray]]
    expect: Callable[[], Examples]
    mean: Callable[[Examples], Loss]
    minimum: Callable[[Examples], tuple[Point, ...]]
    curvature: Callable[[Examples], tuple[float, float]] | None
    labels: bool
    most: int
    view: tuple[float, float, float, float]
    outlier: Point
    script: FitScript

    def check(self, data: DataSpec) -> None:
        """Refuse a data set that cannot be made.

        Raises:
            InputError: a number is outside its range.
        """
        check_data(data, self.most, labels=self.labels)

    def examples(self, data: DataSpec) -> Examples:
        """The data set; of a stream what is shown of it before the first step: nothing new."""
        return _examples(self, data.count, data.seed, data.outlier)

    def ground(self, data: DataSpec) -> Examples:
        """What the landscape is the loss of: the data set, or of a stream all that may come."""
        return self.expect() if data.online else self.examples(data)


@lru_cache(maxsize=32)
def _examples(fit: Fit, count: int, seed: int, outlier: Point | None) -> Examples:
    inputs, targets = fit.draw(np.random.default_rng(seed), count)
    if outlier is not None:
        inputs, targets = np.append(inputs, outlier[0]), np.append(targets, outlier[1])
    return equal_examples(inputs, targets)


# -- a line ---------------------------------------------------------------------------------------

LINE_TRUTH = (1.2, 0.4)
LINE_INPUTS = (-0.5, 2.5)
LINE_NOISE = 0.4


def line_losses(
    slope: torch.Tensor, intercept: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor
) -> torch.Tensor:
    """Half the squared error, as in the lecture's E; tensors that broadcast to the result."""
    return 0.5 * (slope * inputs + intercept - targets) ** 2


def line(slope: Number, intercept: Number, inputs: np.ndarray) -> np.ndarray:
    """What the line says at inputs (D,), or at what broadcasts with them."""
    return slope * inputs + intercept


def draw_line(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets (count,) float64 of the source."""
    inputs = generator.uniform(*LINE_INPUTS, count)
    return inputs, line(*LINE_TRUTH, inputs) + LINE_NOISE * generator.standard_normal(count)


@lru_cache(maxsize=1)
def expect_line() -> Examples:
    inputs, weights = _nodes(*LINE_INPUTS)
    return Examples(inputs, line(*LINE_TRUTH, inputs), weights, floor=0.5 * LINE_NOISE**2)


def line_mean(examples: Examples) -> Loss:
    """The quadratic about its minimum: exact, and as quick for a million examples as for one.

    Where all inputs are equal there is a valley of minima; the one nearest to the origin
    is taken, and the formula holds all the same.
    """
    (a, b), _ = _least_squares(examples)
    xx = float(examples.weights @ examples.inputs**2)
    xy = float(examples.weights @ examples.inputs)
    rest = line(a, b, examples.inputs) - examples.targets
    floor = examples.floor + 0.5 * float(examples.weights @ rest**2)

    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        dx, dy = x - a, y - b
        return floor + 0.5 * (xx * dx * dx + dy * dy) + xy * dx * dy

    return loss


def line_minimum(examples: Examples) -> tuple[Point, ...]:
    best, rank = _least_squares(examples)
    return (best,) if rank == 2 else ()


def line_curvature(examples: Examples) -> tuple[float, float]:
    xx = float(examples.weights @ examples.inputs**2)
    xy = float(examples.weights @ examples.inputs)
    greatest = (xx + 1) / 2 + math.hypot((xx - 1) / 2, xy)
    # Their product is the determinant: no small difference of large numbers.
    return (xx - xy * xy) / greatest, greatest


def _least_squares(examples: Examples) -> tuple[Point, int]:
    """Slope and intercept, and the rank of the problem."""
    root = np.sqrt(examples.weights)
    design = np.stack([root * examples.inputs, root], axis=1)  # (D, 2)
    best, _, rank, _ = np.linalg.lstsq(design, root * examples.targets, rcond=None)
    return (float(best[0]), float(best[1])), int(rank)


# -- a logistic curve -----------------------------------------------------------------------------

LOGISTIC_TRUTH = (1.6, -0.4)
LOGISTIC_INPUTS = (-3.0, 3.0)


def logistic_losses(
    slope: torch.Tensor, intercept: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor
) -> torch.Tensor:
    """Cross-entropy of the class v under sigmoid(slope*u + intercept), from its logit.

    Tensors that broadcast to the result.
    """
    import torch

    logit = slope * inputs + intercept
    return torch.logaddexp(logit, torch.zeros_like(logit)) - targets * logit


def logistic(slope: Number, intercept: Number, inputs: np.ndarray) -> np.ndarray:
    """The probability of class 1 at inputs (D,), or at what broadcasts with them."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(slope * inputs + intercept)))


def draw_logistic(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and targets (count,) float64 of the source; targets are 0 or 1."""
    inputs = generator.uniform(*LOGISTIC_INPUTS, count)
    chance = logistic(*LOGISTIC_TRUTH, inputs)
    return inputs, (generator.random(count) < chance).astype(np.float64)


@lru_cache(maxsize=1)
def expect_logistic() -> Examples:
    inputs, weights = _nodes(*LOGISTIC_INPUTS)
    return Examples(inputs, logistic(*LOGISTIC_TRUTH, inputs), weights)


def logistic_mean(examples: Examples) -> Loss:
    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        inputs, targets, weights = (
            x.new_tensor(array) for array in (examples.inputs, examples.targets, examples.weights)
        )
        if x.numel() <= MANY:
            each = logistic_losses(x[..., None], y[..., None], inputs, targets)
            return (weights * each).sum(-1) + examples.floor
        total = x * 0 + examples.floor
        for u, v, weight in zip(inputs, targets, weights, strict=True):
            total = total + weight * logistic_losses(x, y, u, v)
        return total

    return loss


def logistic_minimum(examples: Examples) -> tuple[Point, ...]:
    """By Newton's steps, halved while the loss rises.

    Classes that a threshold parts have no minimum: the slope grows for ever.
    """
    low, high = (examples.inputs[examples.targets == label] for label in (0, 1))
    certain = len(low) + len(high) == examples.count
    if certain and (
        not len(low) or not len(high) or low.max() <= high.min() or high.max() <= low.min()
    ):
        return ()
    design = np.stack([examples.inputs, np.ones(examples.count)], axis=1)
    best = np.zeros(2)
    loss = _cross_entropy(examples, best)
    for _ in range(NEWTON_STEPS):
        chance = logistic(best[0], best[1], examples.inputs)
        slope = design.T @ (examples.weights * (chance - examples.targets))
        second = (design * (examples.weights * chance * (1 - chance))[:, None]).T @ design
        if np.hypot(*slope) < ROOT:
            return ((float(best[0]), float(best[1])),)
        step = np.linalg.solve(second, slope)
        while (tried := _cross_entropy(examples, best - step)) > loss and np.hypot(*step) > ROOT:
            step = step / 2
        best, loss = best - step, tried
    return ()


def _cross_entropy(examples: Examples, point: np.ndarray) -> float:
    logit = point[0] * examples.inputs + point[1]
    return float(examples.weights @ (np.logaddexp(logit, 0) - examples.targets * logit))


# -- both -----------------------------------------------------------------------------------------


def _nodes(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre nodes and weights of the even distribution between two ends."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    return low + (high - low) * (nodes + 1) / 2, weights / 2


@lru_cache(maxsize=64)
def facts(fit: Fit, data: DataSpec) -> tuple[Loss, tuple[Point, ...], tuple[float, float] | None]:
    """Mean loss, minimum and curvature of a data set; asked for again at every picture."""
    ground = fit.ground(data)
    ends = None if fit.curvature is None else fit.curvature(ground)
    return fit.mean(ground), fit.minimum(ground), ends


def one_loss(fit: Fit, u: float, v: float) -> Loss:
    """The loss of one example alone, as an expression of torch tensors x, y."""

    def loss(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return fit.losses(x, y, x.new_tensor(u), x.new_tensor(v))

    return loss


LINE = Fit(
    "line-fit",
    line_losses,
    line,
    draw_line,
    expect_line,
    line_mean,
    line_minimum,
    line_curvature,
    labels=False,
    most=20_000,
    view=(-1.2, 4.2, -4.0, 6.0),
    outlier=(2.3, -3.0),
    script=FitScript(
        f"""\
    inputs = generator.uniform(*{LINE_INPUTS}, count)
    slope, intercept = {LINE_TRUTH}
    noise = {LINE_NOISE} * generator.standard_normal(count)
    return inputs, slope * inputs + intercept + noise""",
        "0.5 * (said - v) ** 2",
        "said",
        LINE_INPUTS,
        LINE_TRUTH,
    ),
)
LOGISTIC = Fit(
    "logistic-fit",
    logistic_losses,
    logistic,
    draw_logistic,
    expect_logistic,
    logistic_mean,
    logistic_minimum,
    None,
    labels=True,
    most=200,
    view=(-4.2, 4.2, -0.25, 1.25),
    outlier=(-3.6, 1.0),
    script=FitScript(
        f"""\
    inputs = generator.uniform(*{LOGISTIC_INPUTS}, count)
    slope, intercept = {LOGISTIC_TRUTH}
    chance = 1 / (1 + numpy.exp(-(slope * inputs + intercept)))
    return inputs, (generator.random(count) < chance).astype(float)""",
        "torch.logaddexp(said, torch.zeros_like(said)) - v * said",
        "1 / (1 + numpy.exp(-said))",
        LOGISTIC_INPUTS,
        LOGISTIC_TRUTH,
    ),
)
