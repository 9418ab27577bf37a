"""A scene as a moving picture: from the start to the end of the race, drawn as it is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.atomic_write import replacing
from engine.descent.race.spec import RaceFrame
from engine.errors import ExportError
from engine.export.scene import draw
from engine.export.scene.layers import draw_layers
from engine.export.scene.page import Look
from engine.export.scene.records import (
    Arrow,
    Label,
    Layer,
    Lens,
    Line,
    Lines,
    Marks,
    Plot,
    Scene,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

FRAME_MS, LAST_FRAME_MS = 50, 1500  # the end is looked at before it begins again
TAIL = 8  # steps of the trails from many starts
# What is drawn of a single step, and is not seen while the race is played.
OF_A_STEP = ("base", "region")
STEP_LEGENDS = ("StepVectorsLayer", "ExampleGradientsLayer")


def write(
    scene: Scene,
    look: Look,
    frames: Sequence[RaceFrame],
    path: Path,
    *,
    width_mm: float,
    dpi: float,
    count: int,
) -> Iterator[float]:
    """Write GIF, WebP or MP4, and tell after each picture what share is done.

    Args:
        frames: all of the race.
        count: of pictures, at most, besides the first.

    Raises:
        ExportError: it cannot be written.
    """
    pictures = paint(scene, look, frames, width_mm=width_mm, dpi=dpi, count=count)
    if path.suffix.lower() == ".mp4":
        yield from _write_mp4(pictures, path)
    else:
        yield from _write_images(pictures, path)


def paint(
    scene: Scene,
    look: Look,
    frames: Sequence[RaceFrame],
    *,
    width_mm: float,
    dpi: float,
    count: int,
) -> Iterator[tuple[float, np.ndarray]]:
    """At most `count` + 1 pictures (H, W, 3) uint8, each with the share that is painted then.

    What does not move lies under or over what does; it is drawn once, where it lies under.
    """
    scene = played(scene)
    with draw.fonts(look):
        ground = draw.draw_parts(_each_plot(scene, _still), look, width_mm, dpi=dpi)
        figure = ground.figure
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        kept = figure.canvas.copy_from_bbox(figure.bbox)  # type: ignore[attr-defined]
        last = len(frames) - 1
        steps = np.unique(np.linspace(0, last, min(count, last) + 1).round().astype(int))
        for number, step in enumerate(steps.tolist(), start=1):
            figure.canvas.restore_region(kept)  # type: ignore[attr-defined]
            drawn: list[Artist] = []
            now = at_step(scene, frames, step)
            for plot in (now.map, *now.below):
                drawn += draw_layers(ground.canvases[plot.name], _moving(plot.layers))
            for artist in [*drawn, *ground.legends]:
                artist.draw(renderer)
            for artist in drawn:
                artist.remove()
            _write_step(figure, renderer, scene, step)
            picture = np.asarray(figure.canvas.buffer_rgba())[..., :3]  # type: ignore[attr-defined]
            yield number / len(steps), np.ascontiguousarray(picture)


def played(scene: Scene) -> Scene:
    """The scene as it is while the race is played: without the vectors of one step, and
    without the plots that would stand still: of the data and of a cut."""
    kept = tuple(
        layer
        for layer in scene.map.layers
        if not isinstance(layer, Arrow | Label | Lens)
        and getattr(layer, "kind", "") not in OF_A_STEP
    )
    legends = tuple(each for each in scene.map.legends if each.name not in STEP_LEGENDS)
    return replace(
        scene,
        map=replace(scene.map, layers=kept, legends=legends),
        beside=None,
        below=tuple(plot for plot in scene.below if plot.name != "cut"),
    )


def at_step(scene: Scene, frames: Sequence[RaceFrame], step: int) -> Scene:
    """The scene as it is at another step of its race."""

    def plot_at(plot: Plot) -> Plot:
        layers = tuple(_layer_at(layer, plot, frames, step) for layer in plot.layers)
        return replace(plot, layers=layers)

    return replace(
        scene,
        step=step,
        map=plot_at(scene.map),
        below=tuple(map(plot_at, scene.below)),
    )


def _layer_at(layer: Layer, plot: Plot, frames: Sequence[RaceFrame], step: int) -> Layer:
    if isinstance(layer, Line):
        return _line_at(layer, plot, frames, step)
    if isinstance(layer, Lines) and layer.kind == "tail":
        tails = np.stack(
            [each.others[layer.racer] for each in frames[max(0, step - TAIL) : step + 1]]
        )
        return replace(layer, lines=tuple(tails.swapaxes(0, 1)))
    if isinstance(layer, Marks) and layer.racer >= 0 and plot.name == "map":
        frame = frames[step]
        places = {"head": frame.position, "star": frame.best}
        if layer.kind == "further":
            return replace(layer, points=frame.others[layer.racer])
        if layer.kind in places:
            return replace(layer, points=places[layer.kind][[layer.racer]])
    return layer


def _line_at(layer: Line, plot: Plot, frames: Sequence[RaceFrame], step: int) -> Line:
    if layer.kind == "cursor":
        at = _along(plot, step)
        return replace(layer, points=np.column_stack([[at, at], layer.points[:, 1]]))
    if layer.kind == "curve":
        return replace(layer, shown=step + 1)
    if plot.name == "map" and layer.kind == "trail":
        points = np.stack([frame.position[layer.racer] for frame in frames[: step + 1]])
        return replace(layer, points=points, shown=None)
    if plot.name == "map" and layer.kind == "further":
        path = [frame.others[layer.racer][layer.start] for frame in frames[: step + 1]]
        return replace(layer, points=np.stack(path), shown=None)
    return layer


def _along(plot: Plot, step: int) -> float:
    """Where a step lies along the axis of curves, which may be of another cost than steps."""
    curves = [each.points for each in plot.layers if isinstance(each, Line) and each.racer >= 0]
    reached = [float(points[step, 0]) for points in curves if len(points) > step]
    return max(reached, default=float(step))


def _first_moving(layers: Sequence[Layer]) -> int:
    """The place of the lowest layer that moves; the number of them where none does."""
    moving = (place for place, layer in enumerate(layers) if getattr(layer, "racer", -1) >= 0)
    return next(moving, len(layers))


def _moving(layers: Sequence[Layer]) -> Sequence[Layer]:
    return layers[_first_moving(layers) :]


def _still(plot: Plot) -> Plot:
    return replace(plot, layers=tuple(plot.layers[: _first_moving(plot.layers)]))


def _each_plot(scene: Scene, change: Callable[[Plot], Plot]) -> Scene:
    return replace(scene, map=change(scene.map), below=tuple(map(change, scene.below)))


def _write_step(figure: Figure, renderer: Any, scene: Scene, step: int) -> None:
    """The number of the step, in the lower right corner."""
    size = 12.0 * figure.get_size_inches()[0] / 8
    text = figure.text(
        *(0.99, 0.008, f"{scene.step_word} {step}"),
        color=scene.colors.muted,
        ha="right",
        fontsize=max(6.0, size),
    )
    text.draw(renderer)
    text.remove()


def _write_images(pictures: Iterator[tuple[float, np.ndarray]], path: Path) -> Iterator[float]:
    from PIL import Image

    frames = []
    for share, picture in pictures:
        frames.append(Image.fromarray(picture))
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


def _write_mp4(pictures: Iterator[tuple[float, np.ndarray]], path: Path) -> Iterator[float]:
    """MPEG-4 through OpenCV, frame by frame; the last picture stays for a while."""
    import cv2

    share, picture = next(pictures)
    # Sides of an even number of pixels, as the format wants them.
    width, height = picture.shape[1] // 2 * 2, picture.shape[0] // 2 * 2
    with replacing(path) as temporary:
        writing = temporary.with_suffix(".mp4")  # OpenCV goes by the ending
        kind = cv2.VideoWriter.fourcc(*"mp4v")
        writer = cv2.VideoWriter(str(writing), kind, 1000 / FRAME_MS, (width, height))
        try:
            if not writer.isOpened():
                raise ExportError("export.no_video", path=str(path))
            frame = np.empty((0, 0, 3), dtype=np.uint8)
            for told, painted in chain([(share, picture)], pictures):
                frame = np.ascontiguousarray(painted[:height, :width, ::-1])
                writer.write(frame)
                yield told
            for _ in range(LAST_FRAME_MS // FRAME_MS):
                writer.write(frame)
            writer.release()
            writing.replace(temporary)
        finally:
            writer.release()
            writing.unlink(missing_ok=True)
