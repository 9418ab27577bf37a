"""One RoI: its level, where RoIAlign samples it, and the probabilities of all classes."""

from __future__ import annotations

from functools import partial
from math import log2
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QPushButton, QWidget

from gui import icons
from gui.detection.canvas_tools import HEAD, CanvasTools
from gui.detection.instances import Box, as_box
from gui.detection.layers.base import line_pen
from gui.detection.layers.callouts import ASKED, GIVEN, Arrow, Mark
from gui.detection.layers.score_scale import levels
from gui.detection.overlay_colors import CASING
from gui.detection.picture_context import PictureContext
from gui.detection.stages.anchors import middle_of
from gui.detection.stages.base import LIST_PX, StageView
from gui.pictures.view_transform import View
from gui.widgets.fact_table import figure, size_of, whole
from gui.widgets.probability_table import ProbabilityTable

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Selection
    from engine.detection.pipeline.trace import StageTrace
    from engine.detection.queries.anchors import RoiGrid
    from engine.detection.queries.features import HeadAnswer

CANONICAL_PX = 224  # Feature Pyramid Networks, equation 1
SAME_PLACE_PX = 8  # of the screen: clicks closer than that ask for the next below


class RoisView(StageView):
    """A proposal, by a click or of the chosen detection, or a box that the user draws."""

    def __init__(self, context: PictureContext, tools: CanvasTools, parent: QWidget) -> None:
        super().__init__(context, tools, "rois", parent)
        self._of: object = None  # the inspection that the rest belongs to
        self._row = -1  # of the selection's RoIs
        self._picked: QPointF | None = None  # where it was clicked; None where it was not
        self._drawn: Box | None = None
        self._answer: HeadAnswer | None = None
        self._grid: RoiGrid | None = None
        self.ask = QPushButton(self)
        self.ask.setObjectName("detection.stage.rois.ask.button")
        self.ask.setCheckable(True)
        icons.set_icon(self.ask, "target")
        self.text = self.note()
        self.bars = ProbabilityTable("detection.stage.rois.table", self)
        self.column.addWidget(self.ask)
        self.column.addWidget(self.text)
        self.bars.setMinimumHeight(LIST_PX)
        self.column.addWidget(self.bars, 1)
        self.ask.clicked.connect(self._arm)
        tools.changed.connect(self._show_tool)
        tools.drawn.connect(self._take_box)
        context.chosen.connect(self._follow)
        self.write()

    def leave(self) -> None:
        if self.tools.purpose == HEAD:
            self.tools.leave()
        super().leave()

    def refresh(self) -> None:
        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None or not len(selection.proposals):
            self._row, self._drawn, self._answer, self._grid = -1, None, None, None
            self._picked = None
            self.bars.fill_bars((), ())
            self.text.clear()
            self.mark()
            return
        if inspection is not self._of:
            self._of, self._row, self._drawn, self._answer = inspection, -1, None, None
            self._picked = None
        if self._drawn is not None:
            self._put()
            return
        if not 0 <= self._row < len(selection.rois):
            self._follow(self.context.pair)
        self._show()

    def pick(self, at: QPointF) -> bool:
        """Of the proposals there the best scored; at the same place again, the next."""
        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None:
            return False
        rows = selection.proposals
        boxes = inspection.trace.to_picture(selection.rois.boxes[rows])
        point = (at.x(), at.y())
        here = rows[(boxes[:, :2] <= point).all(1) & (boxes[:, 2:] >= point).all(1)]
        if not len(here):
            return True
        # By their best class: what is background to the head comes last.
        here = here[numpy.argsort(-selection.rois.pair_scores[here, 1:].max(1), kind="stable")]
        again = self._picked is not None and self._row in here and self._near(self._picked, at)
        place = here.tolist().index(self._row) + 1 if again else 0
        self._row, self._drawn, self._answer = int(here[place % len(here)]), None, None
        self._picked = at
        self._show()
        self.item_changed.emit()
        return True

    def _near(self, one: QPointF, other: QPointF) -> bool:
        """Whether two picture points are one place to the hand."""
        view = self.context.canvas.view()
        apart = view.point(one.x(), one.y()) - view.point(other.x(), other.y())
        return apart.manhattanLength() <= SAME_PLACE_PX

    def item(self) -> str:
        if self._drawn is not None:
            return self.tr("your proposal")
        if self._picked is None or self._row < 0:
            return ""
        return self.tr("RoI {number}").format(number=whole(self._row + 1))

    def forget_item(self) -> None:
        self._picked = None
        self._follow(self.context.pair)
        self._show()
        self.item_changed.emit()

    def _follow(self, pair: tuple[int, int] | None) -> None:
        """The chosen detection's proposal, else the best one."""
        selection = self.context.session.selection
        if selection is None:
            return
        self._drawn = self._answer = self._picked = None
        if pair is not None and pair[0] < len(selection.rois):
            self._row = pair[0]
        elif len(selection.proposals):
            best = selection.rois.pair_scores[selection.proposals, 1:].max(1).argmax()
            self._row = int(selection.proposals[best])

    # Ask the head

    def _arm(self) -> None:
        self.tools.toggle(HEAD)

    def _show_tool(self) -> None:
        self.ask.setChecked(self.tools.purpose == HEAD)

    def _take_box(self, purpose: str, rect: QRectF) -> None:
        if purpose == HEAD and self.front:
            self._drawn = (rect.left(), rect.top(), rect.right(), rect.bottom())
            self._answer = self._grid = None
            self._put()
            self.item_changed.emit()

    def _put(self) -> None:
        from engine.detection.queries.features import ask_head

        assert self._drawn is not None
        boxes = numpy.array([self._drawn], numpy.float32)
        self.context.ask(self.name, partial(ask_head, boxes=boxes), self._take)
        self._draw()

    def _take(self, answer: HeadAnswer) -> None:
        self._answer = answer
        self._show()

    # What is seen

    def _show(self) -> None:
        from engine.detection.queries.anchors import roi_grid

        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None or not self.front:
            return
        trace, names = inspection.trace, inspection.model.classes
        if self._answer is not None:
            box = trace.from_picture(self._answer.boxes[0])
            level, probs = int(self._answer.roi_level[0]), self._answer.class_probs[0]
        elif 0 <= self._row < len(selection.rois):
            box, level = selection.rois.boxes[self._row], int(selection.rois.roi_level[self._row])
            probs = selection.rois.pair_scores[self._row]
        else:
            return
        self._grid = roi_grid(trace, box, level)
        width, height = float(box[2] - box[0]), float(box[3] - box[1])
        side = max(width * height, 1e-6) ** 0.5
        text = self.tr(
            "{size} px; in the network's pixels √(w·h) = {side}: 4 + log₂({side} / 224) = {exact},"
            " {level}, stride {stride}"
        )
        self.text.setText(
            text.format(
                size=size_of(trace.to_picture(box)),
                side=figure(side, 1),
                exact=figure(4 + log2(side / CANONICAL_PX)),
                level=levels(trace)[level].name,
                stride=whole(self._grid.stride),
            )
        )
        self.bars.fill_bars((self.tr("background"), *names), probs)
        self._draw()

    def _draw(self) -> None:
        inspection, selection = self.context.inspection, self.context.session.selection
        if inspection is None or selection is None:
            return
        marks: list[Mark] = []
        arrows: list[Arrow] = []
        if self._drawn is not None:
            marks.append(Mark(self._drawn, self.tr("your proposal"), ASKED, dashed=True))
            answer = self._answer
            if answer is not None:
                label = int(answer.label[0])
                refined = as_box(answer.refined[0, label])
                name = inspection.model.class_name(label)
                marks.append(Mark(refined, f"{name} {figure(answer.score[0])}", GIVEN, width=3))
                arrows.append(Arrow(middle_of(self._drawn), middle_of(refined), GIVEN))
        elif 0 <= self._row < len(selection.rois):
            rois, trace = selection.rois, inspection.trace
            label = int(rois.pair_scores[self._row, 1:].argmax()) + 1
            box = as_box(trace.to_picture(rois.boxes[self._row]))
            refined = as_box(trace.to_picture(rois.pair_boxes[self._row, label]))
            name = inspection.model.class_name(label)
            score = figure(rois.pair_scores[self._row, label])
            marks = [
                Mark(box, self.tr("RoI {number}").format(number=whole(self._row + 1)), ASKED),
                Mark(refined, f"{name} {score}", GIVEN, dashed=True),
            ]
        self.mark(marks, arrows)

    def paint(self, painter: QPainter, view: View) -> None:
        grid = self._grid
        if grid is None:
            return
        painter.setOpacity(1.0)
        (x0, x1), (y0, y1) = grid.edges_x[[0, -1]].tolist(), grid.edges_y[[0, -1]].tolist()
        for color, width in ((CASING, 3.0), (QColor(*ASKED), 1.0)):
            painter.setPen(line_pen(color, width))
            for x in grid.edges_x.tolist():
                painter.drawLine(view.point(x, y0), view.point(x, y1))
            for y in grid.edges_y.tolist():
                painter.drawLine(view.point(x0, y), view.point(x1, y))
        points = [view.point(x, y) for x, y in grid.points.reshape(-1, 2).tolist()]
        for color, width in ((CASING, 5.0), (QColor(*GIVEN), 3.0)):
            painter.setPen(line_pen(color, width))
            painter.drawPoints(points)

    def write(self) -> None:
        self.ask.setText(self.tr("Ask the head: draw any box"))
        self.ask.setToolTip(
            self.tr("Your box as a proposal for the head: this is Fast R-CNN (Q; Esc leaves)")
        )
        self.bars.setAccessibleName(self.tr("Class probabilities"))
        self.bars.setToolTip(self.tr("What the head says of this RoI, the most likely first"))


def count_rois(trace: StageTrace | None, selection: Selection | None) -> int | None:
    """How many proposals the head is asked about."""
    return None if selection is None else len(selection.proposals)
