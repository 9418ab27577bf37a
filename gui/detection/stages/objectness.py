"""Objectness by level: the heat map over the picture, and figures of each level."""

from __future__ import annotations

import numpy
from PySide6.QtWidgets import QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.layers.base import AROUND_CURSOR
from gui.detection.layers.score_scale import levels, sigmoid
from gui.detection.picture_context import PictureContext
from gui.detection.stages.base import LIST_PX, StageView
from gui.widgets.fact_table import FactTable, figure, whole


class ObjectnessView(StageView):
    """A row for the best of all levels, then one a level; a chosen row is drawn."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "objectness", parent)
        self.table = FactTable("detection.stage.objectness.table", 4, self, titled=True)
        self.table.stretch(0)
        self.table.setMinimumHeight(LIST_PX)
        self.convention = self.note("convention")
        self.convention.setProperty("role", "muted")
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.convention)
        self.table.row_chosen.connect(self._choose)
        self.write()

    def refresh(self) -> None:
        inspection = self.context.inspection
        if inspection is None:
            self.table.fill(())
            return
        trace = inspection.trace
        rows = [("", trace.objectness), *self._levels()]
        lines = []
        for name, logits in rows:
            title = name or self.tr("best of all")
            best = figure(sigmoid(logits.max()), 3)
            lines.append((title, whole(len(logits)), best, whole(int((logits > 0).sum()))))
        self.table.fill(lines)
        self.table.choose(self.context.layers.level + 1)

    def _levels(self) -> list[tuple[str, numpy.ndarray]]:
        inspection = self.context.inspection
        assert inspection is not None
        logits = inspection.trace.objectness
        return [
            (
                self.tr("stride {stride}").format(stride=level.stride[0]),
                logits[level.first : level.first + level.count],
            )
            for level in levels(inspection.trace)
        ]

    def _choose(self, row: int) -> None:
        self.context.layers.choose_level(AROUND_CURSOR if row <= 0 else row - 1)

    def write(self) -> None:
        self.convention.setText(
            self.tr(
                "Cells are drawn around their anchors' centres, i × stride: that is where the RPN"
                " asks. What a cell sees lies elsewhere, see Features."
            )
        )
        self.table.setAccessibleName(self.tr("Levels"))
        self.table.setToolTip(self.tr("Choose a level to see how objectlike its cells are"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Level"), self.tr("Anchors"), self.tr("Best"), self.tr("p > 0.5")]
        )
