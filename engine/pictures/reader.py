"""The one door for pictures: whatever the file holds becomes (H, W, 3) uint8 RGB.

Right side up (all eight EXIF turns), transparency laid on white, 16-bit and
float values mapped by percentile. Pillow reads first: it is the strict one
and refuses a truncated file, where OpenCV returns half a picture. OpenCV reads
what Pillow would cut to 8 bits silently or cannot open: deep colour and float.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, ImageOps, PngImagePlugin, UnidentifiedImageError

from engine.errors import PictureError
from engine.pictures.dataset_folders import picture_folders_in
from engine.pictures.png_chunks import pixels_only

HEIF_SUFFIXES = (".heic", ".heif", ".hif")  # phones and cameras; read where pillow-heif is there
SUFFIXES: tuple[str, ...] = (
    # The one table of what a folder lists, of what ground truth looks for and of what is read.
    ".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".mpo", ".png", ".apng", ".tif", ".tiff",
    ".bmp", ".dib", ".webp", ".gif", ".avif", ".avifs", ".jp2", ".j2k", ".jpx", ".jpf", ".j2c",
    ".jpc", ".ppm", ".pgm", ".pbm", ".pnm", ".pfm", ".tga", ".qoi", ".pcx", ".hdr",
    *(HEIF_SUFFIXES if find_spec("pillow_heif") else ()),
)  # fmt: skip
MAX_PIXELS = 400_000_000  # 1.2 GB of RGB; above it a picture is an attack or a mistake
PERCENTILES = (0.1, 99.9)  # of a deep picture's values, become black and white

NOTES: dict[str, str] = {
    # What the reader changed, for the status line.
    "turned": "turned upright by its EXIF orientation",
    "alpha": "transparency laid on white",
    "depth": "more than 8 bits a channel, mapped to 8 by percentiles",
    "cmyk": "CMYK converted to RGB",
    "first_page": "only the first of several pages or frames",
}

Image.MAX_IMAGE_PIXELS = None  # MAX_PIXELS guards instead, by an error and not a warning
# Generators of pictures keep their whole workflow in a PNG's text; the pixels are whole all the
# same. Pillow's 1 MB a text is a guard against a file that unpacks to gigabytes.
PngImagePlugin.MAX_TEXT_CHUNK = MAX_PIXELS
PngImagePlugin.MAX_TEXT_MEMORY = MAX_PIXELS

_SIDEWAYS = {
    # EXIF orientation -> how many quarter turns (anticlockwise), then mirrored or not.
    1: (0, False), 2: (0, True), 3: (2, False), 4: (2, True),
    5: (3, True), 6: (3, False), 7: (1, True), 8: (1, False),
}  # fmt: skip
_ORIENTATION, _BITS_PER_SAMPLE = 0x0112, 258


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as everything in the program sees it.

    Attributes:
        path: its file; None for one from the clipboard.
        pixels: (H, W, 3) uint8 RGB, right side up, C-contiguous.
        notes: keys of `NOTES`.
    """

    path: Path | None
    pixels: NDArray[np.uint8]
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(height, width)."""
        return self.pixels.shape[0], self.pixels.shape[1]


def read_picture(path: str | os.PathLike[str]) -> Picture:
    """Read a picture file.

    Raises:
        PictureError: the file is missing, a folder, empty, truncated, too
            large or no picture; the sentence says which.
    """
    path = Path(path)
    _check_file(path)
    if path.suffix.lower() in HEIF_SUFFIXES:
        _learn_heif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd EXIF blocks that we can do without
        try:
            with Image.open(path) as image:
                return _read(path, image)
        except UnidentifiedImageError:
            values = _decode(path)  # float colour, for one
            if values is None and path.suffix.lower() in HEIF_SUFFIXES and not _learn_heif():
                raise PictureError("picture.heif", path=path) from None
            if values is None:
                raise PictureError("picture.not_a_picture", path=path) from None
            return _deep_picture(path, values, notes=())
        except PictureError:
            raise
        except MemoryError as error:
            raise PictureError("picture.memory", path=path) from error
        except Exception as error:  # Pillow's decoders raise OSError, SyntaxError, struct.error ...
            raise PictureError("picture.broken", path=path) from error


def picture_from_pixels(pixels: NDArray[np.uint8]) -> Picture:
    """A picture that has no file: (H, W, 3) uint8 RGB, from the clipboard or a script."""
    return Picture(None, np.ascontiguousarray(pixels))


def list_pictures(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
) -> list[Path]:
    """The picture files among files and folders, folders in natural order.

    A folder stands for the pictures directly in it, by `SUFFIXES`, or, where it has none, as
    a data set's folder for those in `picture_folders_in`; a file named outright is kept
    whatever its suffix. Nothing is opened, so a folder of 10,000 costs one reading of its names.

    Raises:
        PictureError: a path is missing, or a folder holds no pictures.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            there = _pictures_in(path) or [
                picture for inner in picture_folders_in(path) for picture in _pictures_in(inner)
            ]
            if not there:
                raise PictureError("picture.none_in_folder", path=path)
            found.extend(there)
        elif path.exists():
            found.append(path)
        else:
            raise PictureError("file.missing", path=path)
    return found


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts `a2` before `a10`."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


@cache
def opencv() -> ModuleType:
    """OpenCV, quiet, and without the Qt plug-in path that its desktop build sets."""
    name = "QT_QPA_PLATFORM_PLUGIN_PATH"
    before = os.environ.get(name)
    import cv2

    if before is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = before
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2


def _pictures_in(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if entry.name.lower().endswith(SUFFIXES) and not entry.name.startswith(".")
            ]
    except OSError as error:
        raise PictureError("picture.unreadable", path=folder) from error
    return [folder / name for name in sorted(names, key=natural_key)]


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise PictureError("picture.folder", path=path)
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise PictureError("picture.empty", path=path)
    except FileNotFoundError as error:
        raise PictureError("file.missing", path=path) from error
    except (OSError, ValueError) as error:
        raise PictureError("picture.unreadable", path=path) from error


@cache
def _learn_heif() -> bool:
    """Teach Pillow HEIF, where its plug-in is installed."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        return False
    register_heif_opener()
    return True


def _read(path: Path, image: ImageFile.ImageFile) -> Picture:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise PictureError("picture.too_large", path=path, width=width, height=height)
    orientation = _orientation(image)
    notes = []
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":  # a phone's own previews
        notes.append("first_page")
    if orientation != 1:
        notes.append("turned")
    if _is_deep(path, image):
        if image.format == "PNG":
            image.load()  # refuses a truncated file before libpng complains on stderr
        # OpenCV turns a TIFF upright by itself, whatever its flags say.
        values = _decode(path)
        if values is not None:
            if image.format != "TIFF":
                values = _turned(values, orientation)
            return _deep_picture(path, values, notes=tuple(notes))
    image.load()  # a TIFF is turned upright by Pillow here
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        notes.append("depth")
        pixels = _stretch(np.asarray(upright))
        return Picture(path, np.ascontiguousarray(np.stack([pixels] * 3, -1)), tuple(notes))
    if upright.has_transparency_data:
        rgba = np.asarray(upright.convert("RGBA"))
        if (rgba[..., 3] < 255).any():
            notes.append("alpha")
        pixels = _on_white(rgba[..., :3], rgba[..., 3].astype(np.float32) / np.float32(255))
        return Picture(path, pixels, tuple(notes))
    if upright.mode == "CMYK":
        notes.append("cmyk")
    return Picture(path, np.array(upright.convert("RGB"), order="C"), tuple(notes))


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block must not cost the picture
        return 1
    return value if value in _SIDEWAYS else 1


def _is_deep(path: Path, image: Image.Image) -> bool:
    """More than 8 bits a channel, which Pillow cuts to 8 in colour and turns wrongly in grey."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return True
    if image.format == "PNG":
        with path.open("rb") as file:
            return file.read(25)[24:25] == b"\x10"
    if image.format == "TIFF":
        bits = image.tag_v2.get(_BITS_PER_SAMPLE, (8,))  # type: ignore[attr-defined]
        bits = bits if isinstance(bits, tuple) else (bits,)
        return len(bits) > 1 and max(bits) > 8
    if image.format == "PPM" and image.mode == "RGB":
        with path.open("rb") as file:
            header = re.match(rb"P6(?:\s+|#[^\n]*\n)+\d+\s+\d+\s+(\d+)\s", file.read(200))
        return header is not None and int(header[1]) > 255
    return False


def _decode(path: Path) -> NDArray[Any] | None:
    """What OpenCV makes of a file: (H, W) or (H, W, 2..4) BGR(A) of any type; None if nothing."""
    cv2 = opencv()
    try:
        # The bytes, not the name: OpenCV cannot open a Cyrillic name on Windows.
        values: NDArray[Any] | None = cv2.imdecode(
            pixels_only(np.fromfile(path, np.uint8)), cv2.IMREAD_UNCHANGED
        )
    except cv2.error:
        return None
    if values is None or values.size == 0:
        return None
    height, width = values.shape[:2]
    if height * width > MAX_PIXELS:
        raise PictureError("picture.too_large", path=path, width=width, height=height)
    return values


def _turned(values: NDArray[Any], orientation: int) -> NDArray[Any]:
    turns, mirrored = _SIDEWAYS[orientation]
    values = np.rot90(values, turns)
    return values[:, ::-1] if mirrored else values


def _deep_picture(path: Path, values: NDArray[Any], *, notes: tuple[str, ...]) -> Picture:
    colours, alpha = values, None
    if values.ndim == 3 and values.shape[2] in (2, 4):
        colours, alpha = values[..., :-1], values[..., -1]
    if values.dtype != np.uint8:
        notes += ("depth",)
        visible = None if alpha is None else alpha > 0
        colours = _stretch(colours, visible)
    colours = colours[..., None] if colours.ndim == 2 else colours
    rgb = np.repeat(colours, 3, -1) if colours.shape[2] == 1 else colours[..., 2::-1]
    if alpha is not None:
        full = np.iinfo(alpha.dtype).max if alpha.dtype.kind == "u" else 1.0
        opacity = np.clip(alpha.astype(np.float32) / full, 0, 1)
        if (opacity < 1).any():
            notes += ("alpha",)
        rgb = _on_white(rgb, opacity)
    return Picture(path, np.ascontiguousarray(rgb), notes)


def _on_white(rgb: NDArray[np.uint8], opacity: NDArray[np.float32]) -> NDArray[np.uint8]:
    cover = opacity[..., None]
    result: NDArray[np.uint8] = np.rint(rgb * cover + 255 * (1 - cover)).astype(np.uint8)
    return result


def _stretch(values: NDArray[Any], visible: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """Deep values to 0..255 between two percentiles of the finite, visible ones."""
    numbers = values.astype(np.float32)
    finite = np.isfinite(numbers)
    sample = numbers[finite if visible is None else finite & _like(visible, numbers)]
    if sample.size == 0:
        return np.zeros(values.shape, np.uint8)
    low, high = np.percentile(sample[:: max(1, sample.size // 4_000_000)], PERCENTILES)
    if high <= low:  # flat but for a few: keep what range there is
        low, high = float(sample.min()), float(sample.max())
    if high <= low:
        return np.full(values.shape, 128, np.uint8)
    scaled = np.nan_to_num((numbers - low) * (255 / (high - low)), nan=0, posinf=255, neginf=0)
    result: NDArray[np.uint8] = np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)
    return result


def _like(visible: NDArray[np.bool_], numbers: NDArray[Any]) -> NDArray[np.bool_]:
    if numbers.ndim > visible.ndim:
        visible = visible[..., None]
    return np.broadcast_to(visible, numbers.shape)
