"""Forward and backward through a computation graph, one thing at a time.

Letters in the formulas: `x`, `v1`, `y` are values; `∂v2/∂v1` is a local derivative, along one
edge; `dy/dv1` is the derivative along all paths; `dy/dv1#2` is what comes to it along one of
several edges. Nothing is written before it is computed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice

import numpy as np

from engine.descent.surfaces.formula_words import CONSTANTS
from engine.errors import InputError, shorten
from engine.networks.chain_rule.graph import Graph, Node, build
from engine.networks.chain_rule.operations import OPERATIONS, formula
from engine.optimizers.expressions import (
    Apply,
    Array,
    Expression,
    Number,
    Symbol,
    evaluate,
)
from engine.optimizers.step_calculation import Line

DEFAULT = 1.0  # of a variable
MAX_PATHS = 4  # of the inner derivative that are written out


class Kind(Enum):
    """What a step computes."""

    VALUE = "value"  # of a node
    SEED = "seed"  # dy/dy = 1
    LOCAL = "local"  # derivative of a node by one of its inputs
    PRODUCT = "product"  # it times the derivative above
    SUM = "sum"  # of all that came to a node that is used several times
    INNER = "inner"  # dx/dt of the chain y(x(t))
    CHAIN = "chain"  # dy/dt = dy/dx * dx/dt


@dataclass(frozen=True)
class Step:
    """One thing computed.

    Attributes:
        node: place of the node that it belongs to; of an edge the lower one.
        above: place of the node that uses it, for what belongs to an edge.
        index: which input of the upper node the lower one is.
        line: formula, numbers and result.
        kink: the function has no derivative there, and PyTorch's is taken.
    """

    kind: Kind
    node: int
    line: Line
    above: int | None = None
    index: int = 0
    kink: bool = False

    @property
    def result(self) -> float:
        return float(self.line.result)


@dataclass(frozen=True)
class Undefined:
    """Where the steps end because there is no number.

    Attributes:
        node: place of the node whose value, or whose local derivative, is not defined.
        derivative: whether it is the derivative.
        line: what was to be computed; its result is NaN or infinite.
    """

    node: int
    derivative: bool
    line: Line


@dataclass(frozen=True)
class ChainSpec:
    """What determines the steps.

    Attributes:
        formula: of y.
        inner: of x, where y is y(x(t)); empty for none.
        values: of the variables; one that is left out is `DEFAULT`.
    """

    formula: str
    inner: str = ""
    values: Mapping[str, float] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what has no steps.

        Raises:
            FormulaError: as in `graph.build`.
            InputError: a value is of no variable, or is not finite.
        """
        graph = build(self.formula, self.inner)
        known = [graph.nodes[place].name for place in graph.variables]
        for name, value in self.values.items():
            if name not in known:
                raise InputError(
                    "value.unknown_key", name="values", value=shorten(name), known=", ".join(known)
                )
            if not math.isfinite(value):
                raise InputError("value.not_a_number", name=name, value=value)


@dataclass(frozen=True)
class ChainTrace:
    """The graph with every step that can be computed.

    Attributes:
        values: of all variables.
        undefined: where it ended early; None if it did not.
    """

    spec: ChainSpec
    graph: Graph
    values: Mapping[str, float]
    steps: tuple[Step, ...]
    undefined: Undefined | None


@dataclass(frozen=True)
class Known:
    """What has been computed after some steps; what has not is absent.

    Attributes:
        values: by place.
        derivatives: of the result, by place.
        locals: by (upper place, index of its input).
        contributions: likewise.
    """

    values: Mapping[int, float]
    derivatives: Mapping[int, float]
    locals: Mapping[tuple[int, int], float]
    contributions: Mapping[tuple[int, int], float]


def chain_steps(spec: ChainSpec) -> Iterator[ChainTrace]:
    """A job: the graph and all of its steps.

    Raises:
        FormulaError: as in `graph.build`.
    """
    yield trace(spec)


def trace(spec: ChainSpec) -> ChainTrace:
    """The graph and all of its steps, in float64.

    Raises:
        FormulaError: as in `graph.build`.
    """
    graph = build(spec.formula, spec.inner)
    values = {
        graph.nodes[place].name: float(spec.values.get(graph.nodes[place].name, DEFAULT))
        for place in graph.variables
    }
    pass_ = _Pass(graph, values)
    try:
        pass_.forward()
        pass_.backward()
    except _NotDefined as end:
        return ChainTrace(spec, graph, values, tuple(pass_.steps), end.where)
    return ChainTrace(spec, graph, values, tuple(pass_.steps), None)


def known_after(trace: ChainTrace, count: int) -> Known:
    """What is known after the first `count` steps; the inputs are given from the start."""
    graph = trace.graph
    values = {
        place: trace.values[node.name] if node.number is None else node.number
        for place, node in enumerate(graph.nodes)
        if not node.operation
    }
    found = Known(values, {}, {}, {})
    for step in trace.steps[:count]:
        edge = (step.above or 0, step.index)
        if step.kind is Kind.VALUE:
            values[step.node] = step.result
        elif step.kind is Kind.LOCAL:
            found.locals[edge] = step.result  # type: ignore[index]
        elif step.kind is Kind.PRODUCT:
            found.contributions[edge] = step.result  # type: ignore[index]
        if step.kind in (Kind.SEED, Kind.SUM) or (
            step.kind is Kind.PRODUCT and len(graph.uses(step.node)) == 1
        ):
            found.derivatives[step.node] = step.result  # type: ignore[index]
    return found


class _NotDefined(Exception):
    def __init__(self, where: Undefined) -> None:
        self.where = where


class _Pass:
    """Writes the steps; a line may use all that was computed before it."""

    def __init__(self, graph: Graph, variables: Mapping[str, float]) -> None:
        self.steps: list[Step] = []
        self._graph = graph
        self._numbers: dict[str, Array] = {
            name: np.asarray(value) for name, value in (*variables.items(), *CONSTANTS.items())
        }
        self._uses = [graph.uses(place) for place in range(len(graph.nodes))]

    def forward(self) -> None:
        for place, node in enumerate(self._graph.nodes):
            if node.operation:
                written = formula(OPERATIONS[node.operation].value, self._letters(node))
                line = self._line(node.name, written)
                self._check(place, line, derivative=False)
                self.steps.append(Step(Kind.VALUE, place, line))

    def backward(self) -> None:
        nodes = self._graph.nodes
        last = len(nodes) - 1
        seed = self._line(_total(self._graph.result, self._graph.result), Number(1.0))
        self.steps.append(Step(Kind.SEED, last, seed))
        for place in range(last, -1, -1):
            node = nodes[place]
            if not node.varies:
                continue
            if len(self._uses[place]) > 1:
                self._sum(place)
            for index, below in enumerate(node.inputs):
                if nodes[below].varies:
                    self._edge(place, index, below)
        if self._graph.inner is not None:
            self._chain(self._graph.inner)

    def _edge(self, place: int, index: int, below: int) -> None:
        """The local derivative of a node by an input, and what it passes on."""
        node, lower = self._graph.nodes[place], self._graph.nodes[below]
        operation = OPERATIONS[node.operation]
        parts = self._letters(node)
        local = _local(node, lower, index)
        line = self._line(local, formula(operation.derivatives[index], parts))
        self._check(place, line, derivative=True)
        kink = bool(operation.kink) and float(self._value(formula(operation.kink, parts))) == 0
        self.steps.append(Step(Kind.LOCAL, below, line, place, index, kink))
        upper = _total(self._graph.result, node)
        product = Apply("*", (Symbol(upper), Symbol(local)))
        line = self._line(self._contribution(place, index, below), product)
        self._check(place, line, derivative=True)
        self.steps.append(Step(Kind.PRODUCT, below, line, place, index))

    def _sum(self, place: int) -> None:
        """The products of all edges that come to a node, added."""
        node = self._graph.nodes[place]
        total: Expression | None = None
        for user, index in self._uses[place]:
            upper = self._graph.nodes[user]
            factors = (_total(self._graph.result, upper), _local(upper, node, index))
            product = Apply("*", (Symbol(factors[0]), Symbol(factors[1])))
            total = product if total is None else Apply("+", (total, product))
        assert total is not None
        line = self._line(_total(self._graph.result, node), total)
        self._check(place, line, derivative=True)
        self.steps.append(Step(Kind.SUM, place, line))

    def _chain(self, inner: int) -> None:
        """dx/dt and dy/dt = dy/dx * dx/dt, for what only the inner formula uses."""
        nodes = self._graph.nodes
        middle, result = nodes[inner], self._graph.result
        for place in self._graph.variables:
            if place > inner or any(user > inner for user, _ in self._uses[place]):
                continue
            paths = list(islice(self._paths(inner, place), MAX_PATHS + 1))
            name = f"d{middle.name}/d{nodes[place].name}"
            if len(paths) > MAX_PATHS:
                written: Expression = Number(self._inner_derivative(inner, place))
            else:
                written = _added([_multiplied(path) for path in paths])
            self.steps.append(Step(Kind.INNER, place, self._line(name, written)))
            parts = (Symbol(_total(result, middle)), Symbol(name))
            line = self._line(_total(result, nodes[place]), Apply("*", parts))
            self.steps.append(Step(Kind.CHAIN, place, line))

    def _paths(self, place: int, goal: int) -> Iterator[list[str]]:
        """The local derivatives along each way from a node down to another."""
        if place == goal:
            yield []
        node = self._graph.nodes[place]
        for index, below in enumerate(node.inputs):
            if self._graph.nodes[below].varies:
                local = _local(node, self._graph.nodes[below], index)
                for rest in self._paths(below, goal):
                    yield [local, *rest]

    def _inner_derivative(self, inner: int, goal: int) -> float:
        """Of one node by one below it, where there are too many ways to write them out."""
        found = {inner: 1.0}
        for place in range(inner, goal, -1):
            node = self._graph.nodes[place]
            for index, below in enumerate(node.inputs):
                if place in found and self._graph.nodes[below].varies:
                    local = self._numbers[_local(node, self._graph.nodes[below], index)]
                    found[below] = found.get(below, 0.0) + found[place] * float(local)
        return found[goal]

    def _contribution(self, place: int, index: int, below: int) -> str:
        total = _total(self._graph.result, self._graph.nodes[below])
        uses = self._uses[below]
        return total if len(uses) == 1 else f"{total}#{uses.index((place, index)) + 1}"

    def _letters(self, node: Node) -> dict[str, Expression]:
        """What the letters u, v and w of the node's operation stand for."""
        found: dict[str, Expression] = {"w": Symbol(node.name)}
        for letter, place in zip("uv", node.inputs, strict=False):
            below = self._graph.nodes[place]
            plain = below.number is not None and below.name not in CONSTANTS
            found[letter] = Number(below.number or 0.0) if plain else Symbol(below.name)
        return found

    def _value(self, written: Expression) -> Array:
        return np.asarray(evaluate(written, self._numbers), dtype=np.float64)

    def _line(self, symbol: str, written: Expression) -> Line:
        result = self._value(written)
        values = dict(self._numbers)
        self._numbers[symbol] = result
        return Line(symbol, written, values, result)

    def _check(self, place: int, line: Line, *, derivative: bool) -> None:
        if not math.isfinite(float(line.result)):
            raise _NotDefined(Undefined(place, derivative, line))


def _total(result: Node, node: Node) -> str:
    return f"d{result.name}/d{node.name}"


def _local(above: Node, below: Node, index: int) -> str:
    """A node that is twice an input of another has two local derivatives there."""
    twice = len(above.inputs) == 2 and above.inputs[0] == above.inputs[1]
    return f"∂{above.name}/∂{below.name}" + (f"#{index + 1}" if twice else "")


def _multiplied(names: list[str]) -> Expression:
    found: Expression = Symbol(names[0])
    for name in names[1:]:
        found = Apply("*", (found, Symbol(name)))
    return found


def _added(terms: list[Expression]) -> Expression:
    found = terms[0]
    for term in terms[1:]:
        found = Apply("+", (found, term))
    return found
