"""Proposals before and after each filter of the RPN, coloured by objectness."""

from __future__ import annotations

import numpy
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gui import theme
from gui.detection.canvas_tools import CanvasTools
from gui.detection.layers.dropped import DroppedBoxesLayer
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import LIST_PX, StageView
from gui.detector.gate_names import GATES
from gui.pictures.view_transform import View
from gui.widgets.fact_table import FactTable, whole

RPN_GATES = ("level_top_n", "size", "rpn_score", "rpn_nms", "post_nms_top_n")
DRAWN = (30, 60, 150, 500)


class ProposalsView(StageView):
    """A row for all decoded boxes, then one a filter: what it let through, what it dropped."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "proposals", parent)
        self._layer = DroppedBoxesLayer(context.layer.font)
        self._gate = len(RPN_GATES)
        self.which = QComboBox(self)
        self.which.setObjectName("detection.stage.proposals.which.combo")
        self.count = QComboBox(self)
        self.count.setObjectName("detection.stage.proposals.count.combo")
        self.table = FactTable("detection.stage.proposals.table", 3, self, titled=True)
        self.table.stretch(0)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.which, 1)
        row.addWidget(self.count)
        self.column.addLayout(row)
        self.table.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.table, 1)
        for combo in (self.which, self.count):
            combo.activated.connect(self._draw)
        self.which.activated.connect(self.item_changed)
        self.table.row_chosen.connect(self.choose_gate)
        self.write()
        self.count.setCurrentIndex(1)

    def refresh(self) -> None:
        selection = self.context.session.selection
        if selection is None:
            self.table.fill(())
            return
        left = len(selection.fate)
        lines = [(self.tr("All decoded boxes"), whole(left), "")]
        for code, gate in enumerate(RPN_GATES):
            ended = int((selection.fate == code).sum())
            left -= ended
            name = QCoreApplication.translate("funnel", GATES[gate][0])
            lines.append((name, whole(left), f"−{whole(ended)}" if ended else ""))
        self.table.fill(lines)
        self.table.choose(self._gate)
        self._draw()

    def show_gate(self, gate: int) -> None:
        self.choose_gate(gate + 1, dropped=True)

    def choose_gate(self, row: int, *, dropped: bool | None = None) -> None:
        """Draw what is left after a filter; row 0 is before the first.

        Args:
            dropped: draw what ended at it; None leaves that choice as it is.
        """
        self._gate = max(row, 0)
        if dropped is not None:
            self.which.setCurrentIndex(int(dropped))
        self.table.choose(self._gate)
        self._draw()
        self.item_changed.emit()

    def item(self) -> str:
        if self._gate == 0:
            return self.tr("before the filters")
        dropped = self.which.currentIndex() == 1
        if self._gate == len(RPN_GATES) and not dropped:
            return ""
        name = QCoreApplication.translate("funnel", GATES[RPN_GATES[self._gate - 1]][0])
        text = self.tr("dropped: {filter}") if dropped else self.tr("after {filter}")
        return text.format(filter=name)

    def forget_item(self) -> None:
        self.choose_gate(len(RPN_GATES), dropped=False)

    def _draw(self) -> None:
        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None:
            return
        fate, code = selection.fate, self._gate - 1
        dropped = self.which.currentIndex() == 1
        which: numpy.ndarray = fate == code if dropped else fate > code
        self._layer.top = DRAWN[self.count.currentIndex()]
        self._layer.set_dropped(inspection.trace, which)
        self.context.canvas.update()

    def paint(self, painter: QPainter, view: View) -> None:
        self._layer.paint(painter, view)

    def write(self) -> None:
        kept, drawn = max(self.which.currentIndex(), 0), max(self.count.currentIndex(), 0)
        self.which.clear()
        self.which.addItems([self.tr("What it let through"), self.tr("What it dropped")])
        self.which.setCurrentIndex(kept)
        self.which.setAccessibleName(self.tr("Which boxes"))
        self.which.setToolTip(self.tr("Boxes after the chosen filter, or those that ended at it"))
        self.count.clear()
        for count in DRAWN:
            self.count.addItem(self.tr("Best {count}").format(count=whole(count)))
        self.count.setCurrentIndex(drawn)
        self.count.setAccessibleName(self.tr("How many are drawn"))
        self.count.setToolTip(self.tr("How many are drawn, the most objectlike first"))
        self.table.setAccessibleName(self.tr("Filters"))
        self.table.setToolTip(self.tr("Choose a filter to see the boxes before or after it"))
        self.table.setHorizontalHeaderLabels([self.tr("Filter"), self.tr("Left"), self.tr("Ended")])
