"""The network part by part, with the shapes and small maps of one picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, Workbench, shrunk

if TYPE_CHECKING:
    import torch

    from engine.detection.pipeline.stages import Features

SMALL = 64  # px: no side of a small map is longer


@dataclass(frozen=True, eq=False)
class Part:
    """What one part of the network gives.

    Attributes:
        name: `body.0` and on, `pyramid.0` and on, `window`, `cls`, `reg`, and for each
            branch that there is `box_align`, `box_head`, `class`, `box`, `mask_align`,
            `mask_head`, `mask`, `keypoint_align`, `keypoint_head`, `keypoint`.
        count: how many go through it: 1 picture, its proposals, or its detections.
        shape: of one of them.
        map: (h, w) float32, at most `SMALL` a side: the length of the features, the
            probability of an object, or a vector laid out in rows; of the best detection.
    """

    name: str
    count: int
    shape: tuple[int, ...]
    map: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class NetworkParts:
    """All parts in their order.

    Attributes:
        level: the pyramid's map over which the window is shown: that of the best anchor.
        anchors_per_cell: k.
    """

    parts: tuple[Part, ...]
    level: int
    anchors_per_cell: int

    def find(self, name: str) -> Part | None:
        """The part of a name, where the model has it."""
        return next((part for part in self.parts if part.name == name), None)


def network_parts(workbench: Workbench, inspection: Inspection) -> Iterator[NetworkParts]:
    """Run each part on the picture once more, the heads on its best detection.

    Raises:
        DeviceError: the device ran out of memory.
    """
    import torch

    from engine.detection.pipeline.stages import forget_scales
    from engine.detection.queries.anchors import shapes_per_cell

    trace, features = inspection.trace, workbench.features(inspection)
    level = int(trace.anchor_level[trace.objectness.argmax()])
    forget_scales(features.model)
    with (
        devices.memory_guard(inspection.device),
        torch.no_grad(),
        devices.computing(features.device, features.precision),
    ):
        parts = [*_body(features, inspection)]
        for index, values in enumerate(features.maps.values()):
            parts.append(_part(f"pyramid.{index}", values))
        parts += _rpn(features, level)
        parts += _heads(features, inspection)
    yield NetworkParts(tuple(parts), level, shapes_per_cell(trace, level))


def _body(features: Features, inspection: Inspection) -> Iterator[Part]:
    """What the backbone hands to its pyramid; nothing where it has none."""
    from engine.detection.pipeline.stages import transformed

    body = getattr(features.model.backbone, "body", None)
    if body is None:
        return
    with shrunk(features.model, inspection.shrink):
        pixels = transformed(features.model, inspection.picture.pixels)
    for index, values in enumerate(body(pixels[None]).values()):
        yield _part(f"body.{index}", values)


def _rpn(features: Features, level: int) -> list[Part]:
    head = features.model.rpn.head
    shared = head.conv(list(features.maps.values())[level])
    objectness, deltas = head.cls_logits(shared), head.bbox_pred(shared)
    best = objectness.float().sigmoid().amax(1, keepdim=True)
    return [
        _part("window", shared),
        _part("cls", objectness, best),
        _part("reg", deltas),
    ]


def _heads(features: Features, inspection: Inspection) -> list[Part]:
    import torch

    trace, heads, size = inspection.trace, features.model.roi_heads, [features.input_size]
    found, proposals = len(trace.boxes), len(trace.proposals)
    if not proposals:
        return []
    row = int(trace.detection_proposal[0]) if found else 0
    roi = [torch.from_numpy(trace.proposals[row : row + 1]).to(features.device)]
    pooled = heads.box_roi_pool(features.maps, roi, size)
    vector = heads.box_head(pooled)
    logits, deltas = heads.box_predictor(vector)
    parts = [
        _part("box_align", pooled, count=proposals),
        _part("box_head", vector, count=proposals),
        _part("class", logits, logits.float().softmax(1), count=proposals),
        _part("box", deltas, count=proposals),
    ]
    if not found:
        return parts
    box = [torch.from_numpy(trace.from_picture(trace.boxes[:1])).to(features.device)]
    label = int(trace.labels[0])
    for name, there in (("mask", heads.has_mask()), ("keypoint", heads.has_keypoint())):
        if not there:
            continue
        pool, head, predict = (
            getattr(heads, f"{name}_{part}") for part in ("roi_pool", "head", "predictor")
        )
        aligned = pool(features.maps, box, size)
        inner = head(aligned)
        maps = predict(inner)
        shown = maps[:, label : label + 1].float().sigmoid() if name == "mask" else None
        if shown is None:
            shown = maps.float().flatten(2).softmax(2).view_as(maps).amax(1, keepdim=True)
        parts += [
            _part(f"{name}_align", aligned, count=found),
            _part(f"{name}_head", inner, count=found),
            _part(name, maps, shown, count=found),
        ]
    return parts


def _part(
    name: str, values: torch.Tensor, shown: torch.Tensor | None = None, *, count: int = 1
) -> Part:
    """A part that gave (1, ...); `shown` (1, ...) is what its map is made of."""
    seen: Any = values if shown is None else shown
    return Part(name, count, tuple(values.shape[1:]), small_map(seen[0].float()))


def small_map(values: torch.Tensor) -> NDArray[np.float32]:
    """(h, w): the length over the channels of (C, H, W), or a vector (F,) in rows."""
    from torch.nn import functional

    if values.dim() == 1:
        columns = int(np.ceil(np.sqrt(len(values))))
        rows = -(-len(values) // columns)
        return _array(functional.pad(values, (0, rows * columns - len(values))).view(rows, columns))
    length = values.norm(dim=0)
    part = max(*length.shape, SMALL) / SMALL
    size = (max(round(length.shape[0] / part), 1), max(round(length.shape[1] / part), 1))
    return _array(functional.adaptive_avg_pool2d(length[None], size)[0])


def _array(values: torch.Tensor) -> NDArray[np.float32]:
    result: NDArray[np.float32] = values.cpu().numpy()
    return result
