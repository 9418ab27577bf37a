"""A saved race opens as it was left: whatever a file says is shown, and saved again the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.descent.race.scene import COLORINGS, CutLine, RaceView, SceneSpec
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.landscape import Viewpoint
from engine.optimizers.racer import Racer, name_racers
from engine.optimizers.registry import OPTIMIZERS
from engine.specs import from_json, to_json
from gui.descent import edit_text
from gui.descent.race.costs import COSTS
from gui.descent.race.measures import MEASURES
from gui.descent.workspace import DescentWorkspace
from gui.racing.player import SPEEDS
from tests.gui.descent.conftest import WAIT_MS, wait_for_race

NUMBERS = st.floats(1e-4, 0.5)
SHARES = st.floats(0.05, 0.95)


@st.composite
def scenes(draw: st.DrawFn) -> SceneSpec:
    """Any scene that the window can show on a machine without OpenGL."""
    names = draw(st.lists(st.sampled_from(sorted(OPTIMIZERS)), min_size=1, max_size=6))
    racers = name_racers(
        tuple(Racer(name, {"lr": draw(NUMBERS)}, starts=draw(st.integers(1, 3))) for name in names)
    )
    called = [racer.name for racer in draw(st.permutations(racers))]
    surface = draw(st.sampled_from(sorted(SURFACES)))
    x0, x1, y0, y1 = SURFACES[surface].domain
    (a, b), (c, d) = (sorted((draw(SHARES), draw(SHARES))) for _ in range(2))
    part = None
    if min(b - a, d - c) > 0.02:
        ways = x1 - x0, y1 - y0
        part = (x0 + a * ways[0], x0 + b * ways[0], y0 + c * ways[1], y0 + d * ways[1])
    steps = draw(st.integers(1, 500))
    critical = draw(st.booleans())
    panels = ["curves", "descent.cut", *(["descent.critical"] if critical else [])]
    point = st.tuples(st.floats(-3, 3), st.floats(-3, 3))
    return SceneSpec(
        RaceSpec(
            surface=surface,
            racers=tuple(draw(st.permutations(racers))),
            steps=steps,
            noise=draw(st.sampled_from([0.0, 0.25])),
            seed=draw(st.integers(0, 99)),
            start=draw(st.none() | st.just(((x0 + x1) / 2, (y0 + y1) / 3))),
        ),
        resting=tuple(name for name in called if draw(st.booleans())),
        chosen=draw(st.sampled_from(called)),
        step=draw(st.integers(0, steps)),
        speed=draw(st.sampled_from(SPEEDS)),
        view=RaceView(
            domain=part,
            viewpoint=draw(
                st.none()
                | st.builds(
                    Viewpoint, NUMBERS, NUMBERS, NUMBERS, st.tuples(NUMBERS, NUMBERS, NUMBERS)
                )
            ),
            coloring=draw(st.sampled_from(COLORINGS)),
            rival=draw(st.sampled_from(["", *called])),
            panel=draw(st.sampled_from(panels)),
            measure=draw(st.sampled_from([measure.name for measure in MEASURES])),
            cost=draw(st.sampled_from([cost.name for cost in COSTS])),
            cut=CutLine(
                draw(st.sampled_from(["x", "y", "free"])),
                draw(st.sampled_from(["start", "racer", "cursor"])),
                draw(st.tuples(point, point)),
            ),
            vectors=draw(st.booleans()),
            gradients=draw(st.booleans()),
            critical_points=critical,
            numbers=draw(st.booleans()),
        ),
    )


def in_order(scene: SceneSpec) -> SceneSpec:
    """Resting racers are told in the table's order."""
    order = [racer.name for racer in scene.race.racers if racer.name in scene.resting]
    return replace(scene, resting=tuple(order))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(scene=scenes())
def test_what_is_shown_is_saved_and_opened_exactly(
    built_racing: DescentWorkspace, scene: SceneSpec
) -> None:
    shown, scene = built_racing, in_order(scene)
    assert from_json(to_json(scene), SceneSpec) == scene
    shown.scene.show(scene, edit_text.OPENED)
    assert shown.scene.spec() == scene


def test_a_file_brings_back_unticked_rows_and_the_view(
    built_racing: DescentWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = built_racing
    shown.scene.show(SceneSpec(), edit_text.OPENED)
    shown.editor.add("adam")
    shown.optimizers.table.item(1, 0).setCheckState(Qt.CheckState.Unchecked)
    shown.optimizers.choose("sgd")
    shown.map.zoom_in()
    shown.map.zoom_in()
    shown.cross_section.set_shown(True)
    seen, part = shown.scene.spec(), shown.map.visible_domain()
    assert seen.resting == ("momentum",) and len(seen.race.racers) == 4
    looks = [entry.look for entry in shown.setup.entries]
    path = tmp_path / "race.json"
    shown.files.save(str(path))
    shown.scene.show(SceneSpec(RaceSpec("beale", racers=(Racer("lion"),))), edit_text.OPENED)
    assert shown.map.visible_domain() != part
    assert shown.files.open_first([path])
    assert shown.scene.spec() == seen
    assert shown.map.visible_domain() == pytest.approx(part)
    assert [entry.look for entry in shown.setup.entries] == looks
    table = shown.optimizers.table
    ticks = [table.item(row, 0).checkState() is Qt.CheckState.Checked for row in range(4)]
    assert ticks == [True, False, True, True]
    shown.files.copy_race()
    assert from_json(QApplication.clipboard().text(), SceneSpec) == seen


def test_a_file_that_is_opened_with_the_program_shows_its_step(
    workspace: DescentWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    """It is opened before anything is computed."""
    path = tmp_path / "race.json"
    path.write_text(to_json(SceneSpec(RaceSpec(steps=40), step=7)), encoding="utf-8")
    assert workspace.files.open_first([path])
    workspace.start_first_work()
    qtbot.waitUntil(lambda: workspace.player.step == 7, timeout=WAIT_MS)
    wait_for_race(qtbot, workspace.jobs, workspace.store)


def test_a_race_of_an_older_version_opens_and_leaves_the_view(
    built_racing: DescentWorkspace, tmp_path: Path
) -> None:
    shown = built_racing
    shown.scene.show(SceneSpec(), edit_text.OPENED)
    shown.cross_section.set_shown(True)
    path = tmp_path / "old.json"
    path.write_text(
        '{"thalweg": 1, "kind": "race", "surface": "rosenbrock", "racers": '
        '[{"optimizer": "sgd"}, {"optimizer": "sgd", "settings": {"lr": 0.002}}]}',
        encoding="utf-8",
    )
    assert shown.files.open_first([path])
    names = [(entry.racer.name, entry.racer.occurrence) for entry in shown.setup.running]
    assert names == [("sgd", 0), ("sgd-2", 1)]
    assert shown.cross_section.is_shown()


@pytest.mark.parametrize(
    "scene",
    [
        SceneSpec(resting=("nobody",)),
        SceneSpec(chosen="nobody"),
        SceneSpec(step=301),
        SceneSpec(speed=0),
        SceneSpec(view=RaceView(coloring="pink")),
        SceneSpec(view=RaceView(domain=(1.0, 0.0, 0.0, 1.0))),
    ],
)
def test_what_cannot_be_shown_is_refused(scene: SceneSpec) -> None:
    with pytest.raises(InputError):
        scene.check()
