"""The open picture's judgements beside what the model says of it now: the list to go through."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.detection.review.arrangement import Item, arrange, count_judged
from engine.detection.review.records import REJECTED, Review, Suggestion
from engine.errors import InputError
from gui.detection.annotation.store import ReviewStore, empty_review
from gui.detection.instances import Instance
from gui.detection.session import Session


class OpenReview(QObject):
    """Follows the session and the store.

    Signals:
        failed: another picture has taken the place of the one that was judged.

    Attributes:
        items: the open picture's objects.
    """

    failed = Signal(object)

    def __init__(self, session: Session, store: ReviewStore, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._store = session, store
        self.items: tuple[Item, ...] = ()
        self._known: tuple[object, ...] = ()  # what the list was made of
        self._told = ""  # the picture of which it was said that its size is another

    def review(self) -> Review | None:
        """The open picture's judgements; None where they are not known yet."""
        entry, inspection = self._session.entry, self._session.inspection
        if entry is None or inspection is None or not self._store.knows(entry):
            return None
        empty = empty_review(entry, inspection.trace.picture_size)
        kept = self._store.of(entry)
        if kept is None or (kept.width, kept.height) == (empty.width, empty.height):
            return kept or empty
        if self._told != kept.picture:
            self._told = kept.picture
            sizes = {"told_width": kept.width, "told_height": kept.height}
            sizes |= {"width": empty.width, "height": empty.height}
            self.failed.emit(InputError("review.other_size", path=entry.path, **sizes))
        return empty

    def lay(self) -> tuple[Item, ...]:
        """The list as it is now; made anew where something is another."""
        review, session = self.review(), self._session
        known = review, session.shown
        if self._known and self._known[0] == review and self._known[1] is session.shown:
            return self.items
        self._known = known
        if review is None or session.selection is None:
            self.items = ()
        else:
            self.items = arrange(review, tuple(map(_suggestion, session.shown)))
        return self.items

    @property
    def unjudged(self) -> int:
        """How many nobody has judged."""
        return len(self.items) - count_judged(self.items)

    def as_suggested(self, shown: tuple[Instance, ...]) -> tuple[Instance, ...]:
        """Those whose masks and keypoints are still those of the object as it is judged."""
        if shown is not self._session.shown:
            return ()
        kept = {
            item.row
            for item in self.lay()
            if item.row is not None and item.verdict != REJECTED and not item.changed
        }
        return tuple(each for row, each in enumerate(shown) if row in kept)


def _suggestion(instance: Instance) -> Suggestion:
    return Suggestion(instance.name, instance.box, min(max(instance.score, 0.0), 1.0))
