"""An export is the scene: every layer of the window is in the figure, as it is seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib.colors import to_hex
from pytestqt.qtbot import QtBot

from engine.export.scene.draw import draw
from engine.export.scene.page import LOOKS
from gui import theme
from gui.descent.scenes import SCENES
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, has_final_map, wait_for_race
from tests.gui.descent.export.seen import check, drawn, in_plane, named, starting

BY_NAME = {scene.name: scene for scene in SCENES}


@pytest.fixture
def opened(qtbot: QtBot, built_racing: DescentWorkspace) -> Iterator[DescentWorkspace]:
    """The workspace for all tests of this file."""
    yield built_racing
    built_racing.lecture.set_shown(False)


def open_scene(qtbot: QtBot, workspace: DescentWorkspace, name: str) -> None:
    """Until map and race are whole and the vectors of the step are drawn."""
    workspace.open_scene(BY_NAME[name])
    wait_for_race(qtbot, workspace.jobs, workspace.store)
    qtbot.waitUntil(lambda: has_final_map(workspace.map), timeout=WAIT_MS)
    workspace.map.arrange()


def test_the_vectors_of_a_step_end_where_the_screen_draws_them(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "nesterov-vectors")
    layer = opened.vectors.layer
    qtbot.waitUntil(lambda: layer.vectors is not None, timeout=WAIT_MS)
    opened.map.arrange()
    drawing = check(opened)
    assert layer.vectors is not None and layer.inset.lens is None
    for arrow in layer.vectors.arrows:
        shaft, tip = named(drawing, "map", f"arrow:{arrow.role}")
        assert in_plane(drawing, "map", tip.get_xy()[0])[0] == pytest.approx(arrow.head)
        assert in_plane(drawing, "map", shaft.get_xydata()[0])[0] == pytest.approx(arrow.tail)
    assert {each.get_text() for each in starting(drawing, "map", "label:")} >= {"m", "g₀", "x₀"}


def test_data_and_the_gradients_of_examples_are_there(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "sgd-batches")
    layer = opened.data_fit.layer
    qtbot.waitUntil(lambda: layer.gradients is not None, timeout=WAIT_MS)
    opened.map.arrange()
    drawing = check(opened)
    gradients = layer.gradients
    assert gradients is not None
    tips = [in_plane(drawing, "map", each.get_xy()[0])[0] for each in starting(
        drawing, "map", "arrow:batch"
    ) if hasattr(each, "get_xy")]  # fmt: skip
    assert tips[-1] == pytest.approx(gradients.point - layer.magnified * gradients.mean)
    examples = [e for e in starting(drawing, "map", "arrow:example") if hasattr(e, "get_xy")]
    chosen = [e for e in starting(drawing, "map", "arrow:chosen") if hasattr(e, "get_xy")]
    # With their casings, but for those too short to be drawn.
    assert 24 <= len(examples) + len(chosen) <= 48


def test_trails_from_many_starts_a_star_basins_and_their_legend(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "several-restarts")
    opened.player.seek(60)
    opened.basins.choose("basins")

    def colored() -> bool:
        coloring = opened.map.layer.coloring
        return coloring is not None and coloring.final

    qtbot.waitUntil(colored, timeout=WAIT_MS)
    opened.map.arrange()
    drawing = check(opened)
    assert len(opened.presenter.further_starts.trails()) == 15
    (star,) = starting(drawing, "map", "star:")
    _, x, y = opened.presenter.further_starts.stars[0]
    assert in_plane(drawing, "map", star.get_offsets())[0] == pytest.approx([x, y])
    legend = opened.map.landscape_legend
    texts = [each.get_text() for each in named(drawing, "map", "legend:landscape:text")]
    assert texts == [legend.title, *legend.notes]
    opened.basins.choose("loss")


def test_critical_points_and_a_cut_with_its_plot(qtbot: QtBot, opened: DescentWorkspace) -> None:
    open_scene(qtbot, opened, "momentum-cut")
    opened.player.seek(30)
    opened.critical_points.set_shown(True)
    qtbot.waitUntil(lambda: opened.critical_points.layer.points is not None, timeout=WAIT_MS)
    opened.cross_section.set_shown(True)
    qtbot.waitUntil(lambda: opened.cross_section.panel.balls.profile is not None, timeout=WAIT_MS)
    opened.map.arrange()
    drawing = check(opened)
    (cut,) = named(drawing, "map", "cut:")
    ends = in_plane(drawing, "map", cut.get_xydata())
    assert ends[0, 1] == pytest.approx(ends[1, 1]) and ends[1, 0] > ends[0, 0]
    balls = opened.cross_section.panel.balls
    assert balls.profile is not None
    (profile,) = named(drawing, "cut", "profile:")
    curve = np.column_stack([balls.profile.place, balls.profile.height])
    places = in_plane(drawing, "cut", profile.get_xydata())
    assert np.interp(0.0, *places.T) == pytest.approx(np.interp(0.0, *curve.T), rel=1e-2)
    assert starting(drawing, "cut", "ball:")
    opened.critical_points.set_shown(False)


def test_curves_are_there_up_to_the_step_with_the_cursor(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "momentum-ravine")
    opened.player.seek(25)
    drawing = check(opened)
    history = opened.jobs.history
    assert history is not None
    for racer, (name, look) in enumerate(opened.map.racers):
        (line,) = named(drawing, "loss", f"curve:{name}")
        places = in_plane(drawing, "loss", line.get_xydata())
        assert places[-1] == pytest.approx([25, np.log10(history.loss(racer)[25])], abs=1e-6)
        assert to_hex(line.get_color()) == theme.current().racer(look).color
    (cursor,) = named(drawing, "loss", "cursor:")
    assert in_plane(drawing, "loss", cursor.get_xydata())[:, 0] == pytest.approx([25, 25])


def test_lecture_mode_is_exported_with_its_thick_lines(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "nesterov-wins")
    opened.lecture.set_shown(True)
    opened.map.arrange()
    check(opened)


def test_the_other_theme_is_drawn_and_the_window_keeps_its_own(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "nesterov-wins")
    before = theme.current()
    other = opened.teller.describe(dark=not before.is_dark)
    assert theme.current() is before
    drawing = draw(other, LOOKS["screen"], 100.0)
    wanted = theme.LIGHT if before.is_dark else theme.DARK
    assert to_hex(drawing.figure.get_facecolor()) == wanted.panel
    name, look = opened.map.racers[0]
    (line,) = named(drawing, "map", f"trail:{name}")
    assert to_hex(line.get_color()) == wanted.racer(look).color


def test_the_text_beside_tells_the_racers_as_the_window_names_them(
    qtbot: QtBot, opened: DescentWorkspace
) -> None:
    open_scene(qtbot, opened, "several-starts")
    told = opened.teller.about()
    assert "SGD 6: lr = 0.005" in told and f"step {opened.player.step} of 300" in told
    assert drawn(opened).page.width > 0
