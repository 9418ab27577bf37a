"""Each mistake is made on purpose, over many nets, and blamed on its rule and no other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.networks.backprop import exercise as ex
from engine.networks.backprop.exercise import (
    Exercise,
    Question,
    is_right,
    judge,
    make_exercise,
    random_exercise,
)
from engine.networks.backprop.spec import BackpropSpec
from engine.networks.backprop.training import Update, train
from engine.optimizers.racer import Racer
from tests.engine.networks.backprop.nets import WORKED

SEEDS = range(60)


def rights(exercise: Exercise) -> list[float | None]:
    return [question.answer for question in exercise.questions]


def rule(exercise: Exercise, place: int, value: float) -> str:
    answers = rights(exercise)
    answers[place] = value
    judgement = judge(exercise, answers)
    assert judgement.wrong == place and judgement.rule is not None
    return judgement.rule.code


def updates(exercise: Exercise) -> tuple[BackpropSpec, Update]:
    return exercise.spec, next(iter(train(exercise.spec)))


def wrong_delta(kind: str, question: Question, spec: BackpropSpec, update: Update) -> float | None:
    """The delta of a node with one mistake in it, worked out anew from the notes' formulas."""
    layer, node = question.event.layer, question.event.node
    last = len(spec.layers) - 1
    outputs = [row[0] for row in update.forward.outputs]
    deltas = [row[0] for row in update.backward.deltas]
    o, two_a = outputs[layer][node], 2 * spec.slope
    slope = two_a * o * (1 - o)
    if layer == last:
        missed = update.targets[0, node] - o
        if kind == ex.SIGN:
            return float(-slope * (o - update.targets[0, node]))
        total = -missed
    else:
        total = sum(d * w for d, w in zip(deltas[layer], update.weights[layer][node], strict=True))
        if kind == ex.PARENTS:
            coming = update.weights[layer - 1][:, node]
            return float(slope * (outputs[layer - 1] @ coming))
        if kind == ex.NEW_WEIGHT:
            new = [
                w - spec.eta * d * o
                for w, d in zip(update.weights[layer][node], deltas[layer], strict=True)
            ]
            return float(slope * sum(d * w for d, w in zip(deltas[layer], new, strict=True)))
    if kind == ex.SLOPE:
        return float(o * (1 - o) * total)
    if kind == ex.NODE:
        other = outputs[layer][0 if node else -1] if len(outputs[layer]) > 1 else outputs[1][0]
        return float(two_a * other * (1 - other) * total)
    return None


@pytest.mark.parametrize("kind", [ex.SIGN, ex.SLOPE, ex.NODE, ex.PARENTS, ex.NEW_WEIGHT])
def test_a_mistake_in_a_delta_is_found(kind: str) -> None:
    told: Counter[str] = Counter()
    for seed in SEEDS:
        exercise = random_exercise(seed, ex.HARD)
        spec, update = updates(exercise)
        for place, question in enumerate(exercise.questions):
            if question.event.kind != "delta":
                continue
            value = wrong_delta(kind, question, spec, update)
            if value is None or is_right(question, value):
                continue
            told[rule(exercise, place, value)] += 1
    # Where two mistakes give the same number none is blamed; never another rule.
    assert set(told) <= {kind, ex.WRONG}
    assert told[kind] > 5 * told[ex.WRONG] and told[kind] > 20


def test_a_mistake_in_a_step_is_found() -> None:
    for seed in SEEDS:
        exercise = random_exercise(seed)
        for place, question in enumerate(exercise.questions):
            if question.event.kind == "gradient":
                assert rule(exercise, place, -question.answer) == ex.STEP


def test_the_factor_in_an_output_is_found() -> None:
    for seed in SEEDS:
        exercise = random_exercise(seed)
        for place, question in enumerate(exercise.questions):
            if question.event.kind == "output" and exercise.spec.slope != 0.5:
                total = float(next(v for n, v in question.line.values.items() if n[0] == "S"))
                value = 1 / (1 + np.exp(-total))
                if not is_right(question, value):
                    assert rule(exercise, place, value) in (ex.SLOPE, ex.WRONG)


@settings(max_examples=40, deadline=None)
@example(875, 2, 4)  # a step of 1e-6 beside a weight of 1.1
@given(st.integers(0, 10_000), st.sampled_from((1, 2, 3)), st.integers(4, 8))
def test_right_answers_are_never_blamed(seed: int, difficulty: int, figures: int) -> None:
    exercise = random_exercise(seed, difficulty)
    assert judge(exercise, rights(exercise)).wrong is None
    rounded = [
        # A small step is lost in a weight of few figures.
        float(
            f"{question.answer:.{max(6, figures) if question.event.kind == 'weight' else figures}g}"
        )
        for question in exercise.questions
    ]
    assert judge(exercise, rounded).wrong is None


def test_two_mistakes_with_one_number_blame_nobody() -> None:
    question = random_exercise(1).questions[0]
    value = question.answer + 1.0
    twice = replace(question, mistakes=((ex.SIGN, value), (ex.NODE, value)))
    exercise = replace(random_exercise(1), questions=(twice,))
    assert rule(exercise, 0, value) == ex.WRONG
    # And a mistake that can hardly be told from the right number is none.
    near = question.answer + 1.5 * question.tolerance
    close = replace(question, mistakes=((ex.SIGN, near),))
    assert rule(replace(exercise, questions=(close,)), 0, near) == ex.WRONG


def test_with_slope_one_half_no_factor_is_missed() -> None:
    """2a = 1: forgetting it changes nothing."""
    exercise = make_exercise(WORKED)
    for question in exercise.questions:
        assert all(
            abs(value - question.answer) < 1e-12 for r, value in question.mistakes if r == ex.SLOPE
        )


def test_the_first_wrong_one_is_marked_and_gaps_are_skipped() -> None:
    exercise = random_exercise(5)
    answers = rights(exercise)
    answers[0] = None
    answers[3] = answers[6] = 99.0
    judgement = judge(exercise, answers)
    assert (judgement.wrong, judgement.answered) == (3, len(answers) - 1)
    answers[3] = float("nan")
    assert judge(exercise, answers).wrong == 3


def test_an_exercise_is_of_the_plain_rule_and_small() -> None:
    spec = replace(WORKED, racer=Racer("adam"), examples=WORKED.examples * 3, batch=0, steps=5)
    exercise = make_exercise(spec)
    assert exercise.spec.racer.optimizer == "sgd"
    assert len(exercise.spec.examples) == 1
    with pytest.raises(InputError):
        make_exercise(WORKED, 4)


def test_easy_asks_for_what_comes_back_to_the_output() -> None:
    symbols = [question.symbol for question in random_exercise(2, ex.EASY).questions]
    assert symbols == ["delta_5", "dw_3_5", "w_3_5_new", "dw_4_5", "w_4_5_new"]
