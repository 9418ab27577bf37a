"""Where does this box come from? A detection's stations, and the family it suppressed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.detection.layers.callouts import LIGHT, RIVAL, Mark
from gui.detection.layers.score_scale import levels, sigmoid
from gui.detection.picture_context import PictureContext
from gui.detection.provenance.animation import Step, between, steps
from gui.detection.provenance.jobs import Found, Relative, trace_back
from gui.widgets.fact_table import FactTable, figure, signed, size_of, whole

if TYPE_CHECKING:
    from engine.detection.queries.provenance import Ancestry

KEY = "origin"
TICK_MS = 33
STEP_S = 1.1


class OriginPanel(QWidget):
    """The chosen detection's way from anchor to mask."""

    def __init__(self, scope: PictureContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detection.origin.panel")
        self._scope = scope
        self._front = False
        self._origin: Ancestry | None = None
        self._steps: tuple[Step, ...] = ()
        self._family: tuple[Relative, ...] = ()
        self._progress = 0.0
        self._relative = -1
        self.title = QLabel(self)
        self.title.setObjectName("detection.origin.title")
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.buttons = {name: self._button(name) for name in ("first", "back", "play", "next")}
        self.table = FactTable("detection.origin.table", 2, self)
        self.table.stretch(1)
        self.family_title = QLabel(self)
        self.family_title.setObjectName("detection.origin.family.title")
        self.family_title.setProperty("role", "section")
        self.family_title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.family = FactTable("detection.origin.family.table", 4, self, titled=True)
        self.family.stretch(0)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()
        self.buttons["first"].clicked.connect(self.rewind)
        self.buttons["back"].clicked.connect(self.step_back)
        self.buttons["play"].clicked.connect(self.toggle)
        self.buttons["next"].clicked.connect(self.step)
        self.table.row_chosen.connect(self._go)
        self.family.row_chosen.connect(self._meet)
        scope.chosen.connect(self.refresh)
        scope.changed.connect(self._keep)
        self.retranslate()
        self.refresh()

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
        layout.addWidget(self.family_title)
        layout.addWidget(self.family, 1)

    # Which detection

    def enter(self) -> None:
        """It came to the front."""
        self._front = True
        self.refresh()

    def leave(self) -> None:
        """Something else is in front."""
        self._front = False
        self._pause()
        self._scope.drop(KEY)
        self._scope.overlays.spotlight(None)
        self._scope.mark(())

    def refresh(self) -> None:
        """Look at the chosen detection from its anchor on."""
        self._pause()
        self._progress, self._relative = 0.0, -1
        if self._front:
            self._take(None)
        self._ask()

    def _keep(self) -> None:
        """Other thresholds: the same detection has perhaps another family."""
        self._ask()

    def _ask(self) -> None:
        if not self._front:
            return
        row, selection = self._scope.row(), self._scope.session.selection
        if row is None or selection is None:
            self._scope.drop(KEY)
            self._take(None)
        else:
            self._scope.ask(KEY, partial(trace_back, selection=selection, row=row), self._take)

    def _take(self, found: Found | None) -> None:
        """The answer; None where no detection is chosen."""
        if found is not None and found.pair != self._scope.pair:
            return
        inspection = self._scope.inspection
        if found is None or inspection is None:
            self._origin, self._steps, self._family = None, (), ()
        else:
            model = inspection.model
            self._origin, self._family = found.origin, found.family
            self._steps = steps(found.origin, detail=model.has_masks or model.has_keypoints)
        self._progress = min(self._progress, float(max(len(self._steps) - 1, 0)))
        self._relative = min(self._relative, len(self._family) - 1)
        self._write()
        self._draw()

    # Walking

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def station(self) -> int:
        """Index of the station that the rectangle left last."""
        return int(self._progress + 1e-6)

    def toggle(self) -> None:
        """Walk, or stand still; from the end it begins anew."""
        if self.playing:
            self._pause()
        elif self._steps:
            if self.station >= len(self._steps) - 1:
                self._progress = 0.0
            self._relative = -1
            self.family.choose(-1)
            self._timer.start()
            icons.set_icon(self.buttons["play"], "pause")

    def rewind(self) -> None:
        """Back to the anchor."""
        self._go(0)

    def step(self) -> None:
        """On to the next station."""
        self._go(self.station + 1)

    def step_back(self) -> None:
        """Back to the station before."""
        self._go(self.station - 1)

    def _pause(self) -> None:
        self._timer.stop()
        icons.set_icon(self.buttons["play"], "play")

    def _go(self, station: int) -> None:
        self._pause()
        self._relative = -1
        self.family.choose(-1)
        self._progress = float(min(max(station, 0), max(len(self._steps) - 1, 0)))
        self._draw()

    def _tick(self) -> None:
        self._progress += TICK_MS / 1000 / STEP_S
        if self._progress >= len(self._steps) - 1:
            self._progress = float(max(len(self._steps) - 1, 0))
            self._pause()
        self._draw()

    def _meet(self, row: int) -> None:
        self._pause()
        self._relative = row
        self._draw()

    # What is seen

    def _draw(self) -> None:
        if not self._front:
            return
        for button in self.buttons.values():
            button.setEnabled(bool(self._steps))
        if not self._steps:
            self._scope.overlays.spotlight(None)
            self._scope.mark(())
            return
        self.table.choose(self.station)
        name = self._steps[self.station].name
        late = () if name == "mask" else ("masks", "keypoints")
        self._scope.overlays.spotlight(self._scope.pair, hidden=("boxes", "plates", *late))
        instance = self._scope.instance()
        color = instance.color if instance is not None else LIGHT
        seen = dict.fromkeys(s.box for s in self._steps[: self.station])
        marks = [Mark(box, dashed=True, width=1) for box in seen]
        box = between(self._steps, self._progress)
        marks.append(Mark(box, self._names()[name], color, width=3))
        if self._relative >= 0:
            other = self._family[self._relative]
            text = self.tr("suppressed, IoU {iou}").format(iou=figure(other.iou, 3))
            marks.append(Mark(other.box, text, RIVAL, dashed=True))
        self._scope.mark(marks)

    def _write(self) -> None:
        instance = self._scope.instance()
        if self._origin is None or instance is None:
            nothing = self.tr("Click a detection in the picture or in the table.")
            self.title.setText(nothing if instance is None else "…")
            self.table.fill(())
            self.family.fill(())
            self.family_title.clear()
            return
        title = self.tr("{name} {score}, number {number}")
        self.title.setText(
            title.format(name=instance.name, score=figure(instance.score), number=instance.number)
        )
        names = self._names()
        rows = [(names[s.name], self._facts(s.name, self._origin)) for s in self._steps]
        self.table.fill(rows, numbers_from=9)
        at_rpn = sum(r.gate == "rpn_nms" for r in self._family)
        self.family_title.setText(
            self.tr("SUPPRESSED BY IT: {rpn} AT THE RPN, {classes} IN ITS CLASS").format(
                rpn=at_rpn, classes=len(self._family) - at_rpn
            )
        )
        gates = {"rpn_nms": self.tr("RPN"), "class_nms": self.tr("Class")}
        self.family.fill(
            [
                (gates[r.gate], figure(r.score, 3), figure(r.iou, 3), size_of(r.box))
                for r in self._family
            ]
        )
        self.family.choose(self._relative)

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

    def _facts(self, name: str, origin: Ancestry) -> str:
        """The numbers of a station, in one or two lines."""
        inspection = self._scope.inspection
        assert inspection is not None
        trace, model = inspection.trace, inspection.model
        grids = levels(trace)
        match name:
            case "anchor":
                x0, y0, x1, y1 = trace.anchors[origin.anchor]
                text = self.tr("{number} of {count}\nstride {stride}, {width} × {height} px")
                return text.format(
                    number=whole(origin.anchor + 1),
                    count=whole(len(trace.anchors)),
                    stride=grids[origin.level].stride[0],
                    width=whole(x1 - x0),
                    height=whole(y1 - y0),
                )
            case "decoded":
                dx, dy, dw, dh = (signed(value) for value in trace.deltas[origin.anchor])
                text = self.tr("reg {dx} {dy} {dw} {dh}\ncls {logit}, p(object) {p}")
                p = figure(sigmoid(numpy.float32(origin.objectness)), 3)
                logit = signed(origin.objectness)
                return text.format(dx=dx, dy=dy, dw=dw, dh=dh, logit=logit, p=p)
            case "proposal":
                text = self.tr("number {rank} of {count}\ncut to the picture: {size}")
                selection = self._scope.session.selection
                assert selection is not None
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
                level = trace.feature_names[origin.roi_level]
                stride = grids[origin.roi_level].stride[0]
                return text.format(level=level_name(level), stride=stride, size=bins)
            case "class":
                return self._classes(origin)
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
                return self._detail(model.has_masks)

    def _classes(self, origin: Ancestry) -> str:
        inspection = self._scope.inspection
        assert inspection is not None
        scores = origin.class_scores
        others = [k for k in range(1, len(scores)) if k != origin.label]
        text = self.tr("{name} {score}\nbackground {nothing}").format(
            name=inspection.model.class_name(origin.label),
            score=figure(scores[origin.label], 3),
            nothing=figure(scores[0], 3),
        )
        if not others:
            return text
        second = max(others, key=scores.__getitem__)
        more = self.tr("then {name} {score}").format(
            name=inspection.model.class_name(second), score=figure(scores[second], 3)
        )
        return f"{text}, {more}"

    def _detail(self, has_masks: bool) -> str:
        instance = self._scope.instance()
        if instance is None or instance.pending:
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
        self.family.setAccessibleName(self.tr("Suppressed boxes"))
        self.family.setToolTip(self.tr("Choose one to see it; the IoU is the one that the NMS saw"))
        self.family.setHorizontalHeaderLabels(
            [self.tr("At"), self.tr("Score"), self.tr("IoU"), self.tr("Size")]
        )
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def level_name(name: str) -> str:
    """torchvision's `0` to `3` as the paper's P2 to P5; other names stay."""
    return f"P{int(name) + 2}" if name.isdigit() else name
