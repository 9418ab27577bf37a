"""What a training is doing, as one sentence for the status bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui import number_text
from gui.messages import note_text
from gui.training.progress import State

if TYPE_CHECKING:
    from engine.errors import Note
    from engine.training.spec import TrainFrame


class StatusText(QObject):
    """Follows the frames of one training.

    Attributes:
        early: whether it ended before its last step.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._said: tuple[Note, ...] = ()
        self.early = False

    def begin(self) -> None:
        """Forget the training before."""
        self._said, self.early = (), False

    def add(self, frames: Sequence[TrainFrame]) -> None:
        """Keep what these say of how the training goes on."""
        for frame in frames:
            self._said += frame.said
            self.early = self.early or frame.early

    def text(
        self,
        state: State,
        last: TrainFrame | None,
        newest: TrainFrame | None = None,
        *,
        asked: bool = False,
    ) -> str:
        """The sentence.

        Args:
            last: the last step; None before the first one.
            newest: what was done last, a step or not; None before that.
            asked: whether an evaluation is to come.
        """
        loss = (
            number_text.write(last.losses.get("loss", 0.0), digits=4) if last is not None else "–"
        )
        text = {
            State.IDLE: self.tr("Ready to train."),
            State.STARTING: self.tr("Reading the data and building the model…"),
            State.RUNNING: self.tr("Training: step {step} of {steps}."),
            State.EVALUATING: self.tr("Measuring on held-out pictures…"),
            State.PAUSED: self.tr("Paused at step {step} of {steps}."),
            State.STOPPING: self.tr("Stopping: the weights are being saved…"),
            State.STOPPED: self.tr("Stopped at step {step}, loss {loss}. The model can be used."),
            State.DONE: self.tr("Done: {steps} steps, loss {loss}. The model can be used."),
            State.FAILED: self.tr("The training failed."),
        }[state]
        if state is State.STOPPED and last is None:
            text = self.tr("Stopped before the first step.")
        if state is State.DONE and self.early:
            text = self.tr("Stopped early at step {step}: the evaluations became no better.")
        where = last or newest
        step, steps = (where.step, where.steps) if where is not None else (0, 0)
        if state is State.EVALUATING and newest is not None:
            text = self._measuring(newest) or text
        text = text.format(step=step, steps=steps, loss=loss)
        waiting = (self._waiting(newest),) if state is State.RUNNING and asked else ()
        return " ".join((text, *waiting, *map(note_text, self._said)))

    def _measuring(self, newest: TrainFrame) -> str:
        """What is measured on the held-out pictures, and how many of them are done."""
        if newest.judging is not None:
            progress, text = (
                newest.judging,
                self.tr("Evaluating held-out pictures: {done} of {count}."),
            )
        elif newest.proposing is not None:
            progress = newest.proposing
            text = self.tr("Keeping the proposals of held-out pictures: {done} of {count}.")
        else:
            return ""
        return text.format(done=progress.done, count=progress.count)

    def _waiting(self, newest: TrainFrame | None) -> str:
        """When the evaluation that was asked for comes."""
        if newest is not None and newest.phase.endswith("-rpn"):
            return self.tr("The evaluation waits: this step trains the RPN only.")
        return self.tr("The evaluation follows the step at hand.")
