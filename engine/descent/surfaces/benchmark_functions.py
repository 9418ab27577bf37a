"""The test functions themselves: torch tensors x, y of one shape and dtype -> the loss, likewise.

Their domains, minima and starts are in `registry`. torch is imported by those
that need more than arithmetic, so that a window can list them without it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def rosenbrock(x: torch.Tensor, y: torch.Tensor, a: float, b: float) -> torch.Tensor:
    """Rosenbrock 1960."""
    return (a - x) ** 2 + b * (y - x**2) ** 2


def himmelblau(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Himmelblau 1972."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def two_wells(x: torch.Tensor, y: torch.Tensor, tilt: float) -> torch.Tensor:
    """Two valleys of unequal depth along x, a parabola along y."""
    return 0.2 * x**4 - 1.6 * x**2 + tilt * x + y**2 / 2


def wells(tilt: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both minima of two-wells, the lower one first: the outer roots of x^3 - 4 x + tilt / 0.8."""
    angle = math.acos(-3 * math.sqrt(3) / 16 * tilt / 0.8) / 3
    roots = [4 / math.sqrt(3) * math.cos(angle - turn * 2 * math.pi / 3) for turn in range(3)]
    return tuple(  # type: ignore[return-value]
        (x, 0.0)
        for x in sorted((min(roots), max(roots)), key=lambda x: 0.2 * x**4 - 1.6 * x**2 + tilt * x)
    )


def beale(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Beale 1958."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def rastrigin(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Rastrigin 1974, in two dimensions."""
    import torch

    return (
        20
        + (x**2 - 10 * torch.cos(2 * math.pi * x))
        + (y**2 - 10 * torch.cos(2 * math.pi * y))
    )  # fmt: skip


def quadratic(x: torch.Tensor, y: torch.Tensor, condition: float, rotation: float) -> torch.Tensor:
    """Half u^2 + condition * v^2, (u, v) turned by `rotation` degrees."""
    cosine, sine = _direction(rotation)
    u, v = cosine * x + sine * y, cosine * y - sine * x
    return 0.5 * (u**2 + condition * v**2)


def _direction(degrees: float) -> tuple[float, float]:
    """Cosine and sine of an angle, a number or a tensor."""
    if isinstance(degrees, int | float):
        return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    radians = degrees * (math.pi / 180)
    return radians.cos(), radians.sin()


QUADRATIC_SCRIPT = """\
    cosine, sine = math.cos(math.radians({rotation!r})), math.sin(math.radians({rotation!r}))
    u, v = cosine * x + sine * y, cosine * y - sine * x
    return 0.5 * (u**2 + {condition!r} * v**2)"""


def saddle(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Up along x, down along y."""
    return x**2 - y**2


def booth(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Booth; Jamil & Yang 2013 (arXiv 1308.4008)."""
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def matyas(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Matyas; Jamil & Yang 2013 (arXiv 1308.4008)."""
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def ackley(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Ackley 1987. A cusp at the minimum: there the gradient is the norm's subgradient 0."""
    import torch

    square = 0.5 * (x**2 + y**2)
    # The root's slope at 0 is infinite and would make the gradient NaN.
    root = torch.where(square > 0, torch.sqrt(torch.where(square > 0, square, 1.0)), 0.0)
    far = -20 * torch.exp(-0.2 * root)
    waves = torch.exp(0.5 * (torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)))
    return far - waves + math.e + 20


ACKLEY_SCRIPT = """\
    square = 0.5 * (x**2 + y**2)
    root = torch.where(square > 0, torch.sqrt(torch.where(square > 0, square, 1.0)), 0.0)
    waves = torch.exp(0.5 * (torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)))
    return -20 * torch.exp(-0.2 * root) - waves + math.e + 20"""


def six_hump_camel(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Dixon & Szegö 1978."""
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2


def three_hump_camel(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Three-hump camel; Jamil & Yang 2013 (arXiv 1308.4008)."""
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


def styblinski_tang(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Styblinski & Tang 1990, in two dimensions."""
    return 0.5 * (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y)


def goldstein_price(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Goldstein & Price 1971."""
    first = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    second = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * first) * (30 + (2 * x - 3 * y) ** 2 * second)


def mccormick(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """McCormick 1976."""
    import torch

    return torch.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


def easom(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Easom 1990."""
    import torch

    hole = torch.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)
    return -torch.cos(x) * torch.cos(y) * hole


def levi(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Levi's function number 13."""
    import torch

    across = torch.sin(3 * math.pi * x) ** 2 + (x - 1) ** 2 * (1 + torch.sin(3 * math.pi * y) ** 2)
    return across + (y - 1) ** 2 * (1 + torch.sin(2 * math.pi * y) ** 2)


def monkey_saddle(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Three valleys and three ridges meet; the Hessian is zero there."""
    return x**3 - 3 * x * y**2
