"""What a trace of a ResNet-50 at 800x1088 needs beyond the bare forward pass, at its peak."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from tests.bench.table import Row

ROOT = Path(__file__).parents[2]
NOTE = "fasterrcnn_resnet50_fpn, random, 800x1088, peak of the process"


def peak(kind: str) -> float:
    """MiB at the most of a process that does "stock", "trace" or "superset"."""
    code = f"from tests.bench.memory import work; work({kind!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def work(kind: str) -> None:
    """Run one kind in this process and print its peak."""
    import numpy as np
    import torch
    from torchvision.models.detection import fasterrcnn_resnet50_fpn

    from engine.allocator import keep_memory
    from engine.detection.detections import ModelFacts
    from engine.detection.pipeline.inference import InspectSpec, Workbench, fill_rois, inspect
    from engine.detection.pipeline.rois import stock_rois

    keep_memory()
    torch.manual_seed(0)
    model = fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
    pixels = np.random.default_rng(0).integers(0, 255, (960, 1280, 3), np.uint8)
    if kind == "stock":
        with torch.no_grad():
            model([torch.from_numpy(pixels).permute(2, 0, 1).float() / 255])
    else:
        facts = ModelFacts("random", "Random", ("a",) * 90)
        bench = Workbench(lambda spec, device: (model, facts))
        *_, inspection = inspect(bench, InspectSpec(pixels=pixels, model="random"))
        if kind == "superset":
            for _ in fill_rois(bench, inspection, stock_rois(inspection.trace)):
                pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure() -> list[Row]:
    stock = peak("stock")
    return [
        Row("memory of a trace beyond the forward", peak("trace") - stock, "MiB", 400, note=NOTE),
        Row("with the superset", peak("superset") - stock, "MiB", 700, note=NOTE),
    ]
