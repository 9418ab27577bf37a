"""What a traced step may be made of: torch's operations as operations on numbers.

Two tables: operations that compute, by the names that `instructions` builds; operations that
only move numbers about. Each follows torch's kernels on a processor, NaN, infinity, 0**0 and a
negative base included.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Number = str | float  # a variable's name, or what it is
Numbers = NDArray[np.object_]  # of any shape

Operate = Callable[..., Any]  # an operation's name and its parts -> the number of the result


def _pow(operate: Operate, base: Number, exponent: Number) -> Any:
    """torch computes these exponents without a power."""
    if isinstance(exponent, str):
        return operate("power", base, exponent)
    if exponent == 0:
        return 1.0
    if exponent == 1:
        return base
    if exponent in (0.5, -0.5):
        root = operate("sqrt", base)
        return root if exponent > 0 else operate("divide", 1.0, root)
    if exponent in (2, 3, -2):
        square = operate("multiply", base, base)
        if exponent == 3:
            return operate("multiply", square, base)
        return square if exponent > 0 else operate("divide", 1.0, square)
    if exponent == -1:
        return operate("divide", 1.0, base)
    return operate("power", base, float(exponent))


def _sigmoid(operate: Operate, value: Number) -> Any:
    return operate("divide", 1.0, operate("add", 1.0, operate("exp", operate("negative", value))))


def _sigmoid_backward(operate: Operate, slope: Number, result: Number) -> Any:
    rest = operate("subtract", 1.0, result)
    return operate("multiply", operate("multiply", slope, rest), result)


def _tanh_backward(operate: Operate, slope: Number, result: Number) -> Any:
    square = operate("multiply", result, result)
    return operate("multiply", slope, operate("subtract", 1.0, square))


def _threshold_backward(operate: Operate, slope: Number, value: Number, limit: Number) -> Any:
    return operate("where", operate("less_equal", value, limit), 0.0, slope)


def _masked_fill(operate: Operate, value: Number, mask: Number, filled: Number) -> Any:
    return operate("where", mask, filled, value)


def _relu(operate: Operate, value: Number) -> Any:
    return operate("maximum", value, 0.0)


def _rsqrt(operate: Operate, value: Number) -> Any:
    return operate("divide", 1.0, operate("sqrt", value))


def _reciprocal(operate: Operate, value: Number) -> Any:
    return operate("divide", 1.0, value)


def _rsub(operate: Operate, value: Number, other: Number) -> Any:
    return operate("subtract", other, value)


# torch's name -> the name that `instructions.BUILT` has, or what makes it of several.
COMPUTED: dict[str, str | Operate] = {
    "add.Tensor": "add",
    "add.Scalar": "add",
    "sub.Tensor": "subtract",
    "sub.Scalar": "subtract",
    "rsub.Scalar": _rsub,
    "mul.Tensor": "multiply",
    "mul.Scalar": "multiply",
    "div.Tensor": "divide",
    "div.Scalar": "divide",
    "neg.default": "negative",
    "reciprocal.default": _reciprocal,
    "sqrt.default": "sqrt",
    "rsqrt.default": _rsqrt,
    "pow.Tensor_Scalar": _pow,
    "pow.Tensor_Tensor": "power",
    "pow.Scalar": "power",
    "exp.default": "exp",
    "log.default": "log",
    "log2.default": "log2",
    "log10.default": "log10",
    "sin.default": "sin",
    "cos.default": "cos",
    "tan.default": "tan",
    "asin.default": "asin",
    "acos.default": "acos",
    "atan.default": "atan",
    "atan2.default": "atan2",
    "sinh.default": "sinh",
    "cosh.default": "cosh",
    "tanh.default": "tanh",
    "tanh_backward.default": _tanh_backward,
    "sigmoid.default": _sigmoid,
    "sigmoid_backward.default": _sigmoid_backward,
    "relu.default": _relu,
    "threshold_backward.default": _threshold_backward,
    "floor.default": "floor",
    "abs.default": "abs",
    "sign.default": "sign",
    "sgn.default": "sign",
    "maximum.default": "maximum",
    "minimum.default": "minimum",
    "clamp_min.default": "maximum",
    "where.self": "where",
    "masked_fill.Scalar": _masked_fill,
    "eq.Scalar": "equal",
    "eq.Tensor": "equal",
    "ne.Scalar": "unequal",
    "ne.Tensor": "unequal",
    "lt.Scalar": "less",
    "lt.Tensor": "less",
    "le.Scalar": "less_equal",
    "le.Tensor": "less_equal",
    "gt.Scalar": "greater",
    "gt.Tensor": "greater",
    "ge.Scalar": "greater_equal",
    "ge.Tensor": "greater_equal",
    "logical_and.default": "both",
    "bitwise_and.Tensor": "both",
    "logical_or.default": "either",
    "bitwise_or.Tensor": "either",
    "logical_not.default": "not",
    "bitwise_not.default": "not",
}


def _same(numbers: Numbers, *_unused: Any, **_also: Any) -> Numbers:
    return numbers


def _unbind(numbers: Numbers, axis: int = 0) -> list[Numbers]:
    return [np.asarray(part, dtype=object) for part in np.moveaxis(numbers, axis, 0)]


def _expand(numbers: Numbers, shape: Sequence[int], **_also: Any) -> Numbers:
    kept = (1,) * (len(shape) - numbers.ndim) + numbers.shape
    return np.broadcast_to(
        numbers, [old if new == -1 else new for old, new in zip(kept, shape, strict=True)]
    )


def _slice(
    numbers: Numbers, axis: int = 0, start: int | None = None, end: int | None = None, step: int = 1
) -> Numbers:
    chosen = range(*slice(start, end, step).indices(numbers.shape[axis]))
    return numbers.take(list(chosen), axis)


def _split(numbers: Numbers, size: int, axis: int = 0) -> list[Numbers]:
    return np.array_split(numbers, range(size, numbers.shape[axis], size), axis)


def _index(numbers: Numbers, places: Sequence[Any]) -> Numbers:
    chosen = [slice(None) if place is None else place.astype(np.int64) for place in places]
    return np.asarray(numbers[tuple(chosen)], dtype=object)


MOVED: dict[str, Callable[..., Any]] = {
    "alias.default": _same,
    "detach.default": _same,
    "clone.default": _same,
    "lift_fresh.default": _same,
    "unbind.int": _unbind,
    "expand.default": _expand,
    "view.default": lambda numbers, shape: numbers.reshape(shape),
    "_unsafe_view.default": lambda numbers, shape: numbers.reshape(shape),
    "reshape.default": lambda numbers, shape: numbers.reshape(shape),
    "permute.default": lambda numbers, order: numbers.transpose(order),
    "t.default": lambda numbers: numbers.T,
    "transpose.int": lambda numbers, one, other: numbers.swapaxes(one, other),
    "unsqueeze.default": np.expand_dims,
    "squeeze.dim": lambda numbers, axis: numbers.squeeze(axis),
    "select.int": lambda numbers, axis, place: np.asarray(numbers.take(place, axis), dtype=object),
    "slice.Tensor": _slice,
    "split.Tensor": _split,
    "stack.default": lambda parts, axis=0: np.stack(parts, axis),
    "cat.default": lambda parts, axis=0: np.concatenate(parts, axis),
    "index.Tensor": _index,
}
