"""What the labels are like, and anchor sizes made for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.number_text import write
from gui.plots.heat_map import HeatMap
from gui.plots.histogram import Histogram
from gui.widgets.dialogs.layout import quiet_button
from gui.widgets.fact_table import FactTable

if TYPE_CHECKING:
    from engine.training.data_check.anchor_sizes import AnchorProposal
    from engine.training.data_check.check import DataReport


class StatisticsPage(QWidget):
    """Objects a class, sizes against the pyramid's levels, boxes a picture, positions.

    Signals:
        anchors_wanted: propose sizes.
        anchors_adopted: sizes to train with, a tuple; empty for the model's own.
    """

    anchors_wanted = Signal()
    anchors_adopted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: DataReport | None = None
        self._proposal: AnchorProposal | None = None
        self.classes = FactTable("training.check.classes.table", 2, self, titled=True)
        self.levels = FactTable("training.check.levels.table", 3, self, titled=True)
        for table in (self.classes, self.levels):
            table.stretch(0)
        self.sizes = Histogram(self, log_x=True)
        self.counts = Histogram(self)
        self.heat = HeatMap(self)
        for name, plot in (("sizes", self.sizes), ("counts", self.counts), ("heat", self.heat)):
            plot.setObjectName(f"training.check.{name}.plot")
        self.anchors = QLabel(self)
        self.anchors.setObjectName("training.check.anchors.label")
        self.anchors.setWordWrap(True)
        self.propose = quiet_button("training.check.propose", self)
        self.adopt = quiet_button("training.check.adopt", self)
        self.own = quiet_button("training.check.own", self)
        self._lay_out()
        self.propose.clicked.connect(self.anchors_wanted)
        self.adopt.clicked.connect(self._adopt)
        self.own.clicked.connect(self._keep_own)
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.MARGIN)
        grid.addWidget(self.classes, 0, 0)
        grid.addWidget(self.counts, 0, 1)
        grid.addWidget(self.heat, 0, 2)
        grid.addWidget(self.levels, 1, 0)
        grid.addWidget(self.sizes, 1, 1, 1, 2)
        for column, stretch in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, stretch)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.anchors, 1)
        for button in (self.propose, self.adopt, self.own):
            row.addWidget(button)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, theme.GAP, 0, 0)
        column_.setSpacing(theme.MARGIN)
        column_.addLayout(grid, 1)
        column_.addLayout(row)

    def set_report(self, report: DataReport | None) -> None:
        """Show the labels of another check; None while there is none."""
        self._report, self._proposal = report, None
        self._fill()

    def set_proposal(self, proposal: AnchorProposal) -> None:
        """Show anchor sizes, and what they gain."""
        self._proposal = proposal
        self._fill()

    def _fill(self) -> None:
        report, number = self._report, QLocale()
        self.propose.setEnabled(report is not None and report.objects > 0)
        self.adopt.setEnabled(self._proposal is not None and self._proposal.better)
        self.own.setEnabled(report is not None)
        self._write_anchors()
        if report is None:
            return
        told = report.statistics
        self.classes.fill(
            [
                (name, number.toString(int(count)))
                for name, count in zip(told.classes, told.objects, strict=True)
            ]
        )
        levels = zip(told.anchor_sizes, told.level_counts, strict=True)
        self.levels.fill(
            [
                (number.toString(level + 1), write(size), number.toString(int(count)))
                for level, (size, count) in enumerate(levels)
            ]
        )
        proposed = () if self._proposal is None else self._proposal.sizes
        self.sizes.set_counts(told.size_edges, told.size_counts, told.anchor_sizes, proposed)
        edges = np.arange(len(told.boxes_a_picture) + 1, dtype=np.float64) - 0.5
        self.counts.set_counts(edges, told.boxes_a_picture)
        self.heat.set_values(told.heat)

    def _write_anchors(self) -> None:
        report, proposal = self._report, self._proposal
        if report is None:
            self.anchors.setText("")
            return
        if proposal is None:
            text = self.tr("Anchor sizes, one a level: {sizes}.").format(
                sizes=_listed(report.statistics.anchor_sizes)
            )
        else:
            text = self.tr(
                "Now {current}: {before} % of the objects have an anchor with IoU ≥ {iou}."
                " Proposed {sizes}: {after} %."
            ).format(
                current=_listed(proposal.current),
                before=write(100 * proposal.before, digits=3),
                iou=write(proposal.threshold),
                sizes=_listed(proposal.sizes),
                after=write(100 * proposal.after, digits=3),
            )
            if not proposal.better:
                text += " " + self.tr("No better sizes were found.")
        if report.trained_rpn:
            text += " " + self.tr(
                "The trained RPN that this training starts from knows its own sizes: with others it"
                " cannot be taken over and begins anew."
            )
        self.anchors.setText(text)

    def _adopt(self) -> None:
        if self._proposal is not None:
            self.anchors_adopted.emit(self._proposal.sizes)

    def _keep_own(self) -> None:
        self.anchors_adopted.emit(())

    def retranslate(self) -> None:
        self.classes.setHorizontalHeaderLabels([self.tr("Class"), self.tr("Objects")])
        self.classes.setAccessibleName(self.tr("Objects of each class"))
        self.levels.setHorizontalHeaderLabels(
            [self.tr("Level"), self.tr("Anchor, px"), self.tr("Objects")]
        )
        self.levels.setAccessibleName(self.tr("Objects whose best anchor lies on each level"))
        self.levels.setToolTip(self.tr("Objects by the pyramid's level of their best anchor"))
        self.sizes.set_titles(
            x=self.tr("Size to the net: square root of the area, px; lines: anchors"),
            y=self.tr("Objects"),
        )
        self.counts.set_titles(x=self.tr("Boxes a picture"), y=self.tr("Pictures"))
        self.heat.set_titles(x=self.tr("Middles of the boxes: x / width"), y=self.tr("y / height"))
        self.propose.setText(self.tr("Propose Anchor Sizes"))
        self.propose.setToolTip(self.tr("Cluster the sizes of the boxes by k-means"))
        self.adopt.setText(self.tr("Adopt"))
        self.adopt.setToolTip(self.tr("Train with the proposed sizes"))
        self.own.setText(self.tr("Keep the Model's"))
        self.own.setToolTip(self.tr("Train with the model's own sizes"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _listed(sizes: Sequence[float]) -> str:
    return ", ".join(write(float(size)) for size in sizes)
