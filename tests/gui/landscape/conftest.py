"""Landscapes without an engine, and a map that is shown without a workspace."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.landscape import Landscape
from gui.landscape.map_view import MapView

SIDE = np.linspace(-1, 1, 101)


def landscape_of(loss: np.ndarray, x: np.ndarray = SIDE, y: np.ndarray = SIDE) -> Landscape:
    """A linear one of losses (H, W), without contours."""
    return Landscape(
        x, y, loss, logarithmic=False, floor=0.0, offset=1.0, levels=np.empty(0), contours=(),
        minima=np.empty((0, 2)), nan_share=0.0, inf_share=0.0,
    )  # fmt: skip


@pytest.fixture
def map_view(qtbot: QtBot) -> Iterator[MapView]:
    """The loss x² + y² over [-1, 1]², shown in a window, with its legends in their places."""
    window = QWidget()
    qtbot.addWidget(window)
    view = MapView("descent", window)
    QVBoxLayout(window).addWidget(view)
    window.resize(700, 500)
    window.show()
    qtbot.waitExposed(window)
    view.set_home((-1.0, 1.0, -1.0, 1.0))
    view.show_landscape(landscape_of(SIDE**2 + SIDE[:, None] ** 2))
    view.show_start(0.0, -0.9)
    view.arrange()
    yield view  # in this frame the window lives as long as the test


def color_at(view: MapView, x: float, y: float) -> QColor:
    """What is painted at a point of the plane."""
    pixel = view.mapFromScene(view.view_box.mapViewToScene(QPointF(x, y)))
    return view.grab().toImage().pixelColor(pixel)
