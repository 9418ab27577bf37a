"""The colours of the map beside their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF

from engine.export.scene import records
from gui import number_text
from gui.plots.number_axis import NumberAxis

Ticks = Sequence[tuple[float, float]]


class ColorBar(pg.PlotItem):
    """A vertical strip of the map's colours with an axis of losses."""

    def __init__(self) -> None:
        super().__init__(
            axisItems={"right": NumberAxis("right"), "left": NumberAxis("left")},
            enableMenu=False,
        )
        self.setMouseEnabled(False, False)
        self.hideButtons()
        for side in ("left", "bottom", "top"):
            self.hideAxis(side)
        self.showAxis("right")
        self._axis = self.getAxis("right")
        self._axis.setStyle(tickLength=4)
        self._image = pg.ImageItem(
            np.arange(256, dtype=np.uint8).reshape(-1, 1),
            axisOrder="row-major",
            levels=(0, 255),
            lut=pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256),
        )
        self.addItem(self._image)
        self._title, self._size_px = "", 11
        self._shown = (0.0, 1.0, False)
        self._ticks: tuple[tuple[float, str], ...] = ()
        self.layout.setContentsMargins(10, 0, 0, 0)
        self.vb.setDefaultPadding(0)

    def show_range(self, low: float, high: float, *, logarithmic: bool, ticks: Ticks = ()) -> None:
        """Colours from `low` to `high`; exponents of ten when logarithmic.

        Args:
            ticks: place and number of each, where the scale is another.
        """
        self._shown = (low, high, logarithmic)
        self._ticks = tuple((place, number_text.write(value, digits=3)) for place, value in ticks)
        self._axis.setTicks([list(self._ticks)] if ticks else None)
        self._axis.setLogMode(x=False, y=logarithmic)
        self._image.setRect(QRectF(0, low, 1, high - low))
        self.setRange(xRange=(0, 1), yRange=(low, high), padding=0)

    def set_title(self, title: str) -> None:
        if title != self._title:
            self._title = title
            self._axis.set_title(title, size_px=self._size_px + 1)

    def describe(self) -> records.ColorBar | None:
        """What it says, for exports; None while it is not seen."""
        low, high, logarithmic = self._shown
        if not self.isVisible():
            return None
        return records.ColorBar(self._title, low, high, logarithmic, self._ticks)

    def restyle(self, *, size_px: int = 11) -> None:
        self._size_px = size_px
        self._axis.restyle(size_px=size_px)
        self._axis.set_title(self._title, size_px=size_px + 1)
