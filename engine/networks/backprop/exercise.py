"""An exercise: numbers of one update that a student works out, and what went wrong in them.

A wrong answer is blamed on a rule only where exactly one mistake explains it: the mistakes are
made on purpose and their results compared with the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine.checks import check_range
from engine.errors import Note, note
from engine.networks.backprop.events import BIAS, Event
from engine.networks.backprop.moments import course_of
from engine.networks.backprop.spec import (
    PLAIN,
    BackpropSpec,
    Example,
    activation_of,
    rate,
)
from engine.networks.backprop.training import Update, train
from engine.networks.backprop.writing import number_of, write_lines
from engine.optimizers.racer import Racer
from engine.optimizers.step_calculation import Line

EASY, MEDIUM, HARD = 1, 2, 3
SHAPES = {EASY: (2, 2, 1), MEDIUM: (2, 2, 1), HARD: (2, 3, 2)}
MOST_NODES = 8  # of a column that can be worked out by hand
RELATIVE = 0.005  # of an answer, and what four decimals lose
DECIMALS = 5.1e-5
THREE_DECIMALS = 5.1e-4
SIX_FIGURES = 5.1e-6  # of a weight: what rounding to them loses at most
APART = 2.0  # tolerances between the right number and a mistake that is told from it

# Rules that an answer may break, each the code of its sentence.
SIGN, SLOPE, NODE, PARENTS, NEW_WEIGHT, STEP = (
    "exercise.sign",
    "exercise.slope",
    "exercise.node",
    "exercise.parents",
    "exercise.new_weight",
    "exercise.step",
)
WRONG = "exercise.wrong"


@dataclass(frozen=True)
class Question:
    """One number that is asked for.

    Attributes:
        event: what computes it.
        line: its formula with the right numbers; the result is the answer.
        tolerance: how far an answer may be from it.
        mistakes: (rule, value) of what is known to go wrong.
    """

    event: Event
    line: Line
    tolerance: float
    mistakes: tuple[tuple[str, float], ...]

    @property
    def symbol(self) -> str:
        return self.line.symbol

    @property
    def answer(self) -> float:
        return float(self.line.result)


@dataclass(frozen=True)
class Exercise:
    """A net and the numbers asked for, in the order in which they are computed."""

    spec: BackpropSpec
    difficulty: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Judgement:
    """What became of the answers.

    Attributes:
        wrong: the place of the first wrong one; None where none is wrong.
        rule: what it breaks, one sentence; None where nothing is wrong.
        answered: how many were given.
    """

    wrong: int | None
    rule: Note | None
    answered: int


def random_net(seed: int, difficulty: int = MEDIUM) -> BackpropSpec:
    """A net to be worked out by hand, with numbers of one or two decimals.

    Raises:
        InputError: there is no such difficulty.
    """
    check_range("difficulty", difficulty, EASY, HARD)
    generator = np.random.default_rng([seed, difficulty])
    layers = SHAPES[difficulty]

    def drawn(low: float, high: float, *shape: int) -> np.ndarray:
        signs = generator.choice((-1.0, 1.0), shape)
        return signs * generator.uniform(low, high, shape).round(1)

    weights = tuple(
        tuple(map(tuple, drawn(0.3, 1.5, rows, columns).tolist()))
        for rows, columns in pairwise(layers)
    )
    biases = None
    if difficulty == HARD:
        biases = tuple(tuple(drawn(0.1, 0.6, columns).tolist()) for columns in layers[1:])
    inputs = tuple(drawn(0.4, 1.5, layers[0]).tolist())
    targets = tuple(generator.choice((0.0, 1.0), layers[-1]).tolist())
    return BackpropSpec(
        layers=layers,
        weights=weights,
        biases=biases,
        examples=(Example(inputs, targets),),
        slope=float(generator.choice((0.75, 1.0, 1.25))),
        eta=float(generator.choice((0.6, 0.7, 0.8, 0.9))),
    )


def make_exercise(spec: BackpropSpec, difficulty: int = MEDIUM) -> Exercise:
    """The exercise of a net: one example, the notes' plain rule.

    Easy asks for the outputs' deltas and what follows for their weights; the others for
    everything forwards and back, and for the weights into the first node of each layer.

    Raises:
        InputError: the spec cannot be computed, or is too large to be worked out by hand.
    """
    check_range("difficulty", difficulty, EASY, HARD)
    spec.check()
    for size in spec.layers:
        check_range("layers", size, 1, MOST_NODES)
    one = replace(
        spec, examples=spec.examples[:1], batch=1, steps=1, shuffle=False,
        racer=Racer(PLAIN), eta=rate(spec),
    )  # fmt: skip
    update = next(iter(train(one)))
    last = len(one.layers) - 1
    asked = []
    for event in course_of(one).events(0):
        of_weight = event.phase == "update"
        if of_weight and (event.node > 0 or event.source == BIAS):
            continue
        if difficulty == EASY and (
            event.layer < last or event.kind not in ("delta", "gradient", "weight")
        ):
            continue
        asked.append(_question(one, update, event))
    return Exercise(one, difficulty, tuple(asked))


def judge(exercise: Exercise, answers: Sequence[float | None]) -> Judgement:
    """Find the first wrong answer and the rule it breaks.

    Args:
        answers: one for each question, None where none was given; they are skipped.
    """
    given = sum(answer is not None for answer in answers)
    for place, (question, answer) in enumerate(zip(exercise.questions, answers, strict=True)):
        if answer is not None and not is_right(question, answer):
            return Judgement(place, _rule(question, answer), given)
    return Judgement(None, None, given)


def is_right(question: Question, answer: float) -> bool:
    """Whether an answer is the number asked for, but for rounding."""
    return abs(answer - question.answer) <= question.tolerance  # NaN is not


def _rule(question: Question, answer: float) -> Note:
    """The one mistake that gives this answer; just wrong where none or several do."""
    told = {
        rule
        for rule, value in question.mistakes
        if abs(answer - value) <= question.tolerance
        and abs(value - question.answer) > APART * question.tolerance
    }
    return note(told.pop() if len(told) == 1 else WRONG)


def _tolerance(scale: float) -> float:
    return max(RELATIVE * scale, min(DECIMALS, 0.1 * scale), 1e-12)


def _question(spec: BackpropSpec, update: Update, event: Event) -> Question:
    (line,) = write_lines(spec, update, event)
    value = float(line.result)
    layer, node, source = event.layer, event.node, event.source
    last = len(spec.layers) - 1
    sloped = activation_of(spec).sloped
    mistakes: list[tuple[str, float]] = []
    scale = abs(value)
    if event.kind == "sum":
        terms = update.weights[layer - 1][:, node] * update.forward.outputs[layer - 1][0]
        scale = float(np.abs(terms).max())
    elif event.kind == "output" and sloped:
        total = update.forward.sums[layer - 1][0, node]
        mistakes.append((SLOPE, float(1 / (1 + np.exp(-total)))))
    elif event.kind == "delta":
        factors = factors_of(spec, update)
        factor = float(factors[layer - 1][node])
        if layer == last:
            missed = float(update.targets[0, node] - update.forward.outputs[-1][0, node])
            base = -missed
            mistakes.append((SIGN, -value))
        else:
            terms = update.backward.deltas[layer][0] * update.weights[layer][node]
            base = float(terms.sum())
            scale = abs(factor) * float(np.abs(terms).max())
            mistakes += [(PARENTS, factor * total) for total in parents(update, layer, node)]
            renewed = float(update.backward.deltas[layer][0] @ update.updated[layer][node])
            mistakes.append((NEW_WEIGHT, factor * renewed))
        if sloped:
            mistakes.append((SLOPE, value / (2 * spec.slope)))
        if activation_of(spec).factor:
            mistakes += [
                (NODE, float(other) * base)
                for at, row in enumerate(factors, start=1)
                for place, other in enumerate(row)
                if (at, place) != (layer, node)
            ]
    elif event.kind == "gradient":
        assert source is not None
        mistakes.append((STEP, -value))
    elif event.kind == "weight":
        assert source is not None
        before = float(update.weights[layer - 1][source, node])
        scale = abs(value - before)
        mistakes.append((STEP, 2 * before - value))
        # Beside a weight a small step is lost in rounding before the weight is.
        tolerance = max(
            _tolerance(scale), min(THREE_DECIMALS, 0.2 * scale), SIX_FIGURES * abs(value)
        )
        return Question(event, line, tolerance, tuple(mistakes))
    return Question(event, line, _tolerance(scale), tuple(mistakes))


def factors_of(spec: BackpropSpec, update: Update) -> tuple[np.ndarray, ...]:
    """f' of every node but the inputs, (n,) float64 for each layer."""
    activation = activation_of(spec)
    return tuple(
        activation.derivative(sums[0], outputs[0], spec.slope)
        for sums, outputs in zip(update.forward.sums, update.forward.outputs[1:], strict=True)
    )


def parents(update: Update, layer: int, node: int) -> list[float]:
    """What a sum over the parents of a hidden node gives in place of one over its children.

    The weights that come in take the place of those that go out: with the outputs of the
    parents, or with the children's deltas, as far as there are some.
    """
    incoming = update.weights[layer - 1][:, node]
    deltas = update.backward.deltas[layer][0]
    outputs = update.forward.outputs[layer - 1][0]
    count = min(len(incoming), len(deltas))
    return [float(incoming @ outputs), float(incoming[:count] @ deltas[:count])]


def random_exercise(seed: int, difficulty: int = MEDIUM) -> Exercise:
    """The exercise of a seed.

    Raises:
        InputError: there is no such difficulty.
    """
    return make_exercise(random_net(seed, difficulty), difficulty)


def exercises_of(spec: BackpropSpec, difficulty: int = MEDIUM) -> tuple[Exercise, ...]:
    """An exercise of a net for each of its examples, each from the net's own weights.

    Raises:
        InputError: as in `make_exercise`.
    """
    return tuple(
        make_exercise(replace(spec, examples=(each,)), difficulty) for each in spec.examples
    )


def node_numbers(spec: BackpropSpec) -> list[list[int]]:
    """The numbers of the nodes of each layer as the notes count them."""
    return [
        [number_of(spec.layers, layer, node) for node in range(size)]
        for layer, size in enumerate(spec.layers)
    ]
