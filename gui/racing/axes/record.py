"""A plot of curves as the record that exports draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.export.scene import records
from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.racing.axes.plot import Curve
from gui.racing.racer_style import describe_curve


def describe_plot(
    plot: Curve,
    titles: tuple[str, str, str],
    lines: Sequence[np.ndarray],
    racers: Sequence[tuple[str, RacerStyle]],
    *,
    shown: int,
    logarithmic: bool,
    scale: float,
) -> records.Plot:
    """What a plot shows, with its cursor.

    Args:
        titles: the plot's name, and those of its axes along x and y.
        lines: (N, 2) float64 each, those of the racers first.
        racers: names and looks.
        shown: so many points of each line are drawn.
    """
    name, axis, title = titles
    (x0, x1), (y0, y1) = plot.box.viewRange()
    curves = [
        describe_curve(look, line.copy(), scale=scale, racer=racer, name=called, shown=shown)
        for racer, ((called, look), line) in enumerate(zip(racers, lines, strict=False))
    ]
    ink, at = theme.written(theme.current().color("text", 0.75)), float(plot.cursor.value())
    cursor = records.Line("cursor", np.array([[at, y0], [at, y1]]), ink, 1.0)
    rect = plot.box.rect()
    return records.Plot(
        *(name, axis, title, (x0, x1, y0, y1), rect.width(), rect.height()),
        layers=(*curves, cursor),
        logarithmic=logarithmic,
        type_px=11 * scale,
    )
