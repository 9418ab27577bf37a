"""Pictures that people have, good and bad, written where a test wants them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data


def astronaut(
    folder: Path, name: str = "astronaut.jpg", size: tuple[int, int] = (512, 512)
) -> Path:
    """A photograph of one person; the suffix of `name` chooses the format."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(data.astronaut()).resize(size).save(path)
    return path


def street(folder: Path, name: str = "coffee.png") -> Path:
    """A photograph of nobody."""
    path = folder / name
    Image.fromarray(data.coffee()).save(path)
    return path


def unreadable(folder: Path) -> list[Path]:
    """A text called .jpg, a truncated PNG, a file of no bytes."""
    text = folder / "text.jpg"
    text.write_text("This is no picture.")
    whole = astronaut(folder, "whole.png").read_bytes()
    (folder / "whole.png").unlink()
    cut = folder / "cut.png"
    cut.write_bytes(whole[: len(whole) // 3])
    empty = folder / "empty.png"
    empty.touch()
    return [text, cut, empty]


def odd(folder: Path) -> list[Path]:
    """Pictures that can be read, though not every program can."""
    rgb = data.astronaut()
    person = Image.fromarray(rgb).resize((256, 256))
    grey = np.asarray(person.convert("L"))
    Image.new("RGB", (1, 1), "red").save(folder / "one.png")
    Image.new("RGB", (20_000, 100), "white").save(folder / "long.png")
    person.convert("L").save(folder / "grey.png")
    Image.fromarray(grey.astype(np.uint16) * 257).save(folder / "sixteen.png")
    person.convert("RGBA").save(folder / "alpha.png")
    person.convert("CMYK").save(folder / "cmyk.jpg")
    turned = person.crop((0, 0, 256, 192)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright; a viewer turns it by 90 degrees
    turned.save(folder / "turned.jpg", exif=exif)
    person.save(folder / "снимок с пробелами.jpg")
    names = ("one.png", "long.png", "grey.png", "sixteen.png", "alpha.png", "cmyk.jpg")
    return [folder / name for name in (*names, "turned.jpg", "снимок с пробелами.jpg")]


def coco(folder: Path, count: int = 4, name: str = "person") -> Path:
    """A COCO data set of filled rectangles: `folder/data.json` and `folder/images`."""
    random = np.random.default_rng(5)
    (folder / "images").mkdir(parents=True, exist_ok=True)
    images, annotations = [], []
    for number in range(1, count + 1):
        pixels = random.integers(0, 60, (120, 160, 3), dtype=np.uint8)
        x, y = (int(v) for v in random.integers(5, 60, 2))
        pixels[y : y + 50, x : x + 30] = 220
        Image.fromarray(pixels).save(folder / "images" / f"{number}.png")
        images.append({"id": number, "file_name": f"{number}.png", "width": 160, "height": 120})
        corners = [x, y, x + 30, y, x + 30, y + 50, x, y + 50]
        annotations.append(
            {
                "id": number,
                "image_id": number,
                "category_id": 1,
                "bbox": [x, y, 30, 50],
                "area": 1500,
                "iscrowd": 0,
                "segmentation": [corners],
            }
        )
    told = {
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 1, "name": name}],
    }
    path = folder / "data.json"
    path.write_text(json.dumps(told))
    return path
