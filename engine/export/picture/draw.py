"""Annotated pictures at full resolution, drawn with OpenCV (PNG, JPEG)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.detection.pipeline.trace import StageTrace
from engine.errors import ExportError
from engine.export.item import ExportItem
from engine.export.picture.layers.registry import DEFAULT_LAYERS, planned
from engine.export.picture.style import DEFAULT_STYLE, Style
from engine.pictures.reader import opencv

JPEG_QUALITY = 92


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
        layers: of the registry's `layer_names()`; those of the stages need `trace`.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    canvas = np.ascontiguousarray(pixels).copy()
    for layer, context in planned(layers, detections, style, trace):
        layer.draw(canvas, context)
    return canvas


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
