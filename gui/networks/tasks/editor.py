"""Every change that a person can make to a race on a task; each is one line of the Edit menu."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from engine.errors import ThalwegError
from engine.networks.tasks import settings
from engine.networks.tasks.own_file import check_own
from engine.networks.tasks.spec import FitSpec
from gui.networks.tasks import edit_text
from gui.networks.tasks import setup as setups
from gui.networks.tasks.setup import OWN, TaskSetup, TaskStore, setup_of
from gui.racing.racers_editor import RacersEditor

DRAG_MS = 600  # without a move, after which the start counts as let go
MOUSE_DIGITS = 4  # a start set with the mouse is no finer than the screen


class Editor(RacersEditor[TaskSetup]):
    """Turns requests into changes of the setup, or refuses what cannot be run."""

    def __init__(self, store: TaskStore, parent: QObject) -> None:
        super().__init__(store, parent)
        self._gesture = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(DRAG_MS)
        self._rest.timeout.connect(self._on_rest)

    @property
    def dragging(self) -> bool:
        """Whether a change under the mouse is probably not the last of its kind."""
        return bool(self._gesture)

    # -- the task -------------------------------------------------------------------------------

    def choose_task(self, name: str, file: str | None = None) -> None:
        """Another task, with its own values for all but the racers."""
        after = setups.with_task(self.setup, name, file)
        self._change(after, edit_text.task_text(self.setup, after))

    def set_value(self, name: str, value: object) -> None:
        """Another field of the spec, such as `steps` or `hidden`."""
        text = edit_text.value_text(self.setup, name, value)
        self._change(setups.with_fit(self.setup, **{name: value}), text)

    def paint(self, painted: tuple[tuple[float, float, int], ...]) -> None:
        """Other examples to learn from; none for the task's own."""
        text = edit_text.say(edit_text.PAINTED if painted else edit_text.NOT_PAINTED)
        self._change(setups.with_fit(self.setup, painted=painted), text)

    def set_start(self, u: float, v: float) -> None:
        """Another start, typed."""
        text = edit_text.say(edit_text.START, u=u, v=v)
        self._change(setups.with_fit(self.setup, start=(u, v)), text)

    def drag_start(self, u: float, v: float) -> None:
        """The start under the mouse; moves without a rest between them are one change."""
        start = (rounded(u), rounded(v))
        if not self._gesture:
            self._gesture = self._store.new_gesture()
        self._rest.start()
        text = edit_text.say(edit_text.START, u=start[0], v=start[1])
        after = setups.with_fit(self.setup, start=start)
        self._change(after, text, gesture=self._gesture)

    def set_spec(self, spec: FitSpec, text: str) -> bool:
        """Another race, unless it cannot be run; `text` is one of `edit_text`."""
        return self._change(setup_of(spec), edit_text.say(text))

    # -- how ------------------------------------------------------------------------------------

    def _change(self, after: TaskSetup, text: str, *, gesture: int = 0) -> bool:
        """Set it, unless it cannot be run: that is said, and what is set stays."""
        if not gesture:
            self._gesture = 0
        try:
            check(after)
        except ThalwegError as error:
            self.refused.emit(error)
            return False
        self._store.change(after, text, gesture=gesture)
        return True

    def _on_rest(self) -> None:
        if self._gesture:
            self._gesture = 0
            self.settled.emit()


def check(setup: TaskSetup) -> None:
    """Refuse what cannot be run; nobody racing is no mistake.

    Raises:
        ThalwegError: something is unknown or outside its range.
    """
    every = replace(setup.fit, racers=tuple(entry.racer for entry in setup.entries))
    if setup.fit.task == OWN:
        check_own(every)
    else:
        settings.check(every)


def rounded(value: float) -> float:
    return float(f"{value:.{MOUSE_DIGITS}g}")
