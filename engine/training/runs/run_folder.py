"""A run folder's files: begun, replaced as a whole, given back, found again after a kill.

RUN/last/       what goes on from here; replaced as a whole: written as `last.new`, renamed
RUN/replaced/   the files of an older run, until the new one has its first checkpoint
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from engine.atomic_write import replacing
from engine.errors import InputError

LINES = ("metrics.jsonl", "evaluations.jsonl")
FILES = ("spec.json", *LINES, "last", "last.new", "last.old", "checkpoints")
REPLACED = "replaced"


def check_free(out: Path) -> None:
    """Refuse a folder that holds a run.

    Raises:
        InputError: there is one.
    """
    recover(out)
    if any((out / name).exists() for name in FILES):
        raise InputError("run.exists", path=out, free=free_name(out))


def begin(out: Path, *, overwrite: bool) -> None:
    """Make a folder for a new run.

    Args:
        overwrite: whether the files of an older run may be replaced; they are kept aside
            until `settle`.

    Raises:
        InputError: there is an older run, and it may not be replaced.
        OSError: the folder cannot be made.
    """
    out.mkdir(parents=True, exist_ok=True)
    if not overwrite:
        check_free(out)
        return
    recover(out)
    for name in FILES:
        if (out / name).exists():
            (out / REPLACED).mkdir(exist_ok=True)
            os.replace(out / name, out / REPLACED / name)


def settle(out: Path) -> None:
    """The new run has a checkpoint: the older one goes."""
    shutil.rmtree(out / REPLACED, ignore_errors=True)


def give_back(out: Path) -> None:
    """The new run ended before it had a checkpoint: the older one comes back, if there is one."""
    if not (out / REPLACED).is_dir():
        return
    for name in FILES:
        _remove(out / name)
        if (out / REPLACED / name).exists():
            os.replace(out / REPLACED / name, out / name)
    (out / REPLACED).rmdir()


def recover(out: Path) -> None:
    """Clear what a kill or a full disk left, whatever moment it came at."""
    last = last_of(out)
    if last is None and (out / REPLACED).is_dir():
        give_back(out)
        last = last_of(out)
    else:
        settle(out)
    if last is not None and last.name != "last":
        _remove(out / "last")
        os.replace(last, out / "last")
    for name in ("last.new", "last.old"):
        _remove(out / name)
    for folder in (out, out / "checkpoints"):
        for path in folder.glob("*.partial"):
            _remove(path)


def last_of(out: Path) -> Path | None:
    """The complete `last` of a run; None when it has none."""
    for name in ("last", "last.new", "last.old"):
        if (out / name / "state.json").is_file():
            return out / name
    return None


@contextmanager
def replacing_last(out: Path) -> Iterator[Path]:
    """Give an empty folder and put it in the place of `last` when the block ends well.

    When it does not end well, nothing is left of the folder: a full disk is not kept full.
    """
    new, last, old = out / "last.new", out / "last", out / "last.old"
    _remove(new)
    new.mkdir(parents=True)
    try:
        yield new
        _remove(old)
        if last.exists():
            os.replace(last, old)
        os.replace(new, last)
    finally:
        _remove(new)
    _remove(old)


def write_text(path: Path, text: str) -> None:
    """Write a text file at once.

    Raises:
        ExportError: it could not be written.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def cut_back(path: Path, step: int) -> None:
    """Keep the lines of a JSON-lines file up to a step; a half-written line goes too."""
    if not path.is_file():
        return
    kept = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            if json.loads(line)["step"] <= step:
                kept.append(line + "\n")
        except (ValueError, KeyError, TypeError):
            continue
    write_text(path, "".join(kept))


def free_name(out: Path) -> Path:
    """A folder beside `out` that is not there yet."""
    return next(name for n in count(2) if not (name := out.with_name(f"{out.name}-{n}")).exists())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
