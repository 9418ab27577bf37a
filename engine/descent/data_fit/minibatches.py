"""Which examples each step of a race sees: batches, epochs, a stream.

Everything follows from the spec and the number of the step, so any step's batch can be
asked for without the steps before it, and all racers see the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from engine.descent.data_fit.dataset import DataSpec, equal_examples
from engine.descent.data_fit.models import Fit
from engine.optimizers.batches import deal, unsigned

if TYPE_CHECKING:
    from engine.descent.surfaces.surface import Surface


@dataclass(frozen=True)
class Minibatch:
    """What one step sees.

    Attributes:
        step: the number of the step, from 0.
        epoch: how often all examples were gone through before; 0 in a stream.
        place: the step within the epoch, from 0; in a stream the step.
        indices: (B,) int64, places in the data set; in a stream the running numbers.
        inputs, targets: (B,) float64.
        seen: examples of the steps before.
    """

    step: int
    epoch: int
    place: int
    indices: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray
    seen: int


@dataclass(frozen=True)
class MinibatchSampler:
    """Serves a data set in batches.

    Attributes:
        fit: the model, which knows the source.
        data: the set and how it is served.
        seed: of the race; decides the order.
    """

    fit: Fit
    data: DataSpec
    seed: int

    @property
    def count(self) -> int:
        """Examples of the set, the outlier among them."""
        return self.data.count + (self.data.outlier is not None)

    @property
    def size(self) -> int:
        """Examples of a batch; the last of an epoch may have fewer."""
        if self.data.online:
            return max(1, self.data.batch)
        return min(self.data.batch or self.count, self.count)

    @property
    def full(self) -> bool:
        """Every step sees all examples: plain gradient descent."""
        return not self.data.online and self.size == self.count

    @property
    def steps_an_epoch(self) -> int:
        """|epoch| = |dataset| / |batch| steps, rounded up; 0 for a stream, which has none."""
        return 0 if self.data.online else -(-self.count // self.size)

    @property
    def last_size(self) -> int:
        """Examples in the last batch of an epoch."""
        return self.size if self.data.online else self.count - (self.steps_an_epoch - 1) * self.size

    def at(self, step: int) -> Minibatch:
        """The examples of a step, from 0."""
        if self.data.online:
            return passing(self, step)
        epoch, place = divmod(step, self.steps_an_epoch)
        examples = self.fit.examples(self.data)
        if self.full:
            indices = np.arange(self.count)
            return Minibatch(
                step, epoch, 0, indices, examples.inputs, examples.targets, step * self.count
            )
        order = deal(self.seed, epoch if self.data.reshuffle else 0, self.count)
        indices = order[place * self.size : (place + 1) * self.size]
        return Minibatch(
            step,
            epoch,
            place,
            indices,
            examples.inputs[indices],
            examples.targets[indices],
            epoch * self.count + place * self.size,
        )

    def surface_at(self, surface: Surface, step: int) -> Surface:
        """The surface that a step's gradients are of: the batch's mean loss."""
        if self.full:
            return surface
        batch = self.at(step)
        examples = equal_examples(batch.inputs, batch.targets)
        return replace(surface, expression=self.fit.mean(examples))


@lru_cache(maxsize=256)
def passing(sampler: MinibatchSampler, step: int) -> Minibatch:
    """What a stream brings in a step; drawn anew for each, so that no step needs another."""
    data = sampler.data
    generator = np.random.default_rng([unsigned(sampler.seed), data.seed, step])
    inputs, targets = sampler.fit.draw(generator, sampler.size)
    first = step * sampler.size
    if data.outlier is not None and first <= data.count < first + sampler.size:
        inputs[data.count - first], targets[data.count - first] = data.outlier
    numbers = np.arange(first, first + sampler.size)
    return Minibatch(step, 0, step, numbers, inputs, targets, first)
