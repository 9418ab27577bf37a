"""The whole trace as an npz file that NumPy reads without pickle."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.atomic_write import replacing
from engine.export.item import ExportItem


def write(path: Path, item: ExportItem) -> None:
    """Write every array of the item's trace under its own name.

    Raises:
        ExportError: it could not be written.
        ValueError: the item carries no trace.
    """
    if item.trace is None:
        raise ValueError("an npz file needs the trace")
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, allow_pickle=False, **dict(item.trace.arrays()))
