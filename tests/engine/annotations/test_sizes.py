"""Objects marked on another size of a picture: turned, scaled, or told to disagree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rle

from engine.annotations.files import picture_head
from engine.annotations.json_stream import ReadProgress, finish
from engine.annotations.reading import find_truth
from engine.annotations.sizes import Fit
from engine.errors import InputError
from engine.pictures.reader import read_picture
from engine.training import datasets
from engine.training.datasets import CocoPictures

HEIGHT, WIDTH = 30, 50  # as the picture lies in its file
BOX = [4, 6, 20, 10]  # x, y, width, height there


def save(path: Path, orientation: int = 1, size: tuple[int, int] = (HEIGHT, WIDTH)) -> Path:
    """A picture that is white where the object is."""
    pixels = np.zeros((*size, 3), np.uint8)
    x, y, width, height = BOX
    pixels[y : y + height, x : x + width] = 255
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(pixels).save(path, exif=exif)
    return path


def content(size: tuple[int, int] | None, name: str = "a.png") -> dict[str, Any]:
    """COCO as somebody marked it on a picture of (height, width), who saw no EXIF."""
    height, width = size or (HEIGHT, WIDTH)
    across, down = width / WIDTH, height / HEIGHT
    x, y, w, h = BOX[0] * across, BOX[1] * down, BOX[2] * across, BOX[3] * down
    mask = np.zeros((height, width), np.uint8, order="F")
    mask[round(y) : round(y + h), round(x) : round(x + w)] = 1
    runs = {"size": [height, width], "counts": rle.encode(mask)["counts"].decode()}
    polygon = [x, y, x + w, y, x + w, y + h, x, y + h]
    image = {"id": 1, "file_name": name} | ({"height": height, "width": width} if size else {})
    about = {"image_id": 1, "category_id": 1, "bbox": [x, y, w, h], "area": w * h}
    points = [x, y, 2, x + w, y + h, 1, 0, 0, 0]
    return {
        "images": [image],
        "categories": [{"id": 1, "name": "cat", "keypoints": ["p", "q", "r"]}],
        "annotations": [
            {"id": 1, **about, "segmentation": [polygon], "keypoints": points},
            {"id": 2, **about, "segmentation": runs},
        ],
    }


def write(folder: Path, told: dict[str, Any]) -> Path:
    path = folder / "gt.json"
    path.write_text(json.dumps(told))
    return path


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_objects_are_turned_as_the_picture_is(
    tmp_path: Path, orientation: int, suffix: str
) -> None:
    picture = save(tmp_path / f"a{suffix}", orientation)
    assert picture_head(picture).size == (WIDTH, HEIGHT)
    path = write(tmp_path, content((HEIGHT, WIDTH), picture.name))
    truth = find_truth(picture)
    assert truth is not None and truth.picture_size == (WIDTH, HEIGHT)
    white = read_picture(picture).pixels[..., 0] > 0
    rows, columns = np.nonzero(white)
    box = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    for each in truth.objects:
        assert each.box.tolist() == box
        mask = each.mask(WIDTH, HEIGHT)
        assert mask is not None
        np.testing.assert_array_equal(rle.decode(mask) > 0, white)
    pictures = CocoPictures(path)
    (told,) = finish(pictures.check_pictures())
    assert (told.change, told.error) == ("turned", None)
    example = pictures.load(0)
    assert example.boxes.tolist() == [box, box]
    np.testing.assert_array_equal(example.masks[1] > 0, white)
    ends = example.keypoints[0, :2, :2]
    assert sorted(ends[:, 0]) == [box[0], box[2]] and sorted(ends[:, 1]) == [box[1], box[3]]
    assert example.keypoints[0, 2].tolist() == [0, 0, 0] and "EXIF" in pictures.notes[0]
    assert pictures.truth([0])["images"][0]["width"] == HEIGHT


@pytest.mark.parametrize("factor", [0.5, 2.0, 3.0])
def test_objects_are_scaled_with_the_picture(tmp_path: Path, factor: float) -> None:
    picture = save(tmp_path / "a.png")
    told = (round(HEIGHT * factor), round(WIDTH * factor))
    path = write(tmp_path, content(told))
    truth = find_truth(picture)
    assert truth is not None and truth.change == "scaled"
    for each in truth.objects:
        np.testing.assert_allclose(each.box, [4, 6, 24, 16], atol=1e-4)
        mask = each.mask(HEIGHT, WIDTH)
        assert mask is not None and rle.decode(mask)[6:16, 4:24].sum() == rle.area(mask) == 200
        assert each.area == pytest.approx(200)
    example = CocoPictures(path).load(0)
    np.testing.assert_allclose(example.boxes[0], [4, 6, 24, 16], atol=1e-4)
    np.testing.assert_allclose(example.keypoints[0, 1], [24, 16, 1], atol=1e-4)
    assert [int(mask.sum()) for mask in example.masks] == [200, 200]


def test_a_size_that_is_rounded_is_one_factor(tmp_path: Path) -> None:
    picture = save(tmp_path / "a.png", size=(HEIGHT, WIDTH))
    write(tmp_path, content((101, 168)))  # 3.36 times
    truth = find_truth(picture)
    assert truth is not None and truth.change == "scaled"


@pytest.mark.parametrize(
    ("told", "orientation"), [((WIDTH, HEIGHT), 1), ((WIDTH, HEIGHT), 3), ((30, 80), 1)]
)
def test_sizes_that_disagree_are_said(
    tmp_path: Path, told: tuple[int, int], orientation: int
) -> None:
    picture = save(tmp_path / "a.png", orientation)
    path = write(tmp_path, content(told))
    sentence = f"is 50 x 30 pixels, gt.json says {told[1]} x {told[0]}"
    with pytest.raises(InputError, match=sentence):
        find_truth(picture)
    pictures = CocoPictures(path)
    (problem,) = finish(pictures.check_pictures())
    assert problem.error is not None and sentence in str(problem.error)
    with pytest.raises(InputError, match=sentence):
        pictures.load(0)


def test_without_a_size_the_picture_has_one(tmp_path: Path) -> None:
    picture = save(tmp_path / "a.png")
    path = write(tmp_path, content(None))
    truth = find_truth(picture)
    assert truth is not None and truth.picture_size == (HEIGHT, WIDTH) and not truth.change
    assert CocoPictures(path).load(0).masks.sum() == 400


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = content((HEIGHT, WIDTH))
    told["images"] += [
        {"id": number, "file_name": f"{number}.png", "height": 30, "width": width}
        for number, width in ((2, 50), (3, 99), (4, 50))
    ]
    save(tmp_path / "a.png", 6)
    save(tmp_path / "3.png")
    (tmp_path / "4.png").write_bytes(b"no picture")
    problems = finish(CocoPictures(write(tmp_path, told)).check_pictures())
    assert [(each.index, each.name, each.change) for each in problems] == [
        (0, "a.png", "turned"), (1, "2.png", ""), (2, "3.png", ""), (3, "4.png", ""),
    ]  # fmt: skip
    assert [each.error is None for each in problems] == [True, False, False, False]


def test_how_many_pictures_are_looked_at_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "TOLD_HEADS", 2)
    told = content((HEIGHT, WIDTH))
    told["images"] += [
        {"id": number, "file_name": "a.png", "height": 30, "width": 50} for number in range(2, 6)
    ]
    save(tmp_path / "a.png")
    file = write(tmp_path, told)
    steps = list(CocoPictures(file).check_pictures())
    assert steps == [ReadProgress(file, 2, 5), ReadProgress(file, 4, 5)]


def test_a_fit_keeps_points_and_masks_together() -> None:
    rng = np.random.default_rng(0)
    mask = (rng.random((HEIGHT, WIDTH)) < 0.1).astype(np.uint8)
    rows, columns = np.nonzero(mask)
    middles = np.stack([columns, rows], 1) + 0.5
    for orientation in (5, 6, 7, 8):
        to = Fit((HEIGHT, WIDTH), (WIDTH, HEIGHT), orientation)
        x, y = np.floor(to.points(middles)).astype(int).T
        turned = to.mask(mask)
        assert turned[y, x].all() and turned.sum() == mask.sum()
