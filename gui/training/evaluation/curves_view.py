"""Precision over recall, a curve a class; of a chosen class also the score at each point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.number_text import write, write_metric
from gui.plots.plot_widget import Plot, faint, line_pen
from gui.training.evaluation.kinds import KINDS, kind_title
from gui.widgets.fact_table import FactTable

MOST = 8  # curves: a ninth could not be told apart
FAINT = 0.25
WHICH = ("AP50", "AP75", "AP")  # what a curve is of, by COCO's names


class CurvesView(QWidget):
    """The classes with most objects and their mean; every class in the table.

    A class that is chosen there is drawn alone before the others, with its score and the point
    of its best F1; the first row is the mean of all.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: Mapping[str, Any] = {}
        self._names: list[str] = []
        self._chosen = ""
        self.kind, self.which = QComboBox(self), QComboBox(self)
        self.kind.setObjectName("training.evaluation.kind.combo")
        self.which.setObjectName("training.evaluation.iou.combo")
        self.which.addItems(["", "", ""])
        for row, name in enumerate(WHICH):
            self.which.setItemData(row, name)
        self.words = QLabel(self)
        self.words.setObjectName("training.evaluation.curves.label")
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.plot = Plot(self)
        self.plot.setObjectName("training.evaluation.curves.plot")
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.getPlotItem().setRange(xRange=(0, 1), yRange=(0, 1.05), padding=0.04)
        self.table = FactTable("training.evaluation.curves.table", 6, self, titled=True)
        self.table.stretch(1)
        row_layout = QHBoxLayout()
        row_layout.setSpacing(theme.GAP)
        row_layout.addWidget(self.kind)
        row_layout.addWidget(self.which)
        row_layout.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addLayout(row_layout)
        layout.addWidget(self.plot, 3)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 2)
        self.kind.activated.connect(self.refresh)
        self.which.activated.connect(self.refresh)
        self.table.row_chosen.connect(self._choose)
        theme.notifier().changed.connect(self.refresh)
        self.retranslate()

    def set_report(self, report: Mapping[str, Any]) -> None:
        """Show another report."""
        self._report = report
        self._fill_kinds()
        self.refresh()

    def shown(self) -> dict[str, Any]:
        """The curves of the kind that is chosen; empty without a report."""
        curves: dict[str, Any] = self._report.get("curves", {}).get(self.kind.currentData(), {})
        return curves

    def refresh(self) -> None:
        """Draw anew."""
        self.plot.clear()
        curves = self.shown()
        if not curves:
            return
        which = self.which.currentData()
        ordered = sorted(curves["classes"].items(), key=lambda item: -item[1]["objects"])
        self._names = ["", *(name for name, _ in ordered)]
        if self._chosen not in self._names:
            self._chosen = ""
        for index, (name, told) in enumerate(ordered[:MOST]):
            if name != self._chosen:
                self._draw(index, told[which], strong=not self._chosen, recall=curves["recall"])
        if self._chosen:
            index = self._names.index(self._chosen) - 1
            told = curves["classes"][self._chosen]
            self._draw(index, told[which], strong=True, recall=curves["recall"], alone=True)
        elif len(ordered) > 1:
            mean = pg.PlotDataItem(
                curves["recall"],
                curves["mean"][which]["precision"],
                pen=line_pen(theme.current().text, width=2.5),
            )
            self.plot.addItem(mean)
        self._fill_table(curves, ordered, which)
        self._write(curves, which)

    def _draw(
        self,
        index: int,
        curve: Mapping[str, Any],
        *,
        strong: bool,
        recall: list[float],
        alone: bool = False,
    ) -> None:
        look = theme.current().series_style(index)
        color = QColor(look.color) if strong else faint(look.color, FAINT)
        pen = line_pen(color, width=2.5 if alone else 1.5, dash=() if alone else look.dash)
        self.plot.addItem(pg.PlotDataItem(recall, curve["precision"], pen=pen))
        if not alone or "score" not in curve:
            return
        muted = theme.current().muted
        reached = [score > 0 for score in curve["score"]]
        points = [
            (at, score) for at, score, is_there in zip(recall, curve["score"], reached, strict=True)
            if is_there
        ]  # fmt: skip
        if points:
            self.plot.addItem(
                pg.PlotDataItem(*zip(*points, strict=True), pen=line_pen(muted, dash=(2, 3)))
            )
        best = curve["best"]
        if best["f1"] > 0:
            place = [best["recall"]], [best["precision"]]
            self.plot.addItem(
                pg.PlotDataItem(
                    *place, pen=None, symbol="o", symbolSize=9, symbolBrush=color, symbolPen=None
                )
            )

    def _fill_table(
        self, curves: Mapping[str, Any], ordered: list[tuple[str, Any]], which: str
    ) -> None:
        number = QLocale()
        objects = sum(told["objects"] for _, told in ordered)
        mean = curves["mean"].get(which, {"AP": -1.0})
        rows = [
            ("", self.tr("mean of all"), number.toString(objects), write_metric(mean["AP"]), "", "")
        ]
        for name, told in ordered:
            curve = told[which]
            best = curve.get("best")
            rows.append(
                (
                    "",
                    name,
                    number.toString(told["objects"]),
                    write_metric(curve["AP"]),
                    "" if best is None else write_metric(best["f1"]),
                    "" if best is None else write(best["score"], digits=2),
                )
            )
        self.table.fill(rows, numbers_from=2)
        colors = [theme.current().text]
        colors += [theme.current().series_style(index).color for index in range(MOST)]
        for row, color in enumerate(colors[: len(rows)]):
            shade = QColor(color)
            self.table.mark_cell(row, 0, (shade.red(), shade.green(), shade.blue()))
        self.table.choose(self._names.index(self._chosen))

    def _write(self, curves: Mapping[str, Any], which: str) -> None:
        if not self._chosen:
            text = self.tr("Choose a class to see its score at each point and its best F1.")
        else:
            best = curves["classes"][self._chosen][which].get("best")
            if best is None:
                text = self.tr(
                    "{name}: the mean of ten curves, IoU .50 to .95, has no score of its own."
                ).format(name=self._chosen)
            else:
                text = self.tr(
                    "{name}: the best F1, {f1}, is at score {score} (dotted): precision"
                    " {precision}, recall {recall}."
                ).format(
                    name=self._chosen,
                    f1=write_metric(best["f1"]),
                    score=write(best["score"], digits=2),
                    precision=write_metric(best["precision"]),
                    recall=write_metric(best["recall"]),
                )
        self.words.setText(text)

    def _choose(self, row: int) -> None:
        self._chosen = self._names[row] if 0 <= row < len(self._names) else ""
        self.refresh()

    def _fill_kinds(self) -> None:
        kept = self.kind.currentData()
        self.kind.clear()
        for kind in KINDS:
            if kind in self._report.get("curves", {}):
                self.kind.addItem(kind_title(kind), kind)
        self.kind.setCurrentIndex(max(self.kind.findData(kept), 0))

    def retranslate(self) -> None:
        for row, text in enumerate(
            (self.tr("IoU .50"), self.tr("IoU .75"), self.tr("mean of IoU .50 to .95"))
        ):
            self.which.setItemText(row, text)
        self.kind.setAccessibleName(self.tr("Kind"))
        self.kind.setToolTip(self.tr("What is matched: boxes, masks or keypoints"))
        self.which.setAccessibleName(self.tr("IoU"))
        self.which.setToolTip(self.tr("From which overlap on an object counts as found"))
        self.plot.set_titles(x=self.tr("recall"), y=self.tr("precision"))
        self.plot.setAccessibleName(self.tr("Precision and recall"))
        self.table.title(
            ["", self.tr("Class"), self.tr("Objects"), self.tr("AP"), self.tr("F1"),
             self.tr("at score")],
            numbers_from=2,
        )  # fmt: skip
        self.table.setAccessibleName(self.tr("Classes"))
        self.table.setToolTip(self.tr("Choose a class to see its curve"))
        self._fill_kinds()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
