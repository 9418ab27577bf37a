"""What is to be seen of a race, as plain records: the window tells them, every export draws them.

Lengths are the window's own pixels (y downwards where something is beside its place), places are
in the plot's coordinates, and colours "#rrggbb" or "#rrggbbaa".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

Dash = tuple[float, ...]  # multiples of the line's width; empty is solid


@dataclass(frozen=True)
class Picture:
    """Colours under everything else.

    Attributes:
        x: (W,) float64, the columns' places.
        y: (H,) float64, the rows' places, the lowest first.
        pixels: (H, W, 3) uint8 RGB, first row on top.
    """

    x: np.ndarray
    y: np.ndarray
    pixels: np.ndarray


@dataclass(frozen=True)
class Lines:
    """Many thin lines (K, 2) float64 of one look: "contour" of a level, or "tail" of a racer."""

    kind: str
    lines: tuple[np.ndarray, ...]
    color: str
    width: float = 1.0
    level: float = 0.0
    name: str = ""
    racer: int = -1


@dataclass(frozen=True)
class Line:
    """A polyline.

    Attributes:
        kind: "trail", "further" (from another start), "curve", "cursor", "cut", "region",
            "profile", "model", "error", "stem".
        points: (N, 2) float64; a trail ends where a point is not finite.
        name: of the racer, for those of one.
        racer: the row of the race's frames; -1 for none.
        start: which of the racer's further starts; -1 for its own.
        shown: so many of the points are drawn; None for all.
        casing: the colour around it; empty for none.
        dots: a dot on each point that is far from the one before.
        closed: the end is joined to the beginning.
        sign: of a curve, drawn upon it now and then.
    """

    kind: str
    points: np.ndarray
    color: str
    width: float
    dash: Dash = ()
    casing: str = ""
    casing_width: float = 0.0
    dots: bool = False
    name: str = ""
    racer: int = -1
    start: int = -1
    shown: int | None = None
    closed: bool = False
    sign: Marks | None = None

    def drawn(self) -> np.ndarray:
        """The points (M, 2) that are to be seen."""
        points = self.points[: self.shown]
        bad = ~np.isfinite(points).all(axis=1)
        return points[: int(bad.argmax())] if bad.any() else points


@dataclass(frozen=True)
class Marks:
    """Marks of one look.

    Attributes:
        kind: "head", "further", "star", "minimum", "critical", "start", "example", "outlier",
            "selected", "end" (of a cut), "base" (of a step), "ball".
        points: (N, 2) float64.
        shape: a racer's marker as pyqtgraph names it, or "ring" (with a dot), "cross", "up",
            "diamond", "crosshair", "dot", "circle" (empty) or "five" (a star).
        size: from edge to edge.
        name: of the racer or the kind of critical point.
        racer: the row of the race's frames; -1 for none.
        letter: what is written in it.
        filled: of a racer's marker: "full", or "open", its outline, or "dotted", with a dot.
    """

    kind: str
    points: np.ndarray
    shape: str
    size: float
    fill: str
    edge: str = ""
    edge_width: float = 0.0
    name: str = ""
    racer: int = -1
    letter: str = ""
    filled: str = "full"


@dataclass(frozen=True)
class Arrow:
    """A vector as it is drawn: magnified ones end where they are drawn to.

    Attributes:
        role: of `engine.descent.step.vectors.Arrow`, or of an example's gradient.
        tail, head: (2,) float64.
        tip: the length of its point.
        casing: the colour around it, so much wider.
    """

    role: str
    tail: np.ndarray
    head: np.ndarray
    color: str
    width: float
    tip: float
    dashed: bool = False
    casing: str = ""
    casing_width: float = 0.0


@dataclass(frozen=True)
class Label:
    """A short text on a plate, `away` pixels (right, down) from a place."""

    text: str
    point: np.ndarray
    away: tuple[float, float]
    color: str
    plate: bool = True
    bold: bool = True


@dataclass(frozen=True)
class Lens:
    """A magnified part of a plot in a circle in one of its corners, and where it looks.

    Attributes:
        center: (2,) float64 of the plot, what is in its middle.
        reach: from its middle to its edge, in the plot's units.
        times: how much larger than on the plot all in it is.
        place: shares of the free width and height, as of a legend.
        layers: what is in it, the lowest first; places are the plot's, not magnified.
        bar: the length of its scale in the plot's units.
        text: beside the bar.
        ring: least radius of the ring around what it looks at.
        fill, edge, casing: colours.
        width: of its edge.
    """

    center: np.ndarray
    reach: float
    times: float
    place: tuple[float, float]
    layers: tuple[Line | Marks | Arrow | Label, ...]
    bar: float
    text: str
    ring: float
    fill: str
    edge: str
    casing: str
    width: float = 2.0


Layer = Picture | Lines | Line | Marks | Arrow | Label | Lens


@dataclass(frozen=True)
class Key:
    """A line of a legend: a racer's stroke with its marker, or an arrow."""

    text: str
    color: str
    marker: str = ""
    dash: Dash = ()
    width: float = 2.2
    fill: str = "full"


@dataclass(frozen=True)
class Legend:
    """A plate over a plot.

    Attributes:
        name: "racers", "vectors", ...
        place: shares of the free width and height, (0, 0) is top left.
    """

    name: str
    place: tuple[float, float]
    title: str = ""
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColorBar:
    """What the picture's colours mean: from `low` to `high`, exponents of ten if logarithmic.

    `ticks` has the place and the text of each number where the scale is another.
    """

    title: str
    low: float
    high: float
    logarithmic: bool
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True)
class Plot:
    """A plot with its axes.

    Attributes:
        name: "map", "data", "cut", "loss" or of a measure.
        view: x0, x1, y0, y1 of what is seen.
        width, height: of the area between the axes.
        logarithmic: heights are exponents of ten.
        logarithmic_x: so are the places along x.
        bare: without axes, as a view in three dimensions brings its own.
        layers: the lowest first.
        type_px: of the numbers at the axes.
    """

    name: str
    x_title: str
    y_title: str
    view: tuple[float, float, float, float]
    width: float
    height: float
    layers: tuple[Layer, ...] = ()
    legends: tuple[Legend, ...] = ()
    bar: ColorBar | None = None
    logarithmic: bool = False
    type_px: float = 11.0
    title: str = ""
    logarithmic_x: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Colors:
    """Of everything around what is drawn."""

    panel: str
    text: str
    muted: str
    border: str
    grid: str
    canvas: str
    casing: str


@dataclass(frozen=True)
class Scene:
    """A race as it is seen at a step.

    Attributes:
        step: of the race.
        map: the landscape with what lies on it.
        beside: the plot of the data, where there is one.
        below: the plots under the map.
        scale: how much larger than usual everything is drawn, for the lecture hall.
        step_word: what a step is called.
    """

    title: str
    formula: str
    caption: str
    step: int
    colors: Colors
    map: Plot
    beside: Plot | None = None
    below: tuple[Plot, ...] = ()
    scale: float = 1.0
    dark: bool = True
    step_word: str = "step"

    def of(self, kind: str) -> tuple[Layer, ...]:
        """The layers on the map of a kind."""
        return tuple(each for each in self.map.layers if getattr(each, "kind", "") == kind)


def without(
    scene: Scene, *, title: bool, caption: bool, legend: bool, bar: bool, curves: bool
) -> Scene:
    """The scene with only those parts of it that are wanted.

    Args:
        title, caption, legend, bar, curves: whether each is kept.
    """
    drawn = replace(
        scene.map,
        legends=scene.map.legends if legend else (),
        bar=scene.map.bar if bar else None,
    )
    return replace(
        scene,
        title=scene.title if title else "",
        formula=scene.formula if title else "",
        caption=scene.caption if caption else "",
        map=drawn,
        below=scene.below if curves else (),
    )
