"""Recall of proposals against cases worked out by hand, and proposals against torchvision's."""

from __future__ import annotations

import numpy as np
import torch

from engine.detection.models import builders
from engine.training.alternating.proposals import (
    BorrowedRpn,
    Proposals,
    measure_recall,
    propose,
    to_arrays,
)
from tests.engine.training.test_trainer import TINY


def boxes(*rows: tuple[float, float, float, float]) -> np.ndarray:
    return np.array(rows, np.float32).reshape(-1, 4)


def ranked(*rows: tuple[float, float, float, float]) -> Proposals:
    found = boxes(*rows)
    return Proposals(found, np.linspace(1, 0, len(found), dtype=np.float32))


AWAY = (90.0, 90.0, 95.0, 95.0)


def test_recall_counts_the_objects_that_one_of_the_first_proposals_covers() -> None:
    # First picture: IoU .8 for the first object, 60 / 120 = .5 exactly for the second at
    # rank 61; the second picture's object is .6 covered at rank 1, its other one not at all.
    first = ranked((0, 0, 8, 10), *[AWAY] * 59, (20, 0, 26, 10), (23, 0, 35, 10))
    second = ranked((0, 0, 6, 10))
    found = measure_recall(
        [first, second],
        [boxes((0, 0, 10, 10), (20, 0, 32, 10)), boxes((0, 0, 10, 10), (50, 50, 60, 60))],
    )
    assert (found["pictures"], found["objects"]) == (2, 4)
    assert found["recall"]["0.5"] == {"50": 0.5, "100": 0.75, "300": 0.75, "1000": 0.75}
    assert found["recall"]["0.7"] == {"50": 0.25, "100": 0.25, "300": 0.25, "1000": 0.25}


def test_recall_without_proposals_is_none_and_without_objects_undefined() -> None:
    assert measure_recall([ranked()], [boxes(AWAY)])["recall"]["0.5"]["1000"] == 0.0
    assert measure_recall([ranked(AWAY)], [boxes()])["recall"]["0.7"]["50"] is None


def test_proposals_are_torchvisions_in_its_order() -> None:
    torch.manual_seed(0)
    model = builders.build(TINY).eval()
    pixels = np.random.default_rng(0).integers(0, 256, (90, 70, 3), np.uint8)
    image = torch.from_numpy(pixels).permute(2, 0, 1).float() / 255
    with torch.no_grad():
        batch, _ = model.transform([image])
        model.rpn._pre_nms_top_n["testing"] = 1000
        model.rpn._post_nms_top_n["testing"] = 1000
        (wanted,), _ = model.rpn(batch, model.backbone(batch.tensors))
    model.rpn._post_nms_top_n["testing"] = 20
    found = propose(model, pixels)
    assert model.rpn._post_nms_top_n["testing"] == 20
    height, width = batch.image_sizes[0]
    scale = np.array([70 / width, 90 / height] * 2, np.float32)
    np.testing.assert_allclose(found.boxes, wanted.numpy() * scale, rtol=1e-6)
    assert np.all(np.diff(found.scores) <= 0) and found.scores.min() >= 0


def test_kept_proposals_say_which_picture_they_belong_to() -> None:
    arrays = to_arrays([ranked(AWAY, AWAY), ranked(), ranked(AWAY)], [3, 5, 8])
    assert arrays["picture"].tolist() == [3, 3, 8]
    assert arrays["boxes"].shape == (3, 4) and arrays["scores"].shape == (3,)
    assert to_arrays([], [])["boxes"].shape == (0, 4)


def test_a_borrowed_rpn_proposes_from_the_lenders_own_features() -> None:
    torch.manual_seed(0)
    lender, detector = builders.build(TINY).eval(), builders.build(TINY).eval()
    image = torch.rand(3, 64, 80)
    with torch.no_grad():
        batch, _ = lender.transform([image])
        wanted, _ = lender.rpn(batch, lender.backbone(batch.tensors))
        found, losses = BorrowedRpn(lender)(batch, detector.backbone(batch.tensors))
    assert torch.equal(found[0], wanted[0]) and losses == {}
    detector.rpn = BorrowedRpn(lender)
    assert set(detector([image])[0]) >= {"boxes", "scores"}


def test_the_counts_are_pinned() -> None:
    assert list(measure_recall([], [])["recall"]["0.7"]) == ["50", "100", "300", "1000"]
    assert measure_recall([], [])["recall"]["0.5"]["50"] is None
