"""Whether a file or a folder holds annotations to train on: a quick look, nothing is read whole.

What `engine.annotations.labelled_folder` would take, whatever is wrong in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from engine.annotations import layouts, yolo_data_file
from engine.annotations.labelled_folder import is_yolo
from engine.annotations.reading import DATA_FILES, recognised, suffixes
from engine.errors import InputError

MOST_ENTRIES = 20_000  # of a folder that are gone through, pictures and all
MOST_FILES = 20  # of a folder that are looked into


def holds_annotations(path: Path) -> bool:
    """Whether there are annotations of any format that is read here; False for no such path."""
    try:
        if path.is_dir():
            return any(map(_is_annotations, _candidates(path)))
        return path.is_file() and _is_annotations(path)
    except OSError:
        return False


def _candidates(path: Path) -> Iterator[Path]:
    endings = (*suffixes(), *DATA_FILES)
    for folder in (path, *layouts.inner_folders(path)):
        entries = islice(folder.iterdir(), MOST_ENTRIES)
        files = (each for each in entries if each.suffix.lower() in endings)
        yield from islice(files, MOST_FILES)


def _is_annotations(file: Path) -> bool:
    if file.suffix.lower() in DATA_FILES:
        return _is_data_file(file)
    reader = recognised(file)
    return reader is not None and (reader.suffix != ".txt" or is_yolo(file))


def _is_data_file(file: Path) -> bool:
    """Whether a YAML file describes a data set as YOLO has it."""
    try:
        return bool(yolo_data_file.label_folders(file))
    except (InputError, OSError):
        return False
