"""Jobs of the pass: what was judged before is read, what is judged now is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.detection.review.files import read_review, set_aside, write_review
from engine.detection.review.records import Review
from engine.errors import InputError


@dataclass(frozen=True)
class Loaded:
    """What is known of a picture's judgements: none, or why they cannot be used."""

    key: str
    review: Review | None
    error: InputError | None = None


def load_reviews(folder: Path, pictures: Sequence[tuple[str, Path]]) -> Iterator[Loaded]:
    """The judgements of pictures, by their keys; a file that cannot be read is set aside."""
    for key, path in pictures:
        try:
            yield Loaded(key, read_review(folder, path))
        except InputError as error:
            set_aside(folder, path)
            yield Loaded(key, None, error)


def save_reviews(folder: Path, reviews: Mapping[str, Review]) -> Iterator[tuple[str, Review]]:
    """Write judgements; each is told when it is on the disk.

    Raises:
        ExportError: one could not be written.
    """
    for key, review in reviews.items():
        write_review(folder, review)
        yield key, review
