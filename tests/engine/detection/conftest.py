"""Small random detectors whose every gate has something to do, and where they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torchvision.models import detection as builders

from engine import device as devices
from engine.detection.detections import ModelFacts
from engine.detection.models import backbones
from engine.detection.models import builders as ours
from engine.detection.pipeline.inference import InspectSpec, Workbench
from engine.detection.pipeline.selection import Thresholds
from engine.detection.queries.recovery import rpn_settings

SMALL = {
    "num_classes": 4,
    "min_size": 96,
    "max_size": 200,
    "rpn_pre_nms_top_n_test": 300,
    "rpn_post_nms_top_n_test": 120,
    "box_detections_per_img": 20,
}


OURS = ours.Architecture(
    body="small", classes=4, width=32, box_width=32, head_width=32, mask_convolutions=1,
    keypoints=17, keypoint_convolutions=1, min_size=96, max_size=200, detections=12,
)  # fmt: skip


@pytest.fixture(scope="session", params=devices.available())
def device(request: pytest.FixtureRequest) -> torch.device:
    """Every device that works here; the processor always."""
    return devices.resolve(request.param)


def lively(model: Any) -> Any:
    """Scale a random model's last layers, so that boxes, scores and gates all differ."""
    model.eval()
    predictor = model.roi_heads.box_predictor
    for layers in (
        ((model.rpn.head.cls_logits, 3.0), (model.rpn.head.bbox_pred, 0.3)),
        ((predictor.cls_score, 2.0), (predictor.bbox_pred, 1.0)),
    ):
        outputs: dict[Any, torch.Tensor] = {}

        def remember(
            layer: Any, _: Any, output: torch.Tensor, into: dict[Any, torch.Tensor] = outputs
        ) -> None:
            into[layer] = output

        hooks = [layer.register_forward_hook(remember) for layer, _ in layers]
        stock(model, picture(120, 160, seed=1))
        for hook, (layer, spread) in zip(hooks, layers, strict=True):
            hook.remove()
            with torch.no_grad():
                layer.weight.mul_(spread / outputs[layer].std())
                layer.bias.zero_()
    return model


@pytest.fixture(scope="session")
def make_model(device: torch.device) -> Callable[..., Any]:
    """Build a detector with random weights, torchvision's or of our bodies; each once a session."""
    made: dict[tuple[str, tuple[tuple[str, Any], ...]], Any] = {}

    def make(name: str, **changes: Any) -> Any:
        key = (name, tuple(sorted(changes.items())))
        if key not in made:
            torch.manual_seed(0)
            if name in backbones.BACKBONES:
                made[key] = lively(ours.build(replace(OURS, body=name, **changes))).to(device)
                return made[key]
            build = getattr(builders, name)
            settings = {**SMALL, **changes}
            if name.startswith("keypoint"):
                settings["num_classes"] = 2
            model = build(weights=None, weights_backbone=None, **settings)
            made[key] = lively(model).to(device)
        return made[key]

    return make


def picture(height: int, width: int, *, seed: int = 0) -> NDArray[np.uint8]:
    """(H, W, 3) uint8: smooth blobs and noise, the same for the same seed."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 8 + 1, width // 8 + 1, 3), np.uint8)
    smooth = coarse.repeat(8, 0).repeat(8, 1)[:height, :width].astype(int)
    return np.clip(smooth + rng.integers(-20, 20, smooth.shape), 0, 255).astype(np.uint8)


def stock(model: Any, pixels: NDArray[np.uint8]) -> dict[str, torch.Tensor]:
    """What the model itself says, on the processor."""
    tensor = torch.from_numpy(pixels).permute(2, 0, 1).float() / 255
    with torch.no_grad():
        result = model([tensor.to(next(model.parameters()).device)])[0]
    return {name: value.cpu() for name, value in result.items()}


@contextmanager
def rebuilt(model: Any, thresholds: Thresholds) -> Iterator[Any]:
    """The model as if it had been built with these thresholds."""
    heads = model.roi_heads
    before = heads.score_thresh, heads.nms_thresh, heads.detections_per_img
    heads.score_thresh, heads.nms_thresh = thresholds.score, thresholds.nms
    heads.detections_per_img = thresholds.max_detections
    named = ("rpn_score", "rpn_nms", "rpn_pre_nms_top_n", "rpn_post_nms_top_n")
    given = {name: getattr(thresholds, name) for name in named}
    try:
        with rpn_settings(model, {n: v for n, v in given.items() if v is not None}):
            yield model
    finally:
        heads.score_thresh, heads.nms_thresh, heads.detections_per_img = before


def facts(model: Any) -> ModelFacts:
    """Names for a random model."""
    return ModelFacts(
        name="random",
        title="Random",
        classes=("ant", "bee", "cat"),
        keypoint_names=tuple(f"point {index}" for index in range(17)),
        has_masks=model.roi_heads.has_mask(),
        has_keypoints=model.roi_heads.has_keypoint(),
    )


@pytest.fixture(scope="module")
def bench(make_model: Callable[..., Any]) -> Workbench:
    """A workbench whose models are the random ones, by name."""

    def load(spec: InspectSpec, device: torch.device) -> Any:
        model = make_model(spec.model)
        return model, facts(model)

    return Workbench(load)
