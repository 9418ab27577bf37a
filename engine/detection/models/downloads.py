"""Torchvision's weights, fetched on request: resumed where they stopped, checked, then there whole.

No torch here. The proxy settings of the system are used, as every program does.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine.detection.models.torchvision_models import PUBLISHED, cached_path
from engine.errors import InputError, ModelError

SOURCE = "https://download.pytorch.org/models/"
BLOCK_BYTES = 1 << 18
TIMEOUT_S = 20.0


@dataclass(frozen=True)
class DownloadProgress:
    """How far a download is.

    Attributes:
        name: the model.
        done, total: bytes; `total` is the published size until the server tells its own.
        seconds: since this call began.
        resumed: bytes that an earlier, cancelled call had fetched.
        path: the finished file, in the last snapshot only.
    """

    name: str
    done: int
    total: int
    seconds: float
    resumed: int = 0
    path: Path | None = None


def source() -> str:
    """Where files are fetched from: torchvision's server, or a mirror in `THALWEG_DOWNLOADS`."""
    return os.environ.get("THALWEG_DOWNLOADS") or SOURCE


def download_size(name: str) -> int:
    """Bytes of a model's weights file, as published.

    Raises:
        InputError: it is none of torchvision's.
    """
    result: int = round(_published(name).megabytes * 2**20)
    return result


def download(
    name: str, *, url: str | None = None, folder: Path | None = None
) -> Iterator[DownloadProgress]:
    """Fetch a model's weights file into torchvision's cache.

    What was fetched stays beside the file's place as `FILE.part` when the job is
    dropped or fails, and the next call goes on from there.

    Args:
        url: of the file; None for `source()`.
        folder: where to; None for torchvision's cache.

    Raises:
        InputError: it is none of torchvision's.
        ModelError: the server cannot be reached, answers with an error, ends early, or
            sends another file; the disk is full or not writable.
    """
    begun = time.perf_counter()
    file = _published(name).file
    target = cached_path(name) if folder is None else folder / file
    total = download_size(name)
    if target.is_file():
        yield DownloadProgress(name, target.stat().st_size, target.stat().st_size, 0.0, 0, target)
        return
    partial = target.with_name(file + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        resumed = partial.stat().st_size if partial.is_file() else 0
        _check_room(target.parent, total - resumed, file)
        yield DownloadProgress(name, resumed, total, 0.0, resumed)
        address = url or source().rstrip("/") + "/" + file
        with _opened(address, resumed, file) as (answer, start, total_sent):
            total = total_sent or total
            digest = hashlib.sha256()
            with partial.open("r+b" if start else "wb") as out:
                for block in _blocks(out, start):
                    digest.update(block)
                out.seek(start)
                done = start
                while block := _read(answer, file, done, total):
                    out.write(block)
                    digest.update(block)
                    done += len(block)
                    seconds = time.perf_counter() - begun
                    yield DownloadProgress(name, done, total, seconds, start)
                out.truncate()
        if total_sent and done < total_sent:
            raise ModelError("download.cut", file=file, done=_mb(done), total=_mb(total))
        if not _matches(file, digest.hexdigest()):
            partial.unlink(missing_ok=True)
            raise ModelError("download.digest", file=file)
        os.replace(partial, target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError("download.disk", path=target.parent, reason=reason) from error
    yield DownloadProgress(name, done, done, time.perf_counter() - begun, start, target)


class _opened:
    """An answer of the server, from byte `start` on: context of (answer, start, total)."""

    def __init__(self, url: str, resumed: int, file: str) -> None:
        self._url, self._resumed, self._file = url, resumed, file
        self._answer: Any = None

    def __enter__(self) -> tuple[Any, int, int | None]:
        start = self._resumed
        headers = {"Range": f"bytes={start}-"} if start else {}
        try:
            request = urllib.request.Request(self._url, headers=headers)
            self._answer = urllib.request.urlopen(request, timeout=TIMEOUT_S)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 416 and start:  # the part is as long as the file, or longer
                self._resumed = 0
                return self.__enter__()
            raise self._told(error) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._told(error) from error
        length = self._answer.headers.get("Content-Length")
        rest = int(length) if length and length.isdecimal() else None
        sent = self._answer.headers.get("Content-Range") or ""
        if not (self._answer.status == 206 and sent.startswith(f"bytes {start}-")):
            start = 0  # the whole file, whatever was asked
        return self._answer, start, None if rest is None else start + rest

    def __exit__(self, *_: object) -> None:
        if self._answer is not None:
            self._answer.close()

    def _told(self, error: Exception) -> ModelError:
        parts = urllib.parse.urlsplit(self._url)
        host = parts.hostname or self._url
        if isinstance(error, urllib.error.HTTPError) and error.code != 407:
            return ModelError("download.status", file=self._file, host=host, status=error.code)
        reason = getattr(error, "reason", error)
        text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        if isinstance(reason, TimeoutError):
            text = "no answer in time"
        proxy = urllib.request.getproxies().get(parts.scheme)
        if proxy and not urllib.request.proxy_bypass(host):
            shown = urllib.parse.urlsplit(proxy).netloc.rpartition("@")[2] or proxy
            return ModelError(
                "download.proxy", file=self._file, host=host, proxy=shown, reason=text
            )
        return ModelError("download.unreachable", file=self._file, host=host, reason=text)


def _read(answer: Any, file: str, done: int, total: int) -> bytes:
    try:
        result: bytes = answer.read(BLOCK_BYTES)
        return result
    except (OSError, http.client.HTTPException) as error:
        raise ModelError("download.cut", file=file, done=_mb(done), total=_mb(total)) from error


def _blocks(file: IO[bytes], length: int) -> Iterator[bytes]:
    """The first bytes of a file that an earlier call wrote."""
    while length > 0 and (block := file.read(min(BLOCK_BYTES, length))):
        length -= len(block)
        yield block


def _published(name: str) -> Any:
    if name not in PUBLISHED:
        known = ", ".join(PUBLISHED)
        raise InputError("value.unknown_name", kind="Download", value=name, known=known)
    return PUBLISHED[name]


def _matches(file: str, digest: str) -> bool:
    digits = re.search(r"-([0-9a-f]{8,})\.\w+$", file)
    return digits is None or digest.startswith(digits[1])


def _check_room(folder: Path, needed: int, file: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelError("download.room", file=file, needed=_mb(needed), free=_mb(free))


def _mb(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
