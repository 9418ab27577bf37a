"""Pictures taken off the list, so that it can be undone; no file is ever touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QUndoCommand

from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from gui.i18n import QT_TRANSLATE_NOOP

TEXT = QT_TRANSLATE_NOOP("detection", "removal from the list ({count})")


class RemoveEntries(QUndoCommand):
    """From a list to one without some of its entries."""

    def __init__(
        self, panel: FilePanel, entries: Sequence[Entry], emptied: Callable[[], None]
    ) -> None:
        """Build it.

        Args:
            emptied: called when no picture is left.
        """
        text = QCoreApplication.translate("detection", TEXT)
        super().__init__(text.format(count=QLocale().toString(len(entries))))
        self._panel, self._entries, self._emptied = panel, tuple(entries), emptied
        self._before = tuple(panel.model.everything)
        self._open = panel.current

    def redo(self) -> None:
        self._panel.remove(self._entries)
        if self._panel.current is None:
            self._emptied()

    def undo(self) -> None:
        """The entries at their old places; what was added since stays behind them."""
        known = {entry.key for entry in self._before}
        added = [entry for entry in self._panel.model.everything if entry.key not in known]
        self._panel.restore((*self._before, *added))
        if self._open is not None:
            self._panel.choose(self._open)
