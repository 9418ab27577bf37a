"""One step of a rule on a surface as a short list of operations on numbers.

The step is taken once in torch, autograd's gradient in it, for a single point, and every operation
is noted as it is dispatched. Every tensor of the way is a small array of numbers: a point is two
of them, a hyper-parameter one. What only moves numbers about (stack, expand, select) vanishes,
what computes becomes one line a number. Nothing but the operations that `instructions` builds,
our own names and numbers is ever in such a list. (`make_fx` notes the same, and loads torch's
whole compiler for it, which holds the window for two seconds.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from engine.descent.compiled.operations import COMPUTED, MOVED, Number, Numbers
from engine.descent.surfaces.surface import Surface
from engine.optimizers.base import Optimizer
from engine.optimizers.derivatives import objective_of, value_and_gradient

PLACE = ("x", "y")
TRACED_AT = (0.3, 0.7)  # anywhere: a trace holds for all points


class NotTraceableError(Exception):
    """The step has what this module does not know; it goes on in torch."""


@dataclass(frozen=True)
class Line:
    """`result` is `operation`, a name of `instructions.BUILT`, of `parts`: variables, numbers."""

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
    given, parameters = (
        [torch.tensor(float(value), dtype=torch.float64) for value in part]
        for part in ([hyper[name] for name in free], values)
    )
    record = _Record()
    record.name(point, np.array([PLACE], dtype=object))
    kept = {name: _variables(name, tensor) for name, tensor in state.items()}
    for name, tensor in state.items():
        record.name(tensor, kept[name])
    for name, tensor in zip(free, given, strict=True):
        record.name(tensor, np.array(f"hyper_{name}", dtype=object))
    for number, tensor in enumerate(parameters):
        record.name(tensor, np.array(f"surface_{number}", dtype=object))
    try:
        with record:
            bound = _Bound(surface, dict(zip(names, parameters, strict=True)))
            _, gradient = value_and_gradient(bound, point)
            asked = (objective_of(bound),) if optimizer.needs_objective else ()
            now = {**hyper, **dict(zip(free, given, strict=True))}
            move, new = optimizer.update(point, gradient, state, now, *asked)
            ended = record.numbers(point + move)
    except NotTraceableError:
        raise
    except Exception as error:  # torch has many ways to say that it cannot
        raise NotTraceableError(str(error)) from error
    follows: dict[str, Number] = {}
    for name, before in kept.items():
        after = np.broadcast_to(record.numbers(new[name]), before.shape)
        follows.update(zip(before.ravel(), after.ravel(), strict=True))
    follows.pop("age", None)
    constants = [f"hyper_{name}" for name in free]
    constants += [f"surface_{number}" for number in range(len(names))]
    return _needed(record.lines, ("age", *constants), tuple(ended.ravel()), follows)


def _variables(name: str, tensor: torch.Tensor) -> Numbers:
    """Names for the numbers of one array of the state."""
    if tensor.ndim == 0:
        if name != "age":
            raise NotTraceableError(name)
        return np.array(name, dtype=object)
    made = [f"{name}_{place}" for place in range(tensor.numel())]
    return np.array(made, dtype=object).reshape(tensor.shape)


class _Record(TorchDispatchMode):
    """What torch computes while this is entered, as lines of numbers."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # to skip it torch would first load it

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.lines: list[Line] = []
        self._known: dict[tuple[Any, ...], str] = {}  # nothing is computed twice
        self._named: dict[int, tuple[torch.Tensor, Numbers]] = {}  # by identity, kept alive

    def name(self, tensor: torch.Tensor, numbers: Numbers) -> None:
        """The numbers of a tensor from here on."""
        self._named[id(tensor)] = tensor, numbers

    def numbers(self, tensor: torch.Tensor) -> Numbers:
        """The numbers of a tensor; those of one that nothing here is part of as they are."""
        if id(tensor) in self._named:
            return self._named[id(tensor)][1]
        return np.array(tensor.tolist(), dtype=object)

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        made = func(*args, **kwargs)
        if not self._follows(args):
            return made
        name = str(func).removeprefix("aten.")
        if name.endswith("_like.default") or name.startswith("new_"):
            return made  # of that shape only
        result = self._noted(name, self._given(args), kwargs)
        if isinstance(made, torch.Tensor):
            self.name(made, result)
        else:
            for tensor, numbers in zip(made, result, strict=True):
                self.name(tensor, numbers)
        return made

    def _follows(self, part: Any) -> bool:
        """Whether a variable is in it."""
        if isinstance(part, list | tuple):
            return any(self._follows(each) for each in part)
        return id(part) in self._named

    def _given(self, part: Any) -> Any:
        if isinstance(part, list | tuple):
            return [self._given(each) for each in part]
        return self.numbers(part) if isinstance(part, torch.Tensor) else part

    def _noted(self, name: str, given: list[Any], kwargs: Mapping[str, Any]) -> Any:
        if name in MOVED:
            return MOVED[name](*given)
        if name in ("sum.default", "sum.dim_IntList"):
            return self._sum(*given, **kwargs)
        if name == "_to_copy.default":
            kind = kwargs.get("dtype")
            changed = {torch.float32: "single", torch.float64: "double"}.get(kind)  # type: ignore[arg-type]
            if kind is None:
                return given[0]
            if changed is None:
                raise NotTraceableError(f"{name} {kind}")
            return self._each(changed, given)
        if name not in COMPUTED or kwargs:  # such as `alpha` of a sum
            raise NotTraceableError(f"{name} {kwargs}")
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
