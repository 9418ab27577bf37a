"""What is minimised: loss and gradient of many rows of parameters, and how well they do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal, Protocol

import numpy as np
import torch
from torch.nn import functional

from engine.networks.backprop import activations as records
from engine.networks.tasks.data import TaskData, data_of
from engine.networks.tasks.net import SLOPE, Net, activations, initial, outputs
from engine.networks.tasks.parameters import LOSSES
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import check, layers_of
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.batches import batch_at
from engine.optimizers.derivatives import (
    TwoParameterLoss,
    objective_by_autograd,
    objective_of,
    value,
    value_and_gradient,
)
from engine.optimizers.objective import Objective
from engine.optimizers.perturbation import further_starts

DIGITS = "digits"  # in float32: twice as fast, and a step of minibatches is not exact anyway


@dataclass(frozen=True)
class Measured:
    """N rows of parameters, of which the first R are the racers' own.

    Attributes:
        gradient: (N, D) tensor, of the batch and with the L2 penalty.
        train_loss: (N,) float64.
        test_loss: (N,) float64; NaN beyond the first R unless it was asked for.
        train_accuracy, test_accuracy: (R,) float64.
        saturated: (R, L - 1) float64.
    """

    gradient: torch.Tensor
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    saturated: np.ndarray


class Problem(Protocol):
    """What the race asks of a task.

    Attributes:
        begins: where the parameters of each layer begin in a row.
    """

    begins: tuple[int, ...]

    def initial(self, count: int) -> torch.Tensor:
        """Where starts begin: (count, D) of the problem's dtype; the first is everybody's own."""
        ...

    def batch(self, step: int) -> torch.Tensor | None:
        """The examples of an update, (B,) int64; None for all."""
        ...

    def measure(
        self, points: torch.Tensor, batch: torch.Tensor | None, own: int, *, test_all: bool
    ) -> Measured:
        """Everything that a frame tells of points (N, D), the first `own` the racers'."""
        ...

    def objective(self, batch: torch.Tensor | None) -> Objective:
        """The loss of the batch, with the L2 penalty, for rules that need more than a step."""
        ...


def problem_of(spec: FitSpec, device: str = "cpu") -> Problem:
    """What a spec asks to minimise.

    Raises:
        InputError: the spec cannot be run.
    """
    spec = check(spec)
    if find(spec.task).kind == "parameters":
        return ParametersProblem(spec, device)
    return NetProblem(spec, device)


LossKind = Literal["two classes", "classes", "numbers"]


def example_losses(kind: LossKind, given: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The loss of each example (N, B) from outputs (N, B, out) and targets (B,)."""
    if kind == "two classes":
        logits = given[..., 0]
        return functional.binary_cross_entropy_with_logits(
            logits, targets.expand_as(logits), reduction="none"
        )
    if kind == "classes":
        places = targets.long().expand(given.shape[:-1])[..., None]
        return -given.log_softmax(-1).gather(-1, places)[..., 0]
    return 0.5 * (targets - given[..., 0]) ** 2


def accuracies(kind: LossKind, given: torch.Tensor, targets: torch.Tensor) -> np.ndarray:
    """The share of examples that are right, (N,) float64; NaN for numbers."""
    if kind == "numbers":
        return np.full(len(given), np.nan)
    found = given[..., 0] > 0 if kind == "two classes" else given.argmax(-1)
    right = found == targets.to(found.dtype)
    result: np.ndarray = right.double().mean(-1).cpu().numpy()
    return result


def penalised(net: Net, *, device: str, dtype: torch.dtype) -> torch.Tensor:
    """1 for each weight of a row and 0 for each bias: (D,)."""
    parts = []
    for rows, columns in pairwise(net.layers):
        parts += [torch.ones(rows * columns), torch.zeros(columns)]
    return torch.cat(parts).to(device=device, dtype=dtype)


class NetProblem:
    """A perceptron that learns from examples."""

    def __init__(self, spec: FitSpec, device: str) -> None:
        spec = check(spec)
        assert spec.activation is not None and spec.batch is not None
        task, data = find(spec.task), data_of(spec)
        self.net = Net(layers_of(spec), spec.activation)
        self.begins = self.net.begins
        self.kind = kind_of(data)
        self._spec = spec
        self._device = device
        self._dtype = torch.float32 if task.name == DIGITS else torch.float64
        to = partial(torch.tensor, device=device, dtype=self._dtype)
        self.inputs = to(data.features.of(data.inputs))
        self.targets = to(data.targets)
        self.test_inputs = to(data.features.of(data.test_inputs))
        self.test_targets = to(data.test_targets)
        self._all_inputs = torch.cat([self.inputs, self.test_inputs])
        self._count = len(self.targets)
        self._batch = min(spec.batch or self._count, self._count)
        self._decay = spec.decay
        self._penalised = penalised(self.net, device=device, dtype=self._dtype)

    def initial(self, count: int) -> torch.Tensor:
        found = initial(self.net, self._spec.seed, count, self._spec.scale)
        return found.to(device=self._device, dtype=self._dtype)

    def batch(self, step: int) -> torch.Tensor | None:
        if self._batch == self._count:
            return None
        chosen = batch_at(self._spec.seed, step, self._count, self._batch)
        return torch.from_numpy(chosen.copy()).to(self._device)

    def measure(
        self, points: torch.Tensor, batch: torch.Tensor | None, own: int, *, test_all: bool
    ) -> Measured:
        count = self._count
        tested = len(points) if test_all else own
        leaf = points.detach().requires_grad_()
        inputs, targets = self._of(batch)
        layers = activations(self.net, leaf, inputs)
        losses = example_losses(self.kind, layers[-1], targets).mean(-1)
        (gradient,) = torch.autograd.grad(losses.sum(), leaf)
        if self._decay:
            gradient = gradient + self._decay * self._penalised * points
        with torch.no_grad():
            if batch is None:
                train = [layer.detach() for layer in layers]
                loss = losses.detach()
                test = outputs(self.net, points[:tested], self.test_inputs)
            elif tested == len(points):
                both = activations(self.net, points, self._all_inputs)
                train = [layer[:, :count] for layer in both]
                test = both[-1][:, count:]
                loss = example_losses(self.kind, train[-1], self.targets).mean(-1)
            else:
                train = activations(self.net, points, self.inputs)
                test = outputs(self.net, points[:tested], self.test_inputs)
                loss = example_losses(self.kind, train[-1], self.targets).mean(-1)
            test_loss = np.full(len(points), np.nan)
            test_losses = example_losses(self.kind, test, self.test_targets).mean(-1)
            test_loss[:tested] = test_losses.double().cpu().numpy()
            return Measured(
                gradient,
                loss.double().cpu().numpy(),
                test_loss,
                accuracies(self.kind, train[-1][:own], self.targets),
                accuracies(self.kind, test[:own], self.test_targets),
                self._saturated(train[:-1], own),
            )

    def _of(self, batch: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        if batch is None:
            return self.inputs, self.targets
        return self.inputs[batch], self.targets[batch]

    def _saturated(self, hidden: list[torch.Tensor], own: int) -> np.ndarray:
        """The share of hidden outputs (N, B, n) where the activation is flat: (own, L - 1)."""
        record = records.find(self.net.activation)
        shares = []
        for layer in hidden:
            values = layer[:own].cpu().numpy()
            # For ReLU and linear the sign of the output is that of the sum.
            shares.append(record.saturated(values, values, SLOPE).mean(axis=(1, 2)))
        return np.stack(shares, axis=1) if shares else np.empty((own, 0))

    def objective(self, batch: torch.Tensor | None) -> Objective:
        inputs, targets = self._of(batch)

        def loss(points: torch.Tensor) -> torch.Tensor:
            given = outputs(self.net, points, inputs)
            found = example_losses(self.kind, given, targets).mean(-1)
            if not self._decay:
                return found
            return found + 0.5 * self._decay * (self._penalised * points * points).sum(-1)

        return objective_by_autograd(loss)


class ParametersProblem:
    """Two parameters whose loss is a formula: there are no examples to be tested on."""

    begins: tuple[int, ...] = (0,)

    def __init__(self, spec: FitSpec, device: str) -> None:
        self._spec = check(spec)
        self._task = find(spec.task)
        self._device = device
        self._plain: TwoParameterLoss = LOSSES[spec.task]()
        self._surface: TwoParameterLoss = LOSSES[spec.task](spec.decay)

    def initial(self, count: int) -> torch.Tensor:
        assert self._spec.start is not None
        further = further_starts(self._spec.seed, self._task.domain, count - 1)
        return torch.tensor([self._spec.start, *further], device=self._device, dtype=torch.float64)

    def batch(self, step: int) -> torch.Tensor | None:
        return None

    def measure(
        self, points: torch.Tensor, batch: torch.Tensor | None, own: int, *, test_all: bool
    ) -> Measured:
        loss, gradient = value_and_gradient(self._surface, points)
        if self._spec.decay:
            loss = value(self._plain, points)
        losses = loss.cpu().numpy().copy()
        none = np.full(own, np.nan)
        return Measured(gradient, losses, losses, none, none, np.empty((own, 0)))

    def objective(self, batch: torch.Tensor | None) -> Objective:
        return objective_of(self._surface)


def kind_of(data: TaskData) -> LossKind:
    """Which loss belongs to the examples."""
    if not data.classes:
        return "numbers"
    return "two classes" if data.classes == 2 else "classes"
