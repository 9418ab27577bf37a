"""Small valid files of each format, and how they are damaged: values, order, encoding, ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

from hypothesis import strategies as st

HEIGHT, WIDTH = 40, 60
ROOM = 4096  # characters in front, so that no key is among the first

NASTY: tuple[Any, ...] = (
    None, True, False, "", " ", "7", "7.0", "1e999", "-3", "кот", "\ud83d", "a\0b", "a\\b",
    "../a.png", 0, -1, 1, 2.0, 3.5, 1e7, 1e9, -1e9, 1e308, float("nan"), float("inf"),
    -float("inf"), 10**40, -(10**400), [], {}, [[]], [None], ["x"], [1, 2], [float("nan")] * 4,
    [1e9] * 6, {"size": [HEIGHT, WIDTH], "counts": "x"}, [[1, 1, 2, 2, 3]], [{}], "x" * 500,
    {"size": [HEIGHT, WIDTH], "counts": [1, -1, 9]}, {"counts": []},
    {"size": [10**9, 10**9], "counts": [10**18]},
)  # fmt: skip


def coco() -> dict[str, Any]:
    """Two objects with polygons and run lengths, keypoints, a crowd."""
    square = [10, 5, 30, 5, 30, 25, 10, 25]
    runs = {"size": [HEIGHT, WIDTH], "counts": [5, 20, HEIGHT * WIDTH - 25]}
    return {
        "info": {"year": 2024},
        "images": [
            {"id": 1, "file_name": "a.png", "height": HEIGHT, "width": WIDTH},
            {"id": 2, "file_name": "b.png", "height": HEIGHT, "width": WIDTH},
        ],
        "categories": [{"id": 2, "name": "cat", "keypoints": ["nose", "tail"]}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 2, "bbox": [10, 5, 20, 20], "area": 400,
             "iscrowd": 0, "segmentation": [square], "keypoints": [12, 6, 2, 0, 0, 0]},
            {"id": 2, "image_id": 1, "category_id": 2, "bbox": [0, 5, 1, 20], "area": 20,
             "iscrowd": 1, "segmentation": runs},
        ],
    }  # fmt: skip


def labelme() -> dict[str, Any]:
    """A polygon, a rectangle, a circle and a point of one group."""
    return {
        "version": "5.5.0",
        "flags": {},
        "shapes": [
            {"label": "cat", "points": [[1, 1], [9, 1], [9, 9]], "group_id": 1,
             "shape_type": "polygon"},
            {"label": "dog", "points": [[20, 2], [30, 9]], "group_id": None,
             "shape_type": "rectangle"},
            {"label": "sun", "points": [[40, 20], [45, 20]], "shape_type": "circle"},
            {"label": "nose", "points": [[4, 5]], "group_id": 1, "shape_type": "point"},
            {"label": "m", "points": [[2, 3], [9, 9]], "shape_type": "mask", "mask": "AAAA"},
        ],
        "imagePath": "a.png",
        "imageData": None,
        "imageHeight": HEIGHT,
        "imageWidth": WIDTH,
    }  # fmt: skip


VOC = f"""<annotation><folder>x</folder><filename>a.png</filename>
<size><width>{WIDTH}</width><height>{HEIGHT}</height><depth>3</depth></size>
<object><name>cat</name><difficult>0</difficult>
<bndbox><xmin>3</xmin><ymin>7</ymin><xmax>38</xmax><ymax>30</ymax></bndbox></object>
<object><name>dog</name>
<robndbox><cx>20</cx><cy>10</cy><w>8</w><h>4</h><angle>0.5</angle></robndbox></object>
<object><name>sun</name>
<polygon><x1>1</x1><y1>1</y1><x2>9</x2><y2>1</y2><x3>5</x3><y3>9</y3></polygon></object>
</annotation>"""

YOLO = (
    "0 0.5 0.5 0.25 0.5\n"
    "1 0 0 0.5 0 0.5 0.5 0 0.5\n"
    "0 0.5 0.5 0.4 0.4 0.4 0.5 2 0.6 0.5 1 0.5 0.6 0\n"
)
YAML = "path: .\nnames:\n  0: cat\n  1: dog\nkpt_shape: [3, 3]\n"


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything in a JSON value."""
    items: Any = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


@st.composite
def damaged_json(draw: st.DrawFn, content: dict[str, Any]) -> bytes:
    """The content with one to three places dropped, retyped or doubled, in any order of keys."""
    content = deepcopy(content)
    for _ in range(draw(st.integers(1, 3))):
        every = list(places(content))
        if not every:
            break
        *way, key = draw(st.sampled_from(every))
        owner: Any = content
        for step in way:
            owner = owner[step]
        action = draw(st.sampled_from(["drop", "retype", "retype", "double"]))
        if action == "drop":
            del owner[key]
        elif action == "double" and isinstance(owner, list):
            owner.append(deepcopy(owner[key]))
        else:
            owner[key] = deepcopy(draw(st.sampled_from(NASTY)))
    order = draw(st.permutations(list(content)))
    content = {key: content[key] for key in order}
    if draw(st.booleans()):
        content = {"remark": "x" * ROOM, **content}
    return draw(encoded(json.dumps(content, ensure_ascii=draw(st.booleans()))))


@st.composite
def damaged_xml(draw: st.DrawFn) -> bytes:
    """The VOC file with one to three elements dropped, renamed or given another text."""
    root = ElementTree.fromstring(VOC)
    for _ in range(draw(st.integers(1, 3))):
        parents = [each for each in root.iter() if len(each)]
        if not parents:
            break
        parent = draw(st.sampled_from(parents))
        child = draw(st.sampled_from(list(parent)))
        action = draw(st.sampled_from(["drop", "text", "text", "tag", "double"]))
        if action == "drop":
            parent.remove(child)
        elif action == "double":
            parent.append(deepcopy(child))
        elif action == "tag":
            child.tag = draw(st.sampled_from(["bndbox", "polygon", "robndbox", "other", "object"]))
        else:
            values = [each for each in NASTY if isinstance(each, str | int | float)]
            child.text = str(draw(st.sampled_from(values)))[:600].replace("\0", "0")
            child.text = child.text.encode("utf-8", "replace").decode()
    text = ElementTree.tostring(root, encoding="unicode")
    name = draw(st.sampled_from(["", "utf-8", "gbk", "latin-1", "utf-16", "klingon", "rot13"]))
    return draw(encoded(f'<?xml version="1.0" encoding="{name}"?>{text}' if name else text))


@st.composite
def damaged_lines(draw: st.DrawFn, text: str) -> bytes:
    """Lines of words with one to three words dropped, changed or doubled."""
    lines = [line.split(" ") for line in text.splitlines()]
    for _ in range(draw(st.integers(1, 3))):
        line = draw(st.sampled_from(lines))
        if not line:
            continue
        place = draw(st.integers(0, len(line) - 1))
        action = draw(st.sampled_from(["drop", "change", "double"]))
        if action == "drop":
            del line[place]
        elif action == "double":
            line.insert(place, line[place])
        else:
            line[place] = str(draw(st.sampled_from(NASTY)))[:600]
    return draw(encoded("\n".join(map(" ".join, lines))))


@st.composite
def encoded(draw: st.DrawFn, text: str) -> bytes:
    """Text in some encoding, with some line ends, whole or cut short."""
    text = draw(st.sampled_from([text, text.replace("\n", "\r\n"), text.replace("\n", "\r")]))
    name = draw(
        st.sampled_from(["utf-8"] * 3 + ["utf-8-sig", "utf-16", "utf-32", "cp1251", "latin-1"])
    )
    data = text.encode(name, "surrogatepass" if name.startswith("utf") else "replace")
    if draw(st.integers(0, 9)) == 0:
        data = data[: draw(st.integers(0, len(data)))]
    if draw(st.integers(0, 9)) == 0:
        data = data + b"\xff\x00\xe7"
    return data
