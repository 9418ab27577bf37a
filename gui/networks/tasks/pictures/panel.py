"""The pictures of a task: nets, layers, histograms and starts, as tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from engine.landscape import Landscape
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, StartsView, TaskView
from gui import theme
from gui.networks.tasks.pictures.boundaries_picture import BoundariesPicture
from gui.networks.tasks.pictures.curves_picture import CurvesPicture
from gui.networks.tasks.pictures.own_picture import OwnPicture
from gui.networks.tasks.pictures.picture import Racers, TaskPicture, kind_of

NAME = "networks.tasks.pictures"


class PicturesPanel(QWidget):
    """What can be seen of all racers at one step.

    Attributes:
        wants: which views of the engine are needed for what is in front: of "view",
            "histograms" and "starts".

    Signals:
        painted: all training examples as (x, y, class); none for the task's own.
        drawn: the digit that was drawn, (H, W) float64 from 0 to 1; None when it was cleared.
        start_moved: where the start was dragged to.
        chosen: the racer that was picked.
        wants_changed: `wants` is another.
    """

    painted = Signal(object)
    drawn = Signal(object)
    start_moved = Signal(float, float)
    chosen = Signal(int)
    wants_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.wants: frozenset[str] = frozenset()
        self._pictures: dict[str, TaskPicture] = {}
        self._scale = 1.0
        self.stack = QStackedWidget(self)
        self.stack.setObjectName(f"{NAME}.stack")
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName(f"{NAME}.tabs")
        self.tabs.tabBar().setObjectName(f"{NAME}.tabs.bar")
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.stack, "")
        self.tabs.currentChanged.connect(self._want)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        theme.notifier().changed.connect(self.restyle)
        self.retranslate()

    # -- what is shown ------------------------------------------------------------------------

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        """Another task, or other racers: nothing of them is drawn yet."""
        picture = self._picture(kind_of(task))
        picture.set_task(task, spec, racers)
        self.stack.setCurrentWidget(picture)
        picture.retranslate()
        self._want()

    def show_examples(self, examples: Examples) -> None:
        """What is learned from."""
        self.picture.show_examples(examples)

    def show_frame(self, frame: FitFrame) -> None:
        """The racers at a step."""
        self.picture.show_frame(frame)

    def show_view(self, view: TaskView) -> None:
        """Their nets at a step."""
        self.picture.show_view(view)

    def show_starts(self, starts: StartsView | None) -> None:
        """The further starts of a racer; None where there are none."""

    def show_landscape(
        self, landscape: Landscape | None, minima: Sequence[tuple[float, float]] = ()
    ) -> None:
        """The map of a task of two parameters; its known minima beside those in the map."""

    def show_paths(self, paths: Sequence[NDArray[np.float64]], step: int) -> None:
        """The racers' ways (n, 2) over the map, up to a step."""

    @property
    def picture(self) -> TaskPicture:
        """What is in front, of the task."""
        current = self.stack.currentWidget()
        assert isinstance(current, TaskPicture)
        return current

    def _picture(self, kind: str) -> TaskPicture:
        """The picture of a kind, made when a task first needs it."""
        if kind not in self._pictures:
            makers: dict[str, Callable[[], TaskPicture]] = {
                "boundaries": self._make_boundaries,
                "curves": partial(CurvesPicture, f"{NAME}.curves", self.stack),
                "own": partial(OwnPicture, f"{NAME}.own", self.stack),
            }
            made = makers.get(kind, makers["own"])()
            made.set_scale(self._scale)
            self.stack.addWidget(made)
            self._pictures[kind] = made
        return self._pictures[kind]

    def _make_boundaries(self) -> TaskPicture:
        made = BoundariesPicture(f"{NAME}.boundaries", self.stack)
        made.painted.connect(self.painted)
        made.picked.connect(self.chosen)
        return made

    @Slot()
    def _want(self) -> None:
        wants: frozenset[str] = frozenset()
        if self.tabs.currentWidget() is self.stack and self._pictures:
            shown = next(k for k, v in self._pictures.items() if v is self.stack.currentWidget())
            if shown in ("boundaries", "digits", "curves"):
                wants = frozenset({"view"})
        if wants != self.wants:
            self.wants = wants
            self.wants_changed.emit()

    # -- looks and events ---------------------------------------------------------------------

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        for picture in self._pictures.values():
            picture.set_scale(factor)

    @Slot()
    def restyle(self) -> None:
        """Take the theme's colours."""
        for picture in self._pictures.values():
            picture.restyle()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.tabs.tabBar().setAccessibleName(self.tr("Pictures of the task"))
        self.tabs.setTabText(0, self.tr("Picture"))
        for picture in self._pictures.values():
            picture.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
