"""The formulas of one event with their numbers: the notes' rules, node by node."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.networks.backprop.activations import Array
from engine.networks.backprop.events import BIAS, Event
from engine.networks.backprop.spec import BackpropSpec, activation_of, is_plain
from engine.networks.backprop.training import Update
from engine.networks.backprop.whole_steps import whole_lines
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import Apply, Expression, Symbol, evaluate, read, symbols
from engine.optimizers.objective import Objective
from engine.optimizers.step_calculation import Line, StepCalculation


def number_of(layers: tuple[int, ...], layer: int, node: int) -> int:
    """The number of a node as the notes count: through all layers from 1, the inputs first."""
    return sum(layers[:layer]) + node + 1


def weight_name(layers: tuple[int, ...], layer: int, node: int, source: int) -> str:
    """The symbol of the weight that goes to a node: `w_1_3`; of its bias `bias_3`."""
    target = number_of(layers, layer, node)
    if source == BIAS:
        return f"bias_{target}"
    return f"w_{number_of(layers, layer - 1, source)}_{target}"


def write_lines(spec: BackpropSpec, update: Update, event: Event) -> tuple[Line, ...]:
    """The formulas of an event; none before anything is computed."""
    if event.kind == "start":
        return ()
    if event.kind in ("gradient", "weight"):
        return _weight_lines(spec, update, event)
    layers, last = spec.layers, len(spec.layers) - 1
    layer, node, example = event.layer, event.node, event.example
    number = number_of(layers, layer, node)
    values = Values(spec, update, example)
    activation = activation_of(spec)
    if event.kind == "sum":
        terms = [
            f"{values.weight(layer, node, source)}*{values.output(layer - 1, source)}"
            for source in range(layers[layer - 1])
        ]
        if update.biases:
            terms.append(values.weight(layer, node, BIAS))
        return (values.line(f"S_{number}", " + ".join(terms)),)
    if event.kind == "output":
        text = activation.output.format(S=values.sum(layer, node))
        return (values.line(f"o_{number}", text),)
    if event.kind == "error":
        squares = [
            f"({values.target(place)} - {values.output(last, place)})**2"
            for place in range(layers[last])
        ]
        return (values.line("E", f"1/2*({' + '.join(squares)})"),)
    factor = activation.factor.format(o=values.output(layer, node), S=values.sum(layer, node))
    if layer == last:
        missed = f"({values.target(node)} - {values.output(layer, node)})"
        text = f"-{factor}*{missed}" if factor else f"-{missed}"
    else:
        terms = [
            f"{values.delta(layer + 1, child)}*{values.weight(layer + 1, child, node)}"
            for child in range(layers[layer + 1])
        ]
        text = f"{factor}*({' + '.join(terms)})" if factor else " + ".join(terms)
    return (values.line(f"delta_{number}", text),)


class Values:
    """The numbers of one example by their symbols, noted as they are asked for."""

    def __init__(self, spec: BackpropSpec, update: Update, example: int) -> None:
        self._spec, self._update, self._example = spec, update, example
        self._known: dict[str, Array] = {}
        self.note("alpha", spec.slope)

    def note(self, name: str, value: float) -> str:
        self._known[name] = np.float64(value)  # type: ignore[assignment]
        return name

    def sum(self, layer: int, node: int) -> str:
        number = number_of(self._spec.layers, layer, node)
        value = self._update.forward.sums[layer - 1][self._example, node]
        return self.note(f"S_{number}", value)

    def output(self, layer: int, node: int, mark: str = "") -> str:
        number = number_of(self._spec.layers, layer, node)
        value = self._update.forward.outputs[layer][self._example, node]
        return self.note(f"o_{number}{mark}", value)

    def delta(self, layer: int, node: int, mark: str = "") -> str:
        number = number_of(self._spec.layers, layer, node)
        value = self._update.backward.deltas[layer - 1][self._example, node]
        return self.note(f"delta_{number}{mark}", value)

    def target(self, node: int) -> str:
        layers = self._spec.layers
        number = number_of(layers, len(layers) - 1, node)
        return self.note(f"t_{number}", self._update.targets[self._example, node])

    def weight(self, layer: int, node: int, source: int) -> str:
        name = weight_name(self._spec.layers, layer, node, source)
        if source == BIAS:
            return self.note(name, self._update.biases[layer - 1][node])
        return self.note(name, self._update.weights[layer - 1][source, node])

    def line(self, symbol: str, text: str) -> Line:
        formula = read(text)
        used = {name: self._known[name] for name in symbols(formula)}
        return Line(symbol, formula, used, np.asarray(evaluate(formula, used), dtype=np.float64))

    @property
    def known(self) -> Mapping[str, Array]:
        return self._known


def _weight_lines(spec: BackpropSpec, update: Update, event: Event) -> tuple[Line, ...]:
    layer, node, source = event.layer, event.node, event.source
    assert source is not None
    name = weight_name(spec.layers, layer, node, source)
    if event.kind == "gradient":
        return (_gradient_line(spec, update, layer, node, source),)
    values = Values(spec, update, 0)
    if is_plain(spec):
        gradient = _gradient(update, layer, node, source)
        values.weight(layer, node, source)
        values.note(f"d{name}", -update.hyper["lr"] * gradient)
        return (values.line(f"{name}_new", f"{name} + d{name}"),)
    return optimizer_lines(spec, update, layer, node, source)


def _gradient(update: Update, layer: int, node: int, source: int) -> float:
    if source == BIAS:
        return float(update.backward.bias_gradients[layer - 1][node])
    return float(update.backward.gradients[layer - 1][source, node])


def _gradient_line(spec: BackpropSpec, update: Update, layer: int, node: int, source: int) -> Line:
    """dw = -eta delta_j o_i of the plain rule; the gradient delta_j o_i of the others."""
    name = weight_name(spec.layers, layer, node, source)
    count = len(update.indices)
    terms = []
    values = Values(spec, update, 0)
    for example in range(count):
        # Of a batch each example has its own delta and output: delta_3_at1, o_1_at1.
        mark = f"_at{example + 1}" if count > 1 else ""
        here = Values(spec, update, example)
        term = here.delta(layer, node, mark)
        if source != BIAS:
            term = f"{term}*{here.output(layer - 1, source, mark)}"
        for symbol, value in here.known.items():
            values.note(symbol, float(value))
        terms.append(term)
    text = terms[0] if count == 1 else f"({' + '.join(terms)})/{count}"
    if not is_plain(spec):
        return values.line(f"g_{name}", text)
    values.note("eta", update.hyper["lr"])
    return values.line(f"d{name}", f"-eta*{text}")


def optimizer_lines(
    spec: BackpropSpec, update: Update, layer: int, node: int, source: int
) -> tuple[Line, ...]:
    """The optimizer's formulas for one weight, the last one its new value.

    Of rules that look at all weights at once `whole_steps` writes the weight's part.
    """
    optimizer = optimizers.find(spec.racer.optimizer)
    name = weight_name(spec.layers, layer, node, source)
    values = Values(spec, update, 0)
    values.weight(layer, node, source)
    before = float(values.known[name])
    place = place_of(spec, layer, node, source)
    if optimizer.needs_objective:
        return whole_lines(spec, update, place, name)
    step_lines = StepCalculation(update.hyper, update.number, {}, _NO_OBJECTIVE)
    for symbol, value in {**update.hyper, "t": update.number}.items():
        step_lines.let(symbol, value)
    step_lines.let("x", before)
    step_lines.let("g", _gradient(update, layer, node, source))
    for symbol, number in state_of(spec, update, place).items():
        step_lines.let(symbol, number)
    optimizer.formula(step_lines)
    names = {"x": name, "x_new": f"{name}_new", "g": f"g_{name}", "lr": "eta"}
    return tuple(
        Line(
            names.get(line.symbol, line.symbol),
            None if line.formula is None else _renamed(line.formula, names),
            {names.get(symbol, symbol): value for symbol, value in line.values.items()},
            line.result,
        )
        for line in step_lines.lines
    )


def place_of(spec: BackpropSpec, layer: int, node: int, source: int) -> int:
    """Where a weight or bias lies among the learned parameters, as `passes.flatten` has them."""
    learned = spec.biases is not None and spec.learn_biases
    place = 0
    for before in range(1, layer):
        place += spec.layers[before - 1] * spec.layers[before]
        place += spec.layers[before] if learned else 0
    if source == BIAS:
        return place + spec.layers[layer - 1] * spec.layers[layer] + node
    return place + source * spec.layers[layer] + node


def state_of(spec: BackpropSpec, update: Update, place: int) -> dict[str, float]:
    """The optimizer's state of one parameter before an update, by the formula's symbols."""
    optimizer = optimizers.find(spec.racer.optimizer)
    found = {}
    for key, array in update.state.items():
        if key in optimizer.symbols:
            flat = array.reshape(-1)
            found[optimizer.symbols[key]] = float(flat[place] if len(flat) > 1 else flat[0])
    return found


def _renamed(formula: Expression, names: Mapping[str, str]) -> Expression:
    if isinstance(formula, Symbol):
        return Symbol(names.get(formula.name, formula.name))
    if isinstance(formula, Apply):
        return Apply(formula.head, tuple(_renamed(part, names) for part in formula.parts))
    return formula


def _refuse(points: object) -> object:
    raise ValueError("a rule of the gradient alone asks for more")


_NO_OBJECTIVE = Objective(_refuse, _refuse, _refuse)  # type: ignore[arg-type]
