"""Would it be seen larger? Runs at 1.5 times the input or on a crop; nothing shown changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from gui.detection.instances import Box
from gui.detection.layers.callouts import GIVEN, LIGHT, Mark
from gui.detection.picture_context import PictureContext
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, probability

if TYPE_CHECKING:
    from engine.detection.queries.attempts import Attempt

LARGER, CROP = "larger", "crop"
TITLES = {
    LARGER: QT_TRANSLATE_NOOP("missed_objects", "At 1.5×"),
    CROP: QT_TRANSLATE_NOOP("missed_objects", "On the crop"),
}


class Attempts(QObject):
    """The attempts at one object, one at a time.

    Signals:
        changed: one began, went on or ended.

    Attributes:
        running: `LARGER`, `CROP`, or empty.
        done: what came of each.
    """

    changed = Signal()

    def __init__(self, context: PictureContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.running = ""
        self.done: dict[str, Attempt] = {}
        self._stage = ""
        self._question: object = None
        context.failed.connect(self.stop)

    def follow(self, box: Box | None, label: int | None) -> None:
        """Another object, another model or other thresholds: what was tried is of no use."""
        inspection, session = self._context.inspection, self._context.session
        token = None if inspection is None else inspection.token
        question = (token, box, label, session.limits)
        if question != self._question:
            self._question = question
            self.stop()
            self.done = {}

    def start(self, kind: str, box: Box, label: int | None) -> None:
        """Run the model so."""
        from engine.detection.queries.attempts import try_again

        self.stop()
        self.running, self._stage = kind, ""
        thresholds = self._context.session.limits
        self._context.ask(
            "lost.attempt",
            partial(try_again, thresholds=thresholds, box=box, label=label, crop=kind == CROP),
            self._take,
        )
        self.changed.emit()

    def stop(self, _error: object = None) -> None:
        """Cancel the one at work."""
        if self.running:
            self._context.drop("lost.attempt")
            self.running = ""
            self.changed.emit()

    def _take(self, step: Any) -> None:
        from engine.detection.queries.attempts import Attempt

        if not self.running:
            return
        if isinstance(step, Attempt):
            self.done[self.running] = step
            self.running = ""
        else:
            self._stage = step.stage
        self.changed.emit()

    def sentences(self) -> str:
        """What came of them, and what is being tried."""
        lines = [self._told(kind, attempt) for kind, attempt in self.done.items()]
        if self.running:
            text = self.tr("{title}: the model runs… {stage}")
            title = QCoreApplication.translate("missed_objects", TITLES[self.running])
            lines.append(text.format(title=title, stage=self._stage).rstrip())
        return "\n".join(lines)

    def _told(self, kind: str, attempt: Attempt) -> str:
        inspection = self._context.inspection
        title = QCoreApplication.translate("missed_objects", TITLES[kind])
        if attempt.found and attempt.label is not None and inspection is not None:
            text = self.tr("{title} it returns: {name} {score}, seen {times} times as large.")
            name = inspection.model.class_name(attempt.label)
        elif attempt.box is not None:
            text = self.tr(
                "{title} it does not return: the best box on it scores {score}, seen {times}"
                " times as large."
            )
            name = ""
        else:
            text = self.tr(
                "{title} it does not return: no box covers it, seen {times} times as large."
            )
            name = ""
        times, score = figure(attempt.enlarged, 1), probability(attempt.score)
        return text.format(title=title, name=name, score=score, times=times)

    def marks(self) -> list[Mark]:
        """What each found, and the crop."""
        inspection = self._context.inspection
        marks: list[Mark] = []
        for kind, attempt in self.done.items():
            title = QCoreApplication.translate("missed_objects", TITLES[kind])
            if kind == CROP:
                marks.append(Mark(attempt.region, self.tr("the crop"), LIGHT, dashed=True, width=1))
            if attempt.found and attempt.box is not None and inspection is not None:
                assert attempt.label is not None
                name = inspection.model.class_name(attempt.label)
                text = f"{title}: {name} {probability(attempt.score)}"
                marks.append(Mark(attempt.box, text, GIVEN, width=2))
        return marks
