"""Anchor sizes made from the boxes of the data, and what they would gain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.detection.models.builders import Architecture
from engine.training.data_check.anchors import AnchorMatcher
from engine.training.data_check.progress import Progress
from engine.training.data_check.statistics import PictureLabels, root_areas

ROUNDS = 100  # of k-means at most
LEAST = 2.0  # px, a side of an anchor


@dataclass(frozen=True)
class AnchorProposal:
    """Anchor sizes for a data set.

    Attributes:
        sizes: proposed, one a level, network px, the highest resolution first.
        current: the net's own.
        threshold: the IoU from which an anchor is an object's, whatever others do.
        before, after: share of the objects whose best anchor fits, with `current` and `sizes`.
    """

    sizes: tuple[int, ...]
    current: tuple[int, ...]
    threshold: float
    before: float
    after: float

    @property
    def better(self) -> bool:
        """Whether more objects have an anchor that fits."""
        return self.after > self.before


def propose_anchors(
    architecture: Architecture, labels: Sequence[PictureLabels]
) -> Iterator[Progress | AnchorProposal]:
    """Cluster the sizes of the boxes, and match all objects with the anchors that they make.

    The ratios stay the net's own. The gain is of the anchors where they really lie, not of
    boxes laid over each other.

    Args:
        labels: of a check with the same architecture.
    """
    current = architecture.anchor_sizes
    sizes = cluster_sizes(root_areas([each.seen for each in labels]), len(current))
    matcher = AnchorMatcher(replace(architecture, anchor_sizes=sizes))
    threshold = matcher.high
    before = after = objects = 0
    for number, each in enumerate(labels):
        objects += len(each.boxes)
        before += int((each.iou >= threshold).sum())
        after += int((matcher.match(each.size, each.boxes).iou >= threshold).sum())
        yield Progress(number + 1, len(labels))
    whole = max(objects, 1)
    yield AnchorProposal(sizes, current, threshold, before / whole, after / whole)


def cluster_sizes(sizes: NDArray[np.float64], count: int) -> tuple[int, ...]:
    """`count` rising sizes from square roots of areas (N,), by k-means on their logarithms.

    It begins at the quantiles, so that the same boxes give the same sizes; logarithms, since an
    IoU depends on a ratio of sizes. Where there are fewer sizes than levels, doubled ones follow.

    Source: Redmon and Farhadi 2017 (arXiv 1612.08242), dimension clusters.
    """
    logs = np.log(np.maximum(sizes, LEAST))
    if not len(logs):
        logs = np.log(np.array([32.0]))
    centres = np.quantile(logs, (np.arange(count) + 0.5) / count)
    for _ in range(ROUNDS):
        nearest = np.abs(logs[:, None] - centres[None]).argmin(1)
        moved = np.array(
            [
                logs[nearest == k].mean() if (nearest == k).any() else centres[k]
                for k in range(count)
            ]
        )
        if np.allclose(moved, centres, atol=1e-9):
            break
        centres = moved
    found: list[int] = []
    for size in np.sort(np.exp(centres)):
        rounded = max(round(float(size)), round(LEAST))
        found.append(rounded if not found or rounded > found[-1] else found[-1] * 2)
    return tuple(found)
