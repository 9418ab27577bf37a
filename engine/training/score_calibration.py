"""Scores that mean something: a scale and a shift of the class logits, folded into the weights.

Platt scaling (Platt 1999; Guo et al. 2017, arXiv 1706.04599), fitted so that the score of
a detection is the share of such detections that are true. A net of torchvision's gives
the new scores by itself: only the numbers of its classifier change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.detection.pipeline.stages import trace_stages
from engine.training.datasets import Pictures
from engine.training.evaluation.coco_numbers import compare
from engine.training.evaluation.judged_detections import judge_scores
from engine.training.evaluation.progress import Progress
from engine.training.evaluation.run import match_classes

STEPS = 200  # of L-BFGS at most


def calibrate(
    model: GeneralizedRCNN,
    pictures: Pictures,
    indices: Sequence[int],
    *,
    classes: Sequence[str],
) -> Iterator[Progress | tuple[float, float]]:
    """Fit the scores of a model in eval mode to some pictures, and change its classifier.

    Args:
        pictures, indices: what to fit to; pictures that training did not see.
        classes: the model's class names.

    Yields:
        a `Progress` a picture, last the scale and the shift.

    Raises:
        InputError: no picture, or no class in common.
    """
    truth, category = match_classes(pictures, indices, classes)
    found: list[dict[str, Any]] = []
    logits: list[NDArray[np.float32]] = [np.zeros((0, len(classes) + 1), np.float32)]
    for done, index in enumerate(indices):
        trace = trace_stages(model, pictures.pixels(index))
        rows = [row for row, label in enumerate(trace.labels) if int(label) in category]
        logits.append(trace.class_logits[trace.detection_proposal[rows]])
        for row in rows:
            x0, y0, x1, y1 = (float(value) for value in trace.boxes[row])
            found.append(
                {
                    "image_id": pictures.picture_id(index),
                    "category_id": category[int(trace.labels[row])],
                    "label": int(trace.labels[row]),
                    "score": float(trace.scores[row]),
                    "bbox": [x0, y0, x1 - x0, y1 - y0],
                }
            )
        yield Progress(done + 1, len(indices))
    most = model.roi_heads.detections_per_img
    judged = judge_scores(compare(truth, found, kind="bbox", most=most))
    labels = np.asarray([entry["label"] for entry in found], np.int64)
    scale, shift = fit_scores(
        np.concatenate(logits)[judged.numbers], labels[judged.numbers], judged.true
    )
    fold(model.roi_heads.box_predictor.cls_score, scale, shift)
    yield scale, shift


def fit_scores(
    logits: NDArray[np.float32], labels: NDArray[np.int64], true: NDArray[np.bool_]
) -> tuple[float, float]:
    """The scale of all logits and the shift of all classes over the background.

    Args:
        logits: (D, C) of each detection, the background first.
        labels: (D,) its class.
        true: (D,) whether it found an object.

    Returns:
        what makes the likelihood of `true` largest; 1 and 0 where nothing, or only one
        answer, is there to learn from.
    """
    if true.all() or not true.any():
        return 1.0, 0.0
    values = torch.from_numpy(logits).double()
    picked, target = torch.from_numpy(labels)[:, None], torch.from_numpy(true).double()
    classes = (torch.arange(values.shape[1]) > 0).double()
    numbers = torch.tensor([0.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([numbers], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        changed = values * numbers[0].exp() + numbers[1] * classes
        score = changed.softmax(1).gather(1, picked)[:, 0]
        error = nn.functional.binary_cross_entropy(score.clamp(1e-12, 1 - 1e-12), target)
        error.backward()
        return error

    optimizer.step(loss)
    log_scale, shift = numbers.detach().tolist()
    return float(np.exp(log_scale)), shift


def fitted_threshold(threshold: float, scale: float, shift: float) -> float:
    """The new score of what had a score; exact where there is one class beside the background."""
    if not 0 < threshold < 1:
        return threshold
    return float(1 / (1 + ((1 - threshold) / threshold) ** scale * np.exp(-shift)))


@torch.no_grad()
def fold(layer: nn.Linear, scale: float, shift: float) -> None:
    """Let a classifier give scaled logits, those of the classes shifted over the background."""
    layer.weight.mul_(scale)
    layer.bias.mul_(scale)
    layer.bias[1:].add_(shift)
