"""Which anchors, RoIs and objects enter which loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.detection.models import builders
from engine.training import initialization, losses
from engine.training.batch_tensors import to_tensors
from engine.training.losses import compute_losses, ignore, positives, sample_rois
from engine.training.spec import PARTS
from engine.training.synthetic_shapes import CLASSES, ShapesPictures
from tests.engine.training.test_trainer import TINY

CPU = torch.device("cpu")


@pytest.fixture
def model() -> Any:
    torch.manual_seed(0)
    return builders.build(replace(TINY, classes=len(CLASSES) + 1, keypoints=17, rois=128)).train()


@pytest.fixture
def scenes() -> tuple[list[Tensor], list[dict[str, Tensor]]]:
    pictures = ShapesPictures(0, 9)
    return to_tensors([pictures.load(0), pictures.load(3)], CPU)


def test_where_all_is_known_the_losses_are_torchvisions(model: Any, scenes: Any) -> None:
    images, targets = scenes
    for seed in range(3):
        torch.manual_seed(seed)
        expected = model(images, [dict(target) for target in targets])
        torch.manual_seed(seed)
        ours = compute_losses(model, images, [dict(target) for target in targets])
        assert set(ours) == set(expected)
        for name, value in expected.items():
            torch.testing.assert_close(ours[name], value)


def box(*values: float) -> Tensor:
    return torch.tensor([values], dtype=torch.float32)


def test_what_lies_mostly_in_a_crowd_is_no_negative() -> None:
    crowd = {"ignored": box(100, 100, 200, 200)}
    boxes = torch.cat(
        [
            box(110, 110, 150, 150),  # inside, background: not used
            box(110, 110, 150, 150),  # inside, but it matches an object of its own
            box(80, 120, 140, 160),  # two thirds inside
            box(60, 120, 140, 160),  # half inside: still background
            box(0, 0, 300, 300),  # the crowd lies in it, not it in the crowd
            box(0, 0, 40, 40),  # elsewhere
        ]
    )
    labels = torch.tensor([0, 1, 0, 0, 0, -1])
    assert ignore(labels, boxes, crowd).tolist() == [-1, 1, -1, 0, 0, -1]
    assert ignore(labels.float(), boxes, {}).tolist() == labels.tolist()


def test_rois_are_not_drawn_from_a_crowd(model: Any) -> None:
    crowd, outside = box(0, 0, 40, 40), box(50, 50, 60, 60)
    targets = [
        {"boxes": box(44, 4, 60, 20), "labels": torch.tensor([2]), "ignored": crowd},
        {"boxes": torch.zeros(0, 4), "labels": torch.zeros(0, dtype=torch.int64), "ignored": crowd},
    ]
    proposals = [torch.cat((box(4, 4, 30, 30), outside, box(44, 4, 59, 20)))] * 2
    samples = sample_rois(model.roi_heads, proposals, targets)
    drawn = [sorted(map(tuple, boxes.tolist())) for boxes in samples.boxes]
    # The object's own box is a proposal too; the crowd's proposal is nowhere.
    assert drawn[0] == [(44, 4, 59, 20), (44, 4, 60, 20), (50, 50, 60, 60)]
    assert drawn[1] == [(44, 4, 59, 20), (50, 50, 60, 60)]
    assert sorted(samples.labels[0].tolist()) == [0, 2, 2]
    assert samples.labels[1].tolist() == [0, 0]


def test_anchors_in_a_crowd_take_no_part(
    model: Any, scenes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    images, targets = scenes
    seen: list[list[Tensor]] = []
    stock = model.rpn.compute_loss

    def remember(objectness: Tensor, deltas: Tensor, labels: list[Tensor], wanted: Any) -> Any:
        seen.append(labels)
        return stock(objectness, deltas, labels, wanted)

    monkeypatch.setattr(model.rpn, "compute_loss", remember)
    height, width = images[0].shape[-2:]
    everywhere = {**targets[0], "ignored": box(0, 0, width, height)}
    compute_losses(model, images, [dict(targets[0]), dict(targets[1])])
    compute_losses(model, images, [everywhere, dict(targets[1])])
    (before, same), (after, other) = seen
    assert torch.equal(same, other)
    assert torch.equal(before == 1, after == 1)
    # Of the first picture only anchors that hang over its edge by half can be negatives.
    assert 0 < int((after == 0).sum()) < 0.9 * int((before == 0).sum())
    assert bool((before[after == 0] == 0).all())


def test_only_known_outlines_and_points_enter_their_losses(
    model: Any, scenes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    images, targets = scenes
    entered: dict[str, list[list[int]]] = {}

    def spy(name: str) -> None:
        stock = getattr(losses, name)

        def remember(*arguments: Any) -> Any:
            entered[name] = [sorted(set(of.tolist())) for of in arguments[-1]]
            return stock(*arguments)

        monkeypatch.setattr(losses, name, remember)

    spy("maskrcnn_loss")
    spy("keypointrcnn_loss")
    first, second = (dict(target) for target in targets)
    count = len(first["boxes"])
    assert count > 1
    masks, points = first["masks"].clone(), first["keypoints"].clone()
    masks[0], points[:] = 0, 0
    points[1, 5] = torch.tensor([*first["boxes"][1, :2].tolist(), 2])
    second["masks"] = torch.zeros_like(second["masks"])
    result = compute_losses(model, images, [{**first, "masks": masks, "keypoints": points}, second])
    assert entered["maskrcnn_loss"] == [list(range(1, count)), []]
    persons = (second["keypoints"][..., 2] > 0).any(1).nonzero().ravel().tolist()
    assert entered["keypointrcnn_loss"] == [[1], persons]
    assert result["loss_mask"] > 0
    # Nobody's outline is known: the loss is there, and nothing.
    first["masks"] = torch.zeros_like(first["masks"])
    none = compute_losses(model, images, [first, second])
    assert none["loss_mask"] == 0
    none["loss_mask"].backward()


def test_the_positive_rois_of_known_objects_are_picked() -> None:
    samples = losses.Samples(
        boxes=[torch.arange(20.0).reshape(5, 4)],
        labels=[torch.tensor([1, 0, 2, 1, 1])],
        matches=[torch.tensor([0, 0, 1, 2, 0])],
        regression=[],
    )
    ((boxes,), (matches,)) = positives(samples, [torch.tensor([True, False, True])])
    assert boxes[:, 0].tolist() == [0, 12, 16]
    assert matches.tolist() == [0, 2, 0]


def test_a_resized_picture_takes_its_crowds_along(model: Any) -> None:
    images = [torch.zeros(3, 120, 160)]
    example = ShapesPictures(0, 2).load(0)
    target = to_tensors([replace(example, ignored=np.asarray([[8, 8, 80, 60]], np.float32))], CPU)
    seen = []
    stock = losses.ignore

    def remember(labels: Tensor, boxes: Tensor, target: dict[str, Tensor]) -> Tensor:
        seen.append(target["ignored"])
        return stock(labels, boxes, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(losses, "ignore", remember)
        compute_losses(model, images, target[1])
    scale = 64 / 120  # the net's short side
    assert seen[0][0].tolist() == pytest.approx(
        [8 * scale, 8 * scale, 80 * scale, 60 * scale], 0.02
    )


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_learns_alone_leaves_the_others(model: Any, scenes: Any, part: str) -> None:
    initialization.freeze_parts(model, (part,))
    learning = {n for n, p in model.named_parameters() if p.requires_grad}
    assert learning
    expected = {
        "body": set(), "pyramid": set(),
        "rpn": {"loss_objectness", "loss_rpn_box_reg"},
        "boxes": {"loss_classifier", "loss_box_reg"},
        "masks": {"loss_mask"}, "keypoints": {"loss_keypoint"},
    }  # fmt: skip
    assert set(compute_losses(model, *scenes, parts=(part,))) == expected[part]
