"""What can be asked of a detection: the tabs beside the picture, the strip above, the tools."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.detection.canvas_tools import HEAD, LOST, Tools
from gui.detection.missed_objects.panel import LostPanel
from gui.detection.picture_context import PictureContext
from gui.detection.provenance.animation import Box
from gui.detection.provenance.panel import OriginPanel
from gui.detection.selection_link import SelectionLink
from gui.detection.side_panel import SidePanel
from gui.detection.stages.catalogue import STAGE_OF_GATE
from gui.detection.stages.panel import StagePanel
from gui.detection.stages.pipeline_bar import PipelineBar
from gui.detection.stages.proposals import ProposalsView
from gui.detection.thresholds.panel import LimitsPanel
from gui.detection.thresholds.undo import LimitsHistory


class DetailPanels(QObject):
    """The panels that answer questions, and the actions that put them.

    Signals:
        status: what to do with the armed tool.
    """

    status = Signal(str)

    def __init__(
        self,
        scope: PictureContext,
        side: SidePanel,
        layers: QWidget,
        linking: SelectionLink,
        parent: QWidget,
    ) -> None:
        """Fill the side.

        Args:
            layers: the list of layers, the first tab.
        """
        super().__init__(parent)
        self._scope, self._side = scope, side
        session = scope.session
        self.tools = Tools(scope.canvas)
        self.limits = LimitsPanel(session, parent)
        self.history = LimitsHistory(session)
        self.stage = StagePanel(scope, self.tools, parent)
        self.origin = OriginPanel(scope, parent)
        self.lost = LostPanel(scope, self.tools, parent)
        self.strip = PipelineBar(parent)
        scroll = QScrollArea(parent)
        scroll.setWidgetResizable(True)
        scroll.setWidget(layers)
        for name, panel in (
            ("layers", scroll),
            ("limits", self.limits),
            ("stage", self.stage),
            ("origin", self.origin),
            ("lost", self.lost),
        ):
            side.add(name, panel)
        linking.pick = self.stage.pick
        linking.inspected.connect(self._inspected)
        side.escaped.connect(self.escape)
        scope.origin_wanted.connect(self.show_origin)
        self.tools.changed.connect(self._show_tool)
        self.strip.stage_chosen.connect(self.show_stage)
        self.stage.stage_changed.connect(self.strip.choose)
        session.inspected.connect(self._adopt)
        session.settled.connect(self._count)

    # Where does it come from, where was it lost

    def show_origin(self) -> None:
        """Where does the chosen detection come from?"""
        self._side.show_tab("origin")

    def find_lost(self, checked: bool = True) -> None:
        """Where was my object lost? Draw a box around it."""
        self._side.show_tab("lost")
        self.tools.toggle(LOST)

    def follow(self, box: Box, label: int | None) -> None:
        """Where was the object in this box lost? None for any class."""
        self.lost.ask(box, label)
        self._side.show_tab("lost")

    def finds_lost(self) -> bool:
        return self.tools.purpose == LOST

    def _inspected(self) -> None:
        """A detection was clicked: tell where it comes from, unless another view is in use."""
        if self._side.front() == "layers":
            self.show_origin()

    # Stages

    def show_stage(self, name: str) -> None:
        """Look at one stage; the same one again shows the result."""
        self.stage.choose("" if name == self.stage.stage else name)
        self._side.show_tab("stage" if self.stage.stage else "layers")

    def open_stage(self, name: str) -> None:
        """Look at one stage, whatever was looked at before."""
        self.stage.choose(name)
        self._side.show_tab("stage" if name else "layers")

    def show_gate(self, gate: int) -> None:
        """The stage to which a gate of the funnel belongs; -1 for no gate."""
        if gate < 0:
            return
        self.open_stage(tuple(STAGE_OF_GATE.values())[gate])
        view = self.stage.view()
        if isinstance(view, ProposalsView):
            view.choose_gate(gate + 1, dropped=True)

    def ask_head(self, checked: bool = True) -> None:
        """What does the head say of a box that I draw?"""
        self.open_stage("rois")
        self.tools.toggle(HEAD)

    def open_court(self) -> None:
        """Which of two boxes does the NMS keep?"""
        self.open_stage("boxes")

    def asks_head(self) -> bool:
        return self.tools.purpose == HEAD

    # Tools

    def escape(self) -> None:
        """Leave the tool, or stop what is running."""
        if self.tools.purpose:
            self.tools.leave()
        else:
            self._scope.session.cancel()

    def can_escape(self) -> bool:
        return bool(self.tools.purpose) or self._scope.session.running

    def has_result(self) -> bool:
        return self._scope.inspection is not None

    def _show_tool(self) -> None:
        texts = {
            LOST: self.tr("Drag a box around what was not found. Esc leaves."),
            HEAD: self.tr("Drag a box: the head takes it for a proposal. Esc leaves."),
        }
        self.status.emit(texts.get(self.tools.purpose, ""))

    # What the strip tells

    def _adopt(self) -> None:
        inspection = self._scope.inspection
        if inspection is not None:
            model = inspection.model
            self.strip.set_family(masks=model.has_masks, keypoints=model.has_keypoints)
        self._count()

    def _count(self) -> None:
        inspection = self._scope.inspection
        trace = inspection.trace if inspection is not None else None
        self.strip.set_results(trace, self._scope.session.selection)
