"""One process at a time writes a run folder: a lock of the kernel, gone with its process.

RUN/.lock   an empty file, there while a process holds it
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.errors import ExportError, InputError

LOCK = ".lock"
TRIES, WAIT_S = 5, 0.02  # `is_held` has the lock for some microseconds


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


def is_held(out: Path) -> bool | None:
    """Whether a process writes to a run folder, without keeping it from doing so.

    Returns:
        None where its file is there and nobody is seen to hold it: its process was killed, or
        runs on another machine whose locks are not seen here.
    """
    try:
        with (out / LOCK).open("r+b") as file:
            _lock(file, shared=True)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    except OSError:  # it may not be opened by us
        return None
    return None


def _locked(out: Path) -> BinaryIO:
    """The lock's file, held by this process until it is closed."""
    tries = TRIES
    while True:
        file = (out / LOCK).open("ab")
        try:
            _lock(file)
            if os.name != "posix" or _is_there(file, out / LOCK):
                return file
        except BlockingIOError as error:
            file.close()
            tries -= 1
            if not tries:
                raise InputError("run.in_use", path=out) from error
            time.sleep(WAIT_S)
            continue
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

    def _lock(file: BinaryIO, *, shared: bool = False) -> None:
        try:
            kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:  # a file system without locks: better alone than not at all
            return

else:
    import msvcrt

    def _lock(file: BinaryIO, *, shared: bool = False) -> None:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError(*error.args) from error
