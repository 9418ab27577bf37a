"""A large JSON file, read piece by piece: never held as a whole, and to be left at any time.

`json.loads` holds the interpreter until it is done, 10 s for a data set of 450 MB, and with it
every other thread, the window's too. Here one element of a list is parsed at a time.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache
from json.decoder import WHITESPACE  # type: ignore[attr-defined]
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from engine.annotations.files import open_text
from engine.errors import InputError

CHUNK = 1 << 18  # characters read at once: some 10 ms of work
LARGE = 1 << 20  # bytes of a file of which the first of these keys tells what it is
TOLD = 4 << 20  # bytes of a file of which is told how much is read
TELLING = frozenset({"images", "annotations", "categories", "shapes", "imagePath"})
_DEEP = 2  # values that nobody asked for are passed piece by piece down to here
_DECODER = json.JSONDecoder()
_LENIENT = json.JSONDecoder(parse_int=float)  # bears integers of thousands of digits

T = TypeVar("T")


@dataclass(frozen=True)
class ReadProgress:
    """How much of a large file is read: `done` of `count` bytes, or of its pictures."""

    file: Path
    done: int
    count: int


# A job that reads, and what it gives in the end.
Steps = Generator[ReadProgress, None, T]


def finish(steps: Generator[Any, None, T]) -> T:
    """Pull a job to its end, and give what it gives then."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def parse(text: str) -> Any:
    """The value of an element's text, as `JsonStream.elements` gave it."""
    try:
        return json.loads(text)
    except ValueError:
        return _LENIENT.decode(text)


class JsonStream:
    """The object that a JSON file holds, key by key and element by element.

    Args:
        code: of the error when it is no JSON, or JSON of something else.

    Raises:
        InputError: by every method, where the file cannot be read on, or is no JSON object.
    """

    def __init__(self, file: Path, code: str) -> None:
        self._file, self._code = file, code
        try:
            self._opened, self._bytes = open_text(file)
            self._count = file.stat().st_size
        except (OSError, ValueError) as error:
            raise InputError("file.unreadable", path=file) from error
        self._text, self._at, self._line = "", 0, 1
        self._ended = False
        self._unread = False  # the value of the newest key was not asked for
        self._told = 0

    def __enter__(self) -> JsonStream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def progress(self) -> ReadProgress | None:
        """How far it is in a large file, where that was not told yet and more is to come."""
        done = self._bytes.tell()
        if self._count < TOLD or self._ended or done in (self._told, self._count):
            return None
        self._told = done
        return ReadProgress(self._file, done, self._count)

    def each_key(self) -> Iterator[str]:
        """The keys of the outermost object; each one's value may be read before the next."""
        if self._sign() != "{":
            raise self._error(self._at)
        for key in self._members():
            self._unread = True
            yield key
            if self._unread:
                self._skip(0)
        if self._sign():  # something follows
            raise self._error(self._at)

    def at_list(self) -> bool:
        """Whether the newest key's value is a list."""
        return self._sign() == "["

    def value(self) -> Any:
        """The newest key's value."""
        self._unread = False
        return self._decode()[0]

    def elements(self) -> Iterator[tuple[Any, str]]:
        """The elements of the newest key's list, each with its text."""
        self._unread = False
        for _ in self._items():
            yield self._decode()

    def _skip(self, depth: int) -> None:
        sign = self._sign()
        if depth < _DEEP and sign in ("{", "["):
            for _ in self._members() if sign == "{" else self._items():
                self._skip(depth + 1)
        else:
            self._decode()

    def _members(self) -> Iterator[str]:
        for _ in self._separated("}"):
            key, _text = self._decode()
            if not isinstance(key, str) or self._sign() != ":":
                raise self._error(self._at)
            self._at += 1
            yield key

    def _items(self) -> Iterator[None]:
        return self._separated("]")

    def _separated(self, end: str) -> Iterator[None]:
        """Stand at each part of what commas separate, up to the sign that ends it."""
        self._at += 1
        if self._sign() == end:
            self._at += 1
            return
        while True:
            yield
            sign = self._sign()
            if sign not in (",", end):
                raise self._error(self._at)
            self._at += 1
            if sign == end:
                return

    def _sign(self) -> str:
        """The next character that is no space; "" at the end."""
        while True:
            self._at = WHITESPACE.match(self._text, self._at).end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _decode(self) -> tuple[Any, str]:
        """The next value and its text."""
        if not self._sign():
            raise self._error(self._at)
        while True:
            try:
                value, end = self._raw(_DECODER)
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self._error(error.pos) from error
                continue
            if end + 2 >= len(self._text) and self._more():
                continue  # a number may go on: 1 of 1e+3
            text = self._text[self._at : end]
            self._at = end
            return value, text

    def _raw(self, decoder: json.JSONDecoder) -> tuple[Any, int]:
        try:
            return decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError:
            raise
        except RecursionError as error:
            raise self._error(self._at) from error
        except ValueError:
            return _LENIENT.raw_decode(self._text, self._at)

    def _more(self) -> bool:
        """Read on, twice as much each time the same value goes on; False at the end."""
        kept = self._text[self._at :]
        pieces = [kept]
        wanted = max(CHUNK, len(kept))
        try:
            while wanted > 0 and (piece := self._opened.read(CHUNK)):
                pieces.append(piece)
                wanted -= len(piece)
        except (OSError, ValueError) as error:
            raise InputError("file.unreadable", path=self._file) from error
        if len(pieces) == 1:
            self._ended = True
            return False
        self._line += self._text.count("\n", 0, self._at)
        self._text, self._at = "".join(pieces), 0
        return True

    def _error(self, at: int) -> InputError:
        line = self._line + self._text.count("\n", 0, at)
        return InputError(self._code, path=self._file, place=f"{self._file.name}:{line}")


def json_keys(file: Path) -> frozenset[str]:
    """The keys of the object that a JSON file holds, in whatever order.

    A large file is read on only up to the first of `TELLING`; a damaged one as far as it can be.
    """
    try:
        stat = file.stat()
    except (OSError, ValueError):
        return frozenset()
    return _json_keys(file, stat.st_mtime_ns, stat.st_size > LARGE)


@lru_cache(maxsize=512)
def _json_keys(file: Path, _changed: int, large: bool) -> frozenset[str]:
    found: set[str] = set()
    try:
        with JsonStream(file, "data.not_coco") as stream:
            for key in stream.each_key():
                found.add(key)
                if large and key in TELLING:
                    break
    except InputError:
        pass  # what was found so far tells
    return frozenset(found)
