"""Masks pasted and annotated pictures drawn, beside torchvision and supervision.

In a process of its own: memory that the detectors tell the system to keep would make
torchvision's paste several times quicker than it is in a program that knows no such trick.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.bench.stages import ROUNDS, SIZE, alternate
from tests.bench.table import Row, percentile

MASKS, INSTANCES = 100, 50


def measure() -> list[Row]:
    import torch
    from torchvision.models.detection.roi_heads import paste_masks_in_image

    from engine.allocator import keep_memory
    from engine.detection.pipeline.mask_pasting import paste
    from engine.export.picture.draw import draw

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
            note="100 masks at 1280x960, the same values, in a plain process",
        )
    ]
    keep_memory()  # as every command and the window do
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
