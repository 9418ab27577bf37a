"""Where does this box come from? The stations of a detection, and what it suppressed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.detection.layers.callouts import LIGHT, OTHER, Mark
from gui.detection.picture_context import PictureContext
from gui.detection.provenance.animation import Step, between, steps
from gui.detection.provenance.jobs import Provenance, trace_back
from gui.detection.provenance.panel import ProvenancePanel
from gui.detection.side_panel import SidePanel
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.fact_table import figure

KEY = "origin"
TICK_MS = 33
STEP_S = 1.1


class ProvenanceController(QObject):
    """Follows the chosen detection from its anchor to its mask.

    Attributes:
        provenance: of the chosen detection; None where none is chosen or the answer is
            on its way.
        steps: its stations.
        progress: where the moving rectangle is: 0 at the first station.
    """

    def __init__(self, context: PictureContext, side: SidePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._side = context, side
        self.panel = ProvenancePanel(parent)
        self.provenance: Provenance | None = None
        self.steps: tuple[Step, ...] = ()
        self.progress = 0.0
        self._suppressed = -1  # which of the suppressed boxes is looked at
        self._front = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        side.add("origin", self.panel, self)
        buttons = self.panel.buttons
        buttons["first"].clicked.connect(self.rewind)
        buttons["back"].clicked.connect(self.step_back)
        buttons["play"].clicked.connect(self.toggle)
        buttons["next"].clicked.connect(self.step)
        self.panel.table.row_chosen.connect(self._go)
        self.panel.suppressed.row_chosen.connect(self._choose_suppressed)
        self.panel.retranslated.connect(self._write)
        context.origin_wanted.connect(self.show)
        context.chosen.connect(self.refresh)
        context.changed.connect(self._ask)
        self._write()

    def actions(self) -> list[ActionSpec]:
        """Show it."""
        return [
            ActionSpec(
                "detection.origin",
                QT_TRANSLATE_NOOP("actions", "Where Does This Box &Come From?"),
                "Run",
                self.show,
                "O",
                canvas_only=True,
                icon="vectors",
                section=20,
                enabled=self._context.session.has_result,
            )
        ]

    def show(self) -> None:
        """Where does the chosen detection come from?"""
        self._side.show_tab("origin")

    def follow_click(self) -> None:
        """A detection was clicked: tell of it, unless another tab or a stage is in use."""
        if self._side.front() == "layers" and not self._side.drawing:
            self.show()

    # Which detection

    def enter(self) -> None:
        """The tab came to the front."""
        self._front = True
        self.refresh()

    def leave(self) -> None:
        """Another tab is in front."""
        self._front = False
        self._pause()
        self._context.drop(KEY)
        self._context.layers.spotlight(None)
        self._context.mark(())

    def refresh(self) -> None:
        """Look at the chosen detection from its anchor on."""
        self._pause()
        self.progress, self._suppressed = 0.0, -1
        if self._front:
            self._take(None)
        self._ask()

    def _ask(self) -> None:
        """At other thresholds the same detection may have suppressed others."""
        if not self._front:
            return
        row, selection = self._context.row(), self._context.session.selection
        if row is None or selection is None:
            self._context.drop(KEY)
            self._take(None)
        else:
            self._context.ask(KEY, partial(trace_back, selection=selection, row=row), self._take)

    def _take(self, found: Provenance | None) -> None:
        """The answer; None where no detection is chosen."""
        if found is not None and found.pair != self._context.pair:
            return
        inspection = self._context.inspection
        if found is None or inspection is None:
            self.provenance, self.steps = None, ()
        else:
            model = inspection.model
            self.provenance = found
            self.steps = steps(found.origin, detail=model.has_masks or model.has_keypoints)
        count = len(self.provenance.suppressed) if self.provenance is not None else 0
        self.progress = min(self.progress, float(max(len(self.steps) - 1, 0)))
        self._suppressed = min(self._suppressed, count - 1)
        self._write()
        self.draw()

    # From station to station

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def station(self) -> int:
        """Index of the station that the rectangle left last."""
        return int(self.progress + 1e-6)

    def toggle(self) -> None:
        """Move on, or stand still; from the end it begins anew."""
        if self.playing:
            self._pause()
        elif self.steps:
            if self.station >= len(self.steps) - 1:
                self.progress = 0.0
            self._look_at_no_suppressed()
            self._timer.start()
            self.panel.show_playing(True)

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
        self.panel.show_playing(False)

    def _look_at_no_suppressed(self) -> None:
        self._suppressed = -1
        self.panel.suppressed.choose(-1)

    def _go(self, station: int) -> None:
        self._pause()
        self._look_at_no_suppressed()
        self.progress = float(min(max(station, 0), max(len(self.steps) - 1, 0)))
        self.draw()

    def _tick(self) -> None:
        self.progress += TICK_MS / 1000 / STEP_S
        if self.progress >= len(self.steps) - 1:
            self.progress = float(max(len(self.steps) - 1, 0))
            self._pause()
        self.draw()

    def _choose_suppressed(self, row: int) -> None:
        self._pause()
        self._suppressed = row
        self.draw()

    # What is seen

    def draw(self) -> None:
        """Mark where the rectangle is, while the tab is in front."""
        if not self._front:
            return
        self.panel.show_station(self.station if self.steps else -1)
        layers, found = self._context.layers, self.provenance
        if found is None or not self.steps:
            layers.spotlight(None)
            self._context.mark(())
            return
        name = self.steps[self.station].name
        late = () if name == "mask" else ("masks", "keypoints")
        layers.spotlight(self._context.pair, hidden=("boxes", "labels", *late))
        instance = self._context.instance()
        color = instance.color if instance is not None else LIGHT
        seen = dict.fromkeys(step.box for step in self.steps[: self.station])
        marks = [Mark(box, dashed=True, width=1) for box in seen]
        box = between(self.steps, self.progress)
        marks.append(Mark(box, self.panel.station_name(name), color, width=3))
        if self._suppressed >= 0:
            other = found.suppressed[self._suppressed]
            text = self.tr("suppressed, IoU {iou}").format(iou=figure(other.iou, 3))
            marks.append(Mark(other.box, text, OTHER, dashed=True))
        self._context.mark(marks)

    def _write(self) -> None:
        instance, inspection = self._context.instance(), self._context.inspection
        selection, found = self._context.session.selection, self.provenance
        if instance is None or inspection is None or selection is None or found is None:
            self.panel.show_nothing(waiting=instance is not None)
        else:
            self.panel.show_detection(instance, inspection, selection, found, self.steps)
            self.panel.suppressed.choose(self._suppressed)
