"""The standings of a race on a surface, with those who met a place without loss or gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from engine.descent.race.undefined import NO_LOSS, tell_undefined
from gui.descent.race.history import RaceHistory
from gui.messages import note_text
from gui.racing.standings import Standings

if TYPE_CHECKING:
    from engine.descent.race.spec import RaceFrame


class RaceStandings(Standings[RaceHistory]):
    """One line a racer, the leader first; a button above them asks why.

    Signals:
        reason_asked: why the chosen racer diverged or is slow.
    """

    reason_asked = Signal()

    def __init__(self, workspace: str, parent: QWidget | None = None) -> None:
        self.why = QToolButton()
        super().__init__(workspace, parent)
        self.why.setObjectName(f"{workspace}.standings.why.button")
        self.why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why.clicked.connect(self.reason_asked)
        self.top.addWidget(self.why)

    def explains(self) -> bool:
        return True

    def retranslate(self) -> None:
        super().retranslate()
        self.why.setText(self.tr("Why?"))
        text = self.tr("Why the chosen optimizer diverged, or why it is no faster (W)")
        self.why.setToolTip(text)
        self.why.setAccessibleName(text)

    def hint(self) -> str:
        return self.tr(
            "The lowest loss leads. Converged: gradient and step below 1e-4, at a minimum.\n"
            "Flat here: the same where no minimum is, as on a plane or at a saddle.\n"
            "Diverged: no finite loss, or a hundred views away.\n"
            "Best: with a jog or further starts, the lowest loss met so far."
        )

    def longest_words(self) -> tuple[str, ...]:
        return (*super().longest_words(), self.tr("no gradient at {step}").format(step=999))

    def remark(self, history: RaceHistory, racer: int, step: int) -> tuple[str, str] | None:
        frame = history.undefined(racer, step)
        if frame is None:
            return None
        no_loss = int(frame.undefined[racer]) == NO_LOSS
        text = self.tr("no loss at {step}") if no_loss else self.tr("no gradient at {step}")
        return text.format(step=frame.step), undefined_text(self.name(racer), frame, racer)


def undefined_text(name: str, frame: RaceFrame, racer: int) -> str:
    """Where loss or gradient of a racer is not defined, in one sentence."""
    return note_text(tell_undefined(name, frame, racer))
