"""COCO JSON in, pictures and objects out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.training.datasets import CocoPictures, split
from engine.training.splits import held_out
from tests.engine.training.conftest import coco_content


def test_objects_come_with_boxes_masks_and_labels(coco: Path) -> None:
    pictures = CocoPictures(coco)
    assert pictures.classes == ("cat", "dog")
    example = pictures.load(0)
    assert example.pixels.shape == (64, 80, 3)
    assert example.boxes.tolist() == [[10, 10, 40, 50], [50, 5, 70, 25]]
    assert example.labels.tolist() == [1, 2]
    # The dog has no outline: its mask is empty, never the shape of its box.
    assert [int(mask.sum()) for mask in example.masks] == [1200, 0]


def test_a_folder_stands_for_its_only_json(coco: Path) -> None:
    assert len(CocoPictures(coco.parent)) == 2


def test_crowds_are_truth_and_ignored_but_never_learned(coco: Path) -> None:
    pictures = CocoPictures(coco)
    example = pictures.load(1)
    assert example.boxes.tolist() == [[5, 5, 65, 85]]
    assert example.ignored.tolist() == [[0, 0, 72, 96]]
    truth = pictures.truth([1])["annotations"]
    assert [item["iscrowd"] for item in truth] == [0, 1]
    assert ["segmentation" in item for item in truth] == [False, True]
    assert truth[0]["area"] == 60 * 80


def test_unusable_boxes_are_dropped_and_said_with_the_file(coco: Path) -> None:
    (note,) = CocoPictures(coco).notes
    assert "train.json" in note
    assert "3" in note


def test_a_subset_of_classes_renumbers_the_labels(coco: Path) -> None:
    pictures = CocoPictures(coco, ("dog",))
    assert pictures.load(0).labels.tolist() == [1]
    assert pictures.truth([0])["categories"] == [{"id": 1, "name": "dog"}]
    with pytest.raises(InputError, match="zebra"):
        CocoPictures(coco, ("zebra",))


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"images": [{}]}', "[" * 9000])
def test_a_file_that_is_not_coco_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"odd\.json"):
        CocoPictures(path)


def test_missing_things_are_named(coco: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        CocoPictures(tmp_path / "nowhere")
    (coco.parent / "a.png").unlink()
    with pytest.raises(InputError, match=r"a\.png"):
        CocoPictures(coco).load(0)


def test_a_picture_of_another_size_is_refused(coco: Path) -> None:
    content = coco_content()
    content["images"][0]["width"] = 800
    coco.write_text(json.dumps(content))
    with pytest.raises(InputError, match="80 x 64"):
        CocoPictures(coco).load(0)


def test_run_lengths_and_polygons_agree(coco: Path) -> None:
    content = coco_content()
    mask = np.zeros((64, 80), np.uint8)
    mask[10:50, 10:40] = 1
    flat = mask.T.ravel()
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flat, [0]))))
    counts = np.diff(np.concatenate(([0], edges, [flat.size]))).tolist()
    content["annotations"][0]["segmentation"] = {"size": [64, 80], "counts": counts}
    polygon = CocoPictures(coco).load(0).masks[0]
    coco.write_text(json.dumps(content))
    np.testing.assert_array_equal(CocoPictures(coco).load(0).masks[0], mask)
    np.testing.assert_array_equal(polygon, mask)


def test_the_split_depends_on_the_id_alone(coco: Path) -> None:
    share = np.mean([held_out(number, 0.25) for number in range(4000)])
    assert abs(share - 0.25) < 0.03
    assert all(held_out(n, 0.5) for n in range(500) if held_out(n, 0.1))
    training, validation = split(CocoPictures(coco), 0.0)
    assert (training, validation) == ([0, 1], [])
