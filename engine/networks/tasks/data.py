"""The examples of a task: drawn by seed, painted by a person, or the digits that are shipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from engine.networks.tasks.points import GENERATORS
from engine.networks.tasks.registry import find
from engine.networks.tasks.settings import check
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.batches import unsigned

Array = NDArray[np.float64]

TRAIN_STREAM, TEST_STREAM, SPLIT_STREAM = 1, 2, 3
DIGITS = "digits"


@dataclass(frozen=True)
class Features:
    """What a net is given of an example's inputs: all monomials up to a degree.

    Degree 1 are the inputs as they are. Above it each monomial is standardised: minus its mean
    over the training examples, over its standard deviation.

    Attributes:
        powers: (F, d) int64, the exponents of each monomial; without the constant.
        mean, deviation: (F,) float64.
    """

    powers: NDArray[np.int64]
    mean: Array
    deviation: Array

    def of(self, inputs: Array) -> Array:
        """Inputs (n, d) float64 in the task's own frame -> what the net is given, (n, F)."""
        if len(self.powers) == inputs.shape[1]:
            return inputs
        return (_monomials(inputs, self.powers) - self.mean) / self.deviation


@dataclass(frozen=True)
class TaskData:
    """Examples to learn from, and others to be tested on.

    Attributes:
        inputs, test_inputs: (n, d) float64 in the task's own frame.
        targets, test_targets: (n,) float64; the class's number for classes.
        features: what a net is given of inputs.
        classes: how many; 0 for numbers.
    """

    inputs: Array
    targets: Array
    test_inputs: Array
    test_targets: Array
    features: Features
    classes: int


def data_of(spec: FitSpec) -> TaskData:
    """The examples of a task that is learned from examples; the same for the same spec.

    Raises:
        InputError: the spec cannot be run, or the task has no examples.
    """
    spec = check(spec)
    task = find(spec.task)
    assert spec.train_count is not None and spec.test_count is not None and spec.noise is not None
    classes = 0 if task.kind == "numbers" else max(2, task.outputs)
    if task.name == DIGITS:
        inputs, targets, test_inputs, test_targets = _digits(
            spec.train_count, spec.test_count, spec.data_seed
        )
        if spec.noise:
            # The noise of the test examples does not depend on how many are trained on.
            for part, stream in ((inputs, TRAIN_STREAM), (test_inputs, TEST_STREAM)):
                part += spec.noise * _generator(spec, stream).standard_normal(part.shape)
    else:
        draw = GENERATORS[task.name]
        inputs, targets = draw(_generator(spec, TRAIN_STREAM), spec.train_count, spec.noise)
        test_inputs, test_targets = draw(_generator(spec, TEST_STREAM), spec.test_count, spec.noise)
    if spec.painted:
        painted = np.array(spec.painted, dtype=np.float64)
        inputs, targets = painted[:, :2], painted[:, 2]
    features = features_of(inputs, spec.degree)
    return TaskData(inputs, targets, test_inputs, test_targets, features, classes)


def features_of(inputs: Array, degree: int) -> Features:
    """The monomials up to a degree, standardised by training inputs (n, d)."""
    powers = exponents(inputs.shape[1], degree)
    if degree == 1:
        return Features(powers, np.zeros(len(powers)), np.ones(len(powers)))
    values = _monomials(inputs, powers)
    deviation = values.std(axis=0)
    return Features(powers, values.mean(axis=0), np.where(deviation > 0, deviation, 1.0))


def exponents(inputs: int, degree: int) -> NDArray[np.int64]:
    """Of all monomials of `inputs` variables from degree 1 to `degree`: (F, inputs)."""
    rows = []
    for each in range(1, degree + 1):
        for chosen in combinations_with_replacement(range(inputs), each):
            rows.append(np.bincount(chosen, minlength=inputs))
    return np.array(rows, dtype=np.int64)


def _monomials(inputs: Array, powers: NDArray[np.int64]) -> Array:
    """(n, d) -> (n, F)."""
    result: Array = (inputs[:, None, :] ** powers).prod(axis=2)
    return result


def _generator(spec: FitSpec, stream: int) -> np.random.Generator:
    return np.random.default_rng([unsigned(spec.data_seed), stream])


def _digits(train: int, test: int, seed: int) -> tuple[Array, Array, Array, Array]:
    """Different digits to learn and to test, pixels 0 to 1 in rows of 8 from the top."""
    images, labels = shipped_digits()
    generator = np.random.default_rng([unsigned(seed), SPLIT_STREAM])
    order = generator.permutation(len(labels))
    # The tested ones are the last, so that more to learn from leaves them as they are.
    first, last = order[:train], order[len(order) - test :]
    return images[first] / 16.0, labels[first], images[last] / 16.0, labels[last]


@lru_cache(maxsize=1)
def shipped_digits() -> tuple[Array, Array]:
    """All digits: pixels (1797, 64) from 0 to 16 and labels (1797,), float64."""
    with (
        (resources.files("resources") / "samples" / "digits.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as found,
    ):
        return found["images"].astype(np.float64), found["labels"].astype(np.float64)
