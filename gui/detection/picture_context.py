"""What the views of a picture share: the chosen detection, questions to the engine, marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QFont

from gui.bridge import Bridge
from gui.detection.instances import Instance, Pair
from gui.detection.jobs import Bench
from gui.detection.layers.callouts import Arrow, CalloutLayer, Mark
from gui.detection.layers.stack import Overlays
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
        bench: Bench,
        session: Session,
        canvas: PictureCanvas,
        overlays: Overlays,
        font: QFont,
    ) -> None:
        super().__init__(canvas)
        self._bridge, self._bench = bridge, bench
        self.session, self.canvas, self.overlays = session, canvas, overlays
        self.layer = CalloutLayer(font)
        overlays.add(self.layer)
        overlays.selected_changed.connect(self.chosen)
        session.settled.connect(self.changed)
        session.inspected.connect(self._forget)

    @property
    def pair(self) -> Pair | None:
        """The chosen detection's name."""
        return self.overlays.selected

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
        self.overlays.select_pair(pair)

    def mark(self, marks: Sequence[Mark], arrows: Sequence[Arrow] = ()) -> None:
        """Draw these over the picture in place of what was marked before."""
        self.layer.marks, self.layer.arrows = tuple(marks), tuple(arrows)
        self.canvas.update()

    def marked(self) -> list[dict[str, Any]]:
        """What is marked, for tests that look from outside."""
        return [{"box": list(mark.box), "text": mark.text} for mark in self.layer.marks]

    def ask(self, key: str, question: Question, take: Callable[[Any], None]) -> None:
        """Put a question to the feature maps; the newest question of a key wins.

        Args:
            key: names the asker.
            question: an engine generator of a workbench and an inspection; it
                runs on the inference lane.
            take: gets each snapshot; a bound method.
        """
        inspection = self.inspection
        if inspection is None:
            return
        answer = _Answer(self._bench, inspection, question)
        self._bridge.start(
            "inference", self._key(key), answer.run, on_snapshot=take, on_error=self._fail
        )

    def drop(self, key: str) -> None:
        """Forget a question."""
        self._bridge.cancel(self._key(key))

    def middle(self) -> QPointF:
        """The picture's middle, in picture px."""
        height, width = self.inspection.trace.picture_size if self.inspection else (0, 0)
        return QPointF(width / 2, height / 2)

    def _key(self, key: str) -> str:
        return f"detection.ask.{key}"

    def _forget(self) -> None:
        if self.inspection is None:
            self.mark(())
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


class _Answer:
    """A question with what it needs; called on the lane."""

    def __init__(self, bench: Bench, inspection: Inspection, question: Question) -> None:
        self._bench, self._inspection, self._question = bench, inspection, question

    def run(self) -> Iterator[Any]:
        return self._question(self._bench.get(), self._inspection)
