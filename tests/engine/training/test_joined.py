"""Two COCO files trained as one: ids that repeat, classes, points, outlines, held-out pictures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from engine.detection.models.builders import Architecture
from engine.errors import InputError, SpecError
from engine.specs import from_json, to_json
from engine.training import initialization, losses
from engine.training.datasets import CocoPictures, split
from engine.training.joined import JoinedPictures, split_files
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.test_trainer import TINY, lines

POINTS = ["nose", "left_hand", "right_hand"]


def write(folder: Path, name: str, content: dict[str, Any], *, shade: int) -> Path:
    """A COCO file in a folder of its own, with pictures of one shade beside it."""
    folder.mkdir()
    for image in content["images"]:
        pixels = np.full((image["height"], image["width"], 3), shade, np.uint8)
        cv2.imwrite(str(folder / image["file_name"]), pixels)
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def image(number: int) -> dict[str, Any]:
    return {"id": number, "file_name": f"{number}.png", "width": 96, "height": 64}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """`outlined.json` with masks and points, `boxes.json` without; both know picture 1."""
    square = [[10, 10, 60, 10, 60, 50, 10, 50]]
    outlined = {
        "images": [image(1), image(2)],
        "categories": [{"id": 8, "name": "dog"}, {"id": 9, "name": "person", "keypoints": POINTS}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 9, "bbox": [10, 10, 50, 40],
             "segmentation": square, "keypoints": [12, 12, 2, 20, 20, 2, 0, 0, 0]},
            {"id": 2, "image_id": 2, "category_id": 8, "bbox": [10, 10, 50, 40],
             "segmentation": square},
        ],
    }  # fmt: skip
    boxes = {
        "images": [image(1)],
        "categories": [{"id": 1, "name": "person", "keypoints": POINTS}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [30, 8, 40, 48], "segmentation": []},
            {"id": 2, "image_id": 1, "category_id": 1, "bbox": [0, 0, 24, 64], "iscrowd": 1,
             "segmentation": []},
        ],
    }  # fmt: skip
    return (
        write(tmp_path / "a", "outlined.json", outlined, shade=60),
        write(tmp_path / "b", "boxes.json", boxes, shade=200),
    )


def test_every_picture_keeps_its_file(files: tuple[Path, Path]) -> None:
    pictures = JoinedPictures(files)
    assert len(pictures) == 3
    assert [int(pictures.pixels(index).mean()) for index in range(3)] == [60, 60, 200]
    assert pictures.classes == ("dog", "person")
    assert [pictures.load(index).labels.tolist() for index in range(3)] == [[2], [1], [2]]
    assert pictures.keypoint_names == tuple(POINTS)
    assert pictures.keypoint_classes == ("person",)
    last = pictures.load(2)
    assert not last.masks.any() and not last.keypoints.any()
    assert last.ignored.tolist() == [[0, 0, 24, 64]]


def test_the_truth_has_one_number_for_each_picture(files: tuple[Path, Path]) -> None:
    truth = JoinedPictures(files).truth([2, 0])
    assert [entry["id"] for entry in truth["images"]] == [3, 1]
    assert [(a["id"], a["image_id"], a["category_id"]) for a in truth["annotations"]] == [
        (1, 3, 2), (2, 3, 2), (3, 1, 2),
    ]  # fmt: skip
    assert ["segmentation" in item for item in truth["annotations"]] == [False, False, True]


def test_some_files_may_lack_a_class_but_not_all(files: tuple[Path, Path]) -> None:
    pictures = JoinedPictures(files, ("dog",))
    assert [pictures.has_objects(index) for index in range(3)] == [False, True, False]
    with pytest.raises(InputError, match="zebra"):
        JoinedPictures(files, ("zebra",))


def test_points_of_other_names_are_left_out_and_said(files: tuple[Path, Path]) -> None:
    content = json.loads(files[1].read_text())
    content["categories"][0]["keypoints"] = ["head", "tail"]
    content["annotations"][0]["keypoints"] = [40, 20, 2, 50, 20, 2]
    files[1].write_text(json.dumps(content))
    pictures = JoinedPictures(files)
    assert pictures.load(2).keypoints.tolist() == [[[0, 0, 0]] * 3]
    assert pictures.truth([2])["annotations"][0]["num_keypoints"] == 0
    assert "boxes.json" in pictures.notes[-1]


def test_pictures_are_held_out_by_their_own_ids_and_files(tmp_path: Path) -> None:
    content: dict[str, Any] = {"categories": [{"id": 1, "name": "person"}], "annotations": []}
    paths = [
        write(tmp_path / name, "t.json", {**content, "images": list(map(image, ids))}, shade=0)
        for name, ids in (("a", range(30)), ("b", range(5, 35)))
    ]
    pictures = JoinedPictures(paths)
    first = split(CocoPictures(paths[0]), 0.3)
    second = split(CocoPictures(paths[1]), 0.3)
    training, validation = split_files(pictures, 0.3)
    assert validation == first[1] + [30 + index for index in second[1]]
    assert sorted(training + validation) == list(range(60))
    training, validation = split_files(pictures, 0.3, files=1)
    assert validation == first[1]
    assert training == first[0] + list(range(30, 60))
    assert split_files(CocoPictures(paths[0]), 0.3) == first


def test_three_steps_on_both_and_which_object_enters_which_loss(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    net: Architecture = replace(TINY, rois=16)
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", net)
    boxes: list[list[list[float]]] = []
    entered: dict[str, list[list[list[float]]]] = {"maskrcnn_loss": [], "keypointrcnn_loss": []}
    stock_losses = losses.compute_losses

    def compute(model: Any, images: Any, targets: Any, **rest: Any) -> Any:
        boxes.append([row for target in targets for row in target["boxes"].tolist()])
        objects = [target["boxes"] for target in targets]
        with monkeypatch.context() as patch:
            for name, of in entered.items():
                stock = getattr(losses, name)

                def remember(*arguments: Any, stock: Any = stock, of: Any = of) -> Any:
                    matches = arguments[-1]
                    of.append(
                        [
                            row
                            for picture, rows in zip(objects, matches, strict=True)
                            for row in picture[rows.unique()].tolist()
                        ]
                    )
                    return stock(*arguments)

                patch.setattr(losses, name, remember)
            return stock_losses(model, images, targets, **rest)

    monkeypatch.setattr("engine.training.learner.compute_losses", compute)
    spec = TrainSpec(
        data=tuple(map(str, files)), model="shapes", start="nothing", classes=("person",),
        steps=3, batch=2, validation=0.0, device="cpu", optimizer="sgd:lr=1e-4",
    )  # fmt: skip
    still = {"flip": 0.0, "colour": 0.0}
    list(train(replace(spec, augmentation=still), tmp_path / "run"))
    outlined, only_box = [10, 10, 60, 50], [30, 8, 70, 56]
    # Two pictures hold a person, so every step of two sees both objects ...
    assert [sorted(step) for step in boxes] == [[outlined, only_box]] * 3
    # ... but only the one with outline and points enters those losses.
    assert entered == {"maskrcnn_loss": [[outlined]] * 3, "keypointrcnn_loss": [[outlined]] * 3}
    written = lines(tmp_path / "run" / "metrics.jsonl")
    assert [line["step"] for line in written] == [1, 2, 3]
    assert all(line["loss_mask"] > 0 and line["loss_keypoint"] > 0 for line in written)
    assert json.loads((tmp_path / "run" / "spec.json").read_text())["data"] == list(map(str, files))


def test_a_spec_names_one_file_or_several() -> None:
    old = from_json('{"thalweg": 1, "kind": "train", "data": "a.json"}', TrainSpec)
    assert (old.data, old.files) == ("a.json", ("a.json",))
    assert TrainSpec().files == ()
    both = TrainSpec(data=("a.json", "b.json"), learn=("keypoints",), validation_files=1)
    assert from_json(to_json(both), TrainSpec) == both
    for wrong in ("3", '["a.json", 4]', "null"):
        with pytest.raises(SpecError, match="data"):
            from_json(f'{{"thalweg": 1, "kind": "train", "data": {wrong}}}', TrainSpec)
    for parts in (("nose",), ("body", "pyramid")):
        with pytest.raises(SpecError, match="learn"):
            replace(both, learn=parts).check()


def test_a_part_learns_alone_on_weights_that_stay(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safetensors.torch import load_file

    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    spec = TrainSpec(
        data=tuple(map(str, files)), model="shapes", start="nothing", classes=("person",),
        steps=1, batch=2, validation=0.0, device="cpu",
    )  # fmt: skip
    first = tmp_path / "first"
    list(train(replace(spec, learn=("body", "pyramid", "rpn", "boxes", "masks")), first))
    assert "loss_keypoint" not in lines(first / "metrics.jsonl")[0]
    trunk = str(first / "last" / "weights.safetensors")
    second = tmp_path / "second"
    list(train(replace(spec, learn=("keypoints",), start=trunk), second))
    (line,) = lines(second / "metrics.jsonl")
    assert {name for name in line if name.startswith("loss_")} == {"loss_keypoint"}
    before, after = load_file(trunk), load_file(second / "last" / "weights.safetensors")
    changed = {name for name, tensor in before.items() if not torch.equal(tensor, after[name])}
    assert changed and all(name.startswith("roi_heads.keypoint_") for name in changed)


def test_files_share_the_memory_for_pictures(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = 64 * 96 * 3
    monkeypatch.setattr("engine.training.joined.CACHE_BYTES", 3 * picture)
    first, second = JoinedPictures(files).parts
    for index in (0, 1, 0):
        first.pixels(index)
    second.pixels(0)
    assert [part._cached_bytes for part in (first, second)] == [picture, picture]
