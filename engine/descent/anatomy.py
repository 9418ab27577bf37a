"""The next step of one racer, taken apart into the vectors of the lecture.

Roles have fixed colours in the window: gradient red (solid at x0, dashed at
x1), momentum blue, the classical step green, the Nesterov step orange.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.descent.race import RaceFrame, RaceSpec, hyper_of, surface_of


@dataclass(frozen=True)
class Arrow:
    """One vector in the plane of the map.

    Attributes:
        role: "gradient", "gradient_ahead", "momentum", "classical" or "nesterov".
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
class Anatomy:
    """The vectors of a step, and the two points it is about.

    Attributes:
        arrows: to be drawn in this order.
        base: x0, where the step starts. For Nesterov the textbook's point.
        lookahead: x1, the tip of the momentum vector. For Nesterov it is the parameter
            that torch stores. Equal to `base` for a rule without momentum.
        after: where `base` is after the step.
    """

    arrows: tuple[Arrow, ...]
    base: np.ndarray
    lookahead: np.ndarray
    after: np.ndarray


def next_step(spec: RaceSpec, frame: RaceFrame, index: int) -> Anatomy:
    """The vectors of the step that racer `index` takes from this frame.

    For Nesterov, with torch's buffer b and parameter theta: m = -lr mu b, x0 = theta - m,
    x1 = theta, and the step is m - lr g1 where g1 is the gradient at x1 (FACTS: torch's
    parameter is the look-ahead point). The classical step would be m - lr g0.

    Raises:
        InputError: the spec cannot be run.
        IndexError: there is no such racer.
    """
    surface = surface_of(spec)
    racer = spec.racers[index]
    hyper = hyper_of(racer, surface)
    rate, momentum = hyper["lr"], hyper.get("momentum", 0.0)
    decay, dampening = hyper.get("weight_decay", 0.0), hyper.get("dampening", 0.0)
    point, used = frame.position[index], frame.gradient[index]
    with np.errstate(all="ignore"):  # a diverged racer has inf and NaN
        velocity = -rate * momentum * frame.velocity[index]
        if not momentum:
            head = point - rate * (used + decay * point)
            return Anatomy((Arrow("gradient", "g0", point, head),), point, point, head)
        if not hyper["nesterov"]:
            # torch does not dampen the first gradient.
            share = 1.0 if frame.step == 0 else 1.0 - dampening
            pull = -rate * share * (used + decay * point)
            return Anatomy(
                (
                    Arrow("gradient", "g0", point, point + pull),
                    Arrow("momentum", "m", point, point + velocity),
                    Arrow("classical", "", point, point + velocity + pull),
                ),
                base=point,
                lookahead=point + velocity,
                after=point + velocity + pull,
            )
        base = point - velocity
        exact_ahead, exact_base = _gradients(surface, np.stack([point, base]))
        noise = used - exact_ahead
        pull_ahead = -rate * (used + decay * point)
        pull_base = -rate * (exact_base + noise + decay * base)
        return Anatomy(
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
        )


def _gradients(surface, points: np.ndarray) -> np.ndarray:
    import torch

    from engine.descent.calculus import value_and_gradient

    return value_and_gradient(surface, torch.from_numpy(points))[1].numpy()
