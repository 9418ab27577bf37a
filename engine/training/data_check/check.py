"""Look at every annotation and picture of a training before its first step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import numpy as np

from engine.annotations.coco_file import CocoImage
from engine.annotations.files import base_name
from engine.annotations.json_stream import ReadProgress, Steps
from engine.annotations.named_splits import TRAIN
from engine.detection.models.builders import Architecture
from engine.errors import InputError
from engine.pictures.reader import read_picture
from engine.training import initialization
from engine.training.data_check.anchors import AnchorMatcher
from engine.training.data_check.annotations import (
    Marked,
    Part,
    box_of,
    check_annotations,
    check_lost,
    open_part_steps,
)
from engine.training.data_check.findings import Finding
from engine.training.data_check.progress import Progress
from engine.training.data_check.statistics import LabelStatistics, PictureLabels, label_statistics
from engine.training.spec import TrainSpec
from engine.training.splits import named_split, split_ids

SCENES = 200  # of generated ones that are looked at


@dataclass(frozen=True, eq=False)
class DataReport:
    """What a check found.

    Attributes:
        findings: in the order of the files and their pictures.
        pictures, objects: how many there are; objects that can be learnt.
        bad_pictures: that a training cannot use.
        statistics: of the objects that can be learnt.
        architecture: of the net that the spec means; classes and keypoints are not the data's.
        trained_rpn: whether its first weights bring an RPN along that knows these anchors.
        labels: the objects, a record a picture, from which anchors can be proposed.
    """

    findings: tuple[Finding, ...]
    pictures: int
    objects: int
    bad_pictures: int
    statistics: LabelStatistics
    architecture: Architecture
    trained_rpn: bool
    labels: tuple[PictureLabels, ...] = field(repr=False)

    def counts(self) -> Mapping[str, int]:
        """Findings by kind, the most frequent first."""
        found: dict[str, int] = defaultdict(int)
        for each in self.findings:
            found[each.kind] += 1
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def check_data(spec: TrainSpec) -> Iterator[ReadProgress | Progress | DataReport]:
    """Check the data of a training; the report comes last.

    Every picture is decoded, so that a damaged one is found here and not at the step that
    draws it. Anchors are matched on whole pictures as the net sees them without augmentation.

    Raises:
        InputError: the data, or one of their files, cannot be opened at all.
        SpecError: a field of the spec cannot be used.
    """
    spec.check()
    if not spec.files:
        raise InputError("train.no_data")
    architecture = initialization.base_architecture(spec)
    matcher = AnchorMatcher(architecture)
    if spec.files == (initialization.SHAPES,):
        yield from _check_scenes(spec, architecture, matcher)
        return
    parts = yield from _open(spec)
    classes = spec.classes or tuple(dict.fromkeys(name for part in parts for name in part.classes))
    findings = _differing_classes(parts)
    labels: list[PictureLabels] = []
    splits = _Splits()
    count = sum(len(part.content.images) for part in parts)
    done = bad = 0
    for number, part in enumerate(parts):
        findings += check_lost(part)
        held_out = _held_out(part, spec, number)
        ids: set[int | str] = set()
        for index, image in enumerate(part.content.images):
            marked = check_annotations(part, image, ids)
            findings += marked.findings
            digest = _digest(part, image, marked, findings)
            if digest is None or marked.path is None:
                bad += 1
            else:
                splits.add(part, image, marked.path, digest, held_out=index in held_out)
                labels.append(_match(part, image, marked, matcher, classes, findings))
            done += 1
            yield Progress(done, count)
    findings += splits.findings()
    yield _report(findings, count, bad, labels, classes, architecture, spec)


def _report(
    findings: Sequence[Finding],
    pictures: int,
    bad: int,
    labels: Sequence[PictureLabels],
    classes: tuple[str, ...],
    architecture: Architecture,
    spec: TrainSpec,
) -> DataReport:
    objects = sum(len(each.boxes) for each in labels)
    statistics = label_statistics(labels, classes, architecture.anchor_sizes)
    trained = initialization.starts_with_rpn(spec, architecture)
    return DataReport(
        tuple(findings), pictures, objects, bad, statistics, architecture, trained, tuple(labels)
    )


def _open(spec: TrainSpec) -> Steps[list[Part]]:
    images = Path(spec.images) if spec.images else None
    parts = []
    for file in spec.files:
        parts.append((yield from open_part_steps(Path(file), images, spec.classes)))
    return parts


def _check_scenes(
    spec: TrainSpec, architecture: Architecture, matcher: AnchorMatcher
) -> Iterator[Progress | DataReport]:
    """Generated scenes: nothing can be wrong with them, but there is something to count."""
    scenes = initialization.open_data(spec)
    count = min(len(scenes), SCENES)
    labels = []
    for index in range(count):
        example = scenes.load(index)
        size = example.pixels.shape[0], example.pixels.shape[1]
        matches = matcher.match(size, example.boxes)
        labels.append(
            PictureLabels(
                size, example.boxes, example.labels - 1, matches.boxes, matches.iou, matches.level
            )
        )
        yield Progress(index + 1, count)
    yield _report((), count, 0, labels, scenes.classes, architecture, spec)


def _differing_classes(parts: Sequence[Part]) -> list[Finding]:
    """Classes that only some of the files know."""
    common = set.intersection(*(set(part.classes) for part in parts))
    found = []
    for part in parts:
        own = [name for name in part.classes if name not in common]
        if own:
            names = ", ".join(own)
            found.append(part.finding("class.differs", value=names, facts={"names": names}))
    return found


def _held_out(part: Part, spec: TrainSpec, number: int) -> frozenset[int]:
    """The numbers of a file's pictures that the training holds out, as `split_files` does."""
    ids = [image.id for image in part.content.images]
    if named := part.content.splits:
        return frozenset(named_split([named.get(each, TRAIN) for each in ids])[1])
    if any(isinstance(each, str) for each in ids):
        ids = [str(each) for each in ids]
    files = spec.validation_files
    gives = len(spec.files) == 1 or not files or number < files
    return frozenset(split_ids(ids, spec.validation if gives else 0.0)[1])


def _digest(part: Part, image: CocoImage, marked: Marked, findings: list[Finding]) -> bytes | None:
    """A hash of a picture's pixels; None, and a finding, where it cannot be decoded."""
    if marked.path is None:
        return None
    try:
        pixels = read_picture(marked.path).pixels
    except InputError as error:
        told = {"why": str(error)}
        findings.append(part.finding("picture.corrupt", image, path=marked.path, facts=told))
        return None
    digest = blake2b(np.ascontiguousarray(pixels).data, digest_size=16)
    digest.update(str(pixels.shape).encode())
    return digest.digest()


def _match(
    part: Part,
    image: CocoImage,
    marked: Marked,
    matcher: AnchorMatcher,
    classes: Sequence[str],
    findings: list[Finding],
) -> PictureLabels:
    """Meet a picture's objects with the anchors; what no anchor learns becomes a finding."""
    height, width = marked.size
    boxes = np.array([box_of(item) for item in marked.objects], np.float32).reshape(-1, 4)
    boxes = boxes.clip(0, np.array([width, height, width, height], np.float32))
    matches = matcher.match(marked.size, boxes)
    ids = ["" if item.id is None else str(item.id) for item in marked.objects]
    for row, item in enumerate(marked.objects):
        iou = f"{matches.iou[row]:.2f}"
        sides = matches.boxes[row, 2:] - matches.boxes[row, :2]
        kind, facts, value = "", {}, iou
        if sides.min() < 1:
            value = f"{sides.min():.2f}"
            kind, facts = "object.tiny", {"width": f"{sides[0]:.2f}", "height": f"{sides[1]:.2f}"}
        elif matches.count[row] == 0:
            other = matches.taken_by[row]
            facts = {"iou": iou, "other": ids[other] if other >= 0 else "?"}
            kind = "anchor.stolen"
        elif matches.iou[row] < matcher.low:
            kind = "anchor.low"
            facts = {"iou": iou, "low": f"{matcher.low:g}", "count": str(matches.count[row])}
        if kind:
            findings.append(
                part.finding(
                    kind, image, annotation=ids[row], value=value, facts=facts,
                    path=marked.path, box=box_of(item),
                )
            )  # fmt: skip
    labels = np.array([classes.index(part.names[item.category]) for item in marked.objects])
    return PictureLabels(
        marked.size, boxes, labels.astype(np.int64), matches.boxes, matches.iou, matches.level
    )


@dataclass(frozen=True)
class _Place:
    part: Part
    image: CocoImage
    path: Path
    digest: bytes
    held_out: bool


class _Splits:
    """Pictures that training and validation share."""

    def __init__(self) -> None:
        self._places: list[_Place] = []

    def add(
        self, part: Part, image: CocoImage, path: Path, digest: bytes, *, held_out: bool
    ) -> None:
        """Remember a picture."""
        self._places.append(_Place(part, image, path, digest, held_out))

    def findings(self) -> list[Finding]:
        """Pictures to learn whose pixels, or else whose name, a held-out picture has, too."""
        same: dict[bytes, _Place] = {}
        named: dict[str, _Place] = {}
        for place in self._places:
            if place.held_out:
                same.setdefault(place.digest, place)
                named.setdefault(base_name(place.image.file_name), place)
        found = []
        for place in self._places:
            if place.held_out:
                continue
            kind, other = "picture.both_splits", same.get(place.digest)
            if other is None:
                kind, other = "picture.same_name", named.get(base_name(place.image.file_name))
            if other is not None:
                told = other.image.file_name
                if other.part is not place.part:
                    told += f" ({other.part.path})"
                found.append(
                    place.part.finding(
                        kind, place.image, value=told, facts={"other": told}, path=place.path
                    )
                )
        return found
