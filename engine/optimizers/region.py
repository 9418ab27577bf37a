"""The scales of the two coordinates that a rule keeps, as a shape about the point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.optimizers.expressions import Array, Values

MIN_PART = 1e-12  # of the longer half axis: the shorter one is drawn at least so long


@dataclass(frozen=True)
class Region:
    """What a rule knows about the scales of the two coordinates, as a shape about the point.

    Attributes:
        symbol: the quantity it shows.
        box: a rectangle rather than an ellipse.
        axes: (2, 2) float64, the half axes as rows.
        in_plane: in the plane's own units: the step ends on it or within it. Otherwise
            only the shape counts.
        values: (2,) the lengths of the half axes, or the eigenvalues that made them.
    """

    symbol: str
    box: bool
    axes: Array
    in_plane: bool
    values: Array


def ellipse(values: Values, symbol: str) -> Region | None:
    """For second moments (2,): half axes of their square roots."""
    return _shape(symbol, np.sqrt(values[symbol]), box=False)


def box(values: Values, symbol: str, *, in_plane: bool = False) -> Region | None:
    """Where each coordinate has a bound of its own: (2,), or () for one bound of both."""
    half = np.broadcast_to(values[symbol], 2).astype(np.float64)
    return _shape(symbol, half, box=True, in_plane=in_plane)


def level_line(values: Values, symbols: tuple[str, ...], *, inverse: bool = False) -> Region | None:
    """A level line of the quadratic model, longest where the curvature is least.

    Args:
        symbols: of the matrix (2, 2); the first that there is.
        inverse: it is the inverse of the Hessian.
    """
    matrix = next((values[symbol] for symbol in symbols if symbol in values), None)
    if matrix is None or not np.isfinite(matrix).all():
        return None
    eigenvalues, vectors = np.linalg.eigh(matrix)
    if eigenvalues.min() <= 0:  # a saddle's or a maximum's model has no closed level line
        return None
    half = np.sqrt(eigenvalues) if inverse else 1 / np.sqrt(eigenvalues)
    half = np.maximum(half / half.max(), MIN_PART)
    curvature = 1 / eigenvalues if inverse else eigenvalues
    return Region("curvature", False, (vectors * half).T, False, curvature)


def _shape(symbol: str, half: Array, *, box: bool, in_plane: bool = False) -> Region | None:
    if not (np.isfinite(half).all() and half.max() > 0):
        return None
    drawn = np.maximum(half, MIN_PART * half.max())
    return Region(symbol, box, np.diag(drawn), in_plane, half)
