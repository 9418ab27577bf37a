"""A net learns: one frozen record of each update, with all numbers before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.networks.backprop import passes
from engine.networks.backprop.activations import Array
from engine.networks.backprop.objective import objective_of
from engine.networks.backprop.passes import Backward, Forward
from engine.networks.backprop.spec import (
    BackpropSpec,
    activation_of,
    check,
    hyper,
    matrices,
    vectors,
)
from engine.optimizers import lbfgs_state
from engine.optimizers import registry as optimizers
from engine.optimizers.objective import Objective
from engine.optimizers.racer import rate_of


@dataclass(frozen=True)
class Update:
    """One update: the passes of its examples, and what the optimizer makes of the gradient.

    Attributes:
        number: of the update, from 0.
        epoch: how often all examples were gone through before it.
        indices: (B,) int64, the examples of the batch in their order.
        inputs, targets: (B, in) and (B, out) float64.
        weights, biases: before it, (in, out) and (out,) float64; no biases for a net without.
        forward, backward: the passes of the batch.
        hyper: the settings in this update, `lr` as the schedule has it.
        state: of the optimizer before it, by the rule's names: (D,), (1,) or () float64, for
            parameters flat as in `passes.flatten`, without biases that do not learn.
        history: what L-BFGS remembers before it.
        updated, updated_biases: after it.
        error_after: the mean E of the same examples after it.
        whole_error, whole_error_after: the mean E of all examples, before and after it.
    """

    number: int
    epoch: int
    indices: NDArray[np.int64]
    inputs: Array
    targets: Array
    weights: tuple[Array, ...]
    biases: tuple[Array, ...]
    forward: Forward
    backward: Backward
    hyper: Mapping[str, float]
    state: Mapping[str, Array]
    updated: tuple[Array, ...]
    updated_biases: tuple[Array, ...]
    error_after: float
    whole_error: float
    whole_error_after: float
    history: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def error(self) -> float:
        """The mean E of its examples, before it."""
        return float(self.backward.errors.mean())

    @property
    def gradient_norms(self) -> tuple[float, ...]:
        """Of each layer the length of the gradient of its weights and biases."""
        pairs = zip(self.backward.gradients, self.backward.bias_gradients, strict=True)
        with np.errstate(over="ignore"):
            return tuple(
                float(np.sqrt((matrix**2).sum() + ((vector**2).sum() if self.biases else 0.0)))
                for matrix, vector in pairs
            )


def batch_sizes(spec: BackpropSpec) -> tuple[int, ...]:
    """Examples of each update; the last of an epoch has what is left."""
    count = len(spec.examples)
    size = min(spec.batch or count, count)
    an_epoch = -(-count // size)
    rest = count - (an_epoch - 1) * size
    return tuple(rest if (step + 1) % an_epoch == 0 else size for step in range(spec.steps))


def batches(spec: BackpropSpec) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Epoch and examples (B,) of each update, `spec.steps` of them."""
    count = len(spec.examples)
    size = min(spec.batch or count, count)
    an_epoch = -(-count // size)
    for step in range(spec.steps):
        epoch, place = divmod(step, an_epoch)
        order = np.arange(count)
        if spec.shuffle:
            order = np.random.default_rng([spec.seed, epoch]).permutation(count)
        yield epoch, order[place * size : (place + 1) * size]


def train(spec: BackpropSpec) -> Iterator[Update]:
    """Every update, the first one from the spec's own weights.

    Raises:
        InputError: the spec cannot be computed.
    """
    check(spec)
    import torch

    activation, slope = activation_of(spec), spec.slope
    optimizer, settings = optimizers.find(spec.racer.optimizer), hyper(spec)
    rate = rate_of(spec.racer)
    weights, biases = matrices(spec), vectors(spec)
    inputs = np.array([example.inputs for example in spec.examples], dtype=np.float64)
    targets = np.array([example.targets for example in spec.examples], dtype=np.float64)
    learned = bool(biases) and spec.learn_biases
    flat = passes.flatten(weights, biases if learned else ())
    state = optimizer.init(torch.from_numpy(flat)[None])
    whole = passes.mean_error(weights, biases, inputs, targets, activation, slope)
    for number, (epoch, indices) in enumerate(batches(spec)):
        given, wanted = inputs[indices], targets[indices]
        forward = passes.forward(weights, biases, given, activation, slope)
        backward = passes.backward(weights, forward, wanted, activation, slope)
        now = {**settings, "lr": float(rate(settings["lr"], number))}
        gradient = passes.flatten(backward.gradients, backward.bias_gradients if learned else ())
        more: tuple[Objective, ...] = ()
        if optimizer.needs_objective:
            more = (
                objective_of(
                    spec.layers, given, wanted, activation, slope,
                    biases=biases, learn_biases=spec.learn_biases,
                ),
            )  # fmt: skip
        points, slopes = torch.from_numpy(flat)[None], torch.from_numpy(gradient)[None]
        step, after = optimizer.update(points, slopes, state, now, *more)
        moved = (points + step)[0].numpy()
        updated, shifts = passes.unflatten(moved, spec.layers, biases=learned)
        shifts = shifts if learned else biases
        history: object = state.get("history")
        whole_after = passes.mean_error(updated, shifts, inputs, targets, activation, slope)
        yield Update(
            number=number,
            epoch=epoch,
            indices=indices,
            inputs=given,
            targets=wanted,
            weights=weights,
            biases=biases,
            forward=forward,
            backward=backward,
            hyper=now,
            state={
                key: value.numpy()[0].copy() if value.ndim else value.numpy().copy()
                for key, value in state.items()
                if isinstance(value, torch.Tensor)
            },
            history=lbfgs_state.freeze(history[0]) if isinstance(history, list) else {},
            updated=updated,
            updated_biases=shifts,
            error_after=passes.mean_error(updated, shifts, given, wanted, activation, slope),
            whole_error=whole,
            whole_error_after=whole_after,
        )
        weights, biases, flat, state = updated, shifts, moved, after
        whole = whole_after
