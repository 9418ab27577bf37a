"""Any field of a small valid file dropped, retyped, re-encoded or put elsewhere: the reader reads
it, leaves out and counts, or refuses in one sentence that names the file and the place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from engine.annotations.ground_truth import GroundTruth
from engine.annotations.json_stream import finish
from engine.annotations.reading import find_truth, read_truth
from engine.errors import InputError
from engine.training.datasets import CocoPictures
from tests.engine.annotations import damage

some = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("damaged")
    for name in ("a.png", "b.png"):
        pixels = np.zeros((damage.HEIGHT, damage.WIDTH, 3), np.uint8)
        Image.fromarray(pixels).save(made / name)
    yield made


def check(folder: Path, name: str, data: bytes) -> None:
    """Both ways to the ground truth of a.png."""
    file = folder / name
    file.write_bytes(data)
    picture = folder / "a.png"
    try:
        for read in (lambda: read_truth(file).of(picture), lambda: find_truth(picture)):
            accept(read, name)
    finally:
        file.unlink()


def accept(read: Callable[[], GroundTruth | None], name: str) -> None:
    try:
        truth = read()
    except InputError as error:
        sentence = str(error)
        assert "\n" not in sentence and len(sentence) < 600
        sentence.encode()
        assert name in sentence or "a.png" in sentence
        return
    if truth is None:
        return
    assert truth.picture_size == (damage.HEIGHT, damage.WIDTH)
    for each in truth.objects:
        each.name.encode()
        assert np.isfinite(each.box).all() and (each.box[2:] > each.box[:2]).all()
        assert math.isfinite(each.area) and each.area >= 0
        each.mask(damage.HEIGHT, damage.WIDTH)
    for sentence in truth.tally().sentences():
        sentence.encode()


@given(data=damage.damaged_json(damage.coco()))
@some
def test_coco(folder: Path, data: bytes) -> None:
    check(folder, "gt.json", data)
    file = folder / "gt.json"
    file.write_bytes(data)
    try:
        pictures = CocoPictures(file)
        assert all(len(note) < 1000 for note in pictures.notes)
        finish(pictures.check_pictures())
        for index in range(len(pictures)):
            example = pictures.load(index)
            assert len(example.boxes) == len(example.labels) == len(example.masks)
            assert np.isfinite(example.boxes).all() and np.isfinite(example.keypoints).all()
            pictures.truth([index])
    except InputError as error:
        assert "gt.json" in str(error) or ".png" in str(error)
    finally:
        file.unlink()


@given(data=damage.damaged_json(damage.labelme()))
@some
def test_labelme(folder: Path, data: bytes) -> None:
    check(folder, "a.json", data)


@given(data=damage.damaged_xml())
@some
def test_voc(folder: Path, data: bytes) -> None:
    check(folder, "a.xml", data)


@given(data=damage.damaged_lines(damage.YOLO))
@some
def test_yolo(folder: Path, data: bytes) -> None:
    check(folder, "a.txt", data)


@given(data=damage.damaged_lines(damage.YAML))
@some
def test_yolo_data_file(folder: Path, data: bytes) -> None:
    (folder / "data.yaml").write_bytes(data)
    try:
        check(folder, "a.txt", damage.YOLO.encode())
    finally:
        (folder / "data.yaml").unlink()
