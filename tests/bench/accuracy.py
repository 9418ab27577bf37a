"""What `evaluate` wrote beside the bundled weights, and seconds a picture on this CPU."""

from __future__ import annotations

import json
import time
from importlib import resources

from tests.bench.table import Row

KINDS = {"bbox": "box", "segm": "mask", "keypoints": "keypoint"}
AIMS = {
    ("people", "bbox", "AP50"): 0.64,
    ("people", "segm", "AP50"): 0.56,
    ("people", "keypoints", "AP50"): 0.55,
    ("nuclei", "segm", "AP50"): 0.84,
    ("shapes", "segm", "AP50"): 0.90,
    ("shapes", "keypoints", "AP"): 0.60,
}
ROUNDS = 5


def seconds(model: object, picture: object) -> float:
    import torch

    with torch.inference_mode():
        model([picture])  # type: ignore[operator]
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            model([picture])  # type: ignore[operator]
            times.append(time.perf_counter() - began)
    return min(times)


def measure() -> list[Row]:
    import torch
    from skimage import data
    from torchvision.models.detection import maskrcnn_resnet50_fpn

    from engine.detection import load_detector
    from engine.detection.models.zoo import BUNDLED

    rows = []
    for name in BUNDLED:
        file = resources.files("resources") / "weights" / f"{name}.metrics.json"
        metrics = json.loads(file.read_text())
        for kind, words in KINDS.items():
            if kind not in metrics:
                continue
            for figure in ("AP", "AP50"):
                aim = AIMS.get((name, kind, figure))
                value = metrics[kind][figure]
                rows.append(Row(f"{name}: {words} {figure}", value, "", aim, at_least=True))
    picture = torch.from_numpy(data.astronaut()).permute(2, 0, 1).float() / 255
    large = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
    models = {name: load_detector(name) for name in BUNDLED}
    for name, model in (*models.items(), ("maskrcnn_resnet50_fpn, random weights", large)):
        rows.append(Row(f"{name}: one picture of 512x512", seconds(model, picture), "s"))
    return rows
