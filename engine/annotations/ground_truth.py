"""Ground truth of pictures, and how detections match it. No torch here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.files import PictureHead
from engine.annotations.mask_encoding import decode_outline, encode_mask, encode_outline
from engine.annotations.remarks import Reason, Tally
from engine.annotations.sizes import Fit, fit
from engine.annotations.values import Unusable
from engine.detection.detections import Detections

SMALL_AREA, LARGE_AREA = 32.0**2, 96.0**2  # px, as COCO divides objects


@dataclass(frozen=True, eq=False)
class TruthObject:
    """One object that somebody marked.

    Attributes:
        name: its class.
        box: (4,) float32 xyxy, picture px.
        polygons: each (n, 2) float32 x, y, picture px; empty without outlines.
        run_lengths: a COCO mask instead of polygons, or None.
        area: px, of its mask where the file says so, else of its box.
        ignore: a crowd or a difficult one: neither to be found nor to be counted against.
        number: its class as a number from 0, in files that name classes by number.
        keypoints: name, x, y in picture px, and visible (0, 1 or 2, as COCO has it) of each.
    """

    name: str
    box: NDArray[np.float32]
    polygons: tuple[NDArray[np.float32], ...] = ()
    run_lengths: dict[str, Any] | None = None
    area: float = 0.0
    ignore: bool = False
    number: int | None = None
    keypoints: tuple[tuple[str, float, float, float], ...] = ()

    def fitted(self, to: Fit) -> TruthObject:
        """The same object in the picture of another size that `to` describes."""
        run_lengths = self.run_lengths
        if run_lengths is not None:
            whole = encode_outline(run_lengths, *to.told)
            assert whole is not None, "run lengths are an outline"
            run_lengths = encode_mask(to.mask(decode_outline(whole)))
        outlines = (to.points(outline.astype(np.float64)) for outline in self.polygons)
        return replace(
            self,
            box=to.box(self.box.astype(np.float64)).astype(np.float32),
            polygons=tuple(outline.astype(np.float32) for outline in outlines),
            run_lengths=run_lengths,
            area=self.area * to.area,
        )

    @property
    def size(self) -> str:
        """ "small", "medium" or "large", by COCO's limits."""
        area = self.area or float(np.prod(self.box[2:] - self.box[:2]))
        return "small" if area < SMALL_AREA else "medium" if area < LARGE_AREA else "large"

    def mask(self, height: int, width: int) -> dict[str, Any] | None:
        """Its mask as COCO's compressed run lengths; None where only its box is known."""
        try:
            return encode_outline(self.run_lengths or self.polygons, height, width)
        except Unusable:  # of another size than the picture's
            return None

    def label(self, classes: Sequence[str]) -> int | None:
        """Its label, from 1, among a model's classes; None when the model does not know it."""
        if self.name in classes:
            return classes.index(self.name) + 1
        if self.number is not None and self.number < len(classes):
            return self.number + 1
        return None


@dataclass(frozen=True, eq=False)
class GroundTruth:
    """The objects of one picture.

    Attributes:
        file_name: the picture's base name.
        picture_size: (height, width) by the file, or None.
        objects: all of them.
        source: the file they come from.
        format: of `engine.export.formats.FORMATS`.
        left_out: reason -> objects, or parts of objects, that could not be used.
        change: what was done to fit the picture's size, a key of `remarks.CHANGES`, or "".
    """

    file_name: str
    picture_size: tuple[int, int] | None
    objects: tuple[TruthObject, ...]
    source: Path
    format: str
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    change: str = ""

    def fitted(self, picture: Path, head: PictureHead) -> GroundTruth:
        """The objects as they lie in the picture that is there, whatever size the file gives.

        Raises:
            InputError: the sizes disagree, and it is not plain how to turn or scale.
        """
        to = fit(self.picture_size or head.size, head, picture, self.source)
        left_out, objects = Counter(self.left_out), []
        for each in self.objects:
            reason = _useless(each.box, to.told)
            if reason is not None:
                left_out[reason] += 1
            else:
                objects.append(each.fitted(to) if to.change else each)
        return replace(
            self,
            file_name=picture.name,
            picture_size=head.size,
            objects=tuple(objects),
            left_out=left_out,
            change=to.change,
        )

    def tally(self) -> Tally:
        """What was read, left out and changed."""
        told = Tally()
        told.add(len(self.objects), self.left_out, self.change, self.file_name)
        return told

    @property
    def boxes(self) -> NDArray[np.float32]:
        """(T, 4) float32 xyxy, picture px."""
        return np.array([each.box for each in self.objects], np.float32).reshape(-1, 4)


def _useless(box: NDArray[np.float32], size: tuple[int, int]) -> Reason | None:
    """Why a box (4,) xyxy can never be found in a picture of (height, width); else None."""
    if not (box[2:] > box[:2]).all():
        return Reason("object.area")
    inside = (box[:2] < (size[1], size[0])).all() and (box[2:] > 0).all()
    return None if inside else Reason("object.outside")


@dataclass(frozen=True, eq=False)
class Entry:
    """One picture of a file of annotations, read when it is asked for.

    Attributes:
        name: the picture's path as the file gives it, with slashes; "" where the file is only
            known to be of the picture that is called as it is.
        read: gives the objects, in the size that the file has; is told the picture's head.
    """

    name: str
    read: Callable[[PictureHead], GroundTruth]


@dataclass(frozen=True, eq=False)
class AnnotationFile:
    """What a file of annotations holds.

    Attributes:
        source: the file.
        entries: its pictures.
        left_out: what belongs to none of them and could not be used.
        shared: whether it is a file for many pictures; else it is called as its own.
        scored: whether it holds a model's answers.
    """

    source: Path
    entries: tuple[Entry, ...]
    left_out: Mapping[Reason, int] = field(default_factory=dict)
    shared: bool = False
    scored: bool = False


def file_of(truth: GroundTruth) -> AnnotationFile:
    """A file of one picture."""

    def read(_head: PictureHead) -> GroundTruth:
        return truth

    return AnnotationFile(truth.source, (Entry(truth.file_name, read),))


@dataclass(frozen=True, eq=False)
class Matching:
    """Which detection found which object. D: detections, T: objects.

    Attributes:
        iou: what counts as found.
        truth_of: (D,) int64, the object each detection found, -1 for none.
        detection_of: (T,) int64, the detection that found each object, -1 for none.
        overlaps: (D, T) float32 IoU; with an object to ignore, the covered part of the detection.
        ignored: (D,) bool, detections that count neither way.
        wanted: (T,) bool, objects that are to be found.
    """

    iou: float
    truth_of: NDArray[np.int64]
    detection_of: NDArray[np.int64]
    overlaps: NDArray[np.float32]
    ignored: NDArray[np.bool_]
    wanted: NDArray[np.bool_] = field(repr=False)

    @property
    def tp(self) -> tuple[int, ...]:
        """Detections that found an object."""
        return tuple(np.flatnonzero((self.truth_of >= 0) & ~self.ignored).tolist())

    @property
    def fp(self) -> tuple[int, ...]:
        """Detections of nothing."""
        return tuple(np.flatnonzero((self.truth_of < 0) & ~self.ignored).tolist())

    @property
    def fn(self) -> tuple[int, ...]:
        """Objects that nothing found."""
        return tuple(np.flatnonzero((self.detection_of < 0) & self.wanted).tolist())


def match(detections: Detections, truth: GroundTruth, iou: float = 0.5) -> Matching:
    """Which detection found which object, by COCO's rule.

    Best first, each detection takes the free object of its class that it overlaps
    most, from an IoU of `iou` on; an object to ignore takes any number, but only when
    no other is left. Objects of classes that the model does not know are not wanted.

    Source: pycocotools, cocoeval.py, `evaluateImg`.
    """
    classes = detections.model.classes
    labels = np.array([each.label(classes) or 0 for each in truth.objects], np.int64)
    ignore = np.array([each.ignore for each in truth.objects], bool)
    overlaps = overlap_matrix(detections.boxes, truth.boxes, ignore)
    truth_of = np.full(len(detections), -1, np.int64)
    detection_of = np.full(len(truth.objects), -1, np.int64)
    ignored = np.zeros(len(detections), bool)
    order = np.argsort(ignore, kind="stable")
    for row in np.argsort(-detections.scores, kind="stable"):
        best, found = min(iou, 1 - 1e-10), -1
        for column in order:
            if labels[column] != detections.labels[row]:
                continue
            if detection_of[column] >= 0 and not ignore[column]:
                continue
            if found >= 0 and not ignore[found] and ignore[column]:
                break  # an object that counts was found: those to ignore come after it
            if overlaps[row, column] < best:
                continue
            best, found = float(overlaps[row, column]), int(column)
        if found >= 0:
            truth_of[row], ignored[row] = found, ignore[found]
            detection_of[found] = row
    return Matching(iou, truth_of, detection_of, overlaps, ignored, ~ignore & (labels > 0))


def find_more(
    truth: GroundTruth,
    classes: Sequence[str],
    boxes: NDArray[np.float32],
    labels: NDArray[np.int64],
    *,
    taken: Collection[int] = (),
    iou: float = 0.5,
) -> NDArray[np.bool_]:
    """(K,) which of more boxes, best first, would find an object that is free, by `match`'s rule.

    Args:
        classes: of the model, in the order of its labels from 1.
        boxes: (K, 4) float32 xyxy, picture px.
        labels: (K,) int64, from 1.
        taken: indices of objects that others found.
    """
    wanted = np.array([each.label(classes) or 0 for each in truth.objects], np.int64)
    counts = np.array([not each.ignore for each in truth.objects], bool)
    overlaps = overlap_matrix(boxes, truth.boxes, ~counts)
    free = counts.copy()
    free[list(taken)] = False
    found = np.zeros(len(boxes), bool)
    for row in range(len(boxes)):
        able = free & (wanted == labels[row]) & (overlaps[row] >= min(iou, 1 - 1e-10))
        if able.any():
            found[row] = True
            free[int(np.where(able, overlaps[row], -1).argmax())] = False
    return found


def overlap_matrix(
    boxes: NDArray[np.float32], others: NDArray[np.float32], ignore: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """(D, T) float32 IoU; for a column to ignore, the covered part of the row's box.

    Args:
        boxes, others: (D, 4) and (T, 4) float32 xyxy, picture px.
        ignore: (T,) bool.

    Source: pycocotools, maskApi.c, `bbIou`.
    """
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.maximum(high - low, 0).astype(np.float64).prod(-1)
    own = np.maximum(boxes[:, 2:] - boxes[:, :2], 0).astype(np.float64).prod(-1)
    theirs = np.maximum(others[:, 2:] - others[:, :2], 0).astype(np.float64).prod(-1)
    whole = np.where(ignore[None], own[:, None], own[:, None] + theirs[None] - shared)
    with np.errstate(invalid="ignore", divide="ignore"):
        result: NDArray[np.float32] = np.nan_to_num(shared / whole, nan=0.0).astype(np.float32)
        return result
