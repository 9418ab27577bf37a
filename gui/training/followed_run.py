"""A run folder that another process writes, or did: looked at now and then while it is shown."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.errors import InputError
from engine.training.runs.following import START, News, Place
from gui import number_text
from gui.bridge import Bridge, whole
from gui.plots.plot_widget import duration
from gui.training.progress import Meter, State
from gui.training.run_folder import Seen, look_at

LOOK = "training.history"
SOON_MS, LATER_MS = 500, 2000  # between two looks: while it grows, and when it does not
GROWS_S = 10.0  # without a new step, it is looked at less often
LIST_S = 30.0  # between two times that it is listed anew while it grows
LONG_S = 60.0  # without a new step, that is said; so is a lock that nobody is seen to hold


class FollowedRun(QObject):
    """From its folder to frames: each look is a short job of its own.

    Attributes:
        meter: its figures, and whether it is followed, done or stopped.

    Signals:
        begun: its frames come from the first one on; with the coefficients of its losses.
        added: a tuple of its new frames.
        told: its figures, and what there is to say of it, may be others.
        evaluated: it has new figures of its own, besides the steps.
        listed: what a list of runs says of it is out of date.
        failed: an exception to be shown, once: its folder is gone.
    """

    begun = Signal(object)
    added = Signal(object)
    told = Signal()
    evaluated = Signal()
    listed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.meter = Meter()
        self._folder: Path | None = None
        self._place: Place = START
        self._news: News | None = None
        self._watched = True
        self._step_at = 0.0  # when a new step was seen, by the monotonic clock; 0 for never
        self._listed_at = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def follow(self, folder: Path) -> None:
        """Read a run folder from its beginning, and look for more from then on."""
        self.rest()
        self._folder, self._place, self._news = folder, START, None
        self.meter.begin()
        self.meter.state, self._step_at = State.IDLE, 0.0
        self._look()

    def move(self, folder: Path) -> None:
        """The folder has another name."""
        self._folder = folder

    def rest(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._bridge.cancel(LOOK)
        self._folder = None

    def watch(self, on: bool) -> None:
        """Look now and then only while somebody sees it; the first look is always taken."""
        self._watched = on
        self._timer.stop()
        if on and self._news is not None and self._bridge.job(LOOK) is None:
            self._look()

    def text(self) -> str:
        """How it goes, as one sentence."""
        frame, news = self.meter.frame, self._news
        if self._folder is None or news is None:
            return ""
        name, step, steps = self._folder.name, 0, 0
        if frame is not None and frame.losses:
            step, steps = frame.step, frame.steps
        if news.gone:
            return self.tr("{run}: the folder is no longer there.").format(run=name)
        if self.meter.state is not State.FOLLOWING:
            text = (
                self.tr("{run}: all {steps} steps are taken.")
                if self.meter.state is State.DONE
                else self.tr("{run}: {step} of {steps} steps; nobody writes it now.")
            )
            return text.format(run=name, step=step, steps=steps or step or "–")
        text = self.tr("Following {run}: step {step} of {steps}.").format(
            run=name, step=step, steps=steps or "–"
        )
        quiet = self._quiet_s()
        if quiet is not None and quiet >= max(LONG_S / 6, 3 * self.meter.step_seconds()):
            said = duration(quiet) if quiet >= LONG_S else number_text.write(round(quiet))
            text += " " + (
                self.tr("No new step for {time}.").format(time=said)
                if quiet >= LONG_S
                else self.tr("No new step for {seconds} s.").format(seconds=said)
            )
        return text

    def _look(self) -> None:
        if self._folder is None:
            return
        self._bridge.start(
            "files",
            LOOK,
            partial(look_at, self._folder, self._place),
            on_increments=self._on_seen,
            on_done=self._rest_a_while,
            on_error=self._on_error,
            increment=whole,
        )

    def _rest_a_while(self) -> None:
        if not self._watched:
            return
        grows = self.meter.state is State.FOLLOWING
        self._timer.start(SOON_MS if grows else LATER_MS)

    def _on_error(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_seen(self, pieces: tuple[Seen, ...]) -> None:
        for seen in pieces:
            self._take(seen)
        self.told.emit()

    def _take(self, seen: Seen) -> None:
        news, before = seen.news, self._news
        self._place, self._news = news.place, news
        if news.gone:
            self.meter.state = State.STOPPED
            if before is None or not before.gone:
                self.failed.emit(InputError("run.gone", path=self._folder))
            return
        if seen.loss_weights is not None:
            self.meter.begin()
            self.begun.emit(seen.loss_weights)
        steps = [frame for frame in news.frames if frame.losses]
        for frame in steps:
            self.meter.add(frame)
        if steps and before is not None:
            self._step_at = time.monotonic()
        state = self.meter.state
        self.meter.state = self._state(news)
        quiet = self._quiet_s()
        self.meter.silent = quiet is not None and quiet >= LONG_S
        if news.frames:
            self.added.emit(news.frames)
        if before is not None and any(frame.evaluation for frame in news.frames):
            self.evaluated.emit()
        late = bool(steps) and time.monotonic() - self._listed_at > LIST_S
        if before is not None and (late or state is not self.meter.state):
            self._listed_at = time.monotonic()
            self.listed.emit()

    def _state(self, news: News) -> State:
        """Followed while somebody writes, as far as can be told; else done or stopped."""
        quiet = self._quiet_s()
        grew = self._step_at > 0 and time.monotonic() - self._step_at < GROWS_S
        unseen = news.writing is None and quiet is not None and quiet < LONG_S
        if news.writing or grew or unseen:
            complete = self.meter.share >= 1 and news.writing is False
            return State.DONE if complete else State.FOLLOWING
        return State.DONE if self.meter.share >= 1 else State.STOPPED

    def _quiet_s(self) -> float | None:
        """Seconds since the last step; None before the first.

        By when it was seen to come, where it was: another machine's clock may be a wrong one.
        """
        if self._step_at:
            return time.monotonic() - self._step_at
        return self._news.age_s if self._news is not None else None
