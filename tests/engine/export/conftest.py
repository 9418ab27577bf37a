"""A picture with two detections, one cut by the edge, one with keypoints; a net that finds some."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.detection.detections import Detections, ModelFacts
from engine.detection.models import builders, weight_files
from engine.export.item import ExportItem
from tests.engine.detection.conftest import lively

HEIGHT, WIDTH = 90, 120
POINTS = ("nose", "left_eye", "right_eye", "left_wrist", "left_elbow")
FACE = POINTS[:3]


@pytest.fixture
def pixels() -> NDArray[np.uint8]:
    return np.full((HEIGHT, WIDTH, 3), 100, np.uint8)


@pytest.fixture
def model() -> ModelFacts:
    return ModelFacts("m", "Model", ("dog", "person"), POINTS, True, True, ("person",))


@pytest.fixture
def detections(model: ModelFacts) -> Detections:
    rows, columns = np.mgrid[:28, :28]
    disc = (((rows - 13.5) / 13) ** 2 + ((columns - 13.5) / 9) ** 2 <= 1).astype(np.float32)
    keypoints = np.ones((2, len(POINTS), 3), np.float32)
    keypoints[0, :, 0] = [70, 75, 65, 80, 78]
    keypoints[0, :, 1] = [40, 35, 35, 60, 50]
    return Detections(
        model=model,
        picture_size=(HEIGHT, WIDTH),
        boxes=np.array([[50.25, 20.5, 90, 70], [0, 0, 30.75, 90]], np.float32),
        labels=np.array([2, 1]),
        scores=np.array([0.9, 0.625], np.float32),
        pairs=((0, 2), (3, 1)),
        ready=np.ones(2, bool),
        mask_probs=np.stack([disc, np.ones_like(disc)]),
        keypoints=keypoints,
    )


@pytest.fixture
def item(pixels: NDArray[np.uint8], detections: Detections) -> ExportItem:
    return ExportItem("снимок 1.jpg", pixels, detections)


@pytest.fixture(scope="session")
def weights_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small random net that finds much; three keypoints."""
    torch.manual_seed(0)
    net = builders.Architecture(
        body="small",
        classes=3,
        width=32,
        box_width=32,
        head_width=32,
        mask_convolutions=1,
        keypoints=len(FACE),
        keypoint_convolutions=1,
        min_size=96,
        max_size=160,
        detections=8,
    )
    model = lively(builders.build(net))
    path = tmp_path_factory.mktemp("weights") / "вес.safetensors"
    told = weight_files.Description(net.to_json(), ("cat", "person"), FACE, ("person",))
    weight_files.write_tensors(path, model.state_dict(), told.metadata())
    return path
