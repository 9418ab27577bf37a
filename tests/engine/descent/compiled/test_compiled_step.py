"""Compiled steps: the same numbers as the rule in torch, and no text but our own."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Mapping
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.descent.compiled import instructions, machine_code
from engine.descent.compiled import kernel as kernels
from engine.descent.compiled.kernel import kernel_of
from engine.descent.compiled.operations import COMPUTED
from engine.descent.compiled.run import run
from engine.descent.compiled.trace import trace_step
from engine.descent.maps import batched_descent
from engine.descent.maps.batched_descent import Batch, Ended, descend
from engine.descent.race.spec import hyper_of
from engine.descent.surfaces import registry as surfaces
from engine.descent.surfaces.formula import formula_surface
from engine.descent.surfaces.formula_words import FUNCTIONS
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.base import Optimizer
from engine.optimizers.derivatives import objective_of, value_and_gradient
from engine.optimizers.racer import Racer, rate_of
from tests.deadlines import scaled

COMPILED = [
    name for name, rule in optimizers.OPTIMIZERS.items() if rule.batched and name != "line-search"
]
PLAIN = [name for name, surface in surfaces.SURFACES.items() if surface.fit is None]
PAIRS = [(name, rule) for name in ("rosenbrock", "quadratic", "ackley") for rule in COMPILED]
PAIRS += [(name, rule) for name in PLAIN for rule in ("momentum", "adam")]
POINTS = 12
HOSTILE = (0.0, -0.0, 1e-300, -1e300, 1e154, float("inf"), float("-inf"), float("nan"), 4.9e-324)
STEPS = 4


def end(work: Generator[float, None, Ended]) -> tuple[np.ndarray, np.ndarray]:
    while True:
        try:
            next(work)
        except StopIteration as finished:
            ended = finished.value
            if ended.label.min() < 0:
                assert ((ended.label < 0) == (ended.arrival < 0)).all()
            return ended.points.numpy(), ended.arrival.numpy()


def places(surface: Surface, seed: int = 0) -> torch.Tensor:
    """Points all over the view, then points that people and divergence bring about."""
    generator = torch.Generator().manual_seed(seed)
    x0, x1, y0, y1 = surface.domain
    drawn = torch.rand(POINTS, 2, generator=generator, dtype=torch.float64)
    spread = drawn * torch.tensor([x1 - x0, y1 - y0]) + torch.tensor([x0, y0])
    return torch.cat([spread, torch.tensor([*zip(HOSTILE, HOSTILE[::-1], strict=True)]).double()])


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same instructions, less rearranged: a fifth of the time to compile."""
    monkeypatch.setattr(machine_code, "SPEED_LEVEL", 1)


def step_by_step(surface: Surface, rule: Optimizer, hyper: Mapping[str, float]) -> None:
    """Each step from where torch is: no difference can grow."""
    flags = {each.name for each in (*rule.settings, *rule.fixed) if each.flag}
    free = tuple(n for n, value in hyper.items() if n not in flags and value != 0)
    kernel = kernels._compile(surface, rule, hyper, free, ())
    assert kernel is not None
    points = places(surface)
    state = rule.init(points)
    for age in range(STEPS):
        gradient = value_and_gradient(surface, points)[1]
        asked = (objective_of(surface),) if rule.needs_objective else ()
        move, new = rule.update(points, gradient, state, hyper, *asked)
        moved = points.T.contiguous().numpy().copy()
        values = surface.complete().values()
        constants = {
            **{f"hyper_{name}": value for name, value in hyper.items()},
            **{f"surface_{number}": value for number, value in enumerate(values)},
            "age": float(age),
        }
        held = {name: value.numpy() for name, value in state.items() if value.ndim}
        nobody, found = np.empty((0, 2)), np.zeros((2, len(points)), np.int64)
        facts = {"steps": 1, "minima": nobody, "reach": 0.1, "every": 0, "found": found}
        list(run(kernel, moved, held, constants, **facts))
        after = (points + move).numpy()
        both = np.isfinite(after)
        np.testing.assert_array_equal(np.isfinite(moved.T), both)
        # Of a step the last places, as sines and roots of two libraries end on another one.
        size = np.abs(move.numpy()[both]) * 1e-9 + np.abs(points.numpy()[both]) * 4e-16
        assert (np.abs(moved.T[both] - after[both]) <= size + 1e-300).all()
        points, state = points + move, new


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(("name", "rule"), sorted(set(PAIRS)))
def test_every_rule_and_every_surface_take_torchs_step(name: str, rule: str) -> None:
    surface = surfaces.find(name)
    step_by_step(surface, optimizers.find(rule), hyper_of(Racer(rule), surface))


LEAVES = st.sampled_from(["x", "y", "a", "0.5", "3", "x", "y"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from([name for name, (count, _) in FUNCTIONS.items() if count == 1])
    sign = st.sampled_from(["+", "-", "*", "/", "^"])
    return st.one_of(
        st.builds("{}({})".format, one, inner),
        st.builds("({} {} {})".format, inner, sign, inner),
        st.builds("({})^{}".format, inner, st.sampled_from(["2", "3", "0.5", "(1/3)", "4", "0"])),
        st.builds("max({}, {})".format, inner, inner),
    )


@pytest.mark.usefixtures("quickly")
@settings(max_examples=60, deadline=None)
@given(st.recursive(LEAVES, larger, max_leaves=6), st.sampled_from(["momentum", "rmsprop"]))
def test_a_typed_formula_takes_torchs_step(text: str, rule: str) -> None:
    free = {"a": 1.5} if "a" in re.findall(r"\b\w+\b", text) else {}
    surface = formula_surface(f"{text} + 0*x + 0*y", parameters=free)
    step_by_step(surface, optimizers.find(rule), hyper_of(Racer(rule), surface))


def test_nobodys_typing_is_in_the_code() -> None:
    surface = formula_surface("x^2 + evil*y^2 + exit*x", parameters={"evil": 2.0, "exit": 1.0})
    step = trace_step(surface, optimizers.find("sgd"), {**optimizers.find("sgd").defaults}, ("lr",))
    ours = {"age", "hyper_lr", "surface_0", "surface_1", "x", "y", "velocity_0", "velocity_1"}
    for line in step.lines:
        named = {part for part in line.parts if isinstance(part, str)} | {line.result}
        assert all(name in ours or re.fullmatch(r"v\d+", name) for name in named)
        assert line.operation in instructions.BUILT
    text = str(machine_code.build(machine_code.plan(step, ())))
    assert "evil" not in text and "exit" not in text


def twice(batch: Batch) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Compiled, and in torch."""
    assert kernel_of(batch.surface, batch.optimizer, batch.hyper).result() is not None
    return end(descend(batch)), end(batched_descent._descend_in_torch(batch))


def test_momentum_ends_on_torchs_last_bit() -> None:
    surface, rule = surfaces.find("himmelblau"), optimizers.find("momentum")
    known = torch.tensor(surface.minima, dtype=torch.float64)
    points = places(surface).T.contiguous().T
    hyper: dict[str, Any] = dict(hyper_of(Racer("momentum"), surface))
    batch = Batch(surface, rule, points, hyper, 203, known, 0.1)
    (ended, arrival), (expected, came) = twice(batch)
    np.testing.assert_array_equal(ended, expected)
    np.testing.assert_array_equal(arrival, came)
    assert (arrival >= 0).sum() > POINTS / 2


def test_rates_and_momenta_of_a_map_are_arguments() -> None:
    surface, rule = surfaces.find("quadratic"), optimizers.find("momentum")
    before = len(kernels._kept)
    for least in (0.0, 0.3):
        lr, momentum = torch.linspace(1e-4, 0.05, 30), torch.linspace(least, 0.99, 30)
        hyper: dict[str, Any] = dict(hyper_of(Racer("momentum"), surface))
        hyper |= {"lr": lr.double()[:, None], "momentum": momentum.double()[:, None]}
        start = torch.tensor([surface.start], dtype=torch.float64).expand(30, 2)
        racer = Racer("momentum")
        batch = Batch(
            surface.bind({"rotation": least}), rule, start, hyper, 60, rate=rate_of(racer)
        )
        (ended, _), (expected, _) = twice(batch)
        np.testing.assert_allclose(ended, expected, rtol=1e-12, atol=1e-12)
    assert len(kernels._kept) - before <= 1, "no value of a slider compiles anew"


def test_a_schedule_is_followed_step_by_step() -> None:
    surface, rule = surfaces.find("himmelblau"), optimizers.find("sgd")
    racer = Racer("sgd", schedule="cosine", schedule_settings={})
    points = places(surface)[:POINTS].T.contiguous().T
    hyper: dict[str, Any] = dict(hyper_of(racer, surface))
    (ended, _), (expected, _) = twice(Batch(surface, rule, points, hyper, 50, rate=rate_of(racer)))
    np.testing.assert_array_equal(ended, expected)


@pytest.mark.parametrize("rule", ["line-search", "lbfgs"])
def test_what_cannot_be_compiled_is_left_to_torch(rule: str) -> None:
    surface, found = surfaces.find("himmelblau"), optimizers.find(rule)
    assert kernel_of(surface, found, hyper_of(Racer(rule), surface)).result() is None


def test_data_are_left_to_torch() -> None:
    surface = next(each for each in surfaces.SURFACES.values() if each.fit is not None)
    rule = optimizers.find("momentum")
    assert kernel_of(surface, rule, hyper_of(Racer("momentum"), surface)).result() is None


def test_who_does_not_wait_goes_on_in_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_kept", {})
    go, compiled = threading.Event(), threading.Event()

    def slow(*_work: Any) -> None:
        go.wait()
        compiled.set()

    monkeypatch.setattr(kernels, "_compile", slow)
    surface, rule = surfaces.find("booth"), optimizers.find("momentum")
    hyper: dict[str, Any] = dict(hyper_of(Racer("momentum"), surface))
    batch = Batch(surface, rule, places(surface)[:POINTS], hyper, 20)
    ended, _ = end(descend(batch, wait=False))
    np.testing.assert_array_equal(ended, end(batched_descent._descend_in_torch(batch))[0])
    waiting = descend(batch)
    assert next(waiting) == 0.0, "who waits can be stopped"
    waiting.close()
    go.set()
    assert compiled.wait(scaled(10))


def test_a_long_work_is_left_in_slices() -> None:
    surface, rule = surfaces.find("himmelblau"), optimizers.find("momentum")
    hyper: dict[str, Any] = dict(hyper_of(Racer("momentum"), surface))
    points = places(surface)[:POINTS].repeat(20_000, 1).T.contiguous().T
    shares = []
    work = descend(Batch(surface, rule, points, hyper, 200))
    for share in work:
        shares.append(share)
        if 0 < share < 1:
            work.close()
    assert 0 < shares[-1] < 1 and shares == sorted(shares)


def test_every_operation_of_torch_that_is_known_can_be_built() -> None:
    for made in COMPUTED.values():
        asked: list[str] = []

        def note(operation: str, *parts: Any, asked: list[str] = asked) -> str:
            asked.append(operation)
            return f"v{len(asked)}"

        if isinstance(made, str):
            asked.append(made)
        else:
            made(note, *("x", "y", "age")[: made.__code__.co_argcount - 1])
        assert asked and set(asked) <= set(instructions.BUILT)
