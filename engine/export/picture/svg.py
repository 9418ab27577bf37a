"""SVG: the picture embedded, boxes, outlines, skeletons and words as vectors."""

from __future__ import annotations

import base64
from pathlib import Path
from xml.etree import ElementTree

from engine.annotations.mask_encoding import bits, polygons
from engine.atomic_write import replacing
from engine.detection.detections import Detections
from engine.detection.skeleton import side
from engine.export.item import ExportItem
from engine.export.picture import stage_layers as stages
from engine.export.picture.draw import draw, encode, label_forms
from engine.export.picture.label_placement import place_labels
from engine.export.picture.style import SIDES, Colour, Style, level_colour, on_colour

NAMESPACE = "http://www.w3.org/2000/svg"


def write(path: Path, item: ExportItem) -> None:
    """Write one SVG; its units are the picture's pixels.

    Raises:
        ExportError: it could not be written.
    """
    detections, layers, style = item.detections, item.layers, item.style
    height, width = detections.picture_size
    root = ElementTree.Element(
        "svg",
        {"xmlns": NAMESPACE, "viewBox": f"0 0 {width} {height}"},
        width=str(width),
        height=str(height),
    )
    # Heat has no vectors: it goes into the embedded picture.
    ground = item.pixels
    if "objectness" in layers:
        ground = draw(ground, detections, style, layers=("objectness",), trace=item.trace)
    data = base64.b64encode(encode(ground, suffix=".png") or b"").decode("ascii")
    ElementTree.SubElement(
        root, "image", href=f"data:image/png;base64,{data}", width=str(width), height=str(height)
    )
    line = style.line(detections.picture_size)
    if item.trace is not None and "anchors" in layers:
        group = _group(root, "anchors", line / 2, style.opacity("anchors"))
        for box, level in zip(*stages.anchors(item.trace), strict=True):
            _rectangle(group, box.tolist(), level_colour(int(level)))
    if item.trace is not None and "proposals" in layers:
        group = _group(root, "proposals", line / 2, style.opacity("proposals"))
        for box, score in zip(*stages.proposals(item.trace), strict=True):
            grey = round(120 + 135 * float(score))
            _rectangle(group, box.tolist(), (grey, grey, 90))
    if "masks" in layers and detections.mask_probs is not None:
        _masks(_group(root, "masks", line), detections, style)
    if "boxes" in layers:
        group = _group(root, "boxes", line, style.opacity("boxes"))
        for index, box in enumerate(detections.boxes.tolist()):
            _rectangle(group, box, style.colour(index, int(detections.labels[index])))
    if "keypoints" in layers:
        group = _group(root, "keypoints", line, style.opacity("keypoints"))
        _skeletons(group, detections, line, bones=style.skeleton)
    if style.label and "boxes" in layers:
        _labels(_group(root, "labels", 0, style.opacity("labels")), detections, style)
    with replacing(path) as temporary:
        ElementTree.ElementTree(root).write(temporary, encoding="utf-8", xml_declaration=True)


def _group(
    root: ElementTree.Element, name: str, line: float, opacity: float = 1.0
) -> ElementTree.Element:
    look = {"id": name, "fill": "none", "stroke-width": f"{line:g}"}
    if opacity < 1:
        look["opacity"] = f"{opacity:g}"
    return ElementTree.SubElement(root, "g", look)


def _rectangle(group: ElementTree.Element, box: list[float], colour: Colour) -> None:
    x0, y0, x1, y1 = box
    ElementTree.SubElement(
        group,
        "rect",
        x=f"{x0:.2f}",
        y=f"{y0:.2f}",
        width=f"{max(x1 - x0, 0):.2f}",
        height=f"{max(y1 - y0, 0):.2f}",
        stroke=_hex(colour),
    )


def _masks(group: ElementTree.Element, detections: Detections, style: Style) -> None:
    for index in range(len(detections)):
        if not detections.ready[index]:
            continue
        parts = [
            "M" + "L".join(f"{x:g} {y:g}" for x, y in outline + 0.5) + "Z"
            for outline in polygons(*bits(detections, index))
        ]
        if parts:
            colour = _hex(style.colour(index, int(detections.labels[index])))
            shown = {"fill": colour, "fill-opacity": f"{style.opacity('masks'):g}"}
            if style.mask == "contour":
                shown = {"fill": "none"}
            if style.mask != "fill":
                shown["stroke"] = colour
            ElementTree.SubElement(group, "path", {"d": "".join(parts), **shown})


def _skeletons(
    group: ElementTree.Element, detections: Detections, line: int, *, bones: bool
) -> None:
    names = detections.model.keypoint_names
    for index in range(len(detections)):
        points = detections.points(index)
        if points is None:
            continue
        for a, b in detections.model.skeleton if bones else ():
            sides = {side(names[a]), side(names[b])}
            colour = SIDES[sides.pop()] if len(sides) == 1 else SIDES["middle"]
            ends = {
                f"{axis}{end}": f"{points[place][column]:.2f}"
                for end, place in ((1, a), (2, b))
                for column, axis in enumerate("xy")
            }
            ElementTree.SubElement(group, "line", ends, stroke=_hex(colour))
        for name, (x, y, _) in zip(names, points, strict=True):
            dot = {"cx": f"{x:.2f}", "cy": f"{y:.2f}", "r": f"{line + 0.8:g}"}
            circle = ElementTree.SubElement(group, "circle", dot, fill=_hex(SIDES[side(name)]))
            ElementTree.SubElement(circle, "title").text = name


def _labels(group: ElementTree.Element, detections: Detections, style: Style) -> None:
    capital = style.text(detections.picture_size)
    height, width = detections.picture_size
    forms, high = label_forms(detections, style), 1.8 * capital
    widths = [[0.85 * capital * len(text) + capital for text in each] for each in forms]
    places = place_labels(detections.boxes.tolist(), widths, high, (0, 0, width, height))
    for index, place in enumerate(places):
        if place is None:
            continue
        x, y, wide = place.x, place.y, widths[index][place.form]
        plate = {"x": f"{x:.2f}", "y": f"{y:.2f}", "width": f"{wide:.2f}", "height": f"{high:.2f}"}
        colour = style.colour(index, int(detections.labels[index]))
        ElementTree.SubElement(group, "rect", plate, fill=_hex(colour))
        spot = {"x": f"{x + capital / 2:.2f}", "y": f"{y + 1.4 * capital:.2f}"}
        look = {"font-family": "sans-serif", "font-size": f"{1.4 * capital:g}"}
        word = ElementTree.SubElement(group, "text", {**spot, **look}, fill=_hex(on_colour(colour)))
        word.text = forms[index][place.form]


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
