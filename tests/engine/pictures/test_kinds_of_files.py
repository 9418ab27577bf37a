"""Pictures as others make them: every suffix of the table, every kind of pixels, odd extras."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from engine.annotations import layouts
from engine.errors import PictureError
from engine.pictures import reader
from engine.pictures.reader import (
    HEIF_SUFFIXES,
    MAX_PIXELS,
    SUFFIXES,
    list_pictures,
    read_picture,
)
from engine.pictures.thumbnails import peek_size, read_thumbnail

SIZE = (40, 60)
# What writes each of the suffixes: a format of Pillow's, or OpenCV by the suffix itself.
FORMATS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".jif": "JPEG",
    ".mpo": "MPO", ".png": "PNG", ".apng": "PNG", ".tif": "TIFF", ".tiff": "TIFF",
    ".bmp": "BMP", ".dib": "DIB", ".webp": "WEBP", ".gif": "GIF", ".avif": "AVIF",
    ".avifs": "AVIF", ".jp2": "JPEG2000", ".j2k": "JPEG2000", ".jpx": "JPEG2000",
    ".jpf": "JPEG2000", ".j2c": "JPEG2000", ".jpc": "JPEG2000", ".ppm": "PPM", ".pgm": "PPM",
    ".pbm": "PPM", ".pnm": "PPM", ".tga": "TGA", ".qoi": "QOI", ".pcx": "PCX",
}  # fmt: skip
BY_OPENCV = (".pfm", ".hdr")


@pytest.fixture
def scene() -> NDArray[np.uint8]:
    """(40, 60, 3) uint8 RGB: red above, blue below."""
    pixels = np.zeros((*SIZE, 3), np.uint8)
    pixels[:20], pixels[20:] = (255, 0, 0), (0, 0, 255)
    return pixels


def write(path: Path, scene: NDArray[np.uint8]) -> None:
    if path.suffix in BY_OPENCV:
        assert cv2.imwrite(str(path), scene[..., ::-1].astype(np.float32) / 255)
    else:
        Image.fromarray(scene).save(path, FORMATS[path.suffix])


def test_every_suffix_that_is_listed_can_be_read(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    wanted = [suffix for suffix in SUFFIXES if suffix not in HEIF_SUFFIXES]
    assert sorted(wanted) == sorted([*FORMATS, *BY_OPENCV])
    for suffix in wanted:
        path = tmp_path / f"a{suffix}"
        write(path, scene)
        picture = read_picture(path)
        assert picture.size == SIZE, suffix
        assert abs(picture.pixels[3, 3].astype(int) - (255, 0, 0)).max() < 40, suffix
        assert abs(picture.pixels[-3, -3].astype(int) - (0, 0, 255)).max() < 40, suffix
        assert read_thumbnail(path, (30, 30)).shape == (20, 30, 3)


def test_a_folder_lists_every_suffix(tmp_path: Path) -> None:
    names = [f"{number:02}{suffix}" for number, suffix in enumerate(SUFFIXES)]
    names += [f"x{number:02}{suffix.upper()}" for number, suffix in enumerate(SUFFIXES)]
    for name in (*names, "notes.txt", "weights.pth"):
        (tmp_path / name).touch()
    assert [path.name for path in list_pictures(tmp_path)] == names


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_ground_truth_looks_for_every_suffix(tmp_path: Path, suffix: str) -> None:
    """A LabelMe or YOLO file's picture, whatever it ends in."""
    assert layouts.SUFFIXES is SUFFIXES
    (tmp_path / f"a{suffix}").touch()
    assert layouts.picture_named(tmp_path / "a.txt") == tmp_path / f"a{suffix}"


def test_heif_is_read_where_the_plug_in_is(
    tmp_path: Path, scene: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "phone.HEIC"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    reader._learn_heif.cache_clear()
    with pytest.raises(PictureError, match=r"phone\.HEIC.*pip install pillow-heif"):
        read_picture(path)

    def register() -> None:
        accept: Any = lambda start: start[4:12] == b"ftypheic"  # noqa: E731
        Image.register_open("HEIF", opened, accept)

    def opened(file: object, name: object) -> Image.Image:
        return Image.fromarray(scene)

    plug_in = SimpleNamespace(register_heif_opener=register)
    monkeypatch.setitem(sys.modules, "pillow_heif", plug_in)
    reader._learn_heif.cache_clear()
    try:
        assert np.array_equal(read_picture(path).pixels, scene)
    finally:
        reader._learn_heif.cache_clear()
        if "HEIF" in Image.ID:
            Image.ID.remove("HEIF")
            del Image.OPEN["HEIF"]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("kind", ["tEXt", "iTXt"])
@pytest.mark.parametrize("after", [False, True])
def test_a_png_with_megabytes_of_text(
    tmp_path: Path, scene: NDArray[np.uint8], compressed: bool, kind: str, after: bool
) -> None:
    text = PngImagePlugin.PngInfo()
    if kind == "tEXt":
        text.add_text("workflow", "node " * 900_000, zip=compressed)
    else:
        text.add_itxt("workflow", "узел " * 900_000, zip=compressed)
    text.add_text("prompt", "word " * 400_000)
    file = BytesIO()
    Image.fromarray(scene).save(file, "PNG", pnginfo=text)
    data = file.getvalue()
    if after:  # the pixels' chunk goes before the texts
        start, end = data.index(b"IDAT") - 4, data.index(b"IEND") - 4
        data = data[:33] + data[start:end] + data[33:start] + data[end:]
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert np.array_equal(read_picture(path).pixels, scene)
    assert peek_size(path) == SIZE[::-1] and read_thumbnail(path, (30, 30)).shape == (20, 30, 3)
    path.write_bytes(data[:-400_000] if not after else data[:60])  # a cut one is still refused
    with pytest.raises(PictureError):
        read_picture(path)


def test_the_limits_of_text_are_the_programs_own() -> None:
    assert MAX_PIXELS == PngImagePlugin.MAX_TEXT_CHUNK == PngImagePlugin.MAX_TEXT_MEMORY


@pytest.mark.parametrize("suffix", ["webp", "gif", "png", "tif", "avif"])
def test_the_first_frame_of_an_animation_is_read_and_said(
    tmp_path: Path, scene: NDArray[np.uint8], suffix: str
) -> None:
    others = [Image.fromarray(255 - scene), Image.fromarray(scene // 2)]
    path = tmp_path / f"a.{suffix}"
    settings: dict[str, Any] = {"lossless": True} if suffix == "webp" else {}
    Image.fromarray(scene).save(path, save_all=True, append_images=others, **settings)
    picture = read_picture(path)
    assert abs(picture.pixels[3, 3].astype(int) - (255, 0, 0)).max() < 20
    assert "first_page" in picture.notes


@pytest.mark.parametrize("size", [(1, 5000), (5000, 1), (1, 1), (2, 3)])
@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "bmp", "webp", "avif"])
def test_thin_pictures(tmp_path: Path, size: tuple[int, int], suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", size, (200, 10, 10)).save(path)
    assert read_picture(path).size == size[::-1]
    assert min(read_thumbnail(path, (90, 60)).shape[:2]) >= 1


MODES = {
    "1": ("png", "tif", "bmp"), "L": ("png", "jpg", "tif", "webp"), "LA": ("png", "webp"),
    "P": ("png", "gif", "bmp", "tif"), "PA": ("tif",), "RGB": ("png", "jpg", "avif"),
    "RGBA": ("png", "webp", "tif", "avif"), "CMYK": ("jpg", "tif"), "YCbCr": ("jpg", "tif"),
    "LAB": ("tif",), "I;16": ("png", "tif"), "I": ("tif",), "F": ("tif",),
}  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_pixels(tmp_path: Path, scene: NDArray[np.uint8], mode: str) -> None:
    image = Image.fromarray(scene)
    if mode == "PA":
        image = image.convert("P").convert("PA")
    elif mode == "LAB":
        image = Image.merge("LAB", image.split())
    elif mode == "I;16":
        image = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)
    else:
        image = image.convert(mode)
    for suffix in MODES[mode]:
        image.save(tmp_path / f"a.{suffix}")
        picture = read_picture(tmp_path / f"a.{suffix}")
        assert picture.size == SIZE and picture.pixels.dtype == np.uint8, suffix
        upper, lower = picture.pixels[:19].mean((0, 1)), picture.pixels[21:].mean((0, 1))
        assert abs(upper - lower).max() > 5, suffix


@pytest.mark.parametrize("opacity", [bytes([0, 255]), 0])
def test_a_palette_with_transparent_colours(tmp_path: Path, opacity: bytes | int) -> None:
    image = Image.new("P", (6, 4), 1)
    image.putpalette([9, 9, 9, 0, 0, 255])
    image.paste(0, (0, 0, 3, 4))
    image.save(tmp_path / "a.png", transparency=opacity)
    picture = read_picture(tmp_path / "a.png")
    assert picture.pixels[0, 0].tolist() == [255] * 3 and "alpha" in picture.notes
    assert picture.pixels[0, 5].tolist() == [0, 0, 255]
