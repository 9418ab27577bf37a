"""What a spec leaves open filled in by the task, and what cannot be run refused. No torch."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from engine.checks import check_range
from engine.errors import InputError
from engine.networks.backprop import activations
from engine.networks.tasks.registry import find
from engine.networks.tasks.spec import FitSpec, Task
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

MOST_STEPS = 1_000_000
MOST_LAYERS = 5  # hidden ones
MOST_NODES = 128  # of one
MOST_TRAIN = 5000
MOST_TEST = 5000
MOST_DIGITS = 1797  # that are shipped
MOST_DEGREE = 12
MAX_STARTS = 1000
FEW_STARTS = 8  # for a rule that is not batched
MAX_KEPT = 100_000_000  # parameters of further starts, over all steps
MOST_WITH_HESSIAN = 400  # parameters
MAX_HESSIANS = 20_000_000  # numbers in the Hessians of all starts


def default_spec(task: str) -> FitSpec:
    """A race on a task with the task's own values, none of them open.

    Raises:
        InputError: there is no such task.
    """
    return resolved(FitSpec(task))


def resolved(spec: FitSpec) -> FitSpec:
    """The spec with the task's own value for all that it leaves open.

    `start` stays None for tasks that have none.

    Raises:
        InputError: there is no such task.
    """
    task = find(spec.task)
    own = {
        name: getattr(task, name)
        for name in ("steps", "batch", "hidden", "activation", "train_count", "test_count",
                     "noise", "start")
        if getattr(spec, name) is None
    }  # fmt: skip
    return replace(spec, **own)


def hyper_of(racer: Racer, task: Task) -> dict[str, float]:
    """Every hyper-parameter of a racer; the rate is the task's, or the optimizer's for nets.

    Raises:
        InputError: the optimizer or a setting is unknown or outside its range.
    """
    optimizer = optimizers.find(racer.optimizer)
    rate = task.rates.get(optimizer.name, optimizer.network_rate)
    return optimizer.complete({"lr": rate, **racer.settings})


def features(inputs: int, degree: int) -> int:
    """How many monomials of `inputs` variables there are from degree 1 to `degree`."""
    return math.comb(inputs + degree, degree) - 1


def layers_of(spec: FitSpec) -> tuple[int, ...]:
    """Nodes of each column of the net, the inputs first; empty for tasks of parameters."""
    task = find(spec.task)
    if task.kind == "parameters":
        return ()
    hidden = task.hidden if spec.hidden is None else spec.hidden
    return (features(task.inputs, spec.degree), *hidden, task.outputs)


def parameters_of(spec: FitSpec) -> int:
    """D, how many numbers are learned."""
    layers = layers_of(spec)
    if not layers:
        return 2
    return sum((rows + 1) * columns for rows, columns in pairwise(layers))


def check(spec: FitSpec) -> FitSpec:
    """Refuse a spec that cannot be run, and give it with nothing open.

    Raises:
        InputError: something in it is unknown or outside its range.
    """
    task = find(spec.task)
    if spec.file is not None:
        raise InputError("task.file_not_own", task=task.name)
    spec = resolved(spec)
    assert spec.steps is not None
    check_range("steps", spec.steps, 0, MOST_STEPS)
    check_range("seed", spec.seed, -(2**63), 2**63 - 1)
    check_range("data_seed", spec.data_seed, -(2**63), 2**63 - 1)
    check_range("patience", spec.patience, 0, MOST_STEPS)
    if task.kind != "parameters":
        _check_net(spec)
        _check_examples(spec, task)
    elif spec.painted:
        raise InputError("task.not_painted", task=task.name)
    if not spec.racers:
        raise InputError("race.no_optimizer")
    for racer in spec.racers:
        _check_racer(racer, task, spec)
    further = sum(racer.starts - 1 for racer in spec.racers)
    if further * parameters_of(spec) * spec.steps > MAX_KEPT:
        raise InputError(
            "task.too_many_starts",
            starts=further,
            parameters=parameters_of(spec),
            steps=spec.steps,
            limit=MAX_KEPT,
        )
    for start in (spec.start, *(racer.start for racer in spec.racers)):
        for name, value in zip("uv", start or (), strict=False):
            if not math.isfinite(value):
                raise InputError("value.not_a_number", name=f"start {name}", value=value)
    return spec


def _check_net(spec: FitSpec) -> None:
    assert spec.hidden is not None and spec.activation is not None
    if len(spec.hidden) > MOST_LAYERS:
        raise InputError("task.layers", count=len(spec.hidden), most=MOST_LAYERS)
    for size in spec.hidden:
        check_range("hidden", size, 1, MOST_NODES)
    activations.find(spec.activation)
    check_range("scale", spec.scale, 0, 1e3)
    check_range("decay", spec.decay, 0, 1e3)


def _check_examples(spec: FitSpec, task: Task) -> None:
    assert spec.batch is not None and spec.noise is not None
    assert spec.train_count is not None and spec.test_count is not None
    check_range("batch", spec.batch, 0, MOST_TRAIN)
    check_range("train_count", spec.train_count, 1, MOST_TRAIN)
    check_range("test_count", spec.test_count, 1, MOST_TEST)
    check_range("noise", spec.noise, 0, 100)
    check_range("degree", spec.degree, 1, MOST_DEGREE if task.inputs <= 2 else 1)
    if task.name == "digits" and spec.train_count + spec.test_count > MOST_DIGITS:
        raise InputError(
            "task.too_few_digits",
            train=spec.train_count,
            test=spec.test_count,
            count=MOST_DIGITS,
        )
    if not spec.painted:
        return
    if task.kind != "classes" or task.inputs != 2:
        raise InputError("task.not_painted", task=task.name)
    check_range("painted", len(spec.painted), 1, MOST_TRAIN)
    for x, y, label in spec.painted:
        for name, value in (("painted x", x), ("painted y", y)):
            if not math.isfinite(value):
                raise InputError("value.not_a_number", name=name, value=value)
        if label not in (0, 1):
            raise InputError("task.painted_class", value=label)


def _check_racer(racer: Racer, task: Task, spec: FitSpec) -> None:
    optimizer = optimizers.find(racer.optimizer)
    hyper_of(racer, task)
    rate_of(racer)
    if racer.jog is not None:
        racer.jog.check()
    check_range("starts", racer.starts, 1, MAX_STARTS if optimizer.batched else FEW_STARTS)
    if not optimizer.needs_hessian:
        return
    size = parameters_of(spec)
    if size > MOST_WITH_HESSIAN:
        raise InputError(
            "task.hessian", name=optimizer.title, parameters=size, most=MOST_WITH_HESSIAN
        )
    check_range(f"{optimizer.name}:starts", racer.starts, 1, MAX_HESSIANS // size**2)
