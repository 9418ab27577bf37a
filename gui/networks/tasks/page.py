"""The page of tasks: optimizers race on small real networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QWidget

from engine.errors import ThalwegError
from engine.networks.tasks.spec import FitSpec
from engine.specs import from_json, to_json
from gui.actions import ActionSpec
from gui.bridge import Bridge
from gui.i18n import QT_TRANSLATE_NOOP
from gui.messages import engine_text
from gui.networks.page import Page
from gui.networks.scenes import Scene
from gui.networks.tasks import edit_text
from gui.networks.tasks.editor import Editor, check
from gui.networks.tasks.files import FitFiles
from gui.networks.tasks.history import MEASURES, TEST_ACCURACY, TEST_LOSS
from gui.networks.tasks.jobs import FitJobs
from gui.networks.tasks.layout import Layout
from gui.networks.tasks.own_file import OwnBar, OwnFile
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.presenter import RHYTHM, FitPlayback, Presenter
from gui.networks.tasks.race_controller import RaceController
from gui.networks.tasks.settings_controller import SettingsController
from gui.networks.tasks.setup import TaskStore, setup_of
from gui.networks.tasks.standings import FitStandings
from gui.networks.tasks.summary import summary
from gui.networks.tasks.task_form import TaskForm
from gui.networks.tasks.views_controller import ViewsController
from gui.racing.curves import Curves
from gui.racing.optimizer_table import TABLE, OptimizerTable
from gui.racing.player import SPEEDS, Player
from gui.racing.schedule_changes import RADIUS, STARTS
from gui.settings import Settings
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.scene_caption import Caption

NAME = "networks.tasks"
CURVES_PX = 130  # the least height that can be read
HINTS = {
    TABLE: QT_TRANSLATE_NOOP("racing", "Who races: all begin at the same weights"),
    RADIUS: QT_TRANSLATE_NOOP(
        "racing",
        "Jog of weights: when the loss has stabilised, the weights are shifted at\n"
        "random within this radius and the descent goes on; 0 for never.",
    ),
    STARTS: QT_TRANSLATE_NOOP(
        "racing",
        "Nets of this racer: its own start and further random initializations,\n"
        "decided by the seed. The best one is kept.",
    ),
}


class TasksPage(Page):
    """Builds the parts, lays them out and joins them."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(bridge, settings, parent)
        self.store: TaskStore = TaskStore(setup_of(FitSpec()), self)
        self.player = Player(self)
        self.jobs = FitJobs(bridge, self)
        self._scene: Scene | None = None
        self._build_widgets()
        self.editor = Editor(self.store, self)
        self.playback = FitPlayback(
            *(self.jobs, self.player, self.curves, self.standings, self.optimizers),
            *(RHYTHM, self),
        )
        self.presenter = Presenter(
            *(self.jobs, self.playback, self.player, self.pictures, self.optimizers, self)
        )
        self.views = ViewsController(
            bridge, self.jobs, self.playback, self.pictures, self.optimizers, self
        )
        self.own_file = OwnFile(settings, self)
        self.race = RaceController(
            *(self.jobs, self.store, self.editor, self.player),
            *(self.playback, self.own_file, self.own_bar, self),
        )
        self.settings_panels = SettingsController(
            self.store, self.editor, self.form, self.optimizers, self.pictures, self
        )
        self.files = FitFiles(self.store, self.editor, self.jobs, bridge, settings, self)
        self._layout = Layout(
            self,
            above=(self._caption, self.own_bar),
            pictures=self.pictures,
            curves=self.curves,
            over_curves=(self.lines, self.curves.measure),
            settings=(self.form, self.optimizers),
            standings=self.standings,
        )
        self._join()
        self._show_task()
        self.retranslate()

    def _build_widgets(self) -> None:
        self.pictures = PicturesPanel(self)
        self.pictures.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the plain keys are its own
        self.curves = Curves(NAME, MEASURES, self, faint=TEST_LOSS, first=TEST_ACCURACY)
        self.standings = FitStandings(self)
        self.optimizers = OptimizerTable(NAME, self, hints=HINTS)
        self.form = TaskForm(self)
        self.own_bar = OwnBar(self)
        self.lines = ElidedLabel(self)
        self.lines.setObjectName(f"{NAME}.lines.label")
        self.lines.setProperty("role", "muted")
        self.lines.setContentsMargins(12, 0, 0, 0)
        self._caption = Caption(f"{NAME}.caption.label", QMargins(12, 4, 12, 4), self)
        self._caption.setProperty("role", "caption")

    def _join(self) -> None:
        self.form.own_wanted.connect(self.own_file.choose)
        self.race.first_work_done.connect(self.first_work_done)
        self._caption.said_changed.connect(self.said_changed)
        self.race.retried.connect(self.retried)
        self.playback.changed.connect(self._say)
        self.playback.grew.connect(self._say_caption)
        self.views.counted.connect(self._say_caption)
        self.store.changed.connect(self._on_changed)
        for told, signal in (
            (self.files.status, self.status),
            (self.files.opened, self.opened),
            (self.files.failed, self.error),
            (self.jobs.failed, self.error),
            (self.views.failed, self.error),
            (self.settings_panels.failed, self.error),
        ):
            told.connect(signal)

    def _show_task(self) -> None:
        """The pictures have a task before anything is computed."""
        setup = self.store.setup
        self.pictures.set_task(setup.task(), setup.spec(), [])

    def _on_changed(self, *_: object) -> None:
        if self._scene is not None and setup_of(self._scene.spec) != self.store.setup:
            self._scene = None
            self._say_caption()

    # -- what is said -------------------------------------------------------------------------

    def summary(self) -> dict[str, str]:
        """Numbers of the shown race for a caption, as far as they are computed."""
        setup, history = self.jobs.setup, self.jobs.history
        if setup is None or history is None or setup != self.store.setup:
            return {}  # what is computed is still the race before
        return summary(setup, history, self.views.ends)

    def _say_caption(self) -> None:
        told = "" if self._scene is None else self._scene.filled(self.summary())
        self._caption.say(told)

    def _say(self) -> None:
        self._say_caption()
        player, setup = self.player, self.store.setup
        if not setup.running:
            self.status.emit(self.tr("Nobody races: tick an optimizer."))
        elif player.playing:
            self.status.emit(self.tr("Racing"))
        elif player.total and player.step >= player.total:
            self.status.emit(self.tr("The race is over; Play starts it again"))
        elif player.step:
            self.status.emit(self.tr("Paused; arrow keys go step by step"))
        else:
            title = engine_text(setup.task().title)
            self.status.emit(self.tr("{task}: Space starts the race").format(task=title))

    # -- what the workspace asks --------------------------------------------------------------

    @property
    def caption(self) -> Caption:
        return self._caption

    def canvas(self) -> QWidget:
        return self.pictures

    def own_actions(self) -> list[ActionSpec]:
        return self.files.actions()

    def set_scale(self, factor: float) -> None:
        self.pictures.set_scale(factor)
        self.curves.set_scale(factor)
        self.curves.setMinimumHeight(round(CURVES_PX * factor))
        self._layout.set_bare(factor > 1)

    def rewind(self) -> None:
        self.playback.reset()

    def activate(self) -> None:
        self._say()

    def start_first_work(self) -> None:
        self.race.start()

    def finish_first_work(self) -> None:
        self.race.finish()

    def open_paths(self, paths: list[Path]) -> bool:
        return self.files.open_first(paths)

    def open_scene(self, scene: Scene) -> None:
        self._scene = scene
        self.playback.reset()
        self.editor.set_spec(scene.spec, edit_text.LECTURE)
        self.pictures.show_tab(scene.tab or "picture")
        self._say_caption()
        self.pictures.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> dict[str, Any]:
        setup = self.store.setup
        state = {**self._layout.sizes(), "speed": self.player.speed}
        if setup.running:
            state["race"] = to_json(setup.spec())
        return state

    def restore_state(self, state: dict[str, Any]) -> None:
        self._layout.restore(state)
        speed = state.get("speed")
        if type(speed) is int and speed in SPEEDS:
            self.player.set_speed(speed)
        race = state.get("race")
        if isinstance(race, str):
            try:
                setup = setup_of(from_json(race, FitSpec))
                check(setup)
            except ThalwegError:
                return
            self.store.apply(setup)
            self._show_task()

    def reset_layout(self) -> None:
        self._layout.reset()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Tasks"))
        self.pictures.setAccessibleName(self.tr("What the nets have learned"))
        self.lines.setText(self.tr("thin lines: test"))
        tabs = self._layout.tabs
        tabs.setAccessibleName(self.tr("Task and optimizers"))
        for index, text in enumerate((self.tr("Task"), self.tr("Optimizers"))):
            tabs.setTabText(index, text)
            self._layout.scrolls[index].setAccessibleName(text)
        self.playback.show_names()
        self._say()

    def inspect_state(self) -> dict[str, Any]:
        """What can be read, for programs that look at the window from outside."""
        shown = self.playback.shown()
        if shown is None:
            return {"task": self.store.setup.fit.task, "step": None, "computed": 0}
        setup, history, step = shown
        frame = history.frames[step]
        return {
            "task": setup.fit.task,
            "step": step,
            "computed": history.count - 1,
            "racers": [entry.racer.name for entry in setup.running],
            "train_loss": frame.train_loss.tolist(),
            "test_accuracy": frame.test_accuracy.tolist(),
            "drawn_step": self.views.shown_step,
        }
