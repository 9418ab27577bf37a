"""Ground truth of the open picture: where it is looked for, and how the detections match it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.detection.session import Session

if TYPE_CHECKING:
    from engine.annotations.ground_truth import GroundTruth, Matching
    from engine.annotations.reading import Truth

TRUTH = "detection.truth"
BESIDE = None  # look beside each picture


class GroundTruthStore(QObject):
    """The objects marked in the open picture.

    Signals:
        changed: other objects, or other matches.
        failed: a file that is not what it looks like.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, bridge: Bridge, session: Session) -> None:
        super().__init__(session)
        self._bridge, self._session = bridge, session
        self._known: Truth | None = None  # of the chosen source
        self.source: Path | None = BESIDE
        self.iou = 0.5
        self.shown = True
        self.truth: GroundTruth | None = None
        self.error: Exception | None = None  # why there is none
        self.matching: Matching | None = None
        session.picture_changed.connect(self.look)
        session.shown_changed.connect(self.match)

    def set_source(self, path: Path | None) -> None:
        """Take a file, a folder, or what lies beside each picture."""
        self.source, self._known = path, None
        self.look()

    def set_iou(self, iou: float) -> None:
        """What counts as found."""
        self.iou = iou
        self.match()

    def set_shown(self, shown: bool) -> None:
        """Whether it is compared at all."""
        self.shown = shown
        self.match()

    def look(self) -> None:
        """Look for the open picture's objects."""
        self._bridge.cancel(TRUTH)
        entry, opened = self._session.entry, self._session.opened
        self.truth, self.error = None, None
        if entry is not None and entry.path is not None and opened is not None:
            self._bridge.start(
                "files",
                TRUTH,
                partial(load_truth, entry.path, self.source, self._known),
                on_snapshot=self._take,
                on_error=self._fail,
            )
        self.match()

    def match(self) -> None:
        """Compare the objects with what is shown now; a few milliseconds at most."""
        from engine.annotations.ground_truth import match

        detections = self._session.detections() if self.shown and self.truth is not None else None
        if detections is None or self.truth is None:
            self.matching = None
        else:
            self.matching = match(detections, self.truth, self.iou)
        self.changed.emit()

    def missed_at(self, x: float, y: float) -> int | None:
        """The smallest object that nothing found at a picture point."""
        if self.matching is None or self.truth is None:
            return None
        best: tuple[float, int] | None = None
        for index in self.matching.fn:
            x0, y0, x1, y1 = (float(value) for value in self.truth.objects[index].box)
            if x0 <= x <= x1 and y0 <= y <= y1:
                area = (x1 - x0) * (y1 - y0)
                best = (area, index) if best is None else min(best, (area, index))
        return None if best is None else best[1]

    def _take(self, read: tuple[GroundTruth | None, Truth | None]) -> None:
        self.truth, self._known = read
        self.match()

    def _fail(self, error: Exception) -> None:
        self.error = error
        self.changed.emit()
        self.failed.emit(error)


def load_truth(
    picture: Path, source: Path | None, known: Truth | None
) -> Iterator[tuple[GroundTruth | None, Truth | None]]:
    """A picture's objects, and what the source knows of this and other pictures.

    Args:
        source: a file or folder; None to look beside the picture.
        known: what the source holds, where it was read before.

    Raises:
        InputError: the file is missing, damaged, of no known format or of another size.
    """
    from engine.annotations.reading import find_truth, read_truth

    if source is None:
        yield find_truth(picture), None
        return
    if known is None:
        known = read_truth(source)
    yield known.of(picture), known
