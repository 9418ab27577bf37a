"""The maps of one RoI, made ready to be painted: run on the inference lane."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench
    from engine.detection.queries.features import RoiMaps

SOFT_ALPHA = 0.75


@dataclass(frozen=True, eq=False)
class Maps:
    """A RoI's maps, with a class's mask laid into the picture.

    Attributes:
        maps: of the engine.
        label: whose mask is laid.
        x, y: its corner in the picture, px.
        soft: premultiplied ARGB, as strong as the mask is sure; None without masks.
        contour: premultiplied ARGB, the border at the threshold.
    """

    maps: RoiMaps
    label: int
    x: int = 0
    y: int = 0
    soft: QImage | None = None
    contour: QImage | None = None


def roi_maps(
    workbench: Workbench,
    inspection: Inspection,
    *,
    box: NDArray[numpy.float32],
    label: int,
    color: tuple[int, int, int],
    threshold: float,
) -> Iterator[Maps]:
    """The maps of a refined box (4,), picture px, and the mask of a class over the picture."""
    from engine.detection.pipeline.mask_pasting import paste
    from engine.detection.queries.features import ask_roi

    for maps in ask_roi(workbench, inspection, box, label):
        if maps.mask_probs is None:
            yield Maps(maps, label)
            continue
        x, y, crop = paste(maps.mask_probs[label], box, inspection.trace.picture_size)
        if crop.size == 0:
            yield Maps(maps, label)
            continue
        edge = border(crop >= threshold, px=max(1, round(max(inspection.trace.picture_size) / 512)))
        soft = tint(crop * SOFT_ALPHA, color)
        yield Maps(maps, label, x, y, soft, tint(edge.astype(numpy.float32), (255, 255, 255)))


def border(inside: NDArray[numpy.bool_], *, px: int) -> NDArray[numpy.bool_]:
    """The rim of a region, inwards, so many pixels wide."""
    core = inside.copy()
    for _ in range(px):
        smaller = core.copy()
        smaller[1:] &= core[:-1]
        smaller[:-1] &= core[1:]
        smaller[:, 1:] &= core[:, :-1]
        smaller[:, :-1] &= core[:, 1:]
        core = smaller
    return inside & ~core


def tint(alpha: NDArray[numpy.float32], color: tuple[int, int, int]) -> QImage:
    """(h, w) opacities of 0 to 1 in one colour."""
    height, width = alpha.shape
    bgra = numpy.empty((height, width, 4), numpy.uint8)
    for channel, value in enumerate((color[2], color[1], color[0], 255)):
        bgra[..., channel] = (alpha * value + 0.5).astype(numpy.uint8)
    shared = QImage(
        bgra.data, width, height, bgra.strides[0], QImage.Format.Format_ARGB32_Premultiplied
    )
    return shared.copy()
