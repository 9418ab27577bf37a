"""The training that runs in this window: started, paused, stopped, its frames kept."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.training.runs.requests import Requests
from gui.bridge import Bridge, whole
from gui.training.jobs import steps_after
from gui.training.progress import Meter, State
from gui.training.runs.controller import Make
from gui.training.status_text import StatusText

if TYPE_CHECKING:
    from engine.training.spec import TrainFrame

RUN, REST = "training.run", "training.rest"
LIST_S = 10.0  # between two times that it is listed anew while it takes steps


class LiveRun(QObject):
    """One at a time.

    Attributes:
        meter: its figures and its state.
        folder: what is trained into, or was last; None before the first training.
        frames: its steps and phases so far.
        weights: the coefficients of its losses.
        newest: what it did last, a step or not; None before that.

    Signals:
        began: a training begins, in `folder`.
        added: a tuple of its new frames.
        state_changed: it is in another state.
        told: its figures, and what there is to say of it, may be others.
        written: the list of runs is to be read again; on which lane.
        ended: it is over, well or not.
        failed: the exception that it ended with.
    """

    began = Signal()
    added = Signal(object)
    state_changed = Signal()
    told = Signal()
    written = Signal(str)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.meter = Meter()
        self.folder: Path | None = None
        self.frames: list[TrainFrame] = []
        self.weights: Mapping[str, float] = {}
        self.newest: TrainFrame | None = None
        self._listed_at = 0.0
        self._requests = Requests()
        self._status_text = StatusText(self)

    @property
    def state(self) -> State:
        return self.meter.state

    def is_idle(self) -> bool:
        return not self.state.active

    def is_running(self) -> bool:
        """Whether it can be stopped."""
        return self.state.active and self.state is not State.STOPPING

    def can_pause(self) -> bool:
        return self.state in (State.RUNNING, State.EVALUATING, State.PAUSED)

    def can_evaluate(self) -> bool:
        return self.state is State.RUNNING

    def takes_steps(self) -> bool:
        """Whether a step is at work now."""
        return self.state in (State.RUNNING, State.EVALUATING)

    def launch(self, folder: Path, make: Make, weights: Mapping[str, float]) -> None:
        """Train in a folder, from its beginning or from where it is; not while one trains.

        Args:
            make: gives the frames.
            weights: the coefficients of the losses.
        """
        if not self.is_idle():
            return
        self.folder = folder
        self.frames, self.weights, self.newest = [], weights, None
        self._status_text.begin()
        self._requests.take_evaluation()  # what was asked of the training before
        self.began.emit()
        self.meter.begin()
        self._set_state(State.STARTING)
        self._bridge.start(
            "training",
            RUN,
            partial(make, self._requests),
            on_snapshot=self._on_frame,
            on_increments=self._on_frames,
            on_done=self._on_done,
            on_error=self._on_error,
            increment=whole,
            saves=True,
        )

    def pause(self) -> None:
        """Wait after the step at hand, or go on."""
        job = self._bridge.job(RUN)
        if job is None or not self.can_pause():
            return
        if self.state is State.PAUSED:
            job.resume()
            self._set_state(State.RUNNING)
        else:
            job.pause()
            self._set_state(State.PAUSED)

    def evaluate(self) -> None:
        """Measure on held-out pictures after the step at hand."""
        if self.can_evaluate():
            self._requests.evaluate()
            self.told.emit()

    def measure_cosine(self, every: int) -> None:
        """Compare the gradients of RPN and heads every so many steps; 0 for never."""
        self._requests.measure_cosine(every)

    def measure_layers(self, every: int) -> None:
        """Take the norms of the layer groups every so many steps; 0 for never."""
        self._requests.measure_layers(every)

    def stop(self) -> None:
        """Stop after the current step; what was learnt is saved and can be used."""
        if not self.is_running():
            return
        self._bridge.cancel(RUN)
        self._set_state(State.STOPPING)
        # On the same lane, so behind the saving of the run that was cancelled. The step at
        # hand is still taken and written, but nobody is told of it.
        assert self.folder is not None
        self._bridge.start(
            "training",
            REST,
            partial(steps_after, self.folder, self._steps_seen()),
            on_snapshot=self._on_frames,
            on_error=self.failed.emit,
        )
        self.written.emit("training")

    def _steps_seen(self) -> int:
        """The last step that was told of; 0 before the first."""
        return next((frame.step for frame in reversed(self.frames) if frame.losses), 0)

    def notice_saved(self) -> None:
        """The list of runs was read behind the saving: what was stopped is stopped now."""
        if self.state is State.STOPPING:
            self._end(State.STOPPED)

    def move(self, folder: Path | None) -> None:
        """Its folder has another name, or went to the bin."""
        self.folder = folder
        if folder is None and self.is_idle():
            self.frames, self.newest = [], None
            self.meter.begin()
            self._set_state(State.IDLE)

    def text(self) -> str:
        """How the training goes, as one sentence."""
        last = next((frame for frame in reversed(self.frames) if frame.losses), None)
        return self._status_text.text(
            self.state, last, self.newest, asked=self._requests.wants_evaluation()
        )

    def _on_frame(self, frame: TrainFrame) -> None:
        self.newest = frame
        if frame.reading is not None:
            self.meter.add_reading(frame.reading)
            self.told.emit()
            return
        if not frame.losses:
            self.meter.add(frame)
        if self.state in (State.STARTING, State.RUNNING, State.EVALUATING):
            evaluating = frame.judging is not None or frame.proposing is not None
            state = State.EVALUATING if evaluating else State.RUNNING
            if state is not self.state:
                self._set_state(state)
                return
        self.told.emit()

    def _on_frames(self, frames: tuple[TrainFrame, ...]) -> None:
        frames = tuple(frame for frame in frames if frame.reading is None)
        self._status_text.add(frames)
        late = time.monotonic() - self._listed_at > LIST_S
        if frames and (late or not self.frames or any(frame.evaluation for frame in frames)):
            self._listed_at = time.monotonic()
            self.written.emit("files")  # its folder is there now, or has new figures
        self.frames.extend(frames)
        for frame in frames:
            if frame.losses:  # none is lost, as the newest snapshot before the next look would be
                self.meter.add(frame)
        self.added.emit(frames)

    def _on_done(self) -> None:
        self._end(State.DONE)

    def _on_error(self, error: Exception) -> None:
        self._end(State.FAILED)
        self.failed.emit(error)

    def _end(self, state: State) -> None:
        self._set_state(state)
        self.ended.emit()

    def _set_state(self, state: State) -> None:
        self.meter.state = state
        self.state_changed.emit()
        self.told.emit()
