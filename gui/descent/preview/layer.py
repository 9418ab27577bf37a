"""The dragged racer's whole path, and faded behind it the one before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from engine.optimizers.looks import RacerStyle
from gui import theme
from gui.landscape.layer import MapLayer, Places, Weight, sampled
from gui.plots.polylines import LinesLayer, Stroke, finite_part
from gui.racing.racer_style import casing_color, draw_head, faint_stroke, map_stroke

Array = NDArray[np.float64]

FADED = 0.6  # how much of the path before is seen
HEAD_PX = 12.0
MOST_FURTHER = 60  # trails from further starts that are drawn


class PathPreviewLayer(MapLayer):
    """Draws over the trails.

    Attributes:
        before: (n, 2) float64 of the plane, the path that is compared with; empty for none.
        now: (S, n, 2) float64, the trails as they are led; empty for none.
    """

    def __init__(self, view: pg.ViewBox) -> None:
        super().__init__(view, z=32)
        self.before: Array = np.empty((0, 2))
        self.now: Array = np.empty((0, 0, 2))
        self._look: RacerStyle | None = None
        self._old, self._new = LinesLayer(view), LinesLayer(view)
        self._old.setZValue(1)
        self._old.setOpacity(FADED)
        self._new.setZValue(2)

    def begin(self, look: RacerStyle) -> None:
        """Another racer's path is led."""
        self.clear()
        self._look = look
        self._restroke()

    def show_before(self, before: Array) -> None:
        """Fade the path that the racer has had, (n, 2) float64."""
        self.before = before
        self._old.restart()
        self._old.show_lines([before], len(before))

    def show_path(self, points: Array) -> None:
        """Its path as it is led now: (S, n, 2) float64, its own trail first."""
        grows = points.base is not None and points.base is self.now.base
        self.now = points[: 1 + MOST_FURTHER]
        if not grows:
            self._new.restart()
        # Further trails lie below.
        self._new.show_lines(list(self.now[::-1]), self.now.shape[1])
        self._restroke_new()
        self.refresh()
        self.changed.emit()

    def clear(self) -> None:
        """Show nothing any more."""
        self.before, self.now, self._look = np.empty((0, 2)), np.empty((0, 0, 2)), None
        for lines in (self._old, self._new):
            lines.restart()
            lines.show_lines([], 0)
        self.refresh()
        self.changed.emit()

    def lines3d(self) -> list[tuple[Array, Stroke]]:
        if self._look is None:
            return []
        stroke = map_stroke(self._look, scale=self.scale_factor)
        faded = [(self.before, faint_stroke(self._look, scale=self.scale_factor))]
        return [*faded, *((path, stroke) for path in self.now[:1])]

    def places(self) -> list[Places]:
        return [Places(self.pixels(sampled(list(self.now))), Weight.TRAIL)]

    def restyle(self) -> None:
        self._restroke()
        super().restyle()

    def inspect_state(self) -> dict[str, object]:
        return {
            "preview": [len(self.before), self.now.shape[1] if self._look is not None else 0],
            "preview_end": finite_part(self.now[0])[-1].tolist() if self.now.size else [],
        }

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._look is None or not self.now.size:
            return
        way = finite_part(self.pixels(self.now[0]))
        if not len(way) or not len(self.rows_in_view(way[-1:], margin_px=40)):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_head(
            painter,
            theme.current().racer(self._look),
            QPointF(*way[-1]),
            size=HEAD_PX * self.scale_factor,
            casing=casing_color(),
        )

    def set_scale(self, factor: float) -> None:
        super().set_scale(factor)
        self._restroke()

    def _restroke(self) -> None:
        if self._look is not None:
            self._old.set_strokes([map_stroke(self._look, scale=self.scale_factor)])
            self._strokes: Sequence[Stroke] = ()
            self._restroke_new()

    def _restroke_new(self) -> None:
        """One stroke a trail, thin ones first; only anew where there are others."""
        if self._look is None or len(self._strokes) == max(1, len(self.now)):
            return
        further = faint_stroke(self._look, scale=self.scale_factor)
        own = map_stroke(self._look, scale=self.scale_factor)
        self._strokes = (*[further] * (len(self.now) - 1), own)
        self._new.set_strokes(self._strokes)
