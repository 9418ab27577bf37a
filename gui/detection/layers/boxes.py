"""Boxes of the detections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from gui.detection.instances import Instance
from gui.detection.layers.base import LINE, InstanceOverlay, line_pen, outline
from gui.detection.overlay_colors import CASING
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace


class BoxLayer(InstanceOverlay):
    """Box outlines on a dark casing."""

    def painted(self) -> list[list[float]]:
        """The boxes, x0, y0, x1, y1 in picture px."""
        return [list(instance.box) for instance in self.instances]

    def draw(self, painter: QPainter, view: View) -> None:
        for instance in self.in_order():
            rect = view.rect(*instance.box)
            if not rect.adjusted(-4, -4, 4, 4).intersects(view.visible):
                continue
            painter.setOpacity(self.strength(instance))
            width = 2 * LINE if self.emphasised(instance) else LINE
            outline(painter, rect, CASING, width + 2)
            if instance.pending:
                style = Qt.PenStyle.DashLine
                painter.setPen(line_pen(QColor(*instance.color), width, style))
                painter.drawRect(QRectF(rect.toRect()))
            else:
                outline(painter, rect, QColor(*instance.color), width)


def count_boxes(trace: StageTrace, shown: Sequence[Instance]) -> int:
    """How many detections are shown."""
    return len(shown)
