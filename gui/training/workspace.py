"""Training: choose data, model and steps, watch the losses, use what was learnt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from engine.errors import InputError, SpecError, ThalwegError
from engine.training.runs.requests import Requests
from engine.training.spec import TrainSpec
from gui.actions import ActionSpec
from gui.bridge import Bridge, whole
from gui.i18n import QT_TRANSLATE_NOOP
from gui.settings import Settings
from gui.training.augmentation_preview.controller import PreviewController
from gui.training.data_check.controller import DataCheckController
from gui.training.jobs import list_models, run_training
from gui.training.opening.file import open_file
from gui.training.opening.scene import SceneCaption, open_scene
from gui.training.progress import Progress, State
from gui.training.run_folder import History, Run, list_runs, new_folder, read_history
from gui.training.run_pages import RunPages
from gui.training.runs.controller import Make, RunController
from gui.training.runs.panel import RunsPanel
from gui.training.scenes import Scene
from gui.training.spec_form import Form
from gui.training.status_text import StatusText
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo
    from engine.training.spec import TrainFrame

RUN = "training.run"
RUNS = "training.runs"
MODELS = "training.models"
HISTORY = "training.history"
SIZES = (304, 632, 256)


class TrainingWorkspace(Workspace):
    """The form on the left, curves in the middle, runs on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self._live: Path | None = None  # the folder that is being trained into
        self._shown: Path | None = None  # the run whose curves are drawn
        self._live_frames: list[TrainFrame] = []
        self._live_weights: Mapping[str, float] = {}
        self._announced = False
        self.form = Form()
        self.progress = Progress(self)
        self.pages = RunPages(self)
        self.curves = self.pages.curves
        self.caption = SceneCaption(self)
        self._requests = Requests()
        self.runs = RunsPanel(self)
        self.check = DataCheckController(bridge, self.form.spec, self._is_idle, self)
        self.preview = PreviewController(bridge, self.form.spec, self._is_idle, self)
        self._lay_out()
        self.form.started.connect(self.start)
        self.form.stopped.connect(self.stop)
        self.form.check_wanted.connect(self.check.start)
        self.form.preview_wanted.connect(self.preview.start)
        self.check.left_out.connect(self.form.leave_out_bad)
        self.check.anchors_adopted.connect(self.form.set_anchor_sizes)
        for feature in (self.check, self.preview):
            feature.failed.connect(self.error)
        self.pages.cosine.wanted.connect(self._on_cosine_wanted)
        self._status_text = StatusText(self)
        self._run_controller = RunController(bridge, self.runs, self)
        self._run_controller.launched.connect(self._launch)
        self._run_controller.moved.connect(self._on_moved)
        self._run_controller.failed.connect(self.error)
        self.form.live.paused.connect(self.pause)
        self.form.live.evaluated.connect(self.evaluate)
        self.runs.chosen.connect(self._show_run)
        self.runs.used.connect(self.use)
        self.runs.refreshed.connect(self.refresh)
        self.retranslate()

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
        column.addWidget(self.caption)
        column.addWidget(self.pages, 1)
        right = panel()
        inside = QHBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.runs)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("training.splitter")
        for widget in (scroll, center, right):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        scroll.setMinimumWidth(296)
        right.setMinimumWidth(232)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self.reset_layout()

    # -- the window's side ------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Training")

    def actions(self) -> list[ActionSpec]:  # type: ignore[override]
        return [
            ActionSpec(
                "training.start",
                QT_TRANSLATE_NOOP("actions", "&Start Training"),
                "Run",
                self.start,
                "Ctrl+Return",
                icon="play",
                enabled=self._is_idle,
            ),
            ActionSpec(
                "training.stop",
                QT_TRANSLATE_NOOP("actions", "S&top Training"),
                "Run",
                self.stop,
                "Ctrl+.",
                icon="stop",
                enabled=self._is_running,
            ),
            ActionSpec(
                "training.pause",
                QT_TRANSLATE_NOOP("actions", "&Pause or Resume Training"),
                "Run",
                self.pause,
                icon="pause",
                enabled=self._can_pause,
            ),
            ActionSpec(
                "training.evaluate",
                QT_TRANSLATE_NOOP("actions", "&Evaluate Now"),
                "Run",
                self.evaluate,
                enabled=self._can_evaluate,
            ),
            ActionSpec(
                "training.use",
                QT_TRANSLATE_NOOP("actions", "&Use in Detection"),
                "Run",
                self._use_selected,
                section=20,
                enabled=self._can_use,
            ),
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
        """A training's spec file fills the form, a COCO JSON becomes its data."""
        try:
            return open_file(paths[0], self.form)
        except SpecError as error:
            self.error.emit(error)
            return True

    def open_scene(self, scene: Scene) -> None:
        try:
            open_scene(
                scene,
                form=self.form,
                pages=self.pages,
                caption=self.caption,
                show_folder=self._show_folder,
                idle=self._is_idle(),
            )
        except ThalwegError as error:
            self.error.emit(error)

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
            "live": str(self._live or ""),
            "shown": str(self._shown or ""),
            "steps": self.curves.values(),
            "pages": self.pages.inspect_state(),
        }

    # -- training ---------------------------------------------------------------------------

    def start(self) -> None:
        """Train what the form describes."""
        if not self._is_idle():
            return
        try:
            spec = self.form.spec().validated()
            if not spec.data:
                raise InputError("train.no_file")
        except ThalwegError as error:
            self.error.emit(error)
            return
        from engine.detection.models.zoo import runs_folder

        name = spec.model.removeprefix("run:") or ("shapes" if spec.data == "shapes" else "people")
        folder = new_folder(runs_folder(), name)
        self._launch(folder, partial(_run_new, spec, folder), spec.loss_weights)

    def _launch(self, folder: Path, make: Make, weights: Mapping[str, float]) -> None:
        """Train in a folder, from its beginning or from where it is.

        Args:
            weights: the coefficients of the losses.
        """
        if not self._is_idle():
            return
        self.retried.emit()
        self.check.cancel()  # one lane: the training would wait for them
        self.preview.cancel()
        self.caption.show_scene(None)
        self._live = self._shown = folder
        self._live_frames, self._live_weights = [], weights
        self._status_text.begin()
        self._requests.take_evaluation()  # what was asked of the training before
        self.bridge.cancel(HISTORY)
        self.pages.clear()
        self.pages.set_weights(weights)
        self.curves.prepare()
        self.progress.begin()
        self._set_state(State.STARTING)
        self.bridge.start(
            "training",
            RUN,
            partial(make, self._requests),
            on_snapshot=self._on_frame,
            on_increments=self._on_frames,
            on_done=self._on_done,
            on_error=self._on_error,
            increment=whole,
            saves=True,
        )

    def pause(self) -> None:
        """Wait after the step at hand, or go on."""
        job = self.bridge.job(RUN)
        if job is None or not self._can_pause():
            return
        if self.progress.state is State.PAUSED:
            job.resume()
            self._set_state(State.RUNNING)
        else:
            job.pause()
            self._set_state(State.PAUSED)

    def evaluate(self) -> None:
        """Measure on held-out pictures after the step at hand."""
        if self._can_pause() and self.progress.state is not State.PAUSED:
            self._requests.evaluate()

    def stop(self) -> None:
        """Stop after the current step; what was learnt is saved and can be used."""
        if not self._is_running():
            return
        self.bridge.cancel(RUN)
        self._set_state(State.STOPPING)
        # On the same lane, so behind the saving of the run that was cancelled.
        self._list_runs("training")

    def use(self, run: Run) -> None:
        """Detect with a run's weights."""
        self.handed_over.emit("detection", f"run:{run.name}")

    def refresh(self) -> None:
        """Read the lists of runs and models again."""
        self._list_runs("files")
        self.bridge.start(
            "files", MODELS, list_models, on_snapshot=self._on_models, on_done=self._on_listed
        )

    def _list_runs(self, lane: str) -> None:
        from engine.detection.models.zoo import runs_folder

        self.bridge.start(lane, RUNS, partial(list_runs, runs_folder()), on_snapshot=self._on_runs)

    def _on_frame(self, frame: TrainFrame) -> None:
        if frame.reading is not None:
            self.progress.show_reading(frame.reading)
            return
        before = self.progress.state
        self.progress.show_frame(frame)
        self._tell_pages()
        if self.progress.state is not before:
            self._set_state(self.progress.state)
        self._tell_status()

    def _on_frames(self, frames: tuple[TrainFrame, ...]) -> None:
        frames = tuple(frame for frame in frames if frame.reading is None)
        known = self._live_frames
        self._status_text.add(frames)
        if (not known and frames) or any(frame.evaluation for frame in frames):
            self._list_runs("files")  # its folder is there now, or has new figures
        known.extend(frames)
        if self._shown == self._live:
            self.pages.add(frames)

    def _on_done(self) -> None:
        self._end(State.DONE)

    def _on_error(self, error: Exception) -> None:
        self._end(State.FAILED)
        self.error.emit(error)

    def _end(self, state: State) -> None:
        self._set_state(state)
        self.refresh()

    def _on_models(self, models: list[ModelInfo]) -> None:
        self.form.set_models([info for info in models if info.source != "torchvision"])

    def _on_listed(self) -> None:
        if not self._announced:
            self._announced = True
            self.first_work_done.emit()

    def _on_runs(self, runs: tuple[Run, ...]) -> None:
        if self.progress.state is State.STOPPING:
            self._set_state(State.STOPPED)
            self.refresh()
        live = self._live if self.progress.state.active else None
        self.runs.set_runs(runs, live)
        if self._shown is not None:
            self.runs.select(self._shown)

    def _show_run(self, run: Run) -> None:
        """Draw the curves of the run that was selected."""
        self.caption.show_scene(None)
        self._show_folder(run.path)

    def _show_folder(self, path: Path) -> None:
        self._shown = path
        self._tell_pages()
        self.pages.clear()
        self.bridge.cancel(HISTORY)
        if path == self._live:
            self.pages.set_weights(self._live_weights)
            self.pages.add(self._live_frames)
            return
        self.bridge.start(
            "files", HISTORY, partial(read_history, path), on_snapshot=self._on_history
        )

    def _on_history(self, history: History) -> None:
        self.pages.set_weights(history.loss_weights)
        self.pages.add(history.frames)

    def _on_moved(self, old: Path, new: Path | None) -> None:
        """A run has another name, or went to the bin."""
        if self._live == old:
            self._live = new
        if self._shown == old:
            self._shown = new
            if new is None:
                self.pages.clear()
        self.refresh()

    def _use_selected(self) -> None:
        run = self.runs.current()
        if run is not None and run.usable:
            self.use(run)

    # -- state ------------------------------------------------------------------------------

    def _is_idle(self) -> bool:
        return not self.progress.state.active

    def _is_running(self) -> bool:
        return self.progress.state.active and self.progress.state is not State.STOPPING

    def _can_pause(self) -> bool:
        return self.progress.state in (State.RUNNING, State.EVALUATING, State.PAUSED)

    def _can_evaluate(self) -> bool:
        return self.progress.state is State.RUNNING

    def _can_use(self) -> bool:
        run = self.runs.current()
        return run is not None and run.usable

    def _set_state(self, state: State) -> None:
        self.progress.set_state(state)
        self._tell_pages()
        self.form.set_running(state.active, stopping=state is State.STOPPING)
        self.form.live.set_state(paused=state is State.PAUSED, can=self._can_pause())
        self.runs.set_training(state.active)
        self._tell_status()

    def _tell_pages(self) -> None:
        """Only the run that trains has a step that runs."""
        training = self.progress.state in (State.RUNNING, State.EVALUATING)
        self.pages.phases.set_live(training and self._shown == self._live)

    def _on_cosine_wanted(self, every: int) -> None:
        self._requests.measure_cosine(every)

    def _tell_status(self) -> None:
        frames = reversed(self._live_frames)
        last = next((frame for frame in frames if frame.losses), None)
        self.status.emit(self._status_text.text(self.progress.state, last))


def _run_new(spec: TrainSpec, folder: Path, requests: Requests) -> Iterator[TrainFrame]:
    return run_training(spec, folder, requests=requests)


def panel() -> QFrame:
    """A plain area of the panels' colour."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame
