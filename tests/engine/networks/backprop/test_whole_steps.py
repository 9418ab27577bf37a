"""Rules that look at all weights: each number that is written, against torch and numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.networks.backprop.passes import flatten
from engine.networks.backprop.presets import HAND, LIVELY
from engine.networks.backprop.spec import BackpropSpec, Example, random_weights
from engine.networks.backprop.training import Update, train
from engine.networks.backprop.whole_steps import whole_lines
from engine.networks.backprop.writing import place_of, weight_name
from engine.optimizers.racer import Racer
from engine.optimizers.step_calculation import Line

WEIGHTS, BIASES = random_weights((2, 2, 1), 5)
XOR = BackpropSpec(
    layers=(2, 2, 1),
    weights=WEIGHTS,
    biases=BIASES,
    examples=tuple(Example((x, y), (float(x != y),)) for x in (0.0, 1.0) for y in (0.0, 1.0)),
    slope=1.0,
    batch=0,
    steps=4,
)
INPUTS = torch.tensor([each.inputs for each in XOR.examples], dtype=torch.float64)
TARGETS = torch.tensor([each.targets for each in XOR.examples], dtype=torch.float64)
SOME = ((1, 0, 1), (1, 1, -1), (2, 0, 0), (2, 0, -1))  # weights and biases of both layers


def error(row: torch.Tensor) -> torch.Tensor:
    """E of all examples by the (9,) numbers of the net."""
    hidden = torch.sigmoid(2 * (INPUTS @ row[:4].reshape(2, 2) + row[4:6]))
    outputs = torch.sigmoid(2 * (hidden @ row[6:8].reshape(2, 1) + row[8:]))
    return (0.5 * (TARGETS - outputs) ** 2).sum(1).mean()


def point_of(update: Update) -> torch.Tensor:
    return torch.from_numpy(flatten(update.weights, update.biases))


def gradient_at(point: torch.Tensor) -> np.ndarray:
    row = point.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(error(row), row)
    return gradient.numpy()


def lines_of(
    spec: BackpropSpec, update: Update, weight: tuple[int, int, int]
) -> tuple[int, str, tuple[Line, ...]]:
    place, name = place_of(spec, *weight), weight_name(spec.layers, *weight)
    return place, name, whole_lines(spec, update, place, name)


def numbers_of(lines: tuple[Line, ...]) -> Mapping[str, float]:
    return {line.symbol: float(line.result) for line in lines}


@pytest.mark.parametrize("saddle_free", [0.0, 1.0])
@pytest.mark.parametrize("damping", [0.0, 0.5])
def test_newton_shows_its_row_of_the_hessian_and_the_solution(
    saddle_free: float, damping: float
) -> None:
    racer = Racer("newton", {"saddle_free": saddle_free, "damping": damping})
    spec = replace(XOR, racer=racer, eta=0.3, steps=1)
    (update,) = train(spec)
    point = point_of(update)
    hessian = torch.autograd.functional.hessian(error, point).numpy()
    values, vectors = np.linalg.eigh(hessian)
    used = vectors @ np.diag(np.abs(values)) @ vectors.T if saddle_free else hessian
    solved = np.linalg.solve(used + damping * np.eye(9), gradient_at(point))
    for weight in SOME:
        place, name, lines = lines_of(spec, update, weight)
        known = numbers_of(lines)
        for number in range(1, 10):
            assert known[f"d_{number}"] == pytest.approx(solved[number - 1], rel=1e-8)
            if saddle_free:
                expected = hessian[place, number - 1]
                assert known[f"H_{place + 1}_{number}"] == pytest.approx(expected, abs=1e-12)
        if damping:
            own = f"A_{place + 1}_{place + 1}"
            assert known[own] == pytest.approx(used[place, place] + damping, abs=1e-12)
        system = next(line for line in lines if line.symbol == f"g_{name}")
        assert float(system.result) == pytest.approx(gradient_at(point)[place], abs=1e-12)
        row = [value for key, value in system.values.items() if key[:2] in ("H_", "A_", "B_")]
        assert sorted(map(float, row)) == pytest.approx(
            sorted(used[place] + damping * np.eye(9)[place]), abs=1e-12
        )
        after = float(point[place]) - 0.3 * solved[place]
        assert known[f"{name}_new"] == pytest.approx(after, rel=1e-9)


def test_a_line_search_shows_every_size_it_tries() -> None:
    spec = replace(XOR, racer=Racer("line-search", {"decrease": 0.5, "shrink": 0.25}), eta=1000.0)
    update = next(iter(train(spec)))
    point, gradient = point_of(update), gradient_at(point_of(update))
    place, _, lines = lines_of(spec, update, (2, 0, 0))
    square, *_ = lines
    assert (square.symbol, float(square.result)) == ("q", pytest.approx(gradient @ gradient))
    sizes = [float(line.result) for line in lines if line.symbol == "r"]
    there = [float(line.result) for line in lines if line.symbol == "E_there"]
    verdicts = [bool(line.result) for line in lines if not line.symbol]
    assert len(sizes) == len(there) == len(verdicts) >= 3
    assert sizes == [1000.0 * 0.25**tried for tried in range(len(sizes))]
    for size, value, accepted in zip(sizes, there, verdicts, strict=True):
        expected = float(error(point - size * torch.from_numpy(gradient)))
        assert value == pytest.approx(expected, abs=1e-14)
        limit = float(error(point)) - 0.5 * size * gradient @ gradient
        assert accepted == (expected <= limit)
    assert verdicts == [False] * (len(verdicts) - 1) + [True]
    taken = float(point[place]) - sizes[-1] * gradient[place]
    assert float(lines[-1].result) == pytest.approx(taken, abs=1e-14)
    moved = flatten(update.updated, update.updated_biases)
    assert taken == pytest.approx(moved[place], abs=1e-14)


def test_lbfgs_shows_the_two_loops_that_give_torchs_direction() -> None:
    settings = {"max_iter": 1, "line_search_fn": 0.0}
    spec = replace(XOR, racer=Racer("lbfgs", settings), eta=20.0, steps=4)
    updates = list(train(spec))
    row = point_of(updates[0]).clone().requires_grad_()
    twin = torch.optim.LBFGS([row], lr=20.0, max_iter=1)

    def closure() -> torch.Tensor:
        twin.zero_grad()
        loss = error(row)
        loss.backward()
        return loss

    for update in updates:
        twin.step(closure)
        state = twin.state[row]
        pairs = len(state["old_dirs"])
        for weight in SOME:
            place, name, lines = lines_of(spec, update, weight)
            known = numbers_of(lines)
            assert known["d_1"] == pytest.approx(float(state["d"][place]), rel=1e-9, abs=1e-14)
            assert known["gamma_1"] == pytest.approx(float(state["H_diag"]), rel=1e-9)
            assert known["r_1"] == pytest.approx(float(state["t"]), rel=1e-9)
            assert known["g_1"] == pytest.approx(float(state["prev_flat_grad"][place]), abs=1e-13)
            alphas = [known[f"alpha_1_{pair}"] for pair in range(1, pairs + 1)]
            torchs = [-float(each) for each in state.get("al", [])[:pairs]]  # of -g
            assert alphas == pytest.approx(torchs, rel=1e-8)
            assert sum(key.startswith("beta_1_") for key in known) == pairs
            assert known[f"{name}_new"] == pytest.approx(row[place].item(), rel=1e-9)
    assert pairs == 3


def test_each_inner_iteration_starts_where_the_one_before_has_ended() -> None:
    spec = replace(XOR, racer=Racer("lbfgs", {"max_iter": 4}), eta=0.5, steps=1)
    (update,) = train(spec)
    place, name, lines = lines_of(spec, update, (1, 0, 1))
    symbols = [line.symbol for line in lines]
    assert [each for each in symbols if each.startswith(name)] == [
        *(f"{name}_at{count}" for count in (2, 3, 4)),
        f"{name}_new",
    ]
    moved = flatten(update.updated, update.updated_biases)
    assert float(lines[-1].result) == pytest.approx(moved[place], abs=1e-12)
    assert "gamma_2" in symbols and "gamma_3" not in symbols  # the later ones in short


def test_a_long_memory_is_given_in_sums() -> None:
    spec = replace(HAND, racer=Racer("lbfgs", {"max_iter": 6}), eta=1.0, steps=3)
    first, second, _ = train(spec)
    assert len(second.history["ro"]) > 4 > len(first.history.get("ro", ()))
    place, name, lines = lines_of(spec, second, (2, 0, 1))
    known = numbers_of(lines)
    assert not any(symbol.startswith(("alpha", "beta")) for symbol in known)
    assert known["d_1"] == -known["p_1"] != 0
    moved = flatten(second.updated, second.updated_biases)
    assert known[f"{name}_new"] == pytest.approx(moved[place], rel=1e-10)


@pytest.mark.parametrize("name", ["newton", "line-search", "lbfgs"])
def test_of_a_larger_net_the_long_sums_are_given(name: str) -> None:
    weights, biases = random_weights((4, 5, 3), 2)
    spec = BackpropSpec(
        layers=(4, 5, 3),
        weights=weights,
        biases=biases,
        examples=(Example((1.0, 0.0, 0.5, -1.0), (0.0, 1.0, 0.5)),),
        racer=Racer(name, {"max_iter": 2} if name == "lbfgs" else {}),
        learn_biases=False,
    )
    (update,) = train(spec)
    place, symbol, lines = lines_of(spec, update, (2, 1, 3))
    assert len(lines) < 20 and max(len(line.values) for line in lines) < 8
    assert float(lines[-1].result) == pytest.approx(update.updated[1][3, 1], rel=1e-9)
    assert (place, symbol) == (30, "w_8_11") and lines[-1].symbol == "w_8_11_new"


@pytest.mark.parametrize("name", ["newton", "line-search", "lbfgs"])
def test_at_the_minimum_nothing_moves(name: str) -> None:
    outputs = (0.5,) * 1
    still = replace(
        LIVELY,
        weights=(((0.4, -0.6, 0.5), (-0.5, 0.3, 0.8)), ((0.0,), (0.0,), (0.0,))),
        examples=(Example((1.0, 1.0), outputs),),
        racer=Racer(name),
    )
    update = next(iter(train(still)))
    _, _, lines = lines_of(still, update, (2, 0, 1))
    assert float(lines[-1].result) == 0.0 and lines[-1].symbol == "w_4_6_new"
