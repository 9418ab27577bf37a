"""One process at a time writes a run folder: a lock of the kernel, gone with its process.

RUN/.lock   an empty file, there while a process holds it
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.errors import ExportError, InputError

LOCK = ".lock"


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Have a run folder for oneself while the block runs.

    The folder is made where it is missing, and taken away again where nothing came into it.

    Raises:
        InputError: another process, or another training of this one, has it.
        ExportError: the folder cannot be made or written to.
    """
    new = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = _locked(out)
    except OSError as error:
        raise ExportError("export.failed", path=out, reason=error.strerror or error) from error
    try:
        yield
    finally:
        if os.name == "posix":  # while it is held: whoever opened it meanwhile tries anew
            (out / LOCK).unlink(missing_ok=True)
        file.close()
        if new:
            with suppress(OSError):
                out.rmdir()


def _locked(out: Path) -> BinaryIO:
    """The lock's file, held by this process until it is closed."""
    while True:
        file = (out / LOCK).open("ab")
        try:
            _lock(file)
            if os.name != "posix" or _is_there(file, out / LOCK):
                return file
        except BlockingIOError as error:
            file.close()
            raise InputError("run.in_use", path=out) from error
        except BaseException:
            file.close()
            raise
        file.close()  # its holder took it away between the two lines above


def _is_there(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform != "win32":
    import fcntl

    def _lock(file: BinaryIO) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:  # a file system without locks: better alone than not at all
            return

else:
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
