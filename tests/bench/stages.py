"""What keeping every stage costs, and how fast a slider can select from it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.bench.table import Row, percentile

ROUNDS = 7
SIZE = (960, 1280)  # of a picture, for what is drawn
MASKS, INSTANCES = 100, 50


def alternate(first: Callable[[], Any], second: Callable[[], Any], rounds: int) -> float:
    """How many times longer the first takes: the best of each, run in turn.

    The best, because whatever else the machine does only ever adds time.
    """
    first(), second()
    best = {first: math.inf, second: math.inf}
    for turn in range(rounds):
        for work in (first, second) if turn % 2 else (second, first):
            began = time.perf_counter()
            work()
            best[work] = min(best[work], time.perf_counter() - began)
    return best[first] / best[second]


def overhead() -> list[Row]:
    import torch
    from skimage import data
    from torchvision.models import detection as builders

    from engine.detection import load_detector, trace_stages
    from engine.detection.zoo import models

    pixels = data.astronaut()
    settings: dict[str, Any] = {"weights": None, "weights_backbone": None}
    nets = {
        "fasterrcnn_resnet50_fpn, random": builders.fasterrcnn_resnet50_fpn(**settings).eval(),
        "fasterrcnn_mobilenet_v3_large_fpn, random": (
            builders.fasterrcnn_mobilenet_v3_large_fpn(**settings).eval()
        ),
    }
    nets |= {info.name: load_detector(info.name) for info in models() if info.ready}

    def stock(net: Any) -> None:
        with torch.no_grad():
            net([torch.from_numpy(pixels).permute(2, 0, 1).float() / 255])

    rows = []
    for name, net in nets.items():
        ratio = alternate(
            lambda net=net: trace_stages(net, pixels), lambda net=net: stock(net), ROUNDS
        )
        note = f"{name}, 512x512"
        rows.append(
            Row("every stage kept, over model(images)", 100 * (ratio - 1), "%", 5, note=note)
        )
    return rows


def synthetic_trace(classes: int = 91) -> Any:
    """A trace with as many pairs as a crowded street gives COCO's detectors."""
    from dataclasses import replace

    import torch
    from torchvision.models.detection import fasterrcnn_mobilenet_v3_large_fpn

    from engine.detection import trace_stages

    net = fasterrcnn_mobilenet_v3_large_fpn(weights=None, weights_backbone=None).eval()
    rng = np.random.default_rng(0)
    trace = trace_stages(net, rng.integers(0, 255, (*SIZE, 3), np.uint8))
    count = 1000
    corners = rng.uniform(0, 700, (count, 1, 2))
    sides = rng.uniform(10, 300, (count, 1, 2))
    boxes = np.concatenate([corners, corners + sides], -1) + rng.normal(0, 4, (count, classes, 4))
    logits = rng.normal(0, 1.4, (count, classes)).astype(np.float32)
    logits[:, 0] += 4
    return replace(
        trace,
        pair_scores=torch.softmax(torch.from_numpy(logits), -1).numpy(),
        pair_boxes=boxes.astype(np.float32),
    )


def selecting() -> list[Row]:
    from engine.detection.selection import Thresholds, select

    trace = synthetic_trace()
    times = []
    for step in range(60):
        thresholds = Thresholds(0.05 + 0.9 * step / 60, 0.3 + 0.4 * (step % 10) / 10)
        tries = []
        for _ in range(3):
            began = time.perf_counter()
            select(trace, thresholds)
            tries.append(1000 * (time.perf_counter() - began))
        times.append(min(tries))
    pairs = int((trace.pair_scores[:, 1:] > 0.05).sum())
    note = f"1,000 proposals, 91 classes, {pairs} pairs above .05; p99 of 60, best of 3 each"
    return [Row("a slider's selection", percentile(times, 99), "ms", 16, note=note)]


def drawing() -> list[Row]:
    import torch
    from torchvision.models.detection.roi_heads import paste_masks_in_image

    from engine.detection.detections import Detections, ModelFacts
    from engine.detection.masks import paste
    from engine.export.picture import draw

    rng = np.random.default_rng(0)
    corners = rng.uniform(0, [1000, 700], (MASKS, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(30, 250, (MASKS, 2))], 1)
    boxes = boxes.clip(0, [1280, 960, 1280, 960]).astype(np.float32)
    probs = rng.uniform(0, 1, (MASKS, 28, 28)).astype(np.float32)

    def ours() -> None:
        for prob, box in zip(probs, boxes, strict=True):
            paste(prob, box, SIZE)

    def theirs() -> None:
        paste_masks_in_image(torch.from_numpy(probs)[:, None], torch.from_numpy(boxes), SIZE)

    rows = [
        Row(
            "masks pasted inside their boxes, times faster than torchvision's paste",
            1 / alternate(ours, theirs, ROUNDS),
            "x",
            30,
            at_least=True,
            note="100 masks at 1280x960, the same values",
        )
    ]
    shown = Detections(
        model=ModelFacts("m", "M", ("person",), has_masks=True),
        picture_size=SIZE,
        boxes=boxes[:INSTANCES],
        labels=np.ones(INSTANCES, np.int64),
        scores=np.linspace(1, 0.5, INSTANCES, dtype=np.float32),
        pairs=tuple((index, 1) for index in range(INSTANCES)),
        ready=np.ones(INSTANCES, bool),
        mask_probs=np.full((INSTANCES, 28, 28), 0.9, np.float32),
    )
    pixels = np.full((*SIZE, 3), 128, np.uint8)
    draw(pixels, shown)
    times = []
    for _ in range(10):
        began = time.perf_counter()
        draw(pixels, shown)
        times.append(1000 * (time.perf_counter() - began))
    note = "50 instances with masks, boxes and words at 1280x960"
    return [*rows, Row("an annotated picture drawn", percentile(times, 50), "ms", note=note)]


def measure() -> list[Row]:
    return [*overhead(), *selecting(), *drawing()]
