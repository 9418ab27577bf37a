"""From a plot's coordinates to a page: lines cut, thinned and measured in its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.export.scene.box import Box

THIN = 0.3  # pixels: points nearer than this to the one before are not drawn
# Across a plot a curve's sign stands so often; those of the next curve so much further right.
SIGN_GAP, NEXT_SIGN = 150.0, 37.0
DOT_GAP = 9.0  # iterates farther apart get a dot each, so that single steps can be counted
FAR = 20.0  # widths outside a plot: what is farther is drawn there, as files hold no more


@dataclass(frozen=True)
class Frame:
    """A plot on a page.

    Attributes:
        box: where it is, in pixels of the scene, y upwards.
        view: x0, x1, y0, y1 of what is seen.
    """

    box: Box
    view: tuple[float, float, float, float]

    def place(self, points: np.ndarray) -> np.ndarray:
        """(N, 2) float64 points as pixels of the page; what is not finite stays so."""
        x0, x1, y0, y1 = self.view
        with np.errstate(all="ignore"):
            share = (np.asarray(points, dtype=np.float64).reshape(-1, 2) - [x0, y0]) / [
                x1 - x0,
                y1 - y0,
            ]
            share = np.clip(share, -FAR, 1 + FAR)
        size, corner = [self.box.width, self.box.height], [self.box.left, self.box.bottom]
        placed: np.ndarray = share * size + corner
        return placed


def thinned(pixels: np.ndarray) -> np.ndarray:
    """Of (N, 2) points those that fall into another cell than the one before; the last stays."""
    if len(pixels) < 3:
        return pixels
    cells = np.floor(pixels / THIN)
    keep = np.ones(len(pixels), dtype=bool)
    keep[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1)
    kept: np.ndarray = pixels[keep]
    return kept


def sign_places(pixels: np.ndarray, first: float) -> np.ndarray:
    """Where a curve (N, 2) from left to right passes `first` and every `SIGN_GAP` from there."""
    x, y = np.clip(pixels, -1e6, 1e6).T
    at = first + SIGN_GAP * np.arange(
        np.ceil((x[0] - first) / SIGN_GAP), np.ceil((x[-1] - first) / SIGN_GAP)
    )
    return np.column_stack([at, np.interp(at, x, y)])


def far_apart(pixels: np.ndarray) -> np.ndarray:
    """Those of (N, 2) points that are far from the one before."""
    if len(pixels) < 2:
        return pixels[:0]
    far: np.ndarray = pixels[1:][np.hypot(*np.diff(pixels, axis=0).T) > DOT_GAP]
    return far


def arrow_tip(tail: np.ndarray, head: np.ndarray, size: float) -> np.ndarray:
    """Tip, left and right corner (3, 2) of an arrow's point; short arrows have a smaller one."""
    way = head - tail
    length = float(np.hypot(*way))
    size = min(size, 0.7 * length)
    along = way / max(length, 1e-12)
    side = np.array([-along[1], along[0]]) * (0.48 * size)
    back = head - along * size
    return np.stack([head, back + side, back - side])
