"""Precision over recall, a curve a class, with the AP beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui import theme
from gui.number_text import write_metric
from gui.plots.plot_widget import Plot, line_pen
from gui.widgets.fact_table import FactTable

if TYPE_CHECKING:
    from engine.detection.survey.records import Survey

MOST = 8  # curves: a ninth could not be told apart


class PrCurvesView(QWidget):
    """The curves of the classes with most objects, and every class's AP."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._survey: Survey | None = None
        self.plot = Plot(self)
        self.plot.setObjectName("detection.survey.curves.plot")
        self.plot.setXRange(0, 1, padding=0.02)
        self.plot.setYRange(0, 1, padding=0.02)
        self.table = FactTable("detection.survey.curves.table", 4, self, titled=True)
        self.table.stretch(1)
        self.table.setFixedWidth(250)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.table)
        self.retranslate()

    def set_survey(self, survey: Survey) -> None:
        """Show another survey."""
        self._survey = survey
        self.refresh()

    def refresh(self) -> None:
        """Draw anew."""
        if self._survey is None:
            return
        self._title()
        number, survey = QLocale(), self._survey
        ordered = sorted(survey.curves.items(), key=lambda item: -item[1].objects)
        self.plot.clear()
        rows: list[tuple[str, str, str, str]] = []
        for index, (name, curve) in enumerate(ordered):
            if index < MOST:
                look = theme.current().series_style(index)
                item = pyqtgraph.PlotDataItem(
                    curve.recall, curve.precision, pen=line_pen(look.color, dash=look.dash)
                )
                self.plot.addItem(item)
            rows.append(
                (
                    "",
                    name,
                    number.toString(curve.objects),
                    write_metric(curve.average),
                )
            )
        self.table.fill(rows, numbers_from=2)
        for index in range(min(len(rows), MOST)):
            color = QColor(theme.current().series_style(index).color)
            self.table.mark_cell(index, 0, (color.red(), color.green(), color.blue()))

    def _title(self) -> None:
        """The averages are at one IoU, so they are not COCO's AP."""
        from engine.detection.survey.records import average_name

        iou = 0.5 if self._survey is None else self._survey.spec.iou
        self.table.setHorizontalHeaderLabels(
            ["", self.tr("Class"), self.tr("Objects"), average_name(iou)]
        )

    def retranslate(self) -> None:
        self.plot.set_titles(x=self.tr("recall"), y=self.tr("precision"))
        self.plot.setAccessibleName(self.tr("Precision and recall"))
        self._title()
        self.table.setAccessibleName(self.tr("Classes"))
        self.table.setToolTip(
            self.tr("The average precision at the survey's IoU, of every box of the model")
        )
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)
