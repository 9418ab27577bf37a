"""Where does this box come from? A detection's stations, and what it suppressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.detection.instances import Instance
from gui.detection.layers.score_scale import levels, sigmoid
from gui.detection.provenance.animation import Step
from gui.detection.provenance.jobs import Provenance
from gui.widgets.fact_table import FactTable, figure, signed, size_of, whole

if TYPE_CHECKING:
    from engine.detection.detections import ModelFacts
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.selection import Selection
    from engine.detection.queries.provenance import Ancestry


@dataclass(frozen=True)
class _Facts:
    """All that the numbers of the stations are taken from."""

    instance: Instance
    inspection: Inspection
    selection: Selection
    origin: Ancestry


class ProvenancePanel(QWidget):
    """The chosen detection's way from anchor to mask.

    Signals:
        retranslated: it needs its detection again, in another language.
    """

    retranslated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.origin.panel")
        self.title = QLabel(self)
        self.title.setObjectName("detection.origin.title")
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.buttons = {name: self._button(name) for name in ("first", "back", "play", "next")}
        self.table = FactTable("detection.origin.table", 2, self)
        self.table.stretch(1)
        self.suppressed_title = QLabel(self)
        self.suppressed_title.setObjectName("detection.origin.family.title")
        self.suppressed_title.setProperty("role", "section")
        self.suppressed_title.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        self.suppressed = FactTable("detection.origin.family.table", 4, self, titled=True)
        self.suppressed.stretch(0)
        self._lay_out()
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        drawing = {"first": "to-start", "back": "step-back", "play": "play", "next": "step"}[name]
        button = QToolButton(self)
        button.setObjectName(f"detection.origin.{name}.button")
        button.setIconSize(QSize(16, 16))
        icons.set_icon(button, drawing)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.title, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.suppressed_title)
        layout.addWidget(self.suppressed, 1)

    def show_playing(self, playing: bool) -> None:
        """What the play button does next."""
        icons.set_icon(self.buttons["play"], "pause" if playing else "play")

    def show_station(self, station: int) -> None:
        """Light up a station; -1 where there are none."""
        for button in self.buttons.values():
            button.setEnabled(station >= 0)
        if station >= 0:
            self.table.choose(station)

    def show_nothing(self, *, waiting: bool) -> None:
        """No detection is chosen, or its provenance is on its way."""
        nothing = self.tr("Click a detection in the picture or in the table.")
        self.title.setText("…" if waiting else nothing)
        self.table.fill(())
        self.suppressed.fill(())
        self.suppressed_title.clear()

    def show_detection(
        self,
        instance: Instance,
        inspection: Inspection,
        selection: Selection,
        found: Provenance,
        steps: Sequence[Step],
    ) -> None:
        """The stations of a detection with their numbers, and the boxes it suppressed."""
        title = self.tr("{name} {score}, number {number}")
        self.title.setText(
            title.format(name=instance.name, score=figure(instance.score), number=instance.number)
        )
        names = self._names()
        facts = _Facts(instance, inspection, selection, found.origin)
        self.table.fill(
            [(names[step.name], self._facts(step.name, facts)) for step in steps], numbers_from=9
        )
        for row, step in enumerate(steps):
            self.table.hint(row, self._in_network_px(step.name, facts))
        at_rpn = sum(box.gate == "rpn_nms" for box in found.suppressed)
        self.suppressed_title.setText(
            self.tr("SUPPRESSED BY IT: {rpn} AT THE RPN, {classes} IN ITS CLASS").format(
                rpn=at_rpn, classes=len(found.suppressed) - at_rpn
            )
        )
        gates = {"rpn_nms": self.tr("RPN"), "class_nms": self.tr("Class")}
        self.suppressed.fill(
            [
                (gates[box.gate], figure(box.score, 3), figure(box.iou, 3), size_of(box.box))
                for box in found.suppressed
            ]
        )

    def station_name(self, name: str) -> str:
        """A station in the window's language."""
        return self._names()[name]

    def _names(self) -> dict[str, str]:
        return {
            "anchor": self.tr("Anchor"),
            "decoded": self.tr("Decoded"),
            "proposal": self.tr("Proposal"),
            "level": self.tr("RoI level"),
            "class": self.tr("Class"),
            "box": self.tr("Box"),
            "mask": self.tr("Mask"),
        }

    def _facts(self, name: str, facts: _Facts) -> str:
        """The numbers of a station, in one or two lines."""
        origin, trace, selection = facts.origin, facts.inspection.trace, facts.selection
        grids = levels(trace)
        match name:
            case "anchor":
                text = self.tr("{number} of {count}\n{level}, {size} px")
                return text.format(
                    number=whole(origin.anchor + 1),
                    count=whole(len(trace.anchors)),
                    level=grids[origin.level].name,
                    size=size_of(origin.anchor_box),
                )
            case "decoded":
                dx, dy, dw, dh = (signed(value) for value in trace.deltas[origin.anchor])
                text = self.tr("reg {dx} {dy} {dw} {dh}\ncls {logit}, p(object) {p}")
                p = figure(sigmoid(numpy.float32(origin.objectness)), 3)
                logit = signed(origin.objectness)
                return text.format(dx=dx, dy=dy, dw=dw, dh=dh, logit=logit, p=p)
            case "proposal":
                text = self.tr("number {rank} of {count}\ncut to the picture: {size}")
                rank = int(numpy.flatnonzero(selection.proposals == origin.proposal)[0]) + 1
                return text.format(
                    rank=whole(rank),
                    count=whole(len(selection.proposals)),
                    size=size_of(origin.proposal_box),
                )
            case "level":
                text = self.tr("{level}, stride {stride}\n7 × 7 bins of {size} px")
                x0, y0, x1, y1 = origin.proposal_box
                bins = f"{figure((x1 - x0) / 7, 1)} × {figure((y1 - y0) / 7, 1)}"
                grid = grids[origin.roi_level]
                return text.format(level=grid.name, stride=grid.stride[0], size=bins)
            case "class":
                return self._classes(origin, facts.inspection.model)
            case "box":
                text = self.tr("moved by {dx}, {dy} px\n{size}, IoU {iou}")
                (px0, py0, px1, py1), (x0, y0, x1, y1) = origin.proposal_box, origin.box
                from engine.detection.pipeline.iou import iou

                return text.format(
                    dx=signed((x0 + x1 - px0 - px1) / 2, 1),
                    dy=signed((y0 + y1 - py0 - py1) / 2, 1),
                    size=size_of(origin.box),
                    iou=figure(iou(origin.box, origin.proposal_box[None])[0]),
                )
            case _:
                return self._detail(facts.instance)

    def _in_network_px(self, name: str, facts: _Facts) -> str:
        """A station's size as the network has it, for a tooltip."""
        origin, trace = facts.origin, facts.inspection.trace
        boxes = {
            "anchor": trace.anchors[origin.anchor],
            "decoded": trace.decoded[origin.anchor],
            "proposal": facts.selection.rois.boxes[origin.proposal],
        }
        if name not in boxes:
            return ""
        text = self.tr("In the network's pixels: {size}, stride {stride}")
        stride = levels(trace)[origin.level].stride[0]
        return text.format(size=size_of(boxes[name]), stride=stride)

    def _classes(self, origin: Ancestry, model: ModelFacts) -> str:
        scores = origin.class_scores
        others = [k for k in range(1, len(scores)) if k != origin.label]
        text = self.tr("{name} {score}\nbackground {nothing}").format(
            name=model.class_name(origin.label),
            score=figure(scores[origin.label], 3),
            nothing=figure(scores[0], 3),
        )
        if not others:
            return text
        second = max(others, key=scores.__getitem__)
        more = self.tr("then {name} {score}").format(
            name=model.class_name(second), score=figure(scores[second], 3)
        )
        return f"{text}, {more}"

    def _detail(self, instance: Instance) -> str:
        if instance.pending:
            return self.tr("on its way…")
        lines = []
        if instance.mask is not None:
            x0, y0, x1, y1 = instance.box
            share = 100 * instance.mask.area / max((x1 - x0) * (y1 - y0), 1)
            text = self.tr("{area} px, {share} % of the box")
            lines.append(text.format(area=whole(instance.mask.area), share=whole(share)))
        if instance.keypoints is not None:
            text = self.tr("{count} keypoints, {sure} above 0")
            sure = int((instance.keypoints[:, 2] > 0).sum())
            lines.append(text.format(count=len(instance.keypoints), sure=sure))
        return "\n".join(lines) if lines else "–"

    def retranslate(self) -> None:
        texts = {
            "first": self.tr("Back to the anchor"),
            "back": self.tr("One station back"),
            "play": self.tr("Walk from the anchor to the mask"),
            "next": self.tr("One station on"),
        }
        for name, text in texts.items():
            self.buttons[name].setToolTip(text)
            self.buttons[name].setAccessibleName(text)
        self.table.setAccessibleName(self.tr("Stations"))
        self.table.setToolTip(self.tr("Choose a station to see its box"))
        self.suppressed.setAccessibleName(self.tr("Suppressed boxes"))
        self.suppressed.setToolTip(
            self.tr("Choose one to see it; the IoU is the one that the NMS saw")
        )
        self.suppressed.setHorizontalHeaderLabels(
            [self.tr("At"), self.tr("Score"), self.tr("IoU"), self.tr("Size")]
        )
        self.retranslated.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
