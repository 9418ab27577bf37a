"""The settings with which a rule is fastest on a quadratic, where theory knows them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fastest:
    """The best settings, and what a distance is multiplied by in a step with them.

    Attributes:
        settings: what is to be set.
        factor: of the slowest direction, in the long run.
    """

    settings: Mapping[str, float]
    factor: float


def heavy_ball_optimum(least: float, greatest: float) -> dict[str, float]:
    """lr and momentum of the fastest heavy ball on a quadratic with these Hessian eigenvalues.

    Polyak 1964: the rate of convergence is then the square root of the momentum.
    """
    root_least, root_greatest = math.sqrt(least), math.sqrt(greatest)
    together = root_greatest + root_least
    return {
        "lr": (2 / together) ** 2,
        "momentum": ((root_greatest - root_least) / together) ** 2,
    }


def fastest_sgd(hyper: Mapping[str, float], least: float, greatest: float) -> Fastest:
    """Of SGD without momentum, heavy ball or Nesterov, whichever `hyper` is.

    Gradient descent: Polyak 1963. Nesterov with constant momentum: Lessard, Recht, Packard 2016
    (arXiv:1408.3595), proposition 1.

    Args:
        least, greatest: eigenvalues of the Hessian, both above 0.
    """
    condition = greatest / least
    if not hyper["momentum"]:
        return Fastest({"lr": 2 / (least + greatest)}, (condition - 1) / (condition + 1))
    if hyper["nesterov"] and not hyper["dampening"]:
        root = math.sqrt(3 * condition + 1)
        best = {"lr": 4 / (3 * greatest + least), "momentum": (root - 2) / (root + 2)}
        return Fastest(best, 1 - 2 / root)
    best = heavy_ball_optimum(least, greatest)
    factor = math.sqrt(best["momentum"])
    return Fastest({**best, "lr": best["lr"] / (1 - hyper["dampening"])}, factor)


def fastest_newton(hyper: Mapping[str, float], least: float, greatest: float) -> Fastest:
    """Undamped it is at the minimum of a quadratic in one step."""
    return Fastest({"lr": 1.0, "damping": 0.0}, 0.0)
