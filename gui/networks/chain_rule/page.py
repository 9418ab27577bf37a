"""The page of the chain rule: formula above, graph in the middle, numbers on the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from engine.errors import FormulaError
from engine.networks.chain_rule.graph import build
from engine.networks.chain_rule.steps import ChainSpec, ChainTrace
from gui import theme
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.chain_rule import letters
from gui.networks.chain_rule.controller import ChainController
from gui.networks.chain_rule.formula_panel import FormulaPanel
from gui.networks.chain_rule.sheet_panel import SheetPanel
from gui.networks.graph.view import GraphView
from gui.networks.page import Page
from gui.networks.scenes import Scene
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore
from gui.racing.spec_files import FileKind, SpecFiles
from gui.settings import Settings
from gui.widgets.parameter_form import ParameterForm
from gui.widgets.scene_caption import Caption

FIRST = ChainSpec("x*sin(x^2)", values={"x": 0.8})
SHEET_PX = 312
READABLE = 0.72  # scale of the graph below which its numbers cannot be read
SPEED = 1  # steps a second: each is talked about
INPUT_TIP = QT_TRANSLATE_NOOP(
    "ParameterForm", "Drag to change {name} from {low} to {high}; every number follows"
)
CHAIN = FileKind(
    ChainSpec,
    "networks",
    action="networks.chain.save",
    label=QT_TRANSLATE_NOOP("actions", "Save &Chain…"),
    title=QT_TRANSLATE_NOOP("networks", "Save Chain"),
    filter_=QT_TRANSLATE_NOOP("networks", "Chain (*.json)"),
    name="chain.json",
)


class ChainRulePage(Page):
    """Builds the parts and lays them out."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.player = Player(self, speed=SPEED)
        self.store = SetupStore[ChainSpec](FIRST, self)
        self._finishing = False
        self._announced = False
        self._scene: Scene | None = None
        self.panel = FormulaPanel(self)
        self.graph = GraphView("networks.chain.canvas", self, least_scale=READABLE)
        self.inputs = ParameterForm(self, name="networks.chain.input", tip=INPUT_TIP)
        self.sheet = SheetPanel(self)
        self._inputs_heading = QLabel(self)
        self._inputs_heading.setProperty("role", "section")
        self.controller = ChainController(
            bridge, self.store, self.player, self.panel, self.inputs, self.graph, self.sheet, self
        )
        self.files = SpecFiles(CHAIN, self.store, settings, self)
        for told, signal in (
            (self.files.status, self.status),
            (self.files.opened, self.opened),
            (self.files.failed, self.error),
        ):
            told.connect(signal)
        self.controller.status.connect(self.status)
        self.controller.readout.connect(self.readout)
        self.controller.traced.connect(self._on_traced)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        above = QFrame(self)
        above.setProperty("role", "panel")
        inside = QVBoxLayout(above)
        inside.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        inside.setSpacing(4)
        inside.addWidget(self._inputs_heading)
        inside.addWidget(self.inputs)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(above)
        column.addWidget(self.sheet, 1)
        right.setMinimumWidth(260)
        left = QFrame(self)
        left.setProperty("role", "panel")
        stack = QVBoxLayout(left)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.panel)
        stack.addWidget(self.graph, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("networks.chain.splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self.reset_layout()

    # -- what the workspace asks --------------------------------------------------------------

    @property
    def caption(self) -> Caption:
        return self.panel.caption

    def canvas(self) -> QWidget:
        return self.graph

    def own_actions(self) -> list[ActionSpec]:
        return [*self.files.actions(), *self.controller.actions()]

    def fit(self) -> None:
        self.graph.fit()

    def set_scale(self, factor: float) -> None:
        for part in (self.panel, self.graph, self.sheet):
            part.set_scale(factor)

    def activate(self) -> None:
        self.controller.say()

    def start_first_work(self) -> None:
        self.controller.start()

    def finish_first_work(self) -> None:
        self._finishing = True
        if self.controller.trace is not None:
            self._on_traced()

    def _on_traced(self) -> None:
        if self._finishing:
            self._finishing = False
            self.player.to_end()
        if not self._announced:
            self._announced = True
            self.first_work_done.emit()

    def open_paths(self, paths: list[Path]) -> bool:
        return self.files.open_first(paths)

    def open_scene(self, scene: Scene) -> None:
        self._scene = scene
        self.controller.open(scene.spec, self._caption)
        self.graph.setFocus(Qt.FocusReason.OtherFocusReason)

    def _caption(self, trace: ChainTrace) -> str:
        assert self._scene is not None
        numbers = {step.line.symbol: letters.number(step.result) for step in trace.steps}
        return self._scene.filled(numbers)

    def save_state(self) -> dict[str, Any]:
        spec = self.store.setup
        return {
            "sizes": self._splitter.sizes(),
            "formula": spec.formula,
            "inner": spec.inner,
            "values": dict(spec.values),
            "places": {key: list(place) for key, place in self.graph.places().items()},
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(type(s) is int for s in sizes):
            self._splitter.setSizes(sizes)
        formula, inner, values = (state.get(key) for key in ("formula", "inner", "values"))
        if not (isinstance(formula, str) and isinstance(inner, str)):
            return
        try:
            build(formula, inner)
        except FormulaError:
            return
        numbers = {
            name: float(value)
            for name, value in (values.items() if isinstance(values, dict) else ())
            if type(value) in (int, float)
        }
        self.store.apply(ChainSpec(formula, inner, numbers))
        places = state.get("places")
        if isinstance(places, dict):
            self.controller.set_places(
                {
                    key: (float(place[0]), float(place[1]))
                    for key, place in places.items()
                    if isinstance(place, list)
                    and len(place) == 2
                    and all(type(each) in (int, float) for each in place)
                }
            )

    def reset_layout(self) -> None:
        self._splitter.setSizes([10_000, SHEET_PX])

    def retranslate(self) -> None:
        self._inputs_heading.setText(self.tr("INPUTS"))
        self.graph.setAccessibleName(self.tr("Computation graph"))
        self.graph.setToolTip("")
        self.controller.say()
