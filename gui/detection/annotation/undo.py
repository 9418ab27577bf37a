"""Judgements as commands of the workspace's undo stack: each says what it did."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QUndoCommand

from engine.detection.review.records import Review
from gui.detection.annotation.store import ReviewStore
from gui.detection.pictures.file_model import Entry

GESTURE_S = 1.0  # nudges of one box that follow sooner are one
REVIEW = 2  # `QUndoCommand.id`; thresholds have 1


class ChangeReview(QUndoCommand):
    """From one review of a picture to the next."""

    def __init__(
        self,
        store: ReviewStore,
        entry: Entry,
        before: Review,
        after: Review,
        text: str,
        *,
        show: Callable[[Entry], None],
        nudged: int = -1,
    ) -> None:
        """Build it.

        Args:
            show: opens the picture, so that one sees what was undone.
            nudged: the row of what a key has moved by a bit; -1 for whatever else.
        """
        super().__init__(text.replace("&", "&&"))
        self._store, self._entry, self._show = store, entry, show
        self._before, self._after = before, after
        self._nudged, self._at = nudged, time.monotonic()
        self._done = False

    def id(self) -> int:
        return REVIEW

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeReview) or other._entry is not self._entry:
            return False
        if self._nudged < 0 or other._nudged != self._nudged or other._at - self._at > GESTURE_S:
            return False
        self._after, self._at = other._after, other._at
        return True

    def undo(self) -> None:
        self._show(self._entry)
        self._set(self._before)

    def redo(self) -> None:
        if self._done:
            self._show(self._entry)
        self._done = True
        self._set(self._after)

    def _set(self, review: Review) -> None:
        now = self._store.of(self._entry) or review  # that it was seen is no judgement
        self._store.put(self._entry, replace(now, objects=review.objects))
