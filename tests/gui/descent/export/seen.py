"""Holds what an export draws against what the window itself says it shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D

from engine.export.scene.draw import Drawing, draw
from engine.export.scene.page import LOOKS
from gui import theme
from gui.descent.data_fit.plot import MOST_DRAWN
from gui.descent.step.vectors_layer import MEANINGS
from gui.descent.workspace import DescentWorkspace
from gui.landscape.drawing import SHORTEST_PX
from gui.landscape.map_legend import Legend

WIDTH_MM = 240.0


def drawn(workspace: DescentWorkspace) -> Drawing:
    return draw(workspace.teller.describe(), LOOKS["screen"], WIDTH_MM)


def named(drawing: Drawing, plot: str, gid: str) -> list[Any]:
    """The artists of one name, in the order in which they lie."""
    axes = drawing.canvases[plot].axes
    found = [artist for artist in axes.get_children() if artist.get_gid() == gid]
    return sorted(found, key=Artist.get_zorder)


def starting(drawing: Drawing, plot: str, gid: str) -> list[Any]:
    axes = drawing.canvases[plot].axes
    return [each for each in axes.get_children() if (each.get_gid() or "").startswith(gid)]


def in_plane(drawing: Drawing, plot: str, pixels: Any) -> np.ndarray:
    """Places (N, 2) of the page in the plot's own coordinates."""
    canvas = drawing.canvases[plot]
    to_data = canvas.to_page + canvas.axes.transData.inverted()
    places: np.ndarray = to_data.transform(np.asarray(pixels, dtype=np.float64).reshape(-1, 2))
    return places


def check(workspace: DescentWorkspace) -> Drawing:
    """Compare all layers, and give what was drawn."""
    drawing = drawn(workspace)
    said = workspace.map.inspect_state()
    check_texts(workspace, drawing)
    check_racers(workspace, drawing)
    check_ground(workspace, drawing, said)
    check_arrows(workspace, drawing)
    kinds = list(said["critical"])  # type: ignore[call-overload]
    for kind in set(kinds):
        (*_, marks) = named(drawing, "map", f"critical:{kind}")
        assert len(marks.get_offsets()) == kinds.count(kind)
    if workspace.data_fit.panel.isVisible():
        check_data(workspace, drawing)
    return drawing


def check_arrows(workspace: DescentWorkspace, drawing: Drawing) -> None:
    """Those that are long enough to be seen."""
    layer = workspace.vectors.layer
    drawn_roles = {
        each.get_gid().split(":")[1]
        for each in starting(drawing, "map", "arrow:")
        if each.get_gid().split(":")[1] in MEANINGS
    }
    vectors = layer.vectors
    lengths = {
        arrow.role: np.hypot(*np.diff(layer.pixels(ends), axis=0)[0])
        for arrow in (vectors.arrows if vectors is not None else ())
        for ends in [np.stack([arrow.tail, arrow.head])]
    }
    check_lens(workspace, drawing)
    if workspace.data_fit.layer.gradients is None:
        assert drawn_roles == {role for role, length in lengths.items() if length >= SHORTEST_PX}


def check_lens(workspace: DescentWorkspace, drawing: Drawing) -> None:
    """The lens over the map, as much larger than the map as on the screen."""
    inset = workspace.vectors.layer.inset
    seen = named(drawing, "map", "lens:glass")
    if inset.lens is None or not inset.isVisible():
        assert not seen
        return
    (glass,) = seen
    (text,) = named(drawing, "map", "lens:text")
    assert text.get_text() == inset.scale_text()
    center, lens = np.array(glass.get_center()), inset.lens
    frame = drawing.canvases["map"].frame
    per_unit = frame.box.width / (frame.view[1] - frame.view[0])
    assert glass.get_radius() == pytest.approx(lens.reach * lens.times * per_unit)
    (*_, base) = named(drawing, "map", "lens:base:")
    vectors = workspace.vectors.layer.vectors
    assert vectors is not None
    away = (vectors.base - lens.center) * lens.times * per_unit
    assert base.get_offsets()[0] == pytest.approx(center + away, abs=1e-6)


def check_texts(workspace: DescentWorkspace, drawing: Drawing) -> None:
    texts: dict[str, list[str]] = {}
    for text in drawing.figure.texts:
        texts.setdefault(str(text.get_gid()), []).append(text.get_text())
    assert texts["text:title"] == [workspace.header.title.text()]
    assert " ".join(texts.get("text:caption", [])) == workspace.header.said()
    view = workspace.map
    legends = {"racers": view.racer_legend, "StepVectorsLayer": workspace.vectors.layer.legend}
    for name, legend in legends.items():
        check_legend(drawing, name, legend, [each for each, _ in view.racers])


def check_legend(drawing: Drawing, name: str, legend: Legend, racers: list[str]) -> None:
    plates = named(drawing, "map", f"legend:{name}")
    plate = legend.plate()
    assert bool(plates) == (legend.isVisible() and not plate.isEmpty())
    if not plates:
        return
    texts = [each.get_text() for each in named(drawing, "map", f"legend:{name}:text")]
    if name == "racers":
        assert texts == racers
    else:
        assert texts[0] == legend.title and texts[-len(legend.notes) :] == legend.notes
    # In the same corner: the middle lies in the same third of the map's width and height.
    area, box = legend.boundingRect(), plates[0].get_bbox()
    frame = drawing.canvases["map"].frame.box
    across = (box.x0 + box.width / 2 - frame.left) / frame.width
    down = 1 - (box.y0 + box.height / 2 - frame.bottom) / frame.height
    middle = plate.center()
    assert across == pytest.approx((middle.x() - area.left()) / area.width(), abs=0.09)
    assert down == pytest.approx((middle.y() - area.top()) / area.height(), abs=0.09)


def check_racers(workspace: DescentWorkspace, drawing: Drawing) -> None:
    view, unit = workspace.map, drawing.page.unit
    for row, (name, look) in enumerate(view.racers):
        style = theme.current().racer(look)
        (line,) = named(drawing, "map", f"trail:{name}")
        assert isinstance(line, Line2D) and to_hex(line.get_color()) == style.color
        assert line.get_linewidth() == pytest.approx(2.2 * view.scale_factor * unit)
        path = view.paths[row][: view.count]
        places = in_plane(drawing, "map", line.get_xydata())
        if np.isfinite(path).all() and np.abs(path).max() < 50:
            assert places[-1] == pytest.approx(path[-1], abs=1e-6)
            assert places[0] == pytest.approx(path[0], abs=1e-6)
            (*_, head) = named(drawing, "map", f"head:{name}")
            place = in_plane(drawing, "map", head.get_offsets())[0]
            assert place == pytest.approx([view.marks.heads[row].x, view.marks.heads[row].y])
    further = starting(drawing, "map", "further:")
    lines = [each for each in further if isinstance(each, Line2D)]
    # Each with its casing.
    assert len(lines) == 2 * len(workspace.presenter.further_starts.trails())


def check_ground(workspace: DescentWorkspace, drawing: Drawing, said: dict[str, object]) -> None:
    view = workspace.map
    (image,) = named(drawing, "map", "picture")
    *_, colors = view.layer.colors()
    assert (np.asarray(image.get_array())[..., 0] == (colors >> 16 & 255)).all()
    contours = named(drawing, "map", "contour:")
    assert sum(len(each.get_segments()) for each in contours) == said["contours"]
    minima = named(drawing, "map", "minimum:")
    shown = 0 if view.marks.minima_hidden else len(view.marks.minima)
    assert (len(minima[0].get_offsets()) if minima else 0) == shown
    axes = drawing.canvases["map"].axes
    assert [*axes.get_xlim(), *axes.get_ylim()] == pytest.approx(list(view.visible_domain()))
    width, height = view.pixel_size()
    box = drawing.canvases["map"].frame.box
    assert box.width / box.height == pytest.approx(width / height)
    bars = [each for each in drawing.figure.axes if each.get_gid() == "bar"]
    assert bool(bars) == view.color_bar.isVisible()


def check_data(workspace: DescentWorkspace, drawing: Drawing) -> None:
    said = workspace.data_fit.panel.plot.inspect_state()
    marks = [*named(drawing, "data", "example:"), *named(drawing, "data", "example:batch")]
    outlier = starting(drawing, "data", "outlier:")
    count = sum(len(each.get_offsets()) for each in marks) + len(outlier)
    known = len(said["examples"])  # type: ignore[arg-type]
    assert count == known or known == MOST_DRAWN <= count
    assert len(starting(drawing, "data", "model:")) == said["curves"]
