"""Each format is read back by what its users read it with."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rle
from pycocotools.coco import COCO

from engine.annotations import coco, labelme, voc, yolo
from engine.annotations.mask_encoding import bits
from engine.commands import detect as command
from engine.detection.detections import ModelFacts
from engine.errors import ExportError
from engine.export import csv_table
from engine.export.formats import DEFAULT_FORMATS, FORMATS, OneEach, writers
from engine.export.item import ExportItem
from engine.export.picture import draw, svg
from engine.export.picture.layers.registry import layer_names
from engine.pictures.reader import SUFFIXES
from tests.engine.export.conftest import HEIGHT, WIDTH

# Of formats that the page calls by name.
OTHER_SUFFIXES = {".dib", ".avifs", ".jp2", ".j2k", ".jpx", ".jpf", ".j2c", ".jpc", ".hdr"}
# pycocotools 2.0.11 decodes with an array protocol that NumPy 2 calls old.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def test_coco_is_read_by_pycocotools(
    tmp_path: Path, item: ExportItem, model: ModelFacts, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = coco.record(item)
    empty["annotations"] = []
    coco.write(tmp_path / "a.json", [empty, coco.record(item)], model)
    data = COCO(str(tmp_path / "a.json"))
    capsys.readouterr()
    assert [image["file_name"] for image in data.dataset["images"]] == ["снимок 1.jpg"] * 2
    assert data.getAnnIds(imgIds=[1]) == []
    person, dog = data.loadAnns(data.getAnnIds(imgIds=[2]))
    assert [data.cats[each["category_id"]]["name"] for each in (person, dog)] == ["person", "dog"]
    assert person["bbox"] == [50.25, 20.5, 39.75, 49.5] and dog["score"] == 0.625
    for index, annotation in enumerate((person, dog)):
        x0, y0, crop = bits(item.detections, index)
        whole = np.zeros((HEIGHT, WIDTH), np.uint8)
        whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
        assert isinstance(annotation["segmentation"]["counts"], str)
        assert np.array_equal(data.annToMask(annotation), whole)
        assert annotation["area"] == rle.area(annotation["segmentation"]) == whole.sum()
    assert person["keypoints"][:3] == [70, 40, 2] and person["num_keypoints"] == 5
    assert "keypoints" not in dog, "a dog has no such points"
    named = data.cats[2]
    assert named["keypoints"][0] == "nose" and [1, 2] in named["skeleton"]


def test_labelme_shapes_are_grouped_by_detection(tmp_path: Path, item: ExportItem) -> None:
    labelme.write(tmp_path / "a.json", item)
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert told["imagePath"] == "снимок 1.jpg" and told["imageData"] is None
    assert (told["imageHeight"], told["imageWidth"]) == (HEIGHT, WIDTH)
    kinds = [(shape["label"], shape["shape_type"], shape["group_id"]) for shape in told["shapes"]]
    assert kinds[0] == ("person", "polygon", 0) and ("nose", "point", 0) in kinds
    assert kinds[-1] == ("dog", "polygon", 1)


def test_yolo_lines_are_parts_of_the_sides(tmp_path: Path, item: ExportItem) -> None:
    yolo.write(tmp_path / "a.txt", item)
    rows = np.loadtxt(tmp_path / "a.txt")
    assert rows[:, 0].tolist() == [1, 0]
    x, y, w, h = (rows[:, 1:] * [WIDTH, HEIGHT, WIDTH, HEIGHT]).T
    boxes = np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], 1)
    assert np.allclose(boxes, item.detections.boxes, atol=1e-3)


def test_voc_counts_whole_pixels_from_one(tmp_path: Path, item: ExportItem) -> None:
    voc.write(tmp_path / "a.xml", item)
    root = ElementTree.parse(tmp_path / "a.xml").getroot()
    assert root.findtext("filename") == "снимок 1.jpg"
    assert (root.findtext("size/width"), root.findtext("size/height")) == ("120", "90")
    corners = [[int(corner.text or 0) for corner in box] for box in root.iter("bndbox")]
    assert corners == [[51, 21, 90, 70], [1, 1, 31, 90]]


def test_table_has_a_row_a_detection(tmp_path: Path, item: ExportItem, model: ModelFacts) -> None:
    csv_table.write(tmp_path / "a.csv", [csv_table.record(item)] * 2, model)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["class"] for row in rows] == ["person", "dog"] * 2
    assert float(rows[0]["x0"]) == 50.25 and int(rows[1]["mask_area"]) > 2000


def test_svg_embeds_the_picture_and_keeps_vectors(tmp_path: Path, item: ExportItem) -> None:
    svg.write(tmp_path / "a.svg", item)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    space = {"s": svg.NAMESPACE}
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    image = root.find("s:image", space)
    assert image is not None and str(image.get("href")).startswith("data:image/png;base64,")
    assert len(root.findall("s:g[@id='boxes']/s:rect", space)) == 2
    assert len(root.findall("s:g[@id='masks']/s:path", space)) == 2
    assert len(root.findall("s:g[@id='keypoints']/s:circle", space)) == 5
    words = [word.text for word in root.findall("s:g[@id='labels']/s:text", space)]
    assert words == ["person 0.90", "dog 0.62"]


def test_picture_is_drawn_inside_the_boxes_only(item: ExportItem) -> None:
    drawn = draw.draw(item.pixels, item.detections, layers=("masks",))
    changed = (drawn != item.pixels).any(-1)
    assert changed[45, 70] and changed[10, 10]
    assert not changed[:, 92:].any() and not changed[:18, 33:].any()
    assert (item.pixels == 100).all(), "the picture itself is left as it is"


def test_box_on_the_edge_and_its_plate_are_seen(item: ExportItem) -> None:
    drawn = draw.draw(item.pixels, item.detections, layers=("boxes",))
    changed = (drawn != item.pixels).any(-1)
    assert changed[:, 0].mean() > 0.9 and changed[-1, :30].mean() > 0.9
    assert changed[:12, :40].mean() > 0.4, "no plate in the top left corner"


def test_skeleton_is_drawn_in_the_colours_of_its_sides(item: ExportItem) -> None:
    drawn = draw.draw(item.pixels, item.detections, layers=("keypoints",))
    assert drawn[60, 80].tolist() == [86, 180, 233]
    assert drawn[35, 65].tolist() == [230, 159, 0]
    assert (drawn[:, :30] == 100).all(), "a dog has no such points"


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("картинка.jpg", "JPEG")])
def test_pictures_are_written_at_full_size(
    tmp_path: Path, item: ExportItem, name: str, kind: str
) -> None:
    write = draw.write_png if kind == "PNG" else draw.write_jpg
    write(tmp_path / name, item)
    with Image.open(tmp_path / name) as image:
        assert (image.format, image.size) == (kind, (WIDTH, HEIGHT))
        red, _, blue = np.asarray(image.convert("RGB"))[45, 70].astype(int)
    assert blue > red, "the first colour is blue"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_tiny_picture_is_drawn_without_words(item: ExportItem) -> None:
    from dataclasses import replace

    small = replace(
        item.detections,
        picture_size=(1, 1),
        boxes=np.array([[0, 0, 1, 1], [0, 0, 0, 0]], np.float32),
    )
    drawn = draw.draw(np.zeros((1, 1, 3), np.uint8), small)
    assert drawn.shape == (1, 1, 3)


def test_what_a_format_cannot_hold_is_said(tmp_path: Path) -> None:
    long = np.zeros((1, 70_000, 3), np.uint8)
    with pytest.raises(ExportError, match=r"long\.jpg"):
        draw.write(tmp_path / "long.jpg", long, suffix=".jpg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", writers())
def test_place_that_cannot_be_written_is_named(
    tmp_path: Path, item: ExportItem, model: ModelFacts, name: str
) -> None:
    form, missing = writers()[name], tmp_path / "missing" / "file"
    if name == "npz":
        with pytest.raises(ValueError, match="trace"):
            form.write(missing, item)
        return
    with pytest.raises(ExportError, match="missing"):
        if isinstance(form, OneEach):
            form.write(missing, item)
        else:
            form.write(missing, [form.record(item)], model)


def test_help_names_every_format_and_layer() -> None:
    told = " ".join(str(getattr(option, "help", "")) for option in command.detect.params)
    for name in (*writers(), *layer_names()):
        assert name in told, name
    assert {option.name: option.default for option in command.detect.params}["formats"] == (
        ",".join(DEFAULT_FORMATS)
    )


def test_the_pages_of_files_name_every_format_and_suffix() -> None:
    docs = Path(__file__).parents[3] / ".github"
    written = (docs / "FILES_WRITTEN.md").read_text(encoding="utf-8")
    for name in writers():
        assert f"`{name}`" in written, name
    read = (docs / "FILES_READ.md").read_text(encoding="utf-8")
    pictures = read.partition("## Ground truth")[0]
    for suffix in SUFFIXES:
        known = suffix[1:] in pictures.lower() or suffix in OTHER_SUFFIXES
        assert known, suffix
    for name, form in FORMATS.items():
        assert form.reader is None or form.reader.title in read, name
