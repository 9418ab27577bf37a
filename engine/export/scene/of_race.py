"""The scene of a race that no window shows: what the command line writes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from engine.descent.race.recording import Record
from engine.descent.race.spec import surface_of
from engine.export.scene.records import (
    ColorBar,
    Colors,
    Key,
    Layer,
    Legend,
    Line,
    Lines,
    Marks,
    Picture,
    Plot,
    Scene,
)
from engine.landscape import Landscape
from engine.optimizers.looks import RacerStyle
from engine.optimizers.racer import name_racers
from engine.optimizers.registry import racer_style

# The shapes of `engine.export.scene.marks`, and those with little of their square.
SYMBOLS = {
    "circle": "o", "square": "s", "diamond": "d", "star": "star", "cross": "x", "plus": "+",
    "pentagon": "p", "hexagon": "h", "triangle-up": "t1", "triangle-down": "t",
    "triangle-left": "t3", "triangle-right": "t2",
}  # fmt: skip
LARGER = {"star": 1.35, "x": 1.15, "+": 1.15, "d": 1.2}
DARK = Colors(
    panel="#1b1e23",
    text="#e8eaed",
    muted="#a0a8b4",
    border="#363b45",
    grid="#3a404b",
    canvas="#0e1013",
    casing="#000000",
)
CASING = "#000000b8"
MAP_SIZE = (640.0, 460.0)
CURVE_HEIGHT = 110.0
LIGHT_LINE, DARK_LINE = "#ffffff58", "#00000060"
HATCH, HATCH_GROUND, HATCH_PERIOD, HATCH_WIDTH = "#a0a8b4", "#2a2e36", 10, 3
COLORS = 256
CORNERS = ((1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (0.0, 1.0))
DECADES = 10.0  # of a loss curve: what has long converged does not squash the rest


def scene_of(record: Record, landscape: Landscape) -> Scene:
    """A whole race on its landscape, its last step shown, with the losses under the map."""
    spec, surface = record.spec, surface_of(record.spec)
    x0, x1 = float(landscape.x[0]), float(landscape.x[-1])
    y0, y1 = float(landscape.y[0]), float(landscape.y[-1])
    low, high = color_ends(landscape)
    start = np.array([spec.start or surface.start])
    layers: list[Layer] = [picture_of(landscape, low, high), *contours_of(landscape, low, high)]
    layers += [*_further(record), *_trails(record)]
    if len(landscape.minima):
        layers.append(Marks("minimum", landscape.minima, "ring", 13.0, "#ffffff"))
    layers += [*_heads(record), Marks("start", start, "crosshair", 28.0, "#ffffff", edge_width=2)]
    title = "loss above the lowest" if landscape.lifted else "loss f(x, y)"
    if landscape.center is not None:
        title += ", sign-log"
    ticks = tuple((place, f"{loss:.3g}") for place, loss in landscape.ticks())
    view = (x0, x1, y0, y1)
    plot = Plot(
        *("map", "x", "y", view, *MAP_SIZE, tuple(layers)),
        legends=(_legend(record, view),),
        bar=ColorBar(title, low, high, landscape.logarithmic, ticks),
        type_px=12.0,
    )
    below = (_losses(record),)
    return Scene(surface.title, surface.formula, "", spec.steps, DARK, plot, below=below)


def style_of(record: Record, racer: int) -> RacerStyle:
    """How a racer looks, here as in the window."""
    named = name_racers(record.spec.racers)[racer]
    return racer_style(named.optimizer, named.occurrence)


def color_ends(landscape: Landscape) -> tuple[float, float]:
    """The `scaled` losses at the two ends of the colours."""
    scaled = landscape.scaled(landscape.loss[np.isfinite(landscape.loss)])
    if not scaled.size:
        return 0.0, 1.0
    low, high = float(scaled.min()), float(scaled.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def picture_of(landscape: Landscape, low: float, high: float) -> Picture:
    """The losses as colours, dark is low; what is no number is hatched."""
    from matplotlib import colormaps

    loss = landscape.loss[::-1]
    finite = np.isfinite(loss)
    with np.errstate(all="ignore"):
        share = (landscape.scaled(np.where(finite, loss, 0.0)) - low) / (high - low)
    table = (colormaps["viridis"](np.linspace(0, 1, COLORS))[:, :3] * 255).round()
    places = np.clip(np.nan_to_num(share) * (COLORS - 1), 0, COLORS - 1).astype(np.intp)
    pixels = table[places]
    rows, columns = np.arange(loss.shape[0])[:, None], np.arange(loss.shape[1])
    stripes = (rows + columns) % HATCH_PERIOD < HATCH_WIDTH
    hatch = np.where(stripes[..., None], rgb(HATCH), rgb(HATCH_GROUND))
    pixels = np.where(finite[..., None], pixels, hatch)
    return Picture(landscape.x, landscape.y, pixels.astype(np.uint8))


def rgb(color: str) -> np.ndarray:
    """(3,) float64 of "#rrggbb", from 0 to 255."""
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)


def contours_of(landscape: Landscape, low: float, high: float) -> list[Layer]:
    """The contour lines: dark ones where the map is light."""
    found: list[Layer] = []
    for level, lines in zip(landscape.levels.tolist(), landscape.contours, strict=True):
        share = (float(landscape.scaled(level)) - low) / (high - low)
        if lines:
            ink = DARK_LINE if share > 0.55 else LIGHT_LINE
            found.append(Lines("contour", tuple(lines), ink, level=level))
    return found


def _trails(record: Record) -> list[Layer]:
    lines: list[Layer] = []
    for racer, name in enumerate(record.names):
        style = style_of(record, racer)
        lines.append(
            Line(
                *("trail", record.position[:, racer], style.on_dark, 2.2, style.dash),
                *(CASING, 4.6, True, name),
                racer=racer,
            )
        )
    return lines


def _further(record: Record) -> list[Layer]:
    """The thin trails from further starts."""
    return [
        Line(
            *("further", paths[:, start], style_of(record, racer).on_dark, 1.2, (), "#000000", 2.4),
            name=record.names[racer],
            racer=racer,
            start=start,
        )
        for racer, paths in enumerate(record.others)
        for start in range(paths.shape[1])
    ]


def _heads(record: Record) -> list[Layer]:
    marks: list[Layer] = []
    for racer, name in enumerate(record.names):
        style = style_of(record, racer)
        mark = partial(Marks, fill=style.on_dark, name=name, racer=racer)
        others = record.others[racer] if len(record.others) > racer else np.empty((1, 0, 2))
        if others.shape[1]:
            marks.append(mark("further", others[-1], "dot", 6.4, edge="#000000", edge_width=1.0))
        last = record.position[-1, [racer]]
        shape, size = SYMBOLS[style.marker], 14.0 * LARGER.get(SYMBOLS[style.marker], 1.0)
        head = mark("head", last, shape, size, edge="#000000", edge_width=1.6)
        marks.append(replace(head, filled=style.fill))
        if record.spec.racers[racer].keeps_best:
            best = record.best(racer)
            place = np.array([[best["x"], best["y"]]])
            marks.append(mark("star", place, "five", 20.0, edge="#000000dc", edge_width=1.8))
    return marks


def sign_of(style: RacerStyle) -> Marks:
    """A racer's marker as it stands upon its curve."""
    size = 8.0 * LARGER.get(SYMBOLS[style.marker], 1.0)
    return Marks(
        *("sign", np.empty((0, 2)), SYMBOLS[style.marker], size, style.on_dark, DARK.panel, 1.0),
        filled=style.fill,
    )


def _legend(record: Record, view: tuple[float, float, float, float]) -> Legend:
    """In the corner that the trails use least; who has diverged is told."""
    x0, x1, y0, y1 = view
    points = record.position.reshape(-1, 2)
    points = points[np.isfinite(points).all(1)]
    place = (points - [x0, y1]) / [x1 - x0, y0 - y1]
    crowds = [int((np.abs(place - corner) < 0.4).all(1).sum()) for corner in CORNERS]
    keys = []
    for racer, name in enumerate(record.names):
        style = style_of(record, racer)
        lost = record.state[racer] == "diverged"
        text = f"{name}: diverged" if lost else name
        marker = SYMBOLS[style.marker]
        keys.append(Key(text, style.on_dark, marker, style.dash, fill=style.fill))
    return Legend("racers", CORNERS[int(np.argmin(crowds))], keys=tuple(keys))


def _losses(record: Record) -> Plot:
    """Loss against step, logarithmic where no loss is negative."""
    finite = record.loss[np.isfinite(record.loss)]
    logarithmic = bool(finite.size and finite.min() >= 0 < finite.max())
    with np.errstate(all="ignore"):
        heights = np.log10(record.loss) if logarithmic else record.loss
    seen = heights[np.isfinite(heights)]
    begin = heights[0][np.isfinite(heights[0])]
    high = float(begin.max()) if begin.size else 1.0
    high += 1.0 if logarithmic else max(abs(high), 1e-12)  # who diverges leaves the plot
    high = min(high, float(seen.max()) if seen.size else high)
    low = float(seen.min()) if seen.size else 0.0
    low = max(low, high - DECADES) if logarithmic else low
    room = 0.06 * (high - low) or 0.5
    steps = np.arange(len(heights), dtype=np.float64)
    lines = [
        Line(
            *("curve", np.column_stack([steps, heights[:, racer]]), style.on_dark, 1.8),
            dash=style.dash,
            name=name,
            racer=racer,
            sign=sign_of(style),
        )
        for racer, name in enumerate(record.names)
        for style in [style_of(record, racer)]
    ]
    title = "loss, log" if logarithmic else "loss"
    view = (0.0, float(max(1, len(heights) - 1)), low - room, high + room)
    return Plot(
        *("loss", "step", title, view, MAP_SIZE[0], CURVE_HEIGHT, tuple(lines)),
        logarithmic=logarithmic,
    )
