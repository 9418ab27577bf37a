"""What is drawn, tabled and exported: the detections of one picture.

Made from a trace, a selection of it, and what was filled in since. No torch
here: the window and every export read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.detection.pipeline.mask_pasting import paste
from engine.detection.pipeline.selection import Selection
from engine.detection.pipeline.trace import StageTrace
from engine.detection.skeleton import skeleton

Pair = tuple[int, int]  # (proposal, label)
KEPT_PIXELS = 1 << 20  # of a hard mask, at most, to be kept between two uses


@dataclass(frozen=True)
class ModelFacts:
    """What there is to know about the model that made a trace.

    Attributes:
        name: the zoo's name.
        title: for people.
        classes: the class names; label 1 is the first.
        keypoint_names: (K,), empty without keypoints.
        has_masks, has_keypoints: which heads it has.
        keypoint_classes: the classes whose keypoints mean something; empty for all.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    keypoint_names: tuple[str, ...] = ()
    has_masks: bool = False
    has_keypoints: bool = False
    keypoint_classes: tuple[str, ...] = ()

    @property
    def skeleton(self) -> tuple[tuple[int, int], ...]:
        """Pairs of keypoint indices that are joined by a line."""
        return skeleton(self.keypoint_names)

    def class_name(self, label: int) -> str:
        """The name of a label; `class 7` where the model has no name for it."""
        return self.classes[label - 1] if 1 <= label <= len(self.classes) else f"class {label}"


@dataclass(frozen=True, eq=False)
class Filled:
    """Masks and keypoints of pairs that the stock pass did not compute.

    Attributes:
        pairs: (proposal, label), n of them.
        mask_probs: (n, 28, 28) float32, or None.
        keypoints: (n, K, 3) float32, picture px, or None.
        keypoint_scores: (n, K) float32, or None.
    """

    pairs: tuple[Pair, ...]
    mask_probs: NDArray[np.float32] | None
    keypoints: NDArray[np.float32] | None
    keypoint_scores: NDArray[np.float32] | None


@dataclass(frozen=True, eq=False)
class Detections:
    """The detections of one picture, best first. N: detections, K: keypoints.

    Attributes:
        model: whose they are.
        picture_size: (height, width).
        boxes: (N, 4) float32, picture px.
        labels: (N,) int64, from 1.
        scores: (N,) float32.
        pairs: (proposal, label) of each, its identity under sliders.
        ready: (N,) bool, False while mask and keypoints are still to be filled.
        mask_probs: (N, 28, 28) float32, zeros where not ready; None without masks.
        keypoints: (N, K, 3) float32, x, y in picture px and 1; zeros where not
            ready; None without keypoints.
        keypoint_scores: (N, K) float32, raw logits, or None.
        mask_threshold: a pixel belongs to a mask from this probability on.
    """

    model: ModelFacts
    picture_size: tuple[int, int]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    scores: NDArray[np.float32]
    pairs: tuple[Pair, ...]
    ready: NDArray[np.bool_]
    mask_probs: NDArray[np.float32] | None = None
    keypoints: NDArray[np.float32] | None = None
    keypoint_scores: NDArray[np.float32] | None = None
    mask_threshold: float = 0.5

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The class name of each."""
        return tuple(self.model.class_name(int(label)) for label in self.labels)

    @property
    def pending(self) -> tuple[Pair, ...]:
        """The pairs that `engine.detection.pipeline.inference.fill` has yet to answer."""
        return tuple(pair for pair, ready in zip(self.pairs, self.ready, strict=True) if not ready)

    def only(self, rows: Sequence[int]) -> Detections:
        """Some of the detections, by their rows, in that order."""
        index = np.asarray(rows, np.int64)

        def taken(values: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
            return None if values is None else values[index]

        return replace(
            self,
            boxes=self.boxes[index],
            labels=self.labels[index],
            scores=self.scores[index],
            pairs=tuple(self.pairs[row] for row in rows),
            ready=self.ready[index],
            mask_probs=taken(self.mask_probs),
            keypoints=taken(self.keypoints),
            keypoint_scores=taken(self.keypoint_scores),
        )

    def points(self, index: int) -> NDArray[np.float32] | None:
        """The keypoints (K, 3) float32 of one: x, y in picture px, and 1.

        None where its class or the model has none, or they are still pending.
        """
        meant = self.model.keypoint_classes
        if self.keypoints is None or not self.ready[index]:
            return None
        return None if meant and self.names[index] not in meant else self.keypoints[index]

    def crop(self, index: int) -> tuple[int, int, NDArray[np.float32]]:
        """The soft mask of one inside its box: x0, y0 (picture px) and (h, w) float32, 0 to 1.

        Raises:
            ValueError: the model has no masks.
        """
        if self.mask_probs is None:
            raise ValueError("this model gives no masks")
        return paste(self.mask_probs[index], self.boxes[index], self.picture_size)

    def bits(self, index: int) -> tuple[int, int, NDArray[np.bool_]]:
        """The hard mask of one inside its box: x0, y0 (picture px) and (h, w) bool, kept.

        Raises:
            ValueError: the model has no masks.
        """
        held = self._bits.get(index)
        if held is None:
            x0, y0, crop = self.crop(index)
            held = x0, y0, crop >= np.float32(self.mask_threshold)
            if crop.size <= KEPT_PIXELS:
                self._bits[index] = held
        return held

    @cached_property
    def _bits(self) -> dict[int, tuple[int, int, NDArray[np.bool_]]]:
        return {}


def gather(
    trace: StageTrace,
    selection: Selection,
    model: ModelFacts,
    filled: Iterable[Filled] = (),
) -> Detections:
    """The detections of a selection, with all masks and keypoints known so far.

    Args:
        filled: answers of `engine.detection.pipeline.inference.fill` for the same trace, in
            any order.
    """
    late = _index(filled)
    count = len(selection)
    wanted = trace.mask_probs is not None or trace.keypoints is not None
    stock = selection.stock
    ready = np.full(count, not wanted) | (stock >= 0)
    places = [
        (row, late[pair])
        for row, pair in enumerate(selection.pairs)
        if stock[row] < 0 and pair in late
    ]
    ready[[row for row, _ in places]] = True

    def collect(name: str) -> NDArray[np.float32] | None:
        known = getattr(trace, name)
        if known is None:
            return None
        out = np.zeros((count, *known.shape[1:]), np.float32)
        out[stock >= 0] = known[stock[stock >= 0]]
        for row, (answer, index) in places:
            out[row] = getattr(answer, name)[index]
        return out

    return Detections(
        model=model,
        picture_size=trace.picture_size,
        boxes=selection.boxes,
        labels=selection.labels,
        scores=selection.scores,
        pairs=selection.pairs,
        ready=ready,
        mask_probs=collect("mask_probs"),
        keypoints=collect("keypoints"),
        keypoint_scores=collect("keypoint_scores"),
        mask_threshold=selection.thresholds.mask,
    )


def _index(filled: Iterable[Filled]) -> Mapping[Pair, tuple[Filled, int]]:
    return {pair: (answer, index) for answer in filled for index, pair in enumerate(answer.pairs)}
