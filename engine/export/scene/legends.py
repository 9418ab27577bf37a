"""The plates over a plot that say what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene.box import Box
from engine.export.scene.geometry import arrow_tip
from engine.export.scene.layers import PLATE_ALPHA, Canvas
from engine.export.scene.marks import parts
from engine.export.scene.plates import (
    KEY_PX,
    PAD_PX,
    ROW_PX,
    SCALES,
    TYPE_PX,
    Entry,
    Measure,
    entry_width,
    free_place,
    glass_of,
)
from engine.export.scene.records import Key, Legend, Marks

if TYPE_CHECKING:
    from matplotlib.artist import Artist

SWATCH_PX = 11.0
ABOVE = 5.0  # their z order


def draw_legends(
    canvas: Canvas,
    legends: Sequence[Legend],
    measure: Measure,
    text: str,
    muted: str,
    lenses: Sequence[Box] = (),
) -> list[Artist]:
    """Draw the plates where the window has them.

    On a page whose type is large for its plots two may no longer fit beside one another: then
    the second one takes a corner that is free, in smaller type, and where there is none it is
    left out, as in the window.

    Args:
        text, muted: colours of names and of notes.
        lenses: where lenses are, beside which the plates stand.
    """
    artists: list[Artist] = []
    taken = [glass_of(box) for box in lenses]
    for legend in legends:
        for share in SCALES:
            scale = share * canvas.scale
            box = free_place(canvas.frame.box, legend, measure, scale, share, taken)
            if box is not None:
                taken.append(box)
                artists += _plate(canvas, legend, box, scale, text, muted)
                break
    for place, artist in enumerate(artists):
        artist.set_zorder(ABOVE + place * 1e-3)
    return artists


def draw_rows(
    canvas: Canvas,
    rows: Sequence[Sequence[Entry]],
    top: float,
    measure: Measure,
    text: str,
    muted: str,
) -> None:
    """Draw the entries of legends in rows under a plot, from a height downwards."""
    scale = canvas.scale
    row, key_px, pad = ROW_PX * scale, KEY_PX * scale, PAD_PX * scale
    for number, entries in enumerate(rows):
        middle, left = top - (number + 0.5) * row, canvas.frame.box.left
        for entry in entries:
            key, words, role = entry
            indent = 0.0
            if key is not None:
                indent = key_px + pad
                for artist in _key(canvas, key, left, middle, key_px, scale):
                    artist.set_clip_on(False)
            canvas.axes.text(
                left + indent,
                middle,
                words,
                transform=canvas.to_page,
                fontsize=TYPE_PX * scale * canvas.unit,
                fontweight="bold" if role == "title" else "normal",
                color=muted if role == "note" else text,
                va="center_baseline",
                parse_math=False,
                gid="legend:below:text",
            )
            left += entry_width(entry, measure, scale)


def _plate(
    canvas: Canvas, legend: Legend, box: Box, scale: float, text: str, muted: str
) -> list[Artist]:
    from matplotlib.patches import FancyBboxPatch

    round_corners = "round,pad=0,rounding_size=6"
    plate = FancyBboxPatch(
        (box.left, box.bottom),
        box.width,
        box.height,
        boxstyle=round_corners,
        transform=canvas.to_page,
        facecolor=canvas.plate,
        edgecolor=canvas.border,
        alpha=PLATE_ALPHA,
        linewidth=canvas.unit,
    )
    plate.set_gid(f"legend:{legend.name}")
    artists: list[Artist] = [canvas.axes.add_artist(plate)]
    pad, row, key = PAD_PX * scale, ROW_PX * scale, KEY_PX * scale
    left, middle = box.left + pad, box.bottom + box.height - pad / 2 - row / 2

    def write(words: str, indent: float, color: str, *, bold: bool = False) -> None:
        artists.append(
            canvas.axes.text(
                left + indent,
                middle,
                words,
                transform=canvas.to_page,
                fontsize=TYPE_PX * scale * canvas.unit,
                fontweight="bold" if bold else "normal",
                color=color,
                va="center_baseline",
                parse_math=False,
                gid=f"legend:{legend.name}:text",
            )
        )

    if legend.title:
        write(legend.title, 0.0, text, bold=True)
        middle -= row
    for each in legend.keys:
        artists += _key(canvas, each, left, middle, key, scale)
        write(each.text, key + pad, text)
        middle -= row
    for note in legend.notes:
        write(note, 0.0, muted)
        middle -= row
    return artists


def _key(
    canvas: Canvas, key: Key, left: float, middle: float, width: float, scale: float
) -> list[Artist]:
    """A racer's stroke with its marker, or an arrow."""
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
    from matplotlib.transforms import IdentityTransform

    ends = np.array([[left, middle], [left + width, middle]])
    tip = arrow_tip(ends[0], ends[1], 6 if key.width < 2 else 9)
    if not key.marker:
        ends[1] = (tip[1] + tip[2]) / 2
    stroke = Line2D(
        *ends.T,
        transform=canvas.to_page,
        color=key.color,
        linewidth=key.width * canvas.unit,
        linestyle=(0, key.dash) if key.dash else "-",
        solid_capstyle="butt",
    )
    artists: list[Artist] = [canvas.axes.add_artist(stroke)]
    if not key.marker:
        point = Polygon(tip, transform=canvas.to_page, facecolor=key.color, edgecolor="none")
        artists.append(canvas.axes.add_artist(point))
        return artists
    mark = Marks(
        *("key", np.zeros((1, 2)), key.marker, SWATCH_PX * scale, key.color, canvas.plate, 1.5),
        filled=key.fill,
    )
    for part in parts(mark):
        drawn = PathCollection(
            [part.path],
            sizes=[(part.size * canvas.unit) ** 2],
            offsets=[[left + width / 2, middle]],
            offset_transform=canvas.to_page,
            transform=IdentityTransform(),
            facecolors=part.fill,
            edgecolors=part.edge or "none",
            linewidths=part.width * canvas.unit,
        )
        artists.append(canvas.axes.add_collection(drawn, autolim=False))
    return artists
