"""Nesterov's step in the textbook's notation beside torch's, and by how much they differ.

The textbook keeps the base point phi and a velocity v, torch the look-ahead
point theta = phi + mu v and a buffer b with v = -lr b. While lr is constant
both are one path (FACTS: to 8.9e-16). When lr changes they are not: torch
multiplies the whole buffer by the rate of now, the textbook has in v every
gradient with the rate of its own step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_at, hyper_of, surface_of
from engine.descent.step.numbers import compute_step
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.expressions import Array
from engine.optimizers.step_calculation import Line, StepCalculation


@dataclass(frozen=True)
class TwoNotations:
    """Nesterov in the textbook's letters beside torch's.

    Attributes:
        given: the textbook's base point and velocity before the step, both gradients.
        lines: the textbook's step; the last one is its look-ahead point `x_new`.
        difference: torch's parameter after the step minus the textbook's look-ahead point,
            the larger coordinate; 0 to rounding while the learning rate is constant.
        constant_rate: whether it has been constant up to this step.
    """

    given: tuple[Line, ...]
    lines: tuple[Line, ...]
    difference: float
    constant_rate: bool


def two_notations(spec: RaceSpec, frames: Sequence[RaceFrame], index: int) -> TwoNotations:
    """The textbook's run beside the race, from the start through the last of these frames.

    v' = mu v - lr grad(phi + mu v), phi' = phi + v' (Sutskever et al. 2013); torch stores
    phi + mu v. Noise is that of the race.

    Args:
        frames: 0 to k of the race; the step taken apart is the one from frame k.

    Raises:
        InputError: the spec cannot be run, or the racer is none of Nesterov's.
    """
    from engine.optimizers.derivatives import objective_of

    surface = surface_of(spec)
    racer = spec.racers[index]
    hyper = hyper_at(racer, surface, frames[-1].step)
    momentum, decay = hyper["momentum"], hyper.get("weight_decay", 0.0)
    # A perturbation of the weights begins both anew.
    jumps = [frame.step for frame in frames if len(frame.perturbed) and frame.perturbed[index]]
    frames = frames[jumps[-1] if jumps else 0 :]
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        noise = np.stack([frame.gradient[index] - frame.exact[index] for frame in frames])
    rates = np.array([frame.rate[index] for frame in frames])
    base, velocity = _textbook_start(frames[0], index, rates[0], momentum)
    with np.errstate(all="ignore"):
        for place in range(len(frames) - 1):
            ahead = base + momentum * velocity
            slope = _slopes(surface, ahead[None])[0] + noise[place] + decay * ahead
            velocity = momentum * velocity - rates[place] * slope
            base = base + velocity
        ahead = base + momentum * velocity
        slopes = _slopes(surface, np.stack([base, ahead])) + noise[-1]
    textbook = StepCalculation(hyper, frames[-1].step, {}, objective_of(surface))
    named = {
        "phi": base,
        "nu": velocity,
        "theta": ahead,
        "g_0": slopes[0] + decay * base,
        "g_1": slopes[1] + decay * ahead,
        "lr": rates[-1],
        "momentum": momentum,
    }
    for symbol, value in named.items():
        textbook.let(symbol, value)
    textbook.write("nu_new", "momentum*nu - lr*g_1")
    textbook.write("phi_new", "phi + nu_new")
    textbook.write("x_new", "phi_new + momentum*nu_new")
    given = tuple(
        Line(symbol, None, {}, np.asarray(named[symbol]))
        for symbol in ("phi", "nu", "theta", "g_0", "g_1")
    )
    with np.errstate(all="ignore"):
        torchs = compute_step(spec, frames[-1], index).after
        difference = float(np.abs(torchs - textbook.lines[-1].result).max())
    return TwoNotations(given, tuple(textbook.lines), difference, bool((rates == rates[0]).all()))


def _textbook_start(
    frame: RaceFrame, index: int, rate: float, momentum: float
) -> tuple[Array, Array]:
    """Base point and velocity that go with torch's parameter and buffer."""
    velocity = -rate * frame.velocity[index]
    return frame.position[index] - momentum * velocity, velocity


def is_nesterov(spec: RaceSpec, index: int) -> bool:
    """Whether a racer looks ahead: `nesterov`, or `sgd` with momentum and that switch."""
    hyper = hyper_of(spec.racers[index], surface_of(spec))
    follows = optimizers.find(spec.racers[index].optimizer).follows
    return follows == "velocity" and bool(hyper.get("nesterov") and hyper.get("momentum"))


def _slopes(surface: Surface, points: Array) -> Array:
    import torch

    from engine.optimizers.derivatives import value_and_gradient

    return value_and_gradient(surface, torch.from_numpy(points.copy()))[1].numpy()
