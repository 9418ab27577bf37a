"""One pass over pictures: what it measures, and that all its parts agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from engine.detection.models import builders
from engine.detection.queries.missed_object import GATES
from engine.errors import InputError
from engine.training.evaluation.progress import Progress
from engine.training.evaluation.run import evaluate
from engine.training.synthetic_shapes import CLASSES, ShapesPictures
from tests.engine.detection.conftest import OURS, lively


class Oracle(torch.nn.Module):
    """Answers with the truth of the picture it is shown, in the order they come."""

    def __init__(self, pictures: ShapesPictures) -> None:
        super().__init__()
        self.anchor = torch.nn.Parameter(torch.zeros(1))
        self.pictures, self.shown = pictures, 0

    class _Heads:
        detections_per_img = 50

        @staticmethod
        def has_mask() -> bool:
            return True

        has_keypoint = has_mask

    roi_heads = _Heads()

    def forward(self, images: list[torch.Tensor]) -> list[dict[str, torch.Tensor]]:
        example = self.pictures.load(self.shown)
        self.shown += 1
        np.testing.assert_array_equal(
            images[0].mul(255).round().byte().permute(1, 2, 0).numpy(), example.pixels
        )
        return [
            {
                "boxes": torch.from_numpy(example.boxes),
                "labels": torch.from_numpy(example.labels),
                "scores": torch.full((len(example.boxes),), 0.8),
                "masks": torch.from_numpy(example.masks)[:, None].float(),
                "keypoints": torch.from_numpy(example.keypoints),
            }
        ]


def test_evaluate_asks_the_model_and_reports_progress() -> None:
    pictures = ShapesPictures(8, 3)
    *progress, result = evaluate(Oracle(pictures), pictures, range(3), classes=CLASSES, gates=False)
    assert progress == [Progress(1, 3), Progress(2, 3), Progress(3, 3)]
    for kind in ("bbox", "segm", "keypoints"):
        assert result[kind]["AP"] == pytest.approx(1.0)
    assert result["pictures"] == 3


def test_no_class_in_common_is_said() -> None:
    pictures = ShapesPictures(8, 3)
    with pytest.raises(InputError, match="zebra"):
        list(evaluate(Oracle(pictures), pictures, range(3), classes=("zebra",)))


@pytest.fixture(scope="module")
def model() -> Any:
    """A random net whose boxes, scores and gates all differ."""
    torch.manual_seed(0)
    return lively(builders.build(replace(OURS, classes=len(CLASSES) + 1)))


@pytest.fixture(scope="module")
def report(model: Any) -> dict[str, Any]:
    pictures = ShapesPictures(8, 6)
    *_, result = evaluate(model, pictures, range(6), classes=CLASSES)
    assert isinstance(result, dict)
    return result


def test_a_plain_pass_gives_the_same_numbers(model: Any, report: dict[str, Any]) -> None:
    pictures = ShapesPictures(8, 6)
    *_, plain = evaluate(model, pictures, range(6), classes=CLASSES, gates=False)
    assert isinstance(plain, dict)
    left = {"gates", "seconds_per_picture"}
    assert set(report) - set(plain) == {"gates"}
    assert {k: v for k, v in report.items() if k not in left} == {
        k: v for k, v in plain.items() if k not in left
    }


def test_every_object_is_found_or_lost_at_one_gate(report: dict[str, Any]) -> None:
    gates = report["gates"]
    assert set(gates["all"]) == {"found", *GATES, "taken"}
    assert sum(gates["all"].values()) == report["objects"] > 0
    assert gates["all"]["found"] == report["shown"]["true"]
    assert sum(count > 0 for count in gates["all"].values()) > 2
    for name, count in gates["all"].items():
        assert count == sum(counts[name] for counts in gates["classes"].values())
    for name, counts in gates["classes"].items():
        told = report["curves"]["bbox"]["classes"].get(name, {"objects": 0})
        assert sum(counts.values()) == told["objects"]


def test_the_confusion_matrix_counts_the_same_objects_and_boxes(report: dict[str, Any]) -> None:
    counts = np.asarray(report["confusion"]["counts"])
    objects = {name: told["objects"] for name, told in report["curves"]["bbox"]["classes"].items()}
    assert counts[:-1].sum(1).tolist() == [objects.get(name, 0) for name in CLASSES]
    shown = report["shown"]["true"] + report["shown"]["false"]
    assert counts[:, :-1].sum() == shown > 0


def test_the_truth_gives_perfect_curves_and_a_diagonal() -> None:
    pictures = ShapesPictures(8, 3)
    *_, result = evaluate(Oracle(pictures), pictures, range(3), classes=CLASSES, gates=False)
    assert isinstance(result, dict)
    counts = np.asarray(result["confusion"]["counts"])
    assert counts.sum() == np.trace(counts) == result["objects"]
    for kind in ("bbox", "segm", "keypoints"):
        for told in result["curves"][kind]["classes"].values():
            assert told["AP"]["precision"] == pytest.approx([1.0] * 101)
            assert told["AP50"]["best"]["f1"] == pytest.approx(1.0)
            assert told["AP50"]["best"]["score"] == pytest.approx(0.8)
