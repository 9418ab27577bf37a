"""Proposals of an RPN, kept with their recall on held-out pictures; and lent to a detector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.rpn import concat_box_prediction_layers
from torchvision.models.detection.transform import resize_boxes
from torchvision.ops import box_iou

from engine.training.datasets import Pictures
from engine.training.evaluation.progress import Progress

COUNTS = (50, 100, 300, 1000)
IOUS = (0.5, 0.7)
MEASURED_PICTURES = 100  # of the held-out ones, at most


@dataclass(frozen=True)
class Proposals:
    """What an RPN proposes on one picture, the most objectlike first.

    Attributes:
        boxes: (P, 4) float32 xyxy, picture pixels, P at most 1000.
        scores: (P,) float32, p(object).
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]


@dataclass(frozen=True)
class Measured:
    """Proposals of the held-out pictures.

    Attributes:
        recall: as `measure_recall` gives it.
        arrays: as `to_arrays` gives them.
    """

    recall: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]


@contextmanager
def _many(rpn: Any, count: int) -> Iterator[None]:
    """Let an RPN keep `count` proposals, on every level and after its NMS."""
    kept = rpn._pre_nms_top_n, rpn._post_nms_top_n
    rpn._pre_nms_top_n, rpn._post_nms_top_n = (
        {mode: max(number, count) for mode, number in kept[0].items()},
        dict.fromkeys(kept[1], count),
    )
    try:
        yield
    finally:
        rpn._pre_nms_top_n, rpn._post_nms_top_n = kept


@torch.no_grad()
def propose(model: GeneralizedRCNN, pixels: NDArray[np.uint8]) -> Proposals:
    """The proposals of one picture, up to the largest of `COUNTS`.

    Args:
        model: in eval mode.
        pixels: (H, W, 3) uint8 RGB.

    Source: torchvision, models/detection/rpn.py, `RegionProposalNetwork.forward`, which
    gives no scores; objectness as there, sigmoid of the logit.
    """
    device = next(model.parameters()).device
    image = torch.from_numpy(pixels).to(device).permute(2, 0, 1).float() / 255
    batch, _ = model.transform([image])
    features = list(model.backbone(batch.tensors).values())
    rpn = model.rpn
    objectness, deltas = rpn.head(features)
    anchors = rpn.anchor_generator(batch, features)
    counts = [int(level[0].numel()) for level in objectness]
    flat_scores, flat_deltas = concat_box_prediction_layers(objectness, deltas)
    decoded = rpn.box_coder.decode(flat_deltas, anchors).view(1, -1, 4)
    with _many(rpn, COUNTS[-1]):
        boxes, scores = rpn.filter_proposals(decoded, flat_scores, batch.image_sizes, counts)
    back = resize_boxes(boxes[0], list(batch.image_sizes[0]), list(image.shape[-2:]))
    return Proposals(back.cpu().numpy(), scores[0].cpu().numpy())


def measure_recall(
    proposals: Iterable[Proposals], objects: Iterable[NDArray[np.float32]]
) -> dict[str, Any]:
    """The share of objects that one of the first proposals of their picture overlaps enough.

    An object counts as found by itself, as in the paper's figure of recall: one proposal may
    find two objects.

    Args:
        proposals: of each picture, the best first.
        objects: (N, 4) xyxy boxes of each, in the same pixels.

    Returns:
        "pictures", "objects" and "recall", by IoU and by count: `["0.5"]["300"]`; None
        where there is no object.
    """
    best: list[NDArray[np.float64]] = []  # (N, counts) the best IoU among the first
    pictures = 0
    for found, truth in zip(proposals, objects, strict=True):
        pictures += 1
        # In float64: an overlap of exactly the threshold counts.
        boxes = (torch.from_numpy(np.asarray(side, np.float64)) for side in (truth, found.boxes))
        overlap = box_iou(*boxes).numpy()
        best.append(np.stack([overlap[:, :count].max(1, initial=0.0) for count in COUNTS], axis=1))
    table = np.concatenate(best) if best else np.zeros((0, len(COUNTS)))
    total = len(table)
    recall = {
        str(iou): {
            str(count): float((table[:, column] >= iou).mean()) if total else None
            for column, count in enumerate(COUNTS)
        }
        for iou in IOUS
    }
    return {"pictures": pictures, "objects": total, "recall": recall}


def to_arrays(
    proposals: Sequence[Proposals], pictures: Sequence[int]
) -> Mapping[str, NDArray[Any]]:
    """Proposals of many pictures as the arrays of a file: boxes, scores, picture numbers."""
    counts = [len(each.scores) for each in proposals]
    none = Proposals(np.zeros((0, 4), np.float32), np.zeros(0, np.float32))
    every = proposals or [none]
    return {
        "boxes": np.concatenate([each.boxes for each in every]),
        "scores": np.concatenate([each.scores for each in every]),
        "picture": np.repeat(np.asarray(pictures, np.int64), counts),
    }


def measure(
    model: GeneralizedRCNN, pictures: Pictures, indices: Sequence[int]
) -> Iterator[Progress | Measured]:
    """Propose on some pictures; nothing where there are none.

    Args:
        model: in eval mode.

    Yields:
        a `Progress` a picture, last the `Measured`.
    """
    found, objects = [], []
    for done, index in enumerate(indices, start=1):
        example = pictures.load(index)
        found.append(propose(model, example.pixels))
        objects.append(example.boxes)
        yield Progress(done, len(indices))
    if found:
        yield Measured(measure_recall(found, objects), to_arrays(found, indices))


class BorrowedRpn(nn.Module):
    """The RPN of another net, with that net's own features, in the place of a detector's RPN.

    Args:
        lender: the net that proposes; it is not trained.
    """

    def __init__(self, lender: GeneralizedRCNN) -> None:
        super().__init__()
        self.lender = lender

    @torch.no_grad()
    def forward(
        self, images: ImageList, features: Any, targets: Any = None
    ) -> tuple[list[Tensor], dict[str, Tensor]]:
        """As `RegionProposalNetwork.forward`; the features that it is given are not used."""
        self.lender.rpn.eval()
        boxes, _ = self.lender.rpn(images, self.lender.backbone(images.tensors))
        return boxes, {}
