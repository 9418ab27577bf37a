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


def whole_trace(classes: int = 91) -> tuple[Any, Any]:
    """A trace with a ResNet-50's 217,413 anchors at 800x1088, and the whole superset."""
    from dataclasses import replace

    import torch

    from engine.detection.rois import Rois, stock_rois
    from engine.detection.rpn import RpnThresholds, entering, filter_again

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
    from engine.detection.rpn import prepare
    from engine.detection.selection import Thresholds, select

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


def drawing() -> list[Row]:
    import torch
    from torchvision.models.detection.roi_heads import paste_masks_in_image

    from engine.allocator import keep_memory
    from engine.detection.masks import paste
    from engine.export.picture import draw

    keep_memory()  # as every command and the window do
    boxes, probs = many(MASKS)

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
    shown = instances(INSTANCES)
    pixels = np.full((*SIZE, 3), 128, np.uint8)
    draw(pixels, shown)
    times = []
    for _ in range(10):
        began = time.perf_counter()
        draw(pixels, shown)
        times.append(1000 * (time.perf_counter() - began))
    note = "50 instances with masks, boxes and words at 1280x960"
    rows.append(Row("an annotated picture drawn", percentile(times, 50), "ms", note=note))
    for kind, limit in (("dense masks", 8), ("its CompactMask", 1.5)):
        others = by_supervision(pixels, shown, compact="Compact" in kind)
        if others is not None:
            ratio = 1 / alternate(
                lambda: draw(pixels, shown), others, 2 * ROUNDS, clock=time.process_time
            )
            claim = f"drawn, times faster than supervision with {kind}"
            rows.append(
                Row(claim, ratio, "x", limit, at_least=True, note=f"{note}, processor time")
            )
    return rows


def many(count: int) -> tuple[Any, Any]:
    """Boxes (n, 4) float32 and soft discs (n, 28, 28) float32, as a crowd would give them."""
    rng = np.random.default_rng(0)
    corners = rng.uniform(0, [1000, 700], (count, 2))
    boxes = np.concatenate([corners, corners + rng.uniform(30, 250, (count, 2))], 1)
    rows, columns = np.mgrid[:28, :28]
    away = ((rows - 13.5) / 12) ** 2 + ((columns - 13.5) / 11) ** 2
    probs = 1 / (1 + np.exp(8 * (away[None] - rng.uniform(0.8, 1.2, (count, 1, 1)))))
    return boxes.clip(0, [1280, 960, 1280, 960]).astype(np.float32), probs.astype(np.float32)


def instances(count: int) -> Any:
    from engine.detection.detections import Detections, ModelFacts

    boxes, probs = many(count)
    return Detections(
        model=ModelFacts("m", "M", ("person",), has_masks=True),
        picture_size=SIZE,
        boxes=boxes,
        labels=np.ones(count, np.int64),
        scores=np.linspace(1, 0.5, count, dtype=np.float32),
        pairs=tuple((index, 1) for index in range(count)),
        ready=np.ones(count, bool),
        mask_probs=probs,
    )


def by_supervision(pixels: Any, shown: Any, *, compact: bool) -> Callable[[], Any] | None:
    """The same drawn by supervision, from hard masks at hand; None where it is not installed."""
    try:
        import supervision
        from supervision.detection.compact_mask import CompactMask
    except ImportError:
        return None
    masks = np.zeros((len(shown), *SIZE), bool)
    for index in range(len(shown)):
        x0, y0, bits = shown.bits(index)
        masks[index, y0 : y0 + bits.shape[0], x0 : x0 + bits.shape[1]] = bits
    detections = supervision.Detections(
        xyxy=shown.boxes,
        mask=CompactMask.from_dense(masks, shown.boxes, SIZE) if compact else masks,
        confidence=shown.scores,
        class_id=shown.labels - 1,
    )
    words = [f"person {score:.2f}" for score in shown.scores]
    lookup = supervision.ColorLookup.INDEX
    masked = supervision.MaskAnnotator(color_lookup=lookup)
    boxed = supervision.BoxAnnotator(color_lookup=lookup)
    labelled = supervision.LabelAnnotator(color_lookup=lookup)

    def work() -> Any:
        scene = masked.annotate(pixels.copy(), detections)
        return labelled.annotate(boxed.annotate(scene, detections), detections, words)

    return work


def measure() -> list[Row]:
    return [*overhead(), *selecting(), *selecting_proposals(), *drawing()]
