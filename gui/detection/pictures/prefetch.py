"""The pictures before and after the open one, read ahead while nothing else is to do."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from gui.bridge import Bridge
from gui.detection.jobs import itself
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.pictures.jobs import Opened, read_opened
from gui.detection.session import Session

AHEAD = "detection.ahead"
LARGEST_PX = 40_000_000  # a larger picture is read when it is asked for
KEPT_BYTES = 500_000_000

Stamp = tuple[int, int]  # a file's time and size: another stamp is another picture


class Prefetch(QObject):
    """A few opened pictures, ready for next and previous."""

    def __init__(self, bridge: Bridge, session: Session, files: FilePanel) -> None:
        super().__init__(session)
        self._bridge, self._session, self._files = bridge, session, files
        self._ready: OrderedDict[Path, tuple[Stamp, Opened]] = OrderedDict()
        session.ahead = self.take
        session.inspected.connect(self.look_around)

    def take(self, entry: Entry) -> Opened | None:
        """What was read ahead of an entry; None when nothing was, or its file changed."""
        if entry.path is None:
            return None
        stamp, opened = self._ready.get(entry.path, (None, None))
        return opened if stamp is not None and stamp == _stamp(entry.path) else None

    def look_around(self) -> None:
        """Read the neighbours of the open picture, once the model is done with it."""
        if self._session.inspection is None:
            return
        wanted = [
            entry.path
            for entry in self._files.neighbours()
            if entry.path is not None and self.take(entry) is None and not entry.problem
        ]
        if wanted:
            self._bridge.start(
                "files",
                AHEAD,
                partial(read_ahead, wanted),
                on_snapshot=self._ignore,
                on_increments=self._keep,
                on_error=self._ignore,
                increment=itself,
            )

    def _ignore(self, anything: Any) -> None:
        """Every picture arrives as an increment; a bad one is told when it is opened."""

    def _keep(self, read: tuple[tuple[Path, Stamp, Opened], ...]) -> None:
        for path, stamp, opened in read:
            self._ready[path] = (stamp, opened)
            self._ready.move_to_end(path)
        while self._ready and self.size() > KEPT_BYTES:
            self._ready.popitem(last=False)
        while len(self._ready) > 4:
            self._ready.popitem(last=False)

    def size(self) -> int:
        """Bytes kept, about: the pixels, and the canvas's copies of them."""
        return sum(3 * opened.picture.pixels.nbytes for _, opened in self._ready.values())


def read_ahead(paths: Sequence[Path]) -> Iterator[tuple[Path, Stamp, Opened]]:
    """Open pictures one at a time; those that are large or cannot be read are passed over."""
    from engine.errors import ThalwegError
    from engine.pictures.thumbnails import peek_size

    for path in paths:
        size, stamp = peek_size(path), _stamp(path)
        if size is None or stamp is None or size[0] * size[1] > LARGEST_PX:
            continue
        try:
            opened = read_opened(path)
        except ThalwegError:
            continue
        yield path, stamp, opened


def _stamp(path: Path) -> Stamp | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size
