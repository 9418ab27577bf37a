"""The network drawn over the workspace: opened by a key, left by Esc, each block opens a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.actions import ActionSpec
from gui.detection.layers.objectness import heat_image
from gui.detection.layers.score_scale import levels
from gui.detection.network import sketches
from gui.detection.network.blocks import blocks_of
from gui.detection.network.view import NetworkView, Seen
from gui.detection.picture_context import PictureContext
from gui.detection.side_panel import SidePanel
from gui.detection.stages.controller import StagesController
from gui.detection.stages.feature_grids import map_image
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure, whole

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.queries.network import NetworkParts, Part

KEY = "network"


class NetworkController(QObject):
    """Asks the engine for the parts, and says what each block shows.

    Signals:
        opened: whether the drawing is in front now.
    """

    opened = Signal(bool)

    def __init__(
        self,
        context: PictureContext,
        stages: StagesController,
        side: SidePanel,
        over: QWidget,
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            over: what it covers while it is open.
        """
        super().__init__(parent)
        self._context, self._stages, self._over = context, stages, over
        self._parts: NetworkParts | None = None
        self._of: object = None  # the inspection of the parts
        self.view = NetworkView(parent)
        over.installEventFilter(self)
        self.view.left.connect(self.go_back)
        self.view.stage_wanted.connect(self._open_stage)
        stages.bar.network_wanted.connect(self.toggle)
        stages.panel.stage_changed.connect(self._leave)
        side.drawing_changed.connect(self.leave)
        self.opened.connect(stages.bar.show_network)
        context.changed.connect(self.refresh)

    def actions(self) -> list[ActionSpec]:
        """Show it."""
        return [
            ActionSpec(
                "detection.network.view",
                QT_TRANSLATE_NOOP("actions", "The &Network Drawn"),
                "Run",
                self.toggle,
                "0",
                checkable=True,
                canvas_only=True,
                section=40,
                checked=self.can_go_back,
            )
        ]

    def toggle(self, checked: bool = True) -> None:
        """Show the network, or go back to the picture."""
        if self.can_go_back():
            self.go_back()
        else:
            self.show()

    def show(self) -> None:
        """Show the network."""
        self.view.setGeometry(self._over.geometry())
        self.view.show()
        self.view.raise_()
        self.refresh()
        self.opened.emit(True)

    def can_go_back(self) -> bool:
        """Whether it is open."""
        return not self.view.isHidden()

    def go_back(self) -> None:
        """To the picture."""
        self.view.hide()
        self.opened.emit(False)

    def _open_stage(self, name: str) -> None:
        self._stages.open(name)
        self.go_back()

    def _leave(self, stage: str) -> None:
        if stage:
            self.leave()

    def leave(self) -> None:
        """Something is to be seen below it."""
        if self.can_go_back():
            self.go_back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.view.setGeometry(self._over.geometry())
        return super().eventFilter(watched, event)

    # What is seen

    def refresh(self) -> None:
        """Ask for the parts of this picture, while it is open."""
        from engine.detection.queries.network import network_parts

        if not self.can_go_back():
            return
        inspection = self._context.inspection
        if inspection is not self._of:
            self._parts, self._of = None, inspection
            if inspection is not None:
                self._context.ask(KEY, network_parts, self._take)
        self._show()

    def _take(self, parts: NetworkParts) -> None:
        self._parts = parts
        self._show()

    def _show(self) -> None:
        inspection = self._context.inspection
        model = inspection.model if inspection is not None else None
        branches = {
            "mask": model is None or model.has_masks,
            "keypoint": model is None or model.has_keypoints,
        }
        blocks = blocks_of(branches.__getitem__)
        seen: dict[str, Seen] = {}
        if inspection is not None:
            seen = self._of_trace(inspection)
            if self._parts is not None:
                for block in blocks:
                    found = self._of_parts(block.name, self._parts, inspection)
                    if found is not None:
                        seen[block.name] = found
        self.view.show_blocks(blocks, seen)

    def _of_trace(self, inspection: Inspection) -> dict[str, Seen]:
        """What the trace alone knows: input, anchors, proposals."""
        trace, selection = inspection.trace, self._context.session.selection
        grids = levels(trace)
        anchors = self.tr("k = {shapes}, all: {count}")
        picture = sketches.thumbnail(inspection.picture.pixels)
        cell = sketches.anchors(trace, grids[0].shapes, theme.current().color("field"))
        kept = len(selection.proposals) if selection is not None else len(trace.proposals)
        return {
            "input": Seen((sizes((3, *trace.padded_size)),), ((picture, ""),)),
            "anchors": Seen(
                (
                    anchors.format(shapes=grids[0].shapes, count=whole(len(trace.anchors))),
                    self.tr("h / w: {ratios}").format(ratios=ratios(inspection)),
                ),
                ((cell, ""),),
            ),
            "proposals": Seen(
                (
                    self.tr("of {count} boxes").format(count=whole(len(trace.anchors))),
                    self.tr("{count} go on").format(count=whole(kept)),
                ),
                ((sketches.proposals(picture, trace), ""),),
            ),
        }

    def _of_parts(self, name: str, parts: NetworkParts, inspection: Inspection) -> Seen | None:
        """What the engine told of a block."""
        if name in ("body", "pyramid"):
            several = [part for part in parts.parts if part.name.startswith(f"{name}.")]
            texts = [sizes(part.shape) for part in several]
            if name == "pyramid":
                grids = levels(inspection.trace)
                texts = [f"{grids[i].name}: {text}" for i, text in enumerate(texts)]
            maps = zip((map_image(part.map) for part in several), texts, strict=True)
            return Seen((), tuple(maps), parts.level if name == "pyramid" else -1)
        part = parts.find(name)
        if part is None:
            return None
        lines = [sizes(part.shape)]
        if name in ("window", "cls", "reg"):
            lines.append(
                self.tr("at {level}").format(level=levels(inspection.trace)[parts.level].name)
            )
        elif name.startswith(("mask", "keypoint")):
            # The model's own threshold lets more through than the window shows.
            shown = min(len(self._context.session.shown), part.count)
            text = self.tr("shown: {shown} of {count}")
            lines.append(text.format(shown=whole(shown), count=whole(part.count)))
        else:
            lines.append(self.tr("RoIs: {count}").format(count=whole(part.count)))
        if name in ("class", "box"):
            lines = [", ".join(lines)]
        return Seen(tuple(lines), ((picture_of(part), ""),))


def sizes(shape: tuple[int, ...]) -> str:
    """`96 × 52 × 52`."""
    return " × ".join(str(side) for side in shape)


def ratios(inspection: Inspection) -> str:
    """Height by width of the anchors of a cell."""
    shapes = levels(inspection.trace)[0].shapes
    boxes = inspection.trace.anchors[:shapes]
    found = (boxes[:, 3] - boxes[:, 1]) / (boxes[:, 2] - boxes[:, 0])
    return "; ".join(figure(ratio, 1) for ratio in found.tolist())


def picture_of(part: Part) -> QImage:
    """A part's map: probabilities as they are, all else by its own range."""
    return heat_image(part.map) if part.name in ("cls", "class", "mask") else map_image(part.map)
