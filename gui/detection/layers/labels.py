"""Labels of the detections, on plates."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.export.picture.label_placement import Plate, place_labels
from gui.detection.instances import Instance
from gui.detection.layers.base import InstanceOverlay, corners, line_pen
from gui.detection.overlay_colors import CASING, on_color
from gui.pictures.view_transform import View
from gui.widgets.fact_table import figure

PLATE_PADDING = 10  # px, both sides together


class LabelLayer(InstanceOverlay):
    """The boxes' labels, on opaque plates; in a crowd those that fit their boxes."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._laid: tuple[object, object, list[Plate | None]] | None = None
        self._areas: list[tuple[float, float, float, float]] = []  # of the plates, widget px

    def draw(self, painter: QPainter, view: View) -> None:
        painter.setFont(self.font)
        metrics = QFontMetricsF(self.font)
        taken = tuple(view.plates)  # of what lies below the labels
        known = (view, taken)
        if self._laid is None or self._laid[0] is not self.instances or self._laid[1] != known:
            self._laid = (self.instances, known, self._place(view, metrics))
            self._areas = [
                corners(_area(instance, plate, metrics))
                for instance, plate in zip(self.instances, self._laid[2], strict=True)
                if plate is not None
            ]
        view.plates.extend(self._areas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        emphasised: list[tuple[Instance, Plate]] = []
        for instance, plate in zip(self.instances, self._laid[2], strict=True):
            if instance.pair == self.hidden:
                continue
            if self.emphasised(instance):
                # Its whole label is shown whether there was a place for it or not.
                if plate is None or plate.form:
                    plate = self._place_alone(instance, view, metrics)
                if plate is not None:
                    emphasised.append((instance, plate))
            elif plate is not None:
                painter.setOpacity(self.strength(instance))
                self._draw_plate(painter, instance, plate, metrics)
        painter.setOpacity(self.weight)
        for instance, plate in sorted(emphasised, key=lambda each: each[0].pair == self.raised):
            self._draw_plate(painter, instance, plate, metrics)

    def _place(self, view: View, metrics: QFontMetricsF) -> list[Plate | None]:
        widths = [
            [metrics.horizontalAdvance(text) + PLATE_PADDING for text in _label(instance)]
            for instance in self.instances
        ]
        boxes = [corners(view.rect(*i.box)) for i in self.instances]
        bounds = corners(view.visible)
        return place_labels(boxes, widths, metrics.height() + 2, bounds, view.plates)

    def _place_alone(self, instance: Instance, view: View, metrics: QFontMetricsF) -> Plate | None:
        width = metrics.horizontalAdvance(_label(instance)[0]) + PLATE_PADDING
        box, bounds = corners(view.rect(*instance.box)), corners(view.visible)
        return place_labels([box], [[width]], metrics.height() + 2, bounds)[0]

    def _draw_plate(
        self, painter: QPainter, instance: Instance, plate: Plate, metrics: QFontMetricsF
    ) -> None:
        text = _label(instance)[plate.form]
        area = _area(instance, plate, metrics)
        painter.setPen(line_pen(CASING, 1))
        painter.setBrush(QColor(*instance.color))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(on_color(instance.color))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def _area(instance: Instance, plate: Plate, metrics: QFontMetricsF) -> QRectF:
    """Where a plate lies, widget px."""
    width = metrics.horizontalAdvance(_label(instance)[plate.form]) + PLATE_PADDING
    return QRectF(plate.x, plate.y, width, metrics.height() + 2)


def _label(instance: Instance) -> tuple[str, str]:
    """What a plate says, in full and in short."""
    score = figure(instance.score)
    return f"{instance.name} {score}", score
