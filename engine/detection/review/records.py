"""What a person has judged in one picture, as it is kept, undone and written.

Only what was judged is here. What is still to be judged are the detections of the moment,
which `arrangement.arrange` lays beside it: so a threshold may be moved, or the model run again,
and no judgement is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import SpecError, shorten

ACCEPTED, REJECTED = "accepted", "rejected"
VERDICTS = (ACCEPTED, REJECTED)
LONGEST_NAME = 200  # characters of a class name
MOST_SIDE = 1 << 20  # px of a picture

Box = tuple[float, float, float, float]  # x0, y0, x1, y1 in picture px


@dataclass(frozen=True)
class Suggestion:
    """What the model said: a class, a box in picture px, a score of 0 to 1."""

    name: str
    box: Box
    score: float


@dataclass(frozen=True)
class JudgedObject:
    """An object that a person has judged.

    Attributes:
        name: its class, as judged.
        box: where it is, as judged, picture px.
        verdict: of `VERDICTS`.
        suggestion: what the model had said of it; None where a person has drawn it.
    """

    name: str
    box: Box
    verdict: str = ACCEPTED
    suggestion: Suggestion | None = None

    @property
    def drawn(self) -> bool:
        """Whether the model had not suggested it."""
        return self.suggestion is None

    @property
    def moved(self) -> bool:
        """Whether a person has given it another box."""
        return self.suggestion is not None and self.suggestion.box != self.box

    @property
    def relabelled(self) -> bool:
        """Whether a person has given it another class."""
        return self.suggestion is not None and self.suggestion.name != self.name

    @property
    def score(self) -> float:
        """The model's score; 1 where a person has said what it is."""
        return 1.0 if self.suggestion is None or self.relabelled else self.suggestion.score

    @property
    def place(self) -> Box:
        """Where the model sees it: by this a detection is known again."""
        return self.box if self.suggestion is None else self.suggestion.box


@dataclass(frozen=True)
class Review:
    """One picture's judgements.

    Attributes:
        picture: the whole path of its file; empty for a picture without one.
        width, height: of the picture, px.
        seen: whether a person went on from it, so that what is not there was looked for.
        unjudged: how many suggestions nobody had judged when it was last looked at.
        objects: what was judged, in the order of judging.
    """

    picture: str
    width: int
    height: int
    seen: bool = False
    unjudged: int = 0
    objects: tuple[JudgedObject, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether there is anything in it that a person would miss."""
        return self.seen or bool(self.objects)

    @property
    def accepted(self) -> tuple[JudgedObject, ...]:
        """What is to be written."""
        return tuple(each for each in self.objects if each.verdict == ACCEPTED)

    def check(self) -> None:
        """Refuse what a person could not have judged.

        Raises:
            SpecError: a size, a class, a verdict or a box; it names the field.
        """
        for name, side in (("width", self.width), ("height", self.height)):
            if not 1 <= side <= MOST_SIDE:
                raise _wrong(name, side, f"a number from 1 to {MOST_SIDE}")
        if self.unjudged < 0:
            raise _wrong("unjudged", self.unjudged, "a number from 0")
        for number, each in enumerate(self.objects):
            path = f"objects[{number}]"
            if each.verdict not in VERDICTS:
                raise _wrong(f"{path}.verdict", each.verdict, " or ".join(VERDICTS))
            self._check(path, each.name, each.box)
            told = each.suggestion
            if told is not None:
                self._check(f"{path}.suggestion", told.name, told.box)
                if not 0 <= told.score <= 1:
                    raise _wrong(f"{path}.suggestion.score", told.score, "a number from 0 to 1")

    def _check(self, path: str, name: str, box: Box) -> None:
        if not 0 < len(name) <= LONGEST_NAME:
            raise _wrong(f"{path}.name", name, f"a text of 1 to {LONGEST_NAME} characters")
        x0, y0, x1, y1 = box
        # Detections are float32: their edge may lie a rounding beyond the picture's.
        wide, high = self.width + 0.5, self.height + 0.5
        if not (-0.5 <= x0 <= x1 <= wide and -0.5 <= y0 <= y1 <= high):
            raise _wrong(f"{path}.box", list(box), "a box inside of the picture")


def judged_names(reviews: Sequence[Review]) -> tuple[str, ...]:
    """The classes of all that was accepted, each once, in the order in which they came."""
    return tuple(dict.fromkeys(each.name for review in reviews for each in review.accepted))


def _wrong(field: str, value: object, expected: str) -> SpecError:
    return SpecError("spec.wrong_type", field=field, value=shorten(str(value)), expected=expected)
