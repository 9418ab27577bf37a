"""A run folder gets another name, or is asked whether it may go."""

from __future__ import annotations

import os
from pathlib import Path

from engine.errors import InputError
from engine.training.runs import lock

MOST_LETTERS = 100
FORBIDDEN = set('/\\:*?"<>|')  # by one of the systems that may read the folder


def rename(run: Path, name: str) -> Path:
    """Give a run folder another name; its new place.

    Raises:
        InputError: the name cannot be a folder's or is taken, or the run is being trained.
        OSError: the folder cannot be renamed.
    """
    name = name.strip()
    bad = not name or name.startswith(".") or name.endswith(".") or len(name) > MOST_LETTERS
    if bad or FORBIDDEN & set(name) or not name.isprintable():
        raise InputError("run.bad_name", name=name)
    new = run.with_name(name)
    if new == run:
        return run
    if new.exists():
        raise InputError("run.name_taken", name=name)
    check_unused(run)
    os.rename(run, new)
    return new


def check_unused(run: Path) -> None:
    """Refuse a run that is being trained, by whatever process.

    Raises:
        InputError: it is, or there is none.
    """
    if not run.is_dir():
        raise InputError("run.not_a_run", path=run)
    with lock.held(run):
        pass
