"""All that decides how nets learn a task, and the record of a task. No torch at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.checks import Domain, Point
from engine.optimizers.racer import Racer

Kind = Literal["classes", "numbers", "parameters", "own"]

# Plain, with momentum, and the one that most people take.
FIRST_RACERS = (Racer("sgd"), Racer("momentum"), Racer("adam"))


@dataclass(frozen=True)
class FitSpec:
    """A race of optimizers on a task; the same spec gives the same frames.

    What is None is the task's own.

    Attributes:
        task: a name in `registry.TASKS`, or `own` for the user's file.
        file: the user's Python file, for `own` alone.
        racers: who learns; `starts` of a racer are random initializations, `jog` perturbs its
            weights, `start` is (u, v) of a task of two parameters.
        steps: updates; frames are one more.
        seed: of initial weights, batches, further starts and perturbations. All racers begin
            at the same weights and see the same batches.
        batch: examples in an update; 0 for all. Reshuffled between epochs.
        hidden: nodes of the hidden layers.
        activation: of the hidden layers: `tanh`, `sigmoid`, `relu`, `linear`.
        scale: the initial weights are so many times the usual ones.
        decay: L2 penalty decay/2 |w|^2 on the weights (not the biases), in every racer's gradient.
        patience: a racer stops at the weights of its least test loss so far once that has not
            fallen for so many updates (early stopping); 0 for never.
        train_count, test_count: examples.
        noise: standard deviation of what is added to the inputs (classes) or targets (numbers).
        data_seed: of the examples.
        degree: the inputs of classes and numbers are all monomials up to this degree.
        painted: x, y and class of training examples that a person painted, in place of the
            task's own; the test examples stay.
        start: u, v of a task of two parameters, for all racers.
    """

    task: str = "xor"
    file: str | None = None
    racers: tuple[Racer, ...] = FIRST_RACERS
    steps: int | None = None
    seed: int = 0
    batch: int | None = None
    hidden: tuple[int, ...] | None = None
    activation: str | None = None
    scale: float = 1.0
    decay: float = 0.0
    patience: int = 0
    train_count: int | None = None
    test_count: int | None = None
    noise: float | None = None
    data_seed: int = 0
    degree: int = 1
    painted: tuple[tuple[float, float, int], ...] = ()
    start: Point | None = None


@dataclass(frozen=True)
class Task:
    """A task with its own values for what a spec leaves open; the record that all read.

    Attributes:
        title: in English; the window and the command line translate and show it.
        summary: one sentence, in English.
        kind: `classes` and `numbers` are learned from examples by a perceptron with biases,
            `parameters` are two numbers whose landscape is the whole truth.
        inputs, outputs: columns of the data; one logit for two classes (binary cross entropy),
            one for each of more (cross entropy), mean of (t - o)^2 / 2 for numbers.
        domain: the view of two inputs, or of the two parameters; of one input x0, x1 and the
            range of the targets.
        rates: lr to begin with by optimizer; the others have their `network_rate`.
        minima: of `parameters`, known minima (u, v).
    """

    name: str
    title: str
    summary: str
    kind: Kind
    inputs: int
    outputs: int
    steps: int
    batch: int = 0
    hidden: tuple[int, ...] = ()
    activation: str = "tanh"
    train_count: int = 0
    test_count: int = 0
    noise: float = 0.0
    domain: Domain = (-1.0, 1.0, -1.0, 1.0)
    start: Point | None = None
    rates: Mapping[str, float] = field(default_factory=dict)
    minima: tuple[Point, ...] = ()
