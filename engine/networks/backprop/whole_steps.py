"""Rules that look at all weights at once, written out for one of them: line search, Newton, L-BFGS.

Weights are numbered 1 to D through the whole net as `passes.flatten` has them, layer by layer the
weights (in, out), then the biases that learn. What needs all of them is given (a length, a product
of two vectors, E elsewhere); the rest is written with the numbers of the one weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.networks.backprop import passes
from engine.networks.backprop.activations import Array
from engine.networks.backprop.objective import objective_of
from engine.networks.backprop.spec import BackpropSpec, activation_of
from engine.networks.backprop.training import Update
from engine.optimizers import lbfgs_state
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import evaluate, read, symbols
from engine.optimizers.lbfgs_state import Inner
from engine.optimizers.objective import Objective
from engine.optimizers.second_order import newton_update
from engine.optimizers.step_calculation import Line, StepCalculation

MOST_TERMS = 12  # of a sum over all weights that is written out
WHOLE_ITERATIONS = 2  # of L-BFGS in one update
MOST_PAIRS = 4  # in its memory, to be written out


class _Sheet:
    """Lines of numbers, each of which may use those before it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._values: dict[str, Array] = {}

    def let(self, symbol: str, value: float) -> str:
        """Note a number without a line."""
        self._values[symbol] = np.asarray(value, dtype=np.float64)
        return symbol

    def give(self, symbol: str, value: float) -> str:
        """A line that is given."""
        self.lines.append(Line(symbol, None, {}, np.asarray(value, dtype=np.float64)))
        return self.let(symbol, value)

    def write(self, symbol: str, text: str) -> float:
        """A line that is computed."""
        formula = read(text)
        used = {name: self._values[name] for name in symbols(formula)}
        result = np.asarray(evaluate(formula, used), dtype=np.float64)
        self.lines.append(Line(symbol, formula, used, result))
        self._values[symbol] = result
        return float(result)


def whole_lines(spec: BackpropSpec, update: Update, place: int, name: str) -> tuple[Line, ...]:
    """The lines of one weight, from the gradient of all to its new value.

    Args:
        place: of the weight, from 0, as `writing.place_of` gives it.
        name: its symbol.
    """
    learned = spec.biases is not None and spec.learn_biases
    point = passes.flatten(update.weights, update.biases if learned else ())
    gradient = passes.flatten(
        update.backward.gradients, update.backward.bias_gradients if learned else ()
    )
    objective = objective_of(
        spec.layers, update.inputs, update.targets, activation_of(spec), spec.slope,
        biases=update.biases, learn_biases=spec.learn_biases,
    )  # fmt: skip
    sheet = _Sheet()
    for symbol, value in {**update.hyper, "eta": update.hyper["lr"]}.items():
        sheet.let(symbol, value)
    sheet.let(name, point[place])
    sheet.let(f"g_{name}", gradient[place])
    _WRITERS[spec.racer.optimizer](sheet, update, objective, point, gradient, place, name)
    return tuple(sheet.lines)


def _line_search(
    sheet: _Sheet,
    update: Update,
    objective: Objective,
    point: Array,
    gradient: Array,
    place: int,
    name: str,
) -> None:
    """The sizes that are tried, each with E there and what Armijo allows."""
    optimizer = optimizers.find("line-search")
    whole = StepCalculation(update.hyper, update.number, {}, objective)
    for symbol, value in update.hyper.items():
        whole.let(symbol, value)
    whole.let("x", point)
    whole.let("g", gradient)
    whole.let("f", update.error)
    optimizer.formula(whole)
    square, *tried, _ = whole.lines  # all but |g|^2 and the step of all weights
    if len(gradient) <= MOST_TERMS:
        for number, value in enumerate(gradient, start=1):
            sheet.let(f"g_{number}", value)
        terms = (f"g_{number}**2" for number in range(1, len(gradient) + 1))
        sheet.write("q", " + ".join(terms))
    else:
        sheet.give("q", float(square.result))
    sheet.let("E", update.error)
    for line in tried:
        if line.symbol:
            sheet.write("r", {"lr": "eta", "0": "0"}.get(_text(line), "shrink*r"))
            continue
        sheet.give("E_there", float(line.values["f_there"]))
        used = {key: line.values[key] for key in ("decrease", "r", "q")}
        used = {**used, "E": np.asarray(update.error), "E_there": line.values["f_there"]}
        sheet.lines.append(Line("", _ARMIJO, used, line.result))
    sheet.write(f"{name}_new", f"{name} - r*g_{name}")


def _text(line: Line) -> str:
    """Of a size that is tried first, given up, or made smaller."""
    if line.formula == read("lr"):
        return "lr"
    return "0" if line.formula == read("0") else ""


_ARMIJO = read("E_there <= E - decrease*r*q")


def _newton(
    sheet: _Sheet,
    update: Update,
    objective: Objective,
    point: Array,
    gradient: Array,
    place: int,
    name: str,
) -> None:
    """The weight's row of the system (H + damping I) d = g, and the solution of all."""
    import torch

    here, slopes = torch.from_numpy(point)[None], torch.from_numpy(gradient)[None]
    hessian = objective.hessian(here)[0].numpy()
    hyper: Mapping[str, float] = {**update.hyper, "lr": 1.0}
    solved = -newton_update(here, slopes, {}, hyper, objective)[0][0].numpy()
    own, few = place + 1, len(point) <= MOST_TERMS
    numbers = range(1, len(point) + 1) if few else (own,)
    letter, matrix = "H", hessian
    if update.hyper["saddle_free"]:
        for number in numbers:
            sheet.give(f"H_{own}_{number}", hessian[place, number - 1])
        values, vectors = np.linalg.eigh(hessian)
        letter, matrix = "B", (vectors * np.abs(values)) @ vectors.T
    for number in numbers:
        sheet.let(f"{letter}_{own}_{number}", matrix[place, number - 1])
    diagonal = f"{letter}_{own}_{own}"
    if update.hyper["damping"]:
        sheet.write(f"A_{own}_{own}", f"{diagonal} + damping")
        diagonal = f"A_{own}_{own}"
    elif not few:
        sheet.give(diagonal, matrix[place, place])
    for number in numbers:
        sheet.give(f"d_{number}", solved[number - 1])
    if few:
        terms = (
            f"{diagonal if number == own else f'{letter}_{own}_{number}'}*d_{number}"
            for number in numbers
        )
        sheet.write(f"g_{name}", " + ".join(terms))
    sheet.write(f"{name}_new", f"{name} - eta*d_{own}")


def _lbfgs(
    sheet: _Sheet,
    update: Update,
    objective: Objective,
    point: Array,
    gradient: Array,
    place: int,
    name: str,
) -> None:
    """torch's inner iterations: the first ones with both loops, of the others the direction."""
    done = lbfgs_state.inner_iterations(objective, point, gradient, update.history, update.hyper)
    if not done:
        sheet.write(f"{name}_new", name)  # the gradient is below torch's tolerance
    for count, inner in enumerate(done, start=1):
        here = sheet.let(f"{name}_at{count}", inner.point[place])
        if count <= WHOLE_ITERATIONS:
            _two_loops(sheet, inner, count, place)
        else:
            sheet.give(f"d_{count}", inner.two_loops().direction[place])
        sheet.give(f"r_{count}", inner.size)
        after = f"{name}_new" if count == len(done) else f"{name}_at{count + 1}"
        sheet.write(after, f"{here} + r_{count}*d_{count}")


def _two_loops(sheet: _Sheet, inner: Inner, count: int, place: int) -> None:
    """How the direction comes about; Nocedal & Wright 2006, alg. 7.4.

    In the first loop q = g loses alpha y of every pair, the newest first; in the second
    p = gamma q gains (alpha - beta) s, the oldest first; the direction is d = -p.
    """
    slope = sheet.give(f"g_{count}", inner.gradient[place])
    loops, pairs = inner.two_loops(), len(inner.ratios)
    if pairs > MOST_PAIRS:
        sheet.give(f"q_{count}", loops.rest[place])
        sheet.give(f"gamma_{count}", inner.scale)
        sheet.give(f"p_{count}", -loops.direction[place])
        sheet.write(f"d_{count}", f"-p_{count}")
        return
    first, second = slope, f"gamma_{count}*q_{count}"
    for pair in range(pairs, 0, -1):
        y = sheet.let(f"y_{pair}", inner.changes[pair - 1, place])
        alpha = sheet.give(f"alpha_{count}_{pair}", loops.alphas[pair - 1])
        first += f" - {alpha}*{y}"
    sheet.write(f"q_{count}", first)
    sheet.give(f"gamma_{count}", inner.scale)
    for pair in range(1, pairs + 1):
        s = sheet.let(f"s_{pair}", inner.steps[pair - 1, place])
        beta = sheet.give(f"beta_{count}_{pair}", loops.betas[pair - 1])
        second += f" + (alpha_{count}_{pair} - {beta})*{s}"
    sheet.write(f"p_{count}", second)
    sheet.write(f"d_{count}", f"-p_{count}")


_WRITERS: dict[str, Callable[[_Sheet, Update, Objective, Array, Array, int, str], None]] = {
    "line-search": _line_search,
    "newton": _newton,
    "lbfgs": _lbfgs,
}
