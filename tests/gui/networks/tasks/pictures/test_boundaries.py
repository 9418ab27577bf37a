"""Boundaries of two classes: what is painted where, and the brush."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from engine.networks.tasks.spec import FitSpec
from engine.networks.tasks.views import Examples
from gui import theme
from gui.appearance import apply
from gui.networks.tasks.pictures.boundaries.boundaries_picture import BoundariesPicture
from gui.networks.tasks.pictures.boundaries.boundary_tile import BoundaryTile
from gui.networks.tasks.pictures.panel import PicturesPanel
from gui.networks.tasks.pictures.racer_tile import columns_for, percent
from tests.gui.networks.tasks.pictures import records
from tests.gui.networks.tasks.pictures.conftest import shown_panel

NOTHING = Examples(np.empty((0, 2)), np.empty(0), np.empty((0, 2)), np.empty(0), 2)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[PicturesPanel]:
    yield shown_panel(qtbot, records.CLASSES, 3)


def boundaries(panel: PicturesPanel) -> BoundariesPicture:
    assert isinstance(panel.picture, BoundariesPicture)
    return panel.picture


def pixel(tile: BoundaryTile, x: float, y: float) -> QPoint:
    (place,) = tile.plane().pixels(np.array([[x, y]]))
    return QPoint(*(round(value) for value in place.tolist()))


def color_at(tile: BoundaryTile, x: float, y: float) -> QColor:
    return tile.grab().toImage().pixelColor(pixel(tile, x, y))


def nearer(color: QColor, one: str, other: str) -> bool:
    def away(text: str) -> float:
        return float(np.linalg.norm(np.subtract(color.getRgb()[:3], QColor(text).getRgb()[:3])))

    return away(one) < away(other)


@pytest.mark.parametrize("look", ["dark", "light"])
def test_each_side_has_the_tint_of_its_class(panel: PicturesPanel, look: str) -> None:
    panel.show_examples(NOTHING)
    panel.show_view(dataclasses.replace(records.class_view(3), wrong=None))
    apply(theme.Mode(look))
    low, middle, high = theme.current().side_tints
    tile = boundaries(panel).tiles[0]
    # The probability of class 1 is large where x and y have one sign, y upwards.
    for x, y, own, other in (
        (1.2, 1.2, high, low),
        (-1.2, 1.2, low, high),
        (-1.2, -1.2, high, low),
    ):
        color = color_at(tile, x, y)
        assert nearer(color, own, other) and nearer(color, own, middle), (x, y)
    assert color_at(tile, 0.0, 1.0) == theme.current().color("text")  # the line between them


def test_racers_have_their_own_boundaries_and_titles(panel: PicturesPanel) -> None:
    panel.show_view(records.class_view(3))
    panel.show_frame(records.frame(3))
    tiles = boundaries(panel).tiles
    assert [tile.name for tile in tiles] == ["SGD", "Momentum", "Adam"]
    assert tiles[0].notes == ["train 99 %, test 95 %", "99 / 95 %"]
    assert tiles[1].notes[0].endswith("converged")
    assert tiles[1].grab().toImage() != tiles[2].grab().toImage()


def test_what_has_diverged_says_so(panel: PicturesPanel) -> None:
    view = records.class_view(3)
    assert view.boundary is not None
    view.boundary[1] = np.nan
    panel.show_view(view)
    panel.show_frame(records.frame(3, state=("running", "diverged", "running")))
    assert boundaries(panel).tiles[1].notes == ["diverged"]
    boundaries(panel).tiles[1].grab()  # NaN everywhere is painted, too


def test_shapes_tell_classes_and_fillings_what_they_are_for(panel: PicturesPanel) -> None:
    places = np.array([[-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
    panel.show_examples(Examples(places[:2], np.array([0.0, 1.0]), places[2:], np.array([0.0]), 2))
    tile = boundaries(panel).tiles[0]
    inks = [QColor(ink) for ink in theme.current().side_inks]
    assert color_at(tile, -1, 1) == inks[0] and color_at(tile, 1, 1) == inks[1]
    assert color_at(tile, 1, -1) != inks[0]  # hollow
    image, radius = tile.grab().toImage(), tile.radius()

    def filled(x: float, y: float) -> int:
        """Pixels of ink on a line a little below the marker's top."""
        spot = pixel(tile, x, y)
        row = spot.y() - round(0.6 * radius)
        across = range(spot.x() - 12, spot.x() + 13)
        ink = inks[0] if x < 0 else inks[1]
        return sum(image.pixelColor(column, row) == ink for column in across)

    assert filled(-1, 1) > filled(1, 1)  # a triangle is narrow at its top


def test_wrong_ones_are_ringed(panel: PicturesPanel) -> None:
    examples = records.class_examples()
    view = records.class_view(3)
    assert view.wrong is not None
    none = dataclasses.replace(view, wrong=np.zeros_like(view.wrong))
    one = np.zeros_like(view.wrong)
    one[0, 5] = True
    tile = boundaries(panel).tiles[0]
    panel.show_view(none)
    before = tile.grab().toImage()
    panel.show_view(dataclasses.replace(view, wrong=one))
    after = tile.grab().toImage()
    spot, reach = pixel(tile, *examples.inputs[5].tolist()), 3 * tile.radius()
    around = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
    changed = [
        (x, y)
        for x in range(after.width())
        for y in range(after.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert len(changed) > 20 and all(around.contains(x, y) for x, y in changed)
    # Rings of other examples than those that are shown are not drawn.
    panel.show_examples(records.class_examples(20))
    assert tile.wrong is None


def press(qtbot: QtBot, tile: BoundaryTile, *places: tuple[float, float], **more: Any) -> None:
    """A stroke over places of the plane."""
    button = more.get("button", Qt.MouseButton.LeftButton)
    qtbot.mousePress(tile, button, pos=pixel(tile, *places[0]))
    for place in places[1:]:
        qtbot.mouseMove(tile, pixel(tile, *place))
    qtbot.mouseRelease(tile, button, pos=pixel(tile, *places[-1]))


def test_painting_adds_to_what_is_there(panel: PicturesPanel, qtbot: QtBot) -> None:
    picture = boundaries(panel)
    count = len(records.class_examples().inputs)
    picture.bar.brushes[1].click()
    with qtbot.waitSignal(panel.painted) as told:
        press(qtbot, picture.tiles[1], (-1.45, 0.0))
    (points,) = told.args
    assert len(points) == count + 1
    assert points[-1] == pytest.approx((-1.45, 0.0, 1), abs=0.03)
    # On all pictures at once, before the engine answers.
    ink = QColor(theme.current().side_inks[1])
    assert all(color_at(tile, -1.45, 0.0) == ink for tile in picture.tiles)


def test_without_a_brush_a_click_chooses(panel: PicturesPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.chosen) as told, qtbot.assertNotEmitted(panel.painted):
        press(qtbot, boundaries(panel).tiles[2], (0.0, 0.5))
    assert told.args == [2]


def test_eraser_and_right_button_take_away(panel: PicturesPanel, qtbot: QtBot) -> None:
    picture = boundaries(panel)
    places = np.array([[-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
    panel.show_examples(Examples(places, np.zeros(3), places[:0], np.zeros(0), 2))
    picture.bar.brushes[-1].click()
    with qtbot.waitSignal(panel.painted) as told:
        press(qtbot, picture.tiles[0], (1.0, 1.0))
    assert told.args == [((-1.0, 1.0, 0), (1.0, -1.0, 0))]
    picture.bar.brushes[0].click()
    with qtbot.waitSignal(panel.painted) as told:
        press(qtbot, picture.tiles[0], (1.0, -1.0), button=Qt.MouseButton.RightButton)
    assert told.args == [((-1.0, 1.0, 0),)]
    # The last one: there would be nothing to learn from, and nothing is told.
    with qtbot.assertNotEmitted(panel.painted):
        press(qtbot, picture.tiles[0], (-1.0, 1.0), button=Qt.MouseButton.RightButton)
    assert picture.points == () and "Nothing" in picture.bar.hint.text()


def test_cleared_then_painted_are_only_the_new_ones(panel: PicturesPanel, qtbot: QtBot) -> None:
    picture = boundaries(panel)
    with qtbot.assertNotEmitted(panel.painted):
        picture.bar.clear.click()
    assert picture.bar.brush == 0
    with qtbot.waitSignal(panel.painted) as told:
        press(qtbot, picture.tiles[0], (-0.5, 0.5), (0.0, 0.5), (0.5, 0.5))
    assert len(told.args[0]) == 3 and {group for _, _, group in told.args[0]} == {0}
    with qtbot.waitSignal(panel.painted) as told:
        picture.bar.restore.click()
    assert told.args == [()]


def test_the_keyboard_paints(panel: PicturesPanel, qtbot: QtBot) -> None:
    picture = boundaries(panel)
    picture.bar.brushes[0].click()
    tile = picture.tiles[0]
    for _ in range(3):
        qtbot.keyClick(tile, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.painted) as told:
        qtbot.keyClick(tile, Qt.Key.Key_Space)
    x, y, group = told.args[0][-1]
    assert (x > 0.2, y, group) == (True, 0.0, 0)


def test_fewer_and_more_racers(panel: PicturesPanel, qtbot: QtBot) -> None:
    for count in (6, 1, 4):
        panel.set_task(records.CLASSES, FitSpec(), records.racers(count))
        panel.show_view(records.class_view(count))
        tiles = boundaries(panel).tiles
        assert len(tiles) == count
        rects = [tile.geometry() for tile in tiles]
        assert not any(a.intersects(b) for a in rects for b in rects if a is not b)
        assert all(boundaries(panel).grid.rect().contains(rect) for rect in rects)


def test_columns_adapt() -> None:
    assert columns_for(3, 900, 250, title=20) == 3
    assert columns_for(3, 250, 900, title=20) == 1
    assert columns_for(4, 500, 500, title=20) == 2


def test_only_all_is_a_hundred_per_cent() -> None:
    assert [percent(share) for share in (1.0, 0.996, 0.004, 0.0, np.nan)] == [
        "100", "99", "1", "0", "–",
    ]  # fmt: skip
