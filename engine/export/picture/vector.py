"""What the layers of an annotated picture are written with as SVG, in units of its pixels."""

from __future__ import annotations

from xml.etree import ElementTree

from engine.export.picture.style import Colour


def group(
    root: ElementTree.Element, name: str, line: float, opacity: float = 1.0
) -> ElementTree.Element:
    """A new group of outlines.

    Args:
        root: where it is appended.
        name: its id.
        line: width, px.
        opacity: of the whole group, 0 to 1.
    """
    look = {"id": name, "fill": "none", "stroke-width": f"{line:g}"}
    if opacity < 1:
        look["opacity"] = f"{opacity:g}"
    return ElementTree.SubElement(root, "g", look)


def rectangle(parent: ElementTree.Element, box: list[float], colour: Colour) -> None:
    """Outline a box, xyxy in picture px."""
    x0, y0, x1, y1 = box
    ElementTree.SubElement(
        parent,
        "rect",
        x=f"{x0:.2f}",
        y=f"{y0:.2f}",
        width=f"{max(x1 - x0, 0):.2f}",
        height=f"{max(y1 - y0, 0):.2f}",
        stroke=hexadecimal(colour),
    )


def hexadecimal(colour: Colour) -> str:
    """RGB as SVG says it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
