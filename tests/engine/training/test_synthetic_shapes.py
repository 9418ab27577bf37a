"""Generated scenes: the same everywhere, with exact masks and points."""

from __future__ import annotations

import numpy as np
from pycocotools import mask as rle

from engine.training.synthetic_shapes import CLASSES, KEYPOINTS, ShapesPictures, scene


def test_a_scene_is_a_function_of_seed_and_index() -> None:
    first, second = scene(5, 11), scene(5, 11)
    np.testing.assert_array_equal(first.pixels, second.pixels)
    np.testing.assert_array_equal(first.masks, second.masks)
    other = scene(6, 11)
    assert first.pixels.shape != other.pixels.shape or (first.pixels != other.pixels).any()


def test_scenes_hold_every_class_and_whole_facts() -> None:
    seen = set()
    for index in range(20):
        example = scene(0, index)
        assert 1 <= len(example.boxes) <= 6
        assert example.masks.sum(0).max() <= 1  # what is hidden belongs to nobody
        for row, mask in enumerate(example.masks):
            columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
            box = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
            assert example.boxes[row].tolist() == list(box)
        seen |= set(example.labels.tolist())
    assert seen == set(range(1, len(CLASSES) + 1))


def test_only_figures_have_points_and_they_lie_on_the_figure() -> None:
    on = total = 0
    for index in range(15):
        example = scene(1, index)
        for label, mask, points in zip(
            example.labels, example.masks, example.keypoints, strict=True
        ):
            visible = points[points[:, 2] > 0]
            if CLASSES[label - 1] != "person":
                assert not len(visible)
                continue
            assert len(visible) == len(KEYPOINTS)
            # A limb may be hidden by a later object; the joints of the rest are inked.
            inked = [mask[int(y), int(x)] for x, y, _ in visible[5:]]
            on, total = on + sum(map(int, inked)), total + len(inked)
    assert on / total > 0.85


def test_the_truth_has_the_masks_area() -> None:
    pictures = ShapesPictures(2, 6)
    truth = pictures.truth([0, 3])
    assert [image["id"] for image in truth["images"]] == [1, 4]
    for item in truth["annotations"]:
        assert item["area"] == float(rle.area(item["segmentation"]))
        assert item["num_keypoints"] in (0, 17)
