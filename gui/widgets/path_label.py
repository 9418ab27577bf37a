"""A label for a file's name: shortened in the middle, the whole path in the tool tip."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.file_text import printable
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.user_text import tip


class PathLabel(ElidedLabel):
    """Shows a path's last part in whatever width there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, dots=Qt.TextElideMode.ElideMiddle)

    def set_path(self, path: Path | None, placeholder: str = "") -> None:
        """Show a path, or a placeholder where there is none."""
        self.setText(printable(path.name) if path is not None else placeholder)
        self.setToolTip(tip(str(path)) if path is not None else "")
        self.setProperty("role", "" if path is not None else "muted")
        self.style().polish(self)
