"""A picture opened in the window while the model is loaded, beside the bare model's time on it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.table import Row

ROUNDS = 6
LIMIT = 1.3
TIMEOUT_S = 60.0


def measure() -> list[Row]:
    """From `open_paths` to the end of the paintEvent that shows the boxes; the best of each."""
    from tests.hands.program import private_environment

    home = Path(tempfile.mkdtemp())
    os.environ.update(private_environment(home))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtGui import QPaintEvent
    from skimage import data

    from gui import app as apps
    from gui.pictures.canvas import PictureCanvas

    wanted: list[Path | None] = [None]
    painted: list[float] = []
    plain = PictureCanvas.paintEvent

    def paint(canvas: PictureCanvas, event: QPaintEvent) -> None:
        plain(canvas, event)
        if session.entry is not None and session.entry.path == wanted[-1] and session.shown:
            painted.append(time.perf_counter())

    PictureCanvas.paintEvent = paint  # type: ignore[method-assign, assignment]
    apps.build_application(["thalweg"])
    window = apps.build_window(workspace="detection")
    workspace: Any = window.workspace("detection")
    session = workspace.session
    window.show()
    pause, pulse = QEventLoop(), QTimer(window)
    pulse.timeout.connect(pause.quit)
    pulse.start(2)

    def wait(ready: Callable[[], bool]) -> None:
        until = time.monotonic() + TIMEOUT_S
        while not ready():
            pause.exec()  # unlike processEvents it leaves the interpreter to the worker
            if time.monotonic() > until:
                raise TimeoutError("the window did not answer")

    def opened(path: Path) -> float:
        """Seconds until the boxes are painted."""
        wanted.append(path)
        painted.clear()
        begun = time.perf_counter()
        workspace.open_paths([path])
        wait(lambda: bool(painted))
        taken = painted[0] - begun
        wait(lambda: not workspace.bridge.busy())
        return taken

    def bare(pixels: Any) -> float:
        """Seconds of `model(images)` on the window's own lane."""
        answers: list[float] = []

        def run() -> Iterator[float]:
            import torch

            from engine.detection.pipeline.inference import InspectSpec

            module, _, _ = session._workbench.get().model(InspectSpec(model=session.model))
            tensor = torch.from_numpy(pixels).permute(2, 0, 1).float() / 255
            begun = time.perf_counter()
            with torch.no_grad():
                module([tensor])
            yield time.perf_counter() - begun

        workspace.bridge.start("inference", "bench.bare", run, on_snapshot=answers.append)
        wait(lambda: bool(answers) and not workspace.bridge.busy())
        return answers[0]

    wait(lambda: session.inspection is not None and not workspace.bridge.busy())
    whole, alone = [], []
    for number in range(ROUNDS):
        path = home / f"{number}.jpg"
        Image.fromarray(data.astronaut()).rotate(number).resize((1280, 960)).save(path)
        whole.append(opened(path))
        alone.append(bare(session.opened.picture.pixels))
    window.close()
    best, least = min(whole[1:]), min(alone[1:])
    note = f"people, 1280x960; {1000 * best:.0f} over {1000 * least:.0f} ms, best of {ROUNDS - 1}"
    return [
        Row("From opening a picture to its boxes painted, over the bare model",
            best / least, "x", LIMIT, note=note),
    ]  # fmt: skip
