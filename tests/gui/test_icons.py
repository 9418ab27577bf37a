"""Icons are drawn when they are seen, in the size and colour that are asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from gui import icons

RED, GREY = "#ff0000", "#808080"


def strongest(pixmap: QPixmap) -> QColor:
    """The colour of the pixel that covers most."""
    image = pixmap.toImage()
    every = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(every, key=QColor.alpha)


def test_an_icon_is_read_when_it_is_first_drawn(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    drawing = icons.drawing
    monkeypatch.setattr(icons, "drawing", lambda name: asked.append(name) or drawing(name))
    icon = QIcon(icons.Drawing("open", RED, GREY))
    assert asked == []
    icon.pixmap(24)
    icon.pixmap(24)
    assert asked == ["open"]


@pytest.mark.parametrize(("mode", "color"), [("Normal", RED), ("Active", RED), ("Disabled", GREY)])
def test_an_icon_has_the_colour_of_its_state(qapp: QApplication, mode: str, color: str) -> None:
    pixmap = QIcon(icons.Drawing("open", RED, GREY)).pixmap(QSize(32, 32), QIcon.Mode[mode])
    found = strongest(pixmap)
    assert (found.red(), found.green(), found.blue()) == QColor(color).toTuple()[:3]


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_is_as_sharp_as_the_screen(qapp: QApplication, ratio: float) -> None:
    pixmap = QIcon(icons.Drawing("open", RED, GREY)).pixmap(QSize(24, 24), ratio)
    assert pixmap.size() == QSize(24, 24) * ratio
    assert pixmap.devicePixelRatio() == ratio
    assert pixmap.toImage() == icons.pixmap("open", RED, 24, ratio=ratio).toImage()


def test_an_icon_is_painted_in_the_middle_of_its_place(qapp: QApplication) -> None:
    image = QImage(60, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QIcon(icons.Drawing("open", RED, GREY)).paint(painter, image.rect())
    painter.end()
    assert image.copy(20, 0, 20, 20) == icons.pixmap("open", RED, 20).toImage().convertToFormat(
        image.format()
    )
    assert QColor(image.pixelColor(10, 10)).alpha() == 0
