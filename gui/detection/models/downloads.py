"""Which models there are for the window: the zoo's by name, and weights files by path."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.bridge import Bridge
from gui.widgets.task_progress import TaskStrip

if TYPE_CHECKING:
    from engine.detection.models.downloads import DownloadProgress

DOWNLOAD = "detection.download"
FILE = "file:"  # before the path of a weights file, where a model's name is wanted
WEIGHTS = (".safetensors", ".pth", ".pt", ".ckpt", ".pth.tar", ".bin")


def weights_of(model: str) -> str | None:
    """The weights file that a model's name stands for, or None for one of the zoo."""
    return model.removeprefix(FILE) if model.startswith(FILE) else None


def title_of(model: str) -> str:
    """What to call a model that no list has a title for."""
    weights = weights_of(model)
    return model if weights is None else Path(weights).name


def fetch(name: str) -> Iterator[DownloadProgress]:
    """Download a model's weights."""
    from engine.detection.models.downloads import download

    yield from download(name)


class Downloads(QObject):
    """One download at a time.

    Signals:
        changed: another model is being fetched, or the one is further.
        arrived: the name of a model that can run now.
        failed: why one could not be had.
        status: a sentence.
    """

    changed = Signal()
    arrived = Signal(str)
    failed = Signal(object)
    status = Signal(str)

    def __init__(self, parent: QWidget, bridge: Bridge) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.strip = TaskStrip("detection.download.progress", parent)
        self.name = ""  # of the model that is being fetched
        self.done = self.total = 0
        self.strip.cancel_wanted.connect(self.cancel)

    def start(self, name: str) -> None:
        """Fetch a model; what an earlier, stopped download left is used."""
        self.cancel()
        self.name, self.done, self.total = name, 0, 0
        self._bridge.start(
            "network",
            DOWNLOAD,
            partial(fetch, name),
            on_snapshot=self._take,
            on_error=self._fail,
        )
        self._show()

    def cancel(self) -> None:
        """Stop; what is there stays for the next time."""
        if self.name:
            self._bridge.cancel(DOWNLOAD)
            self._end()
            self.status.emit(self.tr("The download was stopped; it can go on later."))

    def _take(self, progress: Any) -> None:
        self.done, self.total = progress.done, progress.total
        if progress.path is None:
            self._show()
            return
        name = self.name
        self._end()
        self.status.emit(self.tr("The model is here: {name}").format(name=progress.path.name))
        self.arrived.emit(name)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.name = ""
        self.strip.hide()
        self.changed.emit()

    def _show(self) -> None:
        text = self.tr("Downloading {name}: {done} of {total}").format(
            name=self.name, done=megabytes(self.done), total=megabytes(self.total)
        )
        # In kilobytes: a bar counts in 32 bits.
        self.strip.show_progress(text, self.done // 1000, self.total // 1000)
        self.changed.emit()


def megabytes(count: int) -> str:
    """Bytes as people read them."""
    decimals = 0 if count >= 10_000_000 else 1
    return QLocale().formattedDataSize(count, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)
