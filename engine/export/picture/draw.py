"""Annotated pictures at full resolution, drawn with OpenCV (PNG, JPEG)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.mask_encoding import bits
from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.detection.pipeline.trace import StageTrace
from engine.detection.skeleton import side
from engine.errors import ExportError
from engine.export.item import ExportItem
from engine.export.picture import stage_layers as stages
from engine.export.picture.label_placement import place_labels
from engine.export.picture.layers import DEFAULT_LAYERS
from engine.export.picture.style import (
    CASING,
    DEFAULT_STYLE,
    SIDES,
    Colour,
    Style,
    level_colour,
    on_colour,
)
from engine.pictures.reader import opencv

JPEG_QUALITY = 92
_SUBPIXEL_BITS = 4  # OpenCV takes lines in 1/16 px


def draw(
    pixels: NDArray[np.uint8],
    detections: Detections,
    style: Style = DEFAULT_STYLE,
    *,
    layers: tuple[str, ...] = DEFAULT_LAYERS,
    trace: StageTrace | None = None,
) -> NDArray[np.uint8]:
    """A copy of a picture with its detections drawn on it.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        detections: of that picture.
        style: colours and measures.
        layers: of `engine.export.picture.layers.LAYERS`; those of the stages need `trace`.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    canvas = np.ascontiguousarray(pixels).copy()
    line = style.line(detections.picture_size)
    if trace is not None:
        if "objectness" in layers:
            _draw_heat(canvas, trace)
        for name, draw_boxes in (("anchors", _draw_anchors), ("proposals", _draw_proposals)):
            if name in layers:
                with _faded(canvas, style.opacity(name)) as ground:
                    draw_boxes(ground, trace, line=max(1, line // 2))
    if "masks" in layers and detections.mask_probs is not None:
        for index in reversed(range(len(detections))):  # the best on top
            if detections.ready[index]:
                _draw_mask(canvas, detections, index, style=style, line=line)
    if "boxes" in layers:
        with _faded(canvas, style.opacity("boxes")) as ground:
            for index in reversed(range(len(detections))):
                colour = style.colour(index, int(detections.labels[index]))
                _rectangle(ground, detections.boxes[index], colour, line=line, cased=True)
    if "keypoints" in layers and detections.keypoints is not None:
        with _faded(canvas, style.opacity("keypoints")) as ground:
            for index in reversed(range(len(detections))):
                points = detections.points(index)
                if points is not None:
                    _draw_skeleton(ground, points, detections, line=line, bones=style.skeleton)
    if style.label and "boxes" in layers:
        with _faded(canvas, style.opacity("labels")) as ground:
            _draw_plates(ground, detections, style)
    return canvas


@contextmanager
def _faded(canvas: NDArray[np.uint8], opacity: float) -> Iterator[NDArray[np.uint8]]:
    """What is drawn on the canvas given, the real one gets with an opacity."""
    if opacity >= 1:
        yield canvas
        return
    drawn = canvas.copy()
    yield drawn
    opencv().addWeighted(canvas, 1 - opacity, drawn, opacity, 0, dst=canvas)


def _draw_anchors(canvas: NDArray[np.uint8], trace: StageTrace, *, line: int) -> None:
    for box, level in zip(*stages.anchors(trace), strict=True):
        _rectangle(canvas, box, level_colour(int(level)), line=line)


def _draw_proposals(canvas: NDArray[np.uint8], trace: StageTrace, *, line: int) -> None:
    boxes, scores = stages.proposals(trace)
    for box, score in zip(boxes[::-1], scores[::-1], strict=True):
        grey = round(120 + 135 * float(score))
        _rectangle(canvas, box, (grey, grey, 90), line=line)


def write_png(path: Path, item: ExportItem) -> None:
    """Write the annotated picture as PNG.

    Raises:
        ExportError: it could not be written; nothing is left behind.
    """
    write(path, draw_item(item))


def write_jpg(path: Path, item: ExportItem) -> None:
    """Write the annotated picture as JPEG.

    Raises:
        ExportError: it could not be written, or is too large for JPEG.
    """
    write(path, draw_item(item), suffix=".jpg")


def draw_item(item: ExportItem) -> NDArray[np.uint8]:
    """The annotated picture of a item, (H, W, 3) uint8 RGB."""
    return draw(
        item.pixels,
        item.detections,
        item.style,
        layers=item.layers,
        trace=item.trace,
    )


def write(path: Path, pixels: NDArray[np.uint8], *, suffix: str = ".png") -> None:
    """Write (H, W, 3) uint8 RGB as a picture file, whole or not at all.

    Raises:
        ExportError: it could not be written.
    """
    data = encode(pixels, suffix=suffix)
    if data is None:
        height, width = pixels.shape[:2]
        raise ExportError(
            "export.failed",
            path=str(path),
            reason=f"{width} x {height} pixels do not fit in this format",
        )
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def encode(pixels: NDArray[np.uint8], *, suffix: str) -> bytes | None:
    """The bytes of a picture file; None when the format cannot hold it.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        suffix: of the format: ".png", ".jpg".
    """
    cv2 = opencv()
    settings = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if suffix == ".jpg" else []
    try:
        done, data = cv2.imencode(suffix, pixels[..., ::-1], settings)
    except cv2.error:  # JPEG ends at 65,535 px a side
        return None
    return data.tobytes() if done else None


def _rectangle(
    canvas: NDArray[np.uint8],
    box: NDArray[np.float32],
    colour: Colour,
    *,
    line: int,
    cased: bool = False,
) -> None:
    cv2 = opencv()
    height, width = canvas.shape[:2]
    # The line lies inside the picture: a box that reaches the edge stays visible there.
    x0, y0 = max(float(box[0]), 0), max(float(box[1]), 0)
    x1, y1 = min(float(box[2]), width) - 1, min(float(box[3]), height) - 1
    first, second = _fixed([x0, y0]), _fixed([max(x1, x0), max(y1, y0)])
    if cased:
        cv2.rectangle(canvas, first, second, CASING, line + 2, cv2.LINE_AA, _SUBPIXEL_BITS)
    cv2.rectangle(canvas, first, second, colour, line, cv2.LINE_AA, _SUBPIXEL_BITS)


def _draw_mask(
    canvas: NDArray[np.uint8], detections: Detections, index: int, *, style: Style, line: int
) -> None:
    cv2 = opencv()
    x0, y0, inside = bits(detections, index)
    if not inside.any():
        return
    colour = style.colour(index, int(detections.labels[index]))
    hard = inside.view(np.uint8)
    if style.mask != "contour":
        region = canvas[y0 : y0 + inside.shape[0], x0 : x0 + inside.shape[1]]
        opacity = style.opacity("masks")
        blend = np.empty_like(region)
        cv2.rectangle(blend, (0, 0), region.shape[1::-1], colour, cv2.FILLED)
        cv2.addWeighted(region, 1 - opacity, blend, opacity, 0, blend)
        cv2.copyTo(blend, hard, region)
    if style.mask != "fill":
        found, _ = cv2.findContours(
            hard, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=(x0, y0)
        )
        # The outline follows whole pixels, so smooth lines would only take longer.
        smooth = cv2.LINE_AA if line <= 1 else cv2.LINE_8
        cv2.drawContours(canvas, found, -1, colour, max(1, line), smooth)


def _draw_skeleton(
    canvas: NDArray[np.uint8],
    points: NDArray[np.float32],
    detections: Detections,
    *,
    line: int,
    bones: bool,
) -> None:
    cv2 = opencv()
    names = detections.model.keypoint_names
    colours = [SIDES[side(name)] for name in names] or [SIDES["middle"]] * len(points)
    for a, b in detections.model.skeleton if bones else ():
        sides = {side(names[a]), side(names[b])}
        colour = SIDES[sides.pop()] if len(sides) == 1 else SIDES["middle"]
        ends = _fixed(points[a]), _fixed(points[b])
        cv2.line(canvas, *ends, CASING, line + 2, cv2.LINE_AA, _SUBPIXEL_BITS)
        cv2.line(canvas, *ends, colour, line, cv2.LINE_AA, _SUBPIXEL_BITS)
    radius = round((line + 0.8) * (1 << _SUBPIXEL_BITS))
    for point, colour in zip(points, colours, strict=True):
        ring = radius + (1 << _SUBPIXEL_BITS)
        cv2.circle(canvas, _fixed(point), ring, CASING, -1, cv2.LINE_AA, _SUBPIXEL_BITS)
        cv2.circle(canvas, _fixed(point), radius, colour, -1, cv2.LINE_AA, _SUBPIXEL_BITS)


def _draw_plates(canvas: NDArray[np.uint8], detections: Detections, style: Style) -> None:
    """The labels that have room, inside the picture; the better boxes choose first."""
    cv2 = opencv()
    height, width = canvas.shape[:2]
    capital = style.text(detections.picture_size)
    font, weight = cv2.FONT_HERSHEY_SIMPLEX, max(1, round(capital / 12))
    scale = capital / 22  # at scale 1 a capital of this font is 22 px high
    margin = max(2, capital // 3)
    forms = label_forms(detections, style)
    (_, text_height), below = cv2.getTextSize("0", font, scale, weight)
    high = text_height + below + margin
    widths = [
        [cv2.getTextSize(text, font, scale, weight)[0][0] + 2 * margin for text in each]
        for each in forms
    ]
    places = place_labels(detections.boxes.tolist(), widths, high, (0, 0, width, height))
    for index, place in enumerate(places):
        if place is None:
            continue
        x, y, wide = round(place.x), round(place.y), widths[index][place.form]
        colour = style.colour(index, int(detections.labels[index]))
        cv2.rectangle(canvas, (x, y), (x + wide - 1, y + high - 1), colour, -1)
        corner = (x + margin, y + margin // 2 + text_height)
        text = forms[index][place.form]
        cv2.putText(canvas, text, corner, font, scale, on_colour(colour), weight, cv2.LINE_AA)


def label_forms(detections: Detections, style: Style) -> list[list[str]]:
    """What each detection's label says: in full, then in short where it can be shortened."""
    forms = []
    for index, (name, score) in enumerate(zip(detections.names, detections.scores, strict=True)):
        short = style.short(index, float(score))
        whole = style.words(index, name, float(score))
        forms.append([whole, short] if short else [whole])
    return forms


def _draw_heat(canvas: NDArray[np.uint8], trace: StageTrace) -> None:
    cv2 = opencv()
    heat = stages.heat(trace)
    coloured = cv2.applyColorMap(np.rint(heat * 255).astype(np.uint8), cv2.COLORMAP_VIRIDIS)
    cover = (0.25 + 0.5 * heat)[..., None]
    canvas[:] = np.rint(canvas * (1 - cover) + coloured[..., ::-1] * cover)


def _fixed(point: Any) -> tuple[int, int]:
    scale = 1 << _SUBPIXEL_BITS
    return round(float(point[0]) * scale), round(float(point[1]) * scale)
