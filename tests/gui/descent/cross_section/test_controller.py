"""The loss along a line, with the racers on it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.descent.cross_section.controller import CURVES, CrossSectionController
from gui.descent.cross_section.panel import ALONG_X, ALONG_Y, FREE, RACER, START, Profile
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.scenes import SCENES
from gui.descent.setup import SetupStore
from gui.descent.workspace import DescentWorkspace
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
from gui.racing.player import Player
from gui.widgets.tab_panel import TabPanel
from tests.gui.descent.conftest import WAIT_MS, scene_point, wait_for_race


@pytest.fixture
def cross_section(
    bridge: Bridge,
    race: RaceController,
    jobs: RaceJobs,
    store: SetupStore,
    map_view: MapView,
    panels: TabPanel,
) -> CrossSectionController:
    """Shown, with the race computed."""
    made = CrossSectionController(bridge, jobs, store, map_view, panels, map_view)
    made.set_shown(True)
    return made


def profile(cross_section: CrossSectionController) -> Profile:
    found = cross_section.panel.balls.profile
    assert found is not None
    return found


def wait_for_line(
    qtbot: QtBot, cross_section: CrossSectionController, title: str, ends: object
) -> None:
    """Until the plot shows the cut between two places of its axis."""

    def shown() -> bool:
        drawn = cross_section.panel.balls.profile
        return (
            drawn is not None
            and drawn.title == title
            and np.allclose([drawn.place[0], drawn.place[-1]], ends, atol=1e-9)
        )

    qtbot.waitUntil(shown, timeout=WAIT_MS)


def test_the_cut_goes_through_the_start_along_an_axis(
    qtbot: QtBot, cross_section: CrossSectionController, map_view: MapView
) -> None:
    x0, x1, y0, y1 = map_view.visible_domain()
    wait_for_line(qtbot, cross_section, "x", (x0, x1))
    drawn = profile(cross_section)
    # Rosenbrock at y = 1, as the map scales it.
    expected = (1 - drawn.place) ** 2 + 100 * (1 - drawn.place**2) ** 2
    landscape = map_view.layer.landscape
    assert landscape is not None
    np.testing.assert_allclose(drawn.height, landscape.scaled(expected), atol=1e-9)
    cross_section.choose(ALONG_Y, START)
    wait_for_line(qtbot, cross_section, "y", (y0, y1))


def test_balls_stand_at_their_own_loss(
    qtbot: QtBot,
    cross_section: CrossSectionController,
    jobs: RaceJobs,
    map_view: MapView,
    player: Player,
) -> None:
    wait_for_line(qtbot, cross_section, "x", map_view.visible_domain()[:2])
    player.seek(30)
    history, landscape = jobs.history, map_view.layer.landscape
    assert history is not None and landscape is not None
    balls = cross_section.panel.inspect_state()["balls"]
    assert len(balls) == 3
    for racer, (place, height) in enumerate(balls):
        assert place == pytest.approx(history.path(racer)[30, 0])
        assert height == pytest.approx(float(landscape.scaled(history.loss(racer)[30])))


def test_the_line_follows_the_chosen_racer(
    cross_section: CrossSectionController,
    map_view: MapView,
    optimizers: OptimizerTable,
    player: Player,
) -> None:
    optimizers.choose("sgd")
    cross_section.choose(ALONG_X, RACER)
    player.seek(20)
    (head,) = [head for head in map_view.marks.heads if head.chosen]
    (_, first), (_, last) = cross_section._ends()
    assert first == last == head.y


def test_a_handle_is_dragged_for_any_other_line(
    qtbot: QtBot, cross_section: CrossSectionController, map_view: MapView
) -> None:
    wait_for_line(qtbot, cross_section, "x", map_view.visible_domain()[:2])
    grip = cross_section.layer._grips[0]
    from_pixel, to_pixel = scene_point(map_view, *grip), scene_point(map_view, -1.0, 2.0)
    viewport = map_view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=from_pixel)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(viewport, from_pixel + (to_pixel - from_pixel) * share)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=to_pixel)
    assert cross_section.panel.direction.currentData() == FREE
    (x, y), last = cross_section._ends()
    pixel = 1.5 * map_view.view_box.viewPixelSize()[0]
    assert (x, y) == pytest.approx((-1.0, 2.0), abs=pixel)
    wait_for_line(qtbot, cross_section, "", (0, np.hypot(x - last[0], y - last[1])))


def test_without_the_panel_there_is_no_line(
    cross_section: CrossSectionController, panels: TabPanel
) -> None:
    assert any(handle.isVisible() for handle in cross_section.layer.handles)
    panels.show_panel(CURVES)
    assert not any(handle.isVisible() for handle in cross_section.layer.handles)
    assert not cross_section.is_shown()


def test_the_lecture_shows_momentum_over_the_hill(qtbot: QtBot, racing: DescentWorkspace) -> None:
    (scene,) = [scene for scene in SCENES if scene.name == "momentum-cut"]
    racing.open_scene(scene)
    wait_for_race(qtbot, racing.jobs, racing.store)
    racing.player.seek(racing.player.total)
    wait_for_line(qtbot, racing.cross_section, "x", racing.map.visible_domain()[:2])
    drawn = profile(racing.cross_section)
    assert drawn.lowest.tolist() == [True, False]
    balls = racing.cross_section.panel.inspect_state()["balls"]
    low, local = drawn.minima
    ends = [place for place, _ in balls]
    assert ends == pytest.approx([local, local, low], abs=0.02)
    # The hill between the wells is seen: it takes a tenth of the plot's height or more.
    bottom, top = drawn.ends()
    hill = drawn.height[(drawn.place > low) & (drawn.place < local)].max()
    assert (hill - drawn.heights[1]) / (top - bottom) > 0.1
