"""A scene as a figure of matplotlib: axes, texts, colour bar, and the layers in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.export.scene.box import Box
from engine.export.scene.geometry import Frame
from engine.export.scene.layers import Canvas, draw_layers
from engine.export.scene.legends import draw_legends, draw_rows
from engine.export.scene.lens import draw_lens
from engine.export.scene.page import Look, Page, lay_out
from engine.export.scene.plates import LETTER, lens_boxes
from engine.export.scene.records import ColorBar, Colors, Lens, Plot, Scene

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.transforms import Transform

# The window's own type, and what has the signs that it lacks.
SANS = ("Inter", "DejaVu Sans")
SERIF = ("STIXGeneral", "DejaVu Serif")
MAP_COLORS = "viridis"
SEMIBOLD, BOLD = 600, 700
TICKS, STEPS = 6, (1, 2, 5, 10)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class Drawing:
    """A drawn scene.

    Attributes:
        canvases: where the layers of each plot are, by its name.
        legends: the plates, which lie above all.
    """

    figure: Figure
    page: Page
    canvases: dict[str, Canvas] = field(default_factory=dict)
    legends: list[Artist] = field(default_factory=list)


def draw(scene: Scene, look: Look, width_mm: float, *, dpi: float = 100) -> Drawing:
    """Draw a scene on a page so many millimetres wide."""
    with fonts(look):
        return draw_parts(scene, look, width_mm, dpi=dpi)


@contextmanager
def fonts(look: Look) -> Iterator[None]:
    """The type of a look, which has to be set while a figure is drawn and while it is written."""
    import matplotlib as mpl

    add_own_fonts()
    family = SERIF if look.serif else SANS
    settings: dict[str, Any] = {
        "font.family": list(family),
        "mathtext.fontset": "stix" if look.serif else "dejavusans",
        "axes.formatter.use_mathtext": True,
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "path.simplify": False,
    }
    with mpl.rc_context(settings):  # type: ignore[arg-type]
        yield


@cache
def add_own_fonts() -> None:
    """Let matplotlib find the type that the program brings along."""
    from matplotlib.font_manager import fontManager

    own = [str(path) for path in sorted((Path(str(files("resources"))) / "fonts").glob("*.ttf"))]
    for path in own:
        fontManager.addfont(path)
    # The boldest that there is of it counts as bold: no word of warning.
    fontManager.ttflist[:] = [
        replace(entry, weight=BOLD) if entry.fname in own and entry.weight == SEMIBOLD else entry
        for entry in fontManager.ttflist
    ]


def draw_parts(scene: Scene, look: Look, width_mm: float, *, dpi: float) -> Drawing:
    """`draw` within `fonts`."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    page = lay_out(scene, look, width_mm)
    figure = Figure(figsize=page.inches, dpi=dpi, facecolor=scene.colors.panel)
    FigureCanvasAgg(figure)
    to_page = Affine2D().scale(page.unit / 72) + figure.dpi_scale_trans
    drawing = Drawing(figure, page)
    placed: list[tuple[Plot, Box | None]] = [
        (scene.map, page.map),
        *([] if scene.beside is None else [(scene.beside, page.beside)]),
        *zip(scene.below, page.below, strict=True),
    ]
    for plot, box in placed:
        if box is not None:
            canvas = _axes(figure, page, plot, box, scene, to_page)
            drawing.canvases[plot.name] = canvas
            draw_layers(canvas, plot.layers)
    _add_legends(drawing, scene)
    if scene.map.bar is not None and page.bar is not None:
        _color_bar(figure, page, scene.map.bar, page.bar, scene)
    for text in page.texts:
        figure.text(
            text.left,
            text.bottom,
            typeset(text.text) if text.role == "formula" else text.text,
            transform=to_page,
            fontsize=text.size * page.unit,
            fontweight="bold" if text.role == "title" else "normal",
            color=scene.colors.muted if text.role in ("formula", "math") else scene.colors.text,
            va="baseline",
            parse_math=text.role == "math",
            gid=f"text:{text.role}",
        )
    return drawing


def typeset(formula: str) -> str:
    """A formula as it is typed, with raised digits, dots and true minus signs."""
    raised = re.sub(r"\^(\d+)", lambda found: found[1].translate(RAISED), formula)
    return raised.replace("*", "\u00b7").replace("-", "\u2212")


def _add_legends(drawing: Drawing, scene: Scene) -> None:
    """The plates over the map, and under it the rows of those that have no place there."""
    canvas, page, colors = drawing.canvases["map"], drawing.page, scene.colors
    measure = _measure(drawing.figure, canvas.unit)
    seen = [layer for layer in scene.map.layers if isinstance(layer, Lens)]
    taken = lens_boxes(canvas.frame.box, scene.map, canvas.scale)
    for lens, box in zip(seen, taken, strict=True):
        drawing.legends += draw_lens(canvas, lens, box, measure, colors.text)
    drawing.legends += draw_legends(canvas, page.legends, measure, colors.text, colors.muted, taken)
    draw_rows(canvas, page.rows, page.rows_top, measure, colors.text, colors.muted)


def _measure(figure: Figure, unit: float) -> Any:
    from matplotlib.font_manager import FontProperties

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]

    def width(text: str, size: float, bold: bool) -> float:
        weight = "bold" if bold else "normal"
        type_ = FontProperties(size=size * unit, weight=weight)
        across, *_ = renderer.get_text_width_height_descent(text, type_, False)
        return float(across) / figure.dpi * 72 / unit

    return width


def _axes(
    figure: Figure, page: Page, plot: Plot, box: Box, scene: Scene, to_page: Transform
) -> Canvas:
    colors = scene.colors
    axes = figure.add_axes(
        (
            box.left / page.width,
            box.bottom / page.height,
            box.width / page.width,
            box.height / page.height,
        )
    )
    x0, x1, y0, y1 = plot.view
    axes.set_xlim(x0, x1)
    axes.set_ylim(y0, y1)
    axes.set_gid(f"plot:{plot.name}")
    axes.set_facecolor(colors.canvas if plot.name == "map" else colors.panel)
    _style_axes(axes, plot.type_px * page.unit, page.unit, colors)
    size = (plot.type_px + 1) * page.unit
    axes.set_xlabel(plot.x_title, fontsize=size, color=colors.text, labelpad=2 * page.unit)
    axes.set_ylabel(plot.y_title, fontsize=size, color=colors.text, labelpad=2 * page.unit)
    if plot.title:
        axes.set_title(plot.title, fontsize=size, color=colors.muted, pad=3 * page.unit)
    _set_ticks(axes, plot, box, scene.scale)
    if plot.bare:
        axes.set_axis_off()
    axes.spines[["top", "right"]].set_visible(plot.name == "map")
    frame = Frame(box, plot.view)
    return Canvas(axes, frame, to_page, page.unit, colors.panel, colors.border, scene.scale)


def _style_axes(axes: Axes, size: float, unit: float, colors: Colors) -> None:
    axes.tick_params(labelsize=size, colors=colors.muted, width=unit, length=4 * unit, pad=3 * unit)
    for spine in axes.spines.values():
        spine.set(edgecolor=colors.border, linewidth=unit)


def _set_ticks(axes: Axes, plot: Plot, box: Box, scale: float) -> None:
    """Numbers that do not touch one another."""
    across = max(2, min(TICKS + 2, round(box.width / (62 * scale))))
    up = max(2, min(TICKS + 1, round(box.height / (34 * scale))))
    x0, x1, y0, y1 = plot.view
    set_numbers(axes.xaxis, x0, x1, across, logarithmic=plot.logarithmic_x)
    set_numbers(axes.yaxis, y0, y1, up, logarithmic=plot.logarithmic)


def set_numbers(axis: Axis, low: float, high: float, count: int, *, logarithmic: bool) -> None:
    """Numbers at an axis; where places are exponents of ten, the powers."""
    from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

    if not logarithmic:
        axis.set_major_locator(MaxNLocator(count, steps=STEPS))
        return
    if high - low > 1.5 or high > 300 or low < -300:
        axis.set_major_locator(MaxNLocator(count, integer=True))
    else:
        values = np.array(MaxNLocator(count, steps=STEPS).tick_values(10.0**low, 10.0**high))
        places = np.log10(values[values > 0])
        axis.set_major_locator(FixedLocator(places[(places >= low) & (places <= high)]))
    axis.set_major_formatter(FuncFormatter(_power))


def _power(exponent: float, _: object = None) -> str:
    whole = round(exponent)
    if abs(exponent - whole) < 1e-6 and not -2 <= whole <= 3:
        return f"$10^{{{whole}}}$"
    return f"{10.0**exponent:.4g}" if -4 < exponent < 5 else f"$10^{{{exponent:.1f}}}$"


def _color_bar(figure: Figure, page: Page, bar: ColorBar, box: Box, scene: Scene) -> None:
    from matplotlib import colormaps

    axes = figure.add_axes(
        (
            box.left / page.width,
            box.bottom / page.height,
            box.width / page.width,
            box.height / page.height,
        )
    )
    axes.set_gid("bar")
    strip = colormaps[MAP_COLORS](np.linspace(1, 0, 256))[:, None, :3]
    axes.imshow(strip, extent=(0, 1, bar.low, bar.high), aspect="auto")
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    size = scene.map.type_px * page.unit
    _style_axes(axes, size, page.unit, scene.colors)
    if bar.ticks:
        places, texts = zip(*bar.ticks, strict=True)
        axes.set_yticks(places, labels=texts)
    else:
        set_numbers(axes.yaxis, bar.low, bar.high, TICKS, logarithmic=bar.logarithmic)
    fitting = box.height * page.unit / (LETTER * max(1, len(bar.title)))
    axes.set_ylabel(
        bar.title, fontsize=min(size, fitting), color=scene.colors.text, labelpad=3 * page.unit
    )
