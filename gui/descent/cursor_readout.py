"""What the surface is like at one point; asked of the engine while the cursor moves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.descent.race.spec import RaceSpec, surface_of
from gui import number_text


@dataclass(frozen=True)
class Figures:
    """Facts about one point.

    Attributes:
        loss: the loss there.
        slope: length of the gradient.
        curvatures: the Hessian's two eigenvalues, the smaller first.
    """

    x: float
    y: float
    loss: float
    slope: float
    curvatures: tuple[float, float]

    @property
    def condition(self) -> float:
        """How many times the larger curvature exceeds the smaller, regardless of their signs."""
        small, large = sorted(map(abs, self.curvatures))
        if small == 0:
            return math.nan if large == 0 else math.inf
        return large / small


class Probe:
    """Makes the generator of one `Figures` on the worker."""

    def __init__(self, spec: RaceSpec, x: float, y: float) -> None:
        self._spec = spec
        self._place = (x, y)

    def __call__(self) -> Iterator[Figures]:
        import torch

        from engine.optimizers.derivatives import hessian, value_and_gradient

        surface = surface_of(self._spec)
        point = torch.tensor([self._place], dtype=torch.float64)
        loss, gradient = value_and_gradient(surface, point)
        second = hessian(surface, point)[0].numpy()
        curvatures = (float("nan"), float("nan"))
        if np.isfinite(second).all():
            low, high = np.linalg.eigvalsh(second)
            curvatures = (float(low), float(high))
        slope = float(gradient[0].norm())
        yield Figures(*self._place, loss=float(loss[0]), slope=slope, curvatures=curvatures)


def write(figures: Figures, template: str) -> str:
    """The figures in a translated template with {x} {y} {f} {slope} {low} {high} {condition}."""
    return template.format(
        x=number_text.write(figures.x, digits=4),
        y=number_text.write(figures.y, digits=4),
        f=number_text.write(figures.loss, digits=4),
        slope=number_text.write(figures.slope, digits=3),
        low=number_text.write(figures.curvatures[0], digits=4),
        high=number_text.write(figures.curvatures[1], digits=4),
        condition=number_text.write(figures.condition, digits=4),
    )
