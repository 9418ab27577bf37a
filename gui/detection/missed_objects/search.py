"""The search for ways back, as a job of the inference lane; what was found is remembered."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.detection.instances import Box
from gui.detection.picture_context import PictureContext

if TYPE_CHECKING:
    from collections.abc import Hashable

    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.queries.routes import Verdict

KEY = "lost.search"
KEPT = 8  # so that undo and redo show again at once what was found


class RouteSearch(QObject):
    """Searches for the object that is asked for, at the thresholds of now.

    Signals:
        changed: a verdict is there, or more of the head's answers.

    Attributes:
        verdict: of the newest question; None while it is searched for.
        searching: whether it is.
        thresholds: at which it is asked; None where nothing is.
    """

    changed = Signal()

    def __init__(self, context: PictureContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.verdict: Verdict | None = None
        self.searching = False
        self.thresholds: Thresholds | None = None
        self.progress = (0, 0)  # boxes that the head answered for, of how many
        self._question: Hashable = None
        self._known: OrderedDict[Hashable, Verdict] = OrderedDict()
        context.failed.connect(self._end)

    def look(self, box: Box, label: int | None) -> None:
        """Search for ways back of the object in a box, picture px, unless that is done."""
        from engine.detection.queries.recovery import search

        inspection, selection = self._context.inspection, self._context.session.selection
        if inspection is None or selection is None:
            self.forget()
            return
        question = (inspection.token, box, label, selection.thresholds)
        if question == self._question and (self.searching or self.verdict is not None):
            return
        self.forget()
        self._question, self.thresholds = question, selection.thresholds
        self.verdict = self._known.get(question)
        if self.verdict is not None:
            return
        self.searching = True
        self._context.ask(
            KEY, partial(search, selection=selection, box=box, label=label), self._take
        )

    def forget(self) -> None:
        """Nothing is asked for."""
        if self.searching:
            self._context.drop(KEY)
        self.verdict, self.searching, self.progress = None, False, (0, 0)
        self._question = self.thresholds = None

    def _take(self, step: Any) -> None:
        from engine.detection.queries.routes import Verdict

        if not self.searching:
            return
        if isinstance(step, Verdict):
            self.verdict, self.searching = step, False
            self._known[self._question] = step
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        else:
            self.progress = step.done, step.count
        self.changed.emit()

    def _end(self, _error: object) -> None:
        if self.searching:
            self.forget()
            self.changed.emit()
