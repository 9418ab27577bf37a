"""Which anchors learn an object: torchvision's own matcher on the net's own anchors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.transform import resize_boxes

from engine.detection.models import backbones, builders
from engine.detection.models.builders import Architecture

AT_ONCE = 8192  # anchors of a table that stay in the processor's cache
DIVISIBLE = 32  # what torchvision pads sides to


@dataclass(frozen=True, eq=False)
class AnchorMatches:
    """How the T objects of one picture meet its anchors, at the size that the net sees.

    Attributes:
        boxes: (T, 4) float32 xyxy, network px.
        iou: (T,) float32, with the best anchor.
        level: (T,) int64, the pyramid level of that anchor, 0 the highest resolution.
        count: (T,) int64, anchors that learn the object; 0 for no signal from the RPN.
        taken_by: (T,) int64, the object that the best anchor learns, -1 for none or itself.
    """

    boxes: NDArray[np.float32]
    iou: NDArray[np.float32]
    level: NDArray[np.int64]
    count: NDArray[np.int64]
    taken_by: NDArray[np.int64]


class AnchorMatcher:
    """Matches objects with the anchors of a net, without its weights.

    A picture is resized and padded as `GeneralizedRCNNTransform` does it alone; beside a
    larger one in its batch its padding, and with it the last column of anchors, may differ.

    Args:
        architecture: of the net; on the meta device it costs no memory.
    """

    def __init__(self, architecture: Architecture) -> None:
        self._net = builders.sketch(lambda: builders.build(architecture))
        self._strides = backbones.STRIDES[-builders.levels(architecture) :]
        self._matcher = self._net.rpn.proposal_matcher
        self._anchors = lru_cache(maxsize=8)(self._make_anchors)

    @property
    def low(self) -> float:
        """The IoU below which an anchor is background."""
        return float(self._matcher.low_threshold)

    @property
    def high(self) -> float:
        """The IoU from which an anchor is an object's."""
        return float(self._matcher.high_threshold)

    def resize(
        self, size: tuple[int, int], boxes: NDArray[np.float32]
    ) -> tuple[tuple[int, int], NDArray[np.float32]]:
        """The (height, width) that the net sees of a picture, and boxes (T, 4) xyxy in it.

        Source: torchvision, transform.py, `_resize_image_and_masks`.
        """
        transform = self._net.transform
        least, most = transform.min_size[-1], transform.max_size
        scale = min(least / min(size), most / max(size))
        seen = math.floor(size[0] * scale), math.floor(size[1] * scale)
        moved: NDArray[np.float32] = resize_boxes(torch.from_numpy(boxes), size, seen).numpy()
        return seen, moved

    def match(self, size: tuple[int, int], boxes: NDArray[np.float32]) -> AnchorMatches:
        """Match objects with anchors.

        Args:
            size: (height, width) of the picture.
            boxes: (T, 4) float32 xyxy, picture px, each with an area.

        Source: torchvision, rpn.py, `assign_targets_to_anchors`; _utils.py, `Matcher`.
        """
        (height, width), seen = self.resize(size, boxes)
        if not len(boxes):
            nothing = np.zeros(0, np.int64)
            return AnchorMatches(seen, np.zeros(0, np.float32), nothing, nothing, nothing)
        anchors, levels = self._anchors(height, width)
        table = iou_table(torch.from_numpy(seen), anchors)  # as large as training makes it
        owner = self._matcher(table)
        best, where = table.max(1)
        count = torch.bincount(owner[owner >= 0], minlength=len(boxes))
        taken = torch.where(count == 0, owner[where], torch.tensor(-1))
        return AnchorMatches(
            seen,
            best.numpy(),
            levels[where].numpy(),
            count.numpy(),
            torch.where(taken == torch.arange(len(boxes)), torch.tensor(-1), taken).numpy(),
        )

    def _make_anchors(self, height: int, width: int) -> tuple[Tensor, Tensor]:
        """(A, 4) xyxy in network px of a picture of this size, and their (A,) levels.

        The maps' sizes follow from the strides: sides are padded to multiples of the largest,
        and the pooled level has every second cell. A forward on the meta device would tell
        them, too, and would load torch's compiler for it.
        """
        padded = [-(-side // DIVISIBLE) * DIVISIBLE for side in (height, width)]
        cells = [[side // stride for side in padded] for stride in self._strides]
        cells.append([-(-side // 2) for side in cells[-1]])
        # Only shapes are asked for; one number stands for all of a map.
        maps = [torch.zeros(1).expand(1, 1, *each) for each in cells]
        generator = self._net.rpn.anchor_generator
        images = torch.empty((1, 3, *padded), device="meta")
        (anchors,) = generator(ImageList(images, [(height, width)]), maps)
        counts = [
            rows * columns * number
            for (rows, columns), number in zip(
                cells, generator.num_anchors_per_location(), strict=True
            )
        ]
        return anchors, torch.repeat_interleave(torch.arange(len(cells)), torch.tensor(counts))


def iou_table(boxes: Tensor, anchors: Tensor) -> Tensor:
    """(T, A) float32 IoU of boxes (T, 4) and anchors (A, 4) xyxy.

    The same operations as torchvision's `box_iou`, so the same numbers, on columns that lie
    side by side in memory: a seventh of the time.
    """
    table = torch.empty((len(boxes), len(anchors)))
    x0, y0, x1, y1 = (boxes[:, side, None] for side in range(4))
    areas = (x1 - x0) * (y1 - y0)
    for start in range(0, len(anchors), AT_ONCE):
        left, top, right, bottom = anchors[start : start + AT_ONCE].T.contiguous()
        width = (torch.minimum(x1, right) - torch.maximum(x0, left)).clamp_(min=0)
        height = (torch.minimum(y1, bottom) - torch.maximum(y0, top)).clamp_(min=0)
        shared = width.mul_(height)
        whole = areas + (right - left) * (bottom - top) - shared
        torch.div(shared, whole, out=table[:, start : start + AT_ONCE])
    return table
