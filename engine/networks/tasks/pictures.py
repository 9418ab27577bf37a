"""What is drawn of the nets of a race at one step: boundaries, curves, histograms, starts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
import torch

from engine.device import one_thread
from engine.networks.backprop import activations as records
from engine.networks.tasks.data import Features, data_of
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.net import activations, outputs, split
from engine.networks.tasks.problem import NetProblem, Problem, problem_of
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import hyper_of
from engine.networks.tasks.spec import FIRST_RACERS, FitSpec
from engine.networks.tasks.views import Examples, Histogram, StartsView, TaskView
from engine.optimizers.racer import rate_of

BINS = 30
CURVE_POINTS = 4  # times the points along a side of a boundary
TEST_DIGITS = 40
SAME_MINIMUM = 1e-2  # of the first loss: two classes never quite settle, their loss falls as 1/t
AHEAD = 100  # updates: what falls no further in so many has settled


def examples(spec: FitSpec) -> Examples:
    """What the nets learn from and are tested on; none for tasks without examples.

    Raises:
        InputError: the spec cannot be run.
    """
    if spec.task == "own" or find(spec.task).kind == "parameters":
        nothing = np.empty((0, 2)), np.empty(0)
        return Examples(*nothing, *nothing, classes=0)
    data = data_of(spec)
    return Examples(
        data.inputs, data.targets, data.test_inputs, data.test_targets, classes=data.classes
    )


@one_thread()
def view(
    spec: FitSpec,
    parameters: np.ndarray,
    step: int,
    *,
    size: int = 48,
    histograms: bool = False,
    drawn: np.ndarray | None = None,
) -> TaskView:
    """The nets with these parameters.

    Args:
        parameters: (R, D), as in a frame.
        size: points along each side of a boundary.
        histograms: of weights and gradients (of all training examples, with the L2 penalty)
            without the biases, and of the outputs of each layer.
        drawn: (8, 8) from 0 to 1, a digit to recognize; see `digit_drawing`.

    Raises:
        InputError: the spec cannot be run.
    """
    nothing = np.empty(0)
    if spec.task == "own":
        return TaskView(step, nothing, nothing)
    scene = _scene(spec)
    if not isinstance(scene.problem, NetProblem):
        return TaskView(step, nothing, nothing)
    problem = scene.problem
    points = torch.from_numpy(np.asarray(parameters)).to(problem.inputs.dtype)
    with torch.no_grad():
        x, y, boundary, curve = _drawn(scene, points, size)
        wrong = test_digits = recognized = None
        if problem.kind != "numbers":
            found = _classes(outputs(problem.net, points, problem.inputs))
            wrong = (found != problem.targets).numpy()
        if problem.net.layers[0] == 64:
            first = problem.test_inputs[:TEST_DIGITS]
            test_digits = _classes(outputs(problem.net, points, first)).numpy()
            if drawn is not None:
                pixels = torch.from_numpy(np.asarray(drawn).reshape(1, 64)).to(points.dtype)
                logits = outputs(problem.net, points, pixels)[:, 0]
                recognized = logits.softmax(-1).float().numpy()
    return TaskView(
        step,
        x,
        y,
        boundary,
        curve,
        _histograms(problem, points) if histograms else (),
        recognized,
        test_digits,
        wrong,
    )


@one_thread()
def starts_view(spec: FitSpec, frame: FitFrame, racer: int, *, size: int = 24) -> StartsView:
    """The nets of one racer from all of its starts, its own first.

    A start is still moving while, by the slope where it is, `AHEAD` plain steps at its present
    rate would lower the loss by more than tells two minima apart.

    Args:
        racer: its place in the spec.
        size: points along each side of a boundary.

    Raises:
        InputError: the spec cannot be run.
    """
    scene = _scene(spec)
    own = frame.parameters[racer][None], frame.train_loss[racer : racer + 1]
    rows = np.concatenate([own[0], frame.other_parameters[racer]])
    losses = np.concatenate([own[1], frame.other_losses[racer]])
    points = torch.from_numpy(rows).to(scene.first.dtype)
    boundary = curve = None
    if isinstance(scene.problem, NetProblem):
        with torch.no_grad():
            _, _, boundary, curve = _drawn(scene, points, size)
    slope = scene.problem.measure(points, None, 1, test_all=False).gradient.double()
    chosen = spec.racers[racer]
    rate = rate_of(chosen)(hyper_of(chosen, find(spec.task))["lr"], frame.step)
    ahead = (slope**2).sum(-1).numpy() * AHEAD * float(rate)
    groups = reached(losses, ahead, scene.first_loss * SAME_MINIMUM)
    best = int(np.where(np.isfinite(losses), losses, np.inf).argmin())
    return StartsView(racer, frame.step, losses, groups, best, boundary, curve)


def reached(losses: np.ndarray, ahead: np.ndarray, tolerance: float) -> np.ndarray:
    """Which minimum each start has reached, by its loss: (S,) int64, 0 the lowest.

    Args:
        losses: (S,) float64.
        ahead: (S,) float64, how far each may still fall; -1 is given to those that may fall by
            more than the tolerance, and to those whose loss is not finite.
        tolerance: how far each loss of one minimum may lie above the next lower one.
    """
    groups = np.full(len(losses), -1, dtype=np.int64)
    with np.errstate(invalid="ignore"):
        settled = np.flatnonzero(np.isfinite(losses) & (ahead <= tolerance))
    order = settled[np.argsort(losses[settled], kind="stable")]
    groups[order] = np.cumsum(np.diff(losses[order], prepend=losses[order[:1]]) > tolerance)
    return groups


@dataclass(frozen=True)
class _Scene:
    """What does not change while a task is learned."""

    spec: FitSpec
    problem: Problem
    first: torch.Tensor  # (1, D), where everybody begins
    first_loss: float
    features: Features | None  # None for tasks without examples

    def given(self, inputs: np.ndarray) -> torch.Tensor:
        """What the nets are given of inputs (n, d) in the task's own frame: (n, F)."""
        assert self.features is not None
        return torch.from_numpy(self.features.of(inputs)).to(self.first.dtype)


def _scene(spec: FitSpec) -> _Scene:
    """Made once for a spec whose racers alone change."""
    return _made(
        tuple(
            (each.name, getattr(spec, each.name)) for each in fields(spec) if each.name != "racers"
        )
    )


@lru_cache(maxsize=4)
def _made(values: tuple[tuple[str, Any], ...]) -> _Scene:
    spec = FitSpec(racers=FIRST_RACERS, **dict(values))
    problem = problem_of(spec)
    first = problem.initial(1)
    loss = problem.measure(first, None, 1, test_all=False).train_loss
    features = data_of(spec).features if isinstance(problem, NetProblem) else None
    return _Scene(spec, problem, first, float(loss[0]), features)


def _drawn(
    scene: _Scene, points: torch.Tensor, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None, np.ndarray | None]:
    """x, y and the boundary or the curve of points (N, D), as `TaskView` has them."""
    task, problem = find(scene.spec.task), scene.problem
    assert isinstance(problem, NetProblem)
    x0, x1, y0, y1 = task.domain
    nothing = np.empty(0)
    if task.inputs == 1:
        x = np.linspace(x0, x1, size * CURVE_POINTS)
        fitted = outputs(problem.net, points, scene.given(x[:, None]))[..., 0]
        return x, nothing, None, fitted.float().numpy()
    if task.inputs != 2:
        return nothing, nothing, None, None
    x, y = np.linspace(x0, x1, size), np.linspace(y0, y1, size)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    logits = outputs(problem.net, points, scene.given(grid))[..., 0]
    return x, y, logits.sigmoid().float().unflatten(1, (size, size)).numpy(), None


def _classes(given: torch.Tensor) -> torch.Tensor:
    """The class that outputs (N, B, out) speak for: (N, B) int64."""
    return (given[..., 0] > 0).long() if given.shape[-1] == 1 else given.argmax(-1)


def _histograms(problem: NetProblem, points: torch.Tensor) -> tuple[Histogram, ...]:
    gradient = problem.measure(points, None, len(points), test_all=False).gradient
    with torch.no_grad():
        layers = activations(problem.net, points, problem.inputs)
    made = []
    for what, rows in (("weights", points), ("gradients", gradient)):
        for layer, (weights, _) in enumerate(split(problem.net, rows)):
            made.append(_histogram(what, layer, weights.flatten(1).numpy()))
    record = records.find(problem.net.activation)
    for layer, given in enumerate(layers):
        hidden = layer < len(layers) - 1
        ends = (record.low, record.high) if hidden else (-np.inf, np.inf)
        made.append(_histogram("activations", layer, given.detach().flatten(1).numpy(), ends))
    return tuple(made)


def _histogram(
    what: str, layer: int, values: np.ndarray, ends: tuple[float, float] = (-np.inf, np.inf)
) -> Histogram:
    """Of each racer's values (R, n); `ends` that are finite are the ends of the axis."""
    edges, counts = [], []
    for row in values.astype(np.float64):
        finite = row[np.isfinite(row)]  # of weights and gradients the axis holds 0
        low = ends[0] if np.isfinite(ends[0]) else finite.min(initial=0.0)
        high = ends[1] if np.isfinite(ends[1]) else finite.max(initial=0.0)
        if high - low < 1e-12 * max(abs(low), abs(high), 1e-300):
            low, high = low - 0.5, high + 0.5
        count, edge = np.histogram(finite, BINS, (low, high))
        edges.append(edge)
        counts.append(count)
    return Histogram(what, layer, np.stack(edges), np.stack(counts).astype(np.int64))
