"""How good a detector is, by COCO's rules."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.annotations.mask_encoding import encode_outline
from engine.errors import InputError
from engine.training.datasets import Pictures
from engine.training.reliability import at_threshold, calibration, judge_scores

COCO_KEYPOINTS = 17  # the number for which COCO publishes its sigmas


@dataclass(frozen=True)
class Progress:
    """`done` of `count` pictures have been detected."""

    done: int
    count: int


def evaluate(
    model: GeneralizedRCNN,
    pictures: Pictures,
    indices: Sequence[int],
    *,
    classes: Sequence[str],
) -> Iterator[Progress | dict[str, Any]]:
    """Measure a model in eval mode on some pictures.

    Classes match by name. Everything is taken at the model's own maximum of detections.

    Yields:
        a `Progress` a picture, last the result: for "bbox", and where both sides have
        them "segm" and "keypoints", the numbers of `summary`; "shown", precision and
        recall at the threshold from which detections are shown, and "calibration", both
        of boxes at IoU .50; "pictures", "objects" and "seconds_per_picture".

    Raises:
        InputError: no picture, or no class in common.
    """
    truth, category = match_classes(pictures, indices, classes)
    device = next(model.parameters()).device
    found: list[dict[str, Any]] = []
    seconds = 0.0
    for done, index in enumerate(indices):
        pixels = pictures.pixels(index)
        start = time.perf_counter()
        output = detect(model, pixels, device)
        seconds += time.perf_counter() - start
        found += _results(output, pictures.picture_id(index), category)
        yield Progress(done + 1, len(indices))
    heads = model.roi_heads
    kinds = ["bbox"]
    if heads.has_mask():
        kinds.append("segm")
    if heads.has_keypoint() and len(pictures.keypoint_names) == COCO_KEYPOINTS:
        kinds.append("keypoints")
    most = heads.detections_per_img
    result: dict[str, Any] = {kind: measure(truth, found, kind=kind, most=most) for kind in kinds}
    judged = judge_scores(compare(truth, found, kind="bbox", most=most))
    result["shown"], result["calibration"] = at_threshold(judged), calibration(judged)
    result["pictures"] = len(indices)
    result["objects"] = sum(not a["iscrowd"] for a in truth["annotations"])
    result["seconds_per_picture"] = round(seconds / len(indices), 4)
    yield result


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
def detect(model: GeneralizedRCNN, pixels: Any, device: torch.device) -> dict[str, Any]:
    """The model's plain answer to (H, W, 3) uint8 RGB."""
    image = torch.from_numpy(np.ascontiguousarray(pixels)).to(device)
    result: dict[str, Any] = model([image.permute(2, 0, 1).float() / 255])[0]
    return result


def _results(
    output: dict[str, Any], picture_id: int | str, category: dict[int, int]
) -> list[dict[str, Any]]:
    """One picture's detections as COCO results."""
    boxes, scores = output["boxes"].double().cpu().numpy(), output["scores"].double().cpu().numpy()
    labels = output["labels"].cpu().numpy()
    masks = output["masks"].cpu().numpy() if "masks" in output else None
    points = output["keypoints"].cpu().numpy() if "keypoints" in output else None
    results = []
    for row, label in enumerate(labels):
        if int(label) not in category:
            continue
        x0, y0, x1, y1 = boxes[row]
        entry = {
            "image_id": picture_id,
            "category_id": category[int(label)],
            "score": float(scores[row]),
            "bbox": [x0, y0, x1 - x0, y1 - y0],
        }
        if masks is not None:
            entry["segmentation"] = rle.encode(np.asfortranarray(masks[row, 0] >= 0.5, np.uint8))
        if points is not None:
            entry["keypoints"] = [float(value) for value in points[row].ravel()]
        results.append(entry)
    return results


def measure(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, kind: str, most: int
) -> dict[str, float]:
    """COCO's numbers for one kind of result.

    As `compare`, then `summary`: AP (over IoU .50 to .95), AP50, AP75, AP and AR by size,
    AR at 1, 10 and `most` detections (called AR100); -1 where there is nothing to find.
    """
    evaluation = compare(truth, found, kind=kind, most=most)
    with contextlib.redirect_stdout(io.StringIO()):
        evaluation.accumulate()
    return summary(evaluation)


def compare(
    truth: dict[str, Any], found: Sequence[dict[str, Any]], *, kind: str, most: int
) -> COCOeval:
    """Detections matched with the truth by pycocotools.

    Args:
        truth: ground truth as a COCO JSON object. Objects without `segmentation`, and
            those without keypoints, count neither for nor against masks and keypoints.
        found: COCO results; each is used for the part that `kind` looks at.
        kind: "bbox", "segm" or "keypoints".
        most: detections of a picture that count.
    """
    if kind == "segm":
        truth = _by_outline(truth)
    with contextlib.redirect_stdout(io.StringIO()):  # pycocotools prints as it works
        ground = COCO()
        ground.dataset = truth
        ground.createIndex()
        evaluation = COCOeval(ground, _answers(ground, found, kind), kind)
        evaluation.params.imgIds = [image["id"] for image in truth["images"]]
        evaluation.params.catIds = [entry["id"] for entry in truth["categories"]]
        evaluation.params.maxDets = [1, min(10, most), most]  # COCOeval sorts them
        evaluation.evaluate()
    return evaluation


def _by_outline(truth: dict[str, Any]) -> dict[str, Any]:
    """Truth in which objects without an outline are regions to ignore: their boxes.

    Pycocotools ignores what lies in a crowd; keypoints it has a rule for itself.
    """
    sizes = {image["id"]: (image["height"], image["width"]) for image in truth["images"]}
    annotations = []
    for item in truth["annotations"]:
        if "segmentation" not in item:
            x, y, w, h = item["bbox"]
            height, width = sizes[item["image_id"]]
            x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + w, width), min(y + h, height)
            outline = encode_outline([[x0, y0, x1, y0, x1, y1, x0, y1]], height, width)
            item = {**item, "iscrowd": 1, "segmentation": outline}
        annotations.append(item)
    return {**truth, "annotations": annotations}


def _answers(ground: COCO, found: Sequence[dict[str, Any]], kind: str) -> COCO:
    """Results as pycocotools wants them; its own loader refuses an empty list."""
    answers = COCO()
    annotations = []
    for number, entry in enumerate(found, 1):
        w, h = entry["bbox"][2:]
        kept = {**entry, "id": number, "iscrowd": 0, "area": w * h}
        if kind == "segm":
            kept["area"] = float(rle.area(entry["segmentation"]))
        elif kind == "keypoints":
            # COCO takes the size of an answer from the extent of its points.
            points = np.asarray(entry["keypoints"]).reshape(-1, 3)[:, :2]
            kept["area"] = float((points.max(0) - points.min(0)).prod())
        annotations.append(kept)
    answers.dataset = {
        "images": ground.dataset["images"],
        "annotations": annotations,
        "categories": ground.dataset["categories"],
    }
    answers.createIndex()
    return answers


def summary(evaluation: COCOeval) -> dict[str, float]:
    """Means over the entries that exist of an accumulated evaluation.

    Read from `eval["precision"]` (T, R, K, A, M) and `eval["recall"]` (T, K, A, M), because
    `COCOeval.summarize` answers -1 for any maximum of detections but 100.
    """
    precision, recall = evaluation.eval["precision"], evaluation.eval["recall"]
    areas = {name: row for row, name in enumerate(evaluation.params.areaRngLbl)}
    thresholds = np.asarray(evaluation.params.iouThrs)

    def mean(values: Any) -> float:
        kept = values[values > -1]
        return float(kept.mean()) if kept.size else -1.0

    def ap(area: str, threshold: float | None = None) -> float:
        if area not in areas:
            return -1.0
        rows = slice(None) if threshold is None else np.isclose(thresholds, threshold)
        return mean(precision[rows, :, :, areas[area], -1])

    def ar(area: str, column: int = -1) -> float:
        return mean(recall[:, :, areas[area], column]) if area in areas else -1.0

    return {
        "AP": ap("all"),
        "AP50": ap("all", 0.5),
        "AP75": ap("all", 0.75),
        "APs": ap("small"),
        "APm": ap("medium"),
        "APl": ap("large"),
        "AR1": ar("all", 0),
        "AR10": ar("all", 1),
        "AR100": ar("all"),
        "ARs": ar("small"),
        "ARm": ar("medium"),
        "ARl": ar("large"),
    }
