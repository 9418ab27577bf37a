"""The stages of the detector: the bar over the picture, the tab beside it, and their actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.detection.canvas_tools import HEAD, CanvasTools
from gui.detection.picture_context import PictureContext
from gui.detection.side_panel import SidePanel
from gui.detection.stages.panel import StagePanel
from gui.detection.stages.pipeline_bar import PipelineBar
from gui.detection.stages.registry import STAGE_OF_GATE, STAGES
from gui.i18n import QT_TRANSLATE_NOOP


class StagesController(QObject):
    """Chooses which stage is looked at; none shows the result."""

    def __init__(
        self, context: PictureContext, tools: CanvasTools, side: SidePanel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._tools, self._side = context, tools, side
        self.panel = StagePanel(context, tools, parent)
        self.bar = PipelineBar(parent)
        side.add("stage", self.panel, self.panel, stays=self.panel.stays)
        self.bar.stage_chosen.connect(self.toggle)
        self.panel.stage_changed.connect(self.bar.choose)
        self.panel.stage_changed.connect(self._make_room)
        context.session.inspected.connect(self._adopt)
        context.session.settled.connect(self._count)

    def actions(self) -> list[ActionSpec]:
        """Each stage, and the two questions that a stage answers."""
        return [
            ActionSpec(
                "detection.head",
                QT_TRANSLATE_NOOP("actions", "&Ask the Head"),
                "Run",
                self.ask_head,
                "Q",
                checkable=True,
                canvas_only=True,
                section=20,
                checked=self.asks_head,
                enabled=self._context.session.has_result,
            ),
            ActionSpec(
                "detection.court",
                QT_TRANSLATE_NOOP("actions", "&NMS Court: Two Boxes"),
                "Run",
                self.compare_boxes,
                section=20,
                enabled=self._context.session.has_result,
            ),
            *(
                ActionSpec(
                    f"detection.stage.{stage.name}.view",
                    stage.menu_text,
                    "Run",
                    partial(self.toggle, stage.name),
                    str(number),
                    checkable=True,
                    canvas_only=True,
                    section=40,
                    checked=partial(self.is_open, stage.name),
                )
                for number, stage in enumerate(STAGES, 1)
            ),
        ]

    def is_open(self, name: str) -> bool:
        return self.panel.stage == name

    def toggle(self, name: str, checked: bool = True) -> None:
        """Look at one stage; the same one again shows the result."""
        self.open("" if name == self.panel.stage else name)

    def open(self, name: str) -> None:
        """Look at one stage, whatever was looked at before."""
        self.panel.choose(name)
        if name:
            self._side.show_tab("stage")
        elif self._side.front() == "stage":
            self._side.show_tab("layers")

    def _make_room(self, name: str) -> None:
        self._side.make_room(bool(name))

    def show_gate(self, gate: int) -> None:
        """The stage to which a gate of the funnel belongs; -1 for no gate."""
        if gate < 0:
            return
        self.open(tuple(STAGE_OF_GATE.values())[gate])
        view = self.panel.view()
        if view is not None:
            view.show_gate(gate)

    def pick(self, at: QPointF) -> bool:
        """A click on the picture; whether the stage took it."""
        return self.panel.pick(at)

    def ask_head(self, checked: bool = True) -> None:
        """What does the head say of a box that I draw?"""
        self.open("rois")
        self._tools.toggle(HEAD)

    def asks_head(self) -> bool:
        return self._tools.purpose == HEAD

    def compare_boxes(self) -> None:
        """Which of two boxes does the NMS keep?"""
        self.open("boxes")

    def _adopt(self) -> None:
        """Light up the network that the model is."""
        inspection = self._context.inspection
        if inspection is not None:
            model = inspection.model
            self.bar.set_family(masks=model.has_masks, keypoints=model.has_keypoints)
        self._count()

    def _count(self) -> None:
        inspection = self._context.inspection
        trace = inspection.trace if inspection is not None else None
        self.bar.set_results(trace, self._context.session.selection)
