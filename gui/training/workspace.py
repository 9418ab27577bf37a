"""Training: choose data, model and steps, watch the losses, use what was learnt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from engine.errors import ThalwegError
from engine.training.runs.requests import Requests
from engine.training.spec import TrainSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.actions import training_actions
from gui.training.augmentation_preview.controller import PreviewController
from gui.training.choices import COMPARISON
from gui.training.comparison.controller import ComparisonController
from gui.training.data_check.controller import DataCheckController
from gui.training.evaluation.controller import EvaluationController
from gui.training.export.controller import CurvesExportController
from gui.training.jobs import list_models, run_training, with_data
from gui.training.live_run import LiveRun
from gui.training.opening.controller import OpeningController
from gui.training.opening.lecture import LectureController
from gui.training.opening.scene import SceneOpener
from gui.training.progress import Progress, State
from gui.training.run_folder import Run, list_runs, new_folder
from gui.training.run_pages import RunPages
from gui.training.runs.controller import RunController
from gui.training.runs.panel import RunsPanel
from gui.training.scenes import Scene
from gui.training.shown_run import ShownRun
from gui.training.spec_form import Form
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo
    from engine.training.spec import TrainFrame

RUNS = "training.runs"
MODELS = "training.models"
SIZES = (304, 632, 256)


class TrainingWorkspace(Workspace):
    """The form on the left, curves in the middle, runs on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self._announced = False
        self.form = Form()
        self.progress = Progress(self)
        self.pages = RunPages(self)
        self.curves = self.pages.curves
        self.live = LiveRun(bridge, self)
        self.shown = ShownRun(bridge, self.pages, self.live, self)
        self.runs = RunsPanel(self)
        self.check = DataCheckController(bridge, self.form.spec, self.live.is_idle, self)
        self.preview = PreviewController(bridge, self.form.spec, self.live.is_idle, self)
        self.comparison = ComparisonController(bridge, self.pages.comparison, self)
        self.scenes = SceneOpener(
            self.form, self.pages, self.runs, self.live, self.shown, self.comparison, self
        )
        self._run_controller = RunController(bridge, self.runs, self)
        self.evaluation = EvaluationController(
            bridge, self.pages.evaluation, self.live, self.shown, self
        )
        self.opening = OpeningController(self.form, self)
        self.export = CurvesExportController(
            bridge, settings, self, runs=self._runs_to_export, log=self.curves.is_log
        )
        self._lay_out()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.form.started.connect(self.start)
        self.scenes.caption.said_changed.connect(self.said_changed)
        self.form.stopped.connect(self.live.stop)
        self.form.check_wanted.connect(self.check.start)
        self.form.preview_wanted.connect(self.preview.start)
        self.form.live.paused.connect(self.live.pause)
        self.form.live.evaluated.connect(self.live.evaluate)
        self.check.left_out.connect(self.form.leave_out_bad)
        self.check.anchors_adopted.connect(self.form.set_anchor_sizes)
        for feature in (
            self.check, self.preview, self.live, self.shown.followed, self.opening,
            self._run_controller, self.evaluation, self.comparison, self.export,
        ):  # fmt: skip
            feature.failed.connect(self.error)
        self.pages.cosine.wanted.connect(self.live.measure_cosine)
        self.pages.layers.wanted.connect(self.live.measure_layers)
        self._run_controller.launched.connect(self.live.launch)
        self._run_controller.moved.connect(self._on_moved)
        self.live.began.connect(self._on_began)
        self.live.state_changed.connect(self._on_state_changed)
        self.shown.told.connect(self._tell)
        self.live.written.connect(self._list_runs)
        for known in (self.shown.followed.evaluated, self.shown.followed.listed):
            known.connect(self._list_again)
        self.live.ended.connect(self.refresh)
        self.evaluation.written.connect(self._list_runs)
        self.curves.export_wanted.connect(self.export.ask)
        self.export.status.connect(self.status)
        self.opening.run_opened.connect(self._on_run_opened)
        self.runs.chosen.connect(self._show_run)
        self.runs.compared.connect(self._compare)
        self.runs.used.connect(self.use)
        self.runs.refreshed.connect(self.refresh)

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        center = panel()
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(self.export.strip)
        column.addWidget(self.pages, 1)
        right = panel()
        inside = QHBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.runs)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("training.splitter")
        for widget in (scroll, center, right):
            self._splitter.addWidget(widget)
        self.lecture = LectureController(self.pages, self.scenes.caption, (scroll, right), self)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        scroll.setMinimumWidth(296)
        right.setMinimumWidth(232)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scenes.caption)  # over all columns: in one it takes many lines
        whole.addWidget(self._splitter, 1)
        self.reset_layout()

    # -- the window's side ------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Training")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return [
            *training_actions(
                self.live, start=self.start, use=self._use_selected, can_use=self._can_use
            ),
            *self.opening.actions(),
            *self.export.actions(),
            *self.check.actions(),
            *self.preview.actions(),
        ]

    def canvas(self) -> QWidget:
        return self.curves.plot

    def activate(self) -> None:
        self._tell_status()

    def start_first_work(self) -> None:
        self.refresh()

    def open_paths(self, paths: list[Path]) -> bool:
        """A run folder is shown, a training's spec fills the form, annotations become its data."""
        return self.opening.open_paths(paths)

    def open_scene(self, scene: Scene) -> None:
        try:
            self.scenes.open(scene)
        except ThalwegError as error:
            self.error.emit(error)

    def said(self) -> str:
        return self.scenes.caption.text()

    def set_lecture(self, shown: bool) -> None:
        self.lecture.set_shown(shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.followed.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.followed.watch(False)

    def save_state(self) -> dict[str, Any]:
        return {"sizes": self._splitter.sizes()}

    def restore_state(self, state: dict[str, Any]) -> None:
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 3 and all(type(s) is int for s in sizes):
            self._splitter.setSizes(sizes)

    def reset_layout(self) -> None:
        self._splitter.setSizes(list(SIZES))

    def retranslate(self) -> None:
        self._tell_status()

    def inspect_state(self) -> dict[str, Any]:
        return {
            "state": self.progress.state.name,
            "live": str(self.live.folder or ""),
            "shown": str(self.shown.folder or ""),
            "steps": self.curves.values(),
            "pages": self.pages.inspect_state(),
        }

    # -- training ---------------------------------------------------------------------------

    def start(self) -> None:
        """Train what the form describes."""
        if not self.live.is_idle():
            return
        try:
            spec = with_data(self.form.spec())
        except ThalwegError as error:
            self.error.emit(error)
            return
        from engine.detection.models.zoo import runs_folder

        name = spec.model.removeprefix("run:") or ("shapes" if spec.data == "shapes" else "people")
        folder = new_folder(runs_folder(), name)
        self.live.launch(folder, partial(_run_new, spec, folder), spec.loss_weights)

    def stop(self) -> None:
        """Stop after the current step; what was learnt is saved and can be used."""
        self.live.stop()

    def _on_began(self) -> None:
        if self.live.folder is not None:
            self.opening.remember(self.live.folder)
        self.retried.emit()
        self.check.cancel()  # one lane: the training would wait for them
        self.preview.cancel()
        self.evaluation.cancel()
        self.scenes.leave()

    def _on_state_changed(self) -> None:
        state = self.live.state
        self.form.set_running(state.active, stopping=state is State.STOPPING)
        self.form.live.set_state(
            paused=state is State.PAUSED,
            can=self.live.can_pause(),
            evaluate=self.live.can_evaluate(),
        )
        self.runs.set_training(state.active)

    def _tell(self) -> None:
        self.progress.show_meter(self.shown.meter)
        self._tell_status()

    def _tell_status(self) -> None:
        self.status.emit(self.shown.text())

    # -- runs -------------------------------------------------------------------------------

    def use(self, run: Run) -> None:
        """Detect with a run's weights; of one that lies elsewhere, with its file of them."""
        from engine.detection.models.zoo import runs_folder

        ours = run.path.parent == runs_folder()
        weights = run.path / "last" / "weights.safetensors"
        self.handed_over.emit("detection", f"run:{run.name}" if ours else weights)

    def _can_use(self) -> bool:
        run = self.runs.current()
        return run is not None and run.usable

    def _use_selected(self) -> None:
        run = self.runs.current()
        if run is not None and run.usable:
            self.use(run)

    def refresh(self) -> None:
        """Read the lists of runs and models again."""
        self._list_runs("files")
        self.bridge.start(
            "files", MODELS, list_models, on_snapshot=self._on_models, on_done=self._on_listed
        )

    def _list_runs(self, lane: str) -> None:
        if self.live.state is State.STOPPING and lane != "training":
            return  # the list behind the saving is to come, and tells that it is saved
        from engine.detection.models.zoo import runs_folder

        self.bridge.start(
            lane,
            RUNS,
            partial(list_runs, runs_folder(), tuple(self.opening.elsewhere)),
            on_snapshot=self._on_runs,
        )

    def _list_again(self) -> None:
        self._list_runs("files")

    def _on_models(self, models: list[ModelInfo]) -> None:
        self.form.set_models([info for info in models if info.source != "torchvision"])

    def _on_listed(self) -> None:
        if not self._announced:
            self._announced = True
            self.first_work_done.emit()

    def _on_runs(self, runs: tuple[Run, ...]) -> None:
        self.live.notice_saved()
        live = None if self.live.is_idle() else self.live.folder
        self.runs.set_runs(runs, live)
        if self.shown.folder is not None:
            self.runs.select(self.shown.folder)

    def _runs_to_export(self) -> tuple[Path, ...]:
        """The runs that are compared, or the one that is shown."""
        shown = () if self.shown.folder is None else (self.shown.folder,)
        return self.comparison.folders or shown

    def _show_run(self, run: Run) -> None:
        """Draw the curves of the run that was selected."""
        self.scenes.leave()
        self.shown.show(run.path)

    def _on_run_opened(self, folder: Path) -> None:
        """Draw a run from anywhere, and list it."""
        self.scenes.leave()
        self.shown.show(folder)
        self._list_runs("files")

    def _compare(self, runs: tuple[Run, ...]) -> None:
        """Show several runs together, or one again by the page it was seen by before."""
        if runs:
            self.scenes.leave()
            self.pages.bring(COMPARISON)
        else:
            self.pages.bring_back(COMPARISON)
        self.comparison.compare([run.path for run in runs])

    def _on_moved(self, old: Path, new: Path | None) -> None:
        """A run has another name, or went to the bin."""
        if self.live.folder == old:
            self.live.move(new)
        self.shown.move(old, new)
        self.opening.move(old, new)
        self.refresh()


def _run_new(spec: TrainSpec, folder: Path, requests: Requests) -> Iterator[TrainFrame]:
    return run_training(spec, folder, requests=requests)


def panel() -> QFrame:
    """A plain area of the panels' colour."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame
