"""The loss along a straight line through the plane, and its minima there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from engine.checks import Point
from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers.derivatives import value_and_gradient

POINTS = 801
HALVINGS = 60
SAME = 1e-9  # of the loss's range along the line: minima so near in height are equally low


@dataclass(frozen=True)
class Cut:
    """N places along the line from `first` to `last`.

    Attributes:
        first, last: the ends in the plane.
        way: (N,) float64, distance from `first`.
        loss: (N,) float64; NaN and inf are kept.
        minima: (M,) float64, the ways of the minima between the ends.
        heights: (M,) float64, the loss there.
        lowest: (M,) bool, whether none of them lies lower.
    """

    first: Point
    last: Point
    way: np.ndarray
    loss: np.ndarray
    minima: np.ndarray
    heights: np.ndarray
    lowest: np.ndarray


def cut(spec: RaceSpec, first: Point, last: Point, *, count: int = POINTS) -> Iterator[Cut]:
    """Cut a surface along a line; one snapshot.

    Raises:
        InputError: the surface, formula or a parameter cannot be used.
    """
    surface = surface_of(spec)
    ends = torch.tensor([first, last], dtype=torch.float64)
    length = float((ends[1] - ends[0]).norm())
    way = torch.linspace(0, length, count, dtype=torch.float64)
    loss, slope = _along(surface, ends, way)
    minima = _minima(surface, ends, way, slope)
    heights = _along(surface, ends, minima)[0].numpy()
    finite = loss[loss.isfinite()]
    span = float(finite.max() - finite.min()) if len(finite) else 0.0
    lowest = heights <= (heights.min() if len(heights) else 0.0) + SAME * span
    yield Cut(first, last, way.numpy(), loss.numpy(), minima.numpy(), heights, lowest)


def _along(
    surface: Surface, ends: torch.Tensor, way: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Loss (N,) and slope along the line (N,) at distances (N,) from its first end."""
    direction = ends[1] - ends[0]
    direction = direction / direction.norm().clamp_min(1e-300)
    loss, gradient = value_and_gradient(surface, ends[0] + way[:, None] * direction)
    return loss, gradient @ direction


def _minima(
    surface: Surface, ends: torch.Tensor, way: torch.Tensor, slope: torch.Tensor
) -> torch.Tensor:
    """(M,) distances where the slope changes from down to up, halved down to rounding."""
    falls, rises = slope[:-1] < 0, slope[1:] > 0
    exact = way[1:-1][(slope[1:-1] == 0) & (slope[:-2] < 0) & (slope[2:] > 0)]
    low, high = way[:-1][falls & rises], way[1:][falls & rises]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        down = _along(surface, ends, middle)[1] < 0
        low, high = torch.where(down, middle, low), torch.where(down, high, middle)
    return torch.cat([(low + high) / 2, exact]).sort().values
