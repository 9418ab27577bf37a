"""The base of what a task shows, and the choice of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, TaskView
from engine.optimizers.looks import RacerStyle

Racers = Sequence[tuple[str, RacerStyle]]  # title and look of each


class TaskPicture(QWidget):
    """A picture of all racers on one kind of task; what it has no use for it ignores.

    Attributes:
        wants_view: `show_view` has something to show.
    """

    wants_view = False

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        """Another task, or other racers: nothing of them is known yet."""

    def show_examples(self, examples: Examples) -> None:
        """What is learned from."""

    def show_frame(self, frame: FitFrame) -> None:
        """The racers at a step."""

    def show_view(self, view: TaskView) -> None:
        """Their nets at a step."""

    def set_chosen(self, racer: int) -> None:
        """Mark one racer; -1 for none."""

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""

    def restyle(self) -> None:
        """Take the theme's colours."""

    def retranslate(self) -> None:
        """Say everything in the window's language."""


def kind_of(task: Task) -> str:
    """Which picture shows a task: `boundaries`, `digits`, `curves`, `map` or `own`."""
    if task.kind == "classes":
        return "boundaries" if task.inputs == 2 else "digits"
    return {"numbers": "curves", "parameters": "map"}.get(task.kind, "own")
