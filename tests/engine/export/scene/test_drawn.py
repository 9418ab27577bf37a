"""What stands in the file is what the records say: places, colours, widths, dashes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.descent.race.spec import RaceFrame
from engine.export.scene import film
from engine.export.scene.job import ExportSpec, write_figure
from engine.export.scene.page import LOOKS, Page, lay_out
from engine.export.scene.records import Arrow, Key, Legend, Line, Marks, Scene
from engine.optimizers.registry import racer_style
from tests.engine.export.scene.conftest import RACE

SVG = "{http://www.w3.org/2000/svg}"


def written(scene: Scene, folder: Path, **choices: object) -> ElementTree.Element:
    export = ExportSpec(folder / "s.svg", **choices)  # type: ignore[arg-type]
    write_figure(export.chosen(scene), export)
    return ElementTree.parse(export.path).getroot()


def groups(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("id") == name]


def marks(group: ElementTree.Element) -> int:
    """How many marks are drawn: one of its own, or several uses of one shape."""
    return len(list(group.iter(f"{SVG}use"))) or len(group.findall(f"{SVG}path"))


def corners(path: ElementTree.Element) -> np.ndarray:
    """(N, 2) points of a path of straight lines, y downwards."""
    words = path.get("d", "").replace("M", " ").replace("L", " ").replace("z", " ").split()
    return np.array(words, dtype=np.float64).reshape(-1, 2)


def style_of(element: ElementTree.Element) -> dict[str, str]:
    parts = (part.split(":") for part in element.get("style", "").split(";") if part)
    return {key.strip(): value.strip() for key, value in parts}


def on_page(page: Page, scene: Scene, points: np.ndarray) -> np.ndarray:
    """Points of the map in points of the page, y downwards."""
    x0, x1, y0, y1 = scene.map.view
    x = page.map.left + (points[:, 0] - x0) / (x1 - x0) * page.map.width
    y = page.map.bottom + (points[:, 1] - y0) / (y1 - y0) * page.map.height
    return np.column_stack([x, page.height - y]) * page.unit


def test_a_trail_runs_through_its_places_in_its_colour_width_and_dash(
    scene: Scene, frames: list[RaceFrame], tmp_path: Path
) -> None:
    root = written(scene, tmp_path)
    page = lay_out(scene, LOOKS["screen"], 240.0)
    style = racer_style("momentum", 0)
    ((line,), (casing,)) = (groups(root, f"trail:momentum{part}") for part in ("", ":casing"))
    (path,) = line.iter(f"{SVG}path")
    look = style_of(path)
    assert look["stroke"] == style.on_dark
    assert float(look["stroke-width"]) == pytest.approx(2.2 * page.unit, rel=1e-4)
    dashes = [float(each) for each in look["stroke-dasharray"].split(",")]
    assert dashes == pytest.approx([2.2 * page.unit * each for each in style.dash], rel=1e-4)
    true = on_page(page, scene, np.stack([frame.position[1] for frame in frames]))
    drawn = corners(path)
    assert np.abs(drawn[[0, -1]] - true[[0, -1]]).max() < 1e-3
    assert all(np.abs(true - place).sum(axis=1).min() < 1e-3 for place in drawn)
    (around,) = casing.iter(f"{SVG}path")
    assert float(style_of(around)["stroke-width"]) == pytest.approx(4.6 * page.unit, rel=1e-4)
    # Those from further starts are there, too.
    assert len(groups(root, "further:momentum:0") + groups(root, "further:momentum:1")) == 2


def test_an_arrow_ends_where_its_vector_does(scene: Scene, tmp_path: Path) -> None:
    tail, head = np.array([-2.0, 1.0]), np.array([1.5, -0.5])
    arrow = Arrow("momentum", tail, head, "#4f8cff", 5.6, 12.0)
    shown = replace(scene, map=replace(scene.map, layers=(*scene.map.layers, arrow)))
    root = written(shown, tmp_path)
    page = lay_out(shown, LOOKS["screen"], 240.0)
    shaft, point = (corners(next(group.iter(f"{SVG}path"))) for group in groups(
        root, "arrow:momentum"
    ))  # fmt: skip
    begin, end = on_page(page, shown, np.stack([tail, head]))
    assert shaft[0] == pytest.approx(begin, abs=1e-3) and point[0] == pytest.approx(end, abs=1e-3)
    # The middle of its point's back is where the shaft ends, 12 pixels before the tip.
    assert shaft[-1] == pytest.approx(point[1:3].mean(axis=0), abs=1e-3)
    assert np.hypot(*(end - shaft[-1])) == pytest.approx(12 * page.unit, rel=1e-3)


def test_the_map_keeps_its_shape_and_every_mark_is_there(scene: Scene, tmp_path: Path) -> None:
    root = written(scene, tmp_path)
    page = lay_out(scene, LOOKS["screen"], 240.0)
    aspect = scene.map.width / scene.map.height
    assert page.map.width / page.map.height == pytest.approx(aspect)
    for name, count in (
        ("minimum:", 4), ("start:", 1), ("head:sgd", 1), ("head:momentum", 1),
        ("further:momentum", 2), ("star:momentum", 1),
    ):  # fmt: skip
        assert marks(groups(root, name)[0]) == count, name
    assert len(groups(root, "legend:racers")) == 1 and len(groups(root, "bar")) == 1
    bare = written(scene, tmp_path, legend=False, bar=False, title=False, curves=False)
    absent = ("legend:racers", "bar", "text:title", "plot:loss")
    assert not any(groups(bare, name) for name in absent)


def test_a_papers_map_is_pixels_and_its_trails_are_lines(scene: Scene, tmp_path: Path) -> None:
    root = written(scene, tmp_path, look="paper", width_mm=84.0)
    assert float(root.get("width", "").removesuffix("pt")) == pytest.approx(
        84 / 25.4 * 72, rel=1e-3
    )
    assert len(list(root.iter(f"{SVG}image"))) == 2  # the map and the bar
    assert groups(root, "trail:sgd")


def test_a_film_shows_each_step_as_it_was(scene: Scene, frames: list[RaceFrame]) -> None:
    now = film.at_step(scene, frames, 7)
    trails = [layer for layer in now.of("trail") if isinstance(layer, Line)]
    assert [len(trail.drawn()) for trail in trails] == [8, 8]
    for kind, places in (("head", frames[7].position), ("star", frames[7].best)):
        for mark in now.of(kind):
            assert isinstance(mark, Marks)
            assert mark.points[0] == pytest.approx(places[mark.racer])
    assert len(RACE.racers) == len(trails)
    vectors = Arrow("gradient", np.zeros(2), np.ones(2), "#ff0000", 3.0, 9.0)
    stopped = replace(scene, map=replace(scene.map, layers=(*scene.map.layers, vectors)))
    assert film.played(stopped).map.layers == scene.map.layers


def test_in_a_narrow_column_a_large_legend_stands_under_the_map(
    scene: Scene, tmp_path: Path
) -> None:
    keys = tuple(Key(f"what the arrow number {number} means", "#d62718") for number in range(6))
    vectors = Legend("vectors", (1.0, 1.0), "Next step", keys, ("arrows in true size",))
    shown = replace(scene, map=replace(scene.map, legends=(*scene.map.legends, vectors)))
    column, page = (lay_out(shown, LOOKS["paper"], width) for width in (84.0, 178.0))
    assert vectors not in column.legends and len(column.rows) >= 7
    assert vectors in page.legends and not page.rows
    root = written(shown, tmp_path, look="paper", width_mm=84.0)
    assert len(groups(root, "legend:below:text")) == 8
    assert not groups(root, "legend:vectors")
