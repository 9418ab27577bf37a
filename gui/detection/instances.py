"""What is shown of an inspection at some thresholds: instances ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy
from PySide6.QtGui import QImage

from gui.detection.overlay_colors import instance_color

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.selection import Selection

Pair = tuple[int, int]  # (proposal, label)
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in picture px

INTERIOR_ALPHA = 0.36
EDGE_ALPHA = 0.95


@dataclass(frozen=True, eq=False)
class MaskImage:
    """One instance's mask, coloured, cut to its box.

    Attributes:
        x, y: the image's corner in the picture, px.
        image: premultiplied ARGB at picture resolution.
        area: picture pixels inside the mask.
        inside: (h, w) bool, the same crop.
        threshold: a pixel is inside from this probability on.
    """

    x: int
    y: int
    image: QImage
    area: int
    inside: NDArray[numpy.bool_]
    threshold: float = 0.5

    def covers(self, x: float, y: float) -> bool:
        """Whether a picture point lies in the mask."""
        column, row = int(x) - self.x, int(y) - self.y
        height, width = self.inside.shape
        return 0 <= row < height and 0 <= column < width and bool(self.inside[row, column])


@dataclass(frozen=True, eq=False)
class Instance:
    """One shown detection.

    Attributes:
        pair: (proposal, label), its name as long as the inspection lives.
        number: rank by score, from 1.
        label: class index, from 1.
        name: class name.
        score: 0 to 1.
        box: x0, y0, x1, y1 in picture px.
        color: RGB, kept while the sliders move.
        mask: None when the model has none, or it is not there yet.
        keypoints: (K, 3) x, y, logit in picture px, or None.
        pending: mask or keypoints are still on their way.
    """

    pair: Pair
    number: int
    label: int
    name: str
    score: float
    box: Box
    color: tuple[int, int, int]
    mask: MaskImage | None
    keypoints: NDArray[numpy.float32] | None
    pending: bool

    @property
    def area(self) -> float:
        """Pixels of the mask; of the box where there is no mask."""
        if self.mask is not None:
            return float(self.mask.area)
        x0, y0, x1, y1 = self.box
        return (x1 - x0) * (y1 - y0)


def paint_mask(
    prob: NDArray[numpy.float32],
    box: NDArray[numpy.float32],
    *,
    picture_size: tuple[int, int],
    color: tuple[int, int, int],
    threshold: float = 0.5,
) -> MaskImage:
    """Colour a soft mask's part of at least `threshold`. Runs on a worker: it needs torch.

    Args:
        prob: (28, 28) of the predicted class.
        box: (4,) picture px.
        picture_size: (height, width).
    """
    from engine.detection.pipeline.mask_pasting import paste

    x, y, crop = paste(prob, box, picture_size)
    inside = crop >= threshold
    height, width = inside.shape
    edge_px = max(1, round(max(picture_size) / 640))
    core = inside.copy()
    for _ in range(edge_px):
        smaller = core.copy()
        smaller[1:] &= core[:-1]
        smaller[:-1] &= core[1:]
        smaller[:, 1:] &= core[:, :-1]
        smaller[:, :-1] &= core[:, 1:]
        core = smaller
    alpha = numpy.where(core, INTERIOR_ALPHA, EDGE_ALPHA) * inside  # (h, w)
    bgra = numpy.empty((height, width, 4), numpy.uint8)
    for channel, value in enumerate((color[2], color[1], color[0], 255)):
        bgra[..., channel] = (alpha * value + 0.5).astype(numpy.uint8)
    shared = QImage(
        bgra.data, width, height, bgra.strides[0], QImage.Format.Format_ARGB32_Premultiplied
    )
    return MaskImage(x, y, shared.copy(), int(inside.sum()), inside, threshold)


@dataclass
class Details:
    """Masks, keypoints and colours of the pairs of one inspection, as far as they are known."""

    colors: dict[Pair, tuple[int, int, int]] = field(default_factory=dict)
    masks: dict[Pair, MaskImage] = field(default_factory=dict)
    probs: dict[Pair, NDArray[numpy.float32]] = field(default_factory=dict)  # (28, 28) each
    keypoints: dict[Pair, NDArray[numpy.float32]] = field(default_factory=dict)
    filled: set[Pair] = field(default_factory=set)

    def color(self, pair: Pair) -> tuple[int, int, int]:
        """The pair's colour, chosen when it is first asked for."""
        if pair not in self.colors:
            self.colors[pair] = instance_color(len(self.colors))
        return self.colors[pair]


def instances(
    inspection: Inspection, selection: Selection, details: Details
) -> tuple[Instance, ...]:
    """The detections of a selection, best first."""
    wants_detail = inspection.trace.mask_probs is not None or inspection.trace.keypoints is not None
    shown = []
    for k in range(len(selection.labels)):
        label = int(selection.labels[k])
        pair = (int(selection.proposal[k]), label)
        x0, y0, x1, y1 = (float(value) for value in selection.boxes[k])
        shown.append(
            Instance(
                pair=pair,
                number=k + 1,
                label=label,
                name=inspection.model.class_name(label),
                score=float(selection.scores[k]),
                box=(x0, y0, x1, y1),
                color=details.color(pair),
                mask=details.masks.get(pair),
                keypoints=details.keypoints.get(pair),
                pending=wants_detail and pair not in details.filled,
            )
        )
    return tuple(shown)


def as_box(corners: NDArray[numpy.float32]) -> Box:
    """(4,) as plain numbers."""
    x0, y0, x1, y1 = (float(value) for value in corners)
    return x0, y0, x1, y1


def hit(shown: tuple[Instance, ...], x: float, y: float) -> Instance | None:
    """The detection at a picture point: the smallest mask there, else the smallest box."""
    boxed = [i for i in shown if i.box[0] <= x <= i.box[2] and i.box[1] <= y <= i.box[3]]
    masked = [i for i in boxed if i.mask is not None and i.mask.covers(x, y)]
    return min(masked or boxed, key=lambda i: i.area, default=None)
