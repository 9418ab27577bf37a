"""What the views of a picture share: the chosen detection, questions to the engine, marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.bridge import Bridge, NewestJob
from gui.detection.instances import Instance, Pair
from gui.detection.jobs import LazyWorkbench
from gui.detection.layers.callouts import Arrow, CalloutLayer, Mark
from gui.detection.layers.controller import LayersController
from gui.detection.session import Session
from gui.pictures.canvas import PictureCanvas

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Inspection, Workbench

Question = Callable[["Workbench", "Inspection"], Iterator[Any]]


class PictureContext(QObject):
    """One picture, one chosen detection.

    Signals:
        chosen: another detection, or None.
        changed: another trace or other detections; the thresholds rest.
        origin_wanted: where does the chosen detection come from?
        failed: the exception of a question.
    """

    chosen = Signal(object)
    changed = Signal()
    origin_wanted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        workbench: LazyWorkbench,
        session: Session,
        canvas: PictureCanvas,
        layers: LayersController,
        font: QFont,
    ) -> None:
        super().__init__(canvas)
        self._bridge, self._workbench = bridge, workbench
        self.session, self.canvas, self.layers = session, canvas, layers
        self._jobs: dict[str, NewestJob] = {}
        self.layer = CalloutLayer(font)
        layers.add(self.layer)
        layers.selected_changed.connect(self.chosen)
        session.settled.connect(self.changed)
        session.inspected.connect(self._forget)

    @property
    def pair(self) -> Pair | None:
        """The chosen detection's name."""
        return self.layers.selected

    @property
    def inspection(self) -> Inspection | None:
        return self.session.inspection

    def instance(self) -> Instance | None:
        """The chosen detection, while it is shown."""
        for instance in self.session.shown:
            if instance.pair == self.pair:
                return instance
        return None

    def row(self) -> int | None:
        """The chosen detection's row of the selection."""
        for row, instance in enumerate(self.session.shown):
            if instance.pair == self.pair:
                return row
        return None

    def choose(self, pair: Pair | None) -> None:
        """Make another detection the chosen one."""
        self.layers.select_pair(pair)

    def mark(self, marks: Sequence[Mark], arrows: Sequence[Arrow] = ()) -> None:
        """Draw these over the picture in place of what was marked before."""
        self.layer.marks, self.layer.arrows = tuple(marks), tuple(arrows)
        self.canvas.update()

    def marked(self) -> list[dict[str, Any]]:
        """What is marked, for tests that look from outside."""
        return [{"box": list(mark.box), "text": mark.text} for mark in self.layer.marks]

    def ask(
        self,
        key: str,
        question: Question,
        take: Callable[[Any], None],
        *,
        depends_on: object = None,
    ) -> None:
        """Put a question to the feature maps; the newest question of a key is answered last.

        Args:
            key: names the asker.
            question: an engine generator of a workbench and an inspection; it
                runs on the inference lane.
            take: gets each snapshot; a bound method.
            depends_on: all that decides the answer; what is asked already is not asked again.
        """
        inspection = self.inspection
        if inspection is None:
            return
        if key not in self._jobs:
            self._jobs[key] = NewestJob(self._bridge, "inference", f"detection.ask.{key}")
        self._jobs[key].request(
            partial(_answer, self._workbench, inspection, question),
            on_snapshot=take,
            on_error=self.failed.emit,
            depends_on=depends_on,
        )

    def drop(self, key: str) -> None:
        """Forget a question."""
        if key in self._jobs:
            self._jobs[key].cancel()

    def middle(self) -> QPointF:
        """The picture's middle, in picture px."""
        height, width = self.inspection.trace.picture_size if self.inspection else (0, 0)
        return QPointF(width / 2, height / 2)

    def _forget(self) -> None:
        """Another inspection, or none: no answer to the one before may come."""
        for job in self._jobs.values():
            job.cancel()
        if self.inspection is None:
            self.mark(())
        self.changed.emit()


def _answer(workbench: LazyWorkbench, inspection: Inspection, question: Question) -> Iterator[Any]:
    yield from question(workbench.get(), inspection)
