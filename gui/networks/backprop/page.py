"""The page of backpropagation: settings on the left, the net in the middle, formulas below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from engine.errors import ThalwegError
from engine.networks.backprop.events import BIAS
from engine.networks.backprop.exercise import EASY, Exercise
from engine.networks.backprop.spec import BackpropSpec
from engine.specs import from_json, to_json
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.backprop import edits
from gui.networks.backprop.controller import BackpropController, Shown
from gui.networks.backprop.drawing import Words, draw, read_key
from gui.networks.backprop.edits import Place
from gui.networks.backprop.error_curve import ErrorCurve
from gui.networks.backprop.exercise_panel import ExercisePanel
from gui.networks.backprop.files import NetFiles
from gui.networks.backprop.form import NetForm
from gui.networks.backprop.letters import number
from gui.networks.backprop.notices import Notices
from gui.networks.backprop.numbers_table import NumbersTable
from gui.networks.backprop.place_field import PlaceField
from gui.networks.backprop.sheet_panel import SheetPanel
from gui.networks.graph.view import GraphView
from gui.networks.page import Page
from gui.networks.scenes import Scene
from gui.settings import Settings
from gui.widgets.scene_caption import Caption

PANEL_PX, LOWER_PX = 360, 178


class BackpropPage(Page):
    """Builds the parts, lays them out and joins them."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.controller = BackpropController(bridge, self)
        self.player, self.store = self.controller.player, self.controller.store
        self.graph = GraphView("networks.backprop.canvas", self)
        self.sheet = SheetPanel(self)
        self.curve = ErrorCurve(self)
        self.form = NetForm(self)
        self.table = NumbersTable(self)
        self.exercise = ExercisePanel(bridge, self)
        self.files = NetFiles(self.store, bridge, settings, self)
        self.notices = Notices(self)
        self._field = PlaceField(self.graph.viewport())
        self._shown: Shown | None = None
        self._scene: Scene | None = None
        self._pinned = False
        self._finishing = False
        self._announced = False
        self._lay_out()
        self.controller.shown.connect(self._on_shown)
        self.controller.failed.connect(self.error)
        self.controller.retried.connect(self.retried)
        self.controller.learned.connect(self._on_learned)
        self.curve.update_wanted.connect(self.controller.go_to_update)
        self.store.changed.connect(self._on_changed)
        self.form.asked.connect(self._on_asked)
        self.table.changed.connect(self._on_number)
        self.table.picked.connect(self._on_picked)
        self.table.wrong.connect(self._on_wrong)
        self._field.entered.connect(self._on_number)
        self._field.wrong.connect(self.status)
        self.form.wrong.connect(self.status)
        self.graph.hovered.connect(self._on_hovered)
        self.caption.said_changed.connect(self.said_changed)
        self.graph.clicked.connect(self._on_clicked)
        self.graph.edited.connect(self._on_edited)
        self.exercise.made.connect(self._on_exercise)
        self.exercise.export_asked.connect(self.files.ask_sheets)
        for told, signal in (
            (self.files.status, self.status),
            (self.files.opened, self.opened),
            (self.files.failed, self.error),
        ):
            told.connect(signal)
        self._show_spec()
        self.retranslate()

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setObjectName("networks.backprop.form.scroll")
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("networks.backprop.tabs")
        self.tabs.setDocumentMode(True)
        for widget in (scroll, self.table, self.exercise):
            self.tabs.addTab(widget, "")
        self.tabs.setMinimumWidth(PANEL_PX)
        self.below = QTabWidget(self)
        self.below.setObjectName("networks.backprop.below.tabs")
        self.below.setDocumentMode(True)
        for shown in (self.sheet, self.curve):
            self.below.addTab(shown, "")
        middle = QFrame(self)
        middle.setProperty("role", "panel")
        stack = QVBoxLayout(middle)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.notices)
        stack.addWidget(self.graph, 1)
        self._down = QSplitter(Qt.Orientation.Vertical, self)
        self._down.setObjectName("networks.backprop.down.splitter")
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._across.setObjectName("networks.backprop.across.splitter")
        for splitter, parts in (
            (self._down, (middle, self.below)),
            (self._across, (self._down, self.tabs)),
        ):
            splitter.setChildrenCollapsible(False)
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(0, 1)
            splitter.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._across)
        self.reset_layout()

    # -- what changes -------------------------------------------------------------------------

    def _show_spec(self) -> None:
        self.form.show_spec(self.store.setup)
        self.table.show_spec(self.store.setup)
        self.exercise.net = self.store.setup
        self.notices.show_remarks(self.store.setup)

    def _on_changed(self, before: BackpropSpec, after: BackpropSpec) -> None:
        if before.layers != after.layers:
            self.graph.forget_places()
        self._field.hide()
        self._show_spec()

    @Slot(object, str)
    def _on_asked(self, spec: BackpropSpec, text: str) -> None:
        try:
            spec.check()
        except ThalwegError as error:
            self.error.emit(error)
            self._show_spec()
            return
        self.store.change(spec, text)

    @Slot(object, float)
    def _on_number(self, place: Place, value: float) -> None:
        self._on_asked(edits.with_number(self.store.setup, place, value), self.tr("a number"))

    def _on_wrong(self, error: Exception) -> None:
        self.status.emit(str(error))

    def _on_picked(self, place: Place) -> None:
        kind, layer, node, source = place
        self._pinned = kind == "weight"
        self.controller.look_at((layer, node, source) if kind == "weight" else None)

    def _on_exercise(self, exercise: Exercise) -> None:
        self.player.pause()
        self.store.change(exercise.spec, self.tr("an exercise"))
        forward = 2 * sum(exercise.spec.layers[1:])
        # The outputs are given where only the way back is asked for.
        self.controller.go_to(forward if exercise.difficulty == EASY else 0)

    # -- the canvas ---------------------------------------------------------------------------

    @Slot(object)
    def _on_shown(self, shown: Shown) -> None:
        before, self._shown = self._shown, shown
        self._draw()
        moved = before is None or before.moment.index != shown.moment.index
        if moved and self._drawing.sent:
            drawing = self._drawing
            self.graph.send(drawing.sent, drawing.color, backward=drawing.backward)
        self.sheet.show_moment(shown)
        self.form.show_rate(shown.update.hyper["lr"])
        self.curve.set_cursor(self.controller.updates_at(shown.moment.index))
        self._say()
        if self._finishing:
            self._finishing = False
            self.player.seek(2 * sum(shown.spec.layers[1:]) + 2)
        if not self._announced:
            self._announced = True
            self.first_work_done.emit()

    @Slot()
    def _on_learned(self) -> None:
        self.curve.show_errors(self.controller.errors(), self.store.setup.steps)

    def _draw(self) -> None:
        shown = self._shown
        if shown is None:
            return
        spec, moment = shown.spec, shown.moment
        targets = spec.examples[moment.example].targets
        flat = "o(1−o) ≈ 0" if spec.activation == "sigmoid" else "f′ ≈ 0"
        words = Words(
            flat,
            self.tr("+{count} more"),
            self.tr("{all} nodes in all: {count} take part without being drawn"),
        )
        self._drawing = draw(spec, moment, targets, words)
        self.graph.show_graph(self._drawing.nodes, self._drawing.edges)
        lit = dict(self._drawing.lit)
        if self.controller.weight is not None:
            layer, node, source = self.controller.weight
            key = f"n.{layer}.{node}" if source == BIAS else f"w.{layer}.{node}.{source}"
            lit.setdefault(key, "text")
        self.graph.light(lit)

    def _say(self) -> None:
        shown = self._shown
        if shown is None:
            return
        scene = self._scene
        same = scene is not None and scene.spec.spec == self.store.setup
        told = scene.filled(self.controller.summary()) if scene is not None and same else ""
        self.notices.show_caption(told)
        text = self.tr("Update {step} of {all}: E of the batch {before}, after it {after}")
        self.status.emit(
            text.format(
                step=shown.moment.step + 1,
                all=shown.spec.steps,
                before=number(shown.update.error) if shown.moment.error is not None else "–",
                after=number(shown.update.error_after)
                if shown.moment.event.phase == "update"
                else "–",
            )
        )

    @Slot(str)
    def _on_hovered(self, key: str) -> None:
        if not self._pinned:
            place = read_key(key)
            self.controller.look_at((place[0], place[1], place[2]) if len(place) == 3 else None)

    @Slot(str)
    def _on_clicked(self, key: str) -> None:
        place = read_key(key)
        self._field.hide()
        self._pinned = len(place) == 3
        self.controller.look_at((place[0], place[1], place[2]) if len(place) == 3 else None)
        if len(place) == 3:
            self.table.pick(("weight", place[0], place[1], place[2]))

    @Slot(str)
    def _on_edited(self, key: str) -> None:
        """A weight, an input, a target or a bias is typed over where it stands."""
        spec, place = self.store.setup, read_key(key)
        target: Place | None = None
        if len(place) == 3:
            target = ("weight", place[0], place[1], place[2])
        elif len(place) == 2:
            layer, node = place
            example = 0 if self._shown is None else self._shown.moment.example
            if layer == 0:
                target = ("input", example, node, 0)
            elif layer == len(spec.layers) - 1:
                target = ("target", example, node, 0)
            elif spec.biases is not None:
                target = ("weight", layer, node, BIAS)
        if target is not None:
            self._field.ask(self.graph.spot(key), target, edits.number_at(spec, target))

    # -- what the workspace asks --------------------------------------------------------------

    @property
    def caption(self) -> Caption:
        return self.notices.caption

    def canvas(self) -> QWidget:
        return self.graph

    def own_actions(self) -> list[ActionSpec]:
        return [
            *self.files.actions(),
            ActionSpec(
                "networks.backprop.exercise",
                QT_TRANSLATE_NOOP("actions", "Backpropagation E&xercise"),
                "Run",
                self.show_exercise,
                section=30,
            ),
        ]

    def show_exercise(self) -> None:
        """Bring the exercise to the front, and make one where there is none."""
        self.front_wanted.emit()
        self.tabs.setCurrentWidget(self.exercise)
        if self.exercise.exercise is None:
            self.exercise.new.click()

    def fit(self) -> None:
        self.graph.forget_places()
        self.graph.fit()

    def set_scale(self, factor: float) -> None:
        self.graph.set_scale(factor)
        self.sheet.set_scale(factor)
        self.curve.set_scale(factor)

    def activate(self) -> None:
        self._say()

    def start_first_work(self) -> None:
        self.controller.start()

    def finish_first_work(self) -> None:
        self._finishing = True
        if self._shown is not None:
            self._on_shown(self._shown)

    def open_paths(self, paths: list[Path]) -> bool:
        return self.files.open_first(paths)

    def open_scene(self, scene: Scene) -> None:
        self._scene = scene
        self.player.pause()
        self.tabs.setCurrentIndex(0)
        preset = scene.spec
        if preset.spec == self.store.setup:
            self._say()
        self.store.change(preset.spec, self.tr("a scene"))
        self.controller.go_to(preset.moment)
        self.graph.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> dict[str, Any]:
        return {
            "across": self._across.sizes(),
            "down": self._down.sizes(),
            "net": to_json(self.store.setup),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        for splitter, name in ((self._across, "across"), (self._down, "down")):
            sizes = state.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(type(s) is int for s in sizes):
                splitter.setSizes(sizes)
        net = state.get("net")
        if isinstance(net, str):
            try:
                self.store.apply(from_json(net, BackpropSpec))
            except ThalwegError:
                return

    def reset_layout(self) -> None:
        self._across.setSizes([10_000, PANEL_PX])
        self._down.setSizes([10_000, LOWER_PX])

    def retranslate(self) -> None:
        self.graph.setAccessibleName(self.tr("The net"))
        self._scroll.setAccessibleName(self.tr("Settings of the net"))
        self.tabs.setAccessibleName(self.tr("Net, numbers, exercise"))
        for index, text in enumerate((self.tr("Net"), self.tr("Numbers"), self.tr("Exercise"))):
            self.tabs.setTabText(index, text)
        self.below.setAccessibleName(self.tr("Formulas, error curve"))
        for index, text in enumerate((self.tr("Formulas"), self.tr("Error"))):
            self.below.setTabText(index, text)
        self._draw()
        self._show_spec()
        self._say()

    def inspect_state(self) -> dict[str, Any]:
        """What can be read, for programs that look at the window from outside."""
        shown = self._shown
        return {
            "moment": None if shown is None else shown.moment.index,
            "event": None if shown is None else shown.moment.event.kind,
            "error": None if shown is None else shown.moment.error,
        }
