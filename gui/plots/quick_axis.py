"""pyqtgraph's axis, painted straight from its list of ticks."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QPainter, QPicture


class QuickAxis(pg.AxisItem):
    """An axis that keeps what it draws as lists of lines and texts.

    pyqtgraph keeps a recorded `QPicture` instead, which looks every font up anew each time
    it is played: two milliseconds an axis in a curve that grows thirty times a second.

    It also lays its label out anew for another text only: pyqtgraph does so for every change of
    the axis, twenty times before a plot is first seen.
    """

    _label_html = ""

    def __init__(self, orientation: str, **options: Any) -> None:
        super().__init__(orientation, **options)
        self.picture: QPicture | None = None
        self._specs: tuple[Any, ...] | None = None

    def _updateLabel(self) -> None:
        html = self.labelString()
        if html != self._label_html:
            self._label_html = html
            super()._updateLabel()
        self.picture = None
        self.update()

    def paint(self, p: QPainter, opt: Any, widget: Any) -> None:
        if self.picture is None:  # pyqtgraph's sign that something has changed
            if self.style["tickFont"]:
                p.setFont(self.style["tickFont"])
            self._specs = self.generateDrawSpecs(p)
            self.picture = QPicture()
        if self._specs is not None:
            self.drawPicture(p, *self._specs)
