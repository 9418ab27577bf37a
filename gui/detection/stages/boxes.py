"""From proposals to boxes, and the NMS of a class: who suppresses whom, in court."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QWidget

from gui.detection.canvas_tools import Tools
from gui.detection.instances import Pair
from gui.detection.layers.callouts import ASKED, GIVEN, RIVAL, Arrow, Mark
from gui.detection.picture_context import PictureContext
from gui.detection.provenance.animation import as_box
from gui.detection.stages.anchors import middle_of
from gui.detection.stages.base import LIST_PX, StageView
from gui.widgets.fact_table import FactTable, figure, whole

if TYPE_CHECKING:
    from engine.detection.queries.nms_pair import NmsBox, NmsComparison

LISTED = 200  # pairs, the best scored


class BoxesView(StageView):
    """Arrows from proposal to box; a list of all pairs that entered the NMS; two make a case."""

    def __init__(self, scope: PictureContext, tools: Tools, parent: QWidget) -> None:
        super().__init__(scope, tools, "boxes", parent)
        self._pairs: tuple[Pair, ...] = ()
        self._listed: tuple[object, ...] = ()  # what the list shows
        self.arrows = QCheckBox(self)
        self.arrows.setObjectName("detection.stage.boxes.arrows.check")
        self.arrows.setChecked(True)
        self.table = FactTable("detection.stage.boxes.table", 3, self, titled=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.stretch(0)
        self.court = self.note("court")
        self.column.addWidget(self.arrows)
        self.table.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.court)
        self.column.addWidget(self.table, 1)
        self.arrows.toggled.connect(self._draw)
        self.table.itemSelectionChanged.connect(self._draw)
        self.write()

    def refresh(self) -> None:
        from engine.detection.pipeline.selection import entered_pairs

        inspection, selection = self.scope.inspection, self.scope.session.selection
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
        self.table.blockSignals(True)
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
        self.table.blockSignals(False)
        self._draw()

    def pick(self, at: QPointF) -> bool:
        """Of the pairs there the best scored that is not in court yet joins it."""
        inspection, selection = self.scope.inspection, self.scope.session.selection
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

    def _chosen(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectedIndexes()})[:2]

    def _parties(self) -> list[NmsBox]:
        from engine.detection.queries.nms_pair import pair_party

        inspection, selection = self.scope.inspection, self.scope.session.selection
        assert inspection is not None and selection is not None
        return [
            pair_party(inspection.trace, selection.rois, *self._pairs[row])
            for row in self._chosen()
            if row < len(self._pairs)
        ]

    def _draw(self) -> None:
        from engine.detection.queries.nms_pair import compare_boxes

        inspection, selection = self.scope.inspection, self.scope.session.selection
        if inspection is None or selection is None or not self.front:
            return
        parties = self._parties()
        name = inspection.model.class_name
        marks = [
            Mark(as_box(p.box), f"{name(p.group)} {figure(p.score, 3)}", color, width=3)
            for p, color in zip(parties, (GIVEN, RIVAL), strict=False)
        ]
        arrows = []
        if parties:
            for party, color in zip(parties, (GIVEN, RIVAL), strict=False):
                proposal = as_box(inspection.trace.to_picture(selection.rois.boxes[party.index]))
                marks.insert(0, Mark(proposal, dashed=True, width=1, color=color))
                head = middle_of(as_box(party.box))
                arrows.append(Arrow(middle_of(proposal), head, color))
        elif self.arrows.isChecked():
            for instance in self.scope.session.shown:
                net = selection.rois.boxes[instance.pair[0]]
                proposal = as_box(inspection.trace.to_picture(net))
                marks.append(Mark(proposal, dashed=True, width=1, color=ASKED))
                arrows += [
                    Arrow(tail, head, instance.color)
                    for tail, head in zip(corners(proposal), corners(instance.box), strict=True)
                ]
        self.mark(marks, arrows)
        if len(parties) == 2:
            judgement = compare_boxes(inspection.trace, selection, *parties)
            self.court.setText(self._verdict(parties, judgement))
        else:
            self.court.setText(
                self.tr(
                    "NMS court: click two boxes in the picture, or choose two rows with Ctrl."
                    " Boxes that lost are in the list, too."
                )
            )

    def _verdict(self, parties: list[NmsBox], judgement: NmsComparison) -> str:
        """The case in words: IoU, rule, verdict, and what other rules would say."""
        first, second = (figure(party.score, 3) for party in parties)
        if judgement.winner == 1:
            first, second = second, first
        limit = figure(judgement.threshold, 3)
        lines = [
            self.tr("IoU {iou}; scores {first} and {second}.").format(
                iou=figure(judgement.iou, 4), first=first, second=second
            )
        ]
        if not judgement.same_group:
            lines.append(self.tr("Two classes: they never meet, both stay."))
        elif judgement.suppressed:
            text = self.tr("The IoU is above {limit}: {first} suppresses {second}.")
            lines.append(text.format(limit=limit, first=first, second=second))
        else:
            lines.append(self.tr("The IoU is not above {limit}: both stay.").format(limit=limit))
        if judgement.same_group:
            turning = figure(judgement.turning_point, 4)
            lines.append(
                self.tr("A threshold from {turning} on keeps both.").format(turning=turning)
            )
        elif judgement.suppressed_agnostic:
            lines.append(
                self.tr("NMS over all classes would suppress {second}.").format(second=second)
            )
        loser = 1 - judgement.winner
        by = judgement.by[loser]
        if by is not None and by.index != parties[judgement.winner].index:
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
