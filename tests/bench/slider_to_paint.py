"""From a slider's event to the painted picture, on an R50-FPN's trace of a photograph."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from tests.bench.table import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QSlider

    from gui.detection.workspace import DetectionWorkspace

PICTURE_PX = (1280, 960)
LIMIT_MS, SELECT_LIMIT_MS = 33.0, 16.0
TIMEOUT_S = 500.0
SPREAD, BACKGROUND = 3.0, 4.0  # of the class logits: as many boxes as a crowded street has


def crowded_r50(pixels: Any) -> tuple[Any, Any]:
    """maskrcnn_resnet50_fpn with random weights, its class logits spread over a photograph's RoIs.

    Untrained, every RoI would get the same classes, and nothing would be shown.
    """
    import torch
    from torchvision.models.detection import maskrcnn_resnet50_fpn

    from engine.detection.detections import ModelFacts
    from engine.detection.pipeline.stages import trace_stages

    torch.manual_seed(0)
    model = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None).eval()
    logits = torch.from_numpy(trace_stages(model, pixels).class_logits)
    mean = logits.mean(0)
    scale = SPREAD / (logits - mean).std()
    last = model.roi_heads.box_predictor.cls_score
    with torch.no_grad():
        last.weight *= scale
        last.bias.copy_((last.bias - mean) * scale)
        last.bias[0] += BACKGROUND
    names = tuple(f"class {number}" for number in range(1, 91))
    return model, ModelFacts("random", "Random", names, has_masks=True)


def wait(app: QApplication, workspace: DetectionWorkspace) -> None:
    """Let every job end."""
    until = time.monotonic() + TIMEOUT_S
    session = workspace.session
    while workspace.bridge.busy() or session.inspection is None or session.pending():
        app.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("the detector did not answer")


def move(
    app: QApplication, slider: QSlider, painted: list[tuple[float, float]], positions: list[int]
) -> list[tuple[float, float]]:
    """From each change of the slider to the end of the canvas's paintEvent, in milliseconds.

    Returns:
        Time on the wall, and time of the processor on the window's thread, which
        does not count what other programs took.
    """
    times = []
    for position in positions:
        if position == slider.value():
            continue
        painted.clear()
        begun, worked = time.perf_counter(), time.thread_time()
        slider.setValue(position)
        while not painted and time.perf_counter() - begun < 1:
            app.processEvents()
        wall, work = painted[-1]
        times.append(((wall - begun) * 1000, (work - worked) * 1000))
    return times


def measure() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QPaintEvent
    from skimage import data

    from gui import app as apps
    from gui.pictures.canvas import PictureCanvas

    painted: list[tuple[float, float]] = []
    plain = PictureCanvas.paintEvent

    def paint(canvas: PictureCanvas, event: QPaintEvent) -> None:
        plain(canvas, event)
        painted.append((time.perf_counter(), time.thread_time()))

    PictureCanvas.paintEvent = paint  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        scope = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.IniFormat, scope, folder)
        photograph = Path(folder) / "photograph.png"
        picture = Image.fromarray(data.astronaut()).resize(PICTURE_PX)
        picture.save(photograph)
        loaded = crowded_r50(numpy.asarray(picture))
        app = apps.build_application()
        window = apps.build_window(workspace="detection")
        workspace = window.workspace("detection")
        workspace.session._workbench._load = lambda spec, device: loaded
        window.commands.open([photograph])
        window.show()
        wait(app, workspace)
        down, up = list(range(95, 5, -2)), list(range(6, 95, 2))
        times = move(app, workspace.thresholds.score.slider, painted, down + up)
        workspace.thresholds.score.set_value(0.05)
        times += move(app, workspace.thresholds.nms.slider, painted, down + up)
        wait(app, workspace)
        workspace.thresholds.nms.set_value(0.5)
        most = len(workspace.session.shown)
        choices = []
        for value in numpy.linspace(0.05, 0.95, 30):
            begun = time.perf_counter()
            workspace.session._select()
            choices.append((time.perf_counter() - begun) * 1000)
            workspace.session.limits = replace(workspace.session.limits, score=float(value))
        wait(app, workspace)
        window.close()
    wall, work = numpy.array(times).T
    return [
        Row(
            f"slider to painted picture, 1280x960, R50-FPN, up to {most} boxes, median",
            float(numpy.median(wall)),
            "ms",
            LIMIT_MS,
        ),
        Row("slider to painted picture, p95", float(numpy.percentile(wall, 95)), "ms", LIMIT_MS),
        Row("of it the window's own work, p95", float(numpy.percentile(work, 95)), "ms", LIMIT_MS),
        Row("of it the selection, median", float(numpy.median(choices)), "ms", SELECT_LIMIT_MS),
    ]
