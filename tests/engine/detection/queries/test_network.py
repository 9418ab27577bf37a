"""The drawn network has the shapes that torchvision's own pass has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from engine.detection.pipeline.inference import InspectSpec, Workbench, inspect
from engine.detection.queries.network import SMALL, network_parts, small_map
from tests.engine.detection.conftest import picture, stock


def modules(model: Any) -> dict[str, Any]:
    """The modules of a detector by the names of the parts."""
    heads, head = model.roi_heads, model.rpn.head
    found = {
        "cls": head.cls_logits, "reg": head.bbox_pred, "window": head.conv,
        "box_align": heads.box_roi_pool, "box_head": heads.box_head,
        "mask_align": heads.mask_roi_pool, "mask_head": heads.mask_head,
        "mask": heads.mask_predictor, "keypoint_align": heads.keypoint_roi_pool,
        "keypoint_head": heads.keypoint_head, "keypoint": heads.keypoint_predictor,
    }  # fmt: skip
    return {name: module for name, module in found.items() if module is not None}


@pytest.mark.parametrize("name", ["small", "maskrcnn_resnet50_fpn_v2"])
def test_every_shape_and_count_is_the_stock_passs(bench: Workbench, name: str) -> None:
    pixels = picture(150, 220)
    *_, found = inspect(bench, InspectSpec(pixels=pixels, model=name))
    model = bench.features(found).model  # type: ignore[arg-type]
    outputs: dict[str, list[tuple[int, ...]]] = {}
    hooks = []

    def remember(part: str) -> Any:
        def hook(_: Any, __: Any, output: Any) -> None:
            outputs.setdefault(part, []).append(tuple(output.shape))

        return hook

    def remember_maps(part: str) -> Any:
        def hook(_: Any, __: Any, output: Any) -> None:
            for index, values in enumerate(output.values()):
                outputs[f"{part}.{index}"] = [tuple(values.shape)]

        return hook

    def remember_pair(_: Any, __: Any, output: Any) -> None:
        outputs["class"], outputs["box"] = ([tuple(each.shape)] for each in output)

    for part, module in modules(model).items():
        hooks.append(module.register_forward_hook(remember(part)))
    hooks.append(model.backbone.body.register_forward_hook(remember_maps("body")))
    hooks.append(model.backbone.register_forward_hook(remember_maps("pyramid")))
    hooks.append(model.roi_heads.box_predictor.register_forward_hook(remember_pair))
    stock(model, pixels)
    for hook in hooks:
        hook.remove()
    (network,) = network_parts(bench, found)  # type: ignore[arg-type]
    assert {part.name for part in network.parts} == set(outputs)
    for part in network.parts:
        shapes = outputs[part.name]
        wanted = shapes[network.level] if part.name in ("window", "cls", "reg") else shapes[0]
        assert (part.count, *part.shape) == wanted, part.name
        assert max(part.map.shape) <= max(SMALL, 40) and np.isfinite(part.map).all()
    cls, reg = network.find("cls"), network.find("reg")
    assert cls is not None and reg is not None
    assert 4 * cls.shape[0] == reg.shape[0] == 4 * network.anchors_per_cell


def test_small_maps_keep_lengths_and_vectors() -> None:
    values = torch.ones(9, 128, 200)
    assert small_map(values).shape == (41, 64) and small_map(values).max() == pytest.approx(3)
    vector = torch.arange(10.0)
    assert small_map(vector).reshape(-1)[:10].tolist() == vector.tolist()
