"""Keypoints and skeletons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter

from gui.detection.instances import Instance
from gui.detection.layers.base import InstanceOverlay, line_pen
from gui.detection.overlay_colors import CASING, LEFT_SIDE, MIDDLE, RIGHT_SIDE
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace


class KeypointLayer(InstanceOverlay):
    """Skeletons: the left side blue, the right side orange; unsure points are hollow."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self.names: tuple[str, ...] = ()
        self._edges: tuple[tuple[int, int], ...] = ()

    def set_inspection(self, inspection: Inspection | None) -> None:
        if inspection is not None:
            self.set_points(inspection.model.keypoint_names, inspection.model.skeleton)

    def painted(self) -> int:
        """How many skeletons."""
        return sum(instance.keypoints is not None for instance in self.instances)

    def set_points(self, names: tuple[str, ...], edges: tuple[tuple[int, int], ...]) -> None:
        """The points' names in the order of the arrays, and which are joined."""
        self.names, self._edges = names, edges

    def draw(self, painter: QPainter, view: View) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for instance in self.in_order():
            if instance.keypoints is not None:
                painter.setOpacity(self.strength(instance))
                self.draw_skeleton(painter, view, instance.keypoints)

    def draw_skeleton(
        self, painter: QPainter, view: View, points: numpy.ndarray, first: int | None = None
    ) -> None:
        """Draw (K, 3) points and limbs, or only so many of the first points."""
        first = len(points) if first is None else first
        places = [view.point(float(x), float(y)) for x, y in points[:, :2]]
        sure = points[:, 2] > 0
        for width, cased in ((4.5, True), (2.5, False)):
            for a, b in self._edges:
                if sure[a] and sure[b] and max(a, b) < first:
                    color = CASING if cased else self._side(a, b)
                    painter.setPen(line_pen(color, width, cap=Qt.PenCapStyle.RoundCap))
                    painter.drawLine(places[a], places[b])
        for index, place in enumerate(places[:first]):
            color = self._side(index, index)
            painter.setPen(line_pen(CASING if sure[index] else color, 1.25))
            painter.setBrush(color if sure[index] else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, 3.5, 3.5)

    def _side(self, a: int, b: int) -> QColor:
        sides = {self.names[index].split("_")[0] for index in (a, b) if index < len(self.names)}
        if sides == {"left"}:
            return LEFT_SIDE
        return RIGHT_SIDE if sides == {"right"} else MIDDLE


def count_keypoints(trace: StageTrace, shown: Sequence[Instance]) -> int | None:
    """How many of the shown detections have keypoints; None without a keypoint head."""
    if trace.keypoints is None:
        return None
    return sum(instance.keypoints is not None for instance in shown)
