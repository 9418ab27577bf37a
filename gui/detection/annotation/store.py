"""The judgements of all pictures of the list: read when they come, written as one goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.detection.review.files import path_of
from engine.detection.review.records import Review
from engine.errors import ThalwegError
from gui.bridge import Bridge
from gui.detection.annotation.jobs import Loaded, load_reviews, save_reviews
from gui.detection.jobs import itself
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel

LOAD, SAVE = "detection.review.load", "detection.review.save"
REST_MS = 300  # after which what was judged is written: a held key is one write


class ReviewStore(QObject):
    """Reviews by the entries of the list.

    Pictures from the clipboard have no file by which they could be known again: they are
    judged as all others, and forgotten with the window.

    Signals:
        changed: the entry whose judgements are others now.
        loaded: what was kept of more pictures is known.
        failed: judgements that could not be read or written.
    """

    changed = Signal(object)
    loaded = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, files: FilePanel, folder: Path) -> None:
        """Build it.

        Args:
            folder: where the judgements are kept; made when the first is written.
        """
        super().__init__(files)
        self._bridge, self._files, self.folder = bridge, files, folder
        self._reviews: dict[str, Review] = {}  # by `key_of` their entries
        self._names: dict[str, None] = {}  # of classes, in order
        self._known: set[str] = set()  # of what was looked for on the disk
        self._unsaved: dict[str, Review] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._save)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(self._load)
        files.model.rowsInserted.connect(self._look_soon)
        files.model.modelReset.connect(self._look_soon)

    def knows(self, entry: Entry) -> bool:
        """Whether what was judged of it earlier is there."""
        return entry.path is None or key_of(entry) in self._known

    def of(self, entry: Entry) -> Review | None:
        """What was judged in a picture."""
        return self._reviews.get(key_of(entry))

    def put(self, entry: Entry, review: Review) -> None:
        """Other judgements; they are on the disk a moment later."""
        key, before = key_of(entry), self.of(entry)
        if review == before:
            return
        self._keep(key, review)
        worth = review.begun or (before is not None and before.begun)
        if entry.path is not None and worth:
            self._unsaved[key] = review
            self._rest.start()
        self._badge(entry)
        self.changed.emit(entry)

    def begun(self, entry: Entry) -> bool:
        """Whether somebody has judged anything in a picture, or gone on from it."""
        review = self.of(entry)
        return review is not None and review.begun

    def names(self) -> tuple[str, ...]:
        """The classes of all that was judged since the window opened or read for its list."""
        return tuple(self._names)

    def of_paths(self, paths: Sequence[Path]) -> tuple[Review, ...]:
        """What was judged in the pictures with these files."""
        wanted = set(paths)
        return tuple(
            self._reviews[key_of(entry)]
            for entry in self._files.model.everything
            if entry.path in wanted and key_of(entry) in self._reviews
        )

    def _keep(self, key: str, review: Review) -> None:
        self._reviews[key] = review
        self._names.update(dict.fromkeys(each.name for each in review.objects))

    # The disk

    def flush(self) -> None:
        """Write what is not written yet, and wait for it: the window closes."""
        self._rest.stop()
        self._bridge.cancel(SAVE)
        try:
            for _ in save_reviews(self.folder, self._unsaved):
                pass
        except ThalwegError as error:
            self.failed.emit(error)
        self._unsaved = {}

    def _save(self) -> None:
        if self._bridge.job(SAVE) is not None:
            self._rest.start()
            return
        self._bridge.start(
            "files",
            SAVE,
            partial(save_reviews, self.folder, dict(self._unsaved)),
            on_increments=self._saved,
            on_error=self.failed.emit,
            increment=itself,
            saves=True,
        )

    def _saved(self, written: tuple[tuple[str, Review], ...]) -> None:
        for key, review in written:
            if self._unsaved.get(key) == review:
                del self._unsaved[key]

    def _look_soon(self) -> None:
        self._look.start()

    def _load(self) -> None:
        wanted = [
            (key_of(entry), entry.path)
            for entry in self._files.model.everything
            if entry.path is not None and key_of(entry) not in self._known
        ]
        if not wanted:
            return
        if not self.folder.is_dir():  # nobody has ever judged anything
            self._known.update(key for key, _ in wanted)
            self.loaded.emit()
            return
        self._bridge.start(
            "files",
            LOAD,
            partial(load_reviews, self.folder, wanted),
            on_increments=self._take,
            on_done=self._badge_all,
            on_error=self.failed.emit,
            increment=itself,
        )

    def _take(self, found: tuple[Loaded, ...]) -> None:
        for each in found:
            self._known.add(each.key)
            if each.error is not None:
                self.failed.emit(each.error)
            elif each.review is not None and each.key not in self._reviews:
                self._keep(each.key, each.review)
        self.loaded.emit()

    def _badge_all(self) -> None:
        for entry in self._files.model.everything:
            if key_of(entry) in self._reviews:
                self._badge(entry)

    def _badge(self, entry: Entry) -> None:
        review = self._reviews[key_of(entry)]
        judged = len(review.objects)
        badges = replace(
            entry.badges,
            judged=judged,
            to_judge=judged + review.unjudged,
            seen=review.seen,
        )
        self._files.set_badges(entry, badges)


def key_of(entry: Entry) -> str:
    """What a picture is known by: its file, however often it is listed; else its row."""
    return f"#{entry.key}" if entry.path is None else path_of(entry.path)


def empty_review(entry: Entry, size: tuple[int, int]) -> Review:
    """Nothing judged yet in a picture of (height, width)."""
    height, width = size
    return Review("" if entry.path is None else path_of(entry.path), width, height)
