"""Keypoints and skeletons."""

from __future__ import annotations

import numpy
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from gui.detection.layers.base import InstanceOverlay, line_pen
from gui.detection.overlay_colors import CASING, LEFT_SIDE, MIDDLE, RIGHT_SIDE
from gui.pictures.view_transform import View


class KeypointLayer(InstanceOverlay):
    """Skeletons: the left side blue, the right side orange; unsure points are hollow."""

    def __init__(self) -> None:
        super().__init__("keypoints")
        self._names: tuple[str, ...] = ()
        self._bones: tuple[tuple[int, int], ...] = ()

    def set_points(self, names: tuple[str, ...], bones: tuple[tuple[int, int], ...]) -> None:
        """The points' names in the order of the arrays, and which are joined."""
        self._names, self._bones = names, bones

    def draw(self, painter: QPainter, view: View) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for instance in self.in_order():
            if instance.keypoints is not None:
                painter.setOpacity(self.strength(instance))
                self._draw_skeleton(painter, view, instance.keypoints)

    def _draw_skeleton(self, painter: QPainter, view: View, points: numpy.ndarray) -> None:
        places = [view.point(float(x), float(y)) for x, y in points[:, :2]]
        sure = points[:, 2] > 0
        for width, cased in ((4.5, True), (2.5, False)):
            for a, b in self._bones:
                if sure[a] and sure[b]:
                    color = CASING if cased else self._side(a, b)
                    painter.setPen(line_pen(color, width, cap=Qt.PenCapStyle.RoundCap))
                    painter.drawLine(places[a], places[b])
        for index, place in enumerate(places):
            color = self._side(index, index)
            painter.setPen(line_pen(CASING if sure[index] else color, 1.25))
            painter.setBrush(color if sure[index] else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, 3.5, 3.5)

    def _side(self, a: int, b: int) -> QColor:
        sides = {self._names[index].split("_")[0] for index in (a, b) if index < len(self._names)}
        if sides == {"left"}:
            return LEFT_SIDE
        return RIGHT_SIDE if sides == {"right"} else MIDDLE
