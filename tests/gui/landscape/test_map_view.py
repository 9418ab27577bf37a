"""A map and a layer that it does not know: drawn, kept clear of legends, scaled, in the theme."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot

from engine.errors import DeviceError
from engine.optimizers.registry import racer_style
from gui import theme
from gui.appearance import apply
from gui.landscape.layer import MapLayer, Places, Points3d, Stack, Weight
from gui.landscape.map_legend import Corner, Legend
from gui.landscape.map_view import SETTLE_MS, MapView
from gui.landscape.surface_switch import SurfaceSwitch
from tests.gui.landscape.conftest import SIDE, color_at

SIZE_PX = 9.0


class Squares(MapLayer):
    """A square in the theme's accent at each of some points (N, 2) of the plane."""

    def __init__(self, view: pg.ViewBox, points: Sequence[tuple[float, float]]) -> None:
        super().__init__(view, z=20)
        self.legend = Legend(view, corner=Corner.TOP_RIGHT)
        self.legend.show_text("Squares", [])
        self.points = np.array(points)

    def places(self) -> list[Places]:
        return [Places(self.pixels(self.points), Weight.FOCUS)]

    def points3d(self) -> list[Points3d]:
        return [Points3d(self.points, self.draw, Stack.ABOVE_TRAILS)]

    def inspect_state(self) -> dict[str, object]:
        return {"squares": len(self.points)}

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        self.draw(painter, self.pixels(self.points), np.arange(len(self.points)))

    def draw(self, painter: QPainter, pixels: np.ndarray, rows: np.ndarray) -> None:
        size = SIZE_PX * self.scale_factor
        for x, y in pixels:
            square = QRectF(x - size / 2, y - size / 2, size, size)
            painter.fillRect(square, theme.current().color("accent"))


def squares_on(view: MapView, *points: tuple[float, float]) -> Squares:
    layer = Squares(view.view_box, points)
    view.add_layer(layer)
    return layer


def test_a_layer_is_drawn_at_its_points_wherever_the_view_moves(map_view: MapView) -> None:
    squares_on(map_view, (0.5, 0.25))
    accent = theme.current().color("accent")
    assert color_at(map_view, 0.5, 0.25) == accent and color_at(map_view, 0.25, 0.5) != accent
    map_view.zoom_in()
    map_view.look_at(0.4, 0.2)
    assert color_at(map_view, 0.5, 0.25) == accent


def test_a_layer_follows_the_theme(map_view: MapView) -> None:
    squares_on(map_view, (0.5, 0.25))
    dark = theme.current().color("accent")
    apply(theme.Mode.LIGHT)
    assert dark != theme.current().color("accent") == color_at(map_view, 0.5, 0.25)


def test_a_layer_grows_with_the_map_and_so_does_one_that_comes_later(map_view: MapView) -> None:
    early = squares_on(map_view, (0.5, 0.25))
    map_view.set_scale(3.0)
    late = squares_on(map_view, (-0.5, 0.25))
    for layer in (early, late):
        assert layer.scale_factor == layer.legend.scale_factor == 3.0
    beside = 1.2 * SIZE_PX * map_view.view_box.viewPixelSize()[0]
    accent = theme.current().color("accent")
    assert color_at(map_view, 0.5 + beside, 0.25) == accent
    assert color_at(map_view, -0.5 + beside, 0.25) == accent


def test_legends_leave_the_points_of_a_layer_free(map_view: MapView) -> None:
    map_view.set_racers([("Racer", racer_style("sgd"))])
    map_view.arrange()
    taken = map_view.racer_legend.plate()
    assert map_view.racer_legend.corner is Corner.TOP_LEFT
    corner = map_view.view_box.mapToView(taken.center())
    layer = squares_on(map_view, (corner.x(), corner.y()))
    map_view.arrange()
    assert map_view.racer_legend.corner is not Corner.TOP_LEFT
    layer.points = np.zeros((0, 2))
    map_view.racer_legend.corner = Corner.TOP_LEFT
    map_view.arrange()
    assert map_view.racer_legend.corner is Corner.TOP_LEFT


def test_the_legend_of_a_layer_finds_a_corner_of_its_own(map_view: MapView) -> None:
    first, second = squares_on(map_view, (0.0, 0.0)), squares_on(map_view, (0.1, 0.0))
    map_view.arrange()
    assert first.legend.isVisible() and second.legend.isVisible()
    assert first.legend.corner is Corner.TOP_RIGHT
    assert not first.legend.plate().intersects(second.legend.plate())


def test_the_map_tells_that_a_layer_has_changed_and_what_it_shows(
    qtbot: QtBot, map_view: MapView
) -> None:
    layer = squares_on(map_view, (0.0, 0.0), (0.5, 0.5))
    with qtbot.waitSignal(map_view.changed):
        layer.changed.emit()
    assert map_view.inspect_state()["squares"] == 2


class Plain:
    """One colour everywhere."""

    x = y = SIDE
    final = True

    def __init__(self, color: QColor) -> None:
        self.color = color

    def picture(self) -> np.ndarray:
        return np.full((len(self.y), len(self.x)), self.color.rgb(), dtype=np.uint32)


def test_the_map_takes_other_colours_and_names_them(map_view: MapView) -> None:
    loss, red = color_at(map_view, 0.3, 0.3), QColor(200, 10, 20)
    map_view.color_by(Plain(red), "All of it", ["red"])
    assert color_at(map_view, 0.3, 0.3) == red and not map_view.color_bar.isVisible()
    state = map_view.inspect_state()
    assert state["ground"] == "All of it" and state["basins"] is True
    map_view.color_by(None)
    assert color_at(map_view, 0.3, 0.3) == loss and map_view.color_bar.isVisible()
    assert map_view.inspect_state()["ground"] == ""


def test_known_minima_are_left_to_another_layer(map_view: MapView) -> None:
    map_view.marks.set_minima(np.array([[0.0, 0.0]]))
    white = QColor(255, 255, 255)
    assert color_at(map_view, 0.0, 0.0) == white
    minima, _ = map_view.marks.points3d()
    assert minima.points.tolist() == [[0.0, 0.0]]
    map_view.marks.hide_minima(True)
    assert color_at(map_view, 0.0, 0.0) != white
    minima, _ = map_view.marks.points3d()
    assert not len(minima.points)


def test_without_opengl_the_map_stays_and_the_reason_is_told(
    qtbot: QtBot, map_view: MapView
) -> None:
    switch = SurfaceSwitch(map_view, map_view)
    with qtbot.waitSignal(switch.failed) as told:
        switch.set_shown(True)
    assert isinstance(told.args[0], DeviceError) and told.args[0].code == "view.no_opengl"
    assert not switch.shown
    before = map_view.visible_domain()
    switch.zoom_in()
    assert map_view.visible_domain() != before
    switch.fit()
    assert map_view.visible_domain() == pytest.approx(before)


def test_a_view_that_is_closed_while_it_moves_comes_to_rest_in_peace(qtbot: QtBot) -> None:
    view = MapView("descent")
    view.view_box.setRange(xRange=(0.0, 3.0), yRange=(0.0, 2.0))
    view.close()
    with qtbot.assertNotEmitted(view.view_settled, wait=2 * SETTLE_MS):
        pass


def test_names_begin_with_the_workspace(qtbot: QtBot) -> None:
    view = MapView("networks")
    qtbot.addWidget(view)
    assert (view.objectName(), view.note.objectName()) == (
        "networks.canvas",
        "networks.canvas.note",
    )
    actions = SurfaceSwitch(view, view).actions()
    assert all(action.id.startswith("networks.view.") for action in actions)
