"""Reviews on the disk: the same again, and one clear sentence where they are not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from engine.detection.review.files import file_of, path_of, read_review, set_aside, write_review
from engine.detection.review.records import JudgedObject, Review, Suggestion
from engine.errors import ExportError, InputError
from tests.engine.detection.review.made import reviews

ONE = Review(
    "/a/b.png",
    100,
    80,
    objects=(
        JudgedObject("ant", (1.0, 2.0, 3.5, 4.0), suggestion=Suggestion("bee", (1, 2, 3, 4), 0.5)),
    ),
)


@given(review=reviews)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_judged_is_read_as_it_was(tmp_path: Path, review: Review) -> None:
    review = replace(review, picture=path_of(Path(review.picture or "one")))
    write_review(tmp_path, review)
    assert read_review(tmp_path, Path(review.picture)) == review


def test_there_is_nothing_for_a_picture_that_nobody_judged(tmp_path: Path) -> None:
    assert read_review(tmp_path / "none", Path("/a/b.png")) is None


HOSTILE: list[tuple[Any, str]] = [
    (b"", "1:1"),
    (b"\xff\xfe", "0"),
    (b"[" * 100_000, "thalweg"),
    (b" " * 2_000_000, "thalweg"),
    ({"thalweg": 2}, "thalweg"),
    ({"kind": "race"}, "thalweg"),
    ({"evil": 1}, "evil"),
    ({"width": 0}, "width"),
    ({"width": 10**30}, "width"),
    ({"seen": 1}, "seen"),
    ({"unjudged": -1}, "unjudged"),
    ({"objects": [{}]}, "objects[0].name"),
    ({"objects": {"0": 1}}, "objects"),
    ({"objects": [{"name": "a" * 999, "box": [0, 0, 1, 1]}]}, "objects[0].name"),
    ({"objects": [{"name": "a", "box": [0, 0, 1]}]}, "objects[0].box"),
    ({"objects": [{"name": "a", "box": [5, 0, 1, 1]}]}, "objects[0].box"),
    ({"objects": [{"name": "a", "box": [0, 0, 1e9, 1]}]}, "objects[0].box"),
    ({"objects": [{"name": "a", "box": [0, 0, 1, 1], "verdict": "x"}]}, "objects[0].verdict"),
]


@pytest.mark.parametrize(("change", "place"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_strange_file_is_told_in_one_sentence_and_set_aside(
    tmp_path: Path, change: Any, place: str
) -> None:
    picture = Path("/a/b.png")
    file = write_review(tmp_path, ONE)
    if isinstance(change, dict):
        file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    else:
        file.write_bytes(change)
    with pytest.raises(InputError) as told:
        read_review(tmp_path, picture)
    assert str(told.value).startswith(str(file_of(tmp_path, picture)))
    assert f"'{place}'" in str(told.value)
    assert "\n" not in str(told.value)
    set_aside(tmp_path, picture)
    assert read_review(tmp_path, picture) is None
    assert len(list(tmp_path.glob("*.unreadable"))) == 1


def test_a_file_of_another_picture_is_refused(tmp_path: Path) -> None:
    file = write_review(tmp_path, ONE)
    file.rename(file_of(tmp_path, Path("/a/c.png")))
    with pytest.raises(InputError, match=r"of another picture, /a/b\.png"):
        read_review(tmp_path, Path("/a/c.png"))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError):
        write_review(tmp_path / "file" / "reviews", ONE)
