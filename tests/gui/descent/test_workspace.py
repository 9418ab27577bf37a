"""The Descent workspace: what a person does, and what must be seen then."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine import specs
from engine.descent.race import RaceSpec
from engine.descent.rules import OPTIMIZERS
from engine.descent.surfaces import SURFACES
from engine.errors import InputError
from gui.descent.gallery import NAME
from gui.descent.history import DIVERGED
from gui.descent.stability import stability_limit
from gui.descent.workspace import DescentWorkspace
from gui.widgets.number_field import NumberField

from .conftest import WAIT_MS, has_final_map, wait_for_race


def field(workspace: DescentWorkspace, name: str) -> NumberField:
    found = workspace.findChild(NumberField, name)
    assert found is not None, name
    return found


def enter(widget: QLineEdit, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


def scene_point(workspace: DescentWorkspace, x: float, y: float) -> QPoint:
    """A place of the plane in the canvas's pixels."""
    place = workspace.map.view_box.mapViewToScene(QPointF(x, y))
    return workspace.map.mapFromScene(place)


# -- the first screen ---------------------------------------------------------------------------


def test_landscape_and_race_are_there_before_anything_is_pressed(
    racing: DescentWorkspace,
) -> None:
    landscape = racing.map.layer.landscape
    assert landscape is not None and landscape.final and np.isfinite(landscape.loss).all()
    assert racing.player.step == 0 and not racing.player.playing
    assert [entry.racer.name for entry in racing.setup.running] == ["sgd", "momentum", "nesterov"]


def test_canvas_tells_programs_what_it_shows(racing: DescentWorkspace) -> None:
    racing.player.seek(5)
    state = json.loads(json.dumps(racing.map.inspect_state()))
    assert state["racers"] == ["SGD", "Momentum", "Nesterov"]
    assert state["start"] == list(racing.setup.start()) and len(state["heads"]) == 3
    assert state["contours"] > 5 and state["finite"] and not state["note"]
    left, top, width, height = state["map"]
    inner = racing.map.mapToGlobal(QPoint(0, 0))
    assert left > inner.x() and top >= inner.y() and width > 300 and height > 200


def test_landscape_fills_the_canvas(racing: DescentWorkspace) -> None:
    landscape = racing.map.layer.landscape
    assert landscape is not None
    x0, x1, y0, y1 = racing.map.visible_domain()
    assert landscape.x[[0, -1]] == pytest.approx([x0, x1])
    assert landscape.y[[0, -1]] == pytest.approx([y0, y1])
    (width, height) = racing.map.pixel_size()
    assert (x1 - x0) / (y1 - y0) == pytest.approx(width / height, rel=0.01)  # equal aspect


def test_first_work_is_announced_once_with_a_hundred_steps(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    with qtbot.waitSignal(workspace.first_work_done, timeout=WAIT_MS):
        workspace.start_first_work()
        workspace.finish_first_work()
    assert workspace.player.step == 100
    assert has_final_map(workspace)


# -- time ------------------------------------------------------------------------------------------


def test_one_press_plays_the_race_to_its_end(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.player.set_speed(1000)
    button = racing.findChild(QPushButton, "descent.play.button")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert racing.player.playing
    assert button.text() == "Pause"
    qtbot.waitUntil(lambda: racing.player.step == 60 and not racing.player.playing)
    assert button.text() == "Play"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert racing.player.playing and racing.player.step < 60  # again from the start
    racing.player.pause()


def test_step_reset_and_slider_move_the_playhead(qtbot: QtBot, racing: DescentWorkspace) -> None:
    step = racing.findChild(QWidget, "descent.step.button")
    back = racing.findChild(QWidget, "descent.back.button")
    reset = racing.findChild(QWidget, "descent.reset.button")
    slider = racing.timeline.slider
    for _ in range(3):
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert racing.player.step == 3
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert racing.player.step == 2
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert racing.player.step == 3
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert racing.player.step == 13
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert racing.player.step == 60
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert racing.player.step == 0
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 12))
    assert 25 <= racing.player.step <= 35
    assert racing.timeline.count.text() == f"step {racing.player.step} / 60"
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert racing.player.step == 0


def test_pressing_a_curve_jumps_to_that_step(qtbot: QtBot, racing: DescentWorkspace) -> None:
    box = racing.curves.loss.box
    place = racing.curves.mapFromScene(box.mapViewToScene(QPointF(40, sum(box.viewRange()[1]) / 2)))
    qtbot.mouseClick(racing.curves.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: abs(racing.player.step - 40) <= 1)
    assert racing.curves.slope.cursor.value() == racing.player.step


def test_the_second_plot_shows_gradient_distance_or_step(racing: DescentWorkspace) -> None:
    racing.player.seek(60)
    curves, history = racing.curves, racing.runner.history
    assert history is not None
    path = history.path(1)
    expected = {
        "slope": history.slope(1),
        "distance": np.hypot(*(path - [1.0, 1.0]).T),
        "length": np.hypot(*np.diff(path, axis=0, prepend=path[:1]).T),
    }
    for name, values in expected.items():
        curves.measure.setCurrentIndex(curves.measure.findData(name))
        line = curves._slope_points.lines()[1]
        np.testing.assert_allclose(10 ** line[1:, 1], values[1:])


def test_without_a_known_minimum_there_is_no_distance(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    measure = racing.curves.measure
    measure.setCurrentIndex(measure.findData("distance"))
    racing.editor.add("sgd")
    racing.editor.choose_surface("saddle")
    qtbot.waitUntil(lambda: measure.currentData() == "slope", timeout=WAIT_MS)
    measure.setCurrentIndex(measure.findData("distance"))
    assert measure.currentData() == "slope"


def test_scrubbing_back_shows_the_very_numbers_of_that_step(racing: DescentWorkspace) -> None:
    from engine.descent.race import race

    frames = list(race(racing.setup.spec()))
    racing.player.seek(60)
    racing.player.seek(17)
    history = racing.runner.history
    assert history is not None
    for racer in range(3):
        np.testing.assert_array_equal(history.path(racer)[17], frames[17].position[racer])
        assert history.loss(racer)[17] == frames[17].loss[racer]


# -- the start ------------------------------------------------------------------------------------


def test_dragging_the_start_moves_it_and_is_undone_at_once(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    before = racing.setup.start()
    canvas = racing.map.viewport()
    here = scene_point(racing, *before) + QPoint(7, 5)  # within the 24 px circle
    there = scene_point(racing, 0.5, 2.0) + QPoint(7, 5)
    QTest.mouseMove(canvas, here)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=here)
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(canvas, here + (there - here) * share)
        qtbot.wait(20)  # pyqtgraph joins moves that come within a few milliseconds
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=there)
    x, y = racing.setup.start()
    assert (x, y) == pytest.approx((0.5, 2.0), abs=0.05)
    assert field(racing, "descent.start.x.field").value() == x
    wait_for_race(qtbot, racing)
    assert racing.runner.history is not None
    assert racing.runner.history.path(0)[0].tolist() == [x, y]
    racing.keeper.stack.undo()
    assert racing.setup.start() == before


def test_shift_click_sets_the_start(qtbot: QtBot, racing: DescentWorkspace) -> None:
    place = scene_point(racing, 0.25, 1.5)
    qtbot.mouseClick(
        racing.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, place
    )
    qtbot.waitUntil(lambda: racing.setup.race.start is not None)
    assert racing.setup.start() == pytest.approx((0.25, 1.5), abs=0.03)


def test_ctrl_click_sends_a_copy_from_another_start(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.optimizers.choose("momentum")
    place = scene_point(racing, 0.5, 2.5)
    qtbot.mouseClick(
        racing.map.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
    )
    qtbot.waitUntil(lambda: len(racing.setup.entries) == 4)
    assert racing.setup.spec().racers[3].start == pytest.approx((0.5, 2.5), abs=0.03)
    wait_for_race(qtbot, racing)
    history = racing.runner.history
    assert history is not None
    assert tuple(history.path(3)[0]) == racing.setup.spec().racers[3].start
    assert tuple(history.path(1)[0]) == racing.setup.start()


def test_a_start_outside_the_view_is_refused_with_a_sentence(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    before = racing.setup.start()
    with qtbot.waitSignal(racing.error) as said:
        enter(field(racing, "descent.start.x.field"), "900")
    assert isinstance(said.args[0], InputError)
    assert "outside the view" in str(said.args[0])
    assert racing.setup.start() == before
    assert field(racing, "descent.start.x.field").value() == before[0]


# -- who races ------------------------------------------------------------------------------------


def test_a_rate_in_the_table_reruns_the_race_and_is_undone(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    rate = field(racing, "descent.optimizers.row.sgd.lr.field")
    before = rate.value()
    enter(rate, "5e-4")
    assert racing.setup.spec().racers[0].settings == {"lr": 5e-4}
    assert racing.keeper.stack.undoText() == "lr of SGD 0.001 → 0.0005"
    wait_for_race(qtbot, racing)
    racing.keeper.stack.undo()
    assert rate.value() == before
    racing.keeper.stack.redo()
    assert rate.value() == 5e-4


def test_a_comma_is_understood_in_russian(racing: DescentWorkspace) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Russian))
    try:
        enter(field(racing, "descent.optimizers.row.momentum.momentum.field"), "0,75")
    finally:
        QLocale.setDefault(QLocale(QLocale.Language.English))
    assert racing.setup.spec().racers[1].settings["momentum"] == 0.75


def test_nonsense_keeps_the_old_rate(racing: DescentWorkspace) -> None:
    rate = field(racing, "descent.optimizers.row.sgd.lr.field")
    before = racing.setup
    enter(rate, "abc")
    assert rate.is_wrong() and racing.setup is before


def test_other_settings_of_the_chosen_racer_have_fields(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.optimizers.choose("sgd")
    enter(field(racing, "descent.setting.weight_decay.field"), "0.1")
    box = racing.findChild(QCheckBox, "descent.setting.nesterov.field")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert racing.setup.spec().racers[0].settings == {"weight_decay": 0.1, "nesterov": 1.0}
    racing.keeper.stack.undo()
    assert not box.isChecked()
    racing.editor.add("adam")
    assert field(racing, "descent.setting.beta2.field").value() == 0.999


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


def test_switching_off_add_copy_and_remove(qtbot: QtBot, racing: DescentWorkspace) -> None:
    table = racing.optimizers.table
    item = table.item(1, 0)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert [racer.name for racer in racing.setup.spec().racers] == ["sgd", "nesterov"]
    wait_for_race(qtbot, racing)
    assert len(racing.map.racer_legend._racers) == 2
    racing.editor.add("sgd")
    assert racing.optimizers.chosen_name() == "sgd-2"
    assert table.item(3, 0).text() == "SGD 2"
    qtbot.mouseClick(racing.optimizers.copy, Qt.MouseButton.LeftButton)
    assert [entry.racer.name for entry in racing.setup.entries][-1] == "sgd-3"
    qtbot.mouseClick(racing.optimizers.remove, Qt.MouseButton.LeftButton)
    assert len(racing.setup.entries) == 4
    looks = [entry.look for entry in racing.setup.entries]
    assert len(set(looks)) == len(looks)
    for _ in range(4):
        racing.keeper.stack.undo()
    assert [entry.racer.name for entry in racing.setup.running] == ["sgd", "momentum", "nesterov"]


def test_with_everybody_off_the_map_says_so(racing: DescentWorkspace) -> None:
    for name in ("sgd", "momentum", "nesterov"):
        racing.editor.enable(name, False)
    assert "Nobody races" in racing.map.note.text() and racing.map.note.isVisible()
    racing.player.play()
    racing.editor.enable("sgd", True)


# -- the ground -----------------------------------------------------------------------------------


def test_choosing_a_surface_brings_its_own_start_and_rates(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    surfaces = racing.findChild(QListWidget, "descent.surface.list")
    names = [surfaces.item(row).text() for row in range(surfaces.count())]
    surfaces.setCurrentRow(names.index("Himmelblau"))
    assert racing.setup.race.surface == "himmelblau" and racing.setup.race.start is None
    wait_for_race(qtbot, racing)
    qtbot.waitUntil(lambda: len(racing.map.marks.minima) == 4, timeout=WAIT_MS)
    assert "sup" in racing.header.formula.text()
    racing.keeper.stack.undo()
    assert racing.setup.race.surface == "rosenbrock"


def test_surfaces_are_a_gallery_of_small_pictures(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    workspace.start_first_work()
    tiles = workspace.surfaces.list

    def painted() -> bool:
        last = tiles.item(tiles.count() - 1).icon().pixmap(88, 42).toImage()
        colors = {last.pixel(x, y) for x in range(5, 80, 15) for y in range(5, 40, 9)}
        return len(colors) > 2

    assert [tiles.item(row).data(NAME) for row in range(tiles.count())] == list(SURFACES)
    qtbot.waitUntil(painted, timeout=WAIT_MS)


def test_condition_number_changes_the_landscape(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.editor.choose_surface("quadratic")
    enter(field(racing, "descent.parameter.condition.field"), "200")
    assert racing.setup.race.parameters["condition"] == 200

    def steeper() -> bool:
        landscape = racing.map.layer.landscape
        if landscape is None or not landscape.final:
            return False
        y = float(abs(landscape.y).max())
        return float(landscape.loss.max()) > 0.5 * 200 * y**2 * 0.99

    qtbot.waitUntil(steeper, timeout=WAIT_MS)


def test_own_formula_is_drawn_and_raced(qtbot: QtBot, racing: DescentWorkspace) -> None:
    enter(racing.findChild(QLineEdit, "descent.formula.field"), "x^2 + 3*y^2")
    qtbot.waitUntil(lambda: racing.setup.race.formula == "x^2 + 3*y^2", timeout=WAIT_MS)
    wait_for_race(qtbot, racing)
    assert racing.surfaces.list.currentRow() == -1
    history = racing.runner.history
    assert history is not None
    x, y = racing.setup.start()
    assert history.loss(0)[0] == pytest.approx(x**2 + 3 * y**2)


@pytest.mark.parametrize("text", ["x^2 + 3*y^", "__import__('os')", "-" * 5000 + "x", "x +* y"])
def test_a_wrong_formula_points_at_the_character_and_keeps_the_landscape(
    qtbot: QtBot, racing: DescentWorkspace, text: str
) -> None:
    landscape, setup = racing.map.layer.landscape, racing.setup
    racing.surfaces.formula.setText(text)
    qtbot.mouseClick(racing.surfaces.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(racing.surfaces.problem.text()), timeout=WAIT_MS)
    assert racing.surfaces.problem.isVisible()
    assert racing.surfaces.formula.property("wrong")
    assert racing.setup is setup and racing.map.layer.landscape is landscape


def test_a_formula_without_numbers_is_hatched_and_said(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    enter(racing.surfaces.formula, "sqrt(-1 - x^2 - y^2)")
    qtbot.waitUntil(lambda: "no finite value" in racing.map.note.text(), timeout=WAIT_MS)


def test_basins_colour_every_start_and_follow_the_rate(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.choose_surface("himmelblau")
    racing.optimizers.choose("momentum")
    combo = racing.header.ground
    combo.setCurrentIndex(combo.findData("basins"))

    def final() -> bool:
        basins = racing.map.layer.basins
        return basins is not None and basins.final

    qtbot.waitUntil(final, timeout=WAIT_MS)
    first = racing.map.layer.basins
    assert first is not None and set(np.unique(first.label)) == {-1, 0, 1, 2, 3}
    assert first.x[[0, -1]] == pytest.approx(racing.map.visible_domain()[:2])
    assert "Basins of Momentum" in racing.map.ground_legend._title
    assert not racing.map.color_bar.isVisible()
    racing.editor.set_setting("momentum", "lr", 0.003)
    qtbot.waitUntil(lambda: racing.map.layer.basins is not first and final(), timeout=WAIT_MS)
    assert (racing.map.layer.basins.label != first.label).any()
    racing.grab()
    racing.ground.choose("loss")
    assert racing.map.layer.basins is None and racing.map.color_bar.isVisible()
    assert combo.currentData() == "loss"


def test_map_of_rates_and_momenta_sets_the_chosen_racer(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.choose_surface("quadratic")
    racing.optimizers.choose("momentum")
    racing.tuning.open()
    dialog = racing.tuning.dialog
    qtbot.waitUntil(lambda: dialog.sweep is not None, timeout=WAIT_MS)
    sweep = dialog.sweep
    assert sweep is not None
    limit = stability_limit(50.0, sweep.momentum, nesterov=False)
    row = 20
    measured = sweep.lr[sweep.diverged[row]].min()
    assert measured == pytest.approx(limit[row], rel=0.05)  # a cell of the map is 5 % wide
    dialog.grab()
    dialog.box.pointed.emit(-2.0, 0.5)
    entry = racing.setup.entry("momentum")
    assert entry is not None
    assert dict(entry.racer.settings) == {"lr": 0.01, "momentum": 0.5}
    racing.keeper.stack.undo()
    entry = racing.setup.entry("momentum")
    assert entry is not None and not entry.racer.settings
    dialog.close()


def test_basins_of_a_rule_that_goes_alone_are_refused(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.add("lbfgs")
    with qtbot.waitSignal(racing.error, timeout=WAIT_MS):
        racing.ground.choose("basins")
    assert racing.ground.kind == "loss"


# -- looking --------------------------------------------------------------------------------------


def test_wheel_zooms_about_the_cursor_and_f_fits_again(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    home = racing.map.visible_domain()
    racing.map.zoom_in()
    zoomed = racing.map.visible_domain()
    assert zoomed[1] - zoomed[0] < home[1] - home[0]
    qtbot.waitUntil(
        lambda: racing.map.layer.landscape.x[0] == pytest.approx(zoomed[0]), timeout=WAIT_MS
    )
    racing.map.fit()
    assert racing.map.visible_domain() == pytest.approx(home)


def test_hover_reads_loss_slope_and_curvature(qtbot: QtBot, racing: DescentWorkspace) -> None:
    said: list[str] = []
    racing.readout.connect(said.append)
    racing.map._on_mouse(racing.map.view_box.mapViewToScene(QPointF(-1.0, 1.0)))
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    # Rosenbrock at (-1, 1): f 4, gradient (-4, 0), Hessian ((802, 400), (400, 200)).
    assert said[-1] == "x −1   y 1   f 4   |∇f| 4   curvature 0.3994 … 1002"
    racing.map.left.emit()
    assert said[-1] == ""


def test_vectors_of_the_next_step_are_drawn_while_paused(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.optimizers.choose("nesterov")
    racing.player.seek(20)

    def drawn() -> bool:
        anatomy = racing.map.arrows.anatomy
        history = racing.runner.history
        return (
            anatomy is not None
            and history is not None
            and len(anatomy.arrows) == 5
            and np.array_equal(anatomy.lookahead, history.path(2)[20])
        )

    qtbot.waitUntil(drawn, timeout=WAIT_MS)
    roles = [arrow.role for arrow in racing.map.arrows.anatomy.arrows]
    assert roles == ["gradient", "momentum", "gradient_ahead", "classical", "nesterov"]
    times = racing.map.arrows.magnified
    assert times > 1 and math.log2(times).is_integer()
    assert "×" in racing.map.arrow_legend._notes[0]
    racing.optimizers.choose("sgd")
    qtbot.waitUntil(lambda: len(racing.map.arrows.anatomy.arrows) == 1, timeout=WAIT_MS)
    racing.player.play()
    assert racing.map.arrows.anatomy is None
    racing.player.pause()


def test_a_step_that_cannot_be_taken_apart_has_no_arrows(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.add("lbfgs")
    wait_for_race(qtbot, racing)
    racing.player.seek(2)
    with qtbot.waitSignal(racing.runner.step_ready, timeout=WAIT_MS):
        racing.presenter.show()
    assert not racing.map.arrows.anatomy.arrows
    racing.grab()


def test_a_race_to_infinity_is_shown_as_diverged_and_the_view_stays(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    view = racing.map.visible_domain()
    enter(field(racing, "descent.optimizers.row.sgd.lr.field"), "5")
    wait_for_race(qtbot, racing)
    racing.player.seek(60)
    history = racing.runner.history
    assert history is not None and history.state(60)[0] == DIVERGED
    assert not np.isfinite(history.path(0)[60]).all()
    table = racing.standings.table
    assert table.item(2, 0).text() == "SGD" and "diverged" in table.item(2, 2).text()
    racing.grab()
    assert racing.map.visible_domain() == view
    assert all(np.isfinite(racing.curves.loss.box.viewRange()).ravel())


# -- keeping --------------------------------------------------------------------------------------


def test_a_race_is_saved_and_opened_again(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    racing.editor.choose_surface("beale")
    racing.editor.set_setting("sgd", "lr", 0.002)
    racing.editor.set_race_value("noise", 0.5)
    saved = racing.setup.spec()
    path = tmp_path / "гонка 1.json"
    racing.commands.save(str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["kind"] == "race"
    racing.editor.choose_surface("saddle")
    assert racing.open_paths([path])
    assert racing.setup.spec() == saved
    racing.keeper.stack.undo()
    assert racing.setup.race.surface == "saddle"


def test_files_of_others_are_left_to_others(racing: DescentWorkspace, tmp_path: Path) -> None:
    coco = tmp_path / "annotations.json"
    coco.write_text('{"images": []}', encoding="utf-8")
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    assert not racing.open_paths([coco, picture, tmp_path])


def test_a_broken_race_is_refused_with_one_sentence(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    before = racing.setup
    path = tmp_path / "race.json"
    path.write_text('{"thalweg": 1, "kind": "race", "surface": "nowhere"}', encoding="utf-8")
    with qtbot.waitSignal(racing.error) as said:
        assert racing.open_paths([path])
    assert "nowhere" in str(said.args[0])
    assert racing.setup is before


def test_a_race_travels_over_the_clipboard(racing: DescentWorkspace) -> None:
    racing.editor.set_setting("nesterov", "lr", 0.0005)
    spec = racing.setup.spec()
    racing.commands.copy_race()
    assert specs.from_json(QApplication.clipboard().text(), RaceSpec) == spec
    racing.editor.choose_surface("saddle")
    racing.commands.paste_race()
    assert racing.setup.spec() == spec


@pytest.mark.parametrize("ending", [".png", ".csv"])
def test_a_race_is_exported_in_the_background(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"race{ending}"
    with qtbot.waitSignal(racing.runner.exported, timeout=WAIT_MS):
        racing.commands.export(str(path))
    head = path.read_bytes()[:9]
    assert head in (b"\x89PNG\r\n\x1a\n\x00", b"optimizer")
    assert racing.commands.was_exported()


def test_an_export_that_cannot_be_written_says_so(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    for name in ("race.xyz", "nowhere/race.csv"):
        with qtbot.waitSignal(racing.error, timeout=WAIT_MS) as said:
            racing.commands.export(str(tmp_path / name))
        assert name.rpartition("/")[2] in str(said.args[0])


def test_a_race_is_copied_as_a_script(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.commands.copy_script()
    text = QApplication.clipboard().text()
    compile(text, "race.py", "exec")
    assert text.count("torch.optim.SGD(") == 3
    racing.editor.add("lion")
    with qtbot.waitSignal(racing.error) as said:
        racing.commands.copy_script()
    assert "Lion" in str(said.args[0])


def test_saving_where_one_may_not_says_so(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    with qtbot.waitSignal(racing.error) as said:
        racing.commands.save(str(tmp_path / "nowhere" / "race.json"))
    assert "nowhere" in str(said.args[0])


# -- the house's rules --------------------------------------------------------------------------


def test_every_control_has_a_name_for_programs_and_for_people(racing: DescentWorkspace) -> None:
    controls = [
        widget
        for widget in racing.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
    ]
    assert len(controls) > 15
    for widget in controls:
        assert widget.objectName().startswith("descent."), widget
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget.objectName()
        assert widget.toolTip() or widget.objectName() == "descent.canvas", widget.objectName()
    names = [widget.objectName() for widget in controls]
    assert len(set(names)) == len(names)


def test_lecture_mode_puts_the_panels_away_and_brings_them_back(
    racing: DescentWorkspace,
) -> None:
    wide = racing.map.width()
    racing.set_lecture(True)
    assert not racing.surfaces.isVisible() and racing.map.scale_factor > 1
    racing.commands.leave_lecture()
    assert racing.surfaces.isVisible() and racing.map.scale_factor == 1
    QApplication.processEvents()
    assert racing.map.width() == wide


def test_layout_comes_back(racing: DescentWorkspace) -> None:
    state = racing.save_state()
    racing.restore_state({"columns": "nonsense", "plots": [1], "speed": -3})
    assert racing.save_state() == state
    racing.restore_state({"speed": 10})
    assert racing.player.speed == 10 and racing.timeline.speed.currentData() == 10


def test_nobody_leads_while_all_are_equal(racing: DescentWorkspace) -> None:
    table = racing.standings.table
    assert [table.item(row, 2).text() for row in range(3)] == ["runs"] * 3
    racing.player.seek(40)
    assert table.item(0, 2).text() == "leads"
