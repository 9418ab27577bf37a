"""What is wrong with the annotations of one picture, as the readers give them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.annotations.coco_file import (
    CocoImage,
    CocoObject,
    DataFile,
    LeftOutObject,
    why_useless,
)
from engine.annotations.files import base_name, picture_head
from engine.annotations.json_stream import Steps, parse
from engine.annotations.labelled_folder import open_file_steps
from engine.annotations.layouts import find_picture, picture_folders
from engine.annotations.mask_encoding import encode_outline, outline_area
from engine.annotations.remarks import Reason
from engine.annotations.sizes import fit
from engine.annotations.values import Unusable
from engine.errors import InputError
from engine.file_text import printable
from engine.training.data_check.findings import Finding

OVER_THE_EDGE = 1.0  # px by which a box may leave the picture, as rounding does it
LONGEST = 60  # letters of a value that is quoted
# Which entry of an annotation a reason is about.
_ENTRIES = {
    "object.box": "bbox",
    "object.area": "bbox",
    "object.category": "category_id",
    "object.picture": "image_id",
}


class Part:
    """One of the files or folders that the data are made of, opened.

    Attributes:
        path: what was named; content: what it holds.
        classes: names of all its classes; wanted: those to learn, by their ids.
    """

    def __init__(
        self, path: Path, content: DataFile, images: Path | None, wanted: tuple[str, ...]
    ) -> None:
        self.path, self.content = path, content
        self.classes = tuple(dict.fromkeys(each.name for each in content.categories))
        self.names: dict[int | str, str] = {
            each.id: each.name for each in content.categories if not wanted or each.name in wanted
        }
        points = [each for each in content.categories if each.keypoints and each.id in self.names]
        self.point_values = 3 * len(points[0].keypoints) if points else 0
        self._folders = picture_folders(path, images)
        self._called = Counter(base_name(image.file_name) for image in content.images)

    def find(self, image: CocoImage) -> Path | None:
        """The file of a picture; None where it is nowhere."""
        if image.id in self.content.places:
            return self.content.places[image.id]
        alone = self._called[base_name(image.file_name)] == 1
        return find_picture(self._folders, image.file_name, shorten=alone)

    def finding(self, kind: str, image: CocoImage | None = None, **rest: Any) -> Finding:
        """A finding in this file."""
        return Finding(kind, str(self.path), "" if image is None else image.file_name, **rest)


def open_part_steps(path: Path, images: Path | None, wanted: tuple[str, ...]) -> Steps[Part]:
    """Open one of the data's files or folders.

    Raises:
        InputError: it cannot be read.
    """
    file, content = yield from open_file_steps(path, images)
    return Part(file, content, images, wanted)


@dataclass
class Marked:
    """A picture and what is marked in it.

    Attributes:
        path: its file; None where it cannot be used.
        size: (height, width), upright.
        objects: those to learn, in picture px; crowds are none of them.
        findings: what is wrong.
    """

    path: Path | None = None
    size: tuple[int, int] = (0, 0)
    objects: list[CocoObject] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def check_lost(part: Part) -> list[Finding]:
    """Images that the file lists and that cannot be used, and annotations of no image."""
    found = [
        part.finding(
            each.reason.code,
            CocoImage(each.id, each.name, None),
            annotation=f"images[{each.number}]" if each.id else "",
            facts={"id": each.id},
        )
        for each in part.content.lost_images
    ]
    _, lost = part.content.objects_of(None)
    return found + [_left_out(part, None, each) for each in lost]


def check_annotations(part: Part, image: CocoImage, ids: set[int | str]) -> Marked:
    """Find the picture of an entry and look at its annotations.

    Args:
        ids: of the annotations before it; those of this picture are added.
    """
    found = Marked()
    objects, unusable = part.content.objects_of(image)
    found.findings += [
        _left_out(part, image, each)
        for each in unusable
        if each.category is None or each.category in part.names
    ]
    _check_ids(part, image, [*objects, *unusable], ids, found)
    path = part.find(image)
    if path is None:
        found.findings.append(part.finding("picture.missing", image))
        return found
    try:
        head = picture_head(path)
        to = fit(image.size or head.size, head, Path(image.file_name), part.path)
    except InputError as error:
        found.findings.append(_unfit(part, image, path, error))
        return found
    found.path, found.size = path, head.size
    told = {"size": _pixels(head.size), "told": _pixels(to.told)}
    if head.orientation != 1:
        facts = {**told, "orientation": str(head.orientation)}
        found.findings.append(part.finding("picture.turned", image, path=path, facts=facts))
    elif to.change:
        found.findings.append(part.finding("picture.scaled", image, path=path, facts=told))
    for item in objects:
        if item.category not in part.names:
            continue
        useless = why_useless(item.box, to.told)
        placed = item.fitted(to) if to.change and useless is None else item
        found.findings += _check_object(part, image, placed, useless, head.size, path)
        if useless is None and not item.crowd:
            found.objects.append(placed)
    return found


def box_of(item: CocoObject) -> tuple[float, float, float, float]:
    """An annotation's box as x0, y0, x1, y1."""
    x, y, width, height = item.box
    return x, y, x + width, y + height


def _check_object(
    part: Part,
    image: CocoImage,
    item: CocoObject,
    useless: Reason | None,
    size: tuple[int, int],
    path: Path,
) -> list[Finding]:
    """What is wrong with an annotation of a known class, whose box is four numbers."""
    box = box_of(item)
    facts = {"size": _pixels(size)}
    told: dict[str, Any] = {"annotation": _said(item.id), "path": path, "facts": facts}
    value = ", ".join(f"{number:g}" for number in item.box)
    if useless is not None:
        return [part.finding(useless.code, image, value=value, box=box, **told)]
    found = [
        part.finding(reason.code, image, box=box, **told) for reason in dict.fromkeys(item.left_out)
    ]
    over = max(-box[0], -box[1], box[2] - size[1], box[3] - size[0])
    if over > OVER_THE_EDGE:
        found.append(part.finding("object.clipped", image, value=value, box=box, **told))
    if item.outline:
        try:
            encoded = encode_outline(item.outline, *size)
        except Unusable as error:
            found.append(part.finding(error.reason.code, image, box=box, **told))
        else:
            if encoded is None or outline_area(encoded) == 0:
                found.append(part.finding("outline.empty", image, box=box, **told))
    if part.point_values and len(item.keypoints) not in (0, part.point_values):
        points = f"{len(item.keypoints) // 3}"
        found.append(part.finding("keypoints.count", image, value=points, box=box, **told))
    return found


def _check_ids(
    part: Part,
    image: CocoImage,
    items: list[CocoObject | LeftOutObject],
    ids: set[int | str],
    found: Marked,
) -> None:
    if part.content.places:  # a file a picture: numbers begin anew in each
        return
    for item in items:
        if item.id is None:
            continue
        if item.id in ids:
            found.findings.append(
                part.finding("object.id", image, annotation=_said(item.id), value=_said(item.id))
            )
        ids.add(item.id)


def _left_out(part: Part, image: CocoImage | None, lost: LeftOutObject) -> Finding:
    """An annotation that the reader could not use."""
    code, value = lost.reason.code, ""
    if lost.text:
        content = parse(lost.text) if lost.text[:1] == "{" else lost.text
        if isinstance(content, dict):
            entry = content.get(_ENTRIES.get(code, ""))
            value = _said(entry)
            if code == "object.box" and _has_nan(entry):
                code = "object.nan"
        else:
            value = _said(content)
    return part.finding(
        code,
        image,
        annotation=_said(lost.id),
        value=value,
        facts={"detail": lost.reason.detail},
        path=None if image is None else part.find(image),
    )


def _unfit(part: Part, image: CocoImage, path: Path, error: InputError) -> Finding:
    """Why a picture that is there cannot be used."""
    if error.code != "data.picture_size":
        return part.finding("picture.corrupt", image, path=path, facts={"why": str(error)})
    fields = error.fields
    size = f"{fields['width']} x {fields['height']}"
    told = f"{fields['told_width']} x {fields['told_height']}"
    return part.finding("picture.size", image, path=path, facts={"size": size, "told": told})


def _has_nan(value: Any) -> bool:
    numbers = value if isinstance(value, list) else [value]
    return any(isinstance(each, float) and not math.isfinite(each) for each in numbers)


def _pixels(size: tuple[int, int]) -> str:
    return f"{size[1]} x {size[0]}"


def _said(value: Any) -> str:
    return "" if value is None else printable(str(value))[:LONGEST]
