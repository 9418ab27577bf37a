"""The Detection workspace: pictures, the canvas, layers, thresholds and the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files as resource_files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gui import theme
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.detection import actions as detection_actions
from gui.detection.canvas_notice import Notice
from gui.detection.detail_panels import DetailPanels
from gui.detection.export.controller import ExportController
from gui.detection.ground_truth.controller import GroundTruthController
from gui.detection.header import Header, note_texts
from gui.detection.jobs import Bench, Coming, list_models
from gui.detection.layers.panel import LayersPanel
from gui.detection.layers.stack import Overlays
from gui.detection.lecture import Caption, Lecture
from gui.detection.models.controller import ModelController
from gui.detection.models.downloads import title_of
from gui.detection.picture_context import PictureContext
from gui.detection.pictures.file_panel import FilesPanel
from gui.detection.pictures.open_pictures import PictureOpener
from gui.detection.pictures.prefetch import Prefetch
from gui.detection.results.tabs import Results
from gui.detection.scenes import Scene
from gui.detection.selection_link import SelectionLink
from gui.detection.session import Session
from gui.detection.side_panel import SidePanel
from gui.detection.survey.controller import Surveyor
from gui.detection.thresholds.names import read_limits, saved_limits
from gui.messages import engine_text, sentence
from gui.pictures.canvas import PictureCanvas
from gui.settings import Settings
from gui.widgets.fact_table import figure
from gui.widgets.slider_field import Threshold
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Loader

MODELS = "detection.models"
MIN_SCORE = 0.05  # what the detectors themselves keep; the trace holds nothing below
FIRST_SIZES = (168, 800, 320)
SAMPLE_SUFFIXES = (".jpg", ".png")
FIRST_SAMPLE = "astronaut"


class DetectionWorkspace(Workspace):
    """A detector looks at the user's pictures."""

    def __init__(
        self,
        bridge: Bridge,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        load: Loader | None = None,
        models: Callable[[], Iterator[list[Any]]] = list_models,
    ) -> None:
        """Build it.

        Args:
            load: gives a model and its facts for an `InspectSpec`; the zoo's by default.
            models: the job that lists the models there are.
        """
        super().__init__(bridge, settings, parent)
        self._list_models = models
        self._first_work_told = False
        self._problem: Exception | None = None
        bench = Bench(load)
        self.session = Session(bridge, bench, self)
        self.files = FilesPanel(bridge, self)
        self.header = Header(self)
        self.picture = PictureCanvas(self)
        self.picture.setObjectName("detection.canvas")
        self.picture.describe = self._describe
        self.notice = Notice(self.picture)
        self.stages = LayersPanel(self)
        font = self.font()
        font.setPixelSize(12)
        self.overlays = Overlays(self.picture, self.stages, font)
        self.score = Threshold("detection.score", 0.5, self, minimum=0.0)
        self.nms = Threshold("detection.nms", 0.5, self, minimum=0.05)
        self.results = Results(self.session, self.overlays, self)
        self.table = self.results.table
        self.intake = PictureOpener(bridge, self.files)
        self.prefetch = Prefetch(bridge, self.session, self.files)
        self.linking = SelectionLink(self.picture, self.table, self.overlays, self.session)
        self.exporter = ExportController(self, bridge, settings, self.session, self.files, bench)
        self.shelf = ModelController(self, bridge, self.session, models)
        self.scope = PictureContext(bridge, bench, self.session, self.picture, self.overlays, font)
        self.side = SidePanel(self.score, self.nms, self.results, self)
        self.inquiry = DetailPanels(self.scope, self.side, self.stages, self.linking, self)
        self.caption = Caption(self)
        self.lecture = Lecture(
            self.session, self.inquiry, self.open_sample, self.set_model, self.caption
        )
        self.truth = GroundTruthController(bridge, self.scope, self.linking, self.inquiry, font)
        self.surveyor = Surveyor(self, bridge, bench, self.session, self.files, self.truth.keeper)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        over = QVBoxLayout(self.picture)
        over.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        over.addStretch(1)
        over.addWidget(self.notice, 0, Qt.AlignmentFlag.AlignHCenter)
        self.notice.lie_in(over)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        for task in (self.exporter, self.shelf.downloads, self.surveyor):
            column.addWidget(task.strip)
        column.addWidget(self.caption)
        column.addWidget(self.picture, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("detection.splitter")
        for widget in (self.files, middle, self.side):
            self._splitter.addWidget(widget)
        self._splitter.setChildrenCollapsible(False)
        for index, stretch in enumerate((0, 1, 0)):
            self._splitter.setStretchFactor(index, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.inquiry.strip)
        layout.addWidget(self._splitter, 1)
        self.reset_layout()

    def _connect(self) -> None:
        session = self.session
        session.picture_coming.connect(self._show_coming)
        session.picture_changed.connect(self._show_picture)
        session.inspected.connect(self._show_inspection)
        session.shown_changed.connect(self._show_detections)
        session.progressed.connect(self.header.set_progress)
        session.running_changed.connect(self._show_running)
        session.failed.connect(self._show_failure)
        self.files.chosen.connect(session.open)
        self.files.open_wanted.connect(self.ask_open)
        self.header.model_chosen.connect(self.set_model)
        self.header.models_wanted.connect(self.shelf.ask)
        self.shelf.model_wanted.connect(self.set_model)
        self.truth.panel.survey_wanted.connect(self.surveyor.show)
        self.header.run_wanted.connect(session.run)
        self.header.cancel_wanted.connect(session.cancel)
        self.header.export_wanted.connect(self.exporter.ask)
        self.truth.failed.connect(self.error)
        for task in (self.exporter, self.shelf.downloads, self.surveyor):
            task.status.connect(self.status)
            task.failed.connect(self.error)
        self.picture.stepped.connect(self.files.go)
        self.linking.readout.connect(self.readout)
        self.scope.failed.connect(self.error)
        self.inquiry.status.connect(self.status)
        self.results.funnel.gate_chosen.connect(self.inquiry.show_gate)
        session.limits_changed.connect(self._show_limits)
        self.intake.failed.connect(self.error)
        self.intake.opened.connect(self.opened)
        self.intake.status.connect(self.status)
        self.intake.nothing_found.connect(self.open_samples)
        self.score.changed.connect(self._set_score)
        self.nms.changed.connect(self._set_nms)
        self.notice.threshold_wanted.connect(self.score.set_value)
        self.notice.model_wanted.connect(self.set_model)
        self.notice.open_wanted.connect(self.ask_open)

    # The house's questions

    def title(self) -> str:
        return self.tr("Detection")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return detection_actions.records(self)

    def canvas(self) -> QWidget:
        return self.picture

    def activate(self) -> None:
        """List the models anew: a training may have made one meanwhile."""
        self.bridge.start(
            "files", MODELS, self._list_models, on_snapshot=self._take_models, on_error=self._ignore
        )

    def start_first_work(self) -> None:
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)  # its plain keys work at once
        if not self.files.model.entries and not self.intake.busy():
            self.open_samples()

    def receive(self, message: object) -> None:
        """The name of a model to use, from the workspace that trained it."""
        if isinstance(message, str):
            self.session.renew(message)
            self.set_model(message)

    def open_scene(self, scene: Scene) -> None:
        """Show what the lecture says of detectors."""
        self.lecture.open(scene)

    def save_state(self) -> dict[str, Any]:
        return {
            "model": self.session.model,
            "limits": saved_limits(self.session.limits),
            "splitter": bytes(self._splitter.saveState().toHex().data()).decode(),
            **self.overlays.save_state(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(model := state.get("model"), str):
            self.session.model = model
        self.session.set_limits(read_limits(state.get("limits"), self.session.limits))
        self.inquiry.history.stack.clear()
        self.overlays.restore_state(state)
        if isinstance(splitter := state.get("splitter"), str):
            self._splitter.restoreState(QByteArray.fromHex(splitter.encode("ascii", "ignore")))

    def reset_layout(self) -> None:
        self._splitter.setSizes(list(FIRST_SIZES))
        self.side.reset_layout()

    # Pictures

    def open_samples(self) -> None:
        """Put the program's own pictures into the list and open the first."""
        if not self.intake.open_samples(sample_paths()):
            self._show_picture()
            self._tell_first_work()

    def open_sample(self, path: Path) -> None:
        """One of the program's own pictures, beside those that are listed."""
        for entry in self.files.model.everything:
            if entry.path == path:
                self.files.choose(entry)
                return
        self.intake.open_samples([path])

    def open_paths(self, paths: list[Path]) -> bool:
        if len(paths) == 1 and self.shelf.takes(paths[0]):
            self.shelf.use_weights(paths[0])
            return True
        return self.intake.open_paths(paths)

    def ask_open(self) -> None:
        """Let the window ask for files."""
        ask = getattr(getattr(self.window(), "commands", None), "ask_files", None)
        if ask is not None:
            ask()

    def remove_picture(self) -> None:
        """Take the open picture off the list; its file is not touched."""
        self.files.remove_current()
        if self.files.current is None:
            self.session.close()

    def copy_view(self) -> None:
        """The canvas as it is seen, to the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture.render_view())
        self.status.emit(self.tr("The view was copied as a picture."))

    def copy_table(self) -> None:
        """The table as tab-separated values, to the clipboard."""
        QGuiApplication.clipboard().setText(self.table.rows.as_text())
        self.status.emit(self.tr("The table was copied as text."))

    # Models and thresholds

    def _take_models(self, models: list[Any]) -> None:
        ready = [(info.name, info.title) for info in models if info.ready]
        if self.session.model not in [name for name, _ in ready]:
            ready.append((self.session.model, title_of(self.session.model)))
        self.header.set_models(ready, self.session.model)

    def set_model(self, name: str) -> None:
        """Look with another model."""
        self.session.set_model(name)
        self.header.set_model(name)
        self.activate()

    def can_run(self) -> bool:
        return self.session.entry is not None and not self.session.running

    def _set_score(self, value: float) -> None:
        self.session.change({"score": value})

    def _set_nms(self, value: float) -> None:
        self.session.change({"nms": value})

    def _show_limits(self) -> None:
        """The sliders follow whoever changed the thresholds."""
        self.score.set_value(self.session.score)
        self.nms.set_value(self.session.nms)

    def _ignore(self, anything: Any) -> None:
        """What arrives as an increment as well, or cannot matter."""

    # What the session tells

    def _show_coming(self, coming: Coming) -> None:
        self.picture.set_pyramid(coming.pyramid)
        self.header.set_reading(coming.size)
        if coming.pyramid is None and self.session.entry is not None:
            self.notice.show_wait(self.session.entry.title, self.header.reading())

    def _show_picture(self) -> None:
        opened, entry = self.session.opened, self.session.entry
        self.picture.set_pyramid(opened.pyramid if opened else None)
        self.notice.hide()
        if opened is not None and entry is not None and not entry.sample:
            self.files.drop_samples()
        if entry is None:
            self.header.run.setEnabled(False)  # until a picture is opened
            self.notice.show_problem(
                self.tr("No picture"),
                self.tr("Open a picture or a folder, drop it here, or paste it with Ctrl+V."),
            )
        self._tell_facts()

    def _show_running(self, running: bool) -> None:
        self.header.set_running(running)
        if running:
            self._problem = None
            self.notice.hide()
        self.status.emit(self.tr("Detecting…") if running else "")

    def _show_inspection(self) -> None:
        self.overlays.set_inspection(self.session.inspection)

    def _show_detections(self) -> None:
        session = self.session
        self.linking.show(session.shown)
        trace = session.inspection.trace if session.inspection else None
        self.stages.set_results(trace, session.shown)
        self._tell_facts()
        self._tell_emptiness()
        if session.inspection is not None:
            self._tell_first_work()

    def _tell_facts(self) -> None:
        session = self.session
        facts: list[str] = []
        if session.inspection is not None:
            facts += self.header.inspection_facts(
                session.inspection, score=session.score, nms=session.nms, count=len(session.shown)
            )
        if session.opened is not None:
            facts += note_texts(session.opened.picture.notes)
        self.header.set_facts(facts)
        names = ", ".join(f"{i.name} {figure(i.score)}" for i in session.shown[:20])
        self.picture.setAccessibleDescription(
            self.tr("{count} detections: {names}").format(count=len(session.shown), names=names)
        )

    def _tell_emptiness(self) -> None:
        """Where nothing is shown, say why and what could bring something."""
        inspection = self.session.inspection
        if self._problem is not None or inspection is None:
            return
        if self.session.shown:
            self.notice.hide()
            return
        self.notice.show_nothing(
            score=self.session.score,
            known=", ".join(inspection.model.classes),
            best=self.session.best(),
            floor=MIN_SCORE,
            other=self._other_model(),
        )

    def _other_model(self) -> tuple[str, str] | None:
        others = [model for model in self.header.models if model[0] != self.session.model]
        return (others[0][0], engine_text(others[0][1])) if others else None

    def _show_failure(self, error: Exception) -> None:
        session = self.session
        if session.inspection is not None:
            self.error.emit(error)  # masks that could not be filled in; the rest stands
            return
        self._problem = error
        text = sentence(error)
        heading = session.entry.title if session.entry else ""
        if session.opened is None and session.entry is not None:
            self.files.mark(session.entry, text)
            self.notice.show_problem(heading, text)
        else:
            self.notice.show_problem(heading, text, other=self._other_model())
        self._tell_first_work()

    def _tell_first_work(self) -> None:
        if not self._first_work_told:
            self._first_work_told = True
            self.first_work_done.emit()

    def _describe(self) -> dict[str, Any]:
        entry = self.session.entry if self.session.opened is not None else None
        return {
            "picture": entry.title if entry else "",
            "runs": self.session.runs,
            "stage": self.inquiry.stage.stage,
            "marks": self.scope.marked(),
            **self.overlays.painted(),
        }

    # Texts

    def retranslate(self) -> None:
        self.score.set_texts(
            self.tr("Score"),
            self.tr("Show detections with a higher score than this. The model does not run again."),
        )
        self.nms.set_texts(
            self.tr("NMS IoU"),
            self.tr(
                "A better box of the same class hides boxes that overlap it by more than this."
            ),
        )
        self.picture.setAccessibleName(self.tr("Picture"))
        self.overlays.retranslate()
        self._tell_facts()
        if self._problem is not None:
            self._show_failure(self._problem)
        else:
            self._tell_emptiness()


def sample_paths() -> list[Path]:
    """The pictures that come with the program, the first screen's first."""
    folder = Path(str(resource_files("resources"))) / "samples"
    paths = [path for path in folder.glob("*") if path.suffix in SAMPLE_SUFFIXES]
    return sorted(paths, key=_sample_order)


def _sample_order(path: Path) -> tuple[bool, str]:
    return path.stem != FIRST_SAMPLE, path.name
