"""All layers over the picture as one thing: which are shown, how strongly, and what is raised."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.actions import ActionSpec
from gui.detection.instances import Instance, Pair
from gui.detection.layers import stack
from gui.detection.layers.base import AROUND_CURSOR, InstanceOverlay, Overlay
from gui.detection.layers.boxes import BoxLayer
from gui.detection.layers.dropped import DroppedBoxesLayer
from gui.detection.layers.labels import LabelLayer
from gui.detection.layers.panel import LayersPanel
from gui.detection.layers.score_scale import levels
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.canvas import PictureCanvas
from gui.pictures.view_transform import Layer

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.trace import StageTrace

Kind = TypeVar("Kind", bound=Overlay)
Filter = Callable[[str, tuple[Instance, ...]], tuple[Instance, ...]]  # of a layer, by its name


class LayersController(QObject):
    """Follows the list of layers, and draws on the canvas.

    Signals:
        selected_changed: the chosen detection's pair, or None.
        eye_changed: a layer's name, whether it is shown now.
        dimming_changed: another eye is open, or something else is dimmed.
    """

    selected_changed = Signal(object)
    eye_changed = Signal(str, bool)
    dimming_changed = Signal()

    def __init__(self, canvas: PictureCanvas, font: QFont) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.panel = panel = LayersPanel()
        self._records = {record.name: record for record in stack.LAYERS}
        self.by_name = {name: record.make(font) for name, record in self._records.items()}
        self._listed = tuple(record.name for record in stack.listed())
        self._usual = tuple(name for name in self._listed if self.by_name[name].shown)
        self.boxes, self._labels = self._find(BoxLayer), self._find(LabelLayer)
        self.dropped = self._find(DroppedBoxesLayer)
        self.level = AROUND_CURSOR  # of anchors; or the index of the one that is shown
        self._of_instances = tuple(
            (name, layer)
            for name, layer in self.by_name.items()
            if isinstance(layer, InstanceOverlay)
        )
        order = sorted(self._records.values(), key=_depth)
        self._stack: list[Layer] = [self.by_name[record.name] for record in order]
        self.raised: Pair | None = None
        self.selected: Pair | None = None
        self._instead: Layer | None = None
        self._own: dict[str, bool] | None = None  # the user's eyes, while a stage has others
        self._instances: tuple[Instance, ...] = ()
        self._filter: Filter | None = None
        canvas.set_layers(self._stack)
        canvas.peek_ended.connect(self.end_peek)
        for name in self._listed:
            panel.set_shown(name, self.by_name[name].shown)
            panel.set_opacity(name, self.by_name[name].opacity)
        for name, top in panel.tops().items():
            self._set_top(name, top)
        panel.eye_changed.connect(self._turn)
        panel.opacity_changed.connect(self._fade)
        panel.level_changed.connect(self._set_level)
        panel.top_changed.connect(self._set_top)

    def _find(self, kind: type[Kind]) -> Kind:
        """The layer of a class."""
        return next(layer for layer in self.by_name.values() if isinstance(layer, kind))

    def actions(self) -> list[ActionSpec]:
        """Hide all, and show each."""
        return [
            ActionSpec(
                "detection.view.peek",
                QT_TRANSLATE_NOOP("actions", "&Hide Overlays (hold)"),
                "View",
                self.peek,
                "H",
                canvas_only=True,
                section=30,
            ),
            *(
                ActionSpec(
                    f"detection.stage.{record.name}.toggle",
                    record.menu_text,
                    "View",
                    partial(self.show, record.name),
                    record.key,
                    checkable=True,
                    canvas_only=True,
                    section=30,
                    checked=partial(self.is_shown, record.name),
                )
                for record in stack.listed()
            ),
        ]

    # What is drawn

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Another model's answer, or none."""
        for layer in self.by_name.values():
            layer.set_inspection(inspection)
        if inspection is not None:
            self.panel.set_levels(levels(inspection.trace))
        self._canvas.update()

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        """The detections to draw."""
        self._instances = instances
        self.refresh_instances()

    def set_filter(self, passes: Filter | None) -> None:
        """Let each layer draw what this leaves of the detections; None for all of them."""
        self._filter = passes
        self.refresh_instances()

    def refresh_instances(self) -> None:
        """Draw the detections that the filter leaves now."""
        shown = self._instances
        for name, layer in self.by_name.items():
            layer.set_instances(shown if self._filter is None else self._filter(name, shown))
        self._canvas.update()

    def set_dropped(self, trace: StageTrace | None, dropped: numpy.ndarray | None) -> None:
        """Boxes that ended at the funnel's chosen gate; (A,) bool, or None for no gate."""
        self.dropped.set_dropped(trace, dropped)
        self._canvas.update()

    def raise_pair(self, pair: Pair | None) -> None:
        """Draw one detection over the others."""
        if pair != self.raised:
            self.raised = pair
            for _, layer in self._of_instances:
                layer.raised = pair
            self._canvas.update()

    def select_pair(self, pair: Pair | None) -> None:
        """Make one detection the chosen one."""
        if pair != self.selected:
            self.selected = pair
            for _, layer in self._of_instances:
                layer.selected = pair
            self._canvas.update()
            self.selected_changed.emit(pair)

    def choose_pairs(self, pairs: frozenset[Pair]) -> None:
        """Draw all that are chosen with emphasis, where they are several."""
        for _, layer in self._of_instances:
            layer.chosen = pairs
        self._canvas.update()

    def spotlight(self, pair: Pair | None, *, hidden: tuple[str, ...] = ()) -> None:
        """Draw the other detections faintly; None draws all alike again.

        Args:
            hidden: the names of layers in which the pair itself is not drawn.
        """
        for name, layer in self._of_instances:
            layer.spotlight = pair
            layer.hidden = pair if name in hidden else None
        self._canvas.update()

    def add(self, layer: Layer, *, below_labels: bool = False) -> None:
        """Draw something over all layers, whatever eyes are open, or over all but the labels."""
        end = self._stack.index(self._labels) if below_labels else len(self._stack)
        self._insert(end, layer)

    def add_below(self, layer: Layer) -> None:
        """Draw something over the picture, below every other layer."""
        self._insert(0, layer)

    def _insert(self, place: int, layer: Layer) -> None:
        self._stack.insert(place, layer)
        self._draw()

    def show_instead(self, layer: Layer | None) -> None:
        """Draw one thing in place of all layers; None draws them again."""
        if layer is not self._instead:
            self._instead = layer
            self._draw()

    def _draw(self) -> None:
        if not self._canvas.peeking:
            self._canvas.set_layers(self._stack if self._instead is None else [self._instead])

    def point_at(self, at: QPointF | None) -> None:
        """The cursor moved: the anchors around it follow; outside they stay."""
        if at is None:
            return
        follows = [layer.shown for layer in self.by_name.values() if layer.point_at(at)]
        if any(follows):
            self._canvas.update()

    # Which are shown

    def is_shown(self, name: str) -> bool:
        return self.by_name[name].shown

    def show(self, name: str, shown: bool) -> None:
        """Open or close a layer's eye; one opened beside a stage is not dimmed any more."""
        if self._own is not None:
            self._own[name] = shown
        self._put(name, shown=shown, dimmed=False)
        self._tell()

    def _put(self, name: str, *, shown: bool, dimmed: bool) -> None:
        for layer in self._together(name):
            layer.shown, layer.dimmed = shown, dimmed
        self.panel.set_shown(name, shown)
        self.eye_changed.emit(name, shown)

    def focus(self, names: tuple[str, ...] | None, *, alone: bool = False) -> None:
        """Open these eyes beside the user's own, and dim what is not among them.

        Args:
            names: None gives the user's own eyes back, nothing dimmed.
            alone: draw nothing else of what the detector makes.
        """
        own = self._own or {name: self.is_shown(name) for name in self._listed}
        for name, shown in own.items():
            lit = names is not None and name in names
            beside = names is not None and not lit and self._records[name].of_model
            self._put(name, shown=lit or (shown and not (alone and beside)), dimmed=beside)
        self._own = None if names is None else own
        self._tell()

    def dimmed(self) -> tuple[str, ...]:
        """The names of what is drawn dimmed."""
        return tuple(
            name for name in self._listed if self.by_name[name].dimmed and self.by_name[name].shown
        )

    def set_dimmed(self, names: tuple[str, ...], *, dimmed: bool) -> None:
        """Dim layers, or draw them as strongly as they are set."""
        for name in names:
            self._put(name, shown=self.is_shown(name), dimmed=dimmed)
        self._tell()

    def _tell(self) -> None:
        self._canvas.update()
        self.dimming_changed.emit()

    def show_only(self, names: tuple[str, ...]) -> None:
        """Open these eyes and close the others of what the detector makes."""
        for name in self._listed:
            if self._records[name].of_model or name in names:
                self.show(name, name in names)

    def show_alone(self, name: str) -> None:
        """Open one eye and close the others; a second time opens the usual ones."""
        alone = all(self.is_shown(other) == (other == name) for other in self._listed)
        for other in self._listed:
            self.show(other, other in self._usual if alone else other == name)

    def peek(self) -> None:
        """The bare picture, until a key is released."""
        self._canvas.peeking = True
        self._canvas.set_layers([])

    def end_peek(self) -> None:
        self._canvas.peeking = False
        self._draw()

    def _together(self, name: str) -> list[Overlay]:
        """A layer and those that share its eye and opacity."""
        return [
            self.by_name[record.name]
            for record in self._records.values()
            if name in (record.name, record.follows)
        ]

    def _turn(self, name: str, shown: bool, alone: bool) -> None:
        if alone:
            self.show_alone(name)
        else:
            self.show(name, shown)

    def _fade(self, name: str, opacity: float) -> None:
        for layer in self._together(name):
            layer.opacity = opacity
        self._canvas.update()

    # Which level, how many

    def choose_level(self, level: int) -> None:
        """Show one level, or AROUND_CURSOR."""
        self.panel.set_level(level)

    def _set_level(self, level: int) -> None:
        self.level = level
        self.panel.set_level(level)
        for layer in self.by_name.values():
            layer.set_level(level)
        self._canvas.update()

    def _set_top(self, name: str, top: int) -> None:
        self.by_name[name].set_top(top)
        self._canvas.update()

    def painted(self) -> dict[str, Any]:
        """What is on the canvas now, by layer, for tests that look from outside."""
        shown = self.boxes.instances
        places = {instance.pair: index for index, instance in enumerate(shown)}
        return {
            **{name: self._painted(layer) for name, layer in self.by_name.items()},
            "pending": sum(i.pending for i in shown),
            "selected": -1 if self.selected is None else places.get(self.selected, -1),
            "hover": -1 if self.raised is None else places.get(self.raised, -1),
        }

    def _painted(self, layer: Overlay) -> Any:
        drawn = layer.painted()
        seen = layer.shown and not self._canvas.peeking
        return drawn if seen else type(drawn)()  # 0, False or an empty list

    # Memory

    def save_state(self) -> dict[str, Any]:
        own = self._own or {name: self.is_shown(name) for name in self._listed}
        layers = {
            name: {"shown": own[name], "opacity": self.by_name[name].opacity}
            for name in self._listed
        }
        return {"layers": layers, "top": self.panel.tops()}

    def restore_state(self, state: dict[str, Any]) -> None:
        saved = state.get("layers")
        for name, layer in (saved if isinstance(saved, dict) else {}).items():
            if name in self._listed and isinstance(layer, dict):
                self.show(name, layer.get("shown") is not False)
                opacity = layer.get("opacity", 1.0)
                if type(opacity) in (int, float):
                    self.panel.set_opacity(name, min(max(float(opacity), 0.0), 1.0))
        top = state.get("top")  # one number for all, as it once was saved, or one for each
        for name in self.panel.tops():
            chosen = top.get(name) if isinstance(top, dict) else top
            if type(chosen) is int:
                self.panel.set_top(name, chosen)


def _depth(record: stack.LayerRecord) -> int:
    return record.depth
