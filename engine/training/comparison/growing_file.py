"""A JSON-lines file that another process may be writing, read from where one left off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.training.runs.file_place import FilePlace, is_cut, new_lines


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
        self._place = FilePlace()

    def read(self) -> Iterator[Part]:
        """What has come since the last call; nothing where nothing has.

        A last line without its end is not written yet, and is read when it is. A line that
        is no object is left out. A file that is not there is empty.
        """
        restarted = is_cut(self._path, self._place)
        if restarted:
            self._place = FilePlace()
        more = True
        while more:
            lines, self._place, more = new_lines(self._path, self._place)
            if lines or restarted:
                yield Part(restarted, tuple(lines))
                restarted = False
