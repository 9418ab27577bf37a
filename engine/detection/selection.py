"""From a trace and thresholds to what is shown; the network never runs again.

The same operators that the stock post-processing uses, on the pairs that the
stock pass computed: at every position of the thresholds the result equals
that of a model built with those values, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.detection.trace import StageTrace
from engine.errors import InputError


@dataclass(frozen=True)
class Thresholds:
    """What is shown.

    Attributes:
        score: pairs must be above it, 0 to 1.
        nms: a better box of the same class with an IoU above it suppresses, 0 to 1.
        max_detections: how many at most, over all classes.

    Raises:
        InputError: a value is outside its range.
    """

    score: float = 0.5
    nms: float = 0.5
    max_detections: int = 100

    def __post_init__(self) -> None:
        for name, value, high in (
            ("score", self.score, 1),
            ("nms", self.nms, 1),
            ("max-detections", self.max_detections, 1_000_000),
        ):
            low = 1 if name == "max-detections" else 0
            if not low <= value <= high:  # also false for NaN
                raise InputError("value.out_of_range", name=name, value=value, low=low, high=high)


@dataclass(frozen=True)
class Selection:
    """The detections at some thresholds, best first. D: detections, P: proposals.

    Attributes:
        thresholds: those used.
        proposal: (D,) int64, index into the trace's proposals.
        labels: (D,) int64, from 1.
        boxes: (D, 4) float32, picture px.
        scores: (D,) float32.
        stock: (D,) int64, index into the trace's own detections, whose mask
            and keypoints it shares; -1 where those have to be filled in.
        proposal_fate: (P,) uint8, the proposals' fates at these thresholds.
    """

    thresholds: Thresholds
    proposal: NDArray[np.int64]
    labels: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    stock: NDArray[np.int64]
    proposal_fate: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(proposal, label) of each detection."""
        return tuple(zip(self.proposal.tolist(), self.labels.tolist(), strict=True))

    @property
    def pending(self) -> tuple[tuple[int, int], ...]:
        """The pairs whose mask and keypoints the stock pass did not compute."""
        return tuple(pair for pair, stock in zip(self.pairs, self.stock, strict=True) if stock < 0)


def stock_thresholds(trace: StageTrace) -> Thresholds:
    """The thresholds at which the selection is the stock result."""
    return Thresholds(trace.score_threshold, trace.nms_threshold, trace.max_detections)


def select(trace: StageTrace, thresholds: Thresholds) -> Selection:
    """The detections of a trace at some thresholds.

    Equal, bit for bit, to what the same model gives on the processor when it
    is built with `box_score_thresh`, `box_nms_thresh` and
    `box_detections_per_img` of these values. (For a trace made on another
    device the NMS is the processor's: ties may fall otherwise there.)
    """
    import torch

    from engine.detection.filters import suppress

    # NumPy looks through all pairs: torch would wake its threads for it, which
    # takes longer than the work while a training keeps the cores busy.
    above, column = np.nonzero(trace.pair_scores[:, 1:] > np.float32(thresholds.score))
    proposal, labels, scores, boxes, fate = suppress(
        torch.from_numpy(above),
        torch.from_numpy(column + 1),
        torch.from_numpy(trace.pair_scores[above, column + 1]),
        torch.from_numpy(trace.pair_boxes[above, column + 1]),
        proposals=len(trace.proposals),
        nms=thresholds.nms,
        max_detections=thresholds.max_detections,
    )
    known = {
        pair: index
        for index, pair in enumerate(
            zip(trace.detection_proposal.tolist(), trace.labels.tolist(), strict=True)
        )
    }
    stock = [known.get(pair, -1) for pair in zip(proposal.tolist(), labels.tolist(), strict=True)]
    return Selection(
        thresholds=thresholds,
        proposal=proposal.numpy(),
        labels=labels.numpy(),
        boxes=trace.to_picture(boxes.numpy()),
        scores=scores.numpy(),
        stock=np.array(stock, np.int64),
        proposal_fate=fate,
    )


def anchor_fates(trace: StageTrace, selection: Selection) -> NDArray[np.uint8]:
    """(A,) uint8: every anchor's fate at the selection's thresholds."""
    fate = trace.fate.copy()
    fate[trace.proposal_anchor] = selection.proposal_fate
    return fate


def best_pair(trace: StageTrace) -> tuple[float, int, int] | None:
    """(score, proposal, label) of the best pair, shown or not; None without proposals.

    It answers "why is there nothing": how sure the model was at most.
    """
    scores = trace.pair_scores[:, 1:]
    if scores.size == 0:
        return None
    proposal, column = np.unravel_index(int(scores.argmax()), scores.shape)
    return float(scores[proposal, column]), int(proposal), int(column) + 1


def best_score(trace: StageTrace) -> float:
    """The best class score of all, 0 when there are no proposals."""
    best = best_pair(trace)
    return 0.0 if best is None else best[0]
