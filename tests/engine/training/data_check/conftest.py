"""A data set with exactly one of everything that can be wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.training import initialization
from engine.training.spec import TrainSpec
from engine.training.splits import held_out
from tests.engine.training.test_trainer import TINY

SIDE = 96  # of every picture; TINY sees 64 of it
VALIDATION = 0.3


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


def spec_of(*paths: Path, **rest: Any) -> TrainSpec:
    data = tuple(map(str, paths))
    return TrainSpec(
        data=data if len(data) > 1 else data[0], model="shapes", validation=VALIDATION, **rest
    )


def ids(held: bool, start: int = 1) -> list[int]:
    """Ids of pictures of one split, rising."""
    return [number for number in range(start, start + 200) if held_out(number, VALIDATION) == held]


class Broken:
    """The data set: `add` a picture with annotations, then `write`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.images: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self._ids = iter(ids(held=False))
        self.kinds: dict[str, tuple[str, str]] = {}  # kind -> picture and annotation expected

    def picture(self, name: str, *, exif: int = 1, picture: int | None = None) -> int:
        """A picture of noise, so that no two are alike; its id."""
        seed = len(self.images)
        pixels = np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
        tags = Image.Exif()
        tags[0x0112] = exif
        (self.folder / name).parent.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(self.folder / name, exif=tags)
        return self.list(name, picture)

    def list(self, name: str, picture: int | None = None) -> int:
        own = next(self._ids) if picture is None else picture
        self.images.append({"id": own, "file_name": name, "width": SIDE, "height": SIDE})
        return own

    def mark(self, picture: int, box: Any, **rest: Any) -> int:
        """An annotation; its id."""
        own = len(self.annotations) + 1
        item = {"id": own, "image_id": picture, "category_id": 1, "bbox": box, **rest}
        self.annotations.append(item)
        return int(item["id"])

    def expect(self, kind: str, name: str, annotation: object = "") -> None:
        self.kinds[kind] = (name, str(annotation))

    def wrong(self, kind: str, box: Any, **rest: Any) -> None:
        """A picture of its own with one annotation that is wrong."""
        name = f"{kind}.png"
        self.expect(kind, name, self.mark(self.picture(name), box, **rest))

    def write(self) -> Path:
        path = self.folder / "data.json"
        categories = [{"id": 1, "name": "cat", "keypoints": ["a", "b"]}, {"id": 2, "name": "dog"}]
        content = {
            "images": self.images, "annotations": self.annotations, "categories": categories,
        }  # fmt: skip
        path.write_text(json.dumps(content))  # NaN as Python writes it
        return path


GOOD = [10, 10, 24, 24]  # 16 px to the net: an anchor's own size


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """One of everything, each in a picture of its own."""
    made = Broken(tmp_path / "data")
    made.mark(made.picture("good.png"), GOOD)
    made.wrong("object.area", [10, 10, 0, 24])
    made.wrong("object.small", [10, 10, 0.5, 24])
    made.wrong("object.outside", [200, 10, 24, 24])
    made.wrong("object.clipped", [80, 10, 24, 24])
    made.wrong("object.nan", [float("nan"), 10, 24, 24])
    made.wrong("object.box", ["x", 10, 24, 24])
    made.wrong("object.category", GOOD, category_id=9)
    made.wrong("object.tiny", [10, 10, 1.2, 24])
    made.wrong("outline.points", GOOD, segmentation=[[10, 10, 30, 30]])
    made.wrong("outline.size", GOOD, segmentation={"size": [9, 9], "counts": [0, 81]})
    made.wrong("outline.empty", GOOD, segmentation={"size": [SIDE, SIDE], "counts": [SIDE**2]})
    made.wrong("keypoints.count", GOOD, keypoints=[1, 2, 2])
    made.wrong("anchor.low", [2, 60, 92, 4])
    twice = made.mark(made.picture("object.id.png"), GOOD, id=1)
    made.expect("object.id", "object.id.png", twice)
    made.expect("picture.missing", "gone.png")
    made.mark(made.list("gone.png"), GOOD)
    made.expect("picture.corrupt", "cut.png")
    made.mark(made.picture("cut.png"), GOOD)
    whole = (made.folder / "cut.png").read_bytes()
    (made.folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    made.expect("picture.turned", "turned.jpg")
    made.mark(made.picture("turned.jpg", exif=6), GOOD)
    made.expect("picture.size", "other.png")
    made.mark(made.picture("other.png"), GOOD)
    made.images[-1]["width"] = 50
    made.expect("picture.scaled", "scaled.png")
    made.mark(made.picture("scaled.png"), [5, 5, 12, 12])
    made.images[-1].update(width=SIDE // 2, height=SIDE // 2)
    both = made.picture("anchor.stolen.png")  # the second lies nearer to an anchor of both
    made.expect("anchor.stolen", "anchor.stolen.png", made.mark(both, [10, 10, 24, 24]))
    made.mark(both, [11, 11, 24, 24])
    first = made.images[0]["id"]
    made.list("again.png", first)
    made.expect("picture.id", "again.png", f"images[{len(made.images) - 1}]")
    held = iter(ids(held=True, start=300))
    made.mark(made.picture("copy.png", picture=next(held)), GOOD)
    made.mark(made.picture("both.png"), GOOD)
    (made.folder / "both.png").write_bytes((made.folder / "copy.png").read_bytes())
    made.expect("picture.both_splits", "both.png")
    made.mark(made.picture("held/same.png", picture=next(held)), GOOD)
    made.mark(made.picture("same.png"), GOOD)
    made.expect("picture.same_name", "same.png")
    return made
