"""How far a file of lines is read that another process may be writing.

A half-written last line waits for its rest. A file that was cut back or replaced is known by
its being shorter, or by the last line read no longer standing where it stood. The number of the
file alone (inode) does not tell: some network file systems make it up anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PIECE_BYTES = 1 << 20  # read at once: a long run must not hold up what shares its worker
TAIL_BYTES = 4096  # of what was read last, to be found again


@dataclass(frozen=True)
class FilePlace:
    """How far a file is read.

    Attributes:
        offset: bytes of whole lines that were read.
        tail: the last of them, at most `TAIL_BYTES`.
    """

    offset: int = 0
    tail: bytes = b""


def new_lines(path: Path, place: FilePlace) -> tuple[list[dict[str, Any]], FilePlace, bool]:
    """The whole lines behind a place that are JSON objects, and whether there are more.

    A file that is not there, or cannot be read now, has none.
    """
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            piece = file.read(PIECE_BYTES)
            while b"\n" not in piece and (further := file.read(PIECE_BYTES)):
                piece += further
            more = file.read(1) != b""
    except OSError:
        return [], place, False
    whole = piece[: piece.rfind(b"\n") + 1]
    tail = (place.tail + whole)[-TAIL_BYTES:]
    lines = [line for text in whole.split(b"\n") if (line := _object(text)) is not None]
    return lines, FilePlace(place.offset + len(whole), tail), more and bool(whole)


def is_cut(path: Path, place: FilePlace) -> bool:
    """Whether what was read of a file no longer stands there."""
    if not place.offset:
        return False
    try:
        with path.open("rb") as file:
            file.seek(place.offset - len(place.tail))
            return file.read(len(place.tail)) != place.tail
    except FileNotFoundError:
        return True
    except OSError:  # a share that does not answer now
        return False


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None
