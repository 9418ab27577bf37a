"""Tiles look like the whole picture, wherever it is pushed, and are made once."""

from __future__ import annotations

import numpy
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.pictures import pyramid as pyramids
from gui.pictures.canvas import PictureCanvas
from gui.pictures.pyramid import Pyramid, build_pyramid, draw_pyramid
from gui.pictures.tiles import Tiles
from gui.pictures.viewport import Viewport

WIDTH, HEIGHT = 700, 500  # of the widget
MIDDLE = QPointF(WIDTH / 2, HEIGHT / 2)
ROUNDING = 4  # of 255, on noise: Qt counts in 1/65536 px from where a drawing begins


@pytest.fixture(scope="module")
def picture() -> numpy.ndarray:
    return numpy.random.default_rng(3).integers(0, 255, (1200, 1600, 3), dtype=numpy.uint8)


@pytest.fixture
def pyramid(picture: numpy.ndarray) -> Pyramid:
    return build_pyramid(picture)


def port_of(pyramid: Pyramid, ratio: float) -> Viewport:
    port = Viewport()
    port.widget, port.ratio = QRectF(0, 0, WIDTH, HEIGHT), ratio
    port.picture = (pyramid.width, pyramid.height)
    port.fit()
    return port


def painted(port: Viewport, pyramid: Pyramid, tiles: Tiles | None) -> numpy.ndarray:
    """(H, W, 3) int of the view, drawn whole or by tiles."""
    size = round(WIDTH * port.ratio), round(HEIGHT * port.ratio)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(port.ratio)
    image.fill(0xFF302010)
    painter = QPainter(image)
    if tiles is None:
        draw_pyramid(painter, pyramid, port.view())
    else:
        tiles.draw(painter, pyramid, port.view())
    painter.end()
    bytes_of = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(size[1], size[0], 4)
    return bytes_of[..., :3].astype(int)


@pytest.mark.parametrize("ratio", [1.0, 1.5])
@pytest.mark.parametrize("scale", [None, 0.3, 0.5, 0.77, 1.0, 2.5, 7.0])
def test_tiles_look_like_the_whole(pyramid: Pyramid, scale: float | None, ratio: float) -> None:
    port, tiles = port_of(pyramid, ratio), Tiles()
    if scale is not None:
        port.zoom_to(scale / ratio, MIDDLE)
    for push in (QPointF(0, 0), QPointF(-133, 61), QPointF(900, -700)):
        port.pan(push)
        whole, tiled = painted(port, pyramid, None), painted(port, pyramid, tiles)
        assert numpy.abs(whole - tiled).max() <= ROUNDING


def test_panning_makes_only_what_comes_into_sight(pyramid: Pyramid) -> None:
    port, tiles = port_of(pyramid, 1.0), Tiles()
    port.zoom_to(0.9, MIDDLE)
    canvas = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    first = tiles.draw(painter, pyramid, port.view())
    made = 0
    for _ in range(20):
        port.pan(QPointF(-4, -3))
        made += tiles.draw(painter, pyramid, port.view())
    assert first >= 20 and made <= 14
    assert tiles.draw(painter, pyramid, port.view()) == 0
    port.zoom_to(0.5, MIDDLE)
    assert tiles.draw(painter, pyramid, port.view()) > 0
    painter.end()


def test_a_large_picture_is_not_copied(
    qtbot: QtBot, picture: numpy.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pyramids, "SHARED_FROM", 1000)
    shared = build_pyramid(picture)
    assert shared.pixels is picture and shared.levels[0].format() == QImage.Format.Format_RGB888
    canvas = PictureCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(WIDTH, HEIGHT)
    canvas.set_pyramid(shared)
    for x, y in ((0, 0), (1599, 1199), (1024, 77)):
        assert canvas.pixel(QPointF(x + 0.5, y + 0.5)) == tuple(picture[y, x])
    usual = build_pyramid(numpy.array(picture))
    port = port_of(shared, 1.0)
    port.zoom_to(0.8, MIDDLE)
    difference = painted(port, shared, Tiles()) - painted(port, usual, Tiles())
    assert numpy.abs(difference).max() <= ROUNDING
