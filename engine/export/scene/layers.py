"""The layers of a plot as matplotlib's artists, in the order in which they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from engine.export.scene import marks as shapes
from engine.export.scene.geometry import (
    NEXT_SIGN,
    SIGN_GAP,
    Frame,
    arrow_tip,
    far_apart,
    sign_places,
    thinned,
)
from engine.export.scene.records import Arrow, Label, Layer, Line, Lines, Marks, Picture

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.transforms import Transform

ARROW_DASH = (2.4, 1.6)
LABEL_PX = 13.0
PLATE_ALPHA = 0.93
LOWEST_ZORDER, ZORDER_STEP = 2.0, 1e-4


@dataclass(frozen=True)
class Canvas:
    """Where a plot's layers are drawn.

    Attributes:
        to_page: from pixels of the page to those of the picture.
        unit: points a pixel.
        plate, border: colours of plates.
        scale: how much larger than usual type is.
    """

    axes: Axes
    frame: Frame
    to_page: Transform
    unit: float
    plate: str
    border: str
    scale: float = 1.0


def draw_layers(canvas: Canvas, layers: Sequence[Layer], *, first: int = 0) -> list[Artist]:
    """Draw layers over one another.

    Lines that follow one another lie above all their casings, and so do arrows. A lens lies
    over all of a plot, and is drawn by itself.

    Args:
        first: how many artists of the plot lie below.
    """
    artists: list[Artist] = []
    for kind, group in groupby(layers, type):
        run = list(group)
        if kind in (Line, Arrow):
            for layer in run:
                artists += _named(layer, _draw(canvas, layer, casing=True), "casing")
        for layer in run:
            artists += _named(layer, _draw(canvas, layer))
    for place, artist in enumerate(artists, start=first):
        artist.set_zorder(LOWEST_ZORDER + place * ZORDER_STEP)
        artist.set_clip_path(canvas.axes.patch)
    return artists


def layer_id(layer: Layer) -> str:
    """What a layer is called in a file: its kind, and whose it is."""
    if isinstance(layer, Arrow):
        return f"arrow:{layer.role}"
    if isinstance(layer, Label):
        return f"label:{layer.text}"
    if isinstance(layer, (Line, Lines, Marks)):
        start = f":{layer.start}" if isinstance(layer, Line) and layer.start >= 0 else ""
        return f"{layer.kind}:{layer.name}{start}"
    return type(layer).__name__.lower()


def _named(layer: Layer, artists: Iterator[Artist], part: str = "") -> list[Artist]:
    named = list(artists)
    for artist in named:
        artist.set_gid(":".join(filter(None, (layer_id(layer), artist.get_gid() or part))))
    return named


def _draw(canvas: Canvas, layer: Layer, *, casing: bool = False) -> Iterator[Artist]:
    if isinstance(layer, Line):
        yield from _line(canvas, layer, casing=casing)
    elif isinstance(layer, Arrow):
        yield from _arrow(canvas, layer, casing=casing)
    elif isinstance(layer, Marks):
        yield from _marks(canvas, layer)
    elif isinstance(layer, Label):
        yield from _label(canvas, layer)
    elif isinstance(layer, Lines):
        yield from _many(canvas, layer)
    elif isinstance(layer, Picture):
        yield _picture(canvas, layer)


def _picture(canvas: Canvas, layer: Picture) -> Artist:
    half_x, half_y = (layer.x[1] - layer.x[0]) / 2, (layer.y[1] - layer.y[0]) / 2
    (x0, x1), (y0, y1) = canvas.axes.get_xlim(), canvas.axes.get_ylim()
    image = canvas.axes.imshow(
        layer.pixels,
        extent=(
            layer.x[0] - half_x, layer.x[-1] + half_x, layer.y[0] - half_y, layer.y[-1] + half_y
        ),
        aspect="auto",
        interpolation="bilinear",
    )  # fmt: skip
    canvas.axes.set_xlim(x0, x1)
    canvas.axes.set_ylim(y0, y1)
    return image


def _many(canvas: Canvas, layer: Lines) -> Iterator[Artist]:
    from matplotlib.collections import LineCollection

    lines = [thinned(canvas.frame.place(line)) for line in layer.lines]
    yield canvas.axes.add_collection(
        LineCollection(
            [line for line in lines if np.isfinite(line).all()],
            colors=layer.color,
            linewidths=layer.width * canvas.unit,
            transform=canvas.to_page,
        ),
        autolim=False,
    )


def _line(canvas: Canvas, layer: Line, *, casing: bool) -> Iterator[Artist]:
    from matplotlib.lines import Line2D

    if casing and not layer.casing:
        return
    places = canvas.frame.place(layer.drawn())
    pixels = thinned(places)
    if layer.closed and len(pixels):
        pixels = np.concatenate([pixels, pixels[:1]])
    solid = casing or not layer.dash
    drawn = Line2D(
        *pixels.T,
        transform=canvas.to_page,
        color=layer.casing if casing else layer.color,
        linewidth=(layer.casing_width if casing else layer.width) * canvas.unit,
        linestyle="-" if solid else (0, layer.dash),
        solid_capstyle="round",
        solid_joinstyle="round",
        dash_capstyle="butt",
        dash_joinstyle="round",
    )
    yield canvas.axes.add_artist(drawn)
    if layer.sign is not None and not casing and len(places) > 1:
        first = canvas.frame.box.left + (max(layer.racer, 0) * NEXT_SIGN) % SIGN_GAP
        signs = sign_places(places, first)
        yield from _part(
            "sign", _shapes(canvas, layer.sign, signs[signs[:, 0] <= canvas.frame.box.right])
        )
    if layer.dots and not casing:
        radius = layer.width * 0.9 + 0.4
        dots = Marks("dots", far_apart(places), "dot", 2 * radius, layer.color)
        yield from _part("dots", _shapes(canvas, dots, far_apart(places)))


def _part(name: str, artists: Iterator[Artist]) -> Iterator[Artist]:
    """Artists that are called a part of their layer."""
    for artist in artists:
        artist.set_gid(name)
        yield artist


def _marks(canvas: Canvas, layer: Marks) -> Iterator[Artist]:
    pixels = canvas.frame.place(layer.points)
    yield from _shapes(canvas, layer, pixels[np.isfinite(pixels).all(axis=1)])
    if layer.letter:
        for place in pixels:
            yield _text(canvas, layer.letter, place, color="#14181d", bold=True)


def _shapes(canvas: Canvas, layer: Marks, pixels: np.ndarray) -> Iterator[Artist]:
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import IdentityTransform

    if not len(pixels):
        return
    for part in shapes.parts(layer):
        yield canvas.axes.add_collection(
            PathCollection(
                [part.path],
                sizes=[(part.size * canvas.unit) ** 2],
                offsets=pixels,
                offset_transform=canvas.to_page,
                transform=IdentityTransform(),
                facecolors=part.fill or "none",
                edgecolors=part.edge or "none",
                linewidths=part.width * canvas.unit,
            ),
            autolim=False,
        )


def _arrow(canvas: Canvas, layer: Arrow, *, casing: bool) -> Iterator[Artist]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon

    tail, head = canvas.frame.place(np.stack([layer.tail, layer.head]))
    if (
        (casing and not layer.casing)
        or not np.isfinite([tail, head]).all()
        or np.hypot(*(head - tail)) < 1
    ):
        return
    tip = arrow_tip(tail, head, layer.tip)
    neck = (tip[1] + tip[2]) / 2
    color = layer.casing if casing else layer.color
    around = layer.casing_width if casing else 0.0
    shaft = Line2D(
        *np.stack([tail, neck]).T,
        transform=canvas.to_page,
        color=color,
        linewidth=(layer.width + around) * canvas.unit,
        linestyle=(0, ARROW_DASH) if layer.dashed and not casing else "-",
        solid_capstyle="butt",
    )
    yield canvas.axes.add_artist(shaft)
    point = Polygon(
        tip,
        closed=True,
        transform=canvas.to_page,
        facecolor=color,
        edgecolor=color if around else "none",
        linewidth=around * canvas.unit,
        joinstyle="miter",
    )
    yield canvas.axes.add_artist(point)


def _label(canvas: Canvas, layer: Label) -> Iterator[Artist]:
    (place,) = canvas.frame.place(layer.point)
    if np.isfinite(place).all():
        right, down = layer.away
        if not layer.plate:  # no name lies on an axis
            lowest = canvas.frame.box.bottom + LABEL_PX * canvas.scale * 0.7
            down = min(down, float(place[1]) - lowest)
        yield _text(
            canvas,
            layer.text,
            place + np.array([right, -down]),
            color=layer.color,
            bold=layer.bold,
            plate=layer.plate,
        )


def _text(
    canvas: Canvas,
    text: str,
    place: np.ndarray,
    *,
    color: str,
    bold: bool = False,
    plate: bool = False,
) -> Artist:
    size = LABEL_PX * canvas.scale * canvas.unit
    around = {
        "boxstyle": "round,pad=0.18,rounding_size=0.25",
        "facecolor": canvas.plate,
        "edgecolor": canvas.border,
        "alpha": PLATE_ALPHA,
        "linewidth": canvas.unit,
    }
    x, y = place.tolist()
    return canvas.axes.text(
        x,
        y,
        text,
        transform=canvas.to_page,
        color=color,
        fontsize=size,
        fontweight="bold" if bold else "normal",
        ha="center",
        va="center_baseline",
        bbox=around if plate else None,
        parse_math=False,
    )
