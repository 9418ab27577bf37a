"""A lens over a plot: the ring around what it looks at, the circle with it, and its scale."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene.box import Box
from engine.export.scene.geometry import Frame
from engine.export.scene.layers import PLATE_ALPHA, Canvas, draw_layers
from engine.export.scene.plates import LENS_SCALE_PX, Measure
from engine.export.scene.records import Lens

if TYPE_CHECKING:
    from matplotlib.artist import Artist

SCALE_PX, TYPE_PX = LENS_SCALE_PX, 11.0
CASING_PX = 2.4  # how much wider the ground of a line is
ABOVE = 4.0  # their z order: above all layers, below legends


def draw_lens(canvas: Canvas, lens: Lens, box: Box, measure: Measure, text: str) -> list[Artist]:
    """Draw it where the window has it, as much larger than the plot as there.

    Args:
        box: of circle and scale, as `lens_boxes` gives it.
        text: colour of the words.
    """
    from matplotlib.patches import Circle

    radius = box.width / 2
    middle = np.array([box.left + radius, box.bottom + box.height - radius])
    glass = Circle(
        (float(middle[0]), float(middle[1])),
        radius,
        transform=canvas.to_page,
        facecolor=lens.fill,
        edgecolor="none",
    )
    glass.set_gid("lens:glass")
    artists = _sight(canvas, lens, middle, radius)
    artists.append(canvas.axes.add_artist(glass))
    inside = Box(middle[0] - radius, middle[1] - radius, 2 * radius, 2 * radius)
    x, y = lens.center.tolist()
    view = (x - lens.reach, x + lens.reach, y - lens.reach, y + lens.reach)
    seen = draw_layers(replace(canvas, frame=Frame(inside, view)), lens.layers)
    for artist in seen:
        artist.set_gid(f"lens:{artist.get_gid()}")
        artist.set_clip_path(glass)
    artists += seen
    artists += _rings(canvas, lens, middle, radius, "rim")
    artists += _scale(canvas, lens, middle, radius, measure, text)
    for place, artist in enumerate(artists):
        artist.set_zorder(ABOVE + place * 1e-3)
    return artists


def _per_unit(canvas: Canvas) -> float:
    x0, x1, *_ = canvas.frame.view
    return canvas.frame.box.width / (x1 - x0)


def _sight(canvas: Canvas, lens: Lens, middle: np.ndarray, radius: float) -> list[Artist]:
    """The ring around what the lens looks at, and two lines from it to the lens."""
    (seen,) = canvas.frame.place(lens.center[None])
    ring = max(lens.reach * _per_unit(canvas), lens.ring)
    artists: list[Artist] = []
    for first, last in tangents(seen, ring, middle, radius):
        artists += _line(canvas, lens, np.stack([first, last]))
    return [*artists, *_rings(canvas, lens, seen, ring, "ring")]


def tangents(
    a: np.ndarray, a_radius: float, b: np.ndarray, b_radius: float
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The two outer tangents of two circles; none where they meet."""
    way = b - a
    distance = float(np.hypot(*way))
    if distance <= a_radius + b_radius:
        return []
    turn, along = math.acos((a_radius - b_radius) / distance), math.atan2(way[1], way[0])
    outwards = [
        np.array([math.cos(angle), math.sin(angle)]) for angle in (along + turn, along - turn)
    ]
    return [(a + out * a_radius, b + out * b_radius) for out in outwards]


def _line(canvas: Canvas, lens: Lens, ends: np.ndarray) -> list[Artist]:
    from matplotlib.lines import Line2D

    return [
        canvas.axes.add_artist(
            Line2D(
                *ends.T,
                transform=canvas.to_page,
                color=color,
                linewidth=width * canvas.unit,
                gid="lens:sight",
            )
        )
        for color, width in ((lens.casing, lens.width + CASING_PX), (lens.edge, lens.width))
    ]


def _rings(
    canvas: Canvas, lens: Lens, middle: np.ndarray, radius: float, name: str
) -> list[Artist]:
    from matplotlib.patches import Circle

    return [
        canvas.axes.add_artist(
            Circle(
                (float(middle[0]), float(middle[1])),
                radius,
                transform=canvas.to_page,
                facecolor="none",
                edgecolor=color,
                linewidth=width * canvas.unit,
                gid=f"lens:{name}",
            )
        )
        for color, width in ((lens.casing, lens.width + CASING_PX), (lens.edge, lens.width))
    ]


def _scale(
    canvas: Canvas, lens: Lens, middle: np.ndarray, radius: float, measure: Measure, ink: str
) -> list[Artist]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import FancyBboxPatch

    scale, size = canvas.scale, TYPE_PX * canvas.scale
    length = lens.bar * radius / lens.reach
    width = length + measure(lens.text, size, False) + 22 * scale
    height = SCALE_PX * scale
    area = canvas.frame.box
    left = min(max(middle[0] - width / 2, area.left + 2), area.right - width - 2)
    bottom = middle[1] - radius - 0.6 * height
    plate = FancyBboxPatch(
        (left, bottom),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=4",
        transform=canvas.to_page,
        facecolor=canvas.plate,
        edgecolor=canvas.border,
        alpha=PLATE_ALPHA,
        linewidth=canvas.unit,
    )
    begin, y, tick = left + 7 * scale, bottom + height / 2, 4 * scale
    x = [begin, begin, begin, begin + length, begin + length, begin + length]
    bar = Line2D(
        x,
        [y - tick, y + tick, y, y, y - tick, y + tick],
        transform=canvas.to_page,
        color=ink,
        linewidth=1.6 * scale * canvas.unit,
        gid="lens:bar",
    )
    words = canvas.axes.text(
        left + length + 14 * scale,
        y,
        lens.text,
        transform=canvas.to_page,
        fontsize=size * canvas.unit,
        color=ink,
        va="center_baseline",
        parse_math=False,
        gid="lens:text",
    )
    return [canvas.axes.add_artist(plate), canvas.axes.add_artist(bar), words]
