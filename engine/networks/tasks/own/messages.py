"""Messages between this program and the process of the user's file: JSON behind its length."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

MOST_BYTES = 1 << 20  # of one message; a frame is a few kilobytes
_LENGTH = struct.Struct(">I")


def write_message(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message and flush it."""
    text = json.dumps(message).encode()
    stream.write(_LENGTH.pack(len(text)) + text)
    stream.flush()


def read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message; None at the end of the stream, and of what is no message."""
    try:
        head = stream.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > MOST_BYTES:
            return None
        message = json.loads(stream.read(length))
    except (OSError, ValueError):
        return None
    return message if isinstance(message, dict) else None
