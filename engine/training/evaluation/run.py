"""A model measured on pictures: one pass, and everything that can be said of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from pycocotools import mask as rle
from torch import Tensor
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.rpn import RegionProposalNetwork

from engine.detection.pipeline.stages import trace_stages
from engine.detection.pipeline.trace import StageTrace
from engine.errors import InputError
from engine.training.datasets import Pictures
from engine.training.evaluation.calibration import calibration
from engine.training.evaluation.coco_numbers import accumulated, summary
from engine.training.evaluation.confusion import confusion
from engine.training.evaluation.gates import LossesByGate
from engine.training.evaluation.judged_detections import at_threshold, judge_scores
from engine.training.evaluation.precision_recall import curves
from engine.training.evaluation.progress import Progress

COCO_KEYPOINTS = 17  # the number for which COCO publishes its sigmas


def evaluate(
    model: GeneralizedRCNN,
    pictures: Pictures,
    indices: Sequence[int],
    *,
    classes: Sequence[str],
    gates: bool = True,
    precision: str = "float32",
) -> Iterator[Progress | dict[str, Any]]:
    """Measure a model in eval mode on some pictures.

    Classes match by name. Everything is taken at the model's own maximum of detections.

    Args:
        gates: whether lost objects are followed through the detector. Its stages are kept
            for it, in a pass that gives what the plain one gives and takes as long. A net
            to which another lends its proposals has no stages of its own.
        precision: of `engine.device.PRECISIONS`, in which the model is laid out already;
            other than the first needs the gates.

    Yields:
        a `Progress` a picture, last the result: for "bbox", and where both sides have
        them "segm" and "keypoints", the numbers of `summary`, and in "curves" those of
        `precision_recall`; of boxes at IoU .50 "shown", precision and recall at the
        threshold from which detections are shown, "confusion" and "gates" at that
        threshold, and "calibration"; "pictures", "objects" and "seconds_per_picture".

    Raises:
        InputError: no picture, or no class in common.
    """
    truth, category = match_classes(pictures, indices, classes)
    found: list[dict[str, Any]] = []
    lost = LossesByGate(truth, classes)
    gates = gates and isinstance(model.rpn, RegionProposalNetwork)
    seconds = 0.0
    for done, index in enumerate(indices):
        pixels, picture = pictures.pixels(index), pictures.picture_id(index)
        start = time.perf_counter()
        trace = trace_stages(model, pixels, precision=precision) if gates else None
        answer = detect(model, pixels) if trace is None else answer_of(trace)
        seconds += time.perf_counter() - start
        found += _results(answer, picture, category)
        if trace is not None:
            lost.add(trace, picture)
        yield Progress(done + 1, len(indices))
    heads = model.roi_heads
    kinds = ["bbox"]
    if heads.has_mask():
        kinds.append("segm")
    if heads.has_keypoint() and len(pictures.keypoint_names) == COCO_KEYPOINTS:
        kinds.append("keypoints")
    most = heads.detections_per_img
    measured = {kind: accumulated(truth, found, kind=kind, most=most) for kind in kinds}
    judged = judge_scores(measured["bbox"])
    yield {
        **{kind: summary(evaluation) for kind, evaluation in measured.items()},
        "shown": at_threshold(judged),
        "calibration": calibration(judged),
        "curves": {kind: curves(evaluation) for kind, evaluation in measured.items()},
        "confusion": confusion(truth, found),
        **({"gates": lost.counts()} if gates else {}),
        "pictures": len(indices),
        "objects": sum(not a["iscrowd"] for a in truth["annotations"]),
        "seconds_per_picture": round(seconds / len(indices), 4),
    }


def match_classes(
    pictures: Pictures, indices: Sequence[int], classes: Sequence[str]
) -> tuple[dict[str, Any], dict[int, int]]:
    """The truth of the classes that a model and the pictures share, by name.

    Returns:
        a COCO JSON object, and for each label of the model its category there.

    Raises:
        InputError: no picture, or no class in common.
    """
    shared = [name for name in pictures.classes if name in classes]
    if not indices or not shared:
        raise InputError(
            "evaluate.nothing",
            known=", ".join(pictures.classes) or "none",
            wanted=", ".join(classes),
            pictures=len(indices),
        )
    category = {
        label: pictures.classes.index(n) + 1 for label, n in enumerate(classes, 1) if n in shared
    }
    truth = pictures.truth(indices)
    kept = set(category.values())
    truth["annotations"] = [a for a in truth["annotations"] if a["category_id"] in kept]
    truth["categories"] = [c for c in truth["categories"] if c["id"] in kept]
    return truth, category


@torch.no_grad()
def detect(model: GeneralizedRCNN, pixels: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
    """The model's plain answer to (H, W, 3) uint8 RGB."""
    device = next(model.parameters()).device
    image = torch.from_numpy(np.ascontiguousarray(pixels)).to(device)
    result: dict[str, Tensor] = model([image.permute(2, 0, 1).float() / 255])[0]
    return {name: values.cpu().numpy() for name, values in result.items()}


def answer_of(trace: StageTrace) -> dict[str, NDArray[Any]]:
    """What `detect` gives for the same picture."""
    answer: dict[str, NDArray[Any]] = {
        "boxes": trace.boxes, "labels": trace.labels, "scores": trace.scores,
    }  # fmt: skip
    masks, points = trace.masks, trace.keypoints
    if masks is not None:
        answer["masks"] = masks
    if points is not None:
        answer["keypoints"] = points
    return answer


def _results(
    answer: Mapping[str, NDArray[Any]], picture_id: int | str, category: Mapping[int, int]
) -> list[dict[str, Any]]:
    """One picture's detections as COCO results."""
    boxes, scores = answer["boxes"].astype(float), answer["scores"].astype(float)
    results = []
    for row, label in enumerate(answer["labels"].tolist()):
        if label not in category:
            continue
        x0, y0, x1, y1 = boxes[row]
        entry = {
            "image_id": picture_id,
            "category_id": category[label],
            "score": float(scores[row]),
            "bbox": [x0, y0, x1 - x0, y1 - y0],
        }
        if "masks" in answer:
            mask = answer["masks"][row, 0] >= 0.5
            entry["segmentation"] = rle.encode(np.asfortranarray(mask, np.uint8))
        if "keypoints" in answer:
            entry["keypoints"] = [float(value) for value in answer["keypoints"][row].ravel()]
        results.append(entry)
    return results
