"""Made-up examples of the small tasks: classes in the plane, and a wave.

Each generator takes a NumPy generator, how many examples and the noise's standard deviation,
and gives inputs (n, 2) or (n, 1) and targets (n,), float64: the class 0 or 1, or a number.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Draw = Callable[[np.random.Generator, int, float], tuple[Array, Array]]

TURNS = 1.25  # of each spiral
INNER = 0.5  # radius of the inner circle; 1 is that of the outer one


def xor(generator: np.random.Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Clouds at the corners (+-1, +-1); class 1 where x and y differ in sign.

    The corners take turns, so that 4 examples without noise are the classic table.
    """
    corners = np.array([(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)])
    place = np.arange(count) % 4
    targets = np.array([0.0, 1.0, 1.0, 0.0])[place]
    return corners[place] + noise * generator.standard_normal((count, 2)), targets


def moons(generator: np.random.Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Two half circles of radius 1 that reach into each other, around the origin."""
    targets = _in_turn(count)
    angle = np.pi * generator.random(count)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    inputs = np.where(targets[:, None] == 0, upper, -upper)
    return inputs + noise * generator.standard_normal((count, 2)), targets


def circles(generator: np.random.Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Class 1 on a circle of half the radius of the one around it."""
    targets = _in_turn(count)
    angle = 2 * np.pi * generator.random(count)
    radius = np.where(targets == 1, INNER, 1.0)
    inputs = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return inputs + noise * generator.standard_normal((count, 2)), targets


def spirals(generator: np.random.Generator, count: int, noise: float) -> tuple[Array, Array]:
    """Two arms of `TURNS` turns, even along their length, one the other turned by half."""
    targets = _in_turn(count)
    share = np.sqrt(0.01 + 0.99 * generator.random(count))
    angle = 2 * np.pi * TURNS * share + np.pi * targets
    inputs = share[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return inputs + noise * generator.standard_normal((count, 2)), targets


def regression(generator: np.random.Generator, count: int, noise: float) -> tuple[Array, Array]:
    """sin(2.5 x) of x even over [-2, 2], with noise on the target."""
    inputs = generator.uniform(-2.0, 2.0, (count, 1))
    targets = np.sin(2.5 * inputs[:, 0]) + noise * generator.standard_normal(count)
    return inputs, targets


def _in_turn(count: int) -> Array:
    """Classes 0, 1, 0, 1 ... (count,)."""
    return (np.arange(count) % 2).astype(np.float64)


GENERATORS: dict[str, Draw] = {
    "xor": xor,
    "moons": moons,
    "circles": circles,
    "spirals": spirals,
    "regression": regression,
}
