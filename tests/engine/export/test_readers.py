"""Data sets are read back by the libraries their users use, masks pixel for pixel."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from pycocotools import mask as rle
from scipy import ndimage
from supervision import DetectionDataset, Detections

from engine.annotations import coco, labelme, voc, yolo
from engine.annotations.mask_encoding import bits, edge_polygons, joined, polygons
from engine.detection.detections import ModelFacts
from engine.export.formats import prepare
from engine.export.item import ExportItem
from tests.engine.export.conftest import HEIGHT, WIDTH

# pycocotools 2.0.11 decodes with an array protocol that NumPy 2 calls old.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def masks(item: ExportItem) -> NDArray[np.bool_]:
    """(N, H, W): what is inside."""
    out = np.zeros((len(item.detections), HEIGHT, WIDTH), bool)
    for index, whole in enumerate(out):
        x0, y0, crop = bits(item.detections, index)
        whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
    return out


@pytest.fixture
def folder(tmp_path: Path, item: ExportItem) -> Path:
    """The picture, and what YOLO needs beside its files."""
    Image.fromarray(item.pixels).save(tmp_path / item.file_name)
    prepare(tmp_path, ["yolo"], item.detections.model)
    return tmp_path


def only(data: DetectionDataset) -> Detections:
    (found,) = data.annotations.values()
    return found


def test_supervision_reads_yolo_boxes(folder: Path, item: ExportItem) -> None:
    yolo.write(folder / "снимок 1.txt", item)
    read = only(DetectionDataset.from_yolo(str(folder), str(folder), str(folder / "data.yaml")))
    assert read.class_id is not None and read.class_id.tolist() == [1, 0]
    assert np.allclose(read.xyxy, item.detections.boxes, atol=1e-3)


def test_supervision_reads_yolo_outlines(folder: Path, item: ExportItem) -> None:
    yolo.write_outlines(folder / "снимок 1.txt", item)
    read = only(
        DetectionDataset.from_yolo(
            str(folder), str(folder), str(folder / "data.yaml"), force_masks=True
        )
    )
    assert np.array_equal(np.asarray(read.mask), masks(item))


def test_supervision_reads_voc(folder: Path, item: ExportItem) -> None:
    voc.write(folder / "снимок 1.xml", item)
    data = DetectionDataset.from_pascal_voc(str(folder), str(folder))
    read = only(data)
    assert [data.classes[index] for index in np.asarray(read.class_id)] == ["person", "dog"]
    assert np.abs(read.xyxy - item.detections.boxes).max() <= 1


@pytest.mark.parametrize("record", [coco.record, coco.record_polygons])
def test_supervision_reads_coco(
    folder: Path, item: ExportItem, model: ModelFacts, record: object
) -> None:
    assert callable(record)
    coco.write(folder / "a.json", [record(item)], model)
    data = DetectionDataset.from_coco(str(folder), str(folder / "a.json"), force_masks=True)
    read = only(data)
    assert [data.classes[index] for index in np.asarray(read.class_id)] == ["person", "dog"]
    assert np.allclose(read.xyxy, item.detections.boxes, atol=1e-3)
    if record is coco.record:
        assert np.array_equal(np.asarray(read.mask), masks(item))


def test_polygons_of_coco_are_the_masks_again(
    tmp_path: Path, item: ExportItem, model: ModelFacts, capsys: pytest.CaptureFixture[str]
) -> None:
    from pycocotools.coco import COCO

    coco.write(tmp_path / "a.json", [coco.record_polygons(item)], model)
    data = COCO(str(tmp_path / "a.json"))
    capsys.readouterr()
    marks = data.loadAnns(data.getAnnIds())
    assert all(isinstance(mark["segmentation"], list) for mark in marks)
    assert np.array_equal([data.annToMask(mark) for mark in marks], masks(item))


# The format's own description: labelme/label_file.py and its shape_to_mask.
def test_labelme_draws_the_same_masks(tmp_path: Path, item: ExportItem) -> None:
    labelme.write(tmp_path / "a.json", item)
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert set(told) == {
        "version", "flags", "shapes", "imagePath", "imageData", "imageHeight", "imageWidth",
    }  # fmt: skip
    drawn = np.zeros_like(masks(item))
    for shape in told["shapes"]:
        assert {"label", "points", "group_id", "shape_type", "flags"} <= set(shape)
        least = {"polygon": 3, "rectangle": 2, "point": 1}[shape["shape_type"]]
        assert len(shape["points"]) >= least
        if shape["shape_type"] == "polygon":
            image = Image.new("L", (WIDTH, HEIGHT))
            points = [tuple(point) for point in shape["points"]]
            ImageDraw.Draw(image).polygon(points, outline=1, fill=1)
            drawn[shape["group_id"]] |= np.asarray(image, bool)
    for mine, whole in zip(drawn, masks(item), strict=True):
        near = ndimage.binary_dilation(whole) & ~ndimage.binary_erosion(whole)
        assert not ((mine ^ whole) & ~near).any(), "half a pixel, not more"


CROPS = arrays.arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9)))


@given(crop=CROPS)
@settings(max_examples=150, deadline=None)
def test_edge_polygons_enclose_the_pixels(crop: NDArray[np.bool_]) -> None:
    height, width = crop.shape[0] + 4, crop.shape[1] + 7
    whole = np.zeros((height, width), bool)
    whole[3 : 3 + crop.shape[0], 5 : 5 + crop.shape[1]] = crop
    lines = [line.ravel().tolist() for line in edge_polygons(5, 3, crop)]
    filled = ndimage.binary_fill_holes(whole)
    if not lines:
        assert not crop.any()
        return
    packed = rle.merge(rle.frPyObjects(lines, height, width))
    assert np.array_equal(rle.decode(packed).astype(bool), filled)


@given(crop=CROPS)
@settings(max_examples=100, deadline=None)
def test_joined_outlines_enclose_what_the_parts_enclose(crop: NDArray[np.bool_]) -> None:
    parts = polygons(0, 0, crop)
    if not parts:
        return
    whole = joined(parts)
    assert len(whole) == sum(map(len, parts)) + 2 * (len(parts) - 1)

    def area(line: NDArray[np.float32]) -> float:
        x, y = line.T
        return float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)

    assert area(whole) == pytest.approx(sum(area(part) for part in parts))
