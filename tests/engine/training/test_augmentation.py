"""Varied pictures keep pixels, boxes, masks and points together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.detection.models.torchvision_models import PERSON_KEYPOINTS
from engine.training.augmentation import vary
from engine.training.datasets import Example
from engine.training.sampling import Sampler, mirror_names
from engine.training.spec import TrainSpec
from engine.training.synthetic_shapes import CLASSES, KEYPOINTS, ShapesPictures
from engine.training.transforms import mirror, paste, turn, zoom

SWAPS = mirror_names(KEYPOINTS)
PERSON = CLASSES.index("person") + 1


def white_square() -> Example:
    """A white object on black, with a point in each of two corners."""
    pixels = np.zeros((120, 160, 3), np.uint8)
    pixels[30:70, 40:100] = 255
    mask = (pixels[..., 0] > 0).astype(np.uint8)
    points = np.array([[[40, 30, 2], [100, 70, 2]]], np.float32)
    return Example(
        pixels, np.array([[40, 30, 100, 70]], np.float32), np.array([1]), mask[None], points
    )


def boxes_only() -> Example:
    """The square known by its box alone, and an ignored region that is as large."""
    example = white_square()
    return replace(example, masks=example.masks * 0, ignored=example.boxes.copy())


@pytest.mark.parametrize("seed", range(8))
def test_zoom_moves_box_mask_points_and_pixels_alike(seed: int) -> None:
    rng = np.random.default_rng(seed)
    how = {"scale": (0.5, 1.6), "focus": 1.0}
    varied = zoom(white_square(), **how, rng=rng, crop=128, min_size=120)
    assert varied.pixels.shape == (128, 128, 3)
    if not len(varied.boxes):
        return
    x0, y0, x1, y1 = varied.boxes[0]
    for seen in (varied.masks[0], varied.pixels[..., 0] == 255):
        columns, rows = np.flatnonzero(seen.any(0)), np.flatnonzero(seen.any(1))
        found = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
        assert np.abs(np.subtract(found, (x0, y0, x1, y1))).max() <= 2
    for point in varied.keypoints[0]:
        if point[2]:
            assert abs(point[0] - x0) < 0.01 or abs(point[0] - x1) < 0.01


@pytest.mark.parametrize("quarters", (1, 2, 3))
def test_a_turn_moves_box_mask_points_and_pixels_alike(quarters: int) -> None:
    turned = turn(white_square(), quarters)
    x0, y0, x1, y1 = turned.boxes[0].astype(int)
    white = np.zeros(turned.pixels.shape[:2], bool)
    white[y0:y1, x0:x1] = True
    assert (turned.pixels[..., 0] == 255).tolist() == white.tolist()
    assert turned.masks[0].astype(bool).tolist() == white.tolist()
    corners = {(x0, y0), (x1, y0), (x1, y1), (x0, y1)}
    assert {tuple(point[:2].astype(int)) for point in turned.keypoints[0]} <= corners
    back = turn(turned, 4 - quarters)
    for name in ("pixels", "boxes", "masks", "keypoints"):
        assert np.array_equal(getattr(back, name), getattr(white_square(), name))


@pytest.mark.parametrize("seed", range(6))
def test_ignored_regions_move_with_the_objects_and_fragments_become_such(seed: int) -> None:
    rng = np.random.default_rng(seed)
    varied = zoom(boxes_only(), scale=(1.5, 2.5), focus=0.0, rng=rng, crop=96, min_size=120)
    # The object and the region are one box: what is left of it is learnt or ignored.
    assert len(varied.boxes) in (0, 1)
    assert not varied.masks.any()
    if len(varied.boxes):
        assert varied.ignored.tolist() == varied.boxes.tolist()
    else:  # too little of the object can be seen
        assert len(varied.ignored) in (0, 2)
        assert len(np.unique(varied.ignored, axis=0)) <= 1
    for change in (lambda e: mirror(e, SWAPS), lambda e: turn(e, 1)):
        changed = change(replace(boxes_only(), keypoints=np.zeros((1, 17, 3), np.float32)))
        assert changed.ignored.tolist() == changed.boxes.tolist()


def test_what_is_pasted_over_a_box_hides_it() -> None:
    donor = white_square()
    target = replace(boxes_only(), pixels=np.zeros((120, 160, 3), np.uint8))
    kept = hidden = 0
    for seed in range(40):
        pasted = paste(target, donor, rng=np.random.default_rng(seed))
        whole = [box.tolist() for box in pasted.boxes]
        if target.boxes[0].tolist() in whole:
            kept += 1
            assert not pasted.masks[whole.index(target.boxes[0].tolist())].any()
        else:
            hidden += 1
            assert pasted.ignored.tolist() == [target.boxes[0].tolist()] * 2
    assert kept and hidden


def test_inverting_exchanges_dark_and_light_and_keeps_the_objects() -> None:
    settings = {"flip": 0.0, "colour": 0.0, "invert": 1.0}
    rng = np.random.default_rng(0)
    varied = vary(white_square(), settings, rng=rng, crop=0, min_size=120, swaps=SWAPS)
    assert (varied.pixels[..., 0] == 0).astype(int).tolist() == varied.masks[0].tolist()


def test_mirror_twice_changes_nothing_and_once_exchanges_sides() -> None:
    example = ShapesPictures(3, 50).load(next(i for i in range(50) if PERSON in labels(i)))
    back = mirror(mirror(example, SWAPS), SWAPS)
    for name in ("pixels", "boxes", "labels", "masks"):
        np.testing.assert_array_equal(getattr(back, name), getattr(example, name))
    np.testing.assert_allclose(back.keypoints, example.keypoints, atol=1e-3)
    row = int(np.flatnonzero(example.labels == PERSON)[0])
    left, right = KEYPOINTS.index("left_shoulder"), KEYPOINTS.index("right_shoulder")
    turned = mirror(example, SWAPS).keypoints[row]
    width = example.pixels.shape[1]
    assert turned[left, 0] == pytest.approx(width - example.keypoints[row, right, 0], abs=1e-3)


def labels(index: int) -> list[int]:
    return ShapesPictures(3, 50).load(index).labels.tolist()


def test_cocos_seventeen_points_exchange_their_sides() -> None:
    swaps = mirror_names(PERSON_KEYPOINTS)
    assert swaps.tolist() == [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]
    points = np.zeros((1, 17, 3), np.float32)
    points[0, PERSON_KEYPOINTS.index("left_wrist")] = 50, 40, 1
    turned = mirror(replace(white_square(), keypoints=points), swaps).keypoints[0]
    assert turned[PERSON_KEYPOINTS.index("right_wrist")].tolist() == [110, 40, 1]
    assert turned[:, 2].sum() == 1  # what was not labelled stays so


def test_names_change_sides() -> None:
    assert mirror_names(("nose", "left_eye", "right_eye", "tail")).tolist() == [0, 2, 1, 3]


def test_pasted_objects_lie_in_front_and_keep_their_mask() -> None:
    target, donor = ShapesPictures(1, 9).load(2), ShapesPictures(2, 9).load(4)
    pasted = paste(target, donor, rng=np.random.default_rng(0))
    assert len(pasted.boxes) == len(pasted.masks) == len(pasted.labels) == len(pasted.keypoints)
    assert pasted.masks.sum(0).max() == 1  # nothing is seen twice in one place
    for box, mask in zip(pasted.boxes, pasted.masks, strict=True):
        columns = np.flatnonzero(mask.any(0))
        assert box[0] <= columns[0] + 1
        assert columns[-1] <= box[2] + 1


def test_neutral_settings_change_nothing() -> None:
    example = white_square()
    neutral = {"flip": 0, "colour": 0}
    rng = np.random.default_rng(0)
    same = vary(example, neutral, rng=rng, crop=0, min_size=120, swaps=SWAPS)
    np.testing.assert_array_equal(same.pixels, example.pixels)
    np.testing.assert_array_equal(same.boxes, example.boxes)


def test_a_batch_is_a_function_of_seed_and_step() -> None:
    spec = TrainSpec(data="shapes", crop=96, augmentation={"scale": (0.7, 1.4), "paste": 1})
    batches = []
    for _ in range(2):
        sampler = Sampler(ShapesPictures(0, 20), range(20), spec=spec, min_size=200)
        sampler.batch(0)  # what was drawn before must not matter
        batches.append(sampler.batch(5))
    for one, other in zip(*batches, strict=True):
        np.testing.assert_array_equal(one.pixels, other.pixels)
        np.testing.assert_array_equal(one.masks, other.masks)


def test_an_epoch_draws_every_picture_once() -> None:
    spec = TrainSpec(data="shapes", batch=4, augmentation={"flip": 0, "colour": 0})

    class Numbered(ShapesPictures):
        drawn: list[int] = []  # noqa: RUF012

        def load(self, index: int) -> Example:
            self.drawn.append(index)
            return white_square()

    sampler = Sampler(Numbered(0, 8), range(8), spec=spec, min_size=200)
    assert sampler.epoch_steps == 2
    for step in range(4):
        sampler.batch(step)
    assert sorted(Numbered.drawn[:8]) == sorted(Numbered.drawn[8:]) == list(range(8))
    assert Numbered.drawn[:8] != Numbered.drawn[8:]
