"""Maps of basins and of hyper-parameters as scenes: what the commands draw with --picture."""

from __future__ import annotations

import numpy as np

from engine.descent.maps.basins import BasinMap
from engine.descent.maps.stability_bound import Bound
from engine.descent.maps.sweep import SweepMap
from engine.descent.race.spec import RaceSpec, surface_of
from engine.export.scene.basin_colors import BASIN_COLORS, LATEST
from engine.export.scene.of_race import (
    COLORS,
    DARK,
    HATCH,
    HATCH_GROUND,
    HATCH_PERIOD,
    HATCH_WIDTH,
    MAP_SIZE,
    color_ends,
    contours_of,
    rgb,
)
from engine.export.scene.records import (
    ColorBar,
    Key,
    Layer,
    Legend,
    Line,
    Marks,
    Picture,
    Plot,
    Scene,
)
from engine.landscape import Landscape

NO_MINIMUM = "#2a2e36"
BOUND = "#ff5a4f"


def scene_of_basins(basins: BasinMap, landscape: Landscape, spec: RaceSpec, name: str) -> Scene:
    """Every start coloured by the minimum that it ends in; dark is late, grey is none.

    Args:
        landscape: whose contour lines are drawn over it.
        name: of the optimizer.
    """
    surface = surface_of(spec)
    layers: list[Layer] = [
        Picture(basins.x, basins.y, basin_pixels(basins)),
        *contours_of(landscape, *color_ends(landscape)),
    ]
    if len(basins.minima):
        layers.append(Marks("minimum", basins.minima, "ring", 13.0, "#ffffff"))
    counts = [int((basins.label == index).sum()) for index in range(len(basins.minima))]
    keys = tuple(
        Key(
            f"({x:.4g}, {y:.4g}): {count / basins.label.size:.1%}",
            *(BASIN_COLORS[index % len(BASIN_COLORS)], "s"),
        )
        for index, ((x, y), count) in enumerate(zip(basins.minima, counts, strict=True))
    )
    none = int((basins.label < 0).sum()) / basins.label.size
    notes = ("darker: arrives later", *((f"grey: at none, {none:.1%}",) if none else ()))
    view = (*_ends(basins.x), *_ends(basins.y))
    legend = Legend("basins", (1.0, 0.0), f"Basins of {name}", keys, notes)
    plot = Plot("map", "x", "y", view, *MAP_SIZE, tuple(layers), (legend,), type_px=12.0)
    return Scene(surface.title, surface.formula, "", basins.steps, DARK, plot)


def basin_pixels(basins: BasinMap) -> np.ndarray:
    """(N, N, 3) uint8, first row on top."""
    inks = np.array([rgb(color) for color in BASIN_COLORS])
    share = np.arange(basins.steps + 1) / max(1, basins.steps)
    bright = 1 - (1 - LATEST) * np.sqrt(share)
    # A row a minimum and a column a step; the last row, which -1 is too, is of no minimum.
    table = np.concatenate(
        [inks[:, None] * bright[:, None], np.tile(rgb(NO_MINIMUM), (1, len(bright), 1))]
    ).astype(np.uint8)
    label = np.where(basins.label < 0, -1, basins.label % len(BASIN_COLORS))
    picture: np.ndarray = table[label, basins.arrival][::-1]
    return picture


def scene_of_sweep(sweep: SweepMap, spec: RaceSpec, name: str, bound: Bound | None) -> Scene:
    """The final loss over learning rate and momentum, hatched where it diverged; over the rate
    alone it is a curve.

    Args:
        name: of the optimizer.
        bound: theory's, drawn over the map.
    """
    surface = surface_of(spec)
    rates = np.log10(sweep.lr) if (sweep.lr > 0).all() else sweep.lr
    kept = sweep.final_loss[~sweep.diverged & np.isfinite(sweep.final_loss)]
    logarithmic = bool(kept.size and kept.min() >= 0 < kept.max())
    with np.errstate(all="ignore"):
        heights = np.log10(sweep.final_loss) if logarithmic else sweep.final_loss
    seen = heights[~sweep.diverged & np.isfinite(heights)]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    high = high if high > low else low + 1.0
    title = f"{surface.title}: {name} after {spec.steps} steps"
    loss = "final loss"
    log_x = bool((sweep.lr > 0).all())
    if len(sweep.momentum) == 1:
        shown = np.where(sweep.diverged[0], np.nan, heights[0])
        finite = np.isfinite(shown)
        points = np.column_stack([rates, shown])[finite]
        room = 0.06 * (high - low)
        curve = Line("curve", points, "#f2f4f7", 2.0)
        view = (*_ends(rates), low - room, high + room)
        plot = Plot("sweep", "lr", loss, view, *MAP_SIZE, (curve,), logarithmic=logarithmic)
    else:
        layers: list[Layer] = [
            Picture(rates, sweep.momentum, _sweep_pixels(heights, sweep.diverged, low, high))
        ]
        legends: tuple[Legend, ...] = ()
        if bound is not None:
            line = np.column_stack([np.log10(bound.lr) if log_x else bound.lr, bound.momentum])
            dash = () if bound.exact else (5.0, 4.0)
            layers.append(Line("bound", line, BOUND, 2.0, dash, "#000000b8", 4.0))
            said = "theory's bound" if bound.exact else "the bound near the minimum"
            legends = (Legend("bound", (0.0, 0.0), keys=(Key(said, BOUND, "o", dash),)),)
        view = (*_ends(rates), *_ends(sweep.momentum))
        plot = Plot(
            *("sweep", "lr", "momentum", view, *MAP_SIZE, tuple(layers), legends),
            bar=ColorBar(loss, low, high, logarithmic),
        )
    note = "hatched: diverged" if sweep.diverged.any() and len(sweep.momentum) > 1 else ""
    shown_plot = Plot(**{**vars(plot), "name": "map", "logarithmic_x": log_x, "type_px": 12.0})
    return Scene(title, surface.formula, note, spec.steps, DARK, shown_plot)


def _sweep_pixels(heights: np.ndarray, diverged: np.ndarray, low: float, high: float) -> np.ndarray:
    from matplotlib import colormaps

    table = (colormaps["viridis"](np.linspace(0, 1, COLORS))[:, :3] * 255).round()
    bad = diverged | np.isnan(heights)
    with np.errstate(all="ignore"):
        share = np.clip(np.nan_to_num((heights - low) / (high - low)), 0, 1)
    # Each pair a few pixels wide, so that the hatching is seen as such.
    times = max(1, -(-240 // max(heights.shape)))
    pixels = table[(share * (COLORS - 1)).astype(np.intp)].repeat(times, 0).repeat(times, 1)
    bad = bad.repeat(times, 0).repeat(times, 1)
    rows, columns = np.arange(bad.shape[0])[:, None], np.arange(bad.shape[1])
    stripes = (rows + columns) % HATCH_PERIOD < HATCH_WIDTH
    hatch = np.where(stripes[..., None], rgb(HATCH), rgb(HATCH_GROUND))
    drawn: np.ndarray = np.where(bad[..., None], hatch, pixels)[::-1].astype(np.uint8)
    return drawn


def _ends(places: np.ndarray) -> tuple[float, float]:
    low, high = float(places[0]), float(places[-1])
    return (low, high) if high > low else (low - 0.5, high + 0.5)
