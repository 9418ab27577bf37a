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


def alternate(
    first: Callable[[], Any],
    second: Callable[[], Any],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """How many times longer the first takes: the best of each, run in turn.

    The best, because whatever else the machine does only ever adds time.
    """
    first(), second()
    best = {first: math.inf, second: math.inf}
    for turn in range(rounds):
        for work in (first, second) if turn % 2 else (second, first):
            began = clock()
            work()
            best[work] = min(best[work], clock() - began)
    return best[first] / best[second]


def overhead() -> list[Row]:
    import torch
    from skimage import data
    from torchvision.models import detection as builders

    from engine.detection import load_detector, trace_stages
    from engine.detection.models.zoo import BUNDLED

    pixels = data.astronaut()
    settings: dict[str, Any] = {"weights": None, "weights_backbone": None}
    nets = {
        "fasterrcnn_resnet50_fpn, random": builders.fasterrcnn_resnet50_fpn(**settings).eval(),
        "fasterrcnn_mobilenet_v3_large_fpn, random": (
            builders.fasterrcnn_mobilenet_v3_large_fpn(**settings).eval()
        ),
    }
    nets |= {name: load_detector(name) for name in BUNDLED}

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
    from engine.detection.pipeline.selection import Thresholds, select

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


def whole_trace(classes: int = 91) -> tuple[Any, Any]:
    """A trace with a ResNet-50's 217,413 anchors at 800x1088, and the whole superset."""
    from dataclasses import replace

    import torch

    from engine.detection.pipeline.rois import Rois, stock_rois
    from engine.detection.pipeline.rpn_filter import RpnThresholds, entering, filter_again

    rng = np.random.default_rng(0)
    sides = ((200, 272), (100, 136), (50, 68), (25, 34), (13, 17))
    counts = [3 * rows * columns for rows, columns in sides]
    total = sum(counts)
    middles = rng.uniform(0, [1088, 800], (60, 2))[rng.integers(0, 60, total)]
    middles += rng.normal(0, 40, (total, 2))
    half = rng.uniform(6, 90, (total, 2))
    decoded = np.concatenate([middles - half, middles + half], 1).astype(np.float32)
    none = np.empty(0, np.int64)
    trace = replace(
        synthetic_trace(classes),
        picture_size=SIZE, input_size=(800, 1066), padded_size=(800, 1088),
        feature_names=tuple("01234"), feature_shapes=tuple((256, *side) for side in sides),
        anchors=decoded, decoded=decoded, deltas=np.zeros((total, 4), np.float32),
        anchor_level=np.repeat(np.arange(5), counts),
        objectness=rng.normal(-4, 2, total).astype(np.float32), fate=np.zeros(total, np.uint8),
        proposal_anchor=none, rpn_pre_nms_top_n=1000, rpn_post_nms_top_n=1000,
        rpn_score_threshold=0.0, rpn_nms_threshold=0.7,
    )  # fmt: skip
    result = filter_again(trace, RpnThresholds(1000, 1000, 0.0, 0.7 + 1e-9))
    trace = replace(trace, proposal_anchor=result.anchor, fate=result.fate)
    anchor = entering(trace)
    anchor = anchor[~np.isin(anchor, result.anchor)]
    logits = rng.normal(0, 1.4, (len(anchor), classes)).astype(np.float32)
    logits[:, 0] += 4
    boxes = trace.clipped(anchor)
    spread = boxes[:, None] + rng.normal(0, 4, (len(anchor), classes, 4)).astype(np.float32)
    scores = torch.softmax(torch.from_numpy(logits), -1).numpy()
    level = np.zeros(len(anchor), np.int64)
    more = Rois(anchor, boxes, level, logits, scores, spread, 0, total)
    return trace, stock_rois(trace).joined(more)


def selecting_proposals() -> list[Row]:
    from engine.detection.pipeline.rpn_filter import prepare
    from engine.detection.pipeline.selection import Thresholds, select

    trace, rois = whole_trace()
    prepare(trace)
    claims = {
        "RPN NMS": [{"rpn_nms": 0.2 + 0.7 * step / 40} for step in range(40)],
        "RPN score": [{"rpn_score": step / 50} for step in range(40)],
        "proposals kept": [{"rpn_post_nms_top_n": 30 + 40 * step} for step in range(40)],
        "boxes before NMS": [{"rpn_pre_nms_top_n": 20 + 24 * step} for step in range(40)],
    }
    rows = []
    for name, positions in claims.items():
        times = []
        for position in positions:
            tries = []
            for place in range(3):
                # Another score, so that the RPN's part is never at hand from before.
                select(trace, Thresholds(0.5, rpn_score=0.9 + 0.01 * place), rois)
                began = time.perf_counter()
                select(trace, Thresholds(0.5, **position), rois)
                tries.append(1000 * (time.perf_counter() - began))
            times.append(min(tries))
        note = f"217,413 anchors, {len(rois)} RoIs answered; p99 of 40, best of 3 each"
        rows.append(Row(f"selection as {name} moves", percentile(times, 99), "ms", 16, note=note))
    return rows


def measure() -> list[Row]:
    return [*overhead(), *selecting(), *selecting_proposals()]
