"""The list of pictures: how they come in, which is open, and how they leave.

They come as files, folders, from the clipboard and from the program's own samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.resources import files as resource_files
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QUndoStack

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.jobs import itself
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.pictures.jobs import find_pictures
from gui.detection.pictures.list_menu import ListMenu
from gui.detection.pictures.list_undo import RemoveEntries
from gui.detection.pictures.prefetch import Prefetch
from gui.detection.session import Session
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.clipboard import pixels_of

FIND = "detection.find"
NOT_PICTURES = (".json", ".safetensors")
SAMPLE_SUFFIXES = (".jpg", ".png")
FIRST_SAMPLE = "astronaut"


class PicturesController(QObject):
    """Fills the list of pictures.

    Signals:
        failed: a path that is no picture and holds none.
        nothing_to_open: there are not even samples.
        opened: a path for the list of recent files.
        status: a sentence.

    Attributes:
        undo: the workspace's undo stack.
        menu: what can be done with the list.
    """

    failed = Signal(object)
    nothing_to_open = Signal()
    opened = Signal(object)
    status = Signal(str)

    def __init__(self, bridge: Bridge, session: Session, panel: FilePanel) -> None:
        super().__init__(panel)
        self._bridge, self._session = bridge, session
        self.panel = panel
        self.prefetch = Prefetch(bridge, session, panel)
        self._pasted = 0
        self.undo = QUndoStack(self)
        self.menu = ListMenu(panel)
        panel.open_wanted.connect(self.ask_open)
        panel.remove_wanted.connect(self.remove_selected)
        self.menu.remove_wanted.connect(self.remove_selected)
        self.menu.clear_wanted.connect(self.clear)

    def actions(self) -> list[ActionSpec]:
        """Open, paste, find, remove, go on."""
        return [
            ActionSpec(
                "detection.samples",
                QT_TRANSLATE_NOOP("actions", "Open &Samples"),
                "File",
                self.open_samples,
                section=20,
                icon="picture",
            ),
            ActionSpec(
                "detection.files.remove",
                QT_TRANSLATE_NOOP("actions", "&Remove from List"),
                "File",
                self.remove,
                "Del",
                canvas_only=True,
                section=20,
                enabled=self.has_open,
            ),
            ActionSpec(
                "detection.files.clear",
                QT_TRANSLATE_NOOP("actions", "C&lear the List"),
                "File",
                self.clear,
                section=20,
                enabled=self.has_any,
            ),
            ActionSpec(
                "detection.paste",
                QT_TRANSLATE_NOOP("actions", "&Paste Picture"),
                "Edit",
                self.paste,
                "Ctrl+V",
                icon="paste",
            ),
            ActionSpec(
                "detection.files.find",
                QT_TRANSLATE_NOOP("actions", "&Find in List"),
                "Edit",
                self.panel.find_picture,
                "Ctrl+F",
                section=20,
            ),
            ActionSpec(
                "detection.view.next",
                QT_TRANSLATE_NOOP("actions", "&Next Picture"),
                "View",
                self.panel.go_next,
                "D",
                canvas_only=True,
                section=20,
            ),
            ActionSpec(
                "detection.view.previous",
                QT_TRANSLATE_NOOP("actions", "Pre&vious Picture"),
                "View",
                self.panel.go_previous,
                "A",
                canvas_only=True,
                section=20,
            ),
        ]

    def paths(self) -> tuple[Path, ...]:
        """The files of the list, those that a filter hides included."""
        return tuple(e.path for e in self.panel.model.everything if e.path is not None)

    def open_first(self) -> None:
        """The samples, where nothing is listed or looked for."""
        if not self.panel.model.entries and not self.busy():
            self.open_samples()

    def busy(self) -> bool:
        """Whether paths are being looked through."""
        return self._bridge.job(FIND) is not None

    def ask_open(self) -> None:
        """Let the window ask for files."""
        ask = getattr(getattr(self.panel.window(), "commands", None), "ask_files", None)
        if ask is not None:
            ask()

    def open_samples(self) -> None:
        """Put the program's own pictures into the list and open the first."""
        paths = sample_paths()
        self._add_samples(paths)
        if not paths:
            self.nothing_to_open.emit()

    def open_sample(self, path: Path) -> None:
        """One of the program's own pictures, beside those that are listed."""
        if not self.open_listed(path):
            self._add_samples([path])

    def open_listed(self, path: Path) -> bool:
        """Open a picture of the list by its path; False when it is not there."""
        for entry in self.panel.model.everything:
            if entry.path == path:
                self.panel.choose(entry)
                return True
        return False

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
            increment=itself,
        )
        return True

    def paste(self) -> None:
        """Open the clipboard's picture or files."""
        if not self.take_mime(QGuiApplication.clipboard().mimeData()):
            self.status.emit(self.tr("There is no picture on the clipboard."))

    def take_mime(self, data: QMimeData | None) -> bool:
        """Open what was pasted; False when there is nothing to open, or no clipboard at all."""
        if data is None:
            return False
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

    def has_open(self) -> bool:
        return self.panel.current is not None

    def has_any(self) -> bool:
        return bool(self.panel.model.everything)

    def remove(self) -> None:
        """Take the open picture off the list; its file is not touched."""
        current = self.panel.current
        self._remove([] if current is None else [current])

    def remove_selected(self) -> None:
        """Take the selected pictures off the list; their files are not touched."""
        self._remove(self.panel.selected)

    def clear(self) -> None:
        """Take every picture off the list, also those that the filter hides."""
        self._remove(self.panel.model.everything)

    def _remove(self, entries: Sequence[Entry]) -> None:
        if entries:
            self.undo.push(RemoveEntries(self.panel, entries, self._session.close))
            text = self.tr("Removed from the list: {count}. The files stay; Undo brings them back.")
            self.status.emit(text.format(count=QLocale().toString(len(entries))))

    def _take_found(self, found: tuple[Any, ...]) -> None:
        entries: list[Entry] = []
        for item in found:
            if isinstance(item, Exception):
                self.failed.emit(item)
            else:
                entries.extend(Entry(path.name, path) for path in item)
        self._add(entries)
        if not entries and self.panel.current is None:
            self.open_samples()

    def _add_samples(self, paths: Sequence[Path]) -> None:
        unasked = not self.panel.model.everything
        self._add([Entry(path.name, path, sample=unasked) for path in paths])

    def _add(self, entries: Sequence[Entry]) -> None:
        if entries:
            self.panel.add(entries)
            self.panel.choose(entries[0])

    def _ignore(self, snapshot: Any) -> None:
        """Every path arrives as an increment."""


def sample_paths() -> list[Path]:
    """The pictures that come with the program, the first screen's first."""
    folder = Path(str(resource_files("resources"))) / "samples"
    paths = [path for path in folder.glob("*") if path.suffix in SAMPLE_SUFFIXES]
    return sorted(paths, key=_sample_order)


def _sample_order(path: Path) -> tuple[bool, str]:
    return path.stem != FIRST_SAMPLE, path.name
