"""Two parameters: landscape, ways, and the start that is dragged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
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


@pytest.mark.parametrize("start", [(4.0, 0.3), (2.0, -2.1), (2.0, 3.1), (-3.24, -2.1)])
@pytest.mark.parametrize("beside", [(0, 0), (9, 0), (-9, 0), (0, 9), (0, -9)])
def test_the_mouse_takes_the_start_also_at_the_edge_and_not_the_map(
    panel: PicturesPanel, qtbot: QtBot, start: tuple[float, float], beside: tuple[int, int]
) -> None:
    """Twelve pixels beside it are enough; what is beyond the edge nobody can press."""
    view = picture(panel).map
    viewport, area = view.viewport(), view.view_box.sceneBoundingRect()
    seen = view.visible_domain()
    view.show_start(*start)
    place = view.mapFromScene(view.view_box.mapViewToScene(QPointF(*start))) + QPoint(*beside)
    inside = area.adjusted(2, 2, -2, -2).toRect()
    place.setX(max(inside.left(), min(place.x(), inside.right())))
    place.setY(max(inside.top(), min(place.y(), inside.bottom())))
    way = QPoint(round(area.center().x()), round(area.center().y())) - place
    told: list[tuple[float, float]] = []
    panel.start_moved.connect(lambda u, v: told.append((u, v)))
    qtbot.mouseMove(viewport, place)
    qtbot.waitUntil(lambda: view.handle.hovered)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    for part in range(1, 9):
        qtbot.mouseMove(viewport, place + way * (part / 8))
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place + way)
    pixels = area.width() / (seen[1] - seen[0])
    moved = ((told[-1][0] - start[0]) * pixels, (start[1] - told[-1][1]) * pixels)
    assert moved == pytest.approx((way.x(), way.y()), abs=2)
    assert view.start == told[-1] and view.visible_domain() == pytest.approx(seen)


def test_the_start_is_lit_under_the_cursor(panel: PicturesPanel, qtbot: QtBot) -> None:
    view = picture(panel).map
    view.show_start(4.0, 0.3)
    at = view.mapFromScene(view.view_box.mapViewToScene(QPointF(4.0, 0.3)))
    around = QRect(at.x() - 12, at.y() - 12, 24, 24)
    qtbot.mouseMove(view.viewport(), at + QPoint(60, 60))
    plain = view.grab(around).toImage()
    qtbot.mouseMove(view.viewport(), at)
    qtbot.waitUntil(lambda: view.grab(around).toImage() != plain)
    qtbot.mouseMove(view.viewport(), at + QPoint(60, 60))
    qtbot.waitUntil(lambda: view.grab(around).toImage() == plain)


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
