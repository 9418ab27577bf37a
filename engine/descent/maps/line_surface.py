"""A surface along a straight line: a function of one parameter, for everything that takes two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.checks import Point
from engine.descent.surfaces.surface import Parameter, Surface

if TYPE_CHECKING:
    import torch

Array = NDArray[np.float64]
LINE = ("line_x", "line_y", "line_across", "line_up")


def along_line(surface: Surface, first: Point, last: Point) -> Surface:
    """The surface of (t, anything) at the place t from `first` towards `last`.

    The line is in its parameters, so that another line compiles nothing anew.
    """
    direction = direction_of(first, last)
    values = dict(zip(LINE, (*first, *map(float, direction)), strict=True))
    anything = Parameter(0.0, -1e300, 1e300, soft=True)
    return replace(
        surface,
        name=f"{surface.name} on a line",
        expression=partial(_on_line, surface.expression),
        parameters={**surface.parameters, **dict.fromkeys(LINE, anything)},
        values={**surface.complete(), **values},
        minima=(),
        curvature_of=None,
    )


def direction_of(first: Point, last: Point) -> Array:
    """(2,) from one point to another, of length 1; along x where they are one."""
    way = np.subtract(last, first).astype(np.float64)
    length = float(np.hypot(*way))
    return way / length if length > 0 else np.array([1.0, 0.0])


def _on_line(
    expression: Callable[..., torch.Tensor],
    t: torch.Tensor,
    anything: torch.Tensor,
    *,
    line_x: float,
    line_y: float,
    line_across: float,
    line_up: float,
    **parameters: float,
) -> torch.Tensor:
    return expression(line_x + t * line_across, line_y + t * line_up, **parameters)
