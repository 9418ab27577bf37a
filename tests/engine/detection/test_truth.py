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
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from engine.detection.detections import Detections, ModelFacts, gather
from engine.detection.inspection import InspectSpec, Workbench, inspect
from engine.detection.selection import Thresholds, select
from engine.detection.stages import trace_stages
from engine.detection.survey import (
    FOUND,
    NO_CLASS,
    OUTCOMES,
    TAKEN,
    Survey,
    SurveyProgress,
    SurveySpec,
    precision_recall,
    survey,
)
from engine.detection.truth import Truth, TruthObject, match
from engine.detection.truth_formats import find_truth, read_truth
from engine.errors import InputError
from engine.export import coco, labelme, voc, yolo
from engine.export.finding import Finding
from tests.engine.detection.conftest import facts, picture

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


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Finding]:
    """A folder with a picture, and what our own writers are given of it."""
    pixels = picture(*SIZE)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    boxes = [[10.25, 20, 60.5, 90], [80, 5, 150, 110]]
    return tmp_path, Finding("a.png", pixels, shown(boxes, [2, 3], [0.9, 0.8]))


WRITERS: dict[str, tuple[str, Callable[[Path, Finding], None]]] = {
    "labelme": ("a.json", labelme.write),
    "voc": ("a.xml", voc.write),
    "yolo": ("a.txt", yolo.write),
}


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_is_read_back(written: tuple[Path, Finding], name: str) -> None:
    folder, finding = written
    file, write = WRITERS[name]
    write(folder / file, finding)
    if name == "yolo":
        (folder / "classes.txt").write_text("\n".join(CLASSES), encoding="utf-8")
    truth = find_truth(folder / "a.png")
    assert truth is not None and truth.format == name and truth.file_name == "a.png"
    assert truth.picture_size == SIZE
    assert [each.name for each in truth.objects] == ["bee", "cat"]
    off = 1.0 if name == "voc" else 1e-3  # VOC knows whole pixels only
    np.testing.assert_allclose(truth.boxes, finding.detections.boxes, atol=off)
    assert read_truth(folder)["a.png"].source == truth.source
    assert len(match(finding.detections, truth).tp) == 2


def test_coco_beside_or_above_is_found_unless_it_holds_results(
    written: tuple[Path, Finding],
) -> None:
    folder, finding = written
    path = folder / "annotations.json"
    coco.write(path, [coco.record(finding)], finding.detections.model)
    assert find_truth(folder / "a.png") is None, "scores: a model's, not the truth"
    assert len(read_truth(path)["a.png"].objects) == 2, "named outright it is taken"
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
    np.testing.assert_allclose(truth.boxes, finding.detections.boxes, atol=1e-4)


def test_folder_of_many_files_is_not_searched_for_every_picture(
    written: tuple[Path, Finding], monkeypatch: pytest.MonkeyPatch
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
    truth = read_truth(tmp_path / "a.json")["a.png"]
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
    assert read_truth(tmp_path / "labels")["a.png"].boxes.tolist() == truth.boxes.tolist()


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


def coco_match(detections: Detections, truth: Truth, iou: float) -> tuple[dict[int, int], set[int]]:
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
    truth = Truth(
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


def _random(rng: Any, count: int) -> Any:
    corners = rng.uniform(0, 90, (count, 2))
    return np.concatenate([corners, corners + rng.uniform(5, 40, (count, 2))], 1)


@pytest.fixture
def bench(make_model: Callable[..., Any]) -> Workbench:
    def load(spec: InspectSpec, device: torch.device) -> Any:
        model = make_model(spec.model)
        return model, facts(model)

    return Workbench(load)


LIMITS = Thresholds(0.4, 0.4, 8)


@pytest.fixture
def folder(tmp_path: Path, make_model: Callable[..., Any]) -> Path:
    """Pictures whose truth is half of what the model finds, and objects that it misses."""
    model = make_model("small")
    images: list[Any] = []
    annotations: list[Any] = []
    for number in range(1, 4):
        pixels = picture(*SIZE, seed=number)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
        trace = trace_stages(model, pixels)
        images.append({"id": number, "file_name": f"{number}.png", "height": 120, "width": 160})
        found = select(trace, LIMITS)
        lost = select(trace, Thresholds(0.05, 0.9, 60))
        kept = [*zip(found.boxes[::2], found.labels[::2], strict=True),
                *zip(lost.boxes[::9], lost.labels[::9], strict=True),
                (np.array([3.0, 3, 5, 110]), 1), (np.array([30.0, 30, 90, 90]), 4)]  # fmt: skip
        for box, label in kept:
            side = (box[2:] - box[:2]).astype(float)
            annotations.append(
                {"id": len(annotations) + 1, "image_id": number, "category_id": int(label),
                 "bbox": [float(box[0]), float(box[1]), *side.tolist()], "iscrowd": 0,
                 "area": float(side.prod())}
            )  # fmt: skip
    names = (*CLASSES, "dog")
    categories = [{"id": i + 1, "name": name} for i, name in enumerate(names)]
    told = {"images": images, "annotations": annotations, "categories": categories}
    (tmp_path / "truth.json").write_text(json.dumps(told))
    Image.fromarray(picture(40, 40)).save(tmp_path / "unmarked.png")
    return tmp_path


def test_survey_follows_every_object(bench: Workbench, folder: Path) -> None:
    paths = tuple(sorted(folder.glob("*.png")))
    steps = list(survey(bench, SurveySpec(paths, model="small", thresholds=LIMITS)))
    progress = [step for step in steps if isinstance(step, SurveyProgress)]
    assert [step.done for step in progress] == [1, 2, 3, 4]
    told = steps[-1]
    assert isinstance(told, Survey)
    assert told.skipped == (folder / "unmarked.png",)
    content = json.loads((folder / "truth.json").read_text())
    objects = len(content["annotations"])
    counts = told.funnel()
    assert list(counts) == list(OUTCOMES) and sum(counts.values()) == objects
    assert counts[NO_CLASS] == 3 and counts[FOUND] > 3
    assert sum(count for name, count in counts.items() if name not in (FOUND, NO_CLASS)) > 3
    assert sum(sum(told.funnel(name).values()) for name in (*CLASSES, "dog")) == objects
    sizes = [told.funnel(size=size) for size in ("small", "medium", "large")]
    assert sum(sum(each.values()) for each in sizes) == objects
    assert len(told.lost(FOUND, "ant")) == told.funnel("ant")[FOUND]
    for loss in told.losses:
        assert (loss.score is not None) == (loss.outcome == FOUND)
        if loss.outcome not in (FOUND, NO_CLASS, TAKEN, "box_size"):
            assert loss.number is not None and loss.threshold is not None
    errors = dict(told.worst)
    assert sorted(errors.values(), reverse=True) == [count for _, count in told.worst]
    assert told.confusion[:-1].sum() == objects - 3
    per_class = [sum(told.funnel(name).values()) for name in CLASSES]
    assert told.confusion[:-1].sum(1).tolist() == per_class
    for cell, pictures in told.confusion_pictures.items():
        assert told.confusion[cell] >= len(pictures) > 0


def test_survey_measures_as_evaluate_does(bench: Workbench, folder: Path) -> None:
    paths = tuple(sorted(folder.glob("[123].png")))
    spec = SurveySpec(paths, folder / "truth.json", "small", thresholds=LIMITS)
    told = list(survey(bench, spec))[-1]
    assert isinstance(told, Survey)
    averages = [curve.average for curve in told.curves.values()]
    assert told.metrics["bbox"]["AP50"] == pytest.approx(np.mean(averages), abs=1e-9)
    for curve in told.curves.values():
        assert (np.diff(curve.scores) <= 0).all() and (np.diff(curve.recall) >= 0).all()
        assert 0 <= curve.average <= 1


def test_survey_measures_masks_where_everything_has_one(bench: Workbench, tmp_path: Path) -> None:
    pixels = picture(*SIZE)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    *_, inspection = inspect(bench, InspectSpec(pixels=pixels, model="small"))
    trace = inspection.trace
    found = gather(trace, select(trace, Thresholds(0.05, 0.5, 12)), inspection.model)
    coco.write(tmp_path / "t.json", [coco.record(Finding("a.png", pixels, found))], found.model)
    spec = SurveySpec((tmp_path / "a.png",), tmp_path / "t.json", "small")
    told = list(survey(bench, spec))[-1]
    assert isinstance(told, Survey)
    assert set(told.metrics) == {"bbox", "segm"}
    assert told.metrics["bbox"]["AP"] == told.metrics["segm"]["AP"] == pytest.approx(1)


def test_curve_of_a_perfect_and_of_a_blind_model() -> None:
    perfect = precision_recall([(0.9, True), (0.8, True)], 2)
    assert perfect.average == 1 and perfect.recall.tolist() == [0.5, 1]
    assert precision_recall([], 3).average == 0
    assert precision_recall([(0.9, False), (0.8, True)], 2).average == pytest.approx(0.5 * 51 / 101)


def test_survey_without_truth_says_so(bench: Workbench, tmp_path: Path) -> None:
    Image.fromarray(picture(40, 40)).save(tmp_path / "a.png")
    with pytest.raises(InputError, match="ground truth"):
        list(survey(bench, SurveySpec((tmp_path / "a.png",), model="small")))
