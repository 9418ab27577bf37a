"""A PNG without what only libpng speaks of: it prints warnings on the terminal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
AROUND = 12  # bytes of a chunk beside its data: length, name, checksum


def pixels_only(data: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A PNG file's bytes with the chunks that decide its pixels, and no others.

    A broken colour profile, a chunk that is there twice or a text with a bad checksum changes
    no pixel, but libpng tells stderr of it.

    Args:
        data: (n,) uint8, a whole file; one that is no PNG, or is cut, comes back as it is.

    Source: PNG specification, third edition, chapter 5.
    """
    content = data.tobytes()
    if not content.startswith(SIGNATURE):
        return data
    kept, at = [SIGNATURE], len(SIGNATURE)
    while at < len(content):
        end = at + AROUND + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        if end > len(content):
            return data
        if name in NEEDED:
            kept.append(content[at:end])
        at = end
        if name == b"IEND":
            break  # libpng does not read what follows, either
    return np.frombuffer(b"".join(kept), np.uint8)
