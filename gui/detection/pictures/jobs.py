"""Jobs that read pictures: the open one for the canvas, small ones for the list.

QImages are made here, which needs no application; widgets are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
from PySide6.QtGui import QImage

from gui.pictures.pyramid import Pyramid, build_pyramid

if TYPE_CHECKING:
    from engine.pictures.reader import Picture

THUMBNAIL_PX = (144, 96)
ANNOUNCED_FROM = 20_000_000  # pixels from which a picture takes long to read
COARSE_SIDE = 1400  # px of what is shown meanwhile


@dataclass(frozen=True, eq=False)
class Opened:
    """A picture that was read, ready for the canvas."""

    picture: Picture
    pyramid: Pyramid


@dataclass(frozen=True, eq=False)
class Coming:
    """A large picture that is being read.

    Attributes:
        size: (width, height), as stored.
        pyramid: its coarse levels, of a file that gives them away quickly.
    """

    size: tuple[int, int]
    pyramid: Pyramid | None = None


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A small picture for the list; None where the file cannot be read."""

    key: object
    image: QImage | None
    error: Exception | None = None


def open_picture(path: Path | None, pixels: numpy.ndarray | None) -> Iterator[Coming | Opened]:
    """Read a picture, or take its pixels, and halve it for the canvas; a large one in two steps."""
    from engine.pictures.reader import picture_from_pixels

    if pixels is not None:
        picture = picture_from_pixels(pixels)
        yield Opened(picture, build_pyramid(picture.pixels))
        return
    assert path is not None
    yield from announce(path)
    yield read_opened(path)


def read_opened(path: Path) -> Opened:
    """Read a picture and halve it for the canvas."""
    from engine.pictures.reader import read_picture

    picture = read_picture(path)
    return Opened(picture, build_pyramid(picture.pixels))


def announce(path: Path) -> Iterator[Coming]:
    """What can be said and shown of a large picture before all of it is read."""
    from engine.pictures.reader import MAX_PIXELS
    from engine.pictures.thumbnails import peek_size, read_coarse

    size = peek_size(path)
    if size is None or not ANNOUNCED_FROM <= size[0] * size[1] <= MAX_PIXELS:
        return
    coarse = read_coarse(path, COARSE_SIDE)
    if coarse is None:
        yield Coming(size)
    else:
        turned = (coarse.shape[1] >= coarse.shape[0]) != (size[0] >= size[1])
        yield Coming(size, build_pyramid(coarse, full=size[::-1] if turned else size))


def find_pictures(paths: Sequence[Path]) -> Iterator[list[Path] | Exception]:
    """The picture files among files and folders; a path that is none is told and passed over."""
    from engine.errors import ThalwegError
    from engine.pictures.reader import list_pictures

    for path in paths:
        try:
            yield list_pictures(path)
        except ThalwegError as error:
            yield error


def read_thumbnails(
    wanted: Sequence[tuple[object, Path | None, numpy.ndarray | None]],
) -> Iterator[Thumbnail]:
    """Small pictures, one at a time."""
    from engine.errors import ThalwegError
    from engine.pictures.thumbnails import read_thumbnail, shrink

    size = (2 * THUMBNAIL_PX[0], 2 * THUMBNAIL_PX[1])  # sharp on a dense display
    for key, path, pixels in wanted:
        try:
            if pixels is None:
                assert path is not None
                small = read_thumbnail(path, size)
            else:
                small = shrink(pixels, size)
        except ThalwegError as error:
            yield Thumbnail(key, None, error)
            continue
        yield Thumbnail(key, _image(small))


def _image(pixels: numpy.ndarray) -> QImage:
    """A QImage of its own from (H, W, 3) uint8 RGB."""
    pixels = numpy.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shared = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    return shared.convertToFormat(QImage.Format.Format_RGB32)
