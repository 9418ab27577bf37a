"""The pictures of a task: nets, layers, histograms and starts, as tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from engine.checks import Point
from engine.landscape import Landscape
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.spec import FitSpec, Task
from engine.networks.tasks.views import Examples, StartsView, TaskView
from gui import theme
from gui.networks.tasks.pictures.boundaries.boundaries_picture import BoundariesPicture
from gui.networks.tasks.pictures.curves_picture import CurvesPicture
from gui.networks.tasks.pictures.digits.digits_picture import DigitsPicture
from gui.networks.tasks.pictures.map_picture import MapPicture
from gui.networks.tasks.pictures.own_picture import OwnPicture
from gui.networks.tasks.pictures.picture import Racers, TaskPicture, kind_of
from gui.networks.tasks.pictures.tabs.histograms_tab import HistogramsTab
from gui.networks.tasks.pictures.tabs.layers_tab import LayersTab
from gui.networks.tasks.pictures.tabs.starts_tab import StartsTab

NAME = "networks.tasks.pictures"
KEYS = ("picture", "layers", "histograms", "starts")  # of the tabs, in their order


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
        landscape_wanted: the part (u0, u1, v0, v1) of a map that is seen, after it has rested;
            a landscape of it fills the map.
        failed: an error, why something cannot be shown.
    """

    painted = Signal(object)
    drawn = Signal(object)
    start_moved = Signal(float, float)
    chosen = Signal(int)
    wants_changed = Signal()
    landscape_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
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
        self.layers = LayersTab(f"{NAME}.layers", self.tabs)
        self.histograms = HistogramsTab(f"{NAME}.histograms", self.tabs)
        self.starts = StartsTab(f"{NAME}.starts", self.tabs)
        for part in (self.stack, self.layers, self.histograms, self.starts):
            self.tabs.addTab(part, "")
        self.histograms.chosen.connect(self.chosen)
        self.starts.chosen.connect(self.chosen)
        self._frame: FitFrame | None = None
        self._view: TaskView | None = None
        self._starts: StartsView | None = None
        self.tabs.currentChanged.connect(self._on_tab)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        theme.notifier().changed.connect(self.restyle)
        self.retranslate()

    # -- what is shown ------------------------------------------------------------------------

    def set_task(self, task: Task, spec: FitSpec, racers: Racers) -> None:
        """Another task, or other racers: nothing of them is drawn yet."""
        self._frame, self._view, self._starts = None, None, None
        picture = self._picture(kind_of(task))
        picture.set_task(task, spec, racers)
        self.stack.setCurrentWidget(picture)
        picture.retranslate()
        self.layers.set_racers(racers)
        self.histograms.set_racers(racers)
        self.starts.set_task(task.domain, racers)
        self._want()

    def show_examples(self, examples: Examples) -> None:
        """What is learned from."""
        self.picture.show_examples(examples)

    def show_frame(self, frame: FitFrame) -> None:
        """The racers at a step."""
        self._frame = frame
        if self.tab == "picture":
            self.picture.show_frame(frame)
        elif self.tab == "layers":
            self.layers.show_frame(frame)

    def show_view(self, view: TaskView) -> None:
        """Their nets at a step."""
        self._view = view
        if self.tab == "picture":
            self.picture.show_view(view)
        elif self.tab == "histograms":
            self.histograms.show_histograms(view.histograms)

    def show_starts(self, starts: StartsView | None) -> None:
        """The further starts of a racer; None where there are none."""
        self._starts = starts
        if self.tab == "starts":
            self.starts.show_starts(starts)

    def show_landscape(self, landscape: Landscape | None, minima: Sequence[Point] = ()) -> None:
        """The map of a task of two parameters and its known minima (u, v)."""
        if isinstance(self.picture, MapPicture):
            self.picture.show_landscape(landscape, np.array(minima, float).reshape(-1, 2))

    def show_paths(self, paths: Sequence[NDArray[np.float64]], step: int) -> None:
        """The racers' ways (n, 2) over the map, up to a step."""
        if isinstance(self.picture, MapPicture):
            self.picture.show_paths(paths, step)

    @property
    def tab(self) -> str:
        """The key of the tab in front, of `KEYS`."""
        return KEYS[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(KEYS.index(key))

    def set_chosen(self, racer: int) -> None:
        """Mark the racer that other panels speak of; -1 for none."""
        for picture in self._pictures.values():
            picture.set_chosen(racer)

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
                "digits": self._make_digits,
                "map": self._make_map,
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

    def _make_digits(self) -> TaskPicture:
        made = DigitsPicture(f"{NAME}.digits", self.stack)
        made.drawn.connect(self.drawn)
        made.picked.connect(self.chosen)
        return made

    def _make_map(self) -> TaskPicture:
        made = MapPicture(f"{NAME}.map", self.stack)
        made.start_moved.connect(self.start_moved)
        made.landscape_wanted.connect(self.landscape_wanted)
        made.failed.connect(self.failed)
        return made

    @Slot()
    def _on_tab(self) -> None:
        """What came while another tab was in front is shown now."""
        if self._frame is not None:
            self.show_frame(self._frame)
        if self._view is not None:
            self.show_view(self._view)
        self.show_starts(self._starts)
        self._want()

    def _want(self) -> None:
        wants: frozenset[str] = frozenset()
        if self.tab in ("histograms", "starts"):
            wants = frozenset({self.tab})
        elif self.tab == "picture" and self.stack.count() and self.picture.wants_view:
            wants = frozenset({"view"})
        if wants != self.wants:
            self.wants = wants
            self.wants_changed.emit()

    def _parts(self) -> list[TaskPicture | LayersTab | HistogramsTab | StartsTab]:
        """All that has a scale, a look and texts of its own."""
        return [*self._pictures.values(), self.layers, self.histograms, self.starts]

    # -- looks and events ---------------------------------------------------------------------

    def set_scale(self, factor: float) -> None:
        """Everything so many times larger: for the lecture hall."""
        self._scale = factor
        for part in self._parts():
            part.set_scale(factor)

    @Slot()
    def restyle(self) -> None:
        """Take the theme's colours."""
        for part in self._parts():
            part.restyle()

    def retranslate(self) -> None:
        """Say everything in the window's language."""
        self.tabs.tabBar().setAccessibleName(self.tr("Pictures of the task"))
        tabs = (
            (self.tr("Picture"), self.tr("What the nets have learned")),
            (self.tr("Layers"), self.tr("Gradients, updates and saturation, layer by layer")),
            (self.tr("Histograms"), self.tr("How weights, gradients and activations are spread")),
            (self.tr("Starts"), self.tr("Which minima several random initializations reach")),
        )
        for index, (title, tip) in enumerate(tabs):
            self.tabs.setTabText(index, title)
            self.tabs.setTabToolTip(index, tip)
        for part in self._parts():
            part.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
