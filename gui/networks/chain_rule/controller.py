"""Keeps canvas, sheet and inputs true to the formula, its numbers and the step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from engine.descent.surfaces.formula import range_of
from engine.descent.surfaces.surface import Parameter
from engine.errors import FormulaError
from engine.networks.chain_rule.graph import build
from engine.networks.chain_rule.script import write_script
from engine.networks.chain_rule.steps import DEFAULT, ChainSpec, ChainTrace, chain_steps
from gui import number_text
from gui.actions import ActionSpec
from gui.bridge import Bridge, NewestJob
from gui.i18n import QT_TRANSLATE_NOOP
from gui.networks.chain_rule import letters
from gui.networks.chain_rule.drawing import draw, lay_out
from gui.networks.chain_rule.formula_panel import FormulaPanel
from gui.networks.chain_rule.sheet_panel import SheetPanel
from gui.networks.chain_rule.words import step_text
from gui.networks.graph.layered import Places
from gui.networks.graph.records import BACKWARD, FORWARD, Node
from gui.networks.graph.view import GraphView
from gui.racing.player import Player
from gui.racing.setup_store import SetupStore
from gui.widgets.parameter_form import ParameterForm

LANE, KEY = "descent", "networks.chain"
REACH = 5.0  # of an input's slider, to both sides of 0


class ChainController(QObject):
    """The page's state, its job and its actions.

    Signals:
        status: the step in a sentence.
        readout: the numbers of the node under the mouse.
        traced: another formula or other numbers are computed and shown.
    """

    status = Signal(str)
    readout = Signal(str)
    traced = Signal()

    def __init__(
        self,
        bridge: Bridge,
        store: SetupStore[ChainSpec],
        player: Player,
        panel: FormulaPanel,
        inputs: ParameterForm,
        canvas: GraphView,
        sheet: SheetPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.trace: ChainTrace | None = None
        self._job = NewestJob(bridge, LANE, KEY)
        self._store = store
        self._player = player
        self._panel = panel
        self._inputs = inputs
        self._canvas = canvas
        self._sheet = sheet
        self._places: Places | None = None
        self._started = False
        self._wanted = 0  # the step to go back to where it is defined again
        self._updating = False
        self._shown = 0
        self._gesture = 0
        self._nodes: dict[str, Node] = {}  # that are shown, by key
        self._remembered: dict[str, tuple[float, float]] = {}
        self._caption: Callable[[ChainTrace], str] | None = None
        self._caption_of: tuple[str, str] = ("", "")
        store.changed.connect(self._on_changed)
        player.moved.connect(self._on_moved)
        panel.entered.connect(self.enter)
        inputs.changed.connect(self._on_input)
        canvas.hovered.connect(self._on_hovered)

    def actions(self) -> list[ActionSpec]:
        """What the menus say of it."""
        return [
            ActionSpec(
                "networks.chain.copy_script",
                QT_TRANSLATE_NOOP("actions", "Copy Derivative as Py&Torch"),
                "Edit",
                self.copy_script,
                section=20,
                icon="copy",
            ),
            ActionSpec(
                "networks.chain.forget_places",
                QT_TRANSLATE_NOOP("actions", "Put the &Nodes Back"),
                "View",
                self._canvas.forget_places,
                section=20,
                enabled=self._was_dragged,
            ),
        ]

    def start(self) -> None:
        """Show the formula that is set."""
        self._started = True
        self._panel.show_spec(self._store.setup)
        self._request()

    @Slot(str, str)
    def enter(self, outer: str, inner: str) -> None:
        """Take a formula; one that cannot be read is said, and the last picture stays."""
        try:
            graph = build(outer, inner)
        except FormulaError as error:
            self._panel.show_problem(error)
            return
        self._panel.show_problem(None)
        names = [graph.nodes[place].name for place in graph.variables]
        old = self._store.setup.values
        values = {name: old.get(name, DEFAULT) for name in names}
        text = self.tr("formula {formula}").format(formula=graph.plain[0][:30])
        self._store.change(ChainSpec(outer, inner, values), text)
        self._canvas.setFocus()

    def open(self, spec: ChainSpec, caption: Callable[[ChainTrace], str]) -> None:
        """Show a scene; its caption stays as long as its formula.

        Args:
            caption: made of the numbers each time that they change.
        """
        self._caption, self._caption_of = caption, (spec.formula, spec.inner)
        self._player.pause()
        self._wanted = 0
        self._canvas.forget_places()
        if spec == self._store.setup:
            self._player.seek(0)
            self._show()
        else:
            self._store.change(spec, self.tr("a scene of the lecture"))

    def copy_script(self) -> None:
        """A script that prints the same derivatives, on the clipboard."""
        QApplication.clipboard().setText(write_script(self._store.setup))
        self.status.emit(self.tr("The script is on the clipboard"))

    def say(self) -> None:
        """The step in the status bar."""
        if self.trace is not None:
            self.status.emit(step_text(self.trace, self._shown))
            self._say_caption()

    def set_places(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Where nodes were dragged to in an earlier run, once there are nodes."""
        self._remembered = dict(places)

    # -- what happens ---------------------------------------------------------------------------

    def _was_dragged(self) -> bool:
        return bool(self._canvas.places())

    @Slot(object, object)
    def _on_changed(self, before: ChainSpec, after: ChainSpec) -> None:
        if (before.formula, before.inner) != (after.formula, after.inner):
            self._player.pause()
            self._wanted = 0
        elif self.trace is not None:
            # At once, as a slider that is let go tells the number of its field.
            self._show_inputs({**self.trace.values, **after.values})
        if self._started:
            self._panel.show_spec(after)
            self._request()

    @Slot(str, float, int)
    def _on_input(self, name: str, value: float, stage: int) -> None:
        if stage == 1 or not self._gesture:
            self._gesture = self._store.new_gesture()
        spec = self._store.setup
        said = f"{letters.plain(name)} = {number_text.write(value)}"
        changed = replace(spec, values={**spec.values, name: value})
        self._store.change(changed, said, gesture=self._gesture)
        if stage in (2, 3):
            self._gesture = 0

    @Slot(str)
    def _on_hovered(self, key: str) -> None:
        node = self._nodes.get(key)
        rows = [] if node is None else [row for row in node.rows if row.value]
        said = [f"{row.label} {row.value}" if row.label == "=" else f"{row.label} = {row.value}"
                for row in rows]  # fmt: skip
        self.readout.emit("" if node is None else "   ".join([node.title, *said]))

    def _request(self) -> None:
        spec = self._store.setup
        self._job.request(partial(chain_steps, spec), on_snapshot=self._on_trace)

    def _on_trace(self, trace: ChainTrace) -> None:
        before = self.trace
        self.trace = trace
        if before is None or before.graph != trace.graph or self._places is None:
            self._places = lay_out(trace.graph)
            self._canvas.forget_places()
        self._show_inputs(trace.values)
        total = len(trace.steps)
        self._updating = True
        self._player.set_race(total)
        self._player.set_available(total)
        self._player.seek(min(self._wanted, total))
        self._updating = False
        self._show()
        self._canvas.set_places(self._remembered)
        self._remembered = {}
        self.traced.emit()

    def _show_inputs(self, values: Mapping[str, float]) -> None:
        facts = {}
        for name, value in values.items():
            low, high = range_of(value) if abs(value) > REACH else (-REACH, REACH)
            facts[name] = Parameter(DEFAULT, low, high, soft=True)
        self._inputs.show_parameters(facts, values, anew=False)

    @Slot(int)
    def _on_moved(self, step: int) -> None:
        if not self._updating:
            self._wanted = step
            self._show()

    def _show(self) -> None:
        """Everything that depends on the step and on the numbers."""
        trace = self.trace
        if trace is None or self._places is None:
            return
        before, count = self._shown, min(self._player.step, len(trace.steps))
        self._shown = count
        drawing = draw(trace, self._places, count)
        self._canvas.show_graph(drawing.nodes, drawing.edges)
        self._canvas.light(drawing.lit)
        self._nodes = {node.key: node for node in drawing.nodes}
        if count == before + 1:
            color = BACKWARD if drawing.backward else FORWARD
            self._canvas.send(drawing.sent, color, backward=drawing.backward)
        else:
            self._canvas.end_signals()
        said = [f"{node.title}: {', '.join(r.value or '–' for r in node.rows)}" for node in
                drawing.nodes if node.rows]  # fmt: skip
        self._canvas.setAccessibleDescription("; ".join(said))
        self._sheet.show_steps(trace, count)
        self.say()

    def _say_caption(self) -> None:
        trace, spec = self.trace, self._store.setup
        same = (spec.formula, spec.inner) == self._caption_of
        text = self._caption(trace) if self._caption and trace is not None and same else ""
        self._panel.show_caption(text)
