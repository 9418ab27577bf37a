"""What a cell sees, drawn over the picture beside the centre of its anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.detection.layers.base import line_pen
from gui.detection.layers.callouts import LIGHT, Mark
from gui.detection.overlay_colors import CASING
from gui.detection.stages.roi_maps import tint
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.queries.receptive_field import ReceptiveField

SEEN = (255, 92, 168)  # in no scale and of no class
STRONGEST = 0.9  # opacity of the heaviest squares
BRIGHT = 0.995  # of the squares are fainter than those: one pixel may outweigh all others
DOT = 0.25  # picture px: a box around a point, so that it has a plate


def field_image(field: ReceptiveField) -> QImage:
    """One pixel a square, as strong as its weight; the root, so that faint ones are seen."""
    most = float(numpy.quantile(field.weight, BRIGHT))
    strength = numpy.sqrt(numpy.minimum(field.weight / most, 1)) if most > 0 else field.weight
    return tint((STRONGEST * strength).astype(numpy.float32), SEEN)


def draw_field(painter: QPainter, view: View, field: ReceptiveField, image: QImage) -> None:
    """The weights, the circle with half of them, both centres and the way between."""
    down, across = field.square
    target = view.rect(0, 0, image.width() * across, image.height() * down)
    painter.setOpacity(1.0)
    painter.setClipRect(view.visible)
    painter.drawImage(target, image, QRectF(image.rect()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    anchor, centre = view.point(*field.anchor_centre), view.point(*field.centre)
    edge = view.point(field.centre[0] + field.radius, field.centre[1])
    reach = edge.x() - centre.x()
    for color, width in ((CASING, 4.0), (QColor(*SEEN), 2.0)):
        painter.setPen(line_pen(color, width))
        painter.drawEllipse(centre, reach, reach)
        painter.drawLine(anchor, centre)
        painter.drawEllipse(centre, 3.0, 3.0)
    for color, width in ((CASING, 5.0), (QColor(*LIGHT), 2.0)):
        painter.setPen(line_pen(color, width))
        for way in (QPointF(8, 0), QPointF(0, 8)):
            painter.drawLine(anchor - way, anchor + way)
    painter.setClipping(False)


def field_marks(field: ReceptiveField, *, anchors: str, seen: str) -> tuple[Mark, ...]:
    """Plates for both centres."""
    points = ((field.anchor_centre, anchors, LIGHT), (field.centre, seen, SEEN))
    return tuple(
        Mark((x - DOT, y - DOT, x + DOT, y + DOT), text, color, width=1)
        for (x, y), text, color in points
    )
