"""Ground truth in the workspace: loaded, drawn, counted, and its missed objects followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, Signal

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.ground_truth.layer import (
    FALSE,
    FOUND,
    IGNORED,
    MISSED,
    GroundTruthLayer,
    MatchedBox,
)
from gui.detection.ground_truth.match_counts import MatchCounts
from gui.detection.ground_truth.panel import GroundTruthPanel
from gui.detection.ground_truth.picking import under_cursor
from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.instances import as_box, hit
from gui.detection.missed_objects.controller import MissedObjectsController
from gui.detection.picture_context import PictureContext
from gui.i18n import QT_TRANSLATE_NOOP
from gui.widgets.task_progress import TaskStrip

LAYER = "truth"  # its name in the list of layers
REACH_PX = 6.0  # on the screen: a click so near to an edge means that edge
SAME_PLACE_PX = 4.0  # on the screen: a click so near to the last one goes on below
MOST_LISTED = 2000  # names of a dropped folder that are looked at for pictures


class GroundTruthController(QObject):
    """Joins the store, the layer, the panel, and the question where an object was lost.

    Signals:
        failed: a file that is not what it looks like.
        detection_wanted: the pair of a detection that was clicked among missed objects.
        status: a sentence.
    """

    failed = Signal(object)
    detection_wanted = Signal(object)
    status = Signal(str)

    def __init__(
        self,
        bridge: Bridge,
        context: PictureContext,
        missed_objects: MissedObjectsController,
        pictures: Callable[[], tuple[Path, ...]],
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
        layers = self._layers = context.layers
        layer = layers.by_name[LAYER]
        assert isinstance(layer, GroundTruthLayer)
        self.layer = layer
        self.counts = MatchCounts("detection.stages.truth")
        layers.panel.rows[LAYER].add_note(self.counts)
        self.panel = GroundTruthPanel(self.store)
        self.strip = TaskStrip("detection.truth.progress")
        self._last: tuple[QPointF, list[object]] | None = None  # the last click, what lay there
        self._turn = 0  # which of it was meant
        missed_objects.panel.put_below(self.panel)
        missed_objects.count_true = self.store.true_among
        self.panel.check.toggled.connect(self._set_shown)
        self.panel.chosen.connect(self._open_eye)
        layers.eye_changed.connect(self._follow_eye)
        self.store.changed.connect(self.draw)
        self.store.failed.connect(self.failed)
        self.store.reading_changed.connect(self._show_reading)
        self.strip.cancel_wanted.connect(self.store.stop)
        self.draw()

    def actions(self) -> list[ActionSpec]:
        """Load it from a file, or from a folder."""
        return [
            ActionSpec(
                "detection.truth.open",
                QT_TRANSLATE_NOOP("actions", "Open &Ground Truth…"),
                "File",
                self.ask_file,
                section=20,
            ),
            ActionSpec(
                "detection.truth.open_folder",
                QT_TRANSLATE_NOOP("actions", "Ground Truth from a Fol&der…"),
                "File",
                self.ask_folder,
                section=20,
            ),
        ]

    # Where from

    def ask_file(self) -> None:
        """Ask for a file of annotations."""
        self.panel.ask()

    def ask_folder(self) -> None:
        """Ask for a folder of annotations."""
        self.panel.ask(folder=True)

    def take_from(self, paths: Sequence[Path]) -> list[Path]:
        """Use the annotations among files that were dropped or opened; the others come back.

        A folder with pictures in it is one of pictures, whatever lies beside them.
        """
        from engine.annotations.recognition import holds_annotations

        if self._session.entry is None:
            return list(paths)
        found = [path for path in paths if not _has_pictures(path) and holds_annotations(path)]
        if found:
            source = found[0] if len(found) == 1 else found[0].parent  # of a file a picture
            self.panel.take_source(str(source))
            self.status.emit(self.tr("Ground truth: {name}").format(name=source.name))
        return [path for path in paths if path not in found]

    # Its eye

    def _set_shown(self, shown: bool) -> None:
        self._layers.show(LAYER, shown)

    def _open_eye(self) -> None:
        self._layers.show(LAYER, True)

    def _follow_eye(self, name: str, shown: bool) -> None:
        if name == LAYER:
            self.panel.check.setChecked(shown)

    # A click

    def pick(self, at: QPointF) -> bool:
        """A click: on a missed object it asks where that was lost.

        Of several things there, detections too, the first click means the nearest edge,
        else the smallest; each further click at the same place means the next below.
        """
        missed = self.store.missed() if self.layer.shown else ()
        truth, inspection = self.store.truth, self._session.inspection
        if not missed or truth is None or inspection is None:
            return False
        shown = self._session.shown
        scale = max(self._canvas.zoom, 1e-6)
        boxes = [box for _, box in missed] + [instance.box for instance in shown]
        here = under_cursor(boxes, (at.x(), at.y()), REACH_PX / scale)
        if not any(index < len(missed) for index in here):
            self._last = None
            return False
        # A detection is met where its mask is; the bare corner of its box comes after all else.
        clicked = hit(shown, at.x(), at.y())
        bare = [
            index
            for index in here
            if index >= len(missed)
            and (mask := shown[index - len(missed)].mask) is not None
            and not mask.covers(at.x(), at.y())
            and shown[index - len(missed)] is not clicked
        ]
        order = [index for index in here if index not in bare] + bare
        names: list[object] = [
            missed[index][0] if index < len(missed) else shown[index - len(missed)].pair
            for index in order
        ]
        self._turn = self._next_turn(at, names)
        chosen = order[self._turn]
        self._last = at, names
        if len(order) > 1:
            text = self.tr("{number} of {count} here; click again for the next below.")
            self.status.emit(text.format(number=self._turn + 1, count=len(order)))
        if chosen >= len(missed):
            self.detection_wanted.emit(shown[chosen - len(missed)].pair)
            return True
        index, box = missed[chosen]
        label = truth.objects[index].label(inspection.model.classes)
        self._missed_objects.ask_in_front(box, label)
        return True

    def goes_on_at(self, at: QPointF) -> bool:
        """Whether another click at a picture point means the next thing below."""
        return self._last is not None and len(self._last[1]) > 1 and self._is_near(at)

    def _is_near(self, at: QPointF) -> bool:
        if self._last is None:
            return False
        moved = at - self._last[0]
        return hypot(moved.x(), moved.y()) * self._canvas.zoom <= SAME_PLACE_PX

    def _next_turn(self, at: QPointF, names: list[object]) -> int:
        again = self._last is not None and self._last[1] == names and self._is_near(at)
        return (self._turn + 1) % len(names) if again else 0

    # What is seen

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
                box = as_box(each.box)
                if index in matching.fn:
                    text = self.tr("missed: {name}").format(name=each.name)
                    items.append(MatchedBox(MISSED, box, text))
                else:
                    found = bool(matching.wanted[index])
                    items.append(MatchedBox(FOUND if found else IGNORED, box))
        self.layer.items = items
        self.counts.show_matching(matching)
        self._layers.panel.set_count(LAYER, None if truth is None else len(truth.objects))
        self._canvas.update()


def _has_pictures(path: Path) -> bool:
    """Whether a path is a picture, or a folder with one."""
    from itertools import islice

    from engine.pictures.reader import SUFFIXES

    try:
        names = islice(path.iterdir(), MOST_LISTED) if path.is_dir() else (path,)
        return any(name.suffix.lower() in SUFFIXES for name in names)
    except OSError:
        return False
