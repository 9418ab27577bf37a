"""Optimizers on copies of the user's module, as the process of the file runs them."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from engine.optimizers.batches import batch_at
from engine.optimizers.racer import Racer, rate_of

LAYERS_AT_MOST = 12
CONVERGED_GRADIENT = 1e-6  # norm of the gradient of all weights


class Refused(Exception):
    """What the file gave cannot be used; `own_file` makes an InputError of it.

    Args:
        code: of `engine.errors.MESSAGES`.
        line: of the file; 0 where the traceback knows it.
    """

    def __init__(self, code: str, line: int = 0, **fields: Any) -> None:
        super().__init__(code)
        self.code, self.line, self.fields = code, line, fields


@dataclass(frozen=True)
class OwnTask:
    """What `task()` returned; test data are None where there are none, `line` is its own."""

    module: nn.Module
    inputs: torch.Tensor
    targets: torch.Tensor
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    test: tuple[torch.Tensor, torch.Tensor] | None
    line: int


def read_task(returned: object, line: int) -> OwnTask:
    """The task that a function at `line` returned.

    Raises:
        Refused: it is something else.
    """
    match returned:
        case (nn.Module() as module, data, loss) if callable(loss):
            test = None
        case (nn.Module() as module, data, test, loss) if callable(loss):
            pass
        case _:
            raise Refused("own.returned", line, found=describe(returned))
    sets = [_examples(each) for each in (data, test) if each is not None]
    if any(each is None for each in sets):
        raise Refused("own.returned", line, found=describe(returned))
    if not any(parameter.requires_grad for parameter in module.parameters()):
        raise Refused("own.no_weights", line)
    (inputs, targets), *rest = [each for each in sets if each is not None]
    return OwnTask(module, inputs, targets, loss, rest[0] if rest else None, line)


def _examples(data: object) -> tuple[torch.Tensor, torch.Tensor] | None:
    """Inputs and targets as tensors of one length; None where they are none."""
    if not isinstance(data, tuple | list) or len(data) != 2:
        return None
    first, second = (
        torch.from_numpy(each) if isinstance(each, np.ndarray) else each for each in data
    )
    if not isinstance(first, torch.Tensor) or not isinstance(second, torch.Tensor):
        return None
    if first.dim() == 0 or second.dim() == 0 or not len(first) == len(second) > 0:
        return None
    return first.detach(), second.detach()


def describe(value: object) -> str:
    """What something is in a few characters, such as `(Linear, Tensor 4x2)`."""
    if isinstance(value, tuple | list):
        inside = ", ".join(describe(each) for each in value[:6])
        text = f"({inside}{', …' if len(value) > 6 else ''})"
    elif isinstance(value, torch.Tensor | np.ndarray):
        shape = "x".join(map(str, value.shape)) or "()"
        text = f"{type(value).__name__} {shape}"
    else:
        text = type(value).__name__
    return text if len(text) <= 120 else text[:119] + "…"


class Learner:
    """One racer: its copy of the module and its `torch.optim` optimizer."""

    def __init__(self, task: OwnTask, told: dict[str, Any], patience: int) -> None:
        self.task = task
        self.module = copy.deepcopy(task.module)
        trained = [each for each in self.module.parameters() if each.requires_grad]
        self.optimizer = getattr(torch.optim, told["twin"])(trained, **told["arguments"])
        self.first_rate: float = told["arguments"].get("lr", math.nan)
        self._schedule = rate_of(
            Racer("", schedule=told["schedule"], schedule_settings=told["schedule_settings"])
        )
        self.layers = _layers(self.module)
        self.state = "running"
        self.best_loss = math.inf
        self._patience = patience
        self._least_test, self._since = math.inf, 0
        self._least: dict[str, torch.Tensor] = {}
        self.norms = [math.nan] * len(self.layers)
        self.ratios = [math.nan] * len(self.layers)
        self.measured = (math.nan,) * 4  # train and test loss, train and test accuracy

    def rate(self, step: int) -> float:
        """The learning rate of the update from a step."""
        return float(self._schedule(self.first_rate, step))

    def measure(self, step: int) -> None:
        """Losses and accuracies here, and what has become of the racer by them."""
        task = self.task
        train, train_accuracy = self._of(task.inputs, task.targets)
        test, test_accuracy = self._of(*task.test) if task.test else (math.nan, math.nan)
        if step == 0 and not math.isfinite(train):
            raise Refused("own.not_finite", task.line, value=f"{train:g}")
        self.measured = (train, test, train_accuracy, test_accuracy)
        if not math.isfinite(train):
            self.state = "diverged"
            return
        self.best_loss = min(self.best_loss, train)
        if not self._patience or not math.isfinite(test):
            return
        if test < self._least_test:
            self._least_test, self._since = test, 0
            self._least = copy.deepcopy(self.module.state_dict())
            return
        self._since += 1
        if self._since >= self._patience:
            self.module.load_state_dict(self._least)
            self.state = "stopped"
            train, train_accuracy = self._of(task.inputs, task.targets)
            test, test_accuracy = self._of(*task.test) if task.test else (math.nan, math.nan)
            self.measured = (train, test, train_accuracy, test_accuracy)

    def _of(self, inputs: torch.Tensor, targets: torch.Tensor) -> tuple[float, float]:
        self.module.eval()
        with torch.no_grad():
            outputs = self.module(inputs)
            loss = _number(self.task.loss(outputs, targets), learns=False)
        return float(loss), accuracy(self.task.loss, outputs, targets)

    def differentiate(self, indices: torch.Tensor, decay: float, seed: int) -> None:
        """The gradient of a batch, with the penalty's, in every weight."""
        torch.manual_seed(seed)  # a dropout is the same for every racer
        self.module.train()
        self.optimizer.zero_grad()
        outputs = self.module(self.task.inputs[indices])
        _number(self.task.loss(outputs, self.task.targets[indices]), learns=True).backward()
        for parameter in self.module.parameters():
            if decay and parameter.grad is not None and parameter.dim() > 1:
                parameter.grad.add_(parameter.detach(), alpha=decay)
        self.norms = [
            _norm([each.grad for each in layer if each.grad is not None]) for layer in self.layers
        ]
        if _norm(self.norms) < CONVERGED_GRADIENT and len(indices) == len(self.task.inputs):
            self.state = "converged"

    def update(self, step: int) -> None:
        """Go one step along the gradient that `differentiate` has left."""
        before = [[each.detach().clone() for each in layer] for layer in self.layers]
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate(step)
        self.optimizer.step()
        self.ratios = [
            _norm([now.detach() - was for now, was in zip(layer, old, strict=True)])
            / (_norm(old) or math.nan)
            for layer, old in zip(self.layers, before, strict=True)
        ]


def _layers(module: nn.Module) -> list[list[nn.Parameter]]:
    """The trained parameters of each module that has some of its own."""
    found = (
        [each for each in part.parameters(recurse=False) if each.requires_grad]
        for part in module.modules()
    )
    return [layer for layer in found if layer][:LAYERS_AT_MOST]


def _norm(values: list[Any]) -> float:
    return math.sqrt(sum(float(torch.as_tensor(each).double().square().sum()) for each in values))


def _number(loss: object, *, learns: bool) -> torch.Tensor:
    """The loss if it is one, else Refused."""
    if (
        not isinstance(loss, torch.Tensor)
        or loss.numel() != 1
        or (learns and not loss.requires_grad)
    ):
        raise Refused("own.loss", found=describe(loss))
    return loss.reshape(())


def accuracy(loss: object, outputs: torch.Tensor, targets: torch.Tensor) -> float:
    """The share of examples of the right class; NaN where the targets are no classes.

    Whole targets (n,) of outputs (n, classes) are classes; so are 0 and 1 under a binary
    cross entropy.
    """
    if not targets.is_floating_point() and outputs.dim() == targets.dim() + 1:
        return float((outputs.argmax(1) == targets).double().mean())
    if isinstance(loss, nn.BCEWithLogitsLoss | nn.BCELoss) and outputs.shape == targets.shape:
        border = 0.0 if isinstance(loss, nn.BCEWithLogitsLoss) else 0.5
        return float(((outputs > border) == (targets > 0.5)).double().mean())
    return math.nan


def race(task: OwnTask, request: dict[str, Any], send: Callable[[dict[str, Any]], None]) -> None:
    """Send a frame of all racers at each step."""
    learners = [Learner(task, told, request["patience"]) for told in request["racers"]]
    steps, seed = request["steps"], request["seed"]
    count = len(task.inputs)
    size = min(request["batch"] or count, count)
    for step in range(steps + 1):
        batch = torch.arange(count)
        if size < count:
            batch = torch.from_numpy(batch_at(seed, step, count, size).copy())
        for learner in learners:
            if learner.state == "running":
                learner.measure(step)
            if learner.state == "running":
                learner.differentiate(batch, request["decay"], (seed * 1_000_003 + step) % 2**63)
        columns = list(zip(*(each.measured for each in learners), strict=True))
        send(
            {
                "step": step,
                "train_loss": columns[0],
                "test_loss": columns[1],
                "train_accuracy": columns[2],
                "test_accuracy": columns[3],
                "state": [each.state for each in learners],
                "rate": [each.rate(step) for each in learners],
                "gradient_norms": [each.norms for each in learners],
                "update_ratios": [each.ratios for each in learners],
                "best_loss": [each.best_loss for each in learners],
            }
        )
        for learner in learners:
            if learner.state == "running" and step < steps:
                learner.update(step)
