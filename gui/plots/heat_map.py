"""A table of shares as colours, row 0 at the top, as a picture lies."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from gui.plots.plot_widget import Plot


class HeatMap(Plot):
    """Shows (rows, columns) values from 0 to the largest; both sides run from 0 to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: NDArray[np.float64] = np.zeros((0, 0))
        self._image = pg.ImageItem(axisOrder="row-major")
        self.addItem(self._image)
        self.setMouseEnabled(x=False, y=False)
        self.getPlotItem().invertY(True)
        self.getPlotItem().showGrid(x=False, y=False)
        self.getPlotItem().setAspectLocked(False)

    @property
    def values(self) -> NDArray[np.float64]:
        """What is shown."""
        return self._values

    def set_values(self, values: NDArray[np.float64]) -> None:
        """Show another table."""
        self._values = values
        table = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256)
        most = float(values.max()) if values.size else 0.0
        shares = values / most if most > 0 else values
        self._image.setImage(table[(shares * 255).astype(np.intp)], levels=(0, 255))
        self._image.setRect(QRectF(0, 0, 1, 1))
        self.getPlotItem().setRange(xRange=(0, 1), yRange=(0, 1), padding=0)
