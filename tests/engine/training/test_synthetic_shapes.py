"""Generated scenes: the same everywhere, with exact masks and points."""

from __future__ import annotations

import numpy as np
import pytest
from pycocotools import mask as rle

from engine.errors import InputError
from engine.training.scene_objects import HEIGHTS, OBJECTS, RADII, SceneObject, Sketch
from engine.training.synthetic_shapes import CLASSES, KEYPOINTS, ShapesPictures, scene


def test_a_scene_is_a_function_of_seed_and_index() -> None:
    first, second = scene(5, 11), scene(5, 11)
    np.testing.assert_array_equal(first.pixels, second.pixels)
    np.testing.assert_array_equal(first.masks, second.masks)
    other = scene(6, 11)
    assert first.pixels.shape != other.pixels.shape or (first.pixels != other.pixels).any()


def test_scenes_hold_every_class_and_whole_facts() -> None:
    seen = set()
    for index in range(30):
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


def test_hidden_points_are_known_and_marked_so() -> None:
    seen = hidden = 0
    for index in range(25):
        example = scene(3, index)
        for row, points in enumerate(example.keypoints):
            in_front = example.masks[row + 1 :].any(0)  # the last drawn is the foremost
            for x, y, mark in points[points[:, 2] > 0]:
                assert mark == 1 or not in_front[int(y), int(x)]
                seen, hidden = seen + (mark == 2), hidden + (mark == 1)
    assert seen > 10 * hidden > 0


@pytest.mark.parametrize("kind", OBJECTS, ids=lambda kind: kind.name)
def test_every_kind_is_drawn_within_its_size(kind: SceneObject) -> None:
    for seed in range(10):
        sketch = kind.sketch(np.random.default_rng(seed), (400, 300))
        assert sketch.cover.shape == (300, 400)
        rows, columns = np.nonzero(sketch.cover > 127)
        sides = np.ptp(columns) + 1, np.ptp(rows) + 1
        assert max(sides) <= (2 * RADII[1] + 2 if kind.name != "person" else 1.3 * HEIGHTS[1])
        assert sketch.points.any() == (kind.name == "person")


def test_outlines_are_what_they_are_called() -> None:
    areas: dict[str, list[float]] = {}
    for kind in OBJECTS[:-1]:
        for seed in range(8):  # the same seed gives the same radius to every kind
            cover = kind.sketch(np.random.default_rng([9, seed]), (900, 900)).cover
            areas.setdefault(kind.name, []).append(cover.sum() / 255)
    circle = np.asarray(areas["circle"])
    for name, share in {
        "square": 2 / np.pi, "triangle": 3 * 3**0.5 / 4 / np.pi, "ring": 1 - 0.6**2,
        "star": 5 * 0.42 * np.sin(np.pi / 5) / np.pi, "cross": 4 * 0.3 * (2 - 0.3) / np.pi,
    }.items():  # fmt: skip
        # An edge that cuts the picture, or small radii, spoil single ones.
        assert np.median(np.asarray(areas[name]) / circle) == pytest.approx(share, rel=0.02)


def test_one_record_adds_a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def dot(rng: np.random.Generator, size: tuple[int, int]) -> Sketch:
        cover = np.zeros(size[::-1], np.uint8)
        cover[50:70, 60:90] = 255
        return Sketch(cover, np.zeros((17, 3), np.float32))

    kinds = (*OBJECTS, SceneObject("block", 1, dot))
    monkeypatch.setattr("engine.training.synthetic_shapes.OBJECTS", kinds)
    names = tuple(kind.name for kind in kinds)
    monkeypatch.setattr("engine.training.synthetic_shapes.CLASSES", names)
    example = scene(0, 0, ("block",))
    assert example.boxes.tolist() == [[60, 50, 90, 70]]


def test_some_classes_alone_can_be_drawn() -> None:
    pictures = ShapesPictures(0, 9, ("ring", "star"))
    assert pictures.classes == ("ring", "star")
    assert pictures.keypoint_names == ()
    labels = np.concatenate([pictures.load(index).labels for index in range(9)])
    assert set(labels.tolist()) == {1, 2}
    assert pictures.load(0).keypoints.shape[1:] == (0, 3)
    assert [c["name"] for c in pictures.truth([0])["categories"]] == ["ring", "star"]
    with pytest.raises(InputError, match="blob"):
        ShapesPictures(0, 1, ("blob",))


def test_the_truth_has_the_masks_area() -> None:
    pictures = ShapesPictures(2, 6)
    truth = pictures.truth([0, 3])
    assert [image["id"] for image in truth["images"]] == [1, 4]
    for item in truth["annotations"]:
        assert item["area"] == float(rle.area(item["segmentation"]))
        assert item["num_keypoints"] in (0, 17)
