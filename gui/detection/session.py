"""What is being looked at: a picture, the model's answer, and what is shown of it.

No widgets here: the session starts jobs, keeps their answers and tells what
changed. A changed picture or model cancels and forgets the old inspection.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge import Bridge
from gui.detection.files import Entry
from gui.detection.jobs import (
    Bench,
    Detail,
    Inspected,
    Opened,
    fill_details,
    inspect_picture,
    open_picture,
)
from gui.detection.scene import Details, Instance, instances

if TYPE_CHECKING:
    from engine.detection.detections import Detections, Filled
    from engine.detection.inspection import Inspection
    from engine.detection.selection import Selection

PICTURE, INSPECT, FILL = "detection.picture", "detection.inspect", "detection.fill"
FILL_AT_ONCE = 16
REST_MS = 80  # a slider that moves on makes the masks wait: they would slow the picture down


class Session(QObject):
    """One picture under one model at some thresholds.

    Signals:
        picture_changed: a picture was read, or there is none any more.
        inspected: the model's answer is there, or was forgotten.
        shown_changed: other detections, or more of their masks and keypoints.
        settled: the detections have rested for a moment, or details came.
        progressed: an `InspectProgress` of the running inspection.
        running_changed: whether an inspection is running.
        failed: an exception; the entry it belongs to is `entry`.
    """

    picture_changed = Signal()
    inspected = Signal()
    shown_changed = Signal()
    settled = Signal()
    progressed = Signal(object)
    running_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, bridge: Bridge, bench: Bench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._bench = bench
        self.model = "people"
        self.device = "auto"
        self.score = 0.5
        self.nms = 0.5
        self.entry: Entry | None = None
        self.opened: Opened | None = None
        self.inspection: Inspection | None = None
        self.selection: Selection | None = None
        self.details = Details()
        self.filled: list[Filled] = []
        self.shown: tuple[Instance, ...] = ()
        self.running = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._fill)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(REST_MS)
        self._settle.timeout.connect(self.settled)
        self._stale: set[str] = set()  # models whose weights changed since they were loaded
        self.runs = 0  # inspections that came to an end

    # Picture and model

    def open(self, entry: Entry) -> None:
        """Show another picture, and run the model on it."""
        self._forget()
        self.entry = entry
        self.opened = None
        self._set_running(True)
        self._bridge.start(
            "files",
            PICTURE,
            partial(open_picture, entry.path, entry.pixels),
            on_snapshot=self._take_picture,
            on_error=self._fail,
        )

    def close(self) -> None:
        """Show nothing."""
        self._bridge.cancel(PICTURE)
        self._forget()
        self.entry = self.opened = None
        self._set_running(False)
        self.picture_changed.emit()

    def set_model(self, name: str) -> None:
        """Use another model, at once."""
        if name != self.model:
            self.model = name
            if self.opened is not None:
                self.run()

    def renew(self, name: str) -> None:
        """A model's weights changed: load it anew, and look again where it is in use."""
        self._stale.add(name)
        if name == self.model and self.opened is not None:
            self.run()

    def run(self) -> None:
        """Run the model on the open picture."""
        from engine.detection.inspection import InspectSpec

        if self.opened is None:
            if self.entry is not None:
                self.open(self.entry)
            return
        self._forget()
        picture = self.opened.picture
        spec = InspectSpec(
            path=None if picture.path is None else str(picture.path),
            pixels=picture.pixels,
            model=self.model,
            device=self.device,
        )
        self._set_running(True)
        self._bridge.start(
            "inference",
            INSPECT,
            partial(inspect_picture, self._bench, spec, fresh=self.model in self._stale),
            on_snapshot=self._take_step,
            on_error=self._fail,
        )

    def cancel(self) -> None:
        """Stop what is running; the picture stays."""
        for key in (PICTURE, INSPECT, FILL):
            self._bridge.cancel(key)
        self._set_running(False)

    def _forget(self) -> None:
        self._bridge.cancel(INSPECT)
        self._bridge.cancel(FILL)
        had = self.inspection is not None
        self.inspection = self.selection = None
        self.details, self.filled, self.shown = Details(), [], ()
        if had:
            self.inspected.emit()
            self.shown_changed.emit()

    def _take_picture(self, opened: Opened) -> None:
        self.opened = opened
        self.picture_changed.emit()
        self.run()

    def _take_step(self, step: Any) -> None:
        if not isinstance(step, Inspected):
            self.progressed.emit(step)
            return
        self.inspection, self.details = step.inspection, step.details
        self.filled = []
        self.runs += 1
        self._stale.discard(self.model)
        self._set_running(False)
        self._select()
        self.inspected.emit()
        self.shown_changed.emit()

    def _fail(self, error: Exception) -> None:
        self._set_running(False)
        if self.opened is None:
            self.picture_changed.emit()
        self.failed.emit(error)

    def _set_running(self, running: bool) -> None:
        if running != self.running:
            self.running = running
            self.running_changed.emit(running)

    # Thresholds

    def set_thresholds(self, *, score: float | None = None, nms: float | None = None) -> None:
        """Select anew. This is pure selection on the trace, a few milliseconds, so it runs here."""
        self.score = self.score if score is None else score
        self.nms = self.nms if nms is None else nms
        if self.inspection is not None:
            self._select()
            self.shown_changed.emit()

    def _select(self) -> None:
        from engine.detection.selection import Thresholds, select

        assert self.inspection is not None
        trace = self.inspection.trace
        thresholds = Thresholds(self.score, self.nms, trace.max_detections)
        self.selection = select(trace, thresholds)
        self._refresh()

    def _refresh(self) -> None:
        assert self.inspection is not None and self.selection is not None
        self.shown = instances(self.inspection, self.selection, self.details)
        self._settle.start()
        if self.pending():
            self._rest.start()

    def pending(self) -> bool:
        """Whether a shown detection still waits for its mask or keypoints."""
        return any(instance.pending for instance in self.shown)

    def _fill(self) -> None:
        """Ask for what the shown detections lack; one small job at a time, best first."""
        if self.inspection is None or self.selection is None:
            return
        if self._bridge.job(FILL) is not None or self._rest.isActive():
            return  # it looks again when the job is done or the slider rests
        lacking = [k for k, instance in enumerate(self.shown) if instance.pending]
        wanted = {
            self.shown[k].pair: (self.selection.boxes[k], self.shown[k].color)
            for k in lacking[:FILL_AT_ONCE]
        }
        if wanted:
            self._bridge.start(
                "inference",
                FILL,
                partial(fill_details, self._bench, self.inspection, wanted),
                on_snapshot=self._ignore,
                on_increments=self._take_details,
                on_done=self._fill,
                on_error=self._fail,
                increment=_itself,
            )

    def _ignore(self, snapshot: Any) -> None:
        """Every detail arrives as an increment."""

    def _take_details(self, more: tuple[Detail, ...]) -> None:
        for detail in more:
            self.filled.append(detail.filled)
            self.details.filled.update(detail.filled.pairs)
            self.details.masks.update(detail.masks)
            self.details.keypoints.update(detail.keypoints)
        if self.inspection is not None and self.selection is not None:
            self.shown = instances(self.inspection, self.selection, self.details)
            self.shown_changed.emit()
            self._settle.start()

    # Answers

    def best(self) -> tuple[float, str] | None:
        """Score and class of the best candidate of all, shown or not."""
        from engine.detection.selection import best_pair

        if self.inspection is None:
            return None
        best = best_pair(self.inspection.trace)
        if best is None:
            return None
        score, _, label = best
        return score, self.inspection.model.class_name(label)

    def detections(self) -> Detections | None:
        """What is shown, as the exports want it."""
        from engine.detection.detections import gather

        if self.inspection is None or self.selection is None:
            return None
        inspection = self.inspection
        return gather(inspection.trace, self.selection, inspection.model, self.filled)


def _itself(snapshot: Any) -> Any:
    return snapshot
