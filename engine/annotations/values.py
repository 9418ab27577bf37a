"""One value of an annotation file, as other programs write it.

Numbers come as strings, whole numbers as `2.0`, names as numbers. Everything that a reader
takes from a file goes through here, so that nothing behind it meets a value that it cannot bear.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.annotations.remarks import Reason
from engine.file_text import printable

MOST = 1e9  # px or shares of a side; what is larger is a mistake
DIGITS = 40  # of a number in a string


class Unusable(ValueError):
    """A value or an object that cannot be used; `reason` says why, for the count."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.reason = Reason(code, detail)
        super().__init__(code)


def number(value: Any, code: str = "object.number") -> float:
    """A finite number of at most `MOST` either way, from a number or a string that holds one.

    Raises:
        Unusable: it is none, with `code` as the reason.
    """
    if isinstance(value, str):
        value = value.strip()
        if len(value) > DIGITS or "_" in value:
            raise Unusable(code)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        raise Unusable(code)
    try:
        result = float(value)
    except (ValueError, OverflowError) as error:
        raise Unusable(code) from error
    if not -MOST <= result <= MOST:  # NaN is in no range
        raise Unusable(code)
    return result


def whole(value: Any, code: str = "object.number") -> int:
    """A whole number, which may be written as `2.0` or "2".

    Raises:
        Unusable: it is none, with `code` as the reason.
    """
    result = number(value, code)
    if result != math.floor(result):
        raise Unusable(code)
    return int(result)


def text(value: Any, code: str = "object.name") -> str:
    """A name, which may be a number; what cannot be printed is escaped.

    Raises:
        Unusable: it is neither, with `code` as the reason.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unusable(code)
    try:
        return printable(str(value)).strip()
    except ValueError as error:  # an integer of thousands of digits
        raise Unusable(code) from error


def path(value: Any, code: str = "picture.name") -> str:
    """A path with slashes, whatever system it was written on.

    Bytes that are no UTF-8 stay as Python keeps them in paths, so that the file is found.

    Raises:
        Unusable: it is none, or empty.
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unusable(code)
    result = str(value)[:4096].replace("\\", "/").strip()
    if not result or "\0" in result:
        raise Unusable(code)
    return result


def identity(value: Any, code: str) -> int | str:
    """An id: a whole number, also one that is written as `2.0` or "2", or a string.

    Raises:
        Unusable: it is neither, with `code` as the reason.
    """
    if isinstance(value, str):
        plain = value.isascii() and value.isdecimal() and len(value) < DIGITS
        return int(value) if plain and str(int(value)) == value else value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return whole(value, code)


def flag(value: Any) -> bool:
    """Whether a mark such as "iscrowd" or "difficult" is set; not when it is no number."""
    if isinstance(value, bool):
        return value
    try:
        return number(value) > 0
    except Unusable:
        return False


def size(of: Mapping[str, Any], height: str, width: str, most: int) -> tuple[int, int] | None:
    """(height, width) of a picture; None where either is missing or no size of a picture.

    Args:
        of: holds both, under the names `height` and `width`.
        most: pixels that a picture has at most.
    """
    try:
        result = whole(of.get(height)), whole(of.get(width))
    except Unusable:
        return None
    return result if min(result) >= 1 and result[0] * result[1] <= most else None
