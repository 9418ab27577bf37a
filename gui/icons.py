"""Icons: line drawings in SVG, tinted with the theme's colours when they are first seen."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication
from shiboken6 import isValid

from gui import theme

PROPERTY = "thalwegIcon"


def folder() -> Path:
    """Where the drawings lie; a package's resources are plain files for Qt to read."""
    return Path(str(files("resources"))) / "icons"


def image_path(theme_name: str, name: str) -> str:
    """A ready-coloured drawing for the style sheet, as it wants to be written there."""
    return (folder() / theme_name / f"{name}.svg").as_posix()


@cache
def drawing(name: str) -> str:
    """The SVG text of an icon; its lines are drawn in `currentColor`."""
    return (folder() / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: str, size: int, *, ratio: float = 1.0) -> QPixmap:
    """An icon in one colour.

    Args:
        name: file of resources/icons without its suffix.
        color: "#rrggbb" in place of `currentColor`.
        size: side in logical pixels.
        ratio: device pixels in a logical one.
    """
    side = round(size * ratio)
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    svg = QByteArray(drawing(name).replace("currentColor", color).encode())
    QSvgRenderer(svg).render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def icon(name: str, *, token: str = "text") -> QIcon:
    """An icon in a colour of the current theme; `refresh` renews those set by `set_icon`."""
    colors = theme.current()
    return tinted(name, getattr(colors, token), colors.disabled)


@cache
def tinted(name: str, color: str, disabled: str) -> QIcon:
    """An icon in two colours."""
    return QIcon(Drawing(name, color, disabled))


class Drawing(QIconEngine):
    """Draws an icon when it is first seen, in the size and density that are asked for.

    Most icons lie in menus and in workspaces behind the one in front.
    """

    def __init__(self, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._name = name
        self._colors = (color, disabled)
        self._drawn: dict[tuple[str, int, float], QPixmap] = {}

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """A picture for a device.

        Args:
            size: in logical pixels; the drawing is as large as the shorter side.
            scale: device pixels in a logical one.
        """
        color = self._colors[mode is QIcon.Mode.Disabled]
        side = min(size.width(), size.height())
        if (color, side, scale) not in self._drawn:
            self._drawn[color, side, scale] = pixmap(self._name, color, side, ratio=scale)
        return self._drawn[color, side, scale]

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatio()
        side = min(rect.width(), rect.height())
        drawn = self.scaledPixmap(QSize(side, side), mode, state, scale)
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, drawn)

    def clone(self) -> QIconEngine:
        return Drawing(self._name, *self._colors)


def set_icon(target: QAbstractButton | QAction, name: str, *, token: str = "text") -> None:
    """Give a button or action an icon that follows the theme."""
    target.setProperty(PROPERTY, f"{name}/{token}")
    target.setIcon(icon(name, token=token))


def refresh() -> None:
    """Renew the icons of all buttons and actions after a change of theme."""
    targets: list[QAbstractButton | QAction] = [
        widget for widget in QApplication.allWidgets() if isinstance(widget, QAbstractButton)
    ]
    for top in QApplication.topLevelWidgets():
        targets += top.findChildren(QAction)
    for target in targets:
        # Setting one icon can make its owner build its menu anew, without another one here.
        marked = target.property(PROPERTY) if isValid(target) else None
        if marked:
            name, token = marked.split("/")
            target.setIcon(icon(name, token=token))
