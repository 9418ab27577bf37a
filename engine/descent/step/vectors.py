"""The next step of one racer, taken apart into the vectors of the lecture.

Roles have fixed colours in the window: gradient red (solid at x0, dashed at
x1), momentum blue, the classical step green, the Nesterov step orange. A rule
with a step of its own for each coordinate shows where its gradient and its
running mean point (as long as the step, for their own length says nothing
there), the step itself, and the rate that each coordinate has now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.descent.race.spec import RaceFrame, RaceSpec, gradients_seen, hyper_at, surface_of
from engine.descent.step.numbers import StepNumbers, compute_step, seen_at
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.base import Optimizer
from engine.optimizers.region import Region


@dataclass(frozen=True)
class Arrow:
    """One vector in the plane of the map.

    Attributes:
        role: "gradient", "gradient_ahead", "momentum", "classical", "nesterov"; for the
            other rules "direction" (of -g0), "average" (of the mean gradient) and "step".
        letter: what is written on it (g0, g1, m); empty for a resulting step.
        tail, head: (2,) float64.
        dashed: drawn dashed (the gradient at the look-ahead point).
    """

    role: str
    letter: str
    tail: np.ndarray
    head: np.ndarray
    dashed: bool = False


@dataclass(frozen=True)
class StepVectors:
    """The vectors of a step, and the two points it is about.

    Attributes:
        arrows: to be drawn in this order.
        base: (2,) float64, x0, where the step starts. For Nesterov the textbook's point.
        lookahead: (2,) float64, x1, the tip of the momentum vector. For Nesterov it is the
            parameter that torch stores. Equal to `base` for a rule without momentum.
        after: (2,) float64, where `base` is after the step.
        rates: (2,) float64, the step over the averaged (or bare) gradient: the learning rate of
            each coordinate in this step; NaN where the gradient is zero.
        region: the scales of the coordinates that the rule keeps, as a shape about the base.
        sees: of what its gradients are, "full" or "batch"; empty where there is no data set.
    """

    arrows: tuple[Arrow, ...]
    base: np.ndarray
    lookahead: np.ndarray
    after: np.ndarray
    rates: np.ndarray
    region: Region | None = None
    sees: str = ""


def next_step(spec: RaceSpec, frame: RaceFrame, index: int) -> StepVectors:
    """The vectors of the step that racer `index` takes from this frame.

    For Nesterov, with torch's buffer b and parameter theta: m = -lr mu b, x0 = theta - m,
    x1 = theta, and the step is m - lr g1 where g1 is the gradient at x1 (FACTS: torch's
    parameter is the look-ahead point). The classical step would be m - lr g0. Where there are
    batches, both gradients are those of the step's batch.

    Raises:
        InputError: the spec cannot be run.
        IndexError: there is no such racer.
    """
    whole = surface_of(spec)
    return replace(_split(spec, whole, frame, index), sees=gradients_seen(spec, whole))


def _split(spec: RaceSpec, whole: Surface, frame: RaceFrame, index: int) -> StepVectors:
    racer = spec.racers[index]
    hyper = hyper_at(racer, whole, frame.step)
    surface = seen_at(spec, whole, frame.step)
    optimizer = optimizers.find(racer.optimizer)
    if optimizer.follows != "velocity":
        return _other_step(optimizer, compute_step(spec, frame, index))
    rates = np.full(2, hyper["lr"])
    rate, momentum = hyper["lr"], hyper.get("momentum", 0.0)
    decay, dampening = hyper.get("weight_decay", 0.0), hyper.get("dampening", 0.0)
    point, used = frame.position[index], frame.gradient[index]
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        velocity = -rate * momentum * frame.velocity[index]
        if not momentum:
            head = point - rate * (used + decay * point)
            return StepVectors((Arrow("gradient", "g0", point, head),), point, point, head, rates)
        if not hyper.get("nesterov"):
            # torch does not dampen the first gradient.
            share = 1.0 if frame.step == 0 else 1.0 - dampening
            pull = -rate * share * (used + decay * point)
            return StepVectors(
                (
                    Arrow("gradient", "g0", point, point + pull),
                    Arrow("momentum", "m", point, point + velocity),
                    Arrow("classical", "", point, point + velocity + pull),
                ),
                base=point,
                lookahead=point + velocity,
                after=point + velocity + pull,
                rates=rates,
            )
        base = point - velocity
        exact_ahead, exact_base = _gradients(surface, np.stack([point, base]))
        noise = used - exact_ahead
        pull_ahead = -rate * (used + decay * point)
        pull_base = -rate * (exact_base + noise + decay * base)
        return StepVectors(
            (
                Arrow("gradient", "g0", base, base + pull_base),
                Arrow("momentum", "m", base, point),
                Arrow("gradient_ahead", "g1", point, point + pull_ahead, dashed=True),
                Arrow("classical", "", base, point + pull_base),
                Arrow("nesterov", "", base, point + pull_ahead),
            ),
            base=base,
            lookahead=point,
            after=point + pull_ahead,
            rates=rates,
        )


def _other_step(optimizer: Optimizer, numbers: StepNumbers) -> StepVectors:
    """The vectors of any rule, from the lines that its step is written in."""
    values = numbers.values
    point, used = values["x"], values["g"]
    mean = None
    if optimizer.follows in ("mean", "mean sign"):
        mean = values[f"{optimizer.symbols['mean']}_new"]
    with np.errstate(all="ignore"):
        step = numbers.after - point
        length = np.hypot(*step)

        def along(vector: np.ndarray) -> np.ndarray:
            result: np.ndarray = point - vector * (length / np.hypot(*vector))
            return result

        arrows = [Arrow("direction", "g0", point, along(used))]
        if mean is not None:
            arrows.append(Arrow("average", "m", point, along(mean)))
        if "b_new" in values:
            velocity = -values["lr"] * values["momentum"] * values["b"]
            arrows.append(Arrow("momentum", "m", point, point + velocity))
        arrows.append(Arrow("step", "", point, point + step))
        rates = -step / (used if mean is None else mean)
    drawn = tuple(arrow for arrow in arrows if np.isfinite(arrow.head).all())
    return StepVectors(drawn, point, point, numbers.after, rates, numbers.region)


def _gradients(surface: Surface, points: np.ndarray) -> np.ndarray:
    import torch

    from engine.optimizers.derivatives import value_and_gradient

    return value_and_gradient(surface, torch.from_numpy(points))[1].numpy()
