"""Where the parts of a scene stand on a page: everything in the scene's pixels, y upwards."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from engine.export.scene.box import Box
from engine.export.scene.math_text import letters_of, math_text
from engine.export.scene.plates import ROW_PX, Entry, crowded, lens_boxes, rows_of
from engine.export.scene.records import Legend, Plot, Scene

POINT_MM = 25.4 / 72
# Room for the numbers and titles of axes, as the window has it.
LEFT, BOTTOM, TOP, GAP = 58.0, 38.0, 10.0, 12.0
BAR, BAR_WIDTH = 88.0, 17.0
SMALL_LEFT, SMALL_BOTTOM = 50.0, 36.0
LEAST_BELOW = 70.0  # height of a plot under the map
MOST_BELOW, SLIDE_BELOW = 0.42, 0.3  # of the page's width; of a slide's height
TITLE_PX, TEXT_PX, LINE = 15.0, 13.0, 1.35  # type, and the height of a line in it
FRACTION_LINE, MATH_LETTER = 2.5, 0.48  # the same of a fraction; a letter of a formula
LETTER = 0.54  # the width of an average letter, as a part of the type


@dataclass(frozen=True)
class Look:
    """How a scene is laid out.

    Attributes:
        name: "screen", "paper" or "slide".
        type_pt: points of the type that is 12 pixels in the window; 0: the page is as many
            pixels wide as the window's own parts.
        serif: type as in a paper.
        caption_below: what the scene says stands under the map.
        shape: height over width; 0: as high as it needs.
        legends_below: those that would hide much of the map stand under it.
        title_times, caption_times: how much larger than in the window they are.
    """

    name: str
    type_pt: float = 0.0
    serif: bool = False
    caption_below: bool = False
    shape: float = 0.0
    legends_below: bool = False
    title_times: float = 1.0
    caption_times: float = 1.0


LOOKS = {
    "screen": Look("screen"),
    "paper": Look("paper", type_pt=7.5, serif=True, legends_below=True),
    "slide": Look(
        *("slide", 14.0),
        caption_below=True,
        shape=9 / 16,
        title_times=1.7,
        caption_times=1.25,
    ),
}


@dataclass(frozen=True)
class TextLine:
    """A line of text whose baseline begins at a place."""

    text: str
    left: float
    bottom: float
    size: float
    role: str  # "title", "formula", "math" (that in mathtext) or "caption"


@dataclass(frozen=True)
class Page:
    """A scene laid out.

    Attributes:
        width, height: in pixels of the scene.
        unit: points a pixel.
        map, bar, beside, below: where they are; without their axes.
        texts: what stands over and under them.
        legends: those that stand over the map.
        rows: of the others, and the height from which they go down.
    """

    width: float
    height: float
    unit: float
    map: Box
    bar: Box | None
    beside: Box | None
    below: tuple[Box, ...]
    texts: tuple[TextLine, ...]
    legends: tuple[Legend, ...] = ()
    rows: tuple[tuple[Entry, ...], ...] = ()
    rows_top: float = 0.0

    @property
    def inches(self) -> tuple[float, float]:
        return self.width * self.unit / 72, self.height * self.unit / 72


def lay_out(scene: Scene, look: Look, width_mm: float) -> Page:
    """The page of a scene, so many millimetres wide."""
    scale = scene.scale
    left, bottom = (GAP, GAP) if scene.map.bare else (LEFT * scale, BOTTOM * scale)
    bar = BAR * scale if scene.map.bar else GAP
    side = _beside_px(scene)
    natural = left + scene.map.width + bar + side
    points = width_mm / POINT_MM
    unit = look.type_pt / 12 / scale if look.type_pt else points / natural
    width = points / unit
    header, after = _texts(scene, look, width)
    free = width - left - bar
    shares = scene.map.width / (scene.map.width + side)
    map_width = max(60.0, free * shares)
    map_height = map_width * scene.map.height / scene.map.width
    low = _below_height(scene, free, look)
    area = Box(0, 0, map_width, map_height)
    around = crowded(area, scene.map.legends, scale, lens_boxes(area, scene.map, scale))
    around = around if look.legends_below else ()
    rows = rows_of(around, width - left - GAP * scale, scale)
    room_below = len(rows) * ROW_PX * scale
    over, under = _height(header), _height(after)
    shift = 0.0
    if look.shape:
        height = width * look.shape
        room = height - over - under - bottom - low - (TOP + GAP) * scale
        if map_height > room:
            shrink = max(room, 60.0) / map_height
            shift = (1 - shrink) * (map_width + side * map_width / scene.map.width) / 2
            map_width, map_height = map_width * shrink, map_height * shrink
        else:
            over += (room - map_height) / 2
    else:
        height = over + TOP * scale + map_height + bottom + room_below + low + under + 4 * scale
    top = height - over - TOP * scale
    placed = Box(left + shift, top - map_height, map_width, map_height)
    strip = None
    if scene.map.bar is not None:
        strip = Box(
            placed.left + map_width + GAP * scale, placed.bottom, BAR_WIDTH * scale, map_height
        )
    return Page(
        width,
        height,
        unit,
        placed,
        strip,
        _place_beside(scene, placed, bar, width),
        _place_below(scene, placed, bottom + room_below, low, width),
        (*_placed(header, height, scale), *_placed(after, _height(after) + 4 * scale, scale)),
        legends=tuple(each for each in scene.map.legends if each not in around),
        rows=tuple(map(tuple, rows)),
        rows_top=placed.bottom - bottom,
    )


def _beside_px(scene: Scene) -> float:
    plot = scene.beside
    return 0.0 if plot is None else plot.width + (SMALL_LEFT + GAP) * scene.scale


def _below_height(scene: Scene, width: float, look: Look) -> float:
    """Height of the plots under the map, with their axes."""
    if not scene.below:
        return 0.0
    across = sum(plot.width for plot in scene.below)
    high = max(plot.height for plot in scene.below) * width / max(across, 1.0)
    most = width * (SLIDE_BELOW * look.shape if look.shape else MOST_BELOW)
    return min(max(high, LEAST_BELOW * scene.scale), most) + (SMALL_BOTTOM + TOP) * scene.scale


def _place_beside(scene: Scene, placed: Box, bar: float, width: float) -> Box | None:
    if scene.beside is None:
        return None
    left = placed.left + placed.width + bar + SMALL_LEFT * scene.scale
    across = (scene.beside.width + GAP * scene.scale) * placed.width / scene.map.width
    across = min(across, width - left - GAP * scene.scale)
    high = min(placed.height, across / _shape(scene.beside))
    return Box(left, placed.bottom + placed.height - high, across, high)


def _shape(plot: Plot) -> float:
    return max(0.2, plot.width / max(1.0, plot.height))


def _place_below(
    scene: Scene, placed: Box, bottom: float, low: float, width: float
) -> tuple[Box, ...]:
    if not scene.below:
        return ()
    scale = scene.scale
    left, gap = LEFT * scale, (SMALL_LEFT + GAP) * scale
    free = width - left - GAP * scale - gap * (len(scene.below) - 1)
    across = free / len(scene.below)
    base = placed.bottom - bottom - low + SMALL_BOTTOM * scale
    high = low - (SMALL_BOTTOM + TOP) * scale
    return tuple(
        Box(left + index * (across + gap), base, across, high) for index in range(len(scene.below))
    )


Text = tuple[str, float, str]  # the line, its size and role


def _texts(scene: Scene, look: Look, width: float) -> tuple[list[Text], list[Text]]:
    """What stands above the map, and what under it."""
    above: list[Text] = []
    if scene.title:
        size = TITLE_PX * scene.scale * look.title_times
        above += [(line, size, "title") for line in wrapped(scene.title, size, width)[:2]]
    if scene.formula:
        size = TEXT_PX * scene.scale
        above += _formula(scene.formula, size, width)
    size = TEXT_PX * scene.scale * look.caption_times
    said = [(line, size, "caption") for line in wrapped(scene.caption, size, width)]
    return ([*above], said) if look.caption_below else ([*above, *said], [])


def _formula(formula: str, size: float, width: float) -> list[Text]:
    """In mathematical notation where it fits into a line, else as it is typed."""
    notation = math_text(formula)
    if notation is not None and letters_of(notation) * MATH_LETTER * size < width - 2 * GAP:
        return [(notation, size, "math")]
    return [(line, size, "formula") for line in wrapped(formula, size, width)[:2]]


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines that fit into a page."""
    return textwrap.wrap(text, max(12, int((width - 2 * GAP) / (LETTER * size)))) if text else []


def _height(texts: list[Text]) -> float:
    return sum(_line(*text) for text in texts)


def _line(text: str, size: float, role: str) -> float:
    """The height of a line: a fraction stands taller."""
    return size * (FRACTION_LINE if role == "math" and "\\dfrac" in text else LINE)


def _placed(texts: list[Text], top: float, scale: float) -> list[TextLine]:
    lines = []
    for text, size, role in texts:
        high = _line(text, size, role)
        top -= high
        below = 0.2 * size if high <= LINE * size else 0.62 * size
        lines.append(TextLine(text, GAP * scale, top + below, size, role))
    return lines
