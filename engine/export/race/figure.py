"""A race as a figure for a paper: map, contour lines, trails and loss curves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.atomic_write import replacing
from engine.descent.race.recording import Record
from engine.descent.race.spec import surface_of
from engine.landscape import Landscape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Never the red, blue, green and orange of a step's vectors; each with its marker and dash,
# for colour alone tells too little.
SERIES = (
    ("#ffffff", "o", "-"),
    ("#e58fc6", "s", "--"),
    ("#f5e663", "^", "-."),
    ("#9be8f0", "D", ":"),
    ("#c9a27a", "v", "-"),
    ("#d0c8ff", "P", "--"),
    ("#b0b7bd", "X", "-."),
    ("#111111", "*", ":"),
)
CASING = "#14181d"
MAP = "viridis"
FEW = 6  # racers whose names fit beside the trails in full size
MAX_VERTICES = 5000  # of one trail; more cannot be told apart on a page


SIZE = (11.0, 5.4)  # inches, with the loss curves
MAP_ALONE = (6.4, 5.4)  # without them


def write(
    record: Record,
    landscape: Landscape,
    path: Path,
    *,
    dpi: float = 150,
    size: tuple[float, float] | None = None,
    curves: bool = True,
) -> None:
    """Write the figure; the file's ending chooses PNG, SVG or PDF.

    Args:
        dpi: pixels an inch of a PNG.
        size: width and height in inches; None for `SIZE`, or `MAP_ALONE` without curves.
        curves: the losses stand beside the map.

    Raises:
        ExportError: it cannot be written.
    """
    kind = path.suffix.lstrip(".").lower()
    figure = draw(record, landscape, size=size, curves=curves)
    with replacing(path) as temporary:
        figure.savefig(temporary, format=kind if kind in ("svg", "pdf") else "png", dpi=dpi)


def draw(
    record: Record,
    landscape: Landscape,
    *,
    size: tuple[float, float] | None = None,
    curves: bool = True,
) -> Figure:
    """The figure: the map with trails on the left, loss against step on the right."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size or (SIZE if curves else MAP_ALONE), layout="constrained")
    FigureCanvasAgg(figure)
    if curves:
        scene, losses = figure.subplots(1, 2, width_ratios=(1.35, 1))
        draw_losses(losses, record)
    else:
        scene = figure.subplots()
    image = draw_map(scene, landscape)
    bar = figure.colorbar(image, ax=scene, shrink=0.9)
    label_bar(bar, landscape)
    draw_trails(scene, record)
    surface = surface_of(record.spec)
    scene.set_title(surface.title if len(surface.title) < 60 else surface.title[:59] + "…")
    return figure


def draw_map(axes: Axes, landscape: Landscape) -> Any:
    """Heat map, contour lines and known minima; gives the image for a colour bar."""
    x, y = landscape.x, landscape.y
    shade = np.ma.masked_invalid(landscape.scaled(landscape.loss))
    axes.set_facecolor("#8a8f96")  # what is not a number, hatched
    axes.patch.set(hatch="///", edgecolor="#5d636b")
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    image = axes.imshow(
        shade,
        origin="lower",
        extent=(x[0] - half_x, x[-1] + half_x, y[0] - half_y, y[-1] + half_y),
        cmap=MAP,
        aspect="auto",
        interpolation="bilinear",
    )
    for lines in landscape.contours:
        for line in lines:
            axes.plot(line[:, 0], line[:, 1], color="white", alpha=0.35, linewidth=0.6)
    axes.plot(*landscape.minima.T, "x", color="white", markersize=9, markeredgewidth=2.2, zorder=4)
    axes.set_xlim(x[0], x[-1])
    axes.set_ylim(y[0], y[-1])
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    return image


def label_bar(bar: Any, landscape: Landscape) -> None:
    """Losses on the colour bar, also where the colours are logarithmic."""
    if landscape.logarithmic:
        values = nice_losses(landscape)
        bar.set_ticks(landscape.scaled(values), labels=[f"{value:.3g}" for value in values])
        bar.set_label("loss (logarithmic)")
    else:
        bar.set_label("loss")


def nice_losses(landscape: Landscape) -> np.ndarray:
    """(n,) float64, powers of ten above the floor that lie in the map's range, at most seven."""
    finite = landscape.loss[np.isfinite(landscape.loss)]
    high = max(float(finite.max() - landscape.floor), 1e-300) if finite.size else 1.0
    powers = np.arange(np.ceil(np.log10(landscape.offset)), np.floor(np.log10(high)) + 1)
    powers = powers[:: max(1, -(-len(powers) // 7))]
    return landscape.floor + 10.0**powers


def draw_trails(axes: Axes, record: Record) -> None:
    """Every racer's path, cased so that it can be seen on any colour, and its last place."""
    from matplotlib.patheffects import Normal, Stroke

    casing = [Stroke(linewidth=3.4, foreground=CASING), Normal()]
    start = record.position[0, 0]
    for index, name in enumerate(record.names):
        color, marker, dash = SERIES[index % len(SERIES)]
        path = record.position[:: stride(len(record.position)), index]
        path = path[np.isfinite(path).all(1)]
        # Far outside the view drawing libraries lose their footing.
        path = np.clip(path, -1e7, 1e7)
        if len(record.others) > index and record.others[index].shape[1]:
            _draw_others(axes, record.others[index], color)
        axes.plot(*path.T, color=CASING, linewidth=3.2, solid_capstyle="round", zorder=5)
        axes.plot(*path.T, color=color, linewidth=1.7, linestyle=dash, zorder=6)
        if len(path):
            label = f"{name}: {record.state[index]}" if _lost(record, index) else name
            axes.plot(
                *path[-1:].T,
                marker,
                color=color,
                markeredgecolor=CASING,
                markersize=9,
                zorder=7,
                linestyle=dash,
                label=label,
            )
        if record.spec.racers[index].keeps_best:
            best = record.best(index)
            axes.plot(
                best["x"], best["y"], "*", color=color, markeredgecolor=CASING, markersize=17,
                zorder=8,
            )  # fmt: skip
    axes.plot(*start, "+", color="white", markersize=13, markeredgewidth=2.4, zorder=8,
              path_effects=casing)  # fmt: skip
    add_legend(axes, record)


def _draw_others(axes: Axes, paths: np.ndarray, color: str) -> None:
    """The trails (T, S - 1, 2) from further starts: thin, each with a dot at its end."""
    for path in paths.transpose(1, 0, 2):
        path = path[:: stride(len(path))]
        path = np.clip(path[np.isfinite(path).all(1)], -1e7, 1e7)
        axes.plot(*path.T, color=CASING, linewidth=1.6, zorder=3)
        axes.plot(*path.T, color=color, linewidth=0.9, zorder=4)
        axes.plot(*path[-1:].T, "o", color=color, markeredgecolor=CASING, markersize=4, zorder=4)


def add_legend(axes: Axes, record: Record, handles: list[Any] | None = None) -> None:
    """A legend in the corner that the trails use least."""
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    points = record.position.reshape(-1, 2)
    points = points[np.isfinite(points).all(1)]
    corners = {
        "upper right": (1, 1),
        "upper left": (0, 1),
        "lower right": (1, 0),
        "lower left": (0, 0),
    }
    place = (points - [x0, y0]) / [x1 - x0, y1 - y0]
    crowd = {
        name: int((np.abs(place - corner) < 0.4).all(1).sum()) for name, corner in corners.items()
    }
    corner: Any = min(crowd, key=crowd.__getitem__)
    legend = axes.legend(
        handles=axes.get_legend_handles_labels()[0] if handles is None else handles,
        loc=corner,
        framealpha=0.85,
        facecolor="#2a2f36",
        fontsize=9 if len(record.names) <= FEW else 6,
        ncols=1 if len(record.names) <= FEW else 2,
    )
    for text in legend.get_texts():
        text.set_color("white")


def draw_losses(axes: Axes, record: Record) -> None:
    """Loss against step, logarithmic where every loss is positive."""
    every = stride(len(record.loss))
    steps = np.arange(len(record.loss))[::every]
    drawn = record.loss[::every]
    finite = drawn[np.isfinite(drawn)]
    axes.set_facecolor("#2a2f36")
    # A loss of exactly 0 has no place on a logarithmic axis: there the curve ends.
    positive = bool(finite.size) and finite.min() >= 0 < finite.max()
    # A racer that diverges leaves through the top; the others stay readable.
    first = record.loss[0][np.isfinite(record.loss[0])]
    reach = float(np.abs(first).max()) if first.size else 1.0
    top = max(reach, 1e-12) * 1e3
    values = np.where(np.isnan(drawn), np.nan, np.clip(drawn, -top, top))
    if positive:
        values = np.where(values > 0, values, np.nan)
    for index, name in enumerate(record.names):
        color, _, dash = SERIES[index % len(SERIES)]
        axes.plot(steps, values[:, index], color=color, linestyle=dash, linewidth=1.6, label=name)
    if positive:
        axes.set_yscale("log")
    axes.grid(color="white", alpha=0.12)
    axes.set_xlabel("step")
    axes.set_ylabel("loss (logarithmic)" if positive else "loss")


def stride(length: int) -> int:
    """Draw every how manyth point."""
    return max(1, -(-length // MAX_VERTICES))


def _lost(record: Record, index: int) -> bool:
    return record.state[index] == "diverged"
