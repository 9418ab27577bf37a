"""A folder detected, a picture opened, and bfloat16, each beside the bare model."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.stages import alternate
from tests.bench.table import Row

PICTURES, ROUNDS = 4, 2


def folder_detected() -> list[Row]:
    import torch
    from PIL import Image
    from skimage import data

    from engine.detection.pipeline.inference import InspectSpec, Workbench, inspect
    from engine.export.batch import BatchSpec, detect_all

    workbench = Workbench()
    model, _, _ = workbench.model(InspectSpec())
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(PICTURES):
            paths.append(Path(folder) / f"{number}.jpg")
            Image.fromarray(data.astronaut()).rotate(number).resize((1280, 960)).save(paths[-1])
        out = Path(folder) / "out"
        tensors = []
        for path in paths:
            step = list(inspect(workbench, InspectSpec(path=str(path))))[-1]
            tensors.append(torch.from_numpy(step.picture.pixels).permute(2, 0, 1).float() / 255)

        def bare() -> None:
            with torch.no_grad():
                for tensor in tensors:
                    model([tensor])

        def written() -> None:
            spec = BatchSpec(paths=(Path(folder),), out=out, formats=("png", "coco"))
            for _ in detect_all(workbench, spec):
                pass

        def opened() -> None:
            for path in paths:
                *_, step = inspect(workbench, InspectSpec(path=str(path)))
                shown(step)

        def shown(inspection: Any) -> None:
            from engine.detection.detections import gather
            from engine.detection.pipeline.selection import Thresholds, select
            from engine.export.picture.draw import draw

            selection = select(inspection.trace, Thresholds())
            draw(inspection.picture.pixels, gather(inspection.trace, selection, inspection.model))

        note = f"people, {PICTURES} pictures of 1280x960"
        return [
            Row("a folder detected and written as png and coco, over the bare model",
                alternate(written, bare, ROUNDS), "x", 1.15, note=note),
            Row("pictures read, traced and drawn, over the bare model",
                alternate(opened, bare, ROUNDS), "x", 1.3, note=note),
        ]  # fmt: skip


def bfloat16() -> list[Row]:
    import torch
    from skimage import data
    from torchvision.models.detection import MaskRCNN
    from torchvision.models.detection.backbone_utils import resnet_fpn_backbone

    from engine.detection.detections import ModelFacts
    from engine.detection.pipeline.inference import InspectSpec, Workbench, inspect
    from engine.device import has_fast_bfloat16
    from tests.engine.detection.conftest import lively

    if not has_fast_bfloat16("cpu"):
        return []
    torch.manual_seed(0)
    backbone = resnet_fpn_backbone(backbone_name="resnet50", weights=None)
    # Frozen norms, as in the published weights; scores that leave 100 boxes for the masks.
    model = lively(MaskRCNN(backbone, 91, min_size=512, max_size=512))
    facts = ModelFacts("random", "Random", ("a",) * 90, has_masks=True)
    workbench = Workbench(lambda spec, device: (model, facts))
    pixels = data.astronaut()
    tensor = torch.from_numpy(pixels).permute(2, 0, 1).float() / 255

    def eager() -> None:
        with torch.no_grad():
            model([tensor])

    def traced(precision: str) -> None:
        list(inspect(workbench, InspectSpec(pixels=pixels, precision=precision)))

    note = "Mask R-CNN R50, random, 512x512, 100 masks, every stage kept"
    quick = alternate(eager, partial(traced, "bfloat16"), 4)
    exact = alternate(eager, partial(traced, "float32"), 4)
    return [
        Row("R50 in bfloat16, times faster than torchvision", quick, "x", 2.0, at_least=True,
            note=note),
        Row("R50 in float32, bit for bit, times faster than torchvision", exact, "x", note=note),
    ]  # fmt: skip


def measure() -> list[Row]:
    return [*folder_detected(), *bfloat16()]
