"""Ground truth of the open picture: where it is looked for, and how the detections match it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QObject, Signal

from gui.bridge import Bridge
from gui.detection.instances import Box, as_box
from gui.detection.session import Session

if TYPE_CHECKING:
    from engine.annotations.ground_truth import GroundTruth, Matching
    from engine.annotations.json_stream import ReadProgress
    from engine.annotations.reading import Truth
    from engine.detection.queries.routes import Route

TRUTH = "detection.truth"
BESIDE = None  # look beside each picture


@dataclass(frozen=True, eq=False)
class Source:
    """Where objects are looked for, and what is known of it.

    Attributes:
        path: a file or folder; None for beside each picture.
        images: the folder of the pictures that it tells of, where that is not plain.
        known: what it holds, once it is read.
    """

    path: Path | None = BESIDE
    images: Path | None = None
    known: Truth | None = None


@dataclass(frozen=True, eq=False)
class Looked:
    """What was found for a picture.

    Attributes:
        truth: its objects.
        known: what the source holds.
        namesake: another picture of that name, of which the source tells instead.
    """

    truth: GroundTruth | None
    known: Truth | None
    namesake: Path | None = None


class GroundTruthStore(QObject):
    """The objects marked in the open picture.

    Signals:
        changed: other objects, or other matches.
        failed: a file that is not what it looks like.
        reading_changed: more of a large file is read, or no more of it will be.
    """

    changed = Signal()
    failed = Signal(object)
    reading_changed = Signal()

    def __init__(
        self, bridge: Bridge, session: Session, pictures: Callable[[], tuple[Path, ...]]
    ) -> None:
        """Build it.

        Args:
            pictures: the files of the list, whose names tell whether a name is ambiguous.
        """
        super().__init__(session)
        self._bridge, self._session, self._pictures = bridge, session, pictures
        self._asked: Path | None = None  # the picture whose objects are looked for
        self._stopped: Path | None = None  # where a person wanted nothing to be read
        self.reading: ReadProgress | None = None  # of a large file
        self.source = Source()
        self.namesake: Path | None = None  # of which the source tells, and not of the open picture
        self.iou = 0.5
        self.truth: GroundTruth | None = None
        self.error: Exception | None = None  # why there is none
        self.matching: Matching | None = None
        session.picture_changed.connect(self.look)
        session.shown_changed.connect(self.match)

    def set_source(self, path: Path | None) -> None:
        """Take a file, a folder, or what lies beside each picture."""
        self._take_source(Source(path))

    def set_images(self, folder: Path) -> None:
        """Look for the pictures that the source tells of in a folder."""
        self._take_source(Source(self.source.path, folder))

    def _take_source(self, source: Source) -> None:
        self._end()
        self.source, self._stopped = source, None
        self.look()

    def set_iou(self, iou: float) -> None:
        """What counts as found."""
        self.iou = iou
        self.match()

    def look(self) -> None:
        """Look for the open picture's objects; a large file that is being read is read on."""
        self.truth, self.error, self.namesake = None, None, None
        picture = self.picture()
        if self.reading is None or picture is None or self._place(picture) != self._place():
            self._end()
            if picture is not None and not self.is_stopped():
                self._start(picture)
        self.match()

    def stop(self) -> None:
        """Read no more of a large file, until it is chosen again."""
        self._stopped = self._place()
        self._end()
        self.changed.emit()

    def is_stopped(self) -> bool:
        """Whether what would tell of this picture was not to be read."""
        picture = self.picture()
        return picture is not None and self._stopped == self._place(picture)

    def picture(self) -> Path | None:
        """The file of the open picture."""
        entry = self._session.entry
        return entry.path if entry is not None and self._session.opened is not None else None

    def _place(self, picture: Path | None = None) -> Path | None:
        """What is read for a picture, the one that was asked for by default."""
        picture = picture or self._asked
        return self.source.path or (None if picture is None else picture.parent)

    def _start(self, picture: Path) -> None:
        self._asked = picture
        self._bridge.start(
            "files",
            TRUTH,
            partial(load_truth, picture, self.source, self._pictures()),
            on_snapshot=self._take,
            on_error=self._fail,
        )

    def _end(self) -> None:
        self._bridge.cancel(TRUTH)
        if self.reading is not None:
            self.reading = None
            self.reading_changed.emit()

    def match(self) -> None:
        """Compare the objects with what is shown now; a few milliseconds at most."""
        from engine.annotations.ground_truth import match

        detections = self._session.detections() if self.truth is not None else None
        if detections is None or self.truth is None:
            self.matching = None
        else:
            self.matching = match(detections, self.truth, self.iou)
        self.changed.emit()

    def missed(self) -> tuple[tuple[int, Box], ...]:
        """The objects that nothing found: index among the objects, box in picture px."""
        if self.matching is None or self.truth is None:
            return ()
        objects = self.truth.objects
        return tuple((int(index), as_box(objects[index].box)) for index in self.matching.fn)

    def true_among(self, route: Route) -> int | None:
        """How many of the others that a way back adds would find an object; None without any."""
        from engine.annotations.ground_truth import find_more

        inspection = self._session.inspection
        if self.truth is None or self.matching is None or inspection is None:
            return None
        found = find_more(
            self.truth,
            inspection.model.classes,
            numpy.concatenate([numpy.array([route.box], numpy.float32), route.added_boxes]),
            numpy.concatenate([[route.label], route.added_labels]),
            taken=numpy.flatnonzero(self.matching.detection_of >= 0).tolist(),
            iou=self.iou,
        )
        return int(found[1:].sum())

    def _take(self, step: ReadProgress | Looked) -> None:
        if not isinstance(step, Looked):
            self.reading = step
            self.reading_changed.emit()
            self.changed.emit()
            return
        self.source = replace(self.source, known=step.known)
        self._finish()
        if self.picture() != self._asked:  # another was opened meanwhile
            self.look()
            return
        self.truth, self.namesake = step.truth, step.namesake
        self.match()

    def _fail(self, error: Exception) -> None:
        self._finish()
        if self.picture() != self._asked:
            self.look()
            return
        self.error = error
        self.changed.emit()
        self.failed.emit(error)

    def _finish(self) -> None:
        """The file is read."""
        if self.reading is not None:
            self.reading = None
            gc.freeze()  # else each full round looks at what it told of 100,000 pictures
            self.reading_changed.emit()


def load_truth(
    picture: Path, source: Source, pictures: Sequence[Path]
) -> Iterator[ReadProgress | Looked]:
    """A picture's objects, and what the source knows of this and other pictures.

    Args:
        pictures: all that may be asked for.

    Yields:
        how much of a large file is read, what was found last.

    Raises:
        InputError: the file is missing, damaged, of no known format or of another size.
    """
    from engine.annotations.reading import find_truth_steps, read_truth_steps

    if source.path is None:
        found = yield from find_truth_steps(picture)
        yield Looked(found, None)
        return
    known = source.known
    if known is None:
        known = yield from read_truth_steps(source.path, pictures, source.images)
        yield Looked(None, known)  # whatever is wrong with this picture, the source is read
    known.expect(pictures)
    truth = known.of(picture)
    yield Looked(truth, known, None if truth is not None else known.namesake(picture))
