"""The preview is what the training's own sampler and the net's own transform give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from engine.detection.models import builders
from engine.training import initialization
from engine.training.data_check.augmented_pictures import AugmentedPicture, augmented_pictures
from engine.training.sampling import Sampler
from engine.training.spec import TrainSpec
from tests.engine.training.test_trainer import TINY

SPEC = TrainSpec(data="shapes", pictures=4, seed=3)


def drawn(spec: TrainSpec, first: int, count: int) -> list[AugmentedPicture]:
    made = augmented_pictures(spec, first, count)
    return [each for each in made if isinstance(each, AugmentedPicture)]


def test_the_net_gets_the_same() -> None:
    model = builders.build(TINY).train()
    pictures = initialization.open_data(SPEC)
    sampler = Sampler(pictures, range(4), spec=SPEC, min_size=TINY.min_size)
    for shown in drawn(SPEC, 2, 3):
        example = sampler.draw(shown.number)
        pixels = torch.from_numpy(example.pixels.copy()).permute(2, 0, 1).float() / 255
        target = {
            "boxes": torch.from_numpy(example.boxes),
            "keypoints": torch.from_numpy(example.keypoints),
        }
        images, targets = model.transform([pixels], [target])
        height, width = images.image_sizes[0]
        assert shown.pixels.shape == (height, width, 3)
        np.testing.assert_array_equal(shown.boxes, targets[0]["boxes"].numpy())
        np.testing.assert_array_equal(shown.keypoints, targets[0]["keypoints"].numpy())
        mean, std = (
            torch.tensor(each).view(3, 1, 1)
            for each in (model.transform.image_mean, model.transform.image_std)
        )
        seen = (images.tensors[0, :, :height, :width] * std + mean) * 255
        assert np.abs(seen.permute(1, 2, 0).numpy() - shown.pixels).max() <= 0.51


def test_the_same_seed_draws_the_same_and_another_number_another() -> None:
    first, second = drawn(SPEC, 0, 2)
    (again,) = drawn(SPEC, 1, 1)
    np.testing.assert_array_equal(again.pixels, second.pixels)
    assert first.pixels.shape != second.pixels.shape or (first.pixels != second.pixels).any()


def test_a_mirror_exchanges_left_and_right() -> None:
    never, always = (
        replace(SPEC, augmentation={"flip": flip, "colour": 0.0}) for flip in (0.0, 1.0)
    )
    for plain, flipped in zip(drawn(never, 0, 4), drawn(always, 0, 4), strict=True):
        turned = plain.pixels[:, ::-1].astype(int)
        assert np.abs(flipped.pixels - turned).max() <= 1  # by rounding
        seen = plain.keypoints[:, plain.partners, 2] > 0
        x = flipped.keypoints[..., 0][seen]
        mirrored = plain.pixels.shape[1] - plain.keypoints[:, plain.partners, 0][seen]
        np.testing.assert_allclose(x, mirrored, atol=1.01)


def test_every_object_has_its_name_and_outline() -> None:
    for shown in drawn(SPEC, 0, 2):
        assert len(shown.names) == len(shown.outlines) == len(shown.boxes)
        assert any(shown.outlines)
