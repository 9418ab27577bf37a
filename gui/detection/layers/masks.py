"""Masks, inside their boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPixmap

from gui.detection.instances import Instance, Pair
from gui.detection.layers.base import InstanceOverlay
from gui.pictures.view_transform import View

if TYPE_CHECKING:
    from engine.detection.pipeline.trace import StageTrace


class MaskLayer(InstanceOverlay):
    """Coloured masks inside their boxes; hatched where they are still on their way."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._scale = 0.0
        self._scaled: dict[Pair, tuple[object, QPixmap]] = {}

    def painted(self) -> int:
        """How many masks."""
        return sum(instance.mask is not None for instance in self.instances)

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


def count_masks(trace: StageTrace, shown: Sequence[Instance]) -> int | None:
    """How many of the shown detections have their mask; None without a mask head."""
    if trace.mask_probs is None:
        return None
    return sum(instance.mask is not None for instance in shown)
