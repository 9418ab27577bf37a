"""What was accepted, as detections: the model's own masks, or its heads asked anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pycocotools.coco import COCO

from engine.detection.detections import Detections, gather
from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.pipeline.selection import select, stock_thresholds
from engine.detection.queries.asked_box import ask_box
from engine.detection.review import edits
from engine.detection.review.arrangement import arrange, suggestions
from engine.detection.review.files import path_of
from engine.detection.review.judged_detections import accepted_detections, with_names
from engine.detection.review.records import ACCEPTED, REJECTED, Review, judged_names
from engine.errors import InputError
from engine.export.batch import BatchSpec, detect_all
from engine.pictures.reader import read_picture
from tests.engine.detection.conftest import picture

BODY = "small"
DRAWN = (20.0, 10.0, 90.0, 80.0)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "one.png"
    Image.fromarray(picture(120, 160, seed=1)).save(path)
    return path


@pytest.fixture(scope="module")
def inspection(bench: Workbench, file: Path) -> Inspection:
    *_, last = inspect(bench, InspectSpec(path=str(file), model=BODY), read_picture(file))
    assert isinstance(last, Inspection)
    return last


@pytest.fixture(scope="module")
def shown(inspection: Inspection) -> Detections:
    trace = inspection.trace
    return gather(trace, select(trace, stock_thresholds(trace)), inspection.model)


@pytest.fixture(scope="module")
def review(shown: Detections, file: Path) -> Review:
    """One accepted, one moved, one relabelled, one rejected, and one drawn."""
    assert len(shown) >= 5
    told = suggestions(shown.names, shown.boxes, shown.scores)
    made = Review(path_of(file), 160, 120)
    made = edits.judge(made, arrange(made, told)[0], ACCEPTED)
    made = edits.reshape(made, arrange(made, told)[1], DRAWN)
    name = next(each for each in shown.model.classes if each != shown.names[2])
    made = edits.relabel(made, arrange(made, told)[2], name)
    made = edits.judge(made, arrange(made, told)[3], REJECTED)
    return edits.draw(made, "dragon", DRAWN)


@pytest.fixture(scope="module")
def accepted(
    bench: Workbench, inspection: Inspection, shown: Detections, review: Review
) -> Detections:
    facts = with_names(inspection.model, judged_names([review]))
    return accepted_detections(bench, inspection, shown, review, facts)


def test_only_what_was_accepted_is_there_as_judged(
    accepted: Detections, shown: Detections, review: Review
) -> None:
    assert list(accepted.names) == [each.name for each in review.accepted]
    assert np.array_equal(accepted.boxes[0], shown.boxes[0])
    assert accepted.boxes[1].tolist() == accepted.boxes[3].tolist() == list(DRAWN)
    assert accepted.scores.tolist() == [*shown.scores[:2].tolist(), 1.0, 1.0]
    assert len(set(accepted.pairs)) == 4
    assert accepted.model.classes == (*shown.model.classes, "dragon")
    assert accepted.ready.tolist() == [True, True, True, False]


def test_masks_are_the_models_own_or_those_of_the_box_and_class_as_judged(
    accepted: Detections, shown: Detections, bench: Workbench, inspection: Inspection
) -> None:
    assert accepted.mask_probs is not None
    assert shown.mask_probs is not None
    assert np.array_equal(accepted.mask_probs[0], shown.mask_probs[0])
    # Whoever asks for a box gets its refined one; the mask head on that very box says the same.
    *_, asked = ask_box(bench, inspection, tuple(map(float, shown.boxes[2])), None)
    assert asked.mask_prob is not None
    told = suggestions(("ant",), asked.refined[asked.label][None], np.ones(1, np.float32))
    name = inspection.model.class_name(asked.label)
    x0, y0, x1, y1 = told[0].box
    drawn = edits.draw(Review("", 160, 120), name, (x0, y0, x1, y1))
    one = accepted_detections(bench, inspection, shown.only(()), drawn, inspection.model)
    assert one.mask_probs is not None
    assert np.allclose(one.mask_probs[0], asked.mask_prob, atol=1e-4)


def test_a_picture_of_another_size_is_refused(
    bench: Workbench, inspection: Inspection, shown: Detections
) -> None:
    with pytest.raises(InputError, match="99 x 120"):
        accepted_detections(bench, inspection, shown, Review("/a.png", 99, 120), inspection.model)


def test_every_format_is_written_of_what_was_accepted(
    bench: Workbench, file: Path, review: Review, tmp_path: Path
) -> None:
    formats = ("png", "coco", "labelme", "yolo", "voc", "csv")
    spec = BatchSpec((file,), tmp_path, model=BODY, score=0.05, formats=formats, reviews=(review,))
    (step,) = detect_all(bench, spec)
    assert step.error is None
    assert [name for name, _ in step.found] == [each.name for each in review.accepted]
    read = COCO(str(tmp_path / "annotations.json"))
    names = {each["id"]: each["name"] for each in read.dataset["categories"]}
    told = read.loadAnns(read.getAnnIds())
    assert [names[each["category_id"]] for each in told] == [e.name for e in review.accepted]
    for each, judged in zip(told, review.accepted, strict=True):
        x, y, width, height = each["bbox"]
        assert np.allclose((x, y, x + width, y + height), judged.box, atol=1e-3)
    assert ["segmentation" in each for each in told] == [True, True, True, False]
    assert len((tmp_path / "one.txt").read_text().splitlines()) == 4
    assert (tmp_path / "one.xml").read_text().count("<object>") == 4
