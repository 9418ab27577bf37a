"""What a surface is like at one point: loss, gradient and curvatures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from engine.descent.race.spec import RaceSpec, surface_of
from engine.optimizers.derivatives import hessian, value_and_gradient


@dataclass(frozen=True)
class LocalGeometry:
    """A surface at a point of its plane.

    Attributes:
        x, y: the point, in the plane's own coordinates.
        loss: f(x, y).
        gradient_norm: Euclidean length of the gradient.
        curvatures: the Hessian's two eigenvalues, the smaller first; NaN where it is not finite.
    """

    x: float
    y: float
    loss: float
    gradient_norm: float
    curvatures: tuple[float, float]

    @property
    def condition(self) -> float:
        """How many times the larger curvature exceeds the smaller, regardless of their signs.

        Infinite where the smaller is 0, NaN where both are.
        """
        small, large = sorted(map(abs, self.curvatures))
        if small == 0:
            return math.nan if large == 0 else math.inf
        return large / small


def local_geometry(spec: RaceSpec, x: float, y: float) -> LocalGeometry:
    """Loss, gradient and Hessian of a race's surface at (x, y), by autograd in float64.

    Raises:
        InputError: the surface, its formula or a parameter cannot be used.
    """
    surface = surface_of(spec)
    point = torch.tensor([[x, y]], dtype=torch.float64)
    loss, gradient = value_and_gradient(surface, point)  # (1,), (1, 2)
    second = hessian(surface, point)[0].numpy()  # (2, 2)
    curvatures = (math.nan, math.nan)
    if np.isfinite(second).all():
        low, high = np.linalg.eigvalsh(second)
        curvatures = (float(low), float(high))
    return LocalGeometry(x, y, float(loss[0]), float(gradient[0].norm()), curvatures)
