"""What the window remembers between two runs: one place that opens the store."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 12
MOST_DIGITS = 9  # of a remembered integer: what Qt's own ints hold


class Settings:
    """Typed access to one INI file of the user's configuration folder.

    Whatever the file holds, what is read here has the type that was asked for: what is
    broken, of another type, or gone from the disk is as if it had not been remembered.
    """

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Thalweg", "thalweg"
        )

    def can_be_kept(self) -> bool:
        """Whether what is set here can be written to the disk."""
        self._store.sync()
        return self._store.isWritable() and self._store.status() == QSettings.Status.NoError

    def file(self) -> Path:
        """Where it is written."""
        return Path(self._store.fileName())

    def text(self, key: str, default: str = "") -> str:
        """A remembered text; the default when there is none or it has another type."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def folder(self, key: str) -> str:
        """A remembered folder; empty when there is none or it is no longer there."""
        value = self.text(key)
        return value if value and os.path.isdir(value) else ""

    def state(self, key: str) -> dict[str, Any]:
        """A remembered dictionary; empty when there is none or it cannot be read.

        Numbers in it are finite, and integers have at most `MOST_DIGITS` digits; others are
        None.
        """
        try:
            value = json.loads(
                self.text(key, "{}"), parse_int=_integer, parse_float=_float, parse_constant=_none
            )
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def set_state(self, key: str, value: dict[str, Any]) -> None:
        self._store.setValue(key, json.dumps(value))

    def blob(self, key: str) -> QByteArray:
        """Remembered bytes, such as a window's geometry."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_blob(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, value)

    def recent(self) -> list[Path]:
        """Recently opened files and folders, newest first, missing ones too."""
        paths = self.state("recent").get("paths")
        found = [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
        return [Path(path) for path in found if path][:RECENT_LIMIT]

    def add_recent(self, path: Path) -> None:
        """Put a path first, among those that other windows have opened meanwhile."""
        path = path.absolute()
        self._store.sync()
        paths = [path, *(old for old in self.recent() if old != path)][:RECENT_LIMIT]
        self.set_state("recent", {"paths": [str(path) for path in paths]})
        self._store.sync()

    def clear_recent(self) -> None:
        self.set_state("recent", {"paths": []})

    def remove(self, prefix: str) -> None:
        """Forget a key and all keys below it."""
        self._store.remove(prefix)

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()


def _integer(text: str) -> int | None:
    return int(text) if len(text.lstrip("-")) <= MOST_DIGITS else None


def _float(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


def _none(text: str) -> None:
    """NaN and the infinities, which Python's reader of JSON would take."""
