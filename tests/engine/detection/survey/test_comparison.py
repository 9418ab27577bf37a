"""Two surveys of the same objects: who found which."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from engine.detection.survey.comparison import BOTH, FIRST, NEITHER, SECOND, compare, counts
from engine.detection.survey.records import Loss


def loss(index: int, outcome: str) -> Loss:
    box = np.array([index, 0, index + 9, 9], np.float32)
    return Loss(Path("a.png"), index, "ant", "small", outcome, box)


def survey(*losses: Loss) -> Any:
    return SimpleNamespace(losses=losses)


def test_each_object_is_found_by_both_by_one_or_by_neither() -> None:
    first = [loss(0, "found"), loss(1, "found"), loss(2, "rpn_nms"), loss(3, "class_score")]
    second = [loss(3, "anchor"), loss(2, "found"), loss(1, "class_nms"), loss(0, "found")]
    pairs = compare(survey(*first), survey(*second))
    assert [pair.found_by for pair in pairs] == [BOTH, FIRST, SECOND, NEITHER]
    assert [pair.second.outcome for pair in pairs] == ["found", "class_nms", "found", "anchor"]
    assert counts(pairs) == {BOTH: 1, FIRST: 1, SECOND: 1, NEITHER: 1}


def test_objects_of_other_pictures_or_with_other_boxes_are_not_paired() -> None:
    one = loss(0, "found")
    elsewhere = replace(one, path=Path("b.png"))
    moved = replace(one, box=one.box + 1)
    assert compare(survey(one), survey(elsewhere, moved)) == ()
