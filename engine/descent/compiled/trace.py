"""One step of a rule on a surface as a short list of operations on numbers.

torch traces the step, autograd's gradient in it, for a single point. Every tensor of the trace
is then a small array of numbers: a point is two of them, a hyper-parameter one. What only moves
numbers about (stack, expand, select) vanishes, what computes becomes one line a number. Nothing
but the operations of `WRITTEN`, our own names and numbers is ever in such a list.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.fx.experimental.proxy_tensor import make_fx
from torch.fx.node import Node, map_arg

from engine.descent.compiled.operations import COMPUTED, MADE, MOVED, Number, Numbers
from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer
from engine.optimizers.derivatives import objective_of, value_and_gradient

PLACE = ("x", "y")
TRACED_AT = (0.3, 0.7)  # anywhere: a trace holds for all points


class NotTraceableError(Exception):
    """The step has what this module does not know; it goes on in torch."""


@dataclass(frozen=True)
class Line:
    """`result` is `operation`, a name of `WRITTEN`, of `parts`: variables and numbers."""

    result: str
    operation: str
    parts: tuple[Number, ...]


@dataclass(frozen=True)
class Step:
    """A step, line by line.

    Attributes:
        lines: in their order.
        constants: variables that are no part of point and state: "age", `hyper_NAME`, and
            `surface_NUMBER` of the surface's parameters in their order, whose names are typed.
        point: the numbers x and y after the step.
        state: for each variable `NAME_PLACE` of the state its number after the step; only of
            those that the point depends on.
    """

    lines: tuple[Line, ...]
    constants: tuple[str, ...]
    point: tuple[Number, Number]
    state: Mapping[str, Number]


class _Bound:
    """A surface at parameters that are tensors."""

    def __init__(self, surface: Surface, values: Mapping[str, torch.Tensor]) -> None:
        self._surface, self._values = surface, values

    def loss(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return self._surface.expression(x, y, **self._values)


def trace_step(
    surface: Surface, optimizer: Optimizer, hyper: Mapping[str, float], free: tuple[str, ...]
) -> Step:
    """Trace one step.

    Args:
        hyper: every hyper-parameter.
        free: those that stay variables; the others keep their value.

    Raises:
        NotTraceableError: the rule or the surface cannot be traced, or uses an operation that
            is not known here.
    """
    point = torch.tensor([TRACED_AT], dtype=torch.float64)
    state = optimizer.init(point)
    names, values = list(surface.complete()), list(surface.complete().values())

    def step(
        point: torch.Tensor,
        kept: list[torch.Tensor],
        given: list[torch.Tensor],
        parameters: list[torch.Tensor],
    ) -> list[torch.Tensor]:
        bound = _Bound(surface, dict(zip(names, parameters, strict=True)))
        _, gradient = value_and_gradient(bound, point)
        asked = (objective_of(bound),) if optimizer.needs_objective else ()
        now = {**hyper, **dict(zip(free, given, strict=True))}
        move, new = optimizer.update(
            point, gradient, dict(zip(state, kept, strict=True)), now, *asked
        )
        return [point + move, *(new[name] for name in state)]

    numbers = [[float(hyper[name]) for name in free], [float(value) for value in values]]
    given, parameters = (
        [torch.tensor(value, dtype=torch.float64) for value in part] for part in numbers
    )
    try:
        traced = make_fx(step)(point, list(state.values()), given, parameters)
    except Exception as error:  # torch has many ways to say that it cannot
        raise NotTraceableError(str(error)) from error
    inputs = [np.array([PLACE], dtype=object)]
    inputs += [_variables(name, tensor) for name, tensor in state.items()]
    inputs += [np.array(f"hyper_{name}", dtype=object) for name in free]
    inputs += [np.array(f"surface_{number}", dtype=object) for number in range(len(names))]
    walk = _Walk(traced, inputs)
    ended, *new = walk.run()
    follows: dict[str, Number] = {}
    for before, after in zip(inputs[1:], new, strict=False):
        follows.update(zip(before.ravel(), after.ravel(), strict=True))
    follows.pop("age", None)
    constants = tuple(str(name) for name in inputs[1 + len(state) :])
    return _needed(walk.lines, ("age", *constants), tuple(ended.ravel()), follows)


def _variables(name: str, tensor: torch.Tensor) -> Numbers:
    """Names for the numbers of one array of the state."""
    if tensor.ndim == 0:
        if name != "age":
            raise NotTraceableError(name)
        return np.array(name, dtype=object)
    made = [f"{name}_{place}" for place in range(tensor.numel())]
    return np.array(made, dtype=object).reshape(tensor.shape)


class _Walk:
    """From a graph of tensors to lines of numbers."""

    def __init__(self, traced: torch.fx.GraphModule, inputs: Iterable[Numbers]) -> None:
        self._traced, self._inputs = traced, iter(inputs)
        self._values: dict[Node, Any] = {}
        self._known: dict[tuple[Any, ...], str] = {}  # nothing is computed twice
        self.lines: list[Line] = []

    def run(self) -> list[Numbers]:
        for node in self._traced.graph.nodes:
            if node.op == "placeholder":
                self._values[node] = next(self._inputs)
            elif node.op == "get_attr":
                held = getattr(self._traced, node.target)
                self._values[node] = np.array(held.tolist(), dtype=object)
            elif node.op == "call_function":
                self._values[node] = self._call(node)
            else:
                return [self._values[part] for part in node.args[0]]
        raise NotTraceableError("no output")

    def _call(self, node: Node) -> Any:
        given = map_arg(node.args, lambda part: self._values[part])
        if node.target is operator.getitem:
            return given[0][given[1]]  # type: ignore[index]
        name = str(node.target).removeprefix("aten.")
        if name in MOVED:
            return MOVED[name](*given)
        if name in MADE:
            return MADE[name](*given)
        if name in ("sum.default", "sum.dim_IntList"):
            return self._sum(*given, **node.kwargs)  # type: ignore[arg-type]
        if name == "_to_copy.default":
            kind = node.kwargs.get("dtype")
            changed = {torch.float32: "single", torch.float64: "double"}.get(kind)  # type: ignore[arg-type]
            if kind is None:
                return given[0]
            if changed is None:
                raise NotTraceableError(f"{name} {kind}")
            return self._each(changed, given)
        if name not in COMPUTED or node.kwargs:  # such as `alpha` of a sum
            raise NotTraceableError(f"{name} {node.kwargs}")
        return self._each(COMPUTED[name], given)

    def _each(self, operation: Any, given: Any) -> Numbers:
        """An operation on every number of arrays that are broadcast."""
        arrays = np.broadcast_arrays(*(np.asarray(part, dtype=object) for part in given))
        result = np.empty(arrays[0].shape, dtype=object)
        for place in np.ndindex(result.shape):
            parts = tuple(_plain(array[place]) for array in arrays)
            if isinstance(operation, str):
                result[place] = self._line(operation, *parts)
            else:
                result[place] = operation(self._line, *parts)
        return result

    def _sum(self, numbers: Numbers, axes: Any = None, keepdim: bool = False) -> Numbers:
        axes = range(numbers.ndim) if axes is None else [axis % numbers.ndim for axis in axes]
        for axis in sorted(axes, reverse=True):
            first, *rest = (numbers.take([place], axis) for place in range(numbers.shape[axis]))
            for part in rest:
                first = self._each("add", (first, part))
            numbers = first if keepdim else first.squeeze(axis)
        return np.asarray(numbers, dtype=object)

    def _line(self, operation: str, *parts: Number) -> Number:
        if operation == "multiply" and 1.0 in parts:  # the slope of the loss itself
            return parts[0] if parts[1] == 1.0 else parts[1]
        known = (operation, *parts)
        if known not in self._known:
            self._known[known] = f"v{len(self.lines)}"
            self.lines.append(Line(self._known[known], operation, parts))
        return self._known[known]


def _plain(number: Any) -> Number:
    """A name as it is, a number as a float."""
    return number if isinstance(number, str) else float(number)


def _needed(
    lines: list[Line],
    constants: tuple[str, ...],
    point: tuple[Number, ...],
    follows: Mapping[str, Number],
) -> Step:
    """The step without what the point never depends on."""
    made = {line.result: line for line in lines}
    wanted: set[str] = set()
    waiting = [part for part in point if isinstance(part, str)]
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted.add(name)
        parts = made[name].parts if name in made else (follows[name],) if name in follows else ()
        waiting += [part for part in parts if isinstance(part, str)]
    return Step(
        tuple(line for line in lines if line.result in wanted),
        tuple(name for name in constants if name in wanted),
        (point[0], point[1]),
        {name: after for name, after in follows.items() if name in wanted},
    )
