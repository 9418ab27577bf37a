"""The plates beside the boxes: number, class and score, as the style says."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from engine.detection.detections import Detections
from engine.export.picture import raster, vector
from engine.export.picture.label_placement import place_labels
from engine.export.picture.layers.base import LayerContext
from engine.export.picture.style import Style, on_colour
from engine.pictures.reader import opencv


def draw_labels(canvas: NDArray[np.uint8], context: LayerContext) -> None:
    """Draw on (H, W, 3) uint8 RGB those that have room in it; the better boxes choose first."""
    if context.style.label:
        with raster.faded(canvas, context.opacity) as ground:
            _draw_plates(ground, context.detections, context.style)


def _draw_plates(canvas: NDArray[np.uint8], detections: Detections, style: Style) -> None:
    cv2 = opencv()
    height, width = canvas.shape[:2]
    capital = style.text(detections.picture_size)
    font, weight = cv2.FONT_HERSHEY_SIMPLEX, max(1, round(capital / 12))
    scale = capital / 22  # at scale 1 a capital of this font is 22 px high
    margin = max(2, capital // 3)
    forms = _forms(detections, style)
    (_, text_height), below = cv2.getTextSize("0", font, scale, weight)
    high = text_height + below + margin
    widths = [
        [cv2.getTextSize(text, font, scale, weight)[0][0] + 2 * margin for text in each]
        for each in forms
    ]
    places = place_labels(detections.boxes.tolist(), widths, high, (0, 0, width, height))
    for index, place in enumerate(places):
        if place is None:
            continue
        x, y, wide = round(place.x), round(place.y), widths[index][place.form]
        colour = style.colour(index, int(detections.labels[index]))
        cv2.rectangle(canvas, (x, y), (x + wide - 1, y + high - 1), colour, -1)
        corner = (x + margin, y + margin // 2 + text_height)
        text = forms[index][place.form]
        cv2.putText(canvas, text, corner, font, scale, on_colour(colour), weight, cv2.LINE_AA)


def write_labels(root: ElementTree.Element, context: LayerContext) -> None:
    """Append them to an SVG in picture px, as text."""
    detections, style = context.detections, context.style
    if not style.label:
        return
    group = vector.group(root, "labels", 0, context.opacity)
    capital = style.text(detections.picture_size)
    height, width = detections.picture_size
    forms, high = _forms(detections, style), 1.8 * capital
    widths = [[0.85 * capital * len(text) + capital for text in each] for each in forms]
    places = place_labels(detections.boxes.tolist(), widths, high, (0, 0, width, height))
    for index, place in enumerate(places):
        if place is None:
            continue
        x, y, wide = place.x, place.y, widths[index][place.form]
        plate = {"x": f"{x:.2f}", "y": f"{y:.2f}", "width": f"{wide:.2f}", "height": f"{high:.2f}"}
        colour = style.colour(index, int(detections.labels[index]))
        ElementTree.SubElement(group, "rect", plate, fill=vector.hexadecimal(colour))
        spot = {"x": f"{x + capital / 2:.2f}", "y": f"{y + 1.4 * capital:.2f}"}
        look = {"font-family": "sans-serif", "font-size": f"{1.4 * capital:g}"}
        ink = vector.hexadecimal(on_colour(colour))
        word = ElementTree.SubElement(group, "text", {**spot, **look}, fill=ink)
        word.text = forms[index][place.form]


def _forms(detections: Detections, style: Style) -> list[list[str]]:
    """What each detection's label says: in full, then in short where it can be shortened."""
    forms = []
    for index, (name, score) in enumerate(zip(detections.names, detections.scores, strict=True)):
        short = style.short(index, float(score))
        whole = style.words(index, name, float(score))
        forms.append([whole, short] if short else [whole])
    return forms
