"""Values as others write them, and what is said of those that cannot be used."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from engine.annotations import remarks, values
from engine.annotations.files import decode
from engine.annotations.remarks import Reason, Tally
from engine.annotations.values import Unusable


@pytest.mark.parametrize(
    ("value", "number"), [(1, 1.0), ("7", 7.0), (" 2.5 ", 2.5), (0.0, 0.0), ("1e3", 1000.0)]
)
def test_numbers_also_in_strings(value: Any, number: float) -> None:
    assert values.number(value) == number


@pytest.mark.parametrize(
    "value",
    [None, True, "", "x", "1_0", "nan", "1e999", math.nan, math.inf, 10**400, 1e10, [1], {},
     "9" * 99],
)  # fmt: skip
def test_no_numbers(value: Any) -> None:
    for read in (values.number, values.whole):
        with pytest.raises(Unusable) as raised:
            read(value, "object.box")
        assert raised.value.reason == Reason("object.box")


def test_whole_numbers_names_and_ids() -> None:
    assert [values.whole(each) for each in (0.0, "0.0", "12", 7)] == [0, 0, 12, 7]
    with pytest.raises(Unusable):
        values.whole(0.5)
    assert [values.text(each) for each in (5, 2.5, " cat ", "\udce7")] == [
        "5", "2.5", "cat", "\\udce7",
    ]  # fmt: skip
    ids = [1, "1", 1.0, "a", "01", ""]
    assert [values.identity(each, "picture.id") for each in ids] == [1, 1, 1, "a", "01", ""]
    for bad in (None, True, [], {}, math.nan, 0.5):
        with pytest.raises(Unusable):
            values.identity(bad, "picture.id")
    assert values.path("images\\a b.png") == "images/a b.png"
    for bad in (None, "", "a\0b", [], True):
        with pytest.raises(Unusable):
            values.path(bad)
    assert [values.flag(each) for each in (1, "1", True, 0, "0", None, "yes")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("height", "size"),
    [(40, (40, 60)), ("40", (40, 60)), (40.0, (40, 60)), (None, None), (0, None), (-4, None),
     ("abc", None), (1e9, None), (10**400, None), (40.5, None)],
)  # fmt: skip
def test_sizes_of_pictures(height: Any, size: Any) -> None:
    assert values.size({"h": height, "w": 60}, "h", "w", 10**6) == size


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le-bom", "utf-16-be-bom"]
)
def test_text_in_any_encoding_with_any_ends(encoding: str) -> None:
    text = '{"имя":\n "кот"}'
    if encoding.endswith("-bom"):
        name = encoding.removesuffix("-bom")
        data = ("\ufeff" + text.replace("\n", "\r\n")).encode(name)
    else:
        data = text.replace("\n", "\r\n").encode(encoding)
    assert decode(data) == text and json.loads(decode(data)) == {"имя": "кот"}
    assert decode(b"a\xe7\rb").encode("utf-8", "surrogateescape") == b"a\xe7\nb"


def test_what_is_left_out_is_told_by_reason() -> None:
    told = Tally()
    told.add(37, {Reason("object.area"): 2, Reason("object.shape", "'cuboid'"): 1}, "", "a.png")
    assert told.sentences() == [
        "3 of 40 objects left out: 2 without area, 1 of unknown shape 'cuboid'."
    ]
    told.leave({Reason("outline.odd"): 4, Reason("picture.id"): 1})
    told.count(pictures=9)
    for number in range(9):
        told.add(0, {Reason("object.line", f"{number}.txt:7"): 1}, "turned", f"{number}.png")
    assert told.sentences() == [
        "12 of 49 objects left out: 9 in lines that cannot be read"
        " (0.txt:7, 1.txt:7, 2.txt:7 … (+6)), 2 without area, 1 of unknown shape 'cuboid'.",
        "Outlines of 4 of 49 objects left out, their boxes kept: 4 with an odd number of"
        " coordinates.",
        "1 of 10 pictures left out: 1 without an id of their own.",
        "Turned upright, as the picture's EXIF says: the objects of 0.png, 1.png, 2.png … (+6).",
    ]
    assert Tally().sentences() == []


def test_every_reason_has_its_kind() -> None:
    assert {Reason(code).kind for code in remarks.REASONS} == set(remarks.SENTENCES)
