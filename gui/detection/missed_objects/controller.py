"""Where was my object lost? The asked box, the gate that failed, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.detection.canvas_tools import LOST, CanvasTools
from gui.detection.instances import Box
from gui.detection.layers.callouts import ASKED, GIVEN, RIVAL, Mark
from gui.detection.missed_objects.panel import MissedObjectPanel
from gui.detection.missed_objects.text import rival_name, sentence
from gui.detection.picture_context import PictureContext
from gui.detection.side_panel import SidePanel
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.queries.missed_object import MissedObjectResult

ROUNDS = 12  # each takes one gate; an NMS may take several, a rival at a time


class MissedObjectsController(QObject):
    """Follows the object in one box through the gates.

    Attributes:
        box: what is asked, picture px; None where nothing is.
        result: what became of it.
    """

    def __init__(
        self, context: PictureContext, tools: CanvasTools, side: SidePanel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._tools, self._side = context, tools, side
        self.panel = MissedObjectPanel(parent)
        self.box: Box | None = None
        self.result: MissedObjectResult | None = None
        self._front = False
        self._rounds = 0  # changes that may still be applied by themselves
        self._before: Thresholds | None = None  # where the changes began
        self._tried = ""  # what they came to, when it was nothing
        side.add("lost", self.panel, self)
        self.panel.draw.clicked.connect(self._arm)
        self.panel.label.activated.connect(self._ask_again)
        self.panel.rival.clicked.connect(self._see_rival)
        self.panel.apply.clicked.connect(self._apply)
        self.panel.retranslated.connect(self._show)
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
        self._follow()

    def leave(self) -> None:
        """Another tab is in front."""
        self._front = False
        if self.draws_box():
            self._tools.leave()
        self._context.mark(())

    def draw_box(self, checked: bool = True) -> None:
        """Where was my object lost? Draw a box around it."""
        self._side.show_tab("lost")
        self._tools.toggle(LOST)

    def draws_box(self) -> bool:
        return self._tools.purpose == LOST

    def ask(self, box: Box, label: int | None = None) -> None:
        """Follow the object in a box, picture px; its class, from 1, where it is known."""
        if label is not None:
            self.panel.label.setCurrentIndex(label)
        self.box = box
        self._ask_again()

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

    def _ask_again(self) -> None:
        self._rounds, self._tried = 0, ""
        self._follow()

    def _list_classes(self) -> None:
        inspection = self._context.inspection
        if inspection is None:
            self.box = self.result = None
        else:
            self.panel.set_classes(inspection.model.classes)

    # The answer

    def _follow(self) -> None:
        from engine.detection.queries.missed_object import follow_object

        inspection, selection = self._context.inspection, self._context.session.selection
        if not self._front:
            return
        if self.box is None or inspection is None or selection is None:
            self.result = None
        elif len(selection.waiting):
            return  # the box head has yet to answer; it comes back here then
        else:
            label = self.panel.label.currentIndex() or None
            self.result = follow_object(inspection.trace, selection, self.box, label)
        result = self.result
        if result is not None and self._rounds > 0:
            if result.change:
                self._rounds -= 1
                self._context.session.change(dict(result.change))
                return
            self._end(result)
        self._show()

    def _apply(self) -> None:
        """The smallest change, and the next ones while a further gate stops it."""
        if self.result is None:
            return
        if self.result.detection is not None:
            self._context.choose(self._context.session.shown[self.result.detection].pair)
            self._context.origin_wanted.emit()
        elif self.result.change:
            self._rounds, self._before = ROUNDS, self._context.session.limits
            self._follow()

    def _end(self, result: MissedObjectResult) -> None:
        """The changes are done: it is back, or everything is set back."""
        self._rounds = 0
        inspection = self._context.inspection
        if result.detection is None and self._before is not None and inspection is not None:
            text = self.tr("Tried in vain, and set back: {sentence}")
            shown = self._context.session.shown
            self._tried = text.format(sentence=sentence(result, inspection.model, shown))
            self._context.session.set_limits(self._before)

    def _see_rival(self) -> None:
        rival = self.result.rival if self.result is not None else None
        if rival is not None and self.box is not None:
            x0, y0, x1, y1 = rival["box"]
            left, top, right, bottom = self.box
            own = QRectF(left, top, right - left, bottom - top)
            self._context.canvas.show_rect(QRectF(x0, y0, x1 - x0, y1 - y0).united(own))

    # What is seen

    def _show(self) -> None:
        result, inspection = self.result, self._context.inspection
        if result is None or inspection is None:
            self.panel.show_nothing()
        else:
            shown = self._context.session.shown
            self.panel.show_result(result, inspection.model, shown, tried=self._tried)
        if self._front:
            self._context.mark(self._marks())

    def _marks(self) -> list[Mark]:
        """The asked box, and the one that took its place or was found."""
        result, inspection = self.result, self._context.inspection
        if self.box is None:
            return []
        marks = [Mark(self.box, self.tr("asked"), ASKED, dashed=True)]
        if result is not None and inspection is not None and result.rival is not None:
            x0, y0, x1, y1 = result.rival["box"]
            name = rival_name(result.rival, inspection.model)
            marks.append(Mark((x0, y0, x1, y1), name, RIVAL, width=3))
        elif result is not None and result.detection is not None:
            found = self._context.session.shown[result.detection]
            marks.append(Mark(found.box, self.tr("found"), GIVEN, width=3))
        return marks
