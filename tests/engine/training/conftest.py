"""A tiny COCO data set on disk, and threads that do not fight over the cores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def coco_content() -> dict[str, Any]:
    """Two pictures, three good objects, a crowd, and three boxes that cannot be used."""
    square = [[10, 10, 40, 10, 40, 50, 10, 50]]
    return {
        "images": [
            {"id": 7, "file_name": "a.png", "width": 80, "height": 64},
            {"id": 9, "file_name": "b.png", "width": 72, "height": 96},
        ],
        "categories": [{"id": 3, "name": "cat"}, {"id": 5, "name": "dog"}],
        "annotations": [
            {"id": 1, "image_id": 7, "category_id": 3, "bbox": [10, 10, 30, 40],
             "segmentation": square, "area": 1200, "iscrowd": 0},
            {"id": 2, "image_id": 7, "category_id": 5, "bbox": [50, 5, 20, 20], "iscrowd": 0},
            {"id": 3, "image_id": 9, "category_id": 5, "bbox": [5, 5, 60, 80], "iscrowd": 0},
            {"id": 4, "image_id": 9, "category_id": 5, "bbox": [0, 0, 72, 96], "iscrowd": 1,
             "segmentation": {"size": [96, 72], "counts": [0, 96 * 72]}},
            {"id": 5, "image_id": 9, "category_id": 3, "bbox": [5, 5, 0, 20], "iscrowd": 0},
            {"id": 6, "image_id": 9, "category_id": 3, "bbox": [500, 5, 9, 9], "iscrowd": 0},
            {"id": 7, "image_id": 9, "category_id": 3, "bbox": ["x", 5, 9, 9], "iscrowd": 0},
        ],
    }  # fmt: skip


@pytest.fixture
def coco(tmp_path: Path) -> Path:
    return write_coco(tmp_path / "данные set")


def write_coco(folder: Path) -> Path:
    """The JSON file of `coco_content`; one picture beside it, one in images/."""
    (folder / "images").mkdir(parents=True)
    rng = np.random.default_rng(0)
    for name, size in (("a.png", (64, 80, 3)), ("images/b.png", (96, 72, 3))):
        pixels = rng.integers(0, 256, size, np.uint8)
        (folder / name).write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    path = folder / "train.json"
    path.write_text(json.dumps(coco_content()), encoding="utf-8")
    return path
