"""Any sequence of judging, undo and redo leads to the state that a list of states would have."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QUndoStack

from engine.detection.review import edits
from engine.detection.review.arrangement import arrange
from engine.detection.review.records import Review, Suggestion
from gui.detection.annotation.store import ReviewStore
from gui.detection.annotation.undo import ChangeReview
from gui.detection.pictures.file_model import Entry
from tests.engine.detection.review.made import HEIGHT, WIDTH, suggested
from tests.engine.detection.review.test_edits import DO

UNDO, REDO, DRAW, SEEN = "undo", "redo", "draw", "seen"
moves = st.lists(
    st.tuples(st.sampled_from((*DO, UNDO, UNDO, REDO, DRAW)), st.integers(0, 9), st.booleans()),
    max_size=25,
)


class Kept:
    """A store without a window or a disk."""

    def __init__(self) -> None:
        self.reviews: dict[int, Review] = {}

    def of(self, entry: Entry) -> Review | None:
        return self.reviews.get(entry.key)

    def put(self, entry: Entry, review: Review) -> None:
        self.reviews[entry.key] = review


@given(told=suggested, moves=moves)
@settings(max_examples=60, deadline=None)
def test_undo_and_redo_are_exact(
    told: tuple[Suggestion, ...], moves: list[tuple[str, int, bool]]
) -> None:
    store, stack, shown = Kept(), QUndoStack(), cast("list[Entry]", [])
    entries = [Entry("one"), Entry("two")]
    empty = Review("", WIDTH, HEIGHT)
    past: list[dict[int, Any]] = [{}]  # every state, the newest last
    future: list[dict[int, Any]] = []

    def state() -> dict[int, Any]:
        return {key: each.objects for key, each in store.reviews.items() if each.objects}

    for what, number, second in moves:
        entry = entries[second]
        review = store.of(entry) or empty
        if what == UNDO:
            stack.undo()
            if len(past) > 1:
                future.append(past.pop())
        elif what == REDO:
            stack.redo()
            if future:
                past.append(future.pop())
        else:
            items = arrange(review, told)
            if what == DRAW or not items:
                after = edits.draw(review, "ant", (float(number), 1.0, 50.0, 60.0))
            else:
                after = DO[what](review, items[number % len(items)])
            if after != review:
                kept = cast(ReviewStore, store)
                stack.push(ChangeReview(kept, entry, review, after, what, show=shown.append))
                past.append(state())
                future.clear()
        assert state() == past[-1]
        assert stack.canUndo() == (len(past) > 1)
        assert stack.canRedo() == bool(future)
        for each in store.reviews.values():
            each.check()


def test_what_is_undone_in_another_picture_is_shown() -> None:
    store, shown = cast(ReviewStore, Kept()), cast("list[Entry]", [])
    entry, stack = Entry("one"), QUndoStack()
    empty = Review("", WIDTH, HEIGHT)
    after = edits.draw(empty, "ant", (1.0, 1.0, 9.0, 9.0))
    stack.push(ChangeReview(store, entry, empty, after, "Draw R&D", show=shown.append))
    assert not shown, "what is done is in front"
    assert stack.undoText() == "Draw R&&D"
    stack.undo()
    stack.redo()
    assert shown == [entry, entry]
