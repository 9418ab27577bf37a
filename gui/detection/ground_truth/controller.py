"""Ground truth in the workspace: drawn on the canvas, counted beside it, missed ones followed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.bridge import Bridge
from gui.detection.detail_panels import DetailPanels
from gui.detection.ground_truth.layer import FALSE, FOUND, IGNORED, MISSED, Judged, TruthLayer
from gui.detection.ground_truth.panel import TruthPanel
from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.instances import hit
from gui.detection.picture_context import PictureContext
from gui.detection.selection_link import SelectionLink


class GroundTruthController(QObject):
    """Joins the keeper, the layer, the panel, and the panel of lost objects.

    Signals:
        failed: a file that is not what it looks like.
    """

    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        scope: PictureContext,
        linking: SelectionLink,
        inquiry: DetailPanels,
        font: QFont,
    ) -> None:
        super().__init__(scope)
        self.keeper = GroundTruthStore(bridge, scope.session)
        self._session, self._canvas, self._inquiry = scope.session, scope.canvas, inquiry
        self.layer = TruthLayer(font)
        scope.overlays.add(self.layer, below_labels=True)
        self.panel = TruthPanel(self.keeper)
        inquiry.lost.put_above(self.panel)
        self._pick_before = linking.pick
        linking.pick = self.pick
        self.keeper.changed.connect(self.draw)
        self.keeper.failed.connect(self.failed)

    def pick(self, at: QPointF) -> bool:
        """A click: on a missed object it asks where that was lost."""
        if self._pick_before is not None and self._pick_before(at):
            return True
        index = self.keeper.missed_at(at.x(), at.y())
        truth, inspection = self.keeper.truth, self._session.inspection
        if index is None or truth is None or inspection is None:
            return False
        missed = truth.objects[index]
        x0, y0, x1, y1 = (float(value) for value in missed.box)
        found = hit(self._session.shown, at.x(), at.y())
        if found is not None and found.area < (x1 - x0) * (y1 - y0):
            return False  # the smaller thing was meant
        self._inquiry.follow((x0, y0, x1, y1), missed.label(inspection.model.classes))
        return True

    def draw(self) -> None:
        """Every object, and every box that found none."""
        truth, matching = self.keeper.truth, self.keeper.matching
        items: list[Judged] = []
        if truth is not None and matching is not None:
            boxes = [instance.box for instance in self._session.shown]
            items += [Judged(FALSE, boxes[row]) for row in matching.fp if row < len(boxes)]
            for index, each in enumerate(truth.objects):
                x0, y0, x1, y1 = (float(value) for value in each.box)
                if index in matching.fn:
                    text = self.tr("missed: {name}").format(name=each.name)
                    items.append(Judged(MISSED, (x0, y0, x1, y1), text))
                else:
                    found = bool(matching.wanted[index])
                    items.append(Judged(FOUND if found else IGNORED, (x0, y0, x1, y1)))
        self.layer.items = items
        self._canvas.update()
