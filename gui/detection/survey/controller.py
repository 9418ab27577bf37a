"""The survey of a list of pictures: started, followed, stopped, and shown when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QRectF, Signal
from PySide6.QtWidgets import QWidget

from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection.ground_truth.store import GroundTruthStore
from gui.detection.instances import as_box
from gui.detection.jobs import LazyWorkbench
from gui.detection.missed_objects.controller import MissedObjectsController
from gui.detection.models.downloads import weights_of
from gui.detection.pictures.controller import PicturesController
from gui.detection.session import Session
from gui.detection.survey.dialog import SurveyDialog
from gui.i18n import QT_TRANSLATE_NOOP
from gui.pictures.canvas import PictureCanvas
from gui.widgets.task_progress import TaskStrip

if TYPE_CHECKING:
    from engine.annotations.json_stream import ReadProgress
    from engine.annotations.reading import Truth
    from engine.detection.survey.records import Loss, Survey, SurveyProgress, SurveySpec

SURVEY, REPORT = "detection.survey", "detection.survey.report"
MOST_EARLIER = 4  # surveys
AROUND = 0.5  # of an object's longer side, seen on each side of it


class SurveyController(QObject):
    """One survey at a time.

    Signals:
        status: a sentence.
        failed: why there is none.
        finished: a `Survey`.
    """

    status = Signal(str)
    failed = Signal(object)
    finished = Signal(object)

    def __init__(
        self,
        bridge: Bridge,
        workbench: LazyWorkbench,
        session: Session,
        pictures: PicturesController,
        ground_truth: GroundTruthStore,
        missed_objects: MissedObjectsController,
        canvas: PictureCanvas,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._parent, self._bridge, self._workbench = parent, bridge, workbench
        self._session, self._pictures, self._ground_truth = session, pictures, ground_truth
        self.strip = TaskStrip("detection.survey.progress", parent)
        self.dialog: SurveyDialog | None = None
        self._missed_objects, self._canvas = missed_objects, canvas
        self._coming: Loss | None = None  # an object whose picture is being opened
        self.result: Survey | None = None
        self.earlier: list[Survey] = []  # to compare with
        self.errors: list[Exception] = []  # of pictures that were left out
        self.strip.cancel_wanted.connect(self.cancel)
        session.inspected.connect(self._go_on)

    def actions(self) -> list[ActionSpec]:
        """Measure the list."""
        return [
            ActionSpec(
                "detection.survey",
                QT_TRANSLATE_NOOP("actions", "&Survey the List"),
                "Run",
                self.start,
                "Ctrl+Shift+R",
                section=30,
                icon="search",
                enabled=self._session.has_result,
            )
        ]

    def start(self) -> None:
        """Look at every picture of the list, with the thresholds of now."""
        from engine.detection.survey.records import SurveySpec

        selection = self._session.selection
        paths = tuple(e.path for e in self._pictures.panel.model.entries if e.path is not None)
        if selection is None or not paths:
            self.status.emit(self.tr("There is nothing to survey yet."))
            return
        spec = SurveySpec(
            pictures=paths,
            truth=self._ground_truth.source.path,
            images=self._ground_truth.source.images,
            model=self._session.model,
            weights=weights_of(self._session.model),
            device=self._session.device,
            precision=self._session.precision_used,
            thresholds=selection.thresholds,
            iou=self._ground_truth.iou,
        )
        self.errors = []
        self._show(0, len(paths), "")
        self._bridge.start(
            "inference",
            SURVEY,
            partial(run, self._workbench, spec, self._ground_truth.source.known),
            on_snapshot=self._take,
            on_error=self._fail,
        )

    def cancel(self) -> None:
        """Stop; nothing is kept."""
        self._bridge.cancel(SURVEY)
        self.strip.hide()
        self.status.emit(self.tr("The survey was stopped."))

    def show(self) -> None:
        """The last survey again."""
        if self.result is None:
            self.start()
            return
        if self.dialog is None:
            self.dialog = SurveyDialog(self._parent)
            self.dialog.picture_wanted.connect(self.open_picture)
            self.dialog.object_wanted.connect(self.open_object)
            self.dialog.report_wanted.connect(self.write_report)
            self.dialog.again_wanted.connect(self.start)
        self.dialog.set_survey(self.result, self.errors, self.earlier)
        self.dialog.show()
        self.dialog.raise_()

    def open_picture(self, path: Path) -> None:
        """Show a picture of the survey in the window."""
        self._coming = None
        self._pictures.open_listed(path)

    def open_object(self, loss: Loss) -> None:
        """Show an object of the survey in its picture, and where it was lost."""
        self._coming = loss
        entry = self._session.entry
        if entry is None or entry.path != loss.path:
            self._pictures.open_listed(loss.path)
        self._go_on()

    def _go_on(self) -> None:
        """Once the model has looked at the object's picture."""
        loss, session, inspection = self._coming, self._session, self._session.inspection
        if loss is None or inspection is None or session.entry is None or session.running:
            return
        self._coming = None
        if session.entry.path != loss.path:
            return  # another was opened meanwhile
        classes = inspection.model.classes
        label = classes.index(loss.class_name) + 1 if loss.class_name in classes else None
        box = as_box(loss.box)
        self._missed_objects.ask_in_front(box, label)
        around = AROUND * max(box[2] - box[0], box[3] - box[1])
        rect = QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])
        self._canvas.show_rect(rect.adjusted(-around, -around, around, around))

    def write_report(self, path: Path) -> None:
        """Write every object into a page or a table; its ending says which."""
        if self.result is not None:
            self._bridge.start(
                "files",
                REPORT,
                partial(write, self.result, path),
                on_snapshot=self._tell_written,
                on_error=self.failed.emit,
            )

    def _tell_written(self, path: Path) -> None:
        self.status.emit(self.tr("Written to {name}").format(name=path.name))

    def _take(self, step: Any) -> None:
        from engine.annotations.json_stream import ReadProgress
        from engine.detection.survey.records import Survey

        if isinstance(step, ReadProgress):
            self.strip.show_reading(step)
        elif isinstance(step, Survey):
            self.strip.hide()
            if self.result is not None:
                self.earlier = [*self.earlier, self.result][-MOST_EARLIER:]
            self.result = step
            self.show()
            self.finished.emit(step)
        else:
            if step.error is not None:
                self.errors.append(step.error)
            self._show(step.done, step.count, step.path.name)

    def _show(self, done: int, count: int, name: str) -> None:
        number = QLocale()
        text = self.tr("Surveying… {done} of {count}  {name}").format(
            done=number.toString(done), count=number.toString(count), name=name
        )
        self.strip.show_progress(text.rstrip(), done, count)

    def _fail(self, error: Exception) -> None:
        self.strip.hide()
        self.failed.emit(error)


def write(survey: Survey, path: Path) -> Iterator[Path]:
    """Write a survey's objects; yields the file."""
    from engine.detection.survey.tables import write_csv, write_html

    if path.suffix.lower() == ".csv":
        write_csv(survey, path)
    else:
        write_html(survey, path)
    yield path


def run(
    workbench: LazyWorkbench, spec: SurveySpec, known: Truth | None
) -> Iterator[ReadProgress | SurveyProgress | Survey]:
    """The engine's survey on the workspace's own workbench."""
    from engine.detection.survey.run import survey

    yield from survey(workbench.get(), spec, known)
