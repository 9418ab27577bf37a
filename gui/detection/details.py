"""Fills in what shown detections lack: masks, keypoints, and the head's answers for more boxes.

The stock pass has them for its own detections only. Other thresholds show other pairs;
what those lack is computed from the cached features, in small jobs, best first.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.bridge import Bridge, NewestJob
from gui.detection.instances import Details, Instance, MaskImage, Pair
from gui.detection.jobs import (
    Detail,
    LazyWorkbench,
    fill_details,
    fill_superset,
    itself,
    repaint_masks,
)

if TYPE_CHECKING:
    from engine.detection.detections import Filled
    from engine.detection.pipeline.inference import Inspection, RoisFilled
    from engine.detection.pipeline.rois import Rois
    from engine.detection.pipeline.selection import Selection

FILL, ROIS, MASKS = "detection.fill", "detection.rois", "detection.masks"
FILL_AT_ONCE = 16
DEBOUNCE_MS = 80  # masks wait for a slider that moves on: they would slow the picture down


class DetailFiller(QObject):
    """What is known of the pairs of one inspection, and the jobs that learn more.

    Signals:
        details_changed: more masks or keypoints, or masks of another threshold.
        rois_changed: the box head has answered for more boxes.
        failed: an exception.
    """

    details_changed = Signal()
    rois_changed = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: Bridge, workbench: LazyWorkbench, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._workbench = bridge, workbench
        self._masks = NewestJob(bridge, "inference", MASKS)
        self.details = Details()
        self.filled: list[Filled] = []
        self.rois: Rois | None = None  # the box head's answers; None for the stock pass's alone
        self.answered = (0, 0)  # for how many of how many boxes the head has answered
        self.near: tuple[float, float] | None = None  # the cursor, picture px
        self._inspection: Inspection | None = None
        self._selection: Selection | None = None
        self._shown: tuple[Instance, ...] = ()
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._fill)

    def begin(self, inspection: Inspection | None, details: Details | None = None) -> None:
        """Forget what belonged to the inspection before.

        Args:
            details: of the new one's own detections.
        """
        self.cancel()
        self._debounce.stop()
        self._inspection, self._selection, self._shown = inspection, None, ()
        self.details, self.filled = details or Details(), []
        self.rois, self.answered = None, (0, 0)

    def cancel(self) -> None:
        """Stop; what is known stays."""
        for key in (FILL, ROIS):
            self._bridge.cancel(key)
        self._masks.cancel()

    def follow(self, selection: Selection, shown: tuple[Instance, ...]) -> None:
        """Other detections are shown: fill them in after the debounce."""
        self.keep(selection, shown)
        self._debounce.start()

    def keep(self, selection: Selection, shown: tuple[Instance, ...]) -> None:
        """The same detections, with what is known of them by now."""
        self._selection, self._shown = selection, shown

    def prefer_waiting(self) -> None:
        """Other thresholds wait for boxes: the head begins anew, with these."""
        self._bridge.cancel(ROIS)

    def _fill(self) -> None:
        """Ask for what the shown detections lack; one small job at a time, best first."""
        inspection, selection = self._inspection, self._selection
        if inspection is None or selection is None:
            return
        if self._bridge.job(FILL) is not None or self._debounce.isActive():
            return  # it looks again when the job is done, or after the debounce
        if self._masks.job is None:
            self.repaint(selection.thresholds.mask)
        lacking = [k for k, instance in enumerate(self._shown) if instance.pending]
        wanted = {
            self._shown[k].pair: (selection.boxes[k], self._shown[k].color)
            for k in lacking[:FILL_AT_ONCE]
        }
        if not wanted:
            self._fill_rois(inspection, selection)
            return
        self._bridge.start(
            "inference",
            FILL,
            partial(
                fill_details,
                self._workbench,
                inspection,
                wanted,
                rois=selection.rois,
                threshold=selection.thresholds.mask,
            ),
            on_snapshot=self._ignore,
            on_increments=self._take_details,
            on_done=self._fill,
            on_error=self.failed.emit,
            increment=itself,
        )

    def _fill_rois(self, inspection: Inspection, selection: Selection) -> None:
        """Let the box head answer for what waits, then for all that enters the RPN's NMS."""
        done, count = self.answered
        if self._bridge.job(ROIS) is not None:
            return
        if count and done >= count and not len(selection.waiting):
            return
        self._bridge.start(
            "inference",
            ROIS,
            partial(
                fill_superset,
                self._workbench,
                inspection,
                selection.rois,
                wanted=selection.waiting,
                near=self.near,
            ),
            on_snapshot=self._take_rois,
            on_error=self.failed.emit,
        )

    def _take_rois(self, filled: RoisFilled) -> None:
        # With the stock pass's own, so that the count is that of the RPN's NMS.
        answered = len(filled.rois)
        self.rois = filled.rois
        self.answered = (answered, answered + filled.count - filled.done)
        self.rois_changed.emit()

    def repaint(self, threshold: float) -> None:
        """Paint the masks of another threshold anew; requests are coalesced."""
        stale = {
            i.pair: (i.box, i.color)
            for i in self._shown
            if i.mask is not None and i.mask.threshold != threshold
        }
        if not stale or self._inspection is None:
            return
        self._masks.request(
            partial(
                repaint_masks,
                self._inspection,
                stale,
                dict(self.details.probs),
                threshold=threshold,
            ),
            on_snapshot=self._ignore,
            on_increments=self._take_masks,
            on_error=self.failed.emit,
            increment=itself,
        )

    def _take_details(self, more: tuple[Detail, ...]) -> None:
        for detail in more:
            self.filled.append(detail.filled)
            self.details.filled.update(detail.filled.pairs)
            self.details.masks.update(detail.masks)
            self.details.probs.update(detail.probs)
            self.details.keypoints.update(detail.keypoints)
        self.details_changed.emit()

    def _take_masks(self, more: tuple[dict[Pair, MaskImage], ...]) -> None:
        for masks in more:
            self.details.masks.update(masks)
        self.details_changed.emit()

    def _ignore(self, snapshot: Any) -> None:
        """Every detail arrives as an increment."""
