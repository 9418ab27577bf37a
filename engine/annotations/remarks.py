"""What is said of ground truth that was read: objects left out, by reason, and objects changed.

Nothing that a file holds vanishes without a count. English here; the window translates the
same sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_NAMES = 3  # of pictures in one sentence

# What the first word of a reason's code says of what is counted.
SENTENCES: dict[str, str] = {
    "object": "{count} of {total} objects left out: {reasons}.",
    "outline": "Outlines of {count} of {total} objects left out, their boxes kept: {reasons}.",
    "keypoints": "Keypoints of {count} of {total} objects left out: {reasons}.",
    "picture": "{count} of {total} pictures left out: {reasons}.",
    "class": "{count} of {total} classes left out: {reasons}.",
}
REASONS: dict[str, str] = {
    "object.box": "{count} without a usable box",
    "object.area": "{count} without area",
    "object.small": "{count} less than a pixel wide or high",
    "object.outside": "{count} outside of the picture",
    "object.number": "{count} with values that are no numbers",
    "object.points": "{count} with too few points",
    "object.form": "{count} that are no objects of the format",
    "object.name": "{count} without a class",
    "object.picture": "{count} of pictures that are not listed",
    "object.category": "{count} of classes that are not listed",
    "object.shape": "{count} of unknown shape {detail}",
    "object.flat": "{count} of shape {detail}, which has no area",
    "object.line": "{count} in lines that cannot be read ({detail})",
    "outline.number": "{count} with values that are no numbers",
    "outline.odd": "{count} with an odd number of coordinates",
    "outline.points": "{count} with too few points",
    "outline.long": "{count} with an outline that is too long to be drawn",
    "outline.form": "{count} with an outline of unknown form",
    "outline.size": "{count} with a mask of another size than the picture",
    "outline.counts": "{count} with run lengths that do not fill the picture",
    "outline.picture": "{count} with a mask that is no picture",
    "keypoints.number": "{count} with values that are no numbers",
    "keypoints.count": "{count} with another number of points than their class",
    "picture.form": "{count} that are no pictures of the format",
    "picture.id": "{count} without an id of their own",
    "picture.name": "{count} without a file name",
    "class.form": "{count} without an id or a name",
}
CHANGES: dict[str, str] = {
    "turned": "Turned upright, as the picture's EXIF says: the objects of {names}.",
    "scaled": "Scaled from the size in the annotations to the picture's: the objects of {names}.",
}


class Reason(NamedTuple):
    """Why something was left out: a key of `REASONS`, and what its sentence quotes."""

    code: str
    detail: str = ""

    @property
    def kind(self) -> str:
        """What was left out: a key of `SENTENCES`."""
        return self.code.partition(".")[0]


@dataclass
class Tally:
    """What was read, left out and changed, of one picture or of many.

    Attributes:
        totals: kind of `SENTENCES` -> how many there were of it.
        left_out: reason -> how often.
        changed: key of `CHANGES` -> the pictures' names.
    """

    totals: Counter[str] = field(default_factory=Counter)
    left_out: Counter[Reason] = field(default_factory=Counter)
    changed: dict[str, list[str]] = field(default_factory=dict)

    def add(self, objects: int, left_out: Mapping[Reason, int], change: str, name: str) -> None:
        """Count a picture.

        Args:
            objects: that could be read.
            change: a key of `CHANGES`, or "".
            name: the picture's.
        """
        self.count(objects=objects)
        self.leave(left_out)
        if change:
            self.changed.setdefault(change, []).append(name)

    def count(self, *, objects: int = 0, pictures: int = 0, classes: int = 0) -> None:
        """Count what was read."""
        self.totals.update({"object": objects, "picture": pictures, "class": classes})

    def leave(self, left_out: Mapping[Reason, int]) -> None:
        """Count what was left out."""
        self.left_out.update(left_out)
        for reason, count in left_out.items():
            if reason.kind in ("object", "picture", "class"):  # the others belong to an object
                self.totals[reason.kind] += count

    def sentences(
        self, translate: Callable[[str], str] = str, number: Callable[[int], str] = str
    ) -> list[str]:
        """What there is to say, a sentence each; nothing where nothing was left out or changed.

        Args:
            translate: gives a text of this file in another language.
            number: writes a whole number.
        """
        told = []
        for kind, sentence in SENTENCES.items():
            counts = self._by_code(kind)
            if not counts:
                continue
            reasons = [
                translate(REASONS[code]).format(count=number(count), detail=_some(details))
                for code, details, count in counts
            ]
            whole = kind if kind in ("picture", "class") else "object"
            told.append(
                translate(sentence).format(
                    count=number(sum(count for _, _, count in counts)),
                    total=number(self.totals[whole]),
                    reasons=", ".join(reasons),
                )
            )
        for change, names in self.changed.items():
            told.append(translate(CHANGES[change]).format(names=_some(names)))
        return told

    def _by_code(self, kind: str) -> list[tuple[str, list[str], int]]:
        """Code, details and count of each reason of a kind, the most frequent first."""
        alike: dict[str, Counter[str]] = {}
        for reason, count in self.left_out.items():
            if reason.kind == kind and count:
                alike.setdefault(reason.code, Counter())[reason.detail] += count
        found: list[tuple[str, list[str], int]] = []
        for code, details in alike.items():
            if len(details) <= MOST_NAMES:
                found += [(code, [detail], count) for detail, count in details.items()]
            else:
                found.append((code, list(details), details.total()))
        return sorted(found, key=lambda each: (-each[2], each[0]))


def _some(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" … (+{rest})" if rest > 0 else "")


def texts() -> Iterable[str]:
    """Everything that the window translates of this file."""
    return (*SENTENCES.values(), *REASONS.values(), *CHANGES.values())
