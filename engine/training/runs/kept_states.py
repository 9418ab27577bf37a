"""The states of a run folder by their steps, without torch: what it can be forked from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

STATE = "state.json"
_NAME = re.compile(r"step-(\d{6,})")


def name_of(step: int) -> str:
    """What a step's checkpoint and state are called."""
    return f"step-{step:06d}"


def step_of(folder: Path) -> int | None:
    """The step of a state; None where there is none that is whole."""
    try:
        return int(json.loads((folder / STATE).read_text(encoding="utf-8"))["step"])
    except (OSError, KeyError, ValueError, TypeError):
        return None


def steps_in(folder: Path) -> Iterator[tuple[int, Path]]:
    """What is named after a step in a folder, in any order."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if (match := _NAME.fullmatch(path.stem)) is not None and path.suffix != ".new":
            yield int(match[1]), path


def forkable(out: Path) -> dict[int, Path]:
    """The folders of the states that a run can be forked from, by step, newest first."""
    found = {step: path for step, path in steps_in(out / "states") if (path / STATE).is_file()}
    for name in ("last.old", "last"):
        step = step_of(out / name)
        if step is not None:
            found[step] = out / name
    return dict(sorted(found.items(), reverse=True))
