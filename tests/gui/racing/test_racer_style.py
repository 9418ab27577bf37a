"""What is drawn of a racer: told apart in a greyscale copy, and the same in every place."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.optimizers.looks import RacerStyle
from engine.optimizers.registry import OPTIMIZERS, racer_style
from gui import theme
from gui.racing.racer_style import curve_stroke, draw_swatch, map_stroke

WIDTH, HEIGHT = 60, 20
CLEAR = 40  # of 255: so far two greys of one pixel are apart at least, where they differ


def copied(look: RacerStyle, look_of_window: theme.Theme) -> NDArray[np.int16]:
    """A racer's line with its marker as a greyscale copier gives it, (HEIGHT, WIDTH)."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(look_of_window.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_swatch(
        painter,
        QRectF(0, 0, WIDTH, HEIGHT),
        look_of_window.racer(look),
        casing=look_of_window.color("panel"),
    )
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(HEIGHT, grey.bytesPerLine())
    return rows[:, :WIDTH].astype(np.int16)


@pytest.mark.parametrize("ground", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_all_are_told_apart_in_a_greyscale_copy(qapp: QApplication, ground: theme.Theme) -> None:
    """All eighteen, and a second and a third SGD and Adam with them."""
    looks = {name: racer_style(name) for name in OPTIMIZERS}
    looks |= {f"{name} {n}": racer_style(name, n) for name in ("sgd", "adam") for n in (1, 2)}
    copies = {name: copied(look, ground) for name, look in looks.items()}
    alike = [
        (one, other)
        for one, other in combinations(copies, 2)
        if (np.abs(copies[one] - copies[other]) > CLEAR).sum() < 20
    ]
    assert alike == []


@pytest.mark.parametrize("name", ["sgd", "lion"])
def test_map_and_curves_draw_one_look(qapp: QApplication, name: str) -> None:
    look = racer_style(name, 1)
    style = theme.current().racer(look)
    for stroke in (map_stroke(look), curve_stroke(look)):
        assert stroke.color == QColor(style.color)
        assert stroke.dash == look.dash
    assert style.color in (look.on_dark, look.on_light)


def test_an_open_marker_shows_its_ground(qapp: QApplication) -> None:
    """The second racer of an optimizer has it, the third has a dot in it."""
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    middles = []
    for number in range(3):
        image.fill(Qt.GlobalColor.red)
        painter = QPainter(image)
        style = theme.DARK.racer(racer_style("sgd", number))
        draw_swatch(painter, QRectF(0, 0, 40, 40), style, casing=QColor("#000000"))
        painter.end()
        middles.append((image.pixelColor(20, 20).name(), image.pixelColor(17, 20).name()))
        color = style.color
        assert middles[-1][0] == ("#000000" if number == 1 else color)
    assert middles[2][1] == "#000000"
