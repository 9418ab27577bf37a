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
    boxes laid over each other: on a level of large strides small anchors fit few objects, so
    that clusters are not always better. Of the two clusterings the better is given.

    Args:
        labels: of a check with the same architecture.
    """
    current = architecture.anchor_sizes
    roots = root_areas([each.seen for each in labels])
    threshold = AnchorMatcher(architecture).high
    objects = max(len(roots), 1)
    before = sum(int((each.iou >= threshold).sum()) for each in labels) / objects
    found: list[tuple[float, tuple[int, ...]]] = []
    done = 0
    candidates = {cluster_sizes(roots, len(current), by_ratio=each): None for each in (True, False)}
    for sizes in candidates:
        matcher = AnchorMatcher(replace(architecture, anchor_sizes=sizes))
        fit = 0
        for each in labels:
            fit += int((matcher.match(each.size, each.boxes).iou >= threshold).sum())
            done += 1
            yield Progress(done, len(candidates) * len(labels))
        found.append((fit / objects, sizes))
    after, sizes = max(found, key=lambda each: each[0])
    yield AnchorProposal(sizes, current, threshold, before, after)


def cluster_sizes(
    sizes: NDArray[np.float64], count: int, *, by_ratio: bool = True
) -> tuple[int, ...]:
    """`count` rising sizes from square roots of areas (N,), by k-means.

    It begins at the quantiles, so that the same boxes give the same sizes. Where there are
    fewer sizes than levels, doubled ones follow.

    Args:
        by_ratio: whether sizes are as far apart as their ratio says, as an IoU has it, and not
            their difference.

    Source: Redmon and Farhadi 2017 (arXiv 1612.08242), dimension clusters.
    """
    places = np.maximum(sizes, LEAST) if len(sizes) else np.array([32.0])
    places = np.log(places) if by_ratio else places
    centres = np.quantile(places, (np.arange(count) + 0.5) / count)
    for _ in range(ROUNDS):
        nearest = np.abs(places[:, None] - centres[None]).argmin(1)
        own = [places[nearest == k] for k in range(count)]
        moved = np.array([part.mean() if len(part) else centres[k] for k, part in enumerate(own)])
        if np.allclose(moved, centres, atol=1e-9):
            break
        centres = moved
    found: list[int] = []
    for size in np.sort(np.exp(centres) if by_ratio else centres):
        rounded = max(round(float(size)), round(LEAST))
        found.append(rounded if not found or rounded > found[-1] else found[-1] * 2)
    return tuple(found)
