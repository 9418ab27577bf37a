"""The landscape as a surface mesh in a box: its points, ray picking, what hides what.

Box coordinates are centred at the origin: x and y keep their proportion and the longer of them
reaches from -1 to 1, the coloured height (logarithmic where the map is) from -TOP to TOP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.landscape import Landscape

Array = NDArray[np.float64]

TOP = 0.42
FINEST = 300  # points along each side of the mesh
LIGHT = np.array([-0.45, -0.35, 0.82])  # where the light comes from, of length 1
SHADOW = 0.62  # the share of its colour that a slope away from the light keeps
SAMPLES = 64  # along a ray
SOFT = 0.006  # as near to the surface as this nothing is hidden
EDGE = 0.5  # of a cell of the grid: so far outside of it the surface still goes


@dataclass(frozen=True)
class SurfaceMesh:
    """Heights on a grid, in box coordinates.

    Attributes:
        x: (W,) float64, the columns in the plane.
        y: (H,) float64, the rows in the plane.
        height: (H, W) float64, from -TOP to TOP; NaN where there is no loss.
        low, high: the `scaled` losses at -TOP and TOP.
    """

    x: Array
    y: Array
    height: Array
    low: float
    high: float

    @property
    def unit(self) -> float:
        """Length in the plane that is 1 in the box."""
        return float(max(self.x[-1] - self.x[0], self.y[-1] - self.y[0])) / 2

    @property
    def middle(self) -> Array:
        """(2,) float64, the point of the plane at the origin of the box."""
        return np.array([self.x[0] + self.x[-1], self.y[0] + self.y[-1]]) / 2

    @property
    def sides(self) -> tuple[float, float]:
        """How far the box reaches along x and along y."""
        return (
            float(self.x[-1] - self.x[0]) / 2 / self.unit,
            float(self.y[-1] - self.y[0]) / 2 / self.unit,
        )

    def heights_at(self, flat: Array) -> Array:
        """(N,) float64 heights at points (N, 2) in box coordinates, bilinear; NaN outside."""
        x0, y0 = (np.array([self.x[0], self.y[0]]) - self.middle) / self.unit
        rows, columns = self.height.shape
        a, b = self.sides
        with np.errstate(invalid="ignore"):
            across = (flat[:, 0] - x0) / (2 * a) * (columns - 1)
            up = (flat[:, 1] - y0) / (2 * b) * (rows - 1)
            outside = ~(
                (across >= -EDGE)
                & (across <= columns - 1 + EDGE)
                & (up >= -EDGE)
                & (up <= rows - 1 + EDGE)
            )
        across = np.clip(np.where(outside, 0.0, across), 0, columns - 1)
        up = np.clip(np.where(outside, 0.0, up), 0, rows - 1)
        column = np.minimum(across.astype(np.intp), columns - 2)
        row = np.minimum(up.astype(np.intp), rows - 2)
        right, above = across - column, up - row
        corners = self.height
        with np.errstate(invalid="ignore"):
            low = corners[row, column] * (1 - right) + corners[row, column + 1] * right
            top = corners[row + 1, column] * (1 - right) + corners[row + 1, column + 1] * right
            found = low * (1 - above) + top * above
        return np.where(outside, np.nan, found)

    def lift(self, points: Array) -> Array:
        """Points (N, 2) of the plane on the surface, (N, 3) float64 in box coordinates.

        The height is NaN where there is no surface.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            flat = (points - self.middle) / self.unit
        return np.column_stack([flat, self.heights_at(flat)])

    def drape(self, path: Array, most: int) -> Array:
        """A path on the surface: its long steps follow every hill below them.

        Args:
            path: (N, 2) float64 of the plane.
            most: about as many points as that; of longer paths every so manyth is taken.

        Returns:
            (M, 3) float64 in box coordinates.
        """
        path = path[:: max(1, -(-len(path) // most))]
        if len(path) < 2:
            return self.lift(path)
        with np.errstate(all="ignore"):
            steps = np.hypot(*np.diff(path, axis=0).T) / self.unit
        cell = 2 * max(self.sides) / max(self.height.shape)
        parts = np.ones(len(steps), dtype=np.intp)
        finite = np.isfinite(steps)
        parts[finite] = np.clip(np.ceil(steps[finite] / cell), 1, 60).astype(np.intp)
        if parts.sum() > 2 * most:
            parts = np.maximum(1, parts * 2 * most // parts.sum())
        which = np.repeat(np.arange(len(steps)), parts)
        share = (np.arange(len(which)) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[which]
        with np.errstate(all="ignore"):
            points = path[which] + share[:, None] * (path[which + 1] - path[which])
        return self.lift(np.concatenate([points, path[-1:]]))

    def pick(self, eye: Array, direction: Array) -> tuple[float, float] | None:
        """Ray picking: the point of the plane where a ray first meets the surface, or None.

        Args:
            eye: (3,) float64 in box coordinates, where the ray begins.
            direction: (3,) float64, of any length.
        """
        a, b = self.sides
        with np.errstate(divide="ignore", invalid="ignore"):
            near = (np.array([-a, -b, -TOP - SOFT]) - eye) / direction
            far = (np.array([a, b, TOP + SOFT]) - eye) / direction
        enter = float(np.nanmax(np.minimum(near, far)))
        leave = float(np.nanmin(np.maximum(near, far)))
        enter = max(enter, 0.0)
        if not enter < leave:
            return None
        ways = np.linspace(enter, leave, 8 * SAMPLES)
        points = eye + ways[:, None] * direction
        below = points[:, 2] <= self.heights_at(points[:, :2])
        if not below.any():
            return None
        last = int(below.argmax())
        high, low = ways[max(0, last - 1)], ways[last]
        for _ in range(30):
            half = (high + low) / 2
            point = eye + half * direction
            if point[2] <= self.heights_at(point[None, :2])[0]:
                low = half
            else:
                high = half
        x, y = (eye + low * direction)[:2] * self.unit + self.middle
        return float(x), float(y)

    def visible(self, points: Array, eye: Array) -> NDArray[np.bool_]:
        """Whether nothing of the surface lies between some points and the eye.

        Args:
            points: (N, 3) float64 in box coordinates; those that are not finite are hidden.
            eye: (3,) float64 in box coordinates.

        Returns:
            (N,) bool.
        """
        if not len(points):
            return np.zeros(0, dtype=bool)
        way = eye - points
        with np.errstate(all="ignore"):
            # Above the top nothing can hide anything.
            reach = np.where(way[:, 2] > 0, (TOP - points[:, 2]) / way[:, 2], 1.0)
        reach = np.clip(np.nan_to_num(reach, nan=0.0), 0.0, 1.0)
        shares = (np.arange(1, SAMPLES + 1) / SAMPLES) ** 1.5  # denser near the point
        along = points[:, None] + (reach[:, None] * shares)[..., None] * way[:, None]
        surface = self.heights_at(along[..., :2].reshape(-1, 2)).reshape(along.shape[:2])
        with np.errstate(invalid="ignore"):
            hidden = (surface > along[..., 2] + SOFT).any(axis=1)
        result: NDArray[np.bool_] = ~hidden & np.isfinite(points).all(axis=1)
        return result

    def triangles(self) -> NDArray[np.uint32]:
        """(T, 3) uint32 indices into `vertices`; no triangle over what has no loss."""
        rows, columns = self.height.shape
        index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
        a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
        faces = np.concatenate(
            [np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)]
        )
        finite = np.isfinite(self.height).ravel()
        return np.ascontiguousarray(faces[finite[faces].all(axis=1)])

    def vertices(self) -> NDArray[np.float32]:
        """(H * W, 3) float32, the grid's points in box coordinates, row by row."""
        x = (self.x - self.middle[0]) / self.unit
        y = (self.y - self.middle[1]) / self.unit
        across, up = np.meshgrid(x, y)
        height = np.nan_to_num(self.height, nan=-TOP)
        return np.stack([across, up, height], -1).reshape(-1, 3).astype(np.float32)

    def contours(self, landscape: Landscape) -> NDArray[np.float32]:
        """(2 S, 3) float32 in box coordinates: the ends of the segments of the contour lines."""
        pieces = []
        for level, lines in zip(landscape.levels, landscape.contours, strict=True):
            share = (float(landscape.scaled(float(level))) - self.low) / (self.high - self.low)
            for line in lines:
                flat = (line - self.middle) / self.unit
                upright = np.full((len(line), 1), np.clip(share, 0, 1) * 2 * TOP - TOP)
                points = np.column_stack([flat, upright])
                pieces.append(np.stack([points[:-1], points[1:]], 1).reshape(-1, 3))
        return np.concatenate([*pieces, np.empty((0, 3))]).astype(np.float32)

    def brightness(self) -> Array:
        """(H, W) float64 from SHADOW to 1: how much light falls on each point."""
        height = np.nan_to_num(self.height, nan=-TOP)
        cell_x, cell_y = (self.x[1] - self.x[0]) / self.unit, (self.y[1] - self.y[0]) / self.unit
        up, across = np.gradient(height, cell_y, cell_x)
        normal = np.stack([-across, -up, np.ones_like(height)], -1)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        result: Array = SHADOW + (1 - SHADOW) * np.clip(normal @ LIGHT, 0, 1)
        return result


def mesh_of(landscape: Landscape, low: float, high: float) -> SurfaceMesh:
    """The mesh of a landscape whose heights reach from `low` to `high`, both `scaled` losses."""
    rows, columns = landscape.loss.shape
    every = max(1, -(-max(rows, columns) // FINEST))
    loss = landscape.loss[::every, ::every]
    with np.errstate(all="ignore"):
        share = (landscape.scaled(loss) - low) / (high - low)
    height = np.where(np.isfinite(loss), np.clip(share, 0, 1) * 2 * TOP - TOP, np.nan)
    return SurfaceMesh(landscape.x[::every], landscape.y[::every], height, low, high)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two ends, at most `most` + 1 of them."""
    size = (high - low) / max(1, most)
    power = 10.0 ** np.floor(np.log10(size))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= size)
    first = int(np.ceil(low / step))
    return [step * index for index in range(first, int(np.floor(high / step)) + 1)]
