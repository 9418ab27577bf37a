"""From a slider's event to the painted picture, on a real trace of a photograph."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy

from tests.bench.table import Row

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QSlider

    from gui.detection.workspace import DetectionWorkspace

PICTURE_PX = (1280, 960)
LIMIT_MS, SELECT_LIMIT_MS = 33.0, 16.0
TIMEOUT_S = 120.0


def wait(app: QApplication, room: DetectionWorkspace) -> None:
    """Let every job end."""
    until = time.monotonic() + TIMEOUT_S
    session = room.session
    while room.bridge.busy() or session.inspection is None or session.pending():
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
    from gui.widgets.picture_canvas import PictureCanvas

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
        Image.fromarray(data.astronaut()).resize(PICTURE_PX).save(photograph)
        app = apps.build_application()
        window = apps.build_window(workspace="detection")
        room = window.workspace("detection")
        window.commands.open([photograph])
        window.show()
        wait(app, room)
        down, up = list(range(95, 5, -2)), list(range(6, 95, 2))
        times = move(app, room.score.slider, painted, down + up)
        room.score.set_value(0.05)
        times += move(app, room.nms.slider, painted, down + up)
        wait(app, room)
        room.nms.set_value(0.5)
        most = len(room.session.shown)
        choices = []
        for value in numpy.linspace(0.05, 0.95, 30):
            begun = time.perf_counter()
            room.session._select()
            choices.append((time.perf_counter() - begun) * 1000)
            room.session.limits = replace(room.session.limits, score=float(value))
        wait(app, room)
        window.close()
    wall, work = numpy.array(times).T
    return [
        Row(
            f"slider to painted picture, 1280x960, up to {most} boxes, median",
            float(numpy.median(wall)),
            "ms",
            LIMIT_MS,
        ),
        Row("slider to painted picture, p95", float(numpy.percentile(wall, 95)), "ms", LIMIT_MS),
        Row("of it the window's own work, p95", float(numpy.percentile(work, 95)), "ms", LIMIT_MS),
        Row("of it the selection, median", float(numpy.median(choices)), "ms", SELECT_LIMIT_MS),
    ]
