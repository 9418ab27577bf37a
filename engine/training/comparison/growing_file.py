"""A JSON-lines file that another process may be writing, read from where one left off."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PART = 1 << 20  # bytes at a time: a job yields between two parts


@dataclass(frozen=True)
class Part:
    """What is new in a file.

    Attributes:
        restarted: the file is another one than before: what was read of it counts no more.
        lines: its new whole lines that are JSON objects, in order.
    """

    restarted: bool
    lines: tuple[dict[str, Any], ...]


class GrowingFile:
    """Gives each line once; a run that is resumed puts a shorter file in the old one's place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._identity: tuple[int, int] | None = None

    def read(self) -> Iterator[Part]:
        """What has come since the last call; nothing where nothing has.

        A last line without its end is not written yet, and is read when it is. A line that
        is no object is left out. A file that is not there is empty.
        """
        try:
            file = self._path.open("rb")
        except OSError:
            if self._identity is not None:
                self._identity, self._offset = None, 0
                yield Part(True, ())
            return
        with file:
            facts = os.fstat(file.fileno())
            identity = (facts.st_dev, facts.st_ino)
            restarted = self._identity is not None and (
                identity != self._identity or facts.st_size < self._offset
            )
            if restarted:
                self._offset = 0
            self._identity = identity
            file.seek(self._offset)
            rest = b""
            while data := file.read(PART):
                whole, end, rest = (rest + data).rpartition(b"\n")
                self._offset += len(whole) + len(end)
                if end:
                    yield Part(restarted, tuple(_objects(whole)))
                    restarted = False
            if restarted:
                yield Part(True, ())


def _objects(text: bytes) -> Iterator[dict[str, Any]]:
    for line in text.split(b"\n"):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            yield values
