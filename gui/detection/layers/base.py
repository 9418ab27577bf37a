"""The layers over the picture: masks, boxes with labels, keypoints.

Each holds what it draws and nothing else; the workspace sets it and repaints.
Anchors and proposals are in `candidates`.
"""

from __future__ import annotations

from typing import Protocol

import numpy
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
)

from engine.export.picture.label_placement import Box, Plate, place_labels
from gui.detection.instances import Instance, Pair
from gui.detection.overlay_colors import CASING, LEFT_SIDE, MIDDLE, RIGHT_SIDE, on_color
from gui.pictures.view_transform import View
from gui.widgets.fact_table import figure

LINE = 2
FAINT = 0.3  # of the opacity, beside a detection in the spotlight
PLATE_PADDING = 10  # px, both sides together


class Overlay(Protocol):
    """A layer with an eye and an opacity; what takes this as its base says how it draws.

    Attributes:
        name: one of the keys of the stages list.
        shown: whether its eye is open.
        opacity: 0 to 1.
    """

    name: str
    shown: bool
    opacity: float

    def __init__(self, name: str, *, shown: bool, opacity: float = 1.0) -> None:
        self.name = name
        self.shown = shown
        self.opacity = opacity

    def paint(self, painter: QPainter, view: View) -> None:
        if self.shown and self.opacity > 0:
            painter.setOpacity(self.opacity)
            self.draw(painter, view)

    def draw(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels; the opacity is already set."""


class InstanceOverlay(Overlay, Protocol):
    """A layer of detections, one of which is raised.

    Attributes:
        instances: what is drawn.
        raised, selected: drawn with emphasis.
        spotlight: when there is one, the others are faint.
        hidden: not drawn here.
    """

    instances: tuple[Instance, ...]
    raised: Pair | None
    selected: Pair | None
    spotlight: Pair | None
    hidden: Pair | None

    def __init__(self, name: str, *, shown: bool = True, opacity: float = 1.0) -> None:
        super().__init__(name, shown=shown, opacity=opacity)
        self.instances = ()
        self.raised = self.selected = None
        self.spotlight = self.hidden = None

    def in_order(self) -> list[Instance]:
        """The best on top, the selected over it, the raised over all."""
        return sorted(
            (i for i in self.instances if i.pair != self.hidden),
            key=lambda i: (2 * (i.pair == self.raised) + (i.pair == self.selected), -i.number),
        )

    def strength(self, instance: Instance) -> float:
        """The opacity of one instance."""
        away = self.spotlight is not None and instance.pair not in (self.spotlight, self.raised)
        return self.opacity * FAINT if away else self.opacity

    def emphasised(self, instance: Instance) -> bool:
        return instance.pair in (self.raised, self.selected)


class MaskLayer(InstanceOverlay):
    """Coloured masks inside their boxes; hatched where they are still on their way."""

    def __init__(self) -> None:
        super().__init__("masks")
        self._scale = 0.0
        self._scaled: dict[Pair, tuple[object, QPixmap]] = {}

    def draw(self, painter: QPainter, view: View) -> None:
        scale = view.scale * view.ratio
        if scale != self._scale:
            self._scale = scale
            self._scaled.clear()
        for instance in self.in_order():
            target = view.rect(*instance.box)
            if not target.intersects(view.visible):
                continue
            painter.setOpacity(self.strength(instance))
            if instance.mask is not None:
                self._draw_mask(painter, view, instance)
            elif instance.pending:
                pending_brush = QBrush(QColor(*instance.color, 150), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(target, pending_brush)

    def _draw_mask(self, painter: QPainter, view: View, instance: Instance) -> None:
        mask = instance.mask
        assert mask is not None
        image = mask.image
        if image.isNull():
            return
        target = view.rect(mask.x, mask.y, mask.x + image.width(), mask.y + image.height())
        if view.scale * view.ratio > 1:
            # Enlarged: only the visible part is touched, so a cache would be larger than useful.
            painter.drawImage(target, image)
            return
        known = self._scaled.get(instance.pair)
        if known is None or known[0] is not mask:
            size = (target.size() * view.ratio).toSize().expandedTo(QSize(1, 1))
            smaller = image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            pixmap = QPixmap.fromImage(smaller)
            pixmap.setDevicePixelRatio(view.ratio)
            known = (mask, pixmap)
            self._scaled[instance.pair] = known
        ratio = view.ratio
        corner = QPointF(round(target.x() * ratio) / ratio, round(target.y() * ratio) / ratio)
        painter.drawPixmap(corner, known[1])


class BoxLayer(InstanceOverlay):
    """Box outlines on a dark casing."""

    def __init__(self) -> None:
        super().__init__("boxes")

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


class PlateLayer(InstanceOverlay):
    """The boxes' labels, on opaque plates; in a crowd those that fit their boxes."""

    def __init__(self, font: QFont) -> None:
        super().__init__("plates")
        self.font = font
        self._laid: tuple[object, object, list[Plate | None]] | None = None

    def draw(self, painter: QPainter, view: View) -> None:
        painter.setFont(self.font)
        metrics = QFontMetricsF(self.font)
        if self._laid is None or self._laid[0] is not self.instances or self._laid[1] != view:
            self._laid = (self.instances, view, self._place(view, metrics))
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
        painter.setOpacity(self.opacity)
        for instance, plate in sorted(emphasised, key=lambda each: each[0].pair == self.raised):
            self._draw_plate(painter, instance, plate, metrics)

    def _place(self, view: View, metrics: QFontMetricsF) -> list[Plate | None]:
        widths = [
            [metrics.horizontalAdvance(text) + PLATE_PADDING for text in _label(instance)]
            for instance in self.instances
        ]
        boxes = [_corners(view.rect(*i.box)) for i in self.instances]
        return place_labels(boxes, widths, metrics.height() + 2, _corners(view.visible))

    def _place_alone(self, instance: Instance, view: View, metrics: QFontMetricsF) -> Plate | None:
        width = metrics.horizontalAdvance(_label(instance)[0]) + PLATE_PADDING
        box, bounds = _corners(view.rect(*instance.box)), _corners(view.visible)
        return place_labels([box], [[width]], metrics.height() + 2, bounds)[0]

    def _draw_plate(
        self, painter: QPainter, instance: Instance, plate: Plate, metrics: QFontMetricsF
    ) -> None:
        text = _label(instance)[plate.form]
        width = metrics.horizontalAdvance(text) + PLATE_PADDING
        area = QRectF(plate.x, plate.y, width, metrics.height() + 2)
        painter.setPen(line_pen(CASING, 1))
        painter.setBrush(QColor(*instance.color))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(on_color(instance.color))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


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


def outline(painter: QPainter, rect: QRectF, color: QColor, width: int) -> None:
    """A rectangle's border, centred on its edge, as four filled bars: faster than a pen."""
    half = width // 2
    left, top = round(rect.left()) - half, round(rect.top()) - half
    wide, high = round(rect.width()) + width, round(rect.height()) + width
    painter.fillRect(left, top, wide, width, color)
    painter.fillRect(left, top + high - width, wide, width, color)
    painter.fillRect(left, top + width, width, high - 2 * width, color)
    painter.fillRect(left + wide - width, top + width, width, high - 2 * width, color)


def line_pen(
    color: QColor,
    width: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    *,
    cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap,
) -> QPen:
    """A pen with sharp corners."""
    return QPen(QBrush(color), width, style, cap, Qt.PenJoinStyle.MiterJoin)


def _label(instance: Instance) -> tuple[str, str]:
    """What a plate says, in full and in short."""
    score = figure(instance.score)
    return f"{instance.name} {score}", score


def _corners(rect: QRectF) -> Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()
