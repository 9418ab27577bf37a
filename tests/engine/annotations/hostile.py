"""Reads files that would crash or freeze pycocotools; a process of its own: `FOLDER`."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engine.annotations.reading import read_truth
from engine.errors import InputError
from engine.training.datasets import CocoPictures
from engine.training.evaluation.coco_numbers import compare

HEIGHT, WIDTH = 40, 60
SIZE = [HEIGHT, WIDTH]
GOOD = [10, 5, 30, 5, 30, 25, 10, 25]


def outlines() -> Iterator[Any]:
    """What no `segmentation` should be."""
    rng = random.Random(0)
    for far in (1e9, -1e9, 1e300, float("nan"), float("inf"), 10**400, 4e8, 1e6):
        yield [[10, 5, far, 5, 30, 25]]
        yield [[far, far, far + 1, far, far, far + 1]]
        yield {"size": SIZE, "counts": [0, far]}
    yield [[value for _ in range(40_000) for value in (0, 0, WIDTH, HEIGHT)]]  # no end of line
    yield [[1, 1, 2, 2]]  # to pycocotools a box
    yield [[1, 2]]
    yield [GOOD, {"counts": "x", "size": SIZE}]
    for counts in (
        [], [-1, HEIGHT * WIDTH + 1], [10**9] * 9, [1] * 10, [0.5, 3], ["a"], None, 7,
        "", "0" * 9, "\x7f", "oooooooooooo", "P" * 5000, "é", "0\ud800", b"".decode(),
    ):  # fmt: skip
        for size in (SIZE, [WIDTH, HEIGHT], [10**9, 10**9], [0, 0], [-1, 5], None, "ab"):
            yield {"size": size, "counts": counts}
    for _ in range(200):
        letters = [chr(rng.randrange(48, 112)) for _ in range(rng.randrange(1, 60))]
        yield {"size": SIZE, "counts": "".join(letters)}


def coco(outline: Any, box: Any) -> dict[str, Any]:
    marks = [
        {"id": 1, "image_id": 1, "category_id": 1, "bbox": box, "segmentation": outline},
        {"id": 2, "image_id": 1, "category_id": 1, "bbox": [10, 5, 20, 20], "segmentation": [GOOD]},
    ]
    return {
        "images": [{"id": 1, "file_name": "a.png", "height": HEIGHT, "width": WIDTH}],
        "categories": [{"id": 1, "name": "cat"}],
        "annotations": marks,
    }


def main(folder: Path) -> None:
    """Read each, once as ground truth and once as training does; the good object stays."""
    picture = folder / "a.png"
    Image.fromarray(np.zeros((HEIGHT, WIDTH, 3), np.uint8)).save(picture)
    file = folder / "gt.json"
    for number, outline in enumerate(outlines()):
        file.write_text(json.dumps(coco(outline, [1, 1, 9, 9])))
        truth = read_truth(file).of(picture)
        assert truth is not None and len(truth.objects) == 2, outline
        masks = [each.mask(HEIGHT, WIDTH) for each in truth.objects]
        assert masks[1] is not None
        if number % 8 == 0:
            pictures = CocoPictures(file)
            assert pictures.load(0).masks[1].sum() == 400
            judge(pictures)
    for box in ([1e9, 1e9, 1e9, 1e9], [-1e9, -1e9, 2e9, 2e9], [0, 0, 1e9, 1e9], [float("nan")] * 4):
        file.write_text(json.dumps(coco([], box)))
        judge(CocoPictures(file))
    for line in ("0 0.5 0.5 1e7 1e7", "0 1e7 1e7 0 0 1 1", "0 nan 0 1 1 0 1", "0 9 9 90 90 9 90"):
        (folder / "a.txt").write_text(f"{line}\n0 0.5 0.5 0.2 0.2\n")
        truth = read_truth(folder / "a.txt").of(picture)
        assert truth is not None and len(truth.objects) in (1, 2)
        for each in truth.objects:
            each.mask(HEIGHT, WIDTH)
    try:
        file.write_text(json.dumps(coco([], [1, 1, 9, 9])).replace("40", "9" * 6000))
        read_truth(file).of(picture)
    except InputError:
        pass
    print("all read")


def judge(pictures: CocoPictures) -> None:
    """As `evaluate` hands them to pycocotools."""
    for kind in ("bbox", "segm"):
        compare(pictures.truth([0]), [], kind=kind, most=9)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
