"""The samples are there, can be read, are credited, and the bundled models are right about them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor
from torchvision.ops import box_iou

from engine.detection.models import zoo
from engine.pictures.reader import list_pictures, read_picture
from engine.pictures.samples import FOR_MODEL, folder, sample
from engine.training.synthetic_shapes import scene

SHOWN = 0.5  # the threshold of score that the window begins with
SEED, SCENES = 11, {"shapes.png": 379, "shapes-2.png": 491}  # as their credits say
PERSONS = {"astronaut": 1, "camera": 1, "grace_hopper": 1, "chelsea": 0, "coffee": 0}


def test_every_sample_is_small_readable_and_credited() -> None:
    credit = (folder() / "CREDITS.md").read_text(encoding="utf-8")
    found = list_pictures(folder())
    assert {name for names in FOR_MODEL.values() for name in names} <= {p.name for p in found}
    for path in found:
        assert f"`{path.name}`" in credit
        assert path.stat().st_size < 300_000
        assert min(read_picture(path).size) >= 200


def test_each_model_has_a_sample_of_its_own() -> None:
    for name in zoo.BUNDLED:
        assert sample(name).name == FOR_MODEL[name][0]
    assert sample("run:mine").is_file()


def detections(model: str, path: Path) -> tuple[Tensor, Tensor]:
    """The boxes (n, 4) and labels (n,) that are shown."""
    pixels = torch.from_numpy(read_picture(path).pixels.copy())
    with torch.inference_mode():
        (found,) = zoo.load_detector(model)([pixels.permute(2, 0, 1).float() / 255])
    shown = found["scores"] > SHOWN
    return found["boxes"][shown], found["labels"][shown]


@pytest.mark.parametrize("name", SCENES)
def test_every_shape_of_the_scenes_is_found_and_named(name: str) -> None:
    truth = scene(SEED, SCENES[name])
    boxes, labels = detections("shapes", folder() / name)
    overlap, index = box_iou(torch.from_numpy(truth.boxes), boxes).max(1)
    assert sorted(index.tolist()) == list(range(len(boxes))), "each by one box, and no other box"
    assert overlap.min() > 0.7
    assert labels[index].tolist() == truth.labels.tolist()


def test_several_whole_people_are_seen() -> None:
    boxes, _ = detections("people", folder() / "airfield.jpg")
    assert len(boxes) >= 5


@pytest.mark.parametrize("name", PERSONS)
def test_no_person_is_seen_where_there_is_none(name: str) -> None:
    boxes, _ = detections("people", folder() / f"{name}.jpg")
    assert len(boxes) == PERSONS[name]
