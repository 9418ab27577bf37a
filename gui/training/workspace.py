"""Training: choose data, model and steps, watch the losses, use what was learnt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from engine import specs
from engine.errors import InputError, SpecError, ThalwegError
from engine.training.spec import TrainSpec
from gui import number_text
from gui.actions import ActionSpec
from gui.bridge import Bridge, whole
from gui.i18n import QT_TRANSLATE_NOOP
from gui.settings import Settings
from gui.training.loss_curves import Curves
from gui.training.progress import Progress, State
from gui.training.run_folder import Run, list_runs, new_folder, read_frames
from gui.training.runs_panel import RunsPanel
from gui.training.spec_form import Form
from gui.workspace import Workspace

if TYPE_CHECKING:
    from engine.detection.models.zoo import ModelInfo
    from engine.training.spec import TrainFrame

RUN = "training.run"
RUNS = "training.runs"
MODELS = "training.models"
HISTORY = "training.history"
HEAD = 1 << 20  # letters of a file that are read to see what it is; a spec is far shorter
SIZES = (304, 632, 256)


class TrainingWorkspace(Workspace):
    """The form on the left, curves in the middle, runs on the right."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self._live: Path | None = None  # the folder that is being trained into
        self._shown: Path | None = None  # the run whose curves are drawn
        self._live_frames: list[TrainFrame] = []
        self._announced = False
        self.form = Form()
        self.progress = Progress(self)
        self.curves = Curves(self)
        self.runs = RunsPanel(self)
        self._lay_out()
        self.form.started.connect(self.start)
        self.form.stopped.connect(self.stop)
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
        column.addWidget(self.curves, 1)
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
                "training.use",
                QT_TRANSLATE_NOOP("actions", "&Use in Detection"),
                "Run",
                self._use_selected,
                section=20,
                enabled=self._can_use,
            ),
        ]

    def canvas(self) -> QWidget:
        return self.curves.plot

    def activate(self) -> None:
        self._tell_status()

    def start_first_work(self) -> None:
        self.refresh()

    def open_paths(self, paths: list[Path]) -> bool:
        """A training's spec file fills the form, a COCO JSON becomes its data."""
        path = paths[0]
        if path.suffix.lower() != ".json" or not path.is_file():
            return False
        try:
            with path.open(encoding="utf-8") as file:
                head = file.read(HEAD)
        except (OSError, UnicodeDecodeError):
            return False
        if looks_like_coco(head):
            self.form.choose_file(str(path))
            return True
        try:
            if specs.kind_in(head) != specs.kind_of(TrainSpec):
                return False
            self.form.set_spec(specs.from_json(head, TrainSpec).validated())
        except SpecError as error:
            if error.code in specs.NO_SPEC:
                return False
            self.error.emit(error)
        return True

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
        self.retried.emit()
        from engine.detection.models.zoo import runs_folder

        name = spec.model.removeprefix("run:") or ("shapes" if spec.data == "shapes" else "people")
        folder = new_folder(runs_folder(), name)
        self._live = self._shown = folder
        self._live_frames = []
        self.curves.clear()
        self.curves.prepare()
        self.progress.begin()
        self._set_state(State.STARTING)
        self.bridge.start(
            "training",
            RUN,
            partial(run_training, spec, folder),
            on_snapshot=self._on_frame,
            on_increments=self._on_frames,
            on_done=self._on_done,
            on_error=self._on_error,
            increment=whole,
        )

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
        self.progress.show_frame(frame)
        self._tell_status()

    def _on_frames(self, frames: tuple[TrainFrame, ...]) -> None:
        frames = tuple(frame for frame in frames if frame.reading is None)
        known = self._live_frames
        if (not known and frames) or any(frame.evaluation for frame in frames):
            self._list_runs("files")  # its folder is there now, or has new figures
        known.extend(frames)
        if self._shown == self._live:
            self.curves.add(frames)

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
        self._shown = run.path
        self.curves.clear()
        self.bridge.cancel(HISTORY)
        if run.path == self._live:
            self.curves.add(self._live_frames)
            return
        self.bridge.start(
            "files", HISTORY, partial(read_frames, run.path), on_snapshot=self._on_history
        )

    def _on_history(self, frames: tuple[TrainFrame, ...]) -> None:
        self.curves.add(frames)

    def _use_selected(self) -> None:
        run = self.runs.current()
        if run is not None and run.usable:
            self.use(run)

    # -- state ------------------------------------------------------------------------------

    def _is_idle(self) -> bool:
        return not self.progress.state.active

    def _is_running(self) -> bool:
        return self.progress.state.active and self.progress.state is not State.STOPPING

    def _can_use(self) -> bool:
        run = self.runs.current()
        return run is not None and run.usable

    def _set_state(self, state: State) -> None:
        self.progress.set_state(state)
        self.form.set_running(state.active, stopping=state is State.STOPPING)
        self._tell_status()

    def _tell_status(self) -> None:
        state, frames = self.progress.state, self._live_frames
        last = next((frame for frame in reversed(frames) if frame.losses), None)
        loss = (
            number_text.write(last.losses.get("loss", 0.0), digits=4) if last is not None else "–"
        )
        text = {
            State.IDLE: self.tr("Ready to train."),
            State.STARTING: self.tr("Reading the data and building the model…"),
            State.RUNNING: self.tr("Training: step {step} of {steps}."),
            State.EVALUATING: self.tr("Measuring on held-out pictures…"),
            State.STOPPING: self.tr("Stopping: the weights are being saved…"),
            State.STOPPED: self.tr("Stopped at step {step}, loss {loss}. The model can be used."),
            State.DONE: self.tr("Done: {steps} steps, loss {loss}. The model can be used."),
            State.FAILED: self.tr("The training failed."),
        }[state]
        if state is State.STOPPED and last is None:
            text = self.tr("Stopped before the first step.")
        step, steps = (last.step, last.steps) if last is not None else (0, 0)
        self.status.emit(text.format(step=step, steps=steps, loss=loss))


def run_training(spec: TrainSpec, folder: Path) -> Iterator[TrainFrame]:
    """The frames of a training, on the worker, where torch may be imported."""
    from engine.training.trainer import train

    return train(spec, folder)


def list_models() -> Iterator[list[ModelInfo]]:
    """A job: the detectors that there are."""
    from engine.detection.models.zoo import models

    yield models()


def looks_like_coco(head: str) -> bool:
    """Whether a JSON text begins like annotations in COCO's format."""
    return '"thalweg"' not in head and '"images"' in head and '"file_name"' in head


def panel() -> QFrame:
    """A plain area of the panels' colour."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame
