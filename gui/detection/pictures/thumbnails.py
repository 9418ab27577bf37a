"""Thumbnails of the list: read for what is visible, a bounded number kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from gui.bridge import Bridge
from gui.detection.jobs import itself
from gui.detection.pictures.file_model import Entry, FileModel
from gui.detection.pictures.jobs import Thumbnail, read_thumbnails
from gui.messages import sentence

THUMBNAILS = "detection.thumbnails"
KEPT = 400  # 0.2 MB each


class Thumbnails(QObject):
    """Gives entries their thumbnails, and takes the oldest away again."""

    def __init__(self, bridge: Bridge, model: FileModel, *, kept: int = KEPT) -> None:
        super().__init__(model)
        self._bridge, self._model, self._kept = bridge, model, kept
        self._recent: OrderedDict[Entry, None] = OrderedDict()

    def read(self, entries: Sequence[Entry]) -> None:
        """Read what these lack; what was asked for before and is no longer wanted is dropped."""
        for entry in entries:
            if entry in self._recent:
                self._recent.move_to_end(entry)
        wanted = [
            (entry, entry.path, entry.pixels)
            for entry in entries
            if entry.thumbnail is None and not entry.problem
        ]
        if wanted:
            self._bridge.start(
                "files",
                THUMBNAILS,
                partial(read_thumbnails, wanted),
                on_snapshot=self._ignore,
                on_increments=self._take,
                increment=itself,
            )

    def _ignore(self, snapshot: Any) -> None:
        """Every thumbnail arrives as an increment."""

    def _take(self, thumbnails: tuple[Thumbnail, ...]) -> None:
        for thumbnail in thumbnails:
            entry = thumbnail.key
            assert isinstance(entry, Entry)
            entry.thumbnail = thumbnail.image
            self._recent[entry] = None
            self._recent.move_to_end(entry)
            if thumbnail.error is not None:
                entry.problem = sentence(thumbnail.error)
            self._model.changed(entry)
        while len(self._recent) > self._kept:
            self._recent.popitem(last=False)[0].thumbnail = None
