"""What the readers of ground truth share: text of any encoding, JSON, heads of pictures."""

from __future__ import annotations

import codecs
import io
import json
import os
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import InputError

START_BYTES = 4096  # enough to tell most files from another
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ORIENTATION, _TIFF_WIDTH, _TIFF_HEIGHT = 0x0112, 256, 257
END_BYTES = 1 << 16  # in which a picture's end is looked for
_ENDS = {b"\xff\xd8": b"\xff\xd9", b"\x89PNG\r\n\x1a\n": b"IEND"}  # JPEG, PNG: begin, end
SIDEWAYS = (5, 6, 7, 8)  # EXIF's turns by a quarter


def decode(data: bytes) -> str:
    """Text of bytes: what a byte-order mark says, else UTF-8; lines end in `\\n`.

    Bytes that are no UTF-8 become the lone surrogates that Python has for them in file
    names, so that a name in another encoding still finds its file.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            break
    else:
        text = data.decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def open_text(file: Path) -> tuple[io.TextIOWrapper, io.BufferedReader]:
    """A text file to be read piece by piece, as `decode` has it, and the bytes below it.

    Raises:
        OSError, ValueError: it cannot be opened.
    """
    opened = file.open("rb")
    start = opened.read(max(len(mark) for mark, _ in _BOMS))
    mark, name = next((each for each in _BOMS if start.startswith(each[0])), (b"", "utf-8"))
    opened.seek(len(mark))
    errors = "replace" if mark else "surrogateescape"
    return io.TextIOWrapper(opened, name, errors, newline=None), opened


def read_text(file: Path) -> str:
    """A text file as `decode` has it.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return decode(file.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError("file.unreadable", path=file) from error


def read_start(file: Path) -> str:
    """The first `START_BYTES` of a text file; "" for one that cannot be opened."""
    try:
        with file.open("rb") as opened:
            return decode(opened.read(START_BYTES))
    except (OSError, ValueError):
        return ""


def read_json(file: Path, code: str) -> dict[str, Any]:
    """The object that a JSON file holds.

    Args:
        code: of the error when it is no JSON, or JSON of something else.

    Raises:
        InputError: it cannot be opened, or is no JSON object.
    """
    text = read_text(file)
    try:
        content = _loads(text)
    except json.JSONDecodeError as error:
        raise InputError(code, path=file, place=f"{file.name}:{error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(code, path=file, place=f"{file.name}:1") from error
    if not isinstance(content, dict):
        raise InputError(code, path=file, place=f"{file.name}:1")
    return content


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of thousands of digits: infinite, so refused where it stands
        return json.loads(text, parse_int=float)


def base_name(text: str) -> str:
    """The last part of a path as any system writes it."""
    return text.replace("\\", "/").rsplit("/", 1)[-1].strip()


@dataclass(frozen=True)
class PictureHead:
    """What the head of a picture file says.

    Attributes:
        size: (height, width), the right way up.
        orientation: EXIF's, 1 to 8.
    """

    size: tuple[int, int]
    orientation: int = 1


def picture_head(picture: Path) -> PictureHead:
    """The size of a picture file the right way up, from its head alone.

    Raises:
        InputError: it is missing, cannot be opened, or is no picture.
    """
    try:
        return _picture_head(picture, picture.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise InputError("file.missing", path=picture) from error
    except (OSError, ValueError) as error:
        raise InputError("file.unreadable", path=picture) from error


@lru_cache(maxsize=4096)
def _picture_head(picture: Path, _changed: int) -> PictureHead:
    from PIL import Image

    from engine.pictures.reader import read_picture  # sets Pillow's limit of pixels too

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd EXIF blocks that we can do without
        try:
            with Image.open(picture) as image:
                width, height = image.size
                orientation = _orientation(image)
                if image.format == "TIFF":  # Pillow gives some of their sizes turned already
                    tags = image.tag_v2  # type: ignore[attr-defined]
                    width, height = int(tags[_TIFF_WIDTH]), int(tags[_TIFF_HEIGHT])
        except Exception:  # what only OpenCV reads; Pillow's plug-ins raise whatever they like
            return PictureHead(read_picture(picture).size)
    size = (width, height) if orientation in SIDEWAYS else (height, width)
    return PictureHead(size, orientation)


def ends_whole(picture: Path) -> bool:
    """Whether a picture file ends as its format does; True for formats that tell no end.

    A download that broke off does not. In a JPEG's data its mark of the end cannot stand; what
    cameras append behind it is passed over.

    Raises:
        OSError: it cannot be opened.
    """
    with picture.open("rb") as file:
        start = file.read(8)
        mark = next((end for begin, end in _ENDS.items() if start.startswith(begin)), None)
        if mark is None:
            return True
        file.seek(0, os.SEEK_END)
        file.seek(max(file.tell() - END_BYTES, 0))
        return mark in file.read()


def _orientation(image: Any) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block must not cost the picture
        return 1
    return value if value in range(1, 9) else 1
