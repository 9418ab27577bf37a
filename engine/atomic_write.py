"""Write a file so that it is there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from engine.errors import ExportError

MOST_LINKS = 40  # of links to links, as on Linux
_OF_THE_SYSTEM = ("/dev/", "/proc/")  # what lies there is never replaced
_LEFTOVER = re.compile(r"\..*\.(\d+)\.\w+\.part")
_MASK = os.umask(0o022)
os.umask(_MASK)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file and put it in the place of `path` when the block ends well.

    What `path` stands for is kept: the target of a link is replaced, not the link, and a
    device, a pipe or `/dev/stdout` is written to. The file has reached the disk before it
    replaces another, whose permissions it takes.

    Raises:
        ExportError: the folder is missing or not writable, or the disk is full; nothing
            is left of the file.
    """
    temporary: Path | None = None
    try:
        target, through = _target(Path(path))
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if not through:
            _clear_leftovers(target.parent)
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.{os.getpid()}.",
            suffix=".part",
            dir=None if through else target.parent,
        )
        os.close(handle)
        temporary = Path(name)
        yield temporary
        if through:
            with temporary.open("rb") as written, _opened(target) as stream:
                shutil.copyfileobj(written, stream)
        else:
            temporary.chmod(_mode(target))  # mkstemp makes it private
            flush_to_disk(temporary)
            os.replace(temporary, target)
            temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError("export.failed", path=str(path), reason=reason) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_json(path: Path, value: Any, *, indent: int | None = None) -> None:
    """Write JSON in UTF-8, atomically.

    A lone surrogate, such as stands in a file name that is no UTF-8, is written as JSON's
    own escape: whoever reads the file gets the same name again.

    Raises:
        ExportError: it could not be written.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    with replacing(path) as temporary:
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))


@contextmanager
def replacing_text(path: Path) -> Iterator[TextIO]:
    """`replacing` as a text to write: UTF-8, its line ends as they are written.

    Raises:
        ExportError: it could not be written.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        yield file


def make_folder(folder: Path) -> None:
    """Make an output folder.

    Raises:
        ExportError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError("export.failed", path=str(folder), reason=reason) from error


def flush_to_disk(path: Path) -> None:
    """Have the system write a file out: renamed before that, it may be empty after a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _target(path: Path) -> tuple[Path, bool]:
    """The file that a path stands for, and whether it is written through in place."""
    place = path
    for _ in range(MOST_LINKS):
        place = Path(os.path.realpath(place.parent)) / place.name
        if os.name == "posix" and str(place).startswith(_OF_THE_SYSTEM):
            return place, True
        if not place.is_symlink():
            break
        place = place.parent / os.readlink(place)
    else:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return place, False
    return place, not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _opened(place: Path) -> BinaryIO:
    """Open what is written through.

    Standard output is taken as it is: opened anew, a file behind it would be written from
    its beginning once more.
    """
    own = rf"/dev/(stdout|stderr)|/proc/{os.getpid()}/fd/(\d+)"
    if (match := re.fullmatch(own, str(place))) is None:
        return place.open("wb")
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    number = int(match[2] or {"stdout": 1, "stderr": 2}[match[1]])
    return open(number, "wb", closefd=False)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced; else those of any new file."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return 0o666 & ~_MASK


@lru_cache(maxsize=64)
def _clear_leftovers(folder: Path) -> None:
    """Remove what processes that were killed left half written, once a folder and run."""
    for name in os.listdir(folder):
        if (match := _LEFTOVER.fullmatch(name)) and not _alive(int(match[1])):
            with suppress(OSError):
                (folder / name).unlink()


def _alive(process: int) -> bool:
    """Whether a process of this number runs; on Windows it is taken to run."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
