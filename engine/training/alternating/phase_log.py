"""RUN/phases.jsonl, one line a phase that has ended, and RUN/proposals/. No torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.atomic_write import replacing

FILE, PROPOSALS = "phases.jsonl", "proposals"


def append(out: Path, record: Mapping[str, Any]) -> None:
    """Add a phase that has ended.

    Raises:
        OSError: it could not be written.
    """
    with open(out / FILE, "a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def read(out: Path) -> tuple[dict[str, Any], ...]:
    """The phases that have ended; a line that cannot be read is left out."""
    try:
        lines = (out / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return tuple(record for line in lines if (record := _record(line)) is not None)


def cut_back(out: Path, began: int) -> None:
    """Keep the phases that ended before the one that began at this step.

    Raises:
        ExportError: it could not be written.
    """
    if not (out / FILE).is_file():
        return
    kept = [json.dumps(record) + "\n" for record in read(out) if record["step"] <= began]
    with replacing(out / FILE) as temporary:
        temporary.write_text("".join(kept), encoding="utf-8")


def write_proposals(out: Path, phase: str, arrays: Mapping[str, NDArray[Any]]) -> Path:
    """Keep a phase's proposals as RUN/proposals/PHASE.npz.

    Raises:
        ExportError: they could not be written.
    """
    folder = out / PROPOSALS
    folder.mkdir(exist_ok=True)
    path = folder / f"{phase}.npz"
    with replacing(path) as temporary, open(temporary, "wb") as file:
        np.savez_compressed(file, allow_pickle=False, **dict(arrays))
    return path


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
        return record if isinstance(record["step"], int) and record["phase"] else None
    except (ValueError, KeyError, TypeError):
        return None
