"""Judging: nothing that was judged is lost, whatever comes next."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import numpy as np
from hypothesis import given, settings

from engine.detection.review import edits
from engine.detection.review.arrangement import (
    Item,
    arrange,
    count_judged,
    next_unjudged,
    suggestions,
)
from engine.detection.review.records import ACCEPTED, REJECTED, Review, Suggestion
from tests.engine.detection.review.made import HEIGHT, NAMES, WIDTH, boxes, reviews, suggested

EMPTY = Review("/a/b.png", WIDTH, HEIGHT)
DO = {
    "accept": lambda review, item: edits.judge(review, item, ACCEPTED),
    "reject": lambda review, item: edits.judge(review, item, REJECTED),
    "relabel": lambda review, item: edits.relabel(review, item, "bee"),
    "move": lambda review, item: edits.reshape(review, item, (1.0, 2.0, 30.0, 40.0)),
    "remove": edits.remove,
}
WHATS = st.sampled_from(tuple(DO))


@given(review=reviews, told=suggested)
@settings(max_examples=60)
def test_every_detection_and_every_kept_judgement_stands_once(
    review: Review, told: tuple[Suggestion, ...]
) -> None:
    items = arrange(review, told)
    assert [item.row for item in items if item.row is not None] == list(range(len(told)))
    places = [item.place for item in items if item.place is not None]
    assert len(set(places)) == len(places)
    gone = set(range(len(review.objects))) - set(places)
    assert all(review.objects[place].verdict == REJECTED for place in gone)


@given(review=reviews, told=suggested, what=WHATS, data=st.data())
@settings(max_examples=60)
def test_an_edit_touches_one_object_and_leaves_a_valid_review(
    review: Review, told: tuple[Suggestion, ...], what: str, data: st.DataObject
) -> None:
    items = arrange(review, told)
    if not items:
        return
    item = data.draw(st.sampled_from(items))
    after = DO[what](review, item)
    after.check()
    before, place = list(review.objects), item.place
    now = list(after.objects)
    if place is None:
        assert now[:-1] == before
    elif what == "remove" and item.drawn:
        assert now == before[:place] + before[place + 1 :]
    else:
        assert now[:place] + now[place + 1 :] == before[:place] + before[place + 1 :]
    if item.row is not None and not item.drawn:
        (again,) = (each for each in arrange(after, told) if each.row == item.row)
        assert again.judged is not None
        assert again.verdict == (REJECTED if what in ("reject", "remove") else ACCEPTED)


def test_a_pass_over_a_picture() -> None:
    told = (
        Suggestion("ant", (0.0, 0.0, 10.0, 10.0), 0.9),
        Suggestion("bee", (1.0, 1.0, 11.0, 11.0), 0.8),
        Suggestion("ant", (50.0, 50.0, 70.0, 70.0), 0.7),
    )
    items = arrange(EMPTY, told)
    assert (count_judged(items), next_unjudged(items, -1)) == (0, 0)
    review = edits.judge(EMPTY, items[0], ACCEPTED)
    assert next_unjudged(arrange(review, told), 0) == 1
    review = edits.judge(review, arrange(review, told)[1], REJECTED)
    review = edits.accept_rest(review, arrange(review, told))
    review = edits.draw(review, "cat", (100.0, 80.0, 20.0, 95.0))
    items = arrange(review, told)
    assert [item.verdict for item in items] == [ACCEPTED, REJECTED, ACCEPTED, ACCEPTED]
    assert next_unjudged(items, 0) is None
    assert items[3].box == (20.0, 80.0, 100.0, 90.0)  # turned round, and cut to the picture
    assert [each.name for each in review.accepted] == ["ant", "ant", "cat"]
    review = edits.remove(review, items[3])
    assert len(arrange(review, told)) == 3


def test_judgements_stick_to_boxes_while_thresholds_move_and_the_model_runs_again() -> None:
    first = Suggestion("ant", (10.0, 10.0, 40.0, 40.0), 0.9)
    second = Suggestion("ant", (60.0, 10.0, 90.0, 40.0), 0.6)
    both = (first, second)
    review = edits.judge(EMPTY, arrange(EMPTY, both)[0], REJECTED)
    review = edits.relabel(review, arrange(review, both)[1], "bee")
    assert [item.verdict for item in arrange(review, (first,))] == [REJECTED, ACCEPTED]
    assert [item.name for item in arrange(review, ())] == ["bee"]  # the rejected one is kept
    nearly = replace(first, box=(11.0, 10.0, 41.0, 39.0), score=0.7)
    other = replace(first, name="bee")
    items = arrange(review, (other, nearly))
    assert [item.verdict for item in items] == ["", REJECTED, ACCEPTED]


def test_a_drawn_object_is_not_suggested_a_second_time() -> None:
    review = edits.draw(EMPTY, "ant", (10.0, 10.0, 40.0, 40.0))
    late = Suggestion("ant", (12.0, 10.0, 41.0, 40.0), 0.3)
    (item,) = arrange(review, (late,))
    assert (item.verdict, item.box, item.row) == (ACCEPTED, (10.0, 10.0, 40.0, 40.0), 0)


@given(box=boxes, by=st.tuples(st.floats(-200, 200), st.floats(-200, 200)))
def test_a_box_moves_as_a_whole_and_stays_in_the_picture(
    box: tuple[float, float, float, float], by: tuple[float, float]
) -> None:
    x0, y0, x1, y1 = edits.shifted(box, by, WIDTH, HEIGHT)
    assert np.allclose((x1 - x0, y1 - y0), (box[2] - box[0], box[3] - box[1]))
    assert min(x0, y0) >= -1e-9
    assert x1 <= WIDTH + 1e-9
    assert y1 <= HEIGHT + 1e-9


def test_what_the_model_says_becomes_suggestions() -> None:
    box = np.array([[0.1, 0.2, 5, 6]], np.float32)
    (told,) = suggestions(NAMES[:1], box, np.array([1.0000001], np.float32))
    assert told == Suggestion("ant", tuple(float(value) for value in box[0]), 1.0)
    assert Item(suggestion=told).score == 1.0
