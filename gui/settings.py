"""What the window remembers between two runs: one place that opens the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT_LIMIT = 12


class Settings:
    """Typed access to one INI file of the user's configuration folder."""

    def __init__(self) -> None:
        self._store = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Thalweg", "thalweg"
        )

    def text(self, key: str, default: str = "") -> str:
        """A remembered text; the default when there is none or it has another type."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def state(self, key: str) -> dict[str, Any]:
        """A remembered dictionary; empty when there is none or it cannot be read."""
        try:
            value = json.loads(self.text(key, "{}"))
        except ValueError:
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
        paths = self.state("recent").get("paths", [])
        return [Path(path) for path in paths if isinstance(path, str)]

    def add_recent(self, path: Path) -> None:
        path = path.absolute()
        paths = [path, *(old for old in self.recent() if old != path)][:RECENT_LIMIT]
        self.set_state("recent", {"paths": [str(path) for path in paths]})

    def clear_recent(self) -> None:
        self.set_state("recent", {"paths": []})

    def remove(self, prefix: str) -> None:
        """Forget a key and all keys below it."""
        self._store.remove(prefix)

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()
