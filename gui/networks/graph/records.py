"""What the canvas draws: nodes and edges as records, made anew for every change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from gui import theme

# What flows forward and what flows back; each has a dash of its own beside its colour.
FORWARD, BACKWARD = "accent", "arrow_gradient"
BACKWARD_DASH = (4.0, 2.0)

Point = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A line of a node: a name and its number.

    Attributes:
        label: stays when there is no number yet.
        value: empty until it is known.
        color: of the value, as `color_of` takes it.
    """

    label: str
    value: str = ""
    color: str = "text"


@dataclass(frozen=True)
class Node:
    """A box with a title and rows.

    Attributes:
        key: names it for good; a dragged node is found again by it.
        place: of its middle, scene px, until it is dragged.
        fill, outline: as `color_of` takes them.
        width: of the outline, px.
        dash: of the outline, in multiples of its width; empty is a solid line.
        least: least width of the value column, px, so that nothing moves while numbers change.
        tip: what it is, for the tool tip.
    """

    key: str
    title: str
    rows: tuple[Row, ...] = ()
    place: Point = (0.0, 0.0)
    fill: str = "raised"
    outline: str = "muted"
    width: float = 1.5
    dash: tuple[float, ...] = ()
    least: float = 0.0
    tip: str = ""


@dataclass(frozen=True)
class Edge:
    """An arrow from one node to another.

    Attributes:
        source, target: keys of nodes.
        label: on a plate in its middle; empty for none.
        above: the label stands above a level line, where it hides nothing of a short one.
        color: of the line, as `color_of` takes it.
        width: of the line, px.
        dash: in multiples of the width; empty is a solid line.
        ink: of the label; the line's colour by default.
        head: whether it has an arrow's head.
        at: where its label stands, as a share of its way.
        bend: how far its middle lies beside the straight line, px.
        via: scene points that it goes through while neither end was dragged.
        tip: what it is, for the tool tip.
    """

    key: str
    source: str
    target: str
    label: str = ""
    above: bool = False
    color: str = "muted"
    width: float = 1.5
    dash: tuple[float, ...] = ()
    ink: str = ""
    head: bool = True
    at: float = 0.5
    bend: float = 0.0
    via: tuple[Point, ...] = ()
    tip: str = ""


def color_of(name: str) -> QColor:
    """A token of the theme, or "#rrggbb"."""
    return QColor(name) if name.startswith("#") else theme.current().color(name)
