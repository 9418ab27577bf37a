"""The data set behind a surface that is a fit: how many examples, and how they come in batches."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.errors import InputError

Point = tuple[float, float]

LEAST_EXAMPLES = 2
FARTHEST = 1e3  # of an outlier's coordinates


@dataclass(frozen=True)
class DataSpec:
    """All that decides the data of a race and the batches it is served in.

    Attributes:
        count: examples, without the outlier.
        seed: of the examples; the order of the batches comes from the race's seed.
        outlier: input and target of one more example, the last; None for none. In a stream
            it is the example of number `count`, which passes by once.
        batch: examples in a step; 0, or the whole set and more, for the full batch. The last
            batch of an epoch is what is left, and may be smaller. A stream takes 0 as 1.
        reshuffle: every epoch deals other batches; else those of the first come again.
        online: new examples each step and none twice; the landscape is the expected loss.
    """

    count: int = 24
    seed: int = 0
    outlier: Point | None = None
    batch: int = 0
    reshuffle: bool = True
    online: bool = False


@dataclass(frozen=True)
class Examples:
    """Weighted examples of one input and one target; D of them.

    Attributes:
        inputs: (D,) float64, u.
        targets: (D,) float64, v.
        weights: (D,) float64, sum 1: the share of each in the loss.
        floor: loss that no parameter takes away, beside that of the examples.
    """

    inputs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    floor: float = 0.0

    @property
    def count(self) -> int:
        return len(self.inputs)


def equal_examples(inputs: np.ndarray, targets: np.ndarray) -> Examples:
    """Examples that all count alike.

    Args:
        inputs: (n, k) float64.
        targets: (n,) float64.

    Returns:
        Them with weights (n,) float64 of 1 / n.
    """
    return Examples(inputs, targets, np.full(len(inputs), 1 / len(inputs)))


def check_data(spec: DataSpec, most: int, *, labels: bool) -> None:
    """Refuse a data set that cannot be made.

    Args:
        most: examples at most.
        labels: whether the targets are classes, 0 or 1.

    Raises:
        InputError: a number is outside its range.
    """
    for name, value, low in (
        ("data count", spec.count, LEAST_EXAMPLES),
        ("batch", spec.batch, 0),
        ("data seed", spec.seed, 0),
    ):
        high = 2**31 - 1 if name == "data seed" else most
        _check_range(name, value, low, high)
    for name, coordinate in zip(
        ("outlier input", "outlier target"), spec.outlier or (), strict=False
    ):
        _check_range(name, coordinate, -FARTHEST, FARTHEST)
    if labels and spec.outlier is not None and spec.outlier[1] not in (0, 1):
        raise InputError("data.not_a_label", value=spec.outlier[1])


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise InputError("value.out_of_range", name=name, value=value, low=low, high=high)
