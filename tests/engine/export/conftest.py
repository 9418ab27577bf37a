"""A picture with two detections, one cut by the edge, one with keypoints."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.detection.detections import Detections, ModelFacts
from engine.export.item import ExportItem

HEIGHT, WIDTH = 90, 120
POINTS = ("nose", "left_eye", "right_eye", "left_wrist", "left_elbow")


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
