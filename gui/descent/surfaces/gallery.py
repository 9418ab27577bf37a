"""The surfaces as small pictures with their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from engine.checks import Domain
from engine.descent.race.spec import RaceSpec, surface_of
from engine.descent.surfaces.registry import SURFACES
from engine.descent.surfaces.surface import Surface
from gui import theme
from gui.messages import engine_text

NAME = Qt.ItemDataRole.UserRole
PICTURE = QSize(88, 40)
TILE = QSize(97, 78)
SHARPNESS = 2  # points of the surface in a pixel, for screens of any density


def draw_thumbnails() -> Iterator[tuple[str, NDArray[np.uint32]]]:
    """Name and picture (H, W) 0xffRRGGBB of every surface, on the worker."""
    from engine.descent.maps.landscape import LandscapeSpec, landscape
    from gui.landscape.landscape_image import color_range, shade

    size = (PICTURE.width() * SHARPNESS, PICTURE.height() * SHARPNESS)
    for surface in SURFACES.values():
        spec = LandscapeSpec(surface.name, domain=widened(surface), size=size)
        *_, final = landscape(spec)
        yield surface.name, shade(final, *color_range(final))


def draw_preview(spec: RaceSpec) -> Iterator[NDArray[np.uint32]]:
    """The picture of a formula, (H, W) 0xffRRGGBB, where it is interesting; on the worker."""
    from engine.descent.maps.landscape import landscape
    from engine.descent.maps.region import region_of
    from gui.landscape.landscape_image import color_range, shade

    surface = surface_of(spec)
    surface = replace(surface, domain=region_of(surface))
    size = (PICTURE.width() * SHARPNESS, PICTURE.height() * SHARPNESS)
    drawn = next(landscape(replace(spec, domain=widened(surface)), size))
    yield shade(drawn, *color_range(drawn))


def pixmap_of(pixels: NDArray[np.uint32]) -> QPixmap:
    """A picture (H, W) 0xffRRGGBB for a tile."""
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32).copy()
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(SHARPNESS)
    return pixmap


def widened(surface: Surface) -> Domain:
    """The surface's own view, wider or higher so that it fills a picture in equal aspect."""
    x0, x1, y0, y1 = surface.domain
    unit = max((x1 - x0) / PICTURE.width(), (y1 - y0) / PICTURE.height())
    half_x, half_y = unit * PICTURE.width() / 2, unit * PICTURE.height() / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return x - half_x, x + half_x, y - half_y, y + half_y


class Gallery(QListWidget):
    """A grid of surfaces; pictures come when they are computed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setIconSize(PICTURE)
        self.setGridSize(TILE)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(True)
        font = self.font()
        font.setPixelSize(11)
        self.setFont(font)
        blank = QPixmap(PICTURE)
        blank.fill(theme.current().color("raised"))
        for name in SURFACES:
            item = QListWidgetItem(QIcon(blank), "", self)
            item.setData(NAME, name)
            item.setSizeHint(TILE)  # its own would leave long names a little too little room
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def item_of(self, name: str) -> QListWidgetItem | None:
        """The tile of a surface."""
        for index in range(self.count()):
            if self.item(index).data(NAME) == name:
                return self.item(index)
        return None

    def show_picture(self, picture: tuple[str, NDArray[np.uint32]]) -> None:
        """Put a surface's picture, (H, W) 0xffRRGGBB, on its tile."""
        name, pixels = picture
        item = self.item_of(name)
        if item is None:
            return
        pixmap = pixmap_of(pixels)
        icon = QIcon(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
        item.setIcon(icon)

    def show_pictures(self, pictures: tuple[tuple[str, NDArray[np.uint32]], ...]) -> None:
        for picture in pictures:
            self.show_picture(picture)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here chooses nothing, though Qt makes the first tile current where none is."""
        with QSignalBlocker(self):
            super().focusInEvent(event)

    def retranslate(self) -> None:
        for index in range(self.count()):
            item = self.item(index)
            surface = SURFACES[item.data(NAME)]
            item.setText(engine_text(surface.title))
            item.setToolTip(f"f(x, y) = {surface.formula}")
