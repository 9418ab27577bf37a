"""A run folder's files: begun, replaced as a whole, given back, found again after a kill.

RUN/last/       what goes on from here; replaced as a whole: written as `last.new`, renamed
RUN/last.old/   the one before, in case that the newest is cut by a crash of the computer
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
from typing import Any

from engine.atomic_write import replacing
from engine.errors import InputError, SpecError
from engine.specs import from_json
from engine.training.spec import TrainSpec

LINES = ("metrics.jsonl", "evaluations.jsonl")
PHASES = "phases.jsonl"  # engine.training.alternating.phase_log; a line stands for many steps
FILES = (
    "spec.json",
    *LINES,
    "last",
    "last.new",
    "last.old",
    "checkpoints",
    "states",
    "origin.json",
    PHASES,
    "proposals",
    "reports",
)
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
        remove(out / name)
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
        remove(out / "last")
        os.replace(last, out / "last")
    remove(out / "last.new")
    for folder in (out, out / "checkpoints"):
        for path in folder.glob("*.partial"):
            remove(path)


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
    remove(new)
    new.mkdir(parents=True)
    try:
        yield new
        remove(old)
        if last.exists():
            os.replace(last, old)
        os.replace(new, last)
    finally:
        remove(new)


def write_text(path: Path, text: str) -> None:
    """Write a text file at once.

    Raises:
        ExportError: it could not be written.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def read_spec(out: Path) -> TrainSpec:
    """The spec in a run folder.

    Raises:
        InputError: it holds no run, or one of another version of the program.
    """
    path = out / "spec.json"
    if not path.is_file():
        raise InputError("run.not_a_run", path=out)
    try:
        return from_json(path.read_text(encoding="utf-8"), TrainSpec)
    except SpecError as error:
        if error.code != "spec.version":
            raise
        raise InputError("run.version", path=out, **error.fields) from error


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file that have a step; what cannot be read is left out."""
    found = []
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for line in text.splitlines():
        try:
            values = json.loads(line)
            int(values["step"])
        except (ValueError, KeyError, TypeError):
            continue
        found.append(values)
    return found


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


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
