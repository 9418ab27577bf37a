"""What is being looked at: a picture, the model's answer, and what is shown of it.

No widgets here: the session starts jobs, keeps their answers and tells what
changed. Another picture cancels and forgets the old inspection; another model does once it
is loaded: where it cannot be, what is shown stays, and so does the model that showed it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.detection.pipeline.selection import Thresholds, apply_change
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.details import DEBOUNCE_MS, DetailFiller
from gui.detection.instances import Instance, instances
from gui.detection.jobs import AUTOMATIC, Inspected, LazyWorkbench, inspect_picture
from gui.detection.models.downloads import weights_of
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.jobs import Coming, Opened, open_picture
from gui.i18n import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.detection.detections import Detections
    from engine.detection.pipeline.inference import Inspection
    from engine.detection.pipeline.selection import Selection

PICTURE, INSPECT = "detection.picture", "detection.inspect"
LOADING = ("picture", "model")  # the parts of an inspection after which it will have a result


class Session(QObject):
    """One picture under one model at some thresholds.

    Signals:
        picture_coming: a `Coming`: a large picture is being read.
        picture_changed: a picture was read, or there is none any more.
        inspected: the model's answer is there, or was forgotten.
        shown_changed: other detections, or more of their masks and keypoints.
        limits_changed: other thresholds, whoever set them.
        settled: the detections did not change for a moment.
        progressed: an `InspectProgress` of the running inspection.
        running_changed: whether an inspection is running.
        failed: an exception; the entry it belongs to is `entry`.
        model_kept: the model that was asked for could not be had; the one before stays.
    """

    picture_coming = Signal(object)
    picture_changed = Signal()
    inspected = Signal()
    shown_changed = Signal()
    limits_changed = Signal()
    settled = Signal()
    progressed = Signal(object)
    running_changed = Signal(bool)
    failed = Signal(object)
    model_kept = Signal()

    def __init__(
        self, bridge: Bridge, workbench: LazyWorkbench, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._workbench = workbench
        self.model = "people"
        self.device = "auto"
        self.precision = AUTOMATIC
        self.limits = Thresholds()
        self._own_max = self.limits.max_detections
        self.entry: Entry | None = None
        self.opened: Opened | None = None
        self.inspection: Inspection | None = None
        self.selection: Selection | None = None
        self.shown: tuple[Instance, ...] = ()
        self.running = False
        self._shown_by = (self.model, self.device, self.precision)  # of what is shown
        self.filler = DetailFiller(bridge, workbench, self)
        self.filler.details_changed.connect(self._show_details)
        self.filler.rois_changed.connect(self._select_waiting)
        self.filler.failed.connect(self.failed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(DEBOUNCE_MS)
        self._settle.timeout.connect(self.settled)
        self._stale: set[str] = set()  # models whose weights changed since they were loaded
        self.gesture = 0  # changes under different numbers are undone one by one
        self.runs = 0  # inspections that came to an end
        self.ahead: Callable[[Entry], Opened | None] | None = None  # what was read in advance

    def actions(self) -> list[ActionSpec]:
        """Run the model."""
        return [
            ActionSpec(
                "detection.run",
                QT_TRANSLATE_NOOP("actions", "&Detect"),
                "Run",
                self.run,
                "Ctrl+R",
                icon="play",
                enabled=self.can_run,
            )
        ]

    # Picture and model

    def has_result(self) -> bool:
        """Whether the model has answered."""
        return self.inspection is not None

    def can_run(self) -> bool:
        return self.entry is not None and not self.running

    def open(self, entry: Entry) -> None:
        """Show another picture, and run the model on it."""
        self._forget()
        self.entry = entry
        self.opened = None
        self._set_running(True)
        ready = self.ahead(entry) if self.ahead is not None else None
        if ready is not None:
            self._bridge.cancel(PICTURE)
            self._take_picture(ready)
            return
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

    def set_device(self, name: str, precision: str = AUTOMATIC) -> None:
        """Run somewhere else, or in another precision, at once."""
        if (name, precision) != (self.device, self.precision):
            self.device, self.precision = name, precision
            if self.opened is not None:
                self.run()

    @property
    def precision_used(self) -> str:
        """That of what is shown, for all that goes on from it."""
        return "float32" if self.inspection is None else self.inspection.precision

    def renew(self, name: str) -> None:
        """A model's weights changed: load it anew, and look again where it is in use."""
        self._stale.add(name)
        if name == self.model and self.opened is not None:
            self.run()

    def run(self) -> None:
        """Run the model on the open picture."""
        from engine.detection.pipeline.inference import InspectSpec

        if self.opened is None:
            if self.entry is not None:
                self.open(self.entry)
            return
        # What is shown stays until the model is loaded, and waits meanwhile.
        self._bridge.cancel(INSPECT)
        self.filler.cancel()
        picture = self.opened.picture
        spec = InspectSpec(
            path=None if picture.path is None else str(picture.path),
            pixels=picture.pixels,
            model=self.model,
            weights=weights_of(self.model),
            device=self.device,
            precision=self.precision,
        )
        self._set_running(True)
        self._bridge.start(
            "inference",
            INSPECT,
            partial(
                inspect_picture,
                self._workbench,
                spec,
                fresh=self.model in self._stale,
                mask_threshold=self.limits.mask,
            ),
            on_snapshot=self._take_step,
            on_error=self._fail,
        )

    def cancel(self) -> None:
        """Stop what is running; the picture stays."""
        for key in (PICTURE, INSPECT):
            self._bridge.cancel(key)
        self.filler.cancel()
        self._set_running(False)
        self._keep_model()

    def _keep_model(self) -> None:
        """Where a result is shown, its model is in use, whichever was asked for meanwhile."""
        if self.inspection is None or self.selection is None:
            return
        if (self.model, self.device, self.precision) != self._shown_by:
            self.model, self.device, self.precision = self._shown_by
            self.model_kept.emit()
        self.filler.follow(self.selection, self.shown)
        self.shown_changed.emit()

    def _forget(self) -> None:
        self._bridge.cancel(INSPECT)
        self._forget_result()

    def _forget_result(self) -> None:
        self.filler.begin(None)
        had = self.inspection is not None
        self.inspection = self.selection = None
        self.shown = ()
        if had:
            self.inspected.emit()
            self.shown_changed.emit()

    def _take_picture(self, opened: Coming | Opened) -> None:
        if isinstance(opened, Coming):
            self.picture_coming.emit(opened)
            return
        self.opened = opened
        self.picture_changed.emit()
        self.run()

    def _take_step(self, step: Any) -> None:
        if not isinstance(step, Inspected):
            if step.stage not in LOADING:
                self._forget_result()
            self.progressed.emit(step)
            return
        self._forget_result()
        self.inspection = step.inspection
        self._shown_by = (self.model, self.device, self.precision)
        self.filler.begin(step.inspection, step.details)
        self.runs += 1
        self._stale.discard(self.model)
        self._set_running(False)
        self._adopt()
        self._select()
        self.inspected.emit()
        self.shown_changed.emit()

    def _fail(self, error: Exception) -> None:
        self._set_running(False)
        self._keep_model()
        if self.opened is None:
            self.picture_changed.emit()
        self.failed.emit(error)

    def _set_running(self, running: bool) -> None:
        if running != self.running:
            self.running = running
            self.running_changed.emit(running)

    # Thresholds

    def _adopt(self) -> None:
        """Keep as many detections as the model does, until the user says otherwise."""
        assert self.inspection is not None
        own, before = self.inspection.trace.max_detections, self._own_max
        if self.limits.max_detections == before:
            self.limits = replace(self.limits, max_detections=own)
        self._own_max = own
        self.limits_changed.emit()

    @property
    def score(self) -> float:
        return self.limits.score

    @property
    def nms(self) -> float:
        return self.limits.nms

    def change(self, change: Mapping[str, float]) -> None:
        """Set some thresholds by their names; those of the RPN may wait for the box head."""
        self.set_limits(apply_change(self.limits, change))

    def set_together(self, change: Mapping[str, float]) -> None:
        """Set some thresholds as one change, whatever was changed just before or is next."""
        self.gesture += 1
        self.change(change)
        self.gesture += 1

    def set_limits(self, limits: Thresholds) -> None:
        """Select anew. This is pure selection on the trace, a few milliseconds, so it runs here."""
        before, self.limits = self.limits, limits
        if limits == before:
            return
        if self.inspection is not None:
            self._select()
            if self.selection is not None and len(self.selection.waiting):
                self.filler.prefer_waiting()
            if limits.mask != before.mask:
                self.filler.repaint(limits.mask)
            self.shown_changed.emit()
        self.limits_changed.emit()

    def stock(self) -> Thresholds | None:
        """The model's own thresholds; None without one."""
        if self.inspection is None:
            return None
        trace = self.inspection.trace
        return Thresholds(
            score=trace.score_threshold,
            nms=trace.nms_threshold,
            max_detections=trace.max_detections,
        )

    def _select(self) -> None:
        from engine.detection.pipeline.selection import select

        assert self.inspection is not None
        self.selection = select(self.inspection.trace, self.limits, self.filler.rois)
        self.shown = instances(self.inspection, self.selection, self.filler.details)
        self.filler.follow(self.selection, self.shown)
        self._settle.start()

    def _select_waiting(self) -> None:
        """The box head answered: those that were waited for can be selected now."""
        if self.selection is not None and len(self.selection.waiting):
            self._select()
            self.shown_changed.emit()

    def _show_details(self) -> None:
        """Masks and keypoints came for what is shown."""
        if self.inspection is not None and self.selection is not None:
            self.shown = instances(self.inspection, self.selection, self.filler.details)
            self.filler.keep(self.selection, self.shown)
            self.shown_changed.emit()
            self._settle.start()

    def pending(self) -> bool:
        """Whether a shown detection still waits for its mask or keypoints."""
        return any(instance.pending for instance in self.shown)

    # Answers

    def best(self) -> tuple[float, str] | None:
        """Score and class of the best candidate of all, shown or not."""
        from engine.detection.pipeline.selection import best_pair

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
        return gather(inspection.trace, self.selection, inspection.model, self.filler.filled)
