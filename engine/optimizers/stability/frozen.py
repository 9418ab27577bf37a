"""Each rule's linear step, with its scales as they are: what `Optimizer.frozen` is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.optimizers.stability.linear_step import Array, LinearStep

PLAIN = "2"
HEAVY_BALL = "2 (1 + momentum)"
NESTEROV = "2 (1 + momentum) / (1 + 2 momentum)"
AVERAGED = "2 (1 + beta1) / (1 - beta1)"


@dataclass(frozen=True)
class Moment:
    """A rule in the middle of its steps, at N places of D parameters.

    Attributes:
        hyper: every hyper-parameter.
        age: (N, 1) float64, how many steps it has taken with this one.
        before, after: its state before this step and after it, arrays (N, D) or (N, 1).
        hessian: (N, D, D) float64 where it stands.
    """

    hyper: Mapping[str, float]
    age: Array
    before: Mapping[str, Array]
    after: Mapping[str, Array]
    hessian: Array

    def ones(self) -> Array:
        """P of a rule without scales: (N, D, D)."""
        result: Array = np.broadcast_to(np.eye(self.hessian.shape[-1]), self.hessian.shape)
        return result


def _diagonal(sizes: Array) -> Array:
    """(N, D) -> (N, D, D)."""
    result: Array = sizes[..., None] * np.eye(sizes.shape[-1])
    return result


def sgd(at: Moment) -> LinearStep:
    """Gradient descent, heavy ball, and Nesterov in torch's form."""
    hyper = at.hyper
    momentum, decay = hyper["momentum"], hyper["weight_decay"]
    if not momentum:
        return LinearStep(at.ones(), decay=decay, formula=PLAIN)
    weight = 1 - hyper["dampening"]
    if hyper["nesterov"]:
        formula = NESTEROV if weight == 1 else ""
        return LinearStep(at.ones(), 1.0, momentum, momentum, weight, decay, formula=formula)
    formula = HEAVY_BALL if weight == 1 else f"{HEAVY_BALL} / (1 - dampening)"
    return LinearStep(at.ones(), 0.0, 1.0, momentum, weight, decay, formula=formula)


def adagrad(at: Moment) -> LinearStep:
    hyper = at.hyper
    size = (np.sqrt(at.after["sum"]) + hyper["eps"]) * (1 + (at.age - 1) * hyper["lr_decay"])
    return LinearStep(_diagonal(size), decay=hyper["weight_decay"], own=True, formula=PLAIN)


def rmsprop(at: Moment) -> LinearStep:
    hyper, square = at.hyper, at.after["square"]
    if hyper["centered"]:
        square = square - at.after["mean"] ** 2
    size = np.sqrt(square) + hyper["eps"]
    momentum = hyper["momentum"]
    return LinearStep(
        _diagonal(size),
        0.0,
        1.0,
        momentum,
        decay=hyper["weight_decay"],
        own=True,
        formula=HEAVY_BALL if momentum else PLAIN,
    )


def adadelta(at: Moment) -> LinearStep:
    hyper = at.hyper
    size = np.sqrt((at.after["square"] + hyper["eps"]) / (at.before["steps"] + hyper["eps"]))
    return LinearStep(_diagonal(size), decay=hyper["weight_decay"], own=True, formula=PLAIN)


def adam(at: Moment) -> LinearStep:
    """Adam, AdamW, AMSGrad: Cohen et al. 2022, equation 4, eps and both corrections included."""
    hyper = at.hyper
    second = at.after["largest"] if hyper["amsgrad"] else at.after["square"]
    size = np.sqrt(second / (1 - hyper["beta2"] ** at.age)) + hyper["eps"]
    apart = bool(hyper["decoupled"])
    return _averaged(at, size, shrink=hyper["weight_decay"] if apart else 0.0)


def adamax(at: Moment) -> LinearStep:
    return _averaged(at, at.after["largest"])


def nadam(at: Moment) -> LinearStep:
    """Its momenta as they are at this step."""
    hyper = at.hyper
    beta1, decay = hyper["beta1"], hyper["momentum_decay"]
    product = at.after["product"][:, 0]
    age = at.age[:, 0]
    now = beta1 * (1 - 0.5 * 0.96 ** (age * decay))
    following = beta1 * (1 - 0.5 * 0.96 ** ((age + 1) * decay))
    size = np.sqrt(at.after["square"] / (1 - hyper["beta2"] ** at.age)) + hyper["eps"]
    return LinearStep(
        _diagonal(size),
        (1 - now) / (1 - product),
        following / (1 - product * following),
        beta1,
        1 - beta1,
        hyper["weight_decay"],
        own=True,
    )


def radam(at: Moment) -> LinearStep:
    hyper, age = at.hyper, at.age
    beta2 = hyper["beta2"]
    limit = 2 / (1 - beta2) - 1
    length = limit - 2 * age * beta2**age / (1 - beta2**age)
    trusted = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)
    size = np.sqrt(at.after["square"] / (1 - beta2**age)) + hyper["eps"] / np.sqrt(1 - beta2**age)
    adaptive = size / np.sqrt(np.maximum(trusted, 0))
    return _averaged(at, np.where(length > 5, adaptive, np.ones_like(adaptive)))


def newton(at: Moment) -> LinearStep:
    """P is the damped Hessian itself, or its absolute value."""
    values, vectors = np.linalg.eigh(at.hessian)
    sizes = np.abs(values) if at.hyper["saddle_free"] else values
    scaled = vectors * (sizes + at.hyper["damping"])[:, None, :]
    return LinearStep(scaled @ np.swapaxes(vectors, 1, 2), own=True, formula=PLAIN)


def _averaged(at: Moment, size: Array, shrink: float = 0.0) -> LinearStep:
    """A rule that goes along the corrected mean of its gradients, scaled by `size` (N, D)."""
    beta1 = at.hyper["beta1"]
    corrected = size * (1 - beta1**at.age)
    decay = 0.0 if shrink or at.hyper.get("decoupled") else at.hyper["weight_decay"]
    return LinearStep(
        _diagonal(corrected),
        0.0,
        1.0,
        beta1,
        1 - beta1,
        decay,
        shrink,
        own=True,
        formula="" if shrink else AVERAGED,
    )
