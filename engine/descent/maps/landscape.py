"""The map under a race: losses on a grid, contour lines, known minima."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from engine.checks import Domain
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.surface import Surface
from engine.landscape import (
    Landscape,
    choose_levels,
    offset_about,
    trace_contours,
    wants_center,
    wants_logarithm,
)

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


def landscape(
    spec: LandscapeSpec | RaceSpec, size: tuple[int, int] | None = None
) -> Iterator[Landscape]:
    """Compute a map, first coarse, then fine; of a formula once more with the minima found.

    While they are looked for the fine map comes again and again, the same object.

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
    if not surface.surveyed:
        # A formula's minima are not known; finding them takes longer than the map.
        from engine.descent.maps.minima import search_minima

        for found in search_minima(surface):
            if found is None:  # others on this thread need not wait for the search
                yield drawn
            elif len(found):
                yield replace(drawn, minima=found.numpy())


def _map(surface: Surface, width: int, height: int, *, final: bool) -> Landscape:
    x0, x1, y0, y1 = surface.domain
    x, y = np.linspace(x0, x1, width), np.linspace(y0, y1, height)
    loss = losses(surface, x, y)
    finite = loss[np.isfinite(loss)]
    logarithmic = surface.logarithmic or (not surface.surveyed and wants_logarithm(finite))
    known = np.array(surface.minima, dtype=np.float64).reshape(-1, 2)
    floor, offset = 0.0, 1.0
    if finite.size:
        floor = float(min((finite.min(), *losses_at(surface, known))))
        offset = max(float(np.quantile(finite - floor, 0.002)), (finite.max() - floor) * 1e-7)
        offset = offset or 1.0
    center = None
    if not logarithmic and wants_center(finite, floor):
        center = float(np.median(finite))
        offset = offset_about(finite, floor, center)
    levels = choose_levels(finite, floor, logarithmic=logarithmic, center=center)
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
        center=center,
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
