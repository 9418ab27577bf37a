"""Changing the race: the start, the racers, the ground; each change can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers.registry import OPTIMIZERS
from gui.descent.surfaces.gallery import NAME
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, scene_point, wait_for_race
from tests.gui.fields import enter, field

# -- the start ------------------------------------------------------------------------------------


def test_dragging_the_start_moves_it_and_is_undone_at_once(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    before = reused.setup.start()
    canvas = reused.map.viewport()
    here = scene_point(reused.map, *before) + QPoint(7, 5)  # within the 24 px circle
    there = scene_point(reused.map, 0.5, 2.0) + QPoint(7, 5)
    QTest.mouseMove(canvas, here)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=here)
    # In one burst, as they come after a frame that took long.
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(canvas, here + (there - here) * share)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)
    x, y = reused.setup.start()
    assert (x, y) == pytest.approx((0.5, 2.0), abs=0.05)
    assert field(reused, "descent.start.x.field").value() == x
    wait_for_race(qtbot, reused.jobs, reused.store)
    assert reused.jobs.history is not None
    assert reused.jobs.history.path(0)[0].tolist() == [x, y]
    reused.store.stack.undo()
    assert reused.setup.start() == before


def test_shift_click_sets_the_start(qtbot: QtBot, reused: DescentWorkspace) -> None:
    place = scene_point(reused.map, 0.25, 1.5)
    qtbot.mouseClick(
        reused.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, place
    )
    qtbot.waitUntil(lambda: reused.setup.race.start is not None)
    assert reused.setup.start() == pytest.approx((0.25, 1.5), abs=0.03)


def test_ctrl_click_sends_a_copy_from_another_start(qtbot: QtBot, reused: DescentWorkspace) -> None:
    reused.optimizers.choose("momentum")
    place = scene_point(reused.map, 0.5, 2.5)
    qtbot.mouseClick(
        reused.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
    )
    qtbot.waitUntil(lambda: len(reused.setup.entries) == 4)
    assert reused.setup.spec().racers[3].start == pytest.approx((0.5, 2.5), abs=0.03)
    wait_for_race(qtbot, reused.jobs, reused.store)
    history = reused.jobs.history
    assert history is not None
    assert tuple(history.path(3)[0]) == reused.setup.spec().racers[3].start
    assert tuple(history.path(1)[0]) == reused.setup.start()


def test_a_start_outside_the_view_is_refused_with_a_sentence(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    before = reused.setup.start()
    with qtbot.waitSignal(reused.error) as said:
        enter(field(reused, "descent.start.x.field"), "900")
    assert isinstance(said.args[0], InputError)
    assert "outside the view" in str(said.args[0])
    assert reused.setup.start() == before
    assert field(reused, "descent.start.x.field").value() == before[0]


# -- who races ------------------------------------------------------------------------------------


def test_a_rate_in_the_table_reruns_the_race_and_is_undone(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    rate = field(reused, "descent.optimizers.row.sgd.lr.field")
    before = rate.value()
    enter(rate, "5e-4")
    assert reused.setup.spec().racers[0].settings == {"lr": 5e-4}
    assert reused.store.stack.undoText() == "lr of SGD 0.001 → 0.0005"
    wait_for_race(qtbot, reused.jobs, reused.store)
    reused.store.stack.undo()
    assert rate.value() == before
    reused.store.stack.redo()
    assert rate.value() == 5e-4


def test_a_comma_is_understood_in_russian(reused: DescentWorkspace) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Russian))
    try:
        enter(field(reused, "descent.optimizers.row.momentum.momentum.field"), "0,75")
    finally:
        QLocale.setDefault(before)
    assert reused.setup.spec().racers[1].settings["momentum"] == 0.75


def test_nonsense_keeps_the_old_rate(reused: DescentWorkspace) -> None:
    rate = field(reused, "descent.optimizers.row.sgd.lr.field")
    before = reused.setup
    enter(rate, "abc")
    assert rate.is_wrong() and reused.setup is before


def test_other_settings_of_the_chosen_racer_have_fields(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    reused.optimizers.choose("sgd")
    enter(field(reused, "descent.setting.weight_decay.field"), "0.1")
    box = reused.findChild(QCheckBox, "descent.setting.nesterov.field")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert reused.setup.spec().racers[0].settings == {"weight_decay": 0.1, "nesterov": 1.0}
    reused.store.stack.undo()
    assert not box.isChecked()
    reused.editor.add("adam")
    assert field(reused, "descent.setting.beta2.field").value() == 0.999


def test_every_optimizer_has_its_settings_in_the_panel(workspace: DescentWorkspace) -> None:
    for name, optimizer in OPTIMIZERS.items():
        workspace.editor.add(name)
        row = workspace.setup.entries[-1].racer.name
        shown = {key for key in ("lr", "momentum") if key in optimizer.defaults}
        for key in shown:
            assert field(workspace, f"descent.optimizers.row.{row}.{key}.field").isVisibleTo(
                workspace
            )
        for key in set(optimizer.defaults) - shown:
            control = workspace.findChild(QWidget, f"descent.setting.{key}.field")
            assert control is not None and control.isEnabled(), (name, key)


def test_switching_off_add_copy_and_remove(qtbot: QtBot, reused: DescentWorkspace) -> None:
    table = reused.optimizers.table
    item = table.item(1, 0)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert [racer.name for racer in reused.setup.spec().racers] == ["sgd", "nesterov"]
    wait_for_race(qtbot, reused.jobs, reused.store)
    assert len(reused.map.racer_legend._racers) == 2
    reused.editor.add("sgd")
    assert reused.optimizers.chosen_name() == "sgd-2"
    assert table.item(3, 0).text() == "SGD 2"
    qtbot.mouseClick(reused.optimizers.copy, Qt.MouseButton.LeftButton)
    assert [entry.racer.name for entry in reused.setup.entries][-1] == "sgd-3"
    qtbot.mouseClick(reused.optimizers.remove, Qt.MouseButton.LeftButton)
    assert len(reused.setup.entries) == 4
    looks = [entry.look for entry in reused.setup.entries]
    assert len(set(looks)) == len(looks)
    for _ in range(4):
        reused.store.stack.undo()
    assert [entry.racer.name for entry in reused.setup.running] == ["sgd", "momentum", "nesterov"]


def test_with_everybody_off_the_map_says_so(reused: DescentWorkspace) -> None:
    for name in ("sgd", "momentum", "nesterov"):
        reused.editor.enable(name, False)
    assert "Nobody races" in reused.map.note.text() and reused.map.note.isVisible()
    reused.player.play()
    reused.editor.enable("sgd", True)


# -- the ground -----------------------------------------------------------------------------------


def test_choosing_a_surface_brings_its_own_start_and_rates(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    surfaces = reused.findChild(QListWidget, "descent.surface.list")
    names = [surfaces.item(row).text() for row in range(surfaces.count())]
    surfaces.setCurrentRow(names.index("Himmelblau"))
    assert reused.setup.race.surface == "himmelblau" and reused.setup.race.start is None
    wait_for_race(qtbot, reused.jobs, reused.store)
    qtbot.waitUntil(lambda: len(reused.map.marks.minima) == 4, timeout=WAIT_MS)
    assert "sup" in reused.header.formula.text()
    reused.store.stack.undo()
    assert reused.setup.race.surface == "rosenbrock"


def test_surfaces_are_a_gallery_of_small_pictures(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    workspace.start_first_work()
    tiles = workspace.surfaces.panel.list

    def painted() -> bool:
        last = tiles.item(tiles.count() - 1).icon().pixmap(88, 42).toImage()
        colors = {last.pixel(x, y) for x in range(5, 80, 15) for y in range(5, 40, 9)}
        return len(colors) > 2

    assert [tiles.item(row).data(NAME) for row in range(tiles.count())] == list(SURFACES)
    qtbot.waitUntil(painted, timeout=WAIT_MS)


def test_condition_number_changes_the_landscape(qtbot: QtBot, reused: DescentWorkspace) -> None:
    reused.editor.choose_surface("quadratic")
    enter(field(reused, "descent.parameter.condition.field"), "200")
    assert reused.setup.race.parameters["condition"] == 200

    def steeper() -> bool:
        landscape = reused.map.layer.landscape
        if landscape is None or not landscape.final:
            return False
        y = float(abs(landscape.y).max())
        return float(landscape.loss.max()) > 0.5 * 200 * y**2 * 0.99

    qtbot.waitUntil(steeper, timeout=WAIT_MS)


def test_own_formula_is_drawn_and_raced(qtbot: QtBot, reused: DescentWorkspace) -> None:
    enter(reused.findChild(QLineEdit, "descent.formula.field"), "x^2 + 3*y^2")
    qtbot.waitUntil(lambda: reused.setup.race.formula == "x^2 + 3*y^2", timeout=WAIT_MS)
    wait_for_race(qtbot, reused.jobs, reused.store)
    assert reused.surfaces.panel.list.currentRow() == -1
    history = reused.jobs.history
    assert history is not None
    x, y = reused.setup.start()
    assert history.loss(0)[0] == pytest.approx(x**2 + 3 * y**2)


@pytest.mark.parametrize("text", ["x^2 + 3*y^", "__import__('os')", "-" * 5000 + "x", "x +* y"])
def test_a_wrong_formula_points_at_the_character_and_keeps_the_landscape(
    qtbot: QtBot, reused: DescentWorkspace, text: str
) -> None:
    landscape, setup = reused.map.layer.landscape, reused.setup
    reused.surfaces.panel.formula.setText(text)
    qtbot.mouseClick(reused.surfaces.panel.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(reused.surfaces.panel.problem.text()), timeout=WAIT_MS)
    assert reused.surfaces.panel.problem.isVisible()
    assert reused.surfaces.panel.formula.property("wrong")
    assert reused.setup is setup and reused.map.layer.landscape is landscape


def test_a_formula_without_numbers_is_hatched_and_said(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    enter(reused.surfaces.panel.formula, "sqrt(-1 - x^2 - y^2)")
    qtbot.waitUntil(lambda: "no finite value" in reused.map.note.text(), timeout=WAIT_MS)


def test_an_area_without_numbers_is_hatched_and_said(
    reused: DescentWorkspace, qtbot: QtBot
) -> None:
    reused.surfaces.enter_formula("log(x) + y^2")
    qtbot.waitUntil(lambda: reused.map.hatch_legend.title == "Hatched", timeout=WAIT_MS)
    note, *_ = reused.map.hatch_legend.notes  # and -inf where a column of pixels is x = 0
    reused.surfaces.enter_formula("x + y")
    reused.editor.choose_surface("saddle")
    qtbot.waitUntil(lambda: reused.map.hatch_legend.title == "", timeout=WAIT_MS)
    assert reused.setup.race.surface == "saddle"  # the formula is forgotten
    assert "NaN" in note and "50 %" in note
    reused.surfaces.enter_formula("exp(exp(x^2 + 3)) + y^2")
    qtbot.waitUntil(
        lambda: any("infinite" in note for note in reused.map.hatch_legend.notes), timeout=WAIT_MS
    )
    reused.editor.choose_surface("himmelblau")
    qtbot.waitUntil(lambda: reused.map.hatch_legend.title == "", timeout=WAIT_MS)
