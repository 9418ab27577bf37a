"""What one forward pass of a detector leaves behind: the frozen StageTrace.

Coordinates. A box is `x0, y0, x1, y1` in float32, continuous: the left edge
of the first pixel column is 0, the right edge of the last is the width.
*Network-input pixels* are those of the resized picture that the backbone
sees (its padding on the right and below included); *picture pixels* are those
of the file after its EXIF turn. A point goes from the first to the second
with two ratios, `picture_size / input_size`, one an axis. Sizes are
`(height, width)`.

No torch here: the window reads traces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

STAGES = ("input", "features", "rpn", "proposals", "boxes", "masks", "keypoints")

# The gate at which an anchor's box ended, in the order of the gates. A
# proposal that gave several (proposal, class) pairs is filed under the
# furthest gate that any of them reached.
FATE_NAMES = (
    "level_top_n",  # not among its level's best by objectness
    "size",  # clipped to the input it is narrower than the RPN's minimum
    "rpn_score",  # objectness below the RPN's score threshold
    "rpn_nms",  # a better box of the same level covers it
    "post_nms_top_n",  # beyond the number of proposals that are kept
    "class_score",  # a proposal, but no class above the score threshold
    "box_size",  # the refined box is empty
    "class_nms",  # a better box of the same class covers it
    "max_detections",  # beyond the number of detections that are kept
    "detected",
)
FIRST_PROPOSAL_FATE = FATE_NAMES.index("class_score")
FATE = {name: code for code, name in enumerate(FATE_NAMES)}


@dataclass(frozen=True)
class StageTrace:
    """One picture's way through a two-stage detector, as NumPy arrays.

    A: anchors, P: proposals of the stock pass, C: classes with the background
    as 0, D: detections of the stock pass, K: keypoints. The results (boxes,
    labels, scores, masks, keypoints) equal `model([image])` bit for bit.

    Attributes:
        picture_size: (height, width) of the picture.
        input_size: (height, width) of the resized picture, without padding.
        padded_size: (height, width) of the tensor that enters the backbone.
        feature_names: the feature maps' names, highest resolution first.
        feature_shapes: (channels, height, width) of each.
        anchors: (A, 4) float32, network-input px, in torchvision's order:
            level, row, column, shape.
        anchor_level: (A,) int64, index into `feature_names`.
        objectness: (A,) float32 logits.
        deltas: (A, 4) float32, as the RPN gives them.
        decoded: (A, 4) float32, anchors moved by their deltas, not clipped.
        fate: (A,) uint8, index into `fate_names`.
        proposal_anchor: (P,) int64, the anchor each proposal came from.
        proposals: (P, 4) float32, clipped, network-input px, best first.
        class_logits: (P, C) float32.
        roi_level: (P,) int64, the feature map the box head pooled from.
        pair_scores: (P, C) float32, softmax of the logits.
        pair_boxes: (P, C, 4) float32, refined and clipped, network-input px,
            as the stock post-processing sees them.
        detection_proposal: (D,) int64.
        boxes: (D, 4) float32, picture px, best first.
        labels: (D,) int64, from 1.
        scores: (D,) float32.
        mask_probs: (D, 28, 28) float32 of the predicted class, or None.
        keypoints: (D, K, 3) float32 x, y (picture px) and 1, or None.
        keypoint_scores: (D, K) float32, raw logits, or None.
        score_threshold, nms_threshold, max_detections: the model's own, of the RoI heads.
        rpn_pre_nms_top_n, rpn_post_nms_top_n, rpn_score_threshold,
            rpn_nms_threshold: the model's own, of the RPN.
        stage_seconds: how long each of `STAGES` that ran took.
    """

    picture_size: tuple[int, int]
    input_size: tuple[int, int]
    padded_size: tuple[int, int]
    feature_names: tuple[str, ...]
    feature_shapes: tuple[tuple[int, int, int], ...]
    anchors: NDArray[np.float32]
    anchor_level: NDArray[np.int64]
    objectness: NDArray[np.float32]
    deltas: NDArray[np.float32]
    decoded: NDArray[np.float32]
    fate: NDArray[np.uint8]
    proposal_anchor: NDArray[np.int64]
    proposals: NDArray[np.float32]
    class_logits: NDArray[np.float32]
    roi_level: NDArray[np.int64]
    pair_scores: NDArray[np.float32]
    pair_boxes: NDArray[np.float32]
    detection_proposal: NDArray[np.int64]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    mask_probs: NDArray[np.float32] | None
    keypoints: NDArray[np.float32] | None
    keypoint_scores: NDArray[np.float32] | None
    score_threshold: float
    nms_threshold: float
    max_detections: int
    rpn_pre_nms_top_n: int
    rpn_post_nms_top_n: int
    rpn_score_threshold: float
    rpn_nms_threshold: float
    fate_names: tuple[str, ...] = FATE_NAMES
    stage_seconds: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def masks(self) -> NDArray[np.float32] | None:
        """(D, 1, H, W) float32 soft masks at picture size, as `model([image])` gives them.

        Made anew at each call and large (4 bytes a pixel and detection): for
        drawing use `engine.detection.pipeline.mask_pasting.paste`.
        """
        from engine.detection.pipeline.mask_pasting import paste_all

        if self.mask_probs is None:
            return None
        return paste_all(self.mask_probs, self.boxes, picture_size=self.picture_size)[:, None]

    @property
    def proposal_fate(self) -> NDArray[np.uint8]:
        """(P,) uint8: the fates of the proposals."""
        return self.fate[self.proposal_anchor]

    def to_picture(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Network-input boxes (..., 4) xyxy in picture px, with torchvision's float32 ratios."""
        height, width = (
            np.float32(picture) / np.float32(network)
            for picture, network in zip(self.picture_size, self.input_size, strict=True)
        )
        return boxes * np.array([width, height, width, height], np.float32)

    def from_picture(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Picture boxes (..., 4) xyxy in network-input px."""
        height, width = (
            np.float32(network) / np.float32(picture)
            for picture, network in zip(self.picture_size, self.input_size, strict=True)
        )
        return boxes * np.array([width, height, width, height], np.float32)

    def clipped(self, anchor: NDArray[np.int64] | int | slice = slice(None)) -> NDArray[np.float32]:
        """Decoded boxes (n, 4) xyxy, network-input px, cut to the input.

        So the RPN's filter and the head get them.
        """
        height, width = self.input_size
        return self.decoded[anchor].clip(0, np.array([width, height, width, height], np.float32))

    def arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        """Name and array, of the shapes above, of everything that goes into an npz file."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name == "stage_seconds" or value is None:
                continue
            yield each.name, np.asarray(value)


def funnel(fate: NDArray[np.uint8]) -> dict[str, int]:
    """How many anchors ended at each gate, in the order of the gates.

    Args:
        fate: (A,) uint8, indices into `FATE_NAMES`.
    """
    counts = np.bincount(fate, minlength=len(FATE_NAMES))
    return {name: int(count) for name, count in zip(FATE_NAMES, counts, strict=True)}
