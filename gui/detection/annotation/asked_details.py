"""Masks and keypoints of what a person has moved, relabelled or drawn, asked of the model's heads.

They are those that an export writes; the model's own belong to another box or class.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from engine.detection.review.arrangement import Item
from engine.detection.review.records import ACCEPTED
from gui.detection.annotation.jobs import Asked, AskedDetail, ask_details
from gui.detection.annotation.layer import CHANGED, COLORS
from gui.detection.instances import Instance
from gui.detection.picture_context import PictureContext

KEY = "review"
MOST_KNOWN = 100


class AskedDetails(QObject):
    """Asks for what is not known yet; the newest objects are answered last.

    Signals:
        changed: masks came.
    """

    changed = Signal()

    def __init__(self, context: PictureContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._known: dict[Asked, AskedDetail] = {}
        self._threshold = context.session.limits.mask
        context.session.inspected.connect(self._forget)

    def instances(self, items: Sequence[Item]) -> tuple[Instance, ...]:
        """The changed objects as detections, without masks until those come."""
        inspection = self._context.inspection
        if inspection is None:
            return ()
        model, threshold = inspection.model, self._context.session.limits.mask
        if threshold != self._threshold:
            self._threshold = threshold
            self._known.clear()
        if not (model.has_masks or model.has_keypoints):
            return ()
        made: list[Instance] = []
        wanted: list[Asked] = []
        for number, item in enumerate(items, 1):
            if item.verdict != ACCEPTED or not item.changed or item.name not in model.classes:
                continue
            label = model.classes.index(item.name) + 1
            detail = self._known.get((item.box, label))
            if detail is None:
                wanted.append((item.box, label))
            color = COLORS[CHANGED]
            made.append(
                Instance(
                    pair=(-number, label),
                    number=number,
                    label=label,
                    name=item.name,
                    score=item.score,
                    box=item.box,
                    color=(color.red(), color.green(), color.blue()),
                    mask=None if detail is None else detail.mask,
                    keypoints=None if detail is None else detail.keypoints,
                    pending=False,  # hatched boxes would flicker under a held arrow key
                )
            )
        self._ask(tuple(wanted))
        return tuple(made)

    def _ask(self, asked: tuple[Asked, ...]) -> None:
        inspection = self._context.inspection
        if not asked or inspection is None:
            return
        color, threshold = COLORS[CHANGED], self._threshold
        self._context.ask(
            KEY,
            partial(
                ask_details,
                asked=asked,
                color=(color.red(), color.green(), color.blue()),
                threshold=threshold,
            ),
            self._take,
            depends_on=(inspection.token, asked, threshold),
        )

    def _take(self, found: dict[Asked, AskedDetail]) -> None:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()  # of boxes under a held arrow key
        self._known.update(found)
        self.changed.emit()

    def _forget(self) -> None:
        self._known.clear()
