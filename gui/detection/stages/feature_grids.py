"""Feature grids over the picture: where a map lies, and maps as images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSignalBlocker
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QComboBox

from gui.detection.layers.objectness import heat_image
from gui.detection.layers.score_scale import levels
from gui.pictures.view_transform import View
from gui.widgets.fact_table import whole

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace


def ranged(values: NDArray[Any]) -> NDArray[Any]:
    """Values (h, w) brought to 0..1 by their own least and largest."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else numpy.zeros_like(values)


def map_image(values: NDArray[Any]) -> QImage:
    """(h, w) values of any range in viridis."""
    return heat_image(ranged(values))


def draw_grid(painter: QPainter, view: View, trace: StageTrace, level: int, image: QImage) -> None:
    """Lay one pixel a cell over the picture, around the cells' anchors at index * stride."""
    grid = levels(trace)[level]
    down = grid.stride[0] * trace.picture_size[0] / trace.input_size[0]
    across = grid.stride[1] * trace.picture_size[1] / trace.input_size[1]
    target = view.rect(
        -across / 2, -down / 2, (image.width() - 0.5) * across, (image.height() - 0.5) * down
    )
    painter.setClipRect(view.visible)
    painter.drawImage(target, image, QRectF(image.rect()))
    painter.setClipping(False)


def draw_in_box(
    painter: QPainter, view: View, box: tuple[float, float, float, float], image: QImage
) -> None:
    """Lay an image into a box of the picture."""
    painter.setClipRect(view.visible)
    painter.drawImage(view.rect(*box), image, QRectF(image.rect()))
    painter.setClipping(False)


def list_levels(combo: QComboBox, trace: StageTrace | None, text: str) -> None:
    """Fill a combo box with a trace's levels and keep the choice.

    Args:
        text: a template of {name}, {stride} and {size}.
    """
    chosen = max(combo.currentIndex(), 0)
    with QSignalBlocker(combo):
        combo.clear()
        for grid in levels(trace) if trace else ():
            size = f"{whole(grid.columns)} × {whole(grid.rows)}"
            combo.addItem(text.format(name=grid.name, stride=grid.stride[0], size=size))
        combo.setCurrentIndex(min(chosen, combo.count() - 1))
