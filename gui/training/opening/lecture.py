"""The lecture mode: the pages alone, with type that grows with the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from gui.lecture.sizes import of_hall
from gui.plots.plot_widget import Plot
from gui.training.run_pages import RunPages
from gui.widgets.scene_caption import Caption

TYPE_PX, PLOT_SCALE = 17, 1.4  # in a window of the usual width
# Figures beside swatches keep the size that their columns are made for.
LARGE = """
QLabel, QTableView, QHeaderView, QComboBox {{ font-size: {size}px; }}
QLabel[role="figure"] {{ font-size: 11px; }}
"""


class LectureController(QObject):
    """Puts form and runs away, and makes labels, axes and the equation larger."""

    def __init__(
        self, pages: RunPages, caption: Caption, put_away: Sequence[QWidget], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._pages, self._caption, self._put_away = pages, caption, tuple(put_away)
        self._shown = False
        self._scale = 0.0
        pages.installEventFilter(self)

    def set_shown(self, shown: bool) -> None:
        self._shown = shown
        for widget in self._put_away:
            widget.setVisible(not shown)
        self._caption.put_away(shown)
        self._fit()

    def _fit(self) -> None:
        scale = of_hall(self._pages) if self._shown else 0.0
        if scale == self._scale:
            return
        self._scale = scale
        self._pages.setStyleSheet(LARGE.format(size=round(TYPE_PX * scale)) if scale else "")
        large = max(PLOT_SCALE * scale, 1.0)
        _ = self._pages.evaluation.views  # built by now, so that they are larger, too
        self._pages.curves.equation.set_scale(large)
        for plot in self._pages.findChildren(Plot):
            plot.set_scale(large)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._shown:
            self._fit()
        return super().eventFilter(watched, event)
