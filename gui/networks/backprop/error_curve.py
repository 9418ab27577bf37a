"""The error over the updates; a press or drag jumps to an update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.plots.growing_series import GrowingPoints, logarithm
from gui.plots.polylines import Stroke
from gui.racing.axes.plot import Curve

MANY = 10.0  # times the least error: from here on the axis is logarithmic
NUMBER_PX, TITLE_PX, WIDTH_PX = 11, 12, 1.8


class ErrorCurve(pg.GraphicsLayoutWidget):
    """E of all examples before each update and after the last, with a cursor.

    Signals:
        update_wanted: the number of updates after which the net should be seen.
    """

    update_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networks.backprop.error.curve")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.GraphicsLayoutWidget.Shape.NoFrame)
        self.setMinimumHeight(90)
        self._scale = 1.0
        self._total = 1
        self._logarithmic = False
        self._errors: tuple[float, ...] = ()
        self.plot = Curve()
        self.ci.layout.setContentsMargins(4, 6, 8, 0)
        self.addItem(self.plot, 0, 0)
        self.plot.setRange(xRange=(0, 1), yRange=(-1, 1), padding=0)
        self.plot.box.pointed.connect(self._on_pointed)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def show_errors(self, errors: Sequence[float], total: int) -> None:
        """Draw what is known.

        Args:
            errors: before each update and after the last one that is computed.
            total: updates of the whole training.
        """
        errors = tuple(errors)
        continued = errors[: len(self._errors)] == self._errors and total == self._total
        self._errors, self._total = errors, max(1, total)
        known = np.array(errors, dtype=np.float64)
        logarithmic = wants_logarithm(known)
        if logarithmic != self._logarithmic:
            self._logarithmic = logarithmic
            self.plot.getAxis("left").setLogMode(x=False, y=logarithmic)
            self.retranslate()
            continued = False
        points = GrowingPoints(1)
        if len(known):
            points.extend((logarithm(known) if logarithmic else known)[None])
        if not continued:
            self._restroke()
        self.plot.setXRange(0, self._total, padding=0)
        self.plot.setYRange(*points.range(logarithmic=logarithmic), padding=0)
        self.plot.lines.show_lines(points.lines(), points.count)

    def set_cursor(self, updates: float) -> None:
        """How many updates are done in the net that is shown, the one under way by its part."""
        self.plot.cursor.setValue(updates)

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        self.setBackground(theme.current().color("panel"))
        self.ci.layout.setContentsMargins(4, round(6 * self._scale), 8, 0)
        self._restroke()
        self.plot.restyle(size_px=round(NUMBER_PX * self._scale))
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Error over the updates"))
        self.setToolTip(
            self.tr("E, the mean over all examples. Press or drag to jump to an update")
        )
        title = self.tr("E, log") if self._logarithmic else "E"
        self.plot.name_axes(title, self.tr("update"), size_px=round(TITLE_PX * self._scale))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def inspect_state(self) -> dict[str, object]:
        """What can be read, for programs that look at the window from outside."""
        return {
            "errors": list(self._errors),
            "logarithmic": self._logarithmic,
            "cursor": float(self.plot.cursor.value()),
        }

    def _restroke(self) -> None:
        color = QColor(theme.current().series_style(0).color)
        width = WIDTH_PX * self._scale
        self.plot.lines.set_strokes([Stroke(color, width, dots=True)])

    def _on_pointed(self, place: float) -> None:
        self.update_wanted.emit(max(0, min(round(place), self._total)))


def wants_logarithm(errors: np.ndarray) -> bool:
    """Whether errors (N,) are seen better on a logarithmic axis: all above 0, far apart."""
    finite = errors[np.isfinite(errors)]
    return bool(finite.size and finite.min() > 0 and finite.max() >= MANY * finite.min())
