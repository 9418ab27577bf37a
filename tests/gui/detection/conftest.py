"""A Detection workspace over small random detectors, and pictures to give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image
from pytestqt.qtbot import QtBot

from engine.detection.models import builders
from engine.detection.pipeline.inference import InspectSpec
from engine.errors import ModelError
from gui.bridge import Bridge
from gui.detection.pictures import controller as pictures
from gui.detection.workspace import DetectionWorkspace
from gui.settings import Settings
from tests.engine.detection.conftest import OURS, facts, lively, picture

WAIT_MS = 120_000  # a busy machine; nothing waits so long on a free one
FEW = replace(OURS, proposals=(120, 60), detections=10)
KINDS = {
    "people": replace(FEW, keypoints=0),
    "points": replace(FEW, mask_convolutions=0, classes=2),
}


def random_detectors() -> Callable[..., Any]:
    """Loads a random detector by name; `broken` cannot be loaded."""
    made: dict[str, Any] = {}

    def load(spec: InspectSpec, device: torch.device) -> Any:
        if spec.model not in KINDS:
            raise ModelError("weights.not_here", model=spec.model)
        if spec.model not in made:
            torch.manual_seed(5)  # a looser NMS brings pairs that the stock pass lacks
            made[spec.model] = lively(builders.build(KINDS[spec.model]))
        return made[spec.model].to(device), facts(made[spec.model])

    return load


@pytest.fixture(scope="session")
def load() -> Callable[..., Any]:
    """The random detectors, each built once."""
    return random_detectors()


def listed() -> Iterator[list[Any]]:
    facts = {"size_bytes": 1_000_000, "metrics": None, "source": "bundled"}
    yield [
        SimpleNamespace(name="people", title="Random", ready=True, **facts),
        SimpleNamespace(name="points", title="Random points", ready=True, **facts),
        SimpleNamespace(name="far", title="Not here", ready=False, **facts),
    ]


def save(path: Path, *, seed: int = 0, size: tuple[int, int] = (120, 160)) -> Path:
    """A picture file of (height, width)."""
    Image.fromarray(picture(*size, seed=seed)).save(path)
    return path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A folder with pictures 2 and 10 and a text file that claims to be 3."""
    folder = tmp_path / "мой альбом"
    folder.mkdir()
    save(folder / "10.png", seed=10)
    save(folder / "2.png", seed=2)
    (folder / "3.jpg").write_text("no picture")
    return folder


@pytest.fixture
def workspace(
    qtbot: QtBot,
    bridge: Bridge,
    settings: Settings,
    load: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> DetectionWorkspace:
    """The workspace, shown, with one sample that is not opened yet."""
    sample = save(tmp_path / "sample.png", seed=1)
    monkeypatch.setattr(pictures, "sample_paths", lambda: [sample])
    made = DetectionWorkspace(bridge, settings, load=load, models=listed)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def detected(qtbot: QtBot, workspace: DetectionWorkspace) -> DetectionWorkspace:
    """The workspace with the sample detected and every mask filled in."""
    workspace.activate()
    workspace.start_first_work()
    settle(qtbot, workspace)
    return workspace


def settle(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    """Wait until every job is done and something is shown, or why there is nothing."""

    def settled() -> bool:
        over = workspace.session.inspection is not None or workspace.notice.isVisible()
        return over and not workspace.session.pending() and not workspace.bridge.busy()

    qtbot.waitUntil(settled, timeout=WAIT_MS)
