"""Two parameters: landscape, ways, and the start that is dragged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.errors import DeviceError
from engine.networks.tasks.spec import FitSpec
from gui.networks.tasks.pictures.map_picture import MapPicture
from gui.networks.tasks.pictures.panel import PicturesPanel
from tests.gui.networks.tasks.pictures import records
from tests.gui.networks.tasks.pictures.conftest import shown_panel


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[PicturesPanel]:
    yield shown_panel(qtbot, records.PRODUCT, 2)


def picture(panel: PicturesPanel) -> MapPicture:
    assert isinstance(panel.picture, MapPicture)
    return panel.picture


def test_landscape_minima_and_heads_are_on_the_map(panel: PicturesPanel) -> None:
    panel.show_landscape(records.product_landscape(), [(1.0, 1.0), (2.0, 0.5)])
    paths = records.product_paths(2)
    panel.show_paths(paths, 20)
    state = picture(panel).map.inspect_state()
    assert state["contours"] and state["finite"]
    assert state["heads"] == [path[20].tolist() for path in paths]
    assert picture(panel).map.marks.minima.tolist() == [[1.0, 1.0], [2.0, 0.5]]
    assert state["start"] == [4.0, 0.3]


def test_what_has_diverged_has_no_head(panel: PicturesPanel) -> None:
    paths = records.product_paths(2)
    paths[1][10:] = np.nan
    panel.show_paths(paths, 20)
    assert picture(panel).map.inspect_state()["heads"] == [paths[0][20].tolist()]


def test_a_path_may_be_shorter_than_the_step(panel: PicturesPanel) -> None:
    panel.show_paths(records.product_paths(2, steps=5), 20)
    assert picture(panel).map.count == 6


def test_another_race_is_drawn_anew(panel: PicturesPanel) -> None:
    panel.show_paths(records.product_paths(2), 40)
    trails = picture(panel).map.trails
    picture(panel).map.grab()
    drawn = trails._key
    assert drawn
    panel.show_paths(records.product_paths(2), 41)
    assert trails._key == drawn  # only continued
    panel.show_paths([path + 0.1 for path in records.product_paths(2)], 45)
    assert trails._key == ()


def test_dragging_the_start_moves_it(panel: PicturesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.start_moved) as told:
        picture(panel).map.handle.dragged.emit(2.0, 1.5, 0)
    assert told.args == [2.0, 1.5] and picture(panel).map.start == (2.0, 1.5)
    panel.set_task(records.PRODUCT, FitSpec(start=(1.0, -1.0)), records.racers(2))
    assert picture(panel).map.start == (1.0, -1.0)


def test_a_landscape_of_what_is_seen_is_asked_for(panel: PicturesPanel, qtbot: QtBot) -> None:
    told: list[tuple[float, ...]] = []
    panel.landscape_wanted.connect(told.append)
    before = picture(panel).map.visible_domain()
    picture(panel).map.zoom_in()
    seen = picture(panel).map.visible_domain()
    assert seen[0] > before[0] and seen[3] < before[3]
    qtbot.waitUntil(lambda: told[-1:] == [seen])


def test_without_opengl_three_dimensions_say_why(panel: PicturesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.failed) as told:
        picture(panel).solid.click()
    assert isinstance(told.args[0], DeviceError) and not picture(panel).solid.isChecked()
