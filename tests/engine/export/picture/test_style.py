"""The style of annotated pictures changes what it names and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import InputError
from engine.export.batch import BatchSpec
from engine.export.item import ExportItem
from engine.export.picture import svg
from engine.export.picture.draw import draw_item
from engine.export.picture.style import PALETTES, Style

GREY = 100  # the test picture's
MIDDLE = (45, 70)  # row, column: inside the person's mask, off every line
DOG = (45, 15)


def drawn(item: ExportItem, *layers: str, **style: Any) -> NDArray[np.uint8]:
    return draw_item(replace(item, layers=layers, style=Style(**style)))


@pytest.mark.parametrize("palette", PALETTES)
def test_masks_mix_the_palette_with_the_picture(item: ExportItem, palette: str) -> None:
    out = drawn(item, "masks", palette=palette, opacities=(("masks", 0.25),))
    colours = PALETTES[palette]
    for index, place in enumerate((MIDDLE, DOG)):
        colour = np.array(colours[index % len(colours)])
        assert np.abs(out[place] - (0.75 * GREY + 0.25 * colour)).max() <= 1


def test_a_colour_belongs_to_a_class_or_to_a_detection(item: ExportItem) -> None:
    solid = (("masks", 1.0),)
    by_class = drawn(item, "masks", by_class=True, opacities=solid)
    # Labels: the first detection is class 2, the second class 1.
    assert by_class[MIDDLE].tolist() == list(PALETTES["bright"][1])
    assert by_class[DOG].tolist() == list(PALETTES["bright"][0])


def test_contour_leaves_the_inside_and_fill_has_no_line(item: ExportItem) -> None:
    contour = drawn(item, "masks", mask="contour", line_width=1)
    assert contour[MIDDLE].tolist() == [GREY] * 3 and (contour != GREY).any()
    fill = drawn(item, "masks", mask="fill")
    seen = {tuple(colour) for colour in fill.reshape(-1, 3).tolist()}
    assert len(seen) == 3, "the ground and two mixtures"


def test_boxes_fade(item: ExportItem) -> None:
    solid = drawn(item, "boxes", label=()).astype(int)
    half = drawn(item, "boxes", label=(), opacities=(("boxes", 0.5),)).astype(int)
    assert np.abs(half - (solid + GREY) / 2).max() <= 1
    none = drawn(item, "boxes", label=(), opacities=(("boxes", 0.0),))
    assert (none == GREY).all()


def test_lines_have_the_width_asked_for(item: ExportItem) -> None:
    def covered(width: int) -> int:
        return int((drawn(item, "boxes", label=(), line_width=width) != GREY).any(-1).sum())

    assert covered(1) < covered(3) < covered(6)


def test_points_without_bones(item: ExportItem) -> None:
    points = drawn(item, "keypoints", skeleton=False)
    bones = drawn(item, "keypoints")
    between = (55, 79)  # from the left wrist to the left elbow
    assert (points[between] == GREY).all() and (bones[between] != GREY).any()
    assert (points[60, 80] == bones[60, 80]).all()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (("score", "number"), ["#1 0.90", "#2 0.62"]),
        (("class",), ["person", "dog"]),
        ((), []),
    ],
)
def test_svg_labels_say_what_was_chosen(
    tmp_path: Path, item: ExportItem, label: tuple[str, ...], words: list[str]
) -> None:
    style = Style(label=label, mask="contour", opacities=(("boxes", 0.5),), skeleton=False)
    svg.write(tmp_path / "a.svg", replace(item, style=style))
    space = {"s": svg.NAMESPACE}
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert [word.text for word in root.iterfind("s:g[@id='labels']/s:text", space)] == words
    boxes = root.find("s:g[@id='boxes']", space)
    assert boxes is not None and boxes.get("opacity") == "0.5"
    assert all(path.get("fill") == "none" for path in root.iterfind(".//s:path", space))
    assert root.find("s:g[@id='keypoints']/s:line", space) is None


def test_formats_that_write_one_file_exclude_each_other() -> None:
    with pytest.raises(InputError, match="yolo"):
        BatchSpec((), Path("out"), formats=("yolo", "png", "yolo-seg"))
