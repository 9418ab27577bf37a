"""Where the folder of a data set keeps its pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

PICTURES = ("images", "JPEGImages", "imgs")  # what folders of pictures are called
SPLIT = re.compile(r"(train|valid|val|test)\d*")  # train2017/ of COCO, train/ of Roboflow


def picture_folders_in(folder: Path) -> Iterator[Path]:
    """The folders inside that are called as data sets call those of their pictures.

    images/, images/train/ (Ultralytics), images/default/ (CVAT), JPEGImages/ (Pascal VOC),
    train2017/ (COCO), train/, train/images/ (Roboflow); in the order of their names.
    """
    splits = [each for each in _folders(folder) if SPLIT.fullmatch(each.name)]
    for root in (folder, *splits):
        if root != folder:
            yield root
        for inner in _folders(root):
            if inner.name in PICTURES:
                yield inner
                yield from _folders(inner)


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in entries if entry.is_dir())
    except OSError:  # may not be read
        return []
