"""Surveys of a folder: every object followed, COCO's numbers, and the command."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.__main__ import main
from engine.annotations import coco
from engine.detection.detections import gather
from engine.detection.pipeline import inference
from engine.detection.pipeline.inference import InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import Thresholds, select
from engine.detection.pipeline.stages import trace_stages
from engine.detection.queries.object_outcomes import FOUND, NO_CLASS, OUTCOMES, TAKEN
from engine.detection.survey.records import SIZES, Survey, SurveyProgress, SurveySpec
from engine.detection.survey.run import precision_recall, survey
from engine.errors import InputError
from engine.export.item import ExportItem
from engine.pictures.read_ahead import READ_AHEAD, read_ahead
from tests.deadlines import scaled
from tests.engine.detection.conftest import picture

CLASSES = ("ant", "bee", "cat")
SIZE = (120, 160)


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
    *_, seen = inspect(bench, InspectSpec(pixels=pixels, model="small"))
    trace = seen.trace
    found = gather(trace, select(trace, Thresholds(0.05, 0.5, 12)), seen.model)
    coco.write(tmp_path / "t.json", [coco.record(ExportItem("a.png", pixels, found))], found.model)
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


def test_the_next_pictures_are_read_meanwhile() -> None:
    read: list[int] = []
    ready = threading.Event()

    def reader(number: int) -> int:
        read.append(number)
        if number == READ_AHEAD:
            ready.set()
        if number == 1:
            raise InputError("truth.nothing", count=1)
        return 10 * number

    steps = read_ahead(reader, range(9))
    item, content = next(steps)
    assert (item, content.result()) == (0, 0)
    assert ready.wait(scaled(10))  # while the first one is in use
    item, content = next(steps)
    with pytest.raises(InputError):
        content.result()
    assert [content.result() for _, content in [next(steps), next(steps)]] == [20, 30]
    steps.close()
    assert read == list(range(len(read))) and len(read) <= 4 + READ_AHEAD


def test_the_command_tells_where_the_objects_are_lost(
    bench: Workbench, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(inference, "load_from_zoo", bench._load)

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["survey", str(folder), "--score", "0.4", "--nms", "0.4", *words])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    limits = ("--max-detections", "8", "--model", "small")
    code, out, err = run(*limits, "--truth", str(folder / "truth.json"), "--json")
    told = json.loads(out)
    assert (code, err) == (0, "") and told["skipped"] == [str(folder / "unmarked.png")]
    paths = tuple(sorted(folder.glob("*.png")))
    expected = list(survey(bench, SurveySpec(paths, model="small", thresholds=LIMITS)))[-1]
    assert isinstance(expected, Survey)
    assert told["funnel"]["all"] == expected.funnel()
    assert set(told["funnel"]["sizes"]) == set(SIZES)
    assert told["funnel"]["classes"]["dog"][NO_CLASS] == 3
    assert told["metrics"]["bbox"]["AP50"] == pytest.approx(expected.metrics["bbox"]["AP50"])
    for name, curve in told["precision_recall"].items():
        assert np.mean(curve["precision"]) == pytest.approx(expected.curves[name].average)
    assert sum(cell["count"] for cell in told["confusion"]) == expected.confusion.sum()
    errors = [each["errors"] for each in told["worst"]]
    assert errors == sorted(errors, reverse=True) and len(told["losses"]) == told["objects"]

    (folder / "1.png").write_bytes(b"no picture")
    code, out, err = run(*limits)
    assert code == 2 and "1.png" in err and len(err.splitlines()) == 1
    assert all(words in out for words in ("2 pictures", "outcome", "no class", "worst pictures"))
    code, out, err = run(*limits, "--iou", "7")
    assert (code, out) == (2, "") and "7" in err
