"""The map under a race: losses on a grid, contour lines, known minima."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.registry import Domain, Surface

LINEAR_LEVELS = 20
COARSE = 4  # the first, quick map has 1/4 of the points along each side


@dataclass(frozen=True)
class LandscapeSpec:
    """What decides a map."""

    surface: str | None = "rosenbrock"
    formula: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)
    domain: Domain | None = None
    size: tuple[int, int] = (512, 512)  # points along x and y
    data: DataSpec | None = None


@dataclass(frozen=True)
class Landscape:
    """Losses on a grid and what is drawn over them.

    Attributes:
        x: (W,) float64, the columns, ends of the domain included.
        y: (H,) float64, the rows.
        loss: (H, W) float64; NaN and inf are kept.
        logarithmic: levels (and `scaled`) are logarithmic.
        floor: the value that `scaled` counts from.
        offset: added before the logarithm so that the floor itself has one.
        levels: (L,) float64 losses of the contour lines.
        contours: for each level its polylines, (K, 2) each.
        minima: (M, 2) float64 known minima inside the view.
        nan_share, inf_share: fractions of the grid that are not numbers.
        final: False for the quick coarse map that comes first.
    """

    x: np.ndarray
    y: np.ndarray
    loss: np.ndarray
    logarithmic: bool
    floor: float
    offset: float
    levels: np.ndarray
    contours: tuple[tuple[np.ndarray, ...], ...]
    minima: np.ndarray
    nan_share: float
    inf_share: float
    final: bool = True

    @property
    def lifted(self) -> bool:
        """The logarithm counts from a lowest loss that is not zero: 10**scaled is no loss."""
        return self.logarithmic and abs(self.floor) > self.offset

    def scaled(self, loss: np.ndarray | float) -> np.ndarray:
        """Losses as they are coloured: log10(loss - floor + offset), or the loss itself."""
        values = np.asarray(loss, dtype=np.float64)
        if not self.logarithmic:
            return values
        with np.errstate(all="ignore"):
            return np.log10(np.maximum(values - self.floor, 0.0) + self.offset)

    def unscaled(self, scaled: np.ndarray | float) -> np.ndarray:
        """The inverse of `scaled`, for the ticks of a colour bar."""
        values = np.asarray(scaled, dtype=np.float64)
        if not self.logarithmic:
            return values
        return 10.0**values - self.offset + self.floor


def landscape(
    spec: LandscapeSpec | RaceSpec, size: tuple[int, int] | None = None
) -> Iterator[Landscape]:
    """Compute a map, first coarse, then fine; of a formula once more with the minima found.

    Args:
        spec: names the surface or formula, its parameters and the view.
        size: points along x and y; None for the spec's own, or 512 x 512.

    Raises:
        InputError: the surface, formula, a parameter or the view cannot be used.
    """
    if isinstance(spec, LandscapeSpec):
        size = size or spec.size
        spec = RaceSpec(spec.surface, spec.formula, spec.parameters, spec.domain, data=spec.data)
    yield from landscape_of(surface_of(spec), size or (512, 512))


def landscape_of(surface: Surface, size: tuple[int, int]) -> Iterator[Landscape]:
    """The map of a surface, first coarse, then fine; `size` as in `landscape`."""
    width, height = size
    if min(width, height) >= 64 * COARSE:
        yield _map(surface, width // COARSE, height // COARSE, final=False)
    drawn = _map(surface, width, height, final=True)
    yield drawn
    if surface.name == "formula":
        # Nobody has written down a formula's minima; finding them takes longer than the map.
        from engine.descent.maps.minima import minima_of

        found = minima_of(surface).numpy()
        if len(found):
            yield replace(drawn, minima=found)


def _map(surface: Surface, width: int, height: int, *, final: bool) -> Landscape:
    x0, x1, y0, y1 = surface.domain
    x, y = np.linspace(x0, x1, width), np.linspace(y0, y1, height)
    loss = losses(surface, x, y)
    finite = loss[np.isfinite(loss)]
    logarithmic = surface.logarithmic or (surface.name == "formula" and wants_logarithm(finite))
    known = np.array(surface.minima, dtype=np.float64).reshape(-1, 2)
    floor, offset = 0.0, 1.0
    if finite.size:
        floor = float(min((finite.min(), *losses_at(surface, known))))
        offset = max(float(np.quantile(finite - floor, 0.002)), (finite.max() - floor) * 1e-7)
        offset = offset or 1.0
    levels = choose_levels(finite, floor, logarithmic=logarithmic)
    inside = (known >= [x0, y0]).all(1) & (known <= [x1, y1]).all(1)
    return Landscape(
        x=x,
        y=y,
        loss=loss,
        logarithmic=logarithmic,
        floor=floor,
        offset=offset,
        levels=levels,
        contours=trace_contours(x, y, loss, levels),
        minima=known[inside],
        nan_share=float(np.isnan(loss).mean()),
        inf_share=float(np.isinf(loss).mean()),
        final=final,
    )


def losses(surface: Surface, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The loss on the grid of x (W,) and y (H,): (H, W) float64."""
    import torch

    with torch.no_grad():
        columns, rows = torch.meshgrid(
            torch.from_numpy(np.ascontiguousarray(x)),
            torch.from_numpy(np.ascontiguousarray(y)),
            indexing="xy",
        )
        values = torch.broadcast_to(surface.loss(columns, rows), columns.shape)
        return values.to(torch.float64).contiguous().numpy().copy()


def losses_at(surface: Surface, points: np.ndarray) -> np.ndarray:
    """The loss at points (N, 2): (N,) float64."""
    import torch

    with torch.no_grad():
        x, y = torch.from_numpy(points).unbind(-1)
        return torch.broadcast_to(surface.loss(x, y), x.shape).numpy().copy()


def wants_logarithm(finite: np.ndarray) -> bool:
    """Whether a third of the map would drown in the lowest eighth of a linear scale."""
    if not finite.size:
        return False
    low, high = finite.min(), finite.max()
    return bool(high > low and np.quantile(finite, 1 / 3) - low < (high - low) / 8)


def choose_levels(finite: np.ndarray, floor: float, *, logarithmic: bool) -> np.ndarray:
    """Losses (L,) of the contour lines: 1, 2, 5 of each decade, or evenly between the ends."""
    if not finite.size or finite.min() == finite.max():
        return np.empty(0)
    if not logarithmic:
        return np.linspace(finite.min(), finite.max(), LINEAR_LEVELS + 2)[1:-1]
    high = float(finite.max() - floor)
    low = max(float(np.quantile(finite - floor, 0.002)), high * 1e-7)
    decades = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    steps = (10.0 ** decades[:, None] * np.array([1.0, 2.0, 5.0])).ravel()
    return floor + steps[(steps >= low) & (steps <= high)]


def trace_contours(
    x: np.ndarray, y: np.ndarray, loss: np.ndarray, levels: np.ndarray
) -> tuple[tuple[np.ndarray, ...], ...]:
    """For each level its polylines (K, 2); areas that are not finite are left out."""
    if not len(levels):
        return ()
    import contourpy

    generator = contourpy.contour_generator(
        x, y, np.ma.masked_invalid(loss), line_type=contourpy.LineType.Separate
    )
    return tuple(tuple(map(np.asarray, generator.lines(level))) for level in levels)
