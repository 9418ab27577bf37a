"""What is written is read again as it was: every format, whatever was found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy import ndimage

from engine.annotations import labelme, yolo
from engine.annotations.coco_file import read_file_steps
from engine.annotations.files import PictureHead
from engine.annotations.ground_truth import TruthObject
from engine.annotations.json_stream import finish
from engine.annotations.mask_encoding import (
    bits,
    decode_outline,
    encode_outline,
    polygons,
    simplified,
)
from engine.detection.detections import Detections, ModelFacts
from engine.errors import ExportError
from engine.export.formats import FORMATS, OneEach, prepare
from engine.export.item import ExportItem

# pycocotools 2.0.11 decodes with an array protocol that NumPy 2 calls old.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

HEIGHT, WIDTH = 40, 56
CLASSES = ("dog", "человек: 'стоя' #1", "2")
MODEL = ModelFacts("m", "M", CLASSES, ("nose", "tail"), True, True, CLASSES[:1])
FOUND = st.lists(
    st.tuples(
        st.integers(0, WIDTH - 1),
        st.integers(0, HEIGHT - 1),
        st.integers(1, WIDTH),
        st.integers(1, HEIGHT),
        st.sampled_from([0.0, 0.25, 0.5]),
        st.integers(1, len(CLASSES)),
        # Blocks of an outline: several parts, holes, or a single one.
        arrays.arrays(bool, st.sampled_from([(1, 1), (2, 2), (4, 4), (7, 7), (14, 14)])),
    ),
    max_size=4,
)


def detections_of(
    found: list[tuple[int, int, int, int, float, int, NDArray[np.bool_]]],
) -> Detections:
    """Boxes that may touch the border or be a pixel, with masks of blocks."""
    boxes = [
        [x + part, y + part, min(x + w, WIDTH), min(y + h, HEIGHT)] if min(w, h) > 1
        else [x, y, x + 1, y + 1]
        for x, y, w, h, part, *_ in found
    ]  # fmt: skip
    probs = [np.kron(blocks, np.ones((28 // len(blocks),) * 2)) for *_, blocks in found]
    count = len(found)
    points = np.ones((count, 2, 3), np.float32)
    points[:, :, :2] = np.array([[3.5, 4.25], [WIDTH - 1, 0]], np.float32)
    return Detections(
        model=MODEL,
        picture_size=(HEIGHT, WIDTH),
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        labels=np.array([label for *_, label, _ in found], np.int64),
        scores=np.linspace(0.9, 0.6, count, dtype=np.float32),
        pairs=tuple((place, 1) for place in range(count)),
        ready=np.ones(count, bool),
        mask_probs=np.array(probs, np.float32).reshape(-1, 28, 28),
        keypoints=points,
    )


@contextmanager
def written(name: str, item: ExportItem) -> Iterator[Path]:
    """The file that a format writes, and what lies beside it."""
    with TemporaryDirectory() as folder:
        form = FORMATS[name].writer
        assert form is not None
        if isinstance(form, OneEach):
            form.write(path := Path(folder) / f"a{form.suffix}", item)
        else:
            form.write(path := Path(folder) / form.file_name, [form.record(item)], MODEL)
        prepare(Path(folder), [name], MODEL)
        yield path


def read_again(name: str, detections: Detections) -> list[TruthObject]:
    """The objects that a reader finds in what a format wrote; nothing is left out."""
    reader = {"coco-polygons": "coco", "yolo-seg": "yolo"}.get(name, name)
    form = FORMATS[reader].reader
    assert form is not None
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    with written(name, ExportItem("a.png", pixels, detections)) as path:
        assert form.looks_like(path)
        (entry,) = form.read(path).entries
        truth = entry.read(PictureHead((HEIGHT, WIDTH)))
    assert not truth.left_out
    return list(truth.objects)


def whole_mask(detections: Detections, index: int) -> NDArray[np.bool_]:
    """(H, W): what is inside."""
    x0, y0, crop = bits(detections, index)
    whole = np.zeros((HEIGHT, WIDTH), bool)
    whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
    return whole


def mask_of(truth: TruthObject) -> NDArray[np.bool_]:
    """What a read object covers, as pycocotools draws it."""
    encoded = encode_outline(truth.run_lengths or truth.polygons, HEIGHT, WIDTH)
    assert encoded is not None
    return decode_outline(encoded).astype(bool)


@pytest.mark.parametrize("name", ["coco", "coco-polygons", "labelme", "yolo", "yolo-seg", "voc"])
@given(found=FOUND)
@settings(max_examples=40, deadline=None)
def test_objects_are_read_as_they_were_found(name: str, found: list[tuple]) -> None:  # type: ignore[type-arg]
    detections = detections_of(found)
    objects = read_again(name, detections)
    assert [each.name for each in objects] == list(detections.names)
    for index, truth in enumerate(objects):
        box = detections.boxes[index]
        mask = whole_mask(detections, index)
        if name in ("labelme", "yolo-seg") and polygons(*bits(detections, index)):
            # The box around the outline, which runs along the pixels' centres.
            rows, columns = np.nonzero(mask)
            tight = [columns.min(), rows.min(), columns.max(), rows.max()]
            assert np.abs(truth.box - tight).max() <= (0.501 if name == "labelme" else 1e-3)
        else:
            assert np.abs(truth.box - box).max() <= (1 if name == "voc" else 1e-3)
        if name == "coco":
            assert np.array_equal(mask_of(truth), mask) and truth.area == (mask.sum() or truth.area)
        elif name == "coco-polygons" and mask.any():
            assert np.array_equal(mask_of(truth), ndimage.binary_fill_holes(mask))


@given(found=FOUND)
@settings(max_examples=40, deadline=None)
def test_keypoints_of_coco_are_read_as_they_were_found(found: list[tuple]) -> None:  # type: ignore[type-arg]
    detections = detections_of(found)
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    with written("coco", ExportItem("a.png", pixels, detections)) as path:
        content = finish(read_file_steps(path))
    objects, _ = content.objects_of(content.images[0])
    for each, label in zip(objects, detections.labels, strict=True):
        wanted = (3.5, 4.25, 2, WIDTH - 1, 0, 2) if label == 1 else ()
        assert each.keypoints == wanted and each.scored


@given(blocks=arrays.arrays(bool, st.tuples(st.integers(1, 12), st.integers(1, 12))))
@settings(max_examples=150, deadline=None)
def test_outlines_for_labelme_stay_within_half_a_pixel(blocks: NDArray[np.bool_]) -> None:
    crop = np.kron(blocks, np.ones((3, 2), bool))
    for outline in polygons(2, 3, crop):
        fewer = simplified(outline)
        assert 3 <= len(fewer) <= len(outline)
        ends = np.roll(fewer, -1, axis=0)
        for point in outline:
            along = ((point - fewer) * (ends - fewer)).sum(1) / ((ends - fewer) ** 2).sum(1)
            nearest = fewer + np.clip(along, 0, 1)[:, None] * (ends - fewer)
            assert np.hypot(*(nearest - point).T).min() <= 0.5 + 1e-4


def test_a_round_mask_has_few_points_in_labelme() -> None:
    rows, columns = np.mgrid[:28, :28]
    disc = ((rows - 13.5) ** 2 + (columns - 13.5) ** 2 <= 150).astype(np.float32)
    size = (600, 800)
    detections = replace(
        detections_of([(0, 0, 1, 1, 0.0, 1, np.ones((1, 1), bool))]),
        picture_size=size,
        boxes=np.array([[100, 50, 700, 550]], np.float32),
        mask_probs=disc[None],
    )
    (outline,) = read_labelme_outlines(detections, size)
    x0, y0, crop = bits(detections, 0)
    drawn = Image.new("1", size[::-1])
    ImageDraw.Draw(drawn).polygon([tuple(point) for point in outline], outline=1, fill=1)
    whole = np.zeros(size, bool)
    whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
    assert (np.asarray(drawn) ^ whole).sum() < 0.002 * whole.sum()
    (before,) = polygons(x0, y0, crop)
    assert len(outline) < len(before) / 2


def read_labelme_outlines(
    detections: Detections, size: tuple[int, int]
) -> tuple[NDArray[np.float32], ...]:
    form = FORMATS["labelme"].reader
    assert form is not None
    pixels = np.zeros((*size, 3), np.uint8)
    with written("labelme", ExportItem("a.png", pixels, detections)) as path:
        (entry,) = form.read(path).entries
        (truth,) = entry.read(PictureHead(size)).objects
    return truth.polygons


def test_labelme_names_the_source_whatever_lies_beside(tmp_path: Path) -> None:
    detections = detections_of([])
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "out").mkdir()
    source = tmp_path / "pictures" / "a.jpg"
    for file in (source, tmp_path / "out" / "a.jpg", tmp_path / "pictures" / "a-annotated.jpg"):
        Image.fromarray(pixels).save(file)
    item = ExportItem("a.jpg", pixels, detections, source=source)
    for folder, wanted in (("out", "../pictures/a.jpg"), ("pictures", "a.jpg")):
        labelme.write(file := tmp_path / folder / "a.json", item)
        (entry,) = labelme.read_labelme(file).entries
        assert entry.name == wanted
        assert (file.parent / entry.name).resolve() == source


@pytest.mark.parametrize("name", ["classes.txt", "data.yaml"])
def test_classes_beside_yolo_are_read_from_either_file(tmp_path: Path, name: str) -> None:
    odd = ("a\nb", "", "#1: 'x'", 'say "no"', "naïve\udce9", "back\\slash", " 3 ")
    model = replace(MODEL, classes=odd, keypoint_classes=())
    yolo.write_names(tmp_path, model)
    (other,) = {*yolo.BESIDE} - {name}
    (tmp_path / other).unlink()
    (tmp_path / "a.txt").write_text("".join(f"{n} .5 .5 .2 .2\n" for n in range(len(odd))))
    (entry,) = yolo.read_yolo(tmp_path / "a.txt").entries
    names = [each.name for each in entry.read(PictureHead((HEIGHT, WIDTH))).objects]
    wanted = ["a b", "class 2", "#1: 'x'", 'say "no"', "naïve\\udce9", "back\\slash", "3"]
    assert names == wanted


@pytest.mark.parametrize("name", yolo.NAME_FILES)
def test_classes_beside_yolo_are_left_or_refused_but_never_replaced(
    tmp_path: Path, name: str
) -> None:
    lines = "\ufeffdog\r\nчеловек: 'стоя' #1\r\n2\r\n"
    data = "path: ..\ntrain: images\nnames: [dog, \"человек: 'стоя' #1\", '2']\n"
    told = data if name.endswith(".yaml") else lines
    (tmp_path / name).write_text(told, encoding="utf-8", newline="")
    with pytest.raises(ExportError, match=rf"{name} names other classes"):
        prepare(tmp_path, ["yolo-seg"], replace(MODEL, classes=("cat",)))
    assert [each.name for each in tmp_path.iterdir()] == [name], "the data set means what it did"
    prepare(tmp_path, ["yolo"], MODEL)
    assert {each.name for each in tmp_path.iterdir()} == {name, *yolo.BESIDE}
    assert (tmp_path / name).read_bytes() == told.encode()
