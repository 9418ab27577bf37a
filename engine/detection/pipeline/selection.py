"""From a trace and thresholds to what is shown; the network never runs again.

The same operators that the stock passes use, on what they computed. At the
model's own thresholds the result is the stock result; with other thresholds of
the RoI heads it equals that of a model built with them, bit for bit; with other
thresholds of the RPN too, up to pairs within rounding of a threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.rois import Rois, stock_rois
from engine.detection.pipeline.rpn_filter import RpnThresholds, filter_again
from engine.detection.pipeline.trace import StageTrace, funnel
from engine.errors import InputError

CLASS_SCORE = "class_score_"  # and a label: a change of that class's own score threshold


@dataclass(frozen=True)
class Thresholds:
    """What is shown. None stands for the model's own value.

    Attributes:
        score: pairs must be above it, 0 to 1.
        nms: a better box of the same class with an IoU above it suppresses, 0 to 1.
        max_detections: how many at most, over all classes.
        class_scores: (label, score) for classes with a score threshold of their own.
        class_agnostic: boxes suppress those of other classes too.
        mask: a pixel belongs to a mask from this probability on, 0 to 1.
        rpn_pre_nms_top_n: boxes of a level that enter the RPN's NMS at most.
        rpn_post_nms_top_n: proposals at most.
        rpn_score: the objectness that a proposal has at least, 0 to 1.
        rpn_nms: the RPN's own NMS, a level at a time.

    Raises:
        InputError: a value is outside its range.
    """

    score: float = 0.5
    nms: float = 0.5
    max_detections: int = 100
    class_scores: tuple[tuple[int, float], ...] = ()
    class_agnostic: bool = False
    mask: float = 0.5
    rpn_pre_nms_top_n: int | None = None
    rpn_post_nms_top_n: int | None = None
    rpn_score: float | None = None
    rpn_nms: float | None = None

    def __post_init__(self) -> None:
        fractions = ("score", "nms", "mask", "rpn_score", "rpn_nms")
        counts = ("max_detections", "rpn_pre_nms_top_n", "rpn_post_nms_top_n")
        checked = [(name, getattr(self, name), 0, 1) for name in fractions]
        checked += [(name, getattr(self, name), 1, 1_000_000) for name in counts]
        checked += [("score", value, 0, 1) for _, value in self.class_scores]
        for name, value, low, high in checked:
            if value is not None and not low <= value <= high:  # also false for NaN
                name = name.replace("_", "-")
                raise InputError("value.out_of_range", name=name, value=value, low=low, high=high)

    def rpn(self, trace: StageTrace) -> RpnThresholds:
        """The RPN's four, the model's own filled in."""
        own = (
            (self.rpn_pre_nms_top_n, trace.rpn_pre_nms_top_n),
            (self.rpn_post_nms_top_n, trace.rpn_post_nms_top_n),
            (self.rpn_score, trace.rpn_score_threshold),
            (self.rpn_nms, trace.rpn_nms_threshold),
        )
        pre, post, score, nms = (stock if given is None else given for given, stock in own)
        return RpnThresholds(int(pre), int(post), score, nms)

    def scores(self, classes: int) -> NDArray[np.float32]:
        """(C - 1,) float32: the score threshold of each of C classes but the background."""
        out = np.full(max(classes - 1, 0), self.score, np.float32)
        for label, score in self.class_scores:
            if 1 <= label < classes:
                out[label - 1] = score
        return out


@dataclass(frozen=True, eq=False)
class Selection:
    """The detections at some thresholds, best first. D: detections, P: proposals.

    Attributes:
        thresholds: those used.
        rois: the RoIs that were looked at.
        proposals: (P,) int64, rows of `rois` that are the proposals, best first.
        waiting: (W,) int64, anchors that are proposals too, but that the box
            head has not answered for.
        proposal: (D,) int64, row of `rois`.
        labels: (D,) int64, from 1.
        boxes: (D, 4) float32, picture px.
        scores: (D,) float32.
        stock: (D,) int64, index into the trace's own detections, whose mask
            and keypoints it shares; -1 where those have to be filled in.
        fate: (A,) uint8, every anchor's fate at these thresholds; of those
            that wait, "class_score".
    """

    thresholds: Thresholds
    rois: Rois
    proposals: NDArray[np.int64]
    waiting: NDArray[np.int64]
    proposal: NDArray[np.int64]
    labels: NDArray[np.int64]
    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    stock: NDArray[np.int64]
    fate: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """(row of `rois`, label) of each detection."""
        return tuple(zip(self.proposal.tolist(), self.labels.tolist(), strict=True))

    @property
    def pending(self) -> tuple[tuple[int, int], ...]:
        """The pairs whose mask and keypoints the stock pass did not compute."""
        return tuple(pair for pair, stock in zip(self.pairs, self.stock, strict=True) if stock < 0)

    @property
    def proposal_fate(self) -> NDArray[np.uint8]:
        """(P,) uint8: the fates of `proposals`."""
        return self.fate[self.rois.anchor[self.proposals]]

    @property
    def funnel(self) -> dict[str, int]:
        """How many anchors ended at each gate."""
        return funnel(self.fate)


def stock_thresholds(trace: StageTrace) -> Thresholds:
    """The thresholds at which the selection is the stock result."""
    return Thresholds(trace.score_threshold, trace.nms_threshold, trace.max_detections)


def apply_change(thresholds: Thresholds, change: Mapping[str, float]) -> Thresholds:
    """Thresholds with a suggested change.

    Args:
        change: names of fields, the score of a lower one for every class; `CLASS_SCORE` with
            a label for that class's own score threshold.
    """
    counts = ("max_detections", "rpn_pre_nms_top_n", "rpn_post_nms_top_n")
    own = dict(thresholds.class_scores)
    values: dict[str, Any] = {}
    for name, value in change.items():
        if name.startswith(CLASS_SCORE):
            own[int(name.removeprefix(CLASS_SCORE))] = value
        else:
            values[name] = int(value) if name in counts else value
    if "score" in values:
        own = {label: min(score, values["score"]) for label, score in own.items()}
    return replace(thresholds, **values, class_scores=tuple(own.items()))


def select(trace: StageTrace, thresholds: Thresholds, rois: Rois | None = None) -> Selection:
    """The detections of a trace at some thresholds.

    Equal, bit for bit, to what the same model gives on the processor when it
    is built with `box_score_thresh`, `box_nms_thresh` and
    `box_detections_per_img` of these values. (For a trace made on another
    device the NMS is the processor's: ties may fall otherwise there.)

    Args:
        rois: what the box head has answered, for other thresholds of the RPN.
    """
    import torch

    from engine.detection.pipeline.filters import suppress

    rois = stock_rois(trace) if rois is None else rois
    rpn = filter_again(trace, thresholds.rpn(trace))
    if rpn.anchor is trace.proposal_anchor:
        proposals, waiting = np.arange(rois.stock), rpn.anchor[:0]
        pair_scores, pair_boxes = rois.pair_scores[: rois.stock], rois.pair_boxes[: rois.stock]
    else:
        rows = rois.row_of[rpn.anchor].astype(np.int64)
        proposals, waiting = rows[rows >= 0], rpn.anchor[rows < 0]
        pair_scores, pair_boxes = rois.pair_scores[proposals], rois.pair_boxes
    # NumPy looks through all pairs: torch would wake its threads for it, which
    # takes longer than the work while a training keeps the cores busy.
    above, column = np.nonzero(pair_scores[:, 1:] > thresholds.scores(pair_scores.shape[1]))
    place, labels, scores, boxes, proposal_fate = suppress(
        torch.from_numpy(above),
        torch.from_numpy(column + 1),
        torch.from_numpy(pair_scores[above, column + 1]),
        torch.from_numpy(pair_boxes[proposals[above], column + 1]),
        proposals=len(proposals),
        nms=thresholds.nms,
        max_detections=thresholds.max_detections,
        class_agnostic=thresholds.class_agnostic,
    )
    proposal = proposals[place.numpy()]
    known = {
        pair: index
        for index, pair in enumerate(
            zip(trace.detection_proposal.tolist(), trace.labels.tolist(), strict=True)
        )
    }
    stock = [known.get(pair, -1) for pair in zip(proposal.tolist(), labels.tolist(), strict=True)]
    fate = rpn.fate.copy()
    fate[rois.anchor[proposals]] = proposal_fate
    return Selection(
        thresholds=thresholds,
        rois=rois,
        proposals=proposals,
        waiting=waiting,
        proposal=proposal,
        labels=labels.numpy(),
        boxes=trace.to_picture(boxes.numpy()),
        scores=scores.numpy(),
        stock=np.array(stock, np.int64),
        fate=fate,
    )


def entered_pairs(selection: Selection) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row of `rois` (N,) and label (N,), int64, of each pair above its score threshold.

    In the order in which the NMS gets them.
    """
    scores = selection.rois.pair_scores[selection.proposals]
    above, column = np.nonzero(scores[:, 1:] > selection.thresholds.scores(scores.shape[1]))
    return selection.proposals[above], column + 1


def anchor_fates(trace: StageTrace, selection: Selection) -> NDArray[np.uint8]:
    """(A,) uint8: every anchor's fate at the selection's thresholds."""
    return selection.fate


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
