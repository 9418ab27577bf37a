"""What a check of training data can find: one record a kind, read by table, CSV and window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Effect(Enum):
    """What a training does about a finding; the value is what a person reads."""

    PICTURE = "picture left out"
    OBJECT = "object left out"
    PART = "box kept"
    NONE = "kept"


@dataclass(frozen=True)
class Kind:
    """A kind of finding: what the table calls it, a sentence with `{fields}`, and its effect."""

    title: str
    sentence: str
    effect: Effect


# English here; the window translates the same texts. Codes with the prefixes of
# `engine.annotations.remarks.REASONS` are the readers' own.
KINDS: dict[str, Kind] = {
    "picture.missing": Kind("Missing picture", "The file is nowhere.", Effect.PICTURE),
    "picture.corrupt": Kind("Damaged picture", "The file cannot be read: {why}", Effect.PICTURE),
    "picture.size": Kind(
        "Size differs", "It is {size} pixels, the annotations say {told}.", Effect.PICTURE
    ),
    "picture.turned": Kind(
        "Turned by EXIF",
        "EXIF orientation {orientation}: read upright, {size}; the annotations are of {told}.",
        Effect.NONE,
    ),
    "picture.scaled": Kind(
        "Scaled", "It is {size} pixels; its objects, marked at {told}, are scaled.", Effect.NONE
    ),
    "picture.both_splits": Kind(
        "In both splits",
        "The same pixels as {other}: one is learnt from, the other held out.",
        Effect.NONE,
    ),
    "picture.same_name": Kind(
        "Name in both splits",
        "Called as {other}: one is learnt from, the other held out.",
        Effect.NONE,
    ),
    "picture.id": Kind(
        "Picture's id twice", "The id {id} belongs to another picture, too.", Effect.PICTURE
    ),
    "picture.name": Kind("No file name", "The entry names no file.", Effect.PICTURE),
    "picture.form": Kind("Damaged entry", "The entry is none of the format.", Effect.PICTURE),
    "class.differs": Kind(
        "Classes differ", "Other files lack these classes: {names}.", Effect.NONE
    ),
    "object.nan": Kind("No number", "A side of the box is NaN or infinite.", Effect.OBJECT),
    "object.box": Kind(
        "No box", "The box is no four numbers with sides of 0 or more.", Effect.OBJECT
    ),
    "object.number": Kind("No number", "A value is no finite number.", Effect.OBJECT),
    "object.area": Kind("Box without area", "A side of the box is 0.", Effect.OBJECT),
    "object.small": Kind(
        "Smaller than a pixel", "A side of the box is less than a pixel.", Effect.OBJECT
    ),
    "object.outside": Kind(
        "Box outside", "No pixel of the box lies in the picture ({size}).", Effect.OBJECT
    ),
    "object.clipped": Kind(
        "Box partly outside", "It leaves the picture ({size}) and is cut off.", Effect.NONE
    ),
    "object.points": Kind("Too few points", "Too few points for its shape.", Effect.OBJECT),
    "object.form": Kind("Damaged annotation", "It is no object of the format.", Effect.OBJECT),
    "object.name": Kind("No class", "It has no class.", Effect.OBJECT),
    "object.picture": Kind(
        "Picture not listed", "Its picture is not listed in the file.", Effect.OBJECT
    ),
    "object.category": Kind("Class not listed", "The file lists no such class.", Effect.OBJECT),
    "object.shape": Kind("Unknown shape", "A shape of unknown kind: {detail}.", Effect.OBJECT),
    "object.flat": Kind("No area", "A shape without area: {detail}.", Effect.OBJECT),
    "object.line": Kind("Damaged line", "The line cannot be read: {detail}.", Effect.OBJECT),
    "object.id": Kind("Id twice", "An annotation before it has the same id.", Effect.NONE),
    "object.tiny": Kind(
        "Smaller than a pixel to the net",
        "The net sees {width} x {height} pixels of it.",
        Effect.NONE,
    ),
    "anchor.low": Kind(
        "Anchors fit badly",
        "Its best anchor has IoU {iou}, below the matcher's {low}; it learns from {count} "
        "anchors that the matcher restores.",
        Effect.NONE,
    ),
    "anchor.stolen": Kind(
        "Anchor taken by another",
        "Its best anchor (IoU {iou}) belongs to annotation {other}; no anchor learns it.",
        Effect.NONE,
    ),
    "outline.empty": Kind("Mask without area", "Its mask covers no pixel.", Effect.PART),
    "outline.number": Kind("Outline not numbers", "A value is no finite number.", Effect.PART),
    "outline.odd": Kind("Odd outline", "An odd number of coordinates.", Effect.PART),
    "outline.points": Kind("Outline of two points", "Fewer than three points.", Effect.PART),
    "outline.long": Kind("Endless outline", "Too long to be drawn.", Effect.PART),
    "outline.form": Kind("Unknown outline", "An outline of unknown form.", Effect.PART),
    "outline.size": Kind("Mask of another size", "The mask is not of {size}.", Effect.PART),
    "outline.counts": Kind("Broken run lengths", "They do not fill the picture.", Effect.PART),
    "outline.picture": Kind("Damaged mask", "The mask is no picture.", Effect.PART),
    "keypoints.number": Kind("Keypoint not a number", "A value is no number.", Effect.PART),
    "keypoints.count": Kind(
        "Keypoints do not fit", "Another number of points than its class has.", Effect.PART
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or worth knowing.

    Attributes:
        kind: a key of `KINDS`.
        file: the annotation file, or the folder of them.
        picture: as the file calls it; "" where none is meant.
        annotation: its id or place in the file; "" where none is meant.
        value: what stands there, in a few words.
        facts: the fields of the kind's sentence.
        path: the picture's file; None where it was not found.
        box: x0, y0, x1, y1 in picture px, as the picture is read; None where none is known.
    """

    kind: str
    file: str
    picture: str = ""
    annotation: str = ""
    value: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def effect(self) -> Effect:
        """What a training does about it."""
        return KINDS[self.kind].effect

    def sentence(self, template: str | None = None) -> str:
        """What is wrong, in English or by a translation of the kind's sentence."""
        return (template or KINDS[self.kind].sentence).format_map(_Facts(self.facts))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def texts() -> Iterable[str]:
    """Everything that the window translates of this file."""
    for kind in KINDS.values():
        yield kind.title
        yield kind.sentence
    yield from (effect.value for effect in Effect)
