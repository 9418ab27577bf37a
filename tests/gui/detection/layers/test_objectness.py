"""Objectness as a heat map: every cell where its anchors are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from gui.detection.layers.objectness import ObjectnessLayer, heat, heat_image, heat_of_all
from gui.detection.layers.score_scale import levels
from gui.detection.overlay_colors import VIRIDIS
from gui.pictures.view_transform import View


@pytest.fixture
def trace() -> Any:
    """Two levels of one anchor a cell, strides 8 and 16, one hot cell each."""
    fine, coarse = np.full((8, 8), -9.0, np.float32), np.full((4, 4), -9.0, np.float32)
    fine[2, 5], coarse[3, 1] = 9.0, 9.0
    return SimpleNamespace(
        padded_size=(64, 64),
        input_size=(64, 64),
        picture_size=(128, 128),
        feature_shapes=((4, 8, 8), (4, 4, 4)),
        anchor_level=np.repeat([0, 1], [64, 16]),
        objectness=np.concatenate([fine.ravel(), coarse.ravel()]),
    )


def test_each_level_has_its_own_grid(trace: Any) -> None:
    fine, coarse = levels(trace)
    assert heat(trace, fine).shape == (8, 8) and heat(trace, coarse).shape == (4, 4)
    assert np.unravel_index(heat(trace, fine).argmax(), (8, 8)) == (2, 5)
    assert np.unravel_index(heat(trace, coarse).argmax(), (4, 4)) == (3, 1)


def test_the_best_of_all_keeps_every_hot_cell(trace: Any) -> None:
    both = heat_of_all(trace, levels(trace))
    assert both[2, 5] > 0.99 and both[6, 2] > 0.99
    assert both[0, 0] < 0.01


def test_colours_run_from_viridis_low_to_high() -> None:
    image = heat_image(np.array([[0.0, 1.0]], np.float32))
    assert image.pixelColor(0, 0) == VIRIDIS[0] and image.pixelColor(1, 0) == VIRIDIS[-1]


def test_a_hot_cell_lies_around_its_anchor(qapp: QApplication, trace: Any) -> None:
    layer = ObjectnessLayer(QFont())
    layer.shown, layer.opacity = True, 1.0
    layer.set_inspection(cast(Any, SimpleNamespace(trace=trace)))
    layer.set_level(0)
    image = QImage(128, 128, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    whole = QRectF(0, 0, 128, 128)
    layer.paint(painter, View(1.0, 0, 0, whole, whole, 1.0))
    painter.end()
    # Row 2, column 5 at stride 8 is the network's (40, 16), the picture's (80, 32).
    assert image.pixelColor(80, 32).green() > 200
    assert image.pixelColor(80 - 20, 32).green() < 60
