"""Ground truth in the workspace: drawn on the canvas, counted beside it, missed ones followed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.bridge import Bridge
from gui.detection.ground_truth.layer import (
    FALSE,
    FOUND,
    IGNORED,
    MISSED,
    GroundTruthLayer,
    MatchedBox,
)
from gui.detection.ground_truth.panel import GroundTruthPanel
from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.instances import hit
from gui.detection.missed_objects.controller import MissedObjectsController
from gui.detection.picture_context import PictureContext
from gui.widgets.task_progress import TaskStrip


class GroundTruthController(QObject):
    """Joins the store, the layer, the panel, and the question where an object was lost.

    Signals:
        failed: a file that is not what it looks like.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        context: PictureContext,
        missed_objects: MissedObjectsController,
        pictures: Callable[[], tuple[Path, ...]],
        font: QFont,
    ) -> None:
        """Build it.

        Args:
            pictures: gives the files of the list.
        """
        super().__init__(context)
        self.store = GroundTruthStore(bridge, context.session, pictures)
        self._session, self._canvas, self._missed_objects = (
            context.session,
            context.canvas,
            missed_objects,
        )
        self.layer = GroundTruthLayer(font)
        context.layers.add(self.layer, below_labels=True)
        self.panel = GroundTruthPanel(self.store)
        self.strip = TaskStrip("detection.truth.progress")
        missed_objects.panel.put_above(self.panel)
        self.store.changed.connect(self.draw)
        self.store.failed.connect(self.failed)
        self.store.reading_changed.connect(self._show_reading)
        self.strip.cancel_wanted.connect(self.store.stop)

    def pick(self, at: QPointF) -> bool:
        """A click: on a missed object it asks where that was lost."""
        index = self.store.missed_at(at.x(), at.y())
        truth, inspection = self.store.truth, self._session.inspection
        if index is None or truth is None or inspection is None:
            return False
        missed = truth.objects[index]
        x0, y0, x1, y1 = (float(value) for value in missed.box)
        found = hit(self._session.shown, at.x(), at.y())
        if found is not None and found.area < (x1 - x0) * (y1 - y0):
            return False  # the smaller thing was meant
        self._missed_objects.ask_in_front((x0, y0, x1, y1), missed.label(inspection.model.classes))
        return True

    def _show_reading(self) -> None:
        if self.store.reading is None:
            self.strip.hide()
        else:
            self.strip.show_reading(self.store.reading)

    def draw(self) -> None:
        """Every object, and every box that found none."""
        truth, matching = self.store.truth, self.store.matching
        items: list[MatchedBox] = []
        if truth is not None and matching is not None:
            boxes = [instance.box for instance in self._session.shown]
            items += [MatchedBox(FALSE, boxes[row]) for row in matching.fp if row < len(boxes)]
            for index, each in enumerate(truth.objects):
                x0, y0, x1, y1 = (float(value) for value in each.box)
                if index in matching.fn:
                    text = self.tr("missed: {name}").format(name=each.name)
                    items.append(MatchedBox(MISSED, (x0, y0, x1, y1), text))
                else:
                    found = bool(matching.wanted[index])
                    items.append(MatchedBox(FOUND if found else IGNORED, (x0, y0, x1, y1)))
        self.layer.items = items
        self._canvas.update()
