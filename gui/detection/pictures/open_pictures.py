"""How pictures come in: files, folders, the clipboard, the program's own samples."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage

from gui.bridge import Bridge
from gui.detection.jobs import find_pictures
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilesPanel
from gui.pictures.clipboard import pixels_of

FIND = "detection.find"
NOT_PICTURES = (".json", ".safetensors")


class PictureOpener(QObject):
    """Fills the list of pictures.

    Signals:
        failed: a path that is no picture and holds none.
        nothing_found: none of the paths led to a picture, and the list is empty.
        opened: a path for the list of recent files.
        status: a sentence.
    """

    failed = Signal(object)
    nothing_found = Signal()
    opened = Signal(object)
    status = Signal(str)

    def __init__(self, bridge: Bridge, files: FilesPanel) -> None:
        super().__init__(files)
        self._bridge, self._files = bridge, files
        self._pasted = 0

    def busy(self) -> bool:
        """Whether paths are being looked through."""
        return self._bridge.job(FIND) is not None

    def open_samples(self, paths: Sequence[Path]) -> bool:
        """Put samples into the list and open the first; False without any."""
        unasked = not self._files.model.everything
        entries = [Entry(path.name, path, sample=unasked) for path in paths]
        self._add(entries)
        return bool(entries)

    def open_paths(self, paths: Sequence[Path]) -> bool:
        """Look for pictures among files and folders; False when they are nothing for us."""
        if any(path.suffix.lower() in NOT_PICTURES for path in paths):
            return False
        self._bridge.start(
            "files",
            FIND,
            partial(find_pictures, paths),
            on_snapshot=self._ignore,
            on_increments=self._take_found,
            increment=_itself,
        )
        return True

    def paste(self) -> None:
        """Open the clipboard's picture or files."""
        if not self.take_mime(QGuiApplication.clipboard().mimeData()):
            self.status.emit(self.tr("There is no picture on the clipboard."))

    def take_mime(self, data: QMimeData) -> bool:
        """Open what was pasted; False when there is nothing to open."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.opened.emit(paths[0])
            return self.open_paths(paths)
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self._pasted += 1
        title = self.tr("Pasted picture {number}").format(number=self._pasted)
        self._add([Entry(title, pixels=pixels_of(image))])
        return True

    def _take_found(self, found: tuple[Any, ...]) -> None:
        entries: list[Entry] = []
        for item in found:
            if isinstance(item, Exception):
                self.failed.emit(item)
            else:
                entries.extend(Entry(path.name, path) for path in item)
        self._add(entries)
        if not entries and self._files.current is None:
            self.nothing_found.emit()

    def _add(self, entries: Sequence[Entry]) -> None:
        if entries:
            self._files.add(entries)
            self._files.choose(entries[0])

    def _ignore(self, snapshot: Any) -> None:
        """Every path arrives as an increment."""


def _itself(snapshot: Any) -> Any:
    return snapshot
