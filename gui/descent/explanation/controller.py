"""Keeps the explanation true to the race, the racer and the step that are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.descent.race.spec import RaceFrame, RaceSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.descent.editor import Editor
from gui.descent.presenter import RacePlayback
from gui.descent.race.standings import RaceStandings, undefined_text
from gui.i18n import QT_TRANSLATE_NOOP
from gui.racing.entries import racer_title
from gui.racing.history import NEVER
from gui.racing.jobs import LANE
from gui.racing.optimizer_table import OptimizerTable

if TYPE_CHECKING:
    from engine.descent.diagnosis.divergence import Divergence
    from engine.descent.diagnosis.slowness import Slowness
    from gui.descent.explanation.dialog import ExplanationDialog

WHY = "descent.why"


def explain(
    spec: RaceSpec, frames: Sequence[RaceFrame], racer: int, diverged: bool
) -> Iterator[Divergence | Slowness]:
    """Why a racer diverged by the last of the frames, or how fast it is there, on the worker."""
    from engine.descent.diagnosis.divergence import explain_divergence
    from engine.descent.diagnosis.slowness import explain_pace

    if diverged:
        yield from explain_divergence(spec, frames, racer)
    else:
        yield from explain_pace(spec, frames, racer, len(frames) - 1)


class ExplanationController(QObject):
    """Opens the explanation of the chosen racer, and carries out what it offers.

    Signals:
        failed: the exception of an explanation that could not be computed.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        playback: RacePlayback,
        editor: Editor,
        optimizers: OptimizerTable,
        standings: RaceStandings,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._job = NewestJob(bridge, LANE, WHY)
        self._playback = playback
        self._editor = editor
        self._optimizers = optimizers
        self._window = parent
        self._is_built = False
        playback.changed.connect(self.update)
        playback.grew.connect(self.update)
        optimizers.chosen.connect(self.update)
        standings.why_asked.connect(self.open_racer)
        standings.reason_asked.connect(self.open)

    @cached_property
    def dialog(self) -> ExplanationDialog:
        """Built when it is first asked for."""
        from gui.descent.explanation.dialog import ExplanationDialog

        dialog = ExplanationDialog(self._window)
        dialog.settings_wanted.connect(self._editor.drag_settings)
        dialog.step_wanted.connect(self._playback.seek)
        dialog.finished.connect(self._on_closed)
        self._is_built = True
        return dialog

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "descent.view.why",
                QT_TRANSLATE_NOOP("actions", "W&hy Diverged, Why Slow…"),
                "View",
                self.open,
                "W",
                canvas_only=True,
                section=20,
            )
        ]

    def open(self) -> None:
        """Explain the chosen racer; the first that diverged where the chosen one races well."""
        shown = self._playback.shown()
        if shown is not None:
            setup, history, _ = shown
            names = [entry.racer.name for entry in setup.running]
            lost = [
                name for name, at in zip(names, history.diverged_at, strict=True) if at != NEVER
            ]
            if lost and self._optimizers.chosen_name() not in lost:
                self._optimizers.choose(lost[0])
        self._show()

    def open_racer(self, racer: int) -> None:
        """Explain a racer of the race that is shown."""
        shown = self._playback.shown()
        if shown is not None and racer < len(shown[0].running):
            self._optimizers.choose(shown[0].running[racer].racer.name)
            self._show()

    def update(self, *_: object) -> None:
        """Ask again, unless all that decides the answer is the same."""
        shown = self._playback.shown()
        if shown is None or not (self._is_built and self.dialog.isVisible()):
            return
        setup, history, step = shown
        name = self._optimizers.chosen_name()
        for racer, entry in enumerate(setup.running):
            if entry.racer.name != name:
                continue
            at = int(history.diverged_at[racer])
            diverged = at != NEVER
            last = at if diverged else step
            undefined = ""
            frame = history.undefined(racer, last)
            if frame is not None:
                undefined = undefined_text(racer_title(entry), frame, racer)
            spec = setup.spec()
            if self._job.request(
                partial(explain, spec, history.frames[: last + 1], racer, diverged),
                on_snapshot=partial(self._on_found, name, racer_title(entry), undefined),
                on_error=self._on_failed,
                depends_on=(spec, racer, last, diverged),
            ):
                self._job.release()
            return
        self._job.cancel()
        entry_or_none = setup.entry(name)
        self.dialog.show_waiting(name, "" if entry_or_none is None else racer_title(entry_or_none))

    def _show(self) -> None:
        self.dialog.show()
        self.dialog.raise_()
        self.update()

    def _on_found(
        self, name: str, title: str, undefined: str, found: Divergence | Slowness
    ) -> None:
        self.dialog.show_found(name, title, found, undefined)

    def _on_failed(self, error: Exception) -> None:
        self.dialog.close()
        self.failed.emit(error)

    def _on_closed(self, result: int) -> None:
        self._job.cancel()
        self.dialog.show_waiting("", "")  # what was said holds no longer when it opens again
