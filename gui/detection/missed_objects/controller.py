"""Where was my object lost? The asked box, the gate that failed, and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.detection.canvas_tools import LOST, CanvasTools
from gui.detection.instances import Box
from gui.detection.layers.callouts import ASKED, GIVEN, Mark
from gui.detection.missed_objects.attempts import Attempts
from gui.detection.missed_objects.head_question import HeadQuestion
from gui.detection.missed_objects.marks import (
    proof_marks,
    rival_mark,
    route_marks,
    suppressed_by,
)
from gui.detection.missed_objects.panel import MissedObjectPanel
from gui.detection.missed_objects.route_text import hardly_text, proof_text, route_text
from gui.detection.missed_objects.search import RouteSearch
from gui.detection.missed_objects.text import sentence
from gui.detection.picture_context import PictureContext
from gui.detection.side_panel import SidePanel
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.queries.missed_object import MissedObjectResult
    from engine.detection.queries.routes import Route


class MissedObjectsController(QObject):
    """Follows the object in one box through the gates.

    Attributes:
        box: what is asked, picture px; None where nothing is.
        result: what became of it.
        search: the ways back.
        count_true: how many of the boxes that a way back adds are objects of the ground
            truth, None where there is none.
    """

    def __init__(
        self, context: PictureContext, tools: CanvasTools, side: SidePanel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._tools, self._side = context, tools, side
        self.panel = MissedObjectPanel(parent)
        self.box: Box | None = None
        self.result: MissedObjectResult | None = None
        self.search = RouteSearch(context, self)
        self.head = HeadQuestion(context, self)
        self.attempts = Attempts(context, self)
        self.count_true: Callable[[Route], int | None] = _unknown
        self._front = False
        side.add("lost", self.panel, self)
        panel = self.panel
        panel.draw.clicked.connect(self._arm)
        panel.label.activated.connect(self._follow)
        panel.rival.clicked.connect(self._see_rival)
        panel.apply.clicked.connect(self._apply)
        panel.routes.changed.connect(self._point)
        panel.ask.clicked.connect(self._ask_head)
        panel.attempt_wanted.connect(self._try)
        panel.retranslated.connect(self._show)
        for answered in (self.search, self.head, self.attempts):
            answered.changed.connect(self._show)
        tools.changed.connect(self._show_tool)
        tools.drawn.connect(self._take)
        context.changed.connect(self._follow)
        context.session.inspected.connect(self._list_classes)

    def actions(self) -> list[ActionSpec]:
        """Draw a box around what was not found."""
        return [
            ActionSpec(
                "detection.lost",
                QT_TRANSLATE_NOOP("actions", "Where Was My Object &Lost?"),
                "Run",
                self.draw_box,
                "B",
                checkable=True,
                canvas_only=True,
                icon="target",
                section=20,
                checked=self.draws_box,
                enabled=self._context.session.has_result,
            )
        ]

    # The question

    def enter(self) -> None:
        """The tab came to the front."""
        self._front = True
        self.head.set_seen(True)
        self._follow()

    def leave(self) -> None:
        """Another tab is in front."""
        self._front = False
        if self.draws_box():
            self._tools.leave()
        self.search.forget()
        self.attempts.stop()
        self.head.set_seen(False)
        self._context.mark(())

    def draw_box(self, checked: bool = True) -> None:
        """Where was my object lost? Draw a box around it."""
        self._side.show_tab("lost")
        self._tools.toggle(LOST)

    def draws_box(self) -> bool:
        return self._tools.purpose == LOST

    @property
    def label(self) -> int | None:
        """The class that is asked for, from 1; None for any."""
        return self.panel.label.currentIndex() or None

    def ask(self, box: Box, label: int | None = None) -> None:
        """Follow the object in a box, picture px; its class, from 1, where it is known."""
        if label is not None:
            self.panel.label.setCurrentIndex(label)
        self.box = box
        self._follow()

    def ask_in_front(self, box: Box, label: int | None) -> None:
        """Ask, and show the answer."""
        self.ask(box, label)
        self._side.show_tab("lost")

    def _arm(self) -> None:
        self._tools.toggle(LOST)

    def _show_tool(self) -> None:
        self.panel.draw.setChecked(self.draws_box())

    def _take(self, purpose: str, rect: QRectF) -> None:
        if purpose == LOST:
            self.ask((rect.left(), rect.top(), rect.right(), rect.bottom()))

    def _list_classes(self) -> None:
        inspection = self._context.inspection
        if inspection is None:
            self.box = self.result = None
            self.search.forget()
        else:
            self.panel.set_classes(inspection.model.classes)

    # The answer

    def _follow(self) -> None:
        from engine.detection.queries.missed_object import follow_object

        inspection, selection = self._context.inspection, self._context.session.selection
        if not self._front:
            return
        self.attempts.follow(self.box, self.label)
        self.head.ask(self.box, self.label)
        if self.box is None or inspection is None or selection is None:
            self.result = None
            self.search.forget()
        elif len(selection.waiting):
            return  # the box head has yet to answer; it comes back here then
        else:
            self.result = follow_object(inspection.trace, selection, self.box, self.label)
            if self.result.detection is None:
                self.search.look(self.box, self.label)
            else:
                self.search.forget()
        self._show()

    def _routes(self) -> tuple[Route, ...]:
        verdict = self.search.verdict
        return () if verdict is None else verdict.routes

    def _apply(self) -> None:
        """Set what the chosen way back changes, all at once; of a found object show its origin."""
        session, routes = self._context.session, self._routes()
        if self.result is None:
            return
        if self.result.detection is not None:
            self._context.choose(session.shown[self.result.detection].pair)
            self._context.origin_wanted.emit()
        elif self.search.thresholds != session.limits:
            return  # a slider moved on just now: these ways lead back from where it was
        elif 0 <= self.panel.routes.chosen() < len(routes):
            session.set_together(routes[self.panel.routes.chosen()].change)

    def _see_rival(self) -> None:
        rival = self.result.rival if self.result is not None else None
        if rival is not None and self.box is not None:
            x0, y0, x1, y1 = rival["box"]
            left, top, right, bottom = self.box
            own = QRectF(left, top, right - left, bottom - top)
            self._context.canvas.show_rect(QRectF(x0, y0, x1 - x0, y1 - y0).united(own))

    def _ask_head(self, checked: bool) -> None:
        self.head.on = checked
        self.head.ask(self.box, self.label)

    def _try(self, kind: str) -> None:
        if self.attempts.running == kind:
            self.attempts.stop()
        elif self.box is not None and self._context.inspection is not None:
            self.attempts.start(kind, self.box, self.label)

    # What is seen

    def _show(self) -> None:
        inspection = self._context.inspection
        if self.result is None or inspection is None:
            self.panel.show_nothing()
        else:
            self._show_result(self.result, inspection)
        self._mark()

    def _show_result(self, result: MissedObjectResult, inspection: Inspection) -> None:
        panel, model, session = self.panel, inspection.model, self._context.session
        verdict, routes = self.search.verdict, self._routes()
        told = sentence(result, model, session.shown)
        if routes and routes[0].kind == "hardly_seen":
            told = hardly_text(routes[0], model)
        elif verdict is not None and verdict.proof is not None:
            told = proof_text(verdict.proof, model, inspection.trace, self.label)
        rival = "" if result.rival is None else suppressed_by(result.rival, model)
        panel.show_result(told, result.gates, rival[:1].upper() + rival[1:])
        panel.routes.set_texts(
            [
                route_text(route, model, session.limits, inspection.trace, self.count_true(route))
                for route in routes
            ]
        )
        if result.detection is not None:
            panel.offer(self.tr("Where does it come from?"), enabled=True, advised=True)
        elif routes:
            advised = routes[0].kind == "change"
            panel.offer(self.tr("Set the chosen change"), enabled=True, advised=advised)
        elif self.search.searching:
            panel.offer(self._progress(), enabled=False, advised=False)
        elif verdict is not None and verdict.proof is not None:
            panel.offer(self.tr("No threshold brings it back"), enabled=False, advised=False)
        else:
            panel.offer(self.tr("No way back was found"), enabled=False, advised=False)
        panel.show_attempts(self.attempts.sentences(), self.attempts.running)
        if self.head.painted is None:
            panel.head.hide()
        else:
            answer = self.head.painted.answer
            scores = dict(session.limits.class_scores)
            limit = scores.get(answer.label, session.limits.score)
            panel.head.show_answer(answer, model, result.failed, limit)

    def _progress(self) -> str:
        done, count = self.search.progress
        if not count:
            return self.tr("Looking for ways back…")
        return self.tr("Looking for ways back… {percent} %").format(percent=100 * done // count)

    def _point(self) -> None:
        """Another way back is chosen or under the mouse."""
        self._mark()

    def _mark(self) -> None:
        if self._front:
            self._context.mark(self._marks())

    def _marks(self) -> list[Mark]:
        """The asked box, who took its place, and what the way back that is looked at adds."""
        result, inspection = self.result, self._context.inspection
        if self.box is None or inspection is None:
            return []
        model, verdict, routes = inspection.model, self.search.verdict, self._routes()
        marks: list[Mark] = []
        looked_at = self.panel.routes.looked_at()
        if 0 <= looked_at < len(routes):
            marks += route_marks(routes[looked_at], model)
        if verdict is not None and verdict.proof is not None:
            marks += proof_marks(verdict.proof)
        if result is not None and result.rival is not None:
            marks.append(rival_mark(result.rival, model))
        elif result is not None and result.detection is not None:
            found = self._context.session.shown[result.detection]
            marks.append(Mark(found.box, self.tr("found"), GIVEN, width=3))
        marks += [*self.attempts.marks(), *self.head.marks()]
        return [Mark(self.box, self.tr("asked"), ASKED, dashed=True), *marks]


def _unknown(_route: Route) -> int | None:
    return None
