"""All layers over the picture as one thing: which are shown, how strongly, and what is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.detection.instances import Instance, Pair
from gui.detection.layers.anchors import AnchorLayer
from gui.detection.layers.base import InstanceOverlay, Overlay
from gui.detection.layers.boxes import BoxLayer
from gui.detection.layers.dropped import DroppedBoxesLayer
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.layers.labels import PlateLayer
from gui.detection.layers.masks import MaskLayer
from gui.detection.layers.objectness import HeatLayer
from gui.detection.layers.panel import STAGES, LayersPanel
from gui.detection.layers.proposals import ProposalLayer
from gui.detection.layers.score_scale import levels
from gui.pictures.canvas import PictureCanvas
from gui.pictures.view_transform import Layer

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace


class Overlays(QObject):
    """Follows the stages list, and draws on the canvas.

    Signals:
        selected_changed: the chosen detection's pair, or None.
    """

    selected_changed = Signal(object)

    def __init__(self, canvas: PictureCanvas, stages: LayersPanel, font: QFont) -> None:
        super().__init__(canvas)
        self._canvas, self._stages = canvas, stages
        self.anchors, self.proposals = AnchorLayer(font), ProposalLayer(font)
        self.heat, self.ended = HeatLayer(font), DroppedBoxesLayer(font)
        self.boxes, self.masks, self.keypoints = BoxLayer(), MaskLayer(), KeypointLayer()
        self.plates = PlateLayer(font)
        self.by_name: dict[str, Overlay] = {
            "anchors": self.anchors,
            "objectness": self.heat,
            "proposals": self.proposals,
            "boxes": self.boxes,
            "masks": self.masks,
            "keypoints": self.keypoints,
        }
        self._of_instances: tuple[InstanceOverlay, ...] = (
            self.masks,
            self.boxes,
            self.keypoints,
            self.plates,
        )
        self._stack: list[Layer] = [
            self.heat,
            self.masks,
            self.anchors,
            self.proposals,
            self.ended,
            self.boxes,
            self.keypoints,
            self.plates,
        ]
        self.raised: Pair | None = None
        self.selected: Pair | None = None
        canvas.set_layers(self._stack)
        canvas.peek_ended.connect(self.end_peek)
        for name, layer in self.by_name.items():
            stages.set_shown(name, layer.shown)
            stages.set_opacity(name, layer.opacity)
        stages.eye_changed.connect(self._eye)
        stages.opacity_changed.connect(self._fade)
        stages.level_changed.connect(self._set_level)
        stages.top_changed.connect(self._set_top)

    # What is drawn

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Anchors and proposals of a trace, and the points' names."""
        trace = inspection.trace if inspection else None
        self.anchors.set_trace(trace)
        self.heat.set_trace(trace)
        self.proposals.set_trace(trace)
        if inspection is not None:
            model = inspection.model
            self.keypoints.set_points(model.keypoint_names, model.skeleton)
            self._stages.set_levels(levels(inspection.trace))
        self._canvas.update()

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        """The detections to draw."""
        for layer in self._of_instances:
            layer.instances = instances
        self._canvas.update()

    def set_ended(self, trace: StageTrace | None, ended: numpy.ndarray | None) -> None:
        """Boxes that ended at the funnel's chosen gate; (A,) bool, or None for no gate."""
        self.ended.set_ended(trace, ended)
        self._canvas.update()

    def raise_pair(self, pair: Pair | None) -> None:
        """Draw one detection over the others."""
        if pair != self.raised:
            self.raised = pair
            for layer in self._of_instances:
                layer.raised = pair
            self._canvas.update()

    def select_pair(self, pair: Pair | None) -> None:
        """Draw one detection as the chosen one."""
        if pair != self.selected:
            self.selected = pair
            for layer in self._of_instances:
                layer.selected = pair
            self._canvas.update()
            self.selected_changed.emit(pair)

    def add_below(self, layer: Layer) -> None:
        """Draw something over the picture, below every other layer."""
        self._stack.insert(0, layer)
        if not self._canvas.peeking:
            self._canvas.set_layers(self._stack)

    def show_only(self, names: tuple[str, ...]) -> None:
        """Open these eyes and close the others."""
        for name in STAGES:
            self.show(name, name in names)

    @property
    def level(self) -> int:
        """The level of anchors and objectness that is shown, or AROUND_CURSOR."""
        return self.anchors.level

    def choose_level(self, level: int) -> None:
        """Show one level, or AROUND_CURSOR."""
        self._stages.set_level(level)

    def spotlight(self, pair: Pair | None, *, hidden: tuple[str, ...] = ()) -> None:
        """Draw the other detections faintly; None draws all alike again.

        Args:
            hidden: layers of `STAGES` in which the pair itself is not drawn.
        """
        for layer in self._of_instances:
            layer.spotlight = pair
            layer.hidden = pair if layer.name in hidden else None
        self._canvas.update()

    def add(self, layer: Layer, *, below_labels: bool = False) -> None:
        """Draw something over all layers, whatever eyes are open, or over all but the labels."""
        end = self._stack.index(self.plates) if below_labels else len(self._stack)
        self._stack.insert(end, layer)
        if not self._canvas.peeking:
            self._canvas.set_layers(self._stack)

    def point_at(self, at: QPointF | None) -> None:
        """The cursor moved: the anchors around it follow; outside they stay."""
        if at is not None:
            self.anchors.at = at
            if self.anchors.shown:
                self._canvas.update()

    # Which are shown

    def is_shown(self, name: str) -> bool:
        return self.by_name[name].shown

    def show(self, name: str, shown: bool) -> None:
        """Open or close a layer's eye."""
        self.by_name[name].shown = shown
        self._stages.set_shown(name, shown)
        self.plates.shown = self.boxes.shown
        self._canvas.update()

    def show_alone(self, name: str) -> None:
        """Open one eye and close the others; a second time opens the usual ones."""
        alone = all(self.is_shown(other) == (other == name) for other in STAGES)
        for other in STAGES:
            self.show(other, other in ("boxes", "masks", "keypoints") if alone else other == name)

    def peek(self) -> None:
        """The bare picture, until a key is released."""
        self._canvas.peeking = True
        self._canvas.set_layers([])

    def end_peek(self) -> None:
        self._canvas.peeking = False
        self._canvas.set_layers(self._stack)

    def _eye(self, name: str, shown: bool, alone: bool) -> None:
        if alone:
            self.show_alone(name)
        else:
            self.show(name, shown)

    def _fade(self, name: str, opacity: float) -> None:
        self.by_name[name].opacity = opacity
        if name == "boxes":
            self.plates.opacity = opacity
        self._canvas.update()

    def _set_level(self, level: int) -> None:
        self.anchors.level = level
        self.heat.set_level(level)
        self._canvas.update()

    def _set_top(self, top: int) -> None:
        self.proposals.top = top
        self._canvas.update()

    def painted(self) -> dict[str, Any]:
        """What is on the canvas now, for tests that look from outside."""
        shown = self.boxes.instances
        places = {instance.pair: index for index, instance in enumerate(shown)}
        seen = {name: self.is_shown(name) and not self._canvas.peeking for name in STAGES}
        return {
            "anchors": self.anchors.count() if seen["anchors"] else 0,
            "objectness": seen["objectness"],
            "proposals": self.proposals.count() if seen["proposals"] else 0,
            "boxes": [list(instance.box) for instance in shown] if seen["boxes"] else [],
            "masks": sum(i.mask is not None for i in shown) if seen["masks"] else 0,
            "keypoints": sum(i.keypoints is not None for i in shown) if seen["keypoints"] else 0,
            "ended": self.ended.count(),
            "pending": sum(i.pending for i in shown),
            "selected": -1 if self.selected is None else places.get(self.selected, -1),
            "hover": -1 if self.raised is None else places.get(self.raised, -1),
        }

    def retranslate(self) -> None:
        title = self.tr("Objectness")
        for layer in (self.anchors, self.heat, self.proposals, self.ended):
            layer.scale_title = title
        self._canvas.update()

    # Memory

    def save_state(self) -> dict[str, Any]:
        layers = {
            name: {"shown": layer.shown, "opacity": layer.opacity}
            for name, layer in self.by_name.items()
        }
        return {"layers": layers, "top": self.proposals.top}

    def restore_state(self, state: dict[str, Any]) -> None:
        saved = state.get("layers")
        for name, layer in (saved if isinstance(saved, dict) else {}).items():
            if name in self.by_name and isinstance(layer, dict):
                self.show(name, bool(layer.get("shown", True)))
                opacity = layer.get("opacity", 1.0)
                if isinstance(opacity, int | float):
                    self._stages.set_opacity(name, min(max(float(opacity), 0.0), 1.0))
        if isinstance(top := state.get("top"), int):
            self._stages.set_top(top)
