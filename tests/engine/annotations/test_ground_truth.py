"""Ground truth of four formats, matched as pycocotools matches, surveyed over a folder."""

from __future__ import annotations

import base64
import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.annotations import coco, labelme, voc, yolo
from engine.annotations.ground_truth import GroundTruth, TruthObject, find_more, match
from engine.annotations.reading import Truth, find_truth, read_truth
from engine.detection.detections import Detections, ModelFacts
from engine.errors import InputError
from engine.export.item import ExportItem
from tests.engine.detection.conftest import picture

CLASSES = ("ant", "bee", "cat")
SIZE = (120, 160)


def shown(boxes: Any, labels: Any, scores: Any, masks: Any = None) -> Detections:
    count = len(labels)
    return Detections(
        model=ModelFacts("m", "M", CLASSES, has_masks=masks is not None),
        picture_size=SIZE,
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        labels=np.array(labels, np.int64),
        scores=np.array(scores, np.float32),
        pairs=tuple((index, 1) for index in range(count)),
        ready=np.ones(count, bool),
        mask_probs=masks,
    )


def named(truth: Truth, folder: Path) -> GroundTruth:
    """What is said of the picture a.png of a folder."""
    found = truth.of(folder / "a.png")
    assert found is not None
    return found


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, ExportItem]:
    """A folder with a picture, and what our own writers are given of it."""
    pixels = picture(*SIZE)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    boxes = [[10.25, 20, 60.5, 90], [80, 5, 150, 110]]
    return tmp_path, ExportItem("a.png", pixels, shown(boxes, [2, 3], [0.9, 0.8]))


WRITERS: dict[str, tuple[str, Callable[[Path, ExportItem], None]]] = {
    "labelme": ("a.json", labelme.write),
    "voc": ("a.xml", voc.write),
    "yolo": ("a.txt", yolo.write),
}


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read_back(written: tuple[Path, ExportItem], name: str) -> None:
    folder, item = written
    file, write = WRITERS[name]
    write(folder / file, item)
    if name == "yolo":
        (folder / "classes.txt").write_text("\n".join(CLASSES), encoding="utf-8")
    truth = find_truth(folder / "a.png")
    assert truth is not None and truth.format == name and truth.file_name == "a.png"
    assert truth.picture_size == SIZE
    assert [each.name for each in truth.objects] == ["bee", "cat"]
    off = 1.0 if name == "voc" else 1e-3  # VOC knows whole pixels only
    np.testing.assert_allclose(truth.boxes, item.detections.boxes, atol=off)
    assert named(read_truth(folder), folder).source == truth.source
    assert len(match(item.detections, truth).tp) == 2


def test_coco_beside_or_above_is_found_unless_it_holds_results(
    written: tuple[Path, ExportItem],
) -> None:
    folder, item = written
    path = folder / "annotations.json"
    coco.write(path, [coco.record(item)], item.detections.model)
    assert find_truth(folder / "a.png") is None, "scores: a model's, not the truth"
    assert len(named(read_truth(path), folder).objects) == 2, "named outright it is taken"
    content = json.loads(path.read_text())
    for each in content["annotations"]:
        del each["score"]
    (folder / "images").mkdir()
    (folder / "a.png").rename(folder / "images" / "a.png")
    path.unlink()
    (folder / "annotations").mkdir()
    (folder / "annotations" / "instances.json").write_text(json.dumps(content))
    truth = find_truth(folder / "images" / "a.png")
    assert truth is not None and truth.format == "coco"
    np.testing.assert_allclose(truth.boxes, item.detections.boxes, atol=1e-4)


def test_folder_of_many_files_is_not_searched_for_every_picture(
    written: tuple[Path, ExportItem], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = written
    for number in range(30):
        (folder / f"other-{number}.json").write_text('{"shapes": []}')
    (folder / "settings.json").write_text('{"colour": 1}')
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("read"))
    assert find_truth(folder / "a.png") is None


def test_labelme_groups_circles_and_masks(tmp_path: Path) -> None:
    crop = np.zeros((20, 30), np.uint8)
    crop[5:, 10:] = 255
    shapes = [
        {"label": "ant", "points": [[1, 1], [9, 1], [9, 9]], "group_id": 1,
         "shape_type": "polygon"},
        {"label": "ant", "points": [[20, 2], [30, 2], [30, 9]], "group_id": 1,
         "shape_type": "polygon"},
        {"label": "bee", "points": [[50, 50], [60, 50]], "group_id": None, "shape_type": "circle"},
        {"label": "cat", "points": [[5, 60], [34, 79]], "group_id": None, "shape_type": "mask",
         "mask": base64.b64encode(cv2.imencode(".png", crop)[1].tobytes()).decode()},
        {"label": "dot", "points": [[5, 6]], "group_id": None, "shape_type": "point"},
    ]  # fmt: skip
    content = {"shapes": shapes, "imagePath": "..\\a.png", "imageHeight": 120, "imageWidth": 160}
    (tmp_path / "a.json").write_text(json.dumps(content))
    Image.fromarray(picture(*SIZE)).save(tmp_path / "a.png")
    truth = named(read_truth(tmp_path / "a.json"), tmp_path)
    ant, bee, cat = truth.objects
    assert ant.box.tolist() == [1, 1, 30, 9] and len(ant.polygons) == 2
    assert ant.area == 32 + 35
    np.testing.assert_allclose(bee.box, [40, 40, 60, 60], atol=0.1)
    assert cat.run_lengths is not None and cat.area == 15 * 20
    whole = np.zeros(SIZE, np.uint8)
    whole[60:80, 5:35] = crop > 0
    assert np.array_equal(rle.decode(cat.run_lengths), whole)


@pytest.mark.parametrize(
    "text",
    [
        "names: ['ant', \"bee\", cat]\nnc: 3\n",
        "path: x\nnames:\n  0: ant\n  1: bee  # small\n  2: cat\ntrain: y\n",
        "names:\n- ant\n- bee\n- cat\n",
    ],
)
def test_yolo_takes_names_and_outlines(tmp_path: Path, text: str) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "labels").mkdir()
    Image.fromarray(picture(*SIZE)).save(tmp_path / "images" / "a.png")
    (tmp_path / "data.yaml").write_text(text)
    (tmp_path / "labels" / "a.txt").write_text("1 0.5 0.5 0.25 0.5\n2 0 0 0.5 0 0.5 0.5 0 0.5\n")
    truth = find_truth(tmp_path / "images" / "a.png")
    assert truth is not None
    assert [each.name for each in truth.objects] == ["bee", "cat"]
    assert truth.boxes.tolist() == [[60, 30, 100, 90], [0, 0, 80, 60]]
    assert truth.objects[1].area == 80 * 60 and len(truth.objects[1].polygons) == 1
    assert [each.label(CLASSES) for each in truth.objects] == [2, 3]
    again = named(read_truth(tmp_path / "labels"), tmp_path / "images")
    assert again.boxes.tolist() == truth.boxes.tolist()


def test_numbers_without_names_are_the_models_own(tmp_path: Path) -> None:
    Image.fromarray(picture(*SIZE)).save(tmp_path / "a.png")
    (tmp_path / "a.txt").write_text("2 0.5 0.5 0.25 0.5\n7 0.5 0.5 0.25 0.5\n")
    truth = find_truth(tmp_path / "a.png")
    assert truth is not None
    assert [each.label(CLASSES) for each in truth.objects] == [3, None]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.json", "{", "data.not_coco"),
        ("a.json", "[1]", "data.not_coco"),
        ("a.json", '{"shapes": [{"label": 1}]}', "truth.not_labelme"),
        ("a.xml", "<annotation><object/></annotation>", "truth.not_voc"),
        ("a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><annotation/>", "truth.not_voc"),
        ("a.txt", "0 1 2\n", "truth.not_yolo"),
        ("a.txt", "zero 0 0 1 1\n", "truth.not_yolo"),
        ("b.txt", "0 0 0 1 1\n", "truth.no_picture"),
    ],
)
def test_damaged_file_is_one_sentence(tmp_path: Path, name: str, text: str, code: str) -> None:
    Image.fromarray(picture(*SIZE)).save(tmp_path / "a.png")
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as raised:
        read_truth(tmp_path / name)
    assert raised.value.code == code and name in str(raised.value)
    with pytest.raises(InputError):
        read_truth(tmp_path)


def coco_match(
    detections: Detections, truth: GroundTruth, iou: float
) -> tuple[dict[int, int], set[int]]:
    """pycocotools' own: object of each detection, and detections that do not count."""
    annotations = [
        {"id": i + 1, "image_id": 1, "category_id": each.label(CLASSES),
         "iscrowd": int(each.ignore),
         "bbox": [*each.box[:2].tolist(), *(each.box[2:] - each.box[:2]).tolist()],
         "area": float(np.prod(each.box[2:] - each.box[:2]))}
        for i, each in enumerate(truth.objects)
    ]  # fmt: skip
    answers = [
        {"id": i + 1, "image_id": 1, "category_id": int(label), "score": float(score),
         "bbox": [*box[:2].tolist(), *(box[2:] - box[:2]).tolist()], "iscrowd": 0,
         "area": float(np.prod(box[2:] - box[:2]))}
        for i, (box, label, score) in enumerate(
            zip(detections.boxes, detections.labels, detections.scores, strict=True))
    ]  # fmt: skip
    base = {"images": [{"id": 1}], "categories": [{"id": i} for i in (1, 2, 3)]}
    with contextlib.redirect_stdout(io.StringIO()):
        ground, found = COCO(), COCO()
        ground.dataset = {**base, "annotations": annotations}
        found.dataset = {**base, "annotations": answers}
        ground.createIndex()
        found.createIndex()
        evaluation = COCOeval(ground, found, "bbox")
        evaluation.params.iouThrs = np.array([iou])
        evaluation.evaluate()
    pairs, ignored = {}, set()
    for image in evaluation.evalImgs[:: len(evaluation.params.areaRng)]:
        if image is None:
            continue
        for number, gt, skip in zip(
            image["dtIds"], image["dtMatches"][0], image["dtIgnore"][0], strict=True
        ):
            if gt:
                pairs[number - 1] = int(gt) - 1
            if skip:
                ignored.add(number - 1)
    return pairs, ignored


@given(seed=st.integers(0, 10_000), iou=st.sampled_from([0.1, 0.5, 0.75]))
@settings(max_examples=40, deadline=None)
def test_matching_is_pycocotools_matching(seed: int, iou: float) -> None:
    rng = np.random.default_rng(seed)
    count, objects = rng.integers(0, 12), rng.integers(0, 8)
    truth_boxes = _random(rng, objects)
    near = truth_boxes[rng.integers(0, objects, count)] if objects else _random(rng, count)
    boxes = near + rng.normal(0, 4, (count, 4))
    boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 1)
    detections = shown(boxes, rng.integers(1, 4, count), np.sort(rng.uniform(0, 1, count))[::-1])
    truth = GroundTruth(
        "a.png",
        SIZE,
        tuple(
            TruthObject(
                CLASSES[rng.integers(0, 3)], box.astype(np.float32), ignore=rng.random() < 0.2
            )
            for box in truth_boxes
        ),
        Path("a.json"),
        "coco",
    )
    found = match(detections, truth, iou)
    pairs, ignored = coco_match(detections, truth, iou)
    assert {row: int(t) for row, t in enumerate(found.truth_of) if t >= 0} == pairs
    assert set(np.flatnonzero(found.ignored)) == ignored
    assert len(found.tp) + len(found.fp) + len(ignored) == len(detections)
    assert len(found.tp) + len(found.fn) == found.wanted.sum()
    half = count // 2  # the better half first, then what the others would find
    first = match(
        shown(boxes[:half], detections.labels[:half], detections.scores[:half]), truth, iou
    )
    more = find_more(
        truth,
        CLASSES,
        detections.boxes[half:],
        detections.labels[half:],
        taken=np.flatnonzero(first.detection_of >= 0).tolist(),
        iou=iou,
    )
    assert set(np.flatnonzero(more) + half) == {row for row in found.tp if row >= half}


def _random(rng: Any, count: int) -> Any:
    corners = rng.uniform(0, 90, (count, 2))
    return np.concatenate([corners, corners + rng.uniform(5, 40, (count, 2))], 1)
