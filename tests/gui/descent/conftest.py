"""The parts of the Descent workspace, each alone, and the workspace with its first work done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.descent.race.spec import RaceSpec
from gui import app
from gui.bridge import Bridge
from gui.descent.basins.controller import LOSS, BasinsController
from gui.descent.cross_section.controller import CURVES
from gui.descent.data_fit.example_controller import ExampleController
from gui.descent.data_fit.plot import DataPlot
from gui.descent.editor import Editor
from gui.descent.presenter import RHYTHM, Presenter, RacePlayback
from gui.descent.preview.controller import PathPreviewController
from gui.descent.race.measures import MEASURES
from gui.descent.race.standings import RaceStandings
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import Setup, SetupStore, home_domain, setup_of
from gui.descent.surfaces import controller
from gui.descent.workspace import DescentWorkspace
from gui.landscape.map_view import MapView
from gui.racing.curves import Curves
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import DEFAULT_SPEED, SPEEDS, Player
from gui.settings import Settings
from gui.widgets.tab_panel import TabPanel
from gui.widgets.timeline import Timeline
from tests.gui.conftest import JOIN_S, ScaledBot

WAIT_MS = 20_000


@pytest.fixture
def store(qapp: QApplication) -> SetupStore:
    """The default race with 60 steps."""
    return SetupStore(setup_of(RaceSpec(steps=60)))


@pytest.fixture
def map_view(qtbot: QtBot, bridge: Bridge, store: SetupStore) -> MapView:
    """Shown at 480x360; it goes to the home and to the start of whatever is set."""
    view = MapView("descent")

    def follow(before: Setup, after: Setup) -> None:
        view.set_home(home_domain(after))
        view.show_start(*after.start())

    # Else a job that ends now would be shown on a map that is gone.
    qtbot.addWidget(view, before_close_func=lambda _: bridge.close(0.0))
    view.resize(480, 360)
    follow(store.setup, store.setup)
    store.changed.connect(follow)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def editor(store: SetupStore) -> Editor:
    """Of the store; all of the plane can be seen."""
    return Editor(store, lambda: (-1e9, 1e9, -1e9, 1e9), store)


@pytest.fixture
def optimizers(qtbot: QtBot, store: SetupStore, editor: Editor) -> OptimizerTable:
    """The table of what is set; what is added comes into it."""
    table = OptimizerTable("descent")
    qtbot.addWidget(table)
    table.show_entries(store.setup.entries, store.setup.settings())
    store.changed.connect(lambda _, after: table.show_entries(after.entries, after.settings()))
    editor.added.connect(table.choose)
    return table


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """The parent of a feature's widgets, shown."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def panels(qtbot: QtBot) -> TabPanel:
    """With a page in place of the curves."""
    made = TabPanel()
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.add(CURVES, QWidget(), "Curves", tip="")
    made.show()
    return made


@pytest.fixture
def jobs(bridge: Bridge, store: SetupStore) -> RaceJobs:
    """Has computed nothing yet."""
    return RaceJobs(bridge, store)


@pytest.fixture
def player(store: SetupStore) -> Player:
    """At the beginning of a race of which nothing is computed."""
    return Player(store)


@pytest.fixture
def presenter(
    qtbot: QtBot, jobs: RaceJobs, player: Player, map_view: MapView, optimizers: OptimizerTable
) -> Presenter:
    """Shows the race on the map; its curves, standings and timeline are on no screen."""
    curves, standings = Curves("descent", MEASURES), RaceStandings("descent")
    timeline = Timeline("descent", SPEEDS, DEFAULT_SPEED)
    for widget in (curves, standings, timeline):
        qtbot.addWidget(widget)
    made = RacePlayback(jobs, player, curves, standings, optimizers, RHYTHM, map_view)
    return Presenter(jobs, made, player, map_view, timeline, optimizers, map_view)


@pytest.fixture
def playback(presenter: Presenter) -> RacePlayback:
    return presenter._playback


@pytest.fixture
def preview(
    bridge: Bridge,
    jobs: RaceJobs,
    editor: Editor,
    player: Player,
    presenter: Presenter,
    map_view: MapView,
) -> PathPreviewController:
    return PathPreviewController(bridge, jobs, editor, player, presenter, map_view, map_view)


@pytest.fixture
def basins(
    bridge: Bridge,
    store: SetupStore,
    editor: Editor,
    optimizers: OptimizerTable,
    map_view: MapView,
    playback: RacePlayback,
    player: Player,
    page: QWidget,
) -> BasinsController:
    """The map is coloured by the loss; its bar is as wide as its page."""
    made = BasinsController(bridge, store, editor, optimizers, map_view, playback, player, page)
    made.bar.resize(page.width(), made.bar.sizeHint().height())
    return made


@pytest.fixture
def race(
    qtbot: QtBot,
    jobs: RaceJobs,
    store: SetupStore,
    editor: Editor,
    player: Player,
    playback: RacePlayback,
    map_view: MapView,
    basins: BasinsController,
    preview: PathPreviewController,
) -> RaceController:
    """With the final landscape and all steps computed; again whenever something else is set."""
    plot = DataPlot()
    qtbot.addWidget(plot)
    examples = ExampleController(jobs, store, map_view, player, basins, plot, map_view)
    made = RaceController(
        jobs, store, editor, player, playback, map_view, examples, preview, map_view
    )
    made.updated.connect(basins.update)
    made.start()
    wait_for_race(qtbot, jobs, store)
    qtbot.waitUntil(lambda: has_final_map(map_view), timeout=WAIT_MS)
    return made


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> DescentWorkspace:
    """Shown at 1040x740, before any work."""
    made = DescentWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1040, 740)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def racing(
    qtbot: QtBot, workspace: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> DescentWorkspace:
    """With the final landscape and all steps of a race of 60; without the gallery's pictures."""
    monkeypatch.setattr(controller, "draw_thumbnails", no_pictures)
    workspace.editor.set_race_value("steps", 60)
    workspace.start_first_work()
    wait_for_race(qtbot, workspace.jobs, workspace.store)
    qtbot.waitUntil(lambda: has_final_map(workspace.map), timeout=WAIT_MS)
    return workspace


@contextmanager
def built_workspace(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DescentWorkspace]:
    """As `workspace`, for all tests of a file."""
    folder = str(tmp_path_factory.mktemp("config"))
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    app.build_application()
    bridge = Bridge()
    bridge.failed.connect(print)
    made = DescentWorkspace(bridge, Settings())
    made.resize(1040, 740)
    made.show()
    ScaledBot(request).waitExposed(made)
    yield made
    assert bridge.close(JOIN_S), "a lane did not end"
    made.close()
    made.deleteLater()


def wait_for_first_work(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    """Without the gallery's pictures; from here on there is nothing to undo."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(controller, "draw_thumbnails", no_pictures)
        workspace.start_first_work()
    wait_for_race(qtbot, workspace.jobs, workspace.store)
    qtbot.waitUntil(lambda: has_final_map(workspace.map), timeout=WAIT_MS)
    workspace.store.stack.clear()


def put_back(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    """Undo what a test has set, and show what was shown before it."""
    workspace.player.pause()
    workspace.basins.choose(LOSS)
    workspace.store.stack.setIndex(0)
    workspace.store.stack.clear()
    workspace.surfaces.panel.show_problem(None)
    workspace.panels.show_panel(CURVES)
    workspace.curves.measure.setCurrentIndex(workspace.curves.measure.findData("slope"))
    workspace.player.set_speed(DEFAULT_SPEED)
    workspace.playback.reset()
    workspace.map.fit()
    workspace.optimizers.choose(workspace.setup.entries[0].racer.name)
    wait_for_race(qtbot, workspace.jobs, workspace.store)
    qtbot.waitUntil(lambda: has_final_map(workspace.map), timeout=WAIT_MS)


@pytest.fixture(scope="module")
def built_racing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DescentWorkspace]:
    with built_workspace(request, tmp_path_factory) as made:
        made.editor.set_race_value("steps", 60)
        wait_for_first_work(ScaledBot(request), made)
        yield made


@pytest.fixture
def reused(qtbot: QtBot, built_racing: DescentWorkspace) -> Iterator[DescentWorkspace]:
    """As `racing`, but one for all tests of a file: what a test has set is undone after it."""
    setup = built_racing.setup
    built_racing.activateWindow()
    yield built_racing
    put_back(qtbot, built_racing)
    assert built_racing.setup == setup


def no_pictures() -> Iterator[tuple[str, np.ndarray]]:
    return iter(())


def has_final_map(view: MapView) -> bool:
    landscape = view.layer.landscape
    return landscape is not None and landscape.final


def wait_for_race(qtbot: QtBot, jobs: RaceJobs, store: SetupStore) -> None:
    """Until every step of the race that is set now is computed."""

    def computed() -> bool:
        history = jobs.history
        return (
            jobs.setup == store.setup
            and history is not None
            and history.count == store.setup.race.steps + 1
        )

    qtbot.waitUntil(computed, timeout=WAIT_MS)


def scene_point(view: MapView, x: float, y: float) -> QPoint:
    """A place of the plane in the map's pixels."""
    return view.mapFromScene(view.view_box.mapViewToScene(QPointF(x, y)))
