"""A race as a moving picture (GIF or WebP)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.atomic_write import replacing
from engine.descent.race.recording import Record
from engine.descent.race.spec import surface_of
from engine.export.race.figure import CASING, SERIES, add_legend, draw_map
from engine.landscape import Landscape

FRAMES = 100
FRAME_MS = 50
LAST_FRAME_MS = 1500  # the end is looked at before it begins again
SIZE_INCHES = (6.4, 5.6)
DPI = 100


def write(record: Record, landscape: Landscape, path: Path) -> None:
    """Write the animation; `.webp` gives WebP, anything else GIF.

    Raises:
        ExportError: it cannot be written.
    """
    for _ in writing(record, landscape, path):
        pass


def writing(
    record: Record,
    landscape: Landscape,
    path: Path,
    *,
    size: tuple[float, float] = SIZE_INCHES,
    dpi: float = DPI,
    count: int = FRAMES,
) -> Iterator[float]:
    """Write the animation as `write` does, and tell after each frame what share is done.

    Args:
        size: width and height in inches of `dpi` pixels.
        count: of frames, at most, besides the first.

    Raises:
        ExportError: it cannot be written.
    """
    from PIL import Image

    frames = []
    for share, frame in paint(record, landscape, size=size, dpi=dpi, count=count):
        frames.append(Image.fromarray(frame))
        yield share
    webp = path.suffix.lower() == ".webp"
    if not webp:
        # One palette for all, so that nothing flickers from frame to frame.
        palette = frames[-1].quantize(255, method=Image.Quantize.MEDIANCUT)
        frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [FRAME_MS] * (len(frames) - 1) + [LAST_FRAME_MS]
    with replacing(path) as temporary:
        frames[0].save(
            temporary,
            format="WEBP" if webp else "GIF",
            save_all=True,
            append_images=frames[1:],
            duration=durations,
            loop=0,
        )


def paint(
    record: Record,
    landscape: Landscape,
    *,
    size: tuple[float, float] = SIZE_INCHES,
    dpi: float = DPI,
    count: int = FRAMES,
) -> Iterator[tuple[float, np.ndarray]]:
    """At most `count` + 1 frames (H, W, 3) uint8, from the start to the end of the race, each
    with the share that is painted then."""
    import cv2

    canvas, to_pixels = _background(record, landscape, size, dpi)
    last = len(record.position) - 1
    shown = np.unique(np.linspace(0, last, min(count, last) + 1).round().astype(int))
    trails = canvas.copy()
    lines = _lines(record, to_pixels)
    before = 0
    for number, step in enumerate(shown, start=1):
        for line in lines:
            piece = line.places[before : step + 1]
            piece = piece[(piece != _NOWHERE).all(1)].reshape(-1, 1, 2)
            if len(piece) > 1:
                if line.width > 1:  # a casing would hide what is thinner
                    cv2.polylines(
                        trails, [piece], False, _rgb(CASING), line.width + 1, cv2.LINE_AA, 4
                    )
                cv2.polylines(trails, [piece], False, line.color, line.width, cv2.LINE_AA, 4)
        frame = trails.copy()
        for line in lines:
            x, y = line.places[step].tolist()
            if (line.places[step] != _NOWHERE).all():
                for color, radius in ((_rgb(CASING), line.radius + 1), (line.color, line.radius)):
                    cv2.circle(frame, (x, y), radius << 4, color, -1, cv2.LINE_AA, 4)
        _caption(frame, f"step {step}")
        yield number / len(shown), frame
        before = step


@dataclass(frozen=True)
class _Line:
    """One trail: places (T, 2) in 1/16 px, and how it is drawn."""

    places: np.ndarray
    color: tuple[int, int, int]
    width: int
    radius: int  # of its head


def _lines(record: Record, to_pixels: Callable[[np.ndarray], np.ndarray]) -> list[_Line]:
    """The trails from further starts, thin, and over them the racers' own."""
    colors = [_rgb(SERIES[index % len(SERIES)][0]) for index in range(len(record.names))]
    further = [
        _Line(places, color, 1, 2)
        for color, paths in zip(colors, record.others, strict=True)
        for places in to_pixels(paths).swapaxes(0, 1)
    ]
    own = zip(colors, to_pixels(record.position).swapaxes(0, 1), strict=True)
    return [*further, *(_Line(places, color, 2, 5) for color, places in own)]


_NOWHERE = -(2**31) + 1  # marks a place that is not a number


def _background(
    record: Record, landscape: Landscape, size: tuple[float, float], dpi: float
) -> tuple[np.ndarray, Callable[[np.ndarray], np.ndarray]]:
    """The map with its axes and legend as pixels, and data coordinates -> 1/16 px."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    figure = Figure(figsize=size, dpi=dpi, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots()
    draw_map(axes, landscape)
    title = surface_of(record.spec).title
    axes.set_title(title if len(title) < 60 else title[:59] + "…")
    handles = [
        Line2D([], [], color=SERIES[i % len(SERIES)][0], linewidth=3, label=name)
        for i, name in enumerate(record.names)
    ]
    add_legend(axes, record, handles)
    canvas.draw()
    pixels = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])
    height = pixels.shape[0]
    transform = axes.transData

    def to_pixels(points: np.ndarray) -> np.ndarray:
        flat = points.reshape(-1, 2)
        with np.errstate(all="ignore"):
            placed = transform.transform(flat)
            placed[:, 1] = height - placed[:, 1]
            near = np.isfinite(placed).all(1)
            # OpenCV counts in 32 bits; far outside is far outside.
            fixed = np.full(placed.shape, _NOWHERE, dtype=np.int32)
            fixed[near] = np.clip(placed[near] * 16, -(2**24), 2**24).round()
        return fixed.reshape(points.shape)

    return pixels, to_pixels


def _caption(frame: np.ndarray, text: str) -> None:
    import cv2

    where = (12, frame.shape[0] - 10)  # beside the title of the x axis
    cv2.putText(frame, text, where, cv2.FONT_HERSHEY_SIMPLEX, 0.5, (20, 24, 29), 1, cv2.LINE_AA)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
