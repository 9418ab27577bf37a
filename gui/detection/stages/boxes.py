"""From proposals to boxes, and the NMS of a class: any two boxes compared under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, QSignalBlocker
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QWidget

from gui.detection.canvas_tools import CanvasTools
from gui.detection.instances import Pair, as_box
from gui.detection.layers.callouts import ASKED, GIVEN, OTHER, Arrow, Mark
from gui.detection.picture_context import PictureContext
from gui.detection.stages.anchors import middle_of
from gui.detection.stages.base import LIST_PX, StageView
from gui.widgets.fact_table import FactTable, figure, whole

if TYPE_CHECKING:
    from engine.detection.queries.nms_pair import NmsBox, NmsComparison

LISTED = 200  # pairs, the best scored


class BoxesView(StageView):
    """Arrows from proposal to box; a list of all pairs that entered the NMS; two are compared."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "boxes", parent)
        self._pairs: tuple[Pair, ...] = ()
        self._listed: tuple[object, ...] = ()  # what the list shows
        self.arrows = QCheckBox(self)
        self.arrows.setObjectName("detection.stage.boxes.arrows.check")
        self.arrows.setChecked(True)
        self.table = FactTable("detection.stage.boxes.table", 3, self, titled=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.stretch(0)
        self.comparison = self.note("court")
        self.column.addWidget(self.arrows)
        self.table.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.comparison)
        self.column.addWidget(self.table, 1)
        self.arrows.toggled.connect(self._draw)
        self.table.itemSelectionChanged.connect(self._draw)
        self.table.itemSelectionChanged.connect(self.item_changed)
        self.write()

    def refresh(self) -> None:
        from engine.detection.pipeline.selection import entered_pairs

        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None:
            self._pairs = ()
            self.table.fill(())
            return
        rows, labels = entered_pairs(selection)
        scores = selection.rois.pair_scores[rows, labels]
        order = numpy.argsort(-scores, kind="stable")[:LISTED]
        pairs = tuple(zip(rows[order].tolist(), labels[order].tolist(), strict=True))
        now = (inspection, pairs, selection.pairs)
        if now == self._listed:
            self._draw()
            return
        self._listed, self._pairs = now, pairs
        kept = set(selection.pairs)
        kept_text, lost_text = self.tr("shown"), self.tr("suppressed")
        with QSignalBlocker(self.table):
            self.table.fill(
                [
                    (
                        inspection.model.class_name(label),
                        figure(selection.rois.pair_scores[row, label], 3),
                        kept_text if (row, label) in kept else lost_text,
                    )
                    for row, label in pairs
                ]
            )
            self.table.choose(-1)
        self._draw()

    def pick(self, at: QPointF) -> bool:
        """Of the pairs there the best scored that is not compared yet joins."""
        inspection, selection = self.context.inspection, self.context.session.selection
        chosen = self._chosen()
        if inspection is None or selection is None:
            return False
        if len(chosen) >= 2:
            self.table.clearSelection()
            chosen = []
        for index, (row, label) in enumerate(self._pairs):
            x0, y0, x1, y1 = inspection.trace.to_picture(selection.rois.pair_boxes[row, label])
            if index not in chosen and x0 <= at.x() <= x1 and y0 <= at.y() <= y1:
                model = self.table.selectionModel()
                flag = model.SelectionFlag
                model.select(self.table.model().index(index, 0), flag.Select | flag.Rows)
                self.table.scrollTo(self.table.model().index(index, 0))
                break
        return True

    def item(self) -> str:
        if not self._chosen():
            return ""
        return self.tr("boxes in the court: {count}").format(count=len(self._chosen()))

    def forget_item(self) -> None:
        self.table.clearSelection()

    def _chosen(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectedIndexes()})[:2]

    def _compared(self) -> list[NmsBox]:
        from engine.detection.queries.nms_pair import box_of_pair

        inspection, selection = self.context.inspection, self.context.session.selection
        assert inspection is not None and selection is not None
        return [
            box_of_pair(inspection.trace, selection.rois, *self._pairs[row])
            for row in self._chosen()
            if row < len(self._pairs)
        ]

    def _draw(self) -> None:
        from engine.detection.queries.nms_pair import compare_boxes

        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None or not self.front:
            return
        boxes = self._compared()
        name = inspection.model.class_name
        marks = [
            Mark(as_box(p.box), f"{name(p.group)} {figure(p.score, 3)}", color, width=3)
            for p, color in zip(boxes, (GIVEN, OTHER), strict=False)
        ]
        arrows = []
        if boxes:
            for chosen, color in zip(boxes, (GIVEN, OTHER), strict=False):
                proposal = as_box(inspection.trace.to_picture(selection.rois.boxes[chosen.index]))
                marks.insert(0, Mark(proposal, dashed=True, width=1, color=color))
                head = middle_of(as_box(chosen.box))
                arrows.append(Arrow(middle_of(proposal), head, color))
        elif self.arrows.isChecked():
            for instance in self.context.session.shown:
                net = selection.rois.boxes[instance.pair[0]]
                proposal = as_box(inspection.trace.to_picture(net))
                marks.append(Mark(proposal, dashed=True, width=1, color=ASKED))
                arrows += [
                    Arrow(tail, head, instance.color)
                    for tail, head in zip(corners(proposal), corners(instance.box), strict=True)
                ]
        self.mark(marks, arrows)
        if len(boxes) == 2:
            compared = compare_boxes(inspection.trace, selection, *boxes)
            self.comparison.setText(self._describe(boxes, compared))
        else:
            self.comparison.setText(
                self.tr(
                    "NMS court: click two boxes in the picture, or choose two rows with Ctrl."
                    " Boxes that lost are in the list, too."
                )
            )

    def _describe(self, boxes: list[NmsBox], compared: NmsComparison) -> str:
        """In words: IoU, rule, result, and what other rules would give."""
        first, second = (figure(chosen.score, 3) for chosen in boxes)
        if compared.winner == 1:
            first, second = second, first
        limit = figure(compared.threshold, 3)
        lines = [
            self.tr("IoU {iou}; scores {first} and {second}.").format(
                iou=figure(compared.iou, 4), first=first, second=second
            )
        ]
        if not compared.same_group:
            lines.append(self.tr("Two classes: they never meet, both stay."))
        elif compared.suppressed:
            text = self.tr("The IoU is above {limit}: {first} suppresses {second}.")
            lines.append(text.format(limit=limit, first=first, second=second))
        else:
            lines.append(self.tr("The IoU is not above {limit}: both stay.").format(limit=limit))
        if compared.same_group:
            turning = figure(compared.turning_point, 4)
            lines.append(
                self.tr("A threshold from {turning} on keeps both.").format(turning=turning)
            )
        elif compared.suppressed_agnostic:
            lines.append(
                self.tr("NMS over all classes would suppress {second}.").format(second=second)
            )
        loser = 1 - compared.winner
        by = compared.by[loser]
        if by is not None and by.index != boxes[compared.winner].index:
            text = self.tr("In truth {second} had already lost to RoI {number}, score {score}.")
            number, score = whole(by.index + 1), figure(by.score, 3)
            lines.append(text.format(second=second, number=number, score=score))
        return " ".join(lines)

    def write(self) -> None:
        self.arrows.setText(self.tr("Arrows from the proposals"))
        self.arrows.setToolTip(self.tr("Draw how the head moved each proposal's corners"))
        self.table.setAccessibleName(self.tr("Boxes that entered the NMS"))
        self.table.setToolTip(self.tr("Choose two rows with Ctrl to bring them to court"))
        self.table.setHorizontalHeaderLabels([self.tr("Class"), self.tr("Score"), self.tr("NMS")])
        self._listed = ()


def corners(box: tuple[float, float, float, float]) -> tuple[tuple[float, float], ...]:
    """The upper left and the lower right."""
    return box[:2], box[2:]
