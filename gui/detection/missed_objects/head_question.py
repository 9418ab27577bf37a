"""Ask the head: what would the model give for the box that was drawn, mask and keypoints too?"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QPainter

from gui.detection.instances import Box, Instance
from gui.detection.layers.callouts import GIVEN, Mark
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.layers.masks import MaskLayer
from gui.detection.missed_objects.jobs import PaintedAnswer, ask_painted
from gui.detection.picture_context import PictureContext
from gui.pictures.view_transform import View
from gui.widgets.fact_table import probability

KEY = "lost.head"


class AnswerOverlay:
    """The mask and the keypoints that the model would give, over the picture."""

    def __init__(self, font: QFont) -> None:
        self.masks, self.keypoints = MaskLayer(font), KeypointLayer(font)
        self.instances: tuple[Instance, ...] = ()

    def set_instances(self, instances: tuple[Instance, ...]) -> None:
        self.instances = instances
        for layer in (self.masks, self.keypoints):
            layer.set_instances(instances)

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw in widget pixels."""
        if self.instances:
            self.masks.paint(painter, view)
            self.keypoints.paint(painter, view)


class HeadQuestion(QObject):
    """One box put to the heads, on the feature maps that are there.

    Signals:
        changed: another answer, or none.

    Attributes:
        on: whether every box that is asked for is put to the head.
        painted: the newest answer.
    """

    changed = Signal()

    def __init__(self, context: PictureContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.on = False
        self.painted: PaintedAnswer | None = None
        self._overlay = AnswerOverlay(context.layer.font)
        context.layers.add(self._overlay, below_labels=True)
        context.session.inspected.connect(self._adopt)

    def ask(self, box: Box | None, label: int | None) -> None:
        """Put a box (picture px) to the heads, or nothing."""
        inspection = self._context.inspection
        if not self.on or box is None or inspection is None:
            self._context.drop(KEY)
            if self.painted is not None:
                self._set(None)
            return
        threshold = self._context.session.limits.mask
        self._context.ask(
            KEY,
            partial(ask_painted, box=box, label=label, threshold=threshold),
            self._set,
            depends_on=(inspection.token, box, label, threshold),
        )

    def set_seen(self, seen: bool) -> None:
        """Draw the answer over the picture, or not: its tab is not in front."""
        painted = self.painted if seen else None
        self._overlay.set_instances(() if painted is None else (painted.instance,))

    def marks(self) -> list[Mark]:
        """The refined box."""
        if self.painted is None:
            return []
        instance = self.painted.instance
        text = self.tr("the head: {name} {score}")
        text = text.format(name=instance.name, score=probability(instance.score))
        return [Mark(instance.box, text, GIVEN, width=3)]

    def _set(self, painted: PaintedAnswer | None) -> None:
        self.painted = painted
        self.set_seen(painted is not None)
        self.changed.emit()

    def _adopt(self) -> None:
        inspection = self._context.inspection
        self._overlay.keypoints.set_inspection(inspection)
        self._set(None)
