"""What the readers of ground truth share: JSON, the first characters, sizes of pictures."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import InputError

START_CHARACTERS = 4096  # enough to tell one kind of file from another
_ORIENTATION, _SIDEWAYS = 0x0112, (5, 6, 7, 8)  # EXIF's tag, and its turns by a quarter


def read_json(file: Path, code: str) -> dict[str, Any]:
    """The object that a JSON file holds.

    Args:
        code: of the error when it is no JSON, or JSON of something else.

    Raises:
        InputError: it cannot be opened, or is no JSON object.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("file.unreadable", path=file) from error
    except (ValueError, RecursionError) as error:
        raise InputError(code, path=file) from error
    if not isinstance(content, dict):
        raise InputError(code, path=file)
    return content


def read_start(file: Path) -> str:
    """The first `START_CHARACTERS` of a text file; "" for one that cannot be opened."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(START_CHARACTERS)
    except OSError:
        return ""


def base_name(text: str) -> str:
    """The last part of a path as any system writes it."""
    return text.replace("\\", "/").rsplit("/", 1)[-1].strip()


@lru_cache(maxsize=4096)
def picture_size(picture: Path) -> tuple[int, int]:
    """(height, width) of a picture file the right way up, from its head alone.

    Raises:
        InputError: it cannot be opened, or is no picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(picture) as image:
            width, height = image.size
            turned = image.getexif().get(_ORIENTATION, 1) in _SIDEWAYS
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise InputError("truth.no_picture", path=picture) from error
    return (width, height) if turned else (height, width)
