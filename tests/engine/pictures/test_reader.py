"""The reader turns every kind of file into upright 8-bit RGB, or says why not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from numpy.typing import NDArray
from PIL import Image

from engine.errors import PictureError
from engine.pictures.reader import list_pictures, picture_from_pixels, read_picture

RED, BLUE = [255, 0, 0], [0, 0, 255]
# EXIF orientation -> what a camera held that way stores of an upright scene.
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}


@pytest.fixture
def scene() -> NDArray[np.uint8]:
    """(40, 60, 3): red in the top left corner, blue in the bottom right."""
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[:10, :20], pixels[30:, 40:] = RED, BLUE
    return pixels


def near(pixel: NDArray[np.uint8], wanted: list[int]) -> bool:
    return bool((abs(pixel.astype(int) - wanted) < 40).all())


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
    return block


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_picture_is_upright_whatever_its_exif_says(
    tmp_path: Path, scene: NDArray[np.uint8], orientation: int, suffix: str
) -> None:
    stored = np.ascontiguousarray(STORED[orientation](scene))
    Image.fromarray(stored).save(tmp_path / f"a.{suffix}", exif=exif(orientation))
    picture = read_picture(tmp_path / f"a.{suffix}")
    assert picture.size == (40, 60)
    assert near(picture.pixels[3, 3], RED) and near(picture.pixels[-3, -3], BLUE)
    assert ("turned" in picture.notes) == (orientation != 1)


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["16-bit rgb", "16-bit grey", "float grey", "float rgb"])
def test_deep_tiff_is_upright_and_says_that_it_was_mapped(
    tmp_path: Path, scene: NDArray[np.uint8], orientation: int, kind: str
) -> None:
    stored = np.ascontiguousarray(STORED[orientation](scene)).astype(np.float32)
    values = stored.astype(np.uint16) * 257 if "16-bit" in kind else stored / 255
    grey = "grey" in kind
    tifffile.imwrite(
        tmp_path / "a.tif",
        values[..., 0] if grey else values,
        photometric="minisblack" if grey else "rgb",
        extratags=[(274, "H", 1, orientation, True)],
    )
    picture = read_picture(tmp_path / "a.tif")
    assert picture.size == (40, 60)
    assert picture.pixels[3, 3].tolist() == ([255] * 3 if grey else RED)
    assert picture.pixels[-3, -3].tolist() == ([0] * 3 if grey else BLUE)
    assert "depth" in picture.notes


@pytest.mark.parametrize("orientation", STORED)
def test_deep_png_is_upright(tmp_path: Path, scene: NDArray[np.uint8], orientation: int) -> None:
    stored = np.ascontiguousarray(STORED[orientation](scene)[..., 0]).astype(np.uint16) * 257
    Image.fromarray(stored).save(tmp_path / "a.png", exif=exif(orientation))
    picture = read_picture(tmp_path / "a.png")
    assert picture.size == (40, 60)
    assert picture.pixels[3, 3].tolist() == [255] * 3


def test_deep_colour_keeps_its_channels_in_order(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    deep = scene[..., ::-1].astype(np.uint16) * 257
    for name in ("a.png", "a.ppm", "a.tif"):
        assert cv2.imwrite(str(tmp_path / name), deep)
        picture = read_picture(tmp_path / name)
        assert np.array_equal(picture.pixels, scene), name
        assert picture.notes == ("depth",)


def test_transparency_lies_on_white(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    rgba = np.dstack([scene, np.full(scene.shape[:2], 255, np.uint8)])
    rgba[:10, :20, 3] = 0
    image = Image.fromarray(rgba)
    image.save(tmp_path / "a.png")
    image.save(tmp_path / "a.tif")
    image.save(tmp_path / "a.gif")
    image.quantize().save(tmp_path / "palette.png")
    assert cv2.imwrite(str(tmp_path / "deep.png"), rgba[..., [2, 1, 0, 3]].astype(np.uint16) * 257)
    for path in tmp_path.iterdir():
        picture = read_picture(path)
        assert picture.pixels[3, 3].tolist() == [255] * 3, path.name
        assert near(picture.pixels[-3, -3], BLUE), path.name
        assert "alpha" in picture.notes


def test_half_transparent_mixes_with_white(tmp_path: Path) -> None:
    Image.fromarray(np.full((4, 4, 4), [0, 0, 0, 128], np.uint8)).save(tmp_path / "a.png")
    assert read_picture(tmp_path / "a.png").pixels[0, 0].tolist() == [127] * 3


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "YCbCr"])
def test_other_colour_modes_become_rgb(tmp_path: Path, scene: NDArray[np.uint8], mode: str) -> None:
    name = "a.jpg" if mode in ("CMYK", "YCbCr") else "a.png"
    Image.fromarray(scene).convert(mode).save(tmp_path / name)
    picture = read_picture(tmp_path / name)
    assert picture.pixels.shape == scene.shape and picture.pixels.flags.c_contiguous
    if mode in ("P", "CMYK", "YCbCr"):
        assert near(picture.pixels[3, 3], RED)
    assert ("cmyk" in picture.notes) == (mode == "CMYK")


def test_float_with_holes_is_mapped_from_its_finite_values(tmp_path: Path) -> None:
    values = np.linspace(-5, 5, 1600, dtype=np.float32).reshape(40, 40)
    values[0, 0], values[0, 1], values[0, 2] = np.nan, np.inf, -np.inf
    tifffile.imwrite(tmp_path / "a.tif", values)
    pixels = read_picture(tmp_path / "a.tif").pixels[..., 0]
    assert pixels[0, :3].tolist() == [0, 255, 0]
    assert pixels[1, 0] < pixels[20, 0] < pixels[39, 39] == 255


@pytest.mark.parametrize("shape", [(1, 1), (100, 20_000), (1, 300)])
def test_odd_sizes_are_read(tmp_path: Path, shape: tuple[int, int]) -> None:
    Image.fromarray(np.zeros((*shape, 3), np.uint8)).save(tmp_path / "a.png")
    assert read_picture(tmp_path / "a.png").size == shape


def test_names_may_hold_spaces_and_cyrillic(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    path = tmp_path / "моя картинка 1.png"
    Image.fromarray(scene).save(path)
    deep = tmp_path / "глубина 16.tif"
    tifffile.imwrite(deep, scene.astype(np.uint16) * 257, photometric="rgb")
    assert np.array_equal(read_picture(path).pixels, scene)
    assert np.array_equal(read_picture(deep).pixels, scene)


def test_first_of_several_pages_is_read_and_said(tmp_path: Path, scene: NDArray[np.uint8]) -> None:
    tifffile.imwrite(tmp_path / "a.tif", np.stack([scene] * 3), photometric="rgb")
    picture = read_picture(tmp_path / "a.tif")
    assert np.array_equal(picture.pixels, scene) and picture.notes == ("first_page",)


def cut(path: Path, keep: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])


def _text(path: Path) -> None:
    path.write_text("no picture at all", encoding="utf-8")


def _cut_png(path: Path) -> None:
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (90, 90, 3), np.uint8)).save(
        path, "PNG"
    )
    cut(path, 0.5)


def _cut_header(path: Path) -> None:
    _cut_png(path)
    path.write_bytes(path.read_bytes()[:20])


def _cut_jpeg(path: Path) -> None:
    Image.fromarray(np.zeros((90, 90, 3), np.uint8)).save(path, "JPEG")
    cut(path, 0.9)


def _cut_deep_png(path: Path) -> None:
    values = np.random.default_rng(0).integers(0, 65535, (90, 90, 3), np.uint16)
    path.write_bytes(cv2.imencode(".png", values)[1].tobytes())
    cut(path, 0.5)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_text, "picture.not_a_picture"),
        (Path.touch, "picture.empty"),
        (_cut_png, "picture.broken"),
        (_cut_header, "picture.broken"),
        (_cut_jpeg, "picture.broken"),
        (_cut_deep_png, "picture.broken"),
        (Path.mkdir, "picture.folder"),
        (lambda path: None, "file.missing"),
    ],
)
def test_bad_file_is_one_clear_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], make: Callable[[Path], None], code: str
) -> None:
    path = tmp_path / "плохой файл.jpg"
    make(path)
    with pytest.raises(PictureError) as raised:
        read_picture(path)
    assert raised.value.code == code
    assert str(path) in str(raised.value) and "\n" not in str(raised.value)
    assert capfd.readouterr() == ("", "")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize(
    "odd",
    [
        _chunk(b"iCCP", b"short\0\0" + zlib.compress(bytes(200))),
        2 * _chunk(b"gAMA", struct.pack(">I", 45455)),
        _chunk(b"tEXt", b"Comment\0words")[:-1] + b"!",
    ],
    ids=["profile", "twice", "checksum"],
)
def test_odd_chunks_of_a_deep_png_are_not_told_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], odd: bytes
) -> None:
    values = np.arange(20 * 30 * 3, dtype=np.uint16).reshape(20, 30, 3) * 36
    plain, other = tmp_path / "plain.png", tmp_path / "odd.png"
    cv2.imwrite(str(plain), values)
    content = plain.read_bytes()
    after_header = content.index(b"IHDR") + 21
    other.write_bytes(content[:after_header] + odd + content[after_header:])
    assert np.array_equal(read_picture(other).pixels, read_picture(plain).pixels)
    assert capfd.readouterr() == ("", "")


def test_too_many_pixels_are_refused_before_they_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.fromarray(np.zeros((50, 50, 3), np.uint8)).save(tmp_path / "a.png")
    monkeypatch.setattr("engine.pictures.reader.MAX_PIXELS", 2_000)
    with pytest.raises(PictureError, match="50 x 50"):
        read_picture(tmp_path / "a.png")


def test_folder_lists_its_pictures_in_natural_order(tmp_path: Path) -> None:
    for name in ("b10.png", "b2.PNG", "a.txt", ".hidden.jpg", "Б1.jpeg"):
        (tmp_path / name).touch()
    assert [path.name for path in list_pictures(tmp_path)] == ["b2.PNG", "b10.png", "Б1.jpeg"]
    named = tmp_path / "a.txt"
    assert list_pictures([named]) == [named]


@pytest.mark.parametrize(
    "names",
    [
        ("images/1.png", "images/2.png"),
        ("images/default/1.png",),
        ("images/train/1.png", "images/val/1.png"),
        ("JPEGImages/1.jpg",),
        ("train2017/1.jpg", "val2017/2.jpg"),
        ("test/1.jpg", "train/images/1.jpg", "valid/images/2.jpg"),
    ],
)
def test_the_folder_of_a_data_set_stands_for_its_pictures(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    for name in (*names, "labels/train/masks.png", "annotations/a.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert list_pictures(tmp_path) == [tmp_path / name for name in names]
    (tmp_path / "own.png").touch()
    assert list_pictures(tmp_path) == [tmp_path / "own.png"]


def test_folder_without_pictures_and_missing_path_are_said(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="no pictures"):
        list_pictures(tmp_path)
    with pytest.raises(PictureError, match="no such file"):
        list_pictures([tmp_path / "nothing.png"])


def test_pixels_from_the_clipboard_are_a_picture(scene: NDArray[np.uint8]) -> None:
    picture = picture_from_pixels(scene[:, ::-1])
    assert picture.path is None and picture.pixels.flags.c_contiguous
