"""Several COCO files as one data set: every picture keeps its file, whatever its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.annotations.json_stream import Steps, finish
from engine.training.datasets import (
    CACHE_BYTES,
    CocoPictures,
    Example,
    PictureProblem,
    Pictures,
    check_classes,
    split,
)


class JoinedPictures:
    """COCO files one after the other, with classes matched by name.

    Ids may repeat between the files: here a picture's id is its number. A file whose
    keypoints have other names than the first that has any trains without them.

    Args:
        paths: the JSON files or their folders.
        classes: names to keep, in this order; empty for all.
        images: the folder of the pictures, where they lie elsewhere.

    Raises:
        InputError: a file cannot be used, or no file knows one of the classes.
    """

    def __init__(
        self, paths: Sequence[Path], classes: Sequence[str] = (), images: Path | None = None
    ) -> None:
        finish(self._open(paths, classes, images))

    @classmethod
    def steps(
        cls, paths: Sequence[Path], classes: Sequence[str] = (), images: Path | None = None
    ) -> Steps[JoinedPictures]:
        """Open as a job that tells how much of large files is read."""
        self = cls.__new__(cls)
        yield from self._open(paths, classes, images)
        return self

    def _open(
        self, paths: Sequence[Path], classes: Sequence[str], images: Path | None
    ) -> Steps[None]:
        share = CACHE_BYTES // max(len(paths), 1)
        self.parts: list[CocoPictures] = []
        for path in paths:
            part = yield from CocoPictures.steps(
                path, classes, some=True, cache_bytes=share, images=images
            )
            self.parts.append(part)
        known = tuple(dict.fromkeys(name for part in self.parts for name in part.classes))
        check_classes(classes, known)
        self.classes: tuple[str, ...] = tuple(classes) or known
        with_points = [part for part in self.parts if part.keypoint_names]
        self.keypoint_names: tuple[str, ...] = with_points[0].keypoint_names if with_points else ()
        alike = [part for part in with_points if part.keypoint_names == self.keypoint_names]
        self.keypoint_classes: tuple[str, ...] = tuple(
            dict.fromkeys(name for part in alike for name in part.keypoint_classes)
        )
        self._other_points = [part for part in with_points if part not in alike]
        # (file, number in it) of each picture
        self._places = [(part, index) for part in self.parts for index in range(len(part))]

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, and what was changed so far."""
        notes = [note for part in self.parts for note in part.notes]
        for part in self._other_points:
            notes.append(f"{part.path.name}: its keypoints have other names and were left out.")
        return tuple(notes)

    def __len__(self) -> int:
        return len(self._places)

    def check_pictures(self) -> Steps[tuple[PictureProblem, ...]]:
        """As in `Pictures`."""
        found: list[PictureProblem] = []
        start = 0
        for part in self.parts:
            own = yield from part.check_pictures()
            found += [replace(each, index=start + each.index) for each in own]
            start += len(part)
        return tuple(found)

    def picture_id(self, index: int) -> int:
        return index + 1

    def has_objects(self, index: int) -> bool:
        part, own = self._places[index]
        return part.has_objects(own)

    def pixels(self, index: int) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB, as in `Pictures`."""
        part, own = self._places[index]
        return part.pixels(own)

    def load(self, index: int) -> Example:
        part, own = self._places[index]
        example = part.load(own)
        points = example.keypoints
        if part.keypoint_names != self.keypoint_names:
            points = np.zeros((len(points), len(self.keypoint_names), 3), np.float32)
        labels = self._labels(part)[example.labels - 1]
        return replace(example, labels=labels, keypoints=points)

    def _labels(self, part: CocoPictures) -> NDArray[np.int64]:
        """Our label of each of a file's classes."""
        return np.asarray([self.classes.index(name) + 1 for name in part.classes], np.int64)

    def truth(self, indices: Sequence[int]) -> dict[str, Any]:
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        for index in indices:
            part, own = self._places[index]
            content = part.truth([own])
            labels = self._labels(part)
            images += [{**image, "id": self.picture_id(index)} for image in content["images"]]
            for item in content["annotations"]:
                kept = {
                    **item,
                    "id": len(annotations) + 1,
                    "image_id": self.picture_id(index),
                    "category_id": int(labels[item["category_id"] - 1]),
                }
                if part.keypoint_names != self.keypoint_names:
                    kept["keypoints"] = [0] * len(self.keypoint_names) * 3
                    kept["num_keypoints"] = 0
                annotations.append(kept)
        categories = [{"id": i + 1, "name": name} for i, name in enumerate(self.classes)]
        return {"images": images, "annotations": annotations, "categories": categories}


def split_files(pictures: Pictures, fraction: float, files: int = 0) -> tuple[list[int], list[int]]:
    """Indices for training and for validation, each file split by its own pictures' ids.

    Args:
        files: how many files, from the first, give pictures to validation; 0 for all.
    """
    if not isinstance(pictures, JoinedPictures):
        return split(pictures, fraction)
    training: list[int] = []
    validation: list[int] = []
    start = 0
    for number, part in enumerate(pictures.parts):
        own = fraction if not files or number < files else 0.0
        learnt, held = split(part, own)
        training += [start + index for index in learnt]
        validation += [start + index for index in held]
        start += len(part)
    return training, validation
