"""One plot over the steps of a race, or over what they cost, with a cursor."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

from gui import theme
from gui.plots.number_axis import NumberAxis
from gui.plots.polylines import LinesLayer


class CurveViewBox(pg.ViewBox):
    """Pressing or dragging points at a step.

    Signals:
        pointed: the place along the x axis.
    """

    pointed = Signal(float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.setMouseEnabled(False, False)

    def mouseClickEvent(self, ev: object) -> None:
        self._point(ev)

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        self._point(ev)

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        ev.ignore()  # type: ignore[attr-defined]

    def _point(self, ev: object) -> None:
        if ev.button() is Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            ev.accept()  # type: ignore[attr-defined]
            self.pointed.emit(self.mapSceneToView(ev.scenePos()).x())  # type: ignore[attr-defined]


class Curve(pg.PlotItem):
    """One plot over the steps with a cursor."""

    def __init__(self) -> None:
        self.box = CurveViewBox()
        super().__init__(
            viewBox=self.box,
            axisItems={"left": NumberAxis("left"), "bottom": NumberAxis("bottom")},
            enableMenu=False,
        )
        self.hideButtons()
        self.ends = (-1.0, 1.0)
        self.lines = LinesLayer(self.box)
        self.cursor = pg.InfiniteLine(0, angle=90, movable=False)
        self.cursor.setZValue(20)
        self.addItem(self.cursor, ignoreBounds=True)

    def restyle(self, *, size_px: int) -> None:
        for side in ("left", "bottom"):
            self.getAxis(side).restyle(size_px=size_px)
        self.getAxis("bottom").setHeight(round(3.2 * size_px))
        self.getAxis("left").setWidth(round(5.2 * size_px))
        self.cursor.setPen(theme.current().color("text", 0.75), width=1)
        self.lines.restart()

    def name_axes(self, title: str, steps: str, *, size_px: int) -> None:
        self.getAxis("left").set_title(title, size_px=size_px)
        self.getAxis("bottom").set_title(steps, size_px=size_px)
