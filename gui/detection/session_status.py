"""Says what the session does and what it found: on the canvas, in the header, over the picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.detection.canvas_notice import CanvasNotice
from gui.detection.header import Header, note_texts
from gui.detection.layers.controller import LayersController
from gui.detection.models.controller import ModelController
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.pictures.jobs import Coming
from gui.detection.session import Session
from gui.messages import sentence
from gui.pictures.canvas import PictureCanvas
from gui.widgets.fact_table import figure

MIN_SCORE = 0.05  # what the detectors themselves keep; the trace holds nothing below
NAMED = 20  # detections that are told to a screen reader by name


class SessionStatus(QObject):
    """Listens to a session.

    Signals:
        answered: the first result, or why there is none, is on the screen.
        status: a sentence.
        failed: an error beside which the result stands.
    """

    answered = Signal()
    status = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        canvas: PictureCanvas,
        *,
        header: Header,
        notice: CanvasNotice,
        files: FilePanel,
        models: ModelController,
        layers: LayersController,
    ) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._header, self._notice, self._files, self._models = header, notice, files, models
        self._layers = layers
        self._problem: Exception | None = None
        self._answered = False
        session.picture_coming.connect(self._show_coming)
        session.picture_changed.connect(self.show_picture)
        session.inspected.connect(self._show_inspection)
        session.shown_changed.connect(self._show_detections)
        session.progressed.connect(header.set_progress)
        session.running_changed.connect(self._show_running)
        session.failed.connect(self._show_failure)

    def show_nothing(self) -> None:
        """There is no picture at all, and none will come by itself."""
        self.show_picture()
        self._tell_answer()

    def _show_coming(self, coming: Coming) -> None:
        self._canvas.set_pyramid(coming.pyramid)
        self._header.set_reading(coming.size)
        if coming.pyramid is None and self._session.entry is not None:
            self._notice.show_wait(self._session.entry.shown, self._header.reading())

    def show_picture(self) -> None:
        """The open picture, or that there is none."""
        opened, entry = self._session.opened, self._session.entry
        self._canvas.set_pyramid(opened.pyramid if opened else None)
        self._notice.hide()
        if opened is not None and entry is not None and not entry.sample:
            self._files.drop_samples()
        if entry is None:
            self._header.run.setEnabled(False)  # until a picture is opened
            self._notice.show_problem(
                self.tr("No picture"),
                self.tr("Open a picture or a folder, drop it here, or paste it with Ctrl+V."),
            )
        self._tell_facts()

    def _show_running(self, running: bool) -> None:
        self._header.set_running(running)
        if running:
            self._problem = None
            self._notice.hide()
        self.status.emit(self.tr("Detecting…") if running else "")

    def _show_inspection(self) -> None:
        self._layers.set_inspection(self._session.inspection)

    def _show_detections(self) -> None:
        session = self._session
        trace = session.inspection.trace if session.inspection else None
        self._layers.panel.set_results(trace, session.shown)
        self._tell_facts()
        self._tell_emptiness()
        if session.inspection is not None:
            self._tell_answer()

    def _tell_facts(self) -> None:
        session = self._session
        facts: list[str] = []
        if session.inspection is not None:
            facts += self._header.inspection_facts(
                session.inspection, score=session.score, nms=session.nms, count=len(session.shown)
            )
        if session.opened is not None:
            facts += note_texts(session.opened.picture.notes)
        self._header.set_facts(facts)
        names = ", ".join(f"{i.name} {figure(i.score)}" for i in session.shown[:NAMED])
        self._canvas.setAccessibleDescription(
            self.tr("{count} detections: {names}").format(count=len(session.shown), names=names)
        )

    def _tell_emptiness(self) -> None:
        """Where nothing is shown, say why and what could bring something."""
        inspection = self._session.inspection
        if self._problem is not None or inspection is None:
            return
        if self._session.shown:
            self._notice.hide()
            return
        self._notice.show_nothing(
            score=self._session.score,
            known=", ".join(inspection.model.classes),
            best=self._session.best(),
            floor=MIN_SCORE,
            other=self._models.other(),
        )

    def _show_failure(self, error: Exception) -> None:
        session = self._session
        if session.inspection is not None:
            self.failed.emit(error)  # masks that could not be filled in; the rest stands
            return
        self._problem = error
        text = sentence(error)
        heading = session.entry.shown if session.entry else ""
        if session.opened is None and session.entry is not None:
            self._files.mark(session.entry, text)
            self._notice.show_problem(heading, text)
        else:
            self._notice.show_problem(heading, text, other=self._models.other())
        self._tell_answer()

    def _tell_answer(self) -> None:
        if not self._answered:
            self._answered = True
            self.answered.emit()

    def retranslate(self) -> None:
        """Say all of it in the current language."""
        self._canvas.setAccessibleName(self.tr("Picture"))
        self._tell_facts()
        if self._problem is not None:
            self._show_failure(self._problem)
        else:
            self._tell_emptiness()
