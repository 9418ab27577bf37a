"""The Descent workspace: what is seen, and how one moves in time."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from engine.errors import DeviceError
from gui.descent.workspace import DescentWorkspace
from gui.racing.history import DIVERGED
from tests.gui.descent.conftest import WAIT_MS, has_final_map, wait_for_race
from tests.gui.fields import enter, field

# -- the first screen ---------------------------------------------------------------------------


def test_landscape_and_race_are_there_before_anything_is_pressed(
    racing: DescentWorkspace,
) -> None:
    landscape = racing.map.layer.landscape
    assert landscape is not None and landscape.final and np.isfinite(landscape.loss).all()
    assert racing.player.step == 0 and not racing.player.playing
    assert [entry.racer.name for entry in racing.setup.running] == ["sgd", "momentum", "nesterov"]


def test_canvas_tells_programs_what_it_shows(reused: DescentWorkspace) -> None:
    reused.player.seek(5)
    state = json.loads(json.dumps(reused.map.inspect_state()))
    assert state["racers"] == ["SGD", "Momentum", "Nesterov"]
    assert state["start"] == list(reused.setup.start()) and len(state["heads"]) == 3
    assert state["contours"] > 5 and state["finite"] and not state["note"]
    left, top, width, height = state["map"]
    inner = reused.map.mapToGlobal(QPoint(0, 0))
    assert left > inner.x() and top >= inner.y() and width > 300 and height > 200


def test_landscape_fills_the_canvas(reused: DescentWorkspace) -> None:
    landscape = reused.map.layer.landscape
    assert landscape is not None
    x0, x1, y0, y1 = reused.map.visible_domain()
    assert landscape.x[[0, -1]] == pytest.approx([x0, x1])
    assert landscape.y[[0, -1]] == pytest.approx([y0, y1])
    (width, height) = reused.map.pixel_size()
    assert (x1 - x0) / (y1 - y0) == pytest.approx(width / height, rel=0.01)  # equal aspect


def test_first_work_is_announced_once_with_a_hundred_steps(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    with qtbot.waitSignal(workspace.first_work_done, timeout=WAIT_MS):
        workspace.start_first_work()
        workspace.finish_first_work()
    assert workspace.player.step == 100
    assert has_final_map(workspace.map)


# -- time ------------------------------------------------------------------------------------------


def test_one_press_plays_the_race_to_its_end(qtbot: QtBot, reused: DescentWorkspace) -> None:
    reused.player.set_speed(1000)
    button = reused.findChild(QPushButton, "descent.play.button")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reused.player.playing
    assert button.text() == "Pause"
    qtbot.waitUntil(lambda: reused.player.step == 60 and not reused.player.playing)
    assert button.text() == "Play"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert reused.player.playing and reused.player.step < 60  # again from the start
    reused.player.pause()


def test_step_reset_and_slider_move_the_playhead(qtbot: QtBot, reused: DescentWorkspace) -> None:
    step = reused.findChild(QWidget, "descent.step.button")
    back = reused.findChild(QWidget, "descent.back.button")
    reset = reused.findChild(QWidget, "descent.reset.button")
    slider = reused.timeline.slider
    for _ in range(3):
        qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert reused.player.step == 3
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert reused.player.step == 2
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert reused.player.step == 3
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert reused.player.step == 13
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert reused.player.step == 60
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert reused.player.step == 0
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, 12))
    assert 25 <= reused.player.step <= 35
    assert reused.timeline.count.text() == f"step {reused.player.step} / 60"
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert reused.player.step == 0


def test_pressing_a_curve_jumps_to_that_step(qtbot: QtBot, reused: DescentWorkspace) -> None:
    box = reused.curves.loss.box
    place = reused.curves.mapFromScene(box.mapViewToScene(QPointF(40, sum(box.viewRange()[1]) / 2)))
    qtbot.mouseClick(reused.curves.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: abs(reused.player.step - 40) <= 1)
    assert reused.curves.slope.cursor.value() == reused.player.step


def test_the_second_plot_shows_gradient_distance_or_step(reused: DescentWorkspace) -> None:
    reused.player.seek(60)
    curves, history = reused.curves, reused.jobs.history
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


def test_the_status_says_where_a_derivative_is_not_defined(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.set_formula("√(x²+y²)")
    racing.editor.set_start(1.0, 0.0)
    racing.editor.set_setting("sgd", "lr", 1.0)

    def undefined() -> bool:
        history = racing.jobs.history
        return history is not None and history.undefined_at[0] == 1

    qtbot.waitUntil(undefined, timeout=WAIT_MS)
    with qtbot.waitSignal(
        racing.status_text.status,
        check_params_cb=lambda text: text == "SGD: the gradient is not defined at (0, 0), step 1",
    ):
        racing.player.seek(3)


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


def test_scrubbing_back_shows_the_very_numbers_of_that_step(reused: DescentWorkspace) -> None:
    from engine.descent.race.run import race

    frames = list(race(reused.setup.spec()))
    reused.player.seek(60)
    reused.player.seek(17)
    history = reused.jobs.history
    assert history is not None
    for racer in range(3):
        np.testing.assert_array_equal(history.path(racer)[17], frames[17].position[racer])
        assert history.loss(racer)[17] == frames[17].loss[racer]


# -- looking --------------------------------------------------------------------------------------


def test_wheel_zooms_about_the_cursor_and_f_fits_again(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    home = reused.map.visible_domain()
    reused.map.zoom_in()
    zoomed = reused.map.visible_domain()
    assert zoomed[1] - zoomed[0] < home[1] - home[0]
    qtbot.waitUntil(
        lambda: reused.map.layer.landscape.x[0] == pytest.approx(zoomed[0]), timeout=WAIT_MS
    )
    reused.map.fit()
    assert reused.map.visible_domain() == pytest.approx(home)


def test_hover_reads_loss_slope_and_curvature(qtbot: QtBot, reused: DescentWorkspace) -> None:
    said: list[str] = []
    reused.readout.connect(said.append)
    reused.map._on_mouse(reused.map.view_box.mapViewToScene(QPointF(-1.0, 1.0)))
    qtbot.waitUntil(lambda: bool(said), timeout=WAIT_MS)
    # Rosenbrock at (-1, 1): f 4, gradient (-4, 0), Hessian ((802, 400), (400, 200)).
    assert said[-1] == "x −1   y 1   f 4   |∇f| 4   λ 0.3994 … 1002   κ 2508"
    reused.map.left.emit()
    assert said[-1] == ""


def test_vectors_of_the_next_step_are_drawn_while_paused(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    reused.optimizers.choose("nesterov")
    reused.player.seek(20)

    def drawn() -> bool:
        anatomy = reused.vectors.layer.vectors
        history = reused.jobs.history
        return (
            anatomy is not None
            and history is not None
            and len(anatomy.arrows) == 5
            and np.array_equal(anatomy.lookahead, history.path(2)[20])
        )

    qtbot.waitUntil(drawn, timeout=WAIT_MS)
    roles = [arrow.role for arrow in reused.vectors.layer.vectors.arrows]
    assert roles == ["gradient", "momentum", "gradient_ahead", "classical", "nesterov"]
    lens = reused.vectors.layer.inset.lens
    assert lens is not None and lens.times > 1
    assert f"× {lens.times:g}" in reused.vectors.layer.legend.notes[0]
    reused.optimizers.choose("sgd")
    qtbot.waitUntil(lambda: len(reused.vectors.layer.vectors.arrows) == 1, timeout=WAIT_MS)
    reused.player.play()
    assert reused.vectors.layer.vectors is None
    reused.player.pause()


def test_the_step_of_lbfgs_has_arrows_and_a_level_line(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    racing.editor.add("lbfgs")
    wait_for_race(qtbot, racing.jobs, racing.store)
    racing.player.seek(2)
    racing.playback.show()

    def roles() -> list[str]:
        anatomy = racing.vectors.layer.vectors
        return [arrow.role for arrow in anatomy.arrows] if anatomy is not None else []

    qtbot.waitUntil(lambda: roles() == ["direction", "step"], timeout=WAIT_MS)
    assert racing.vectors.layer.vectors.region is not None
    racing.grab()


def test_a_race_to_infinity_is_shown_as_diverged_and_the_view_stays(
    qtbot: QtBot, racing: DescentWorkspace
) -> None:
    view = racing.map.visible_domain()
    enter(field(racing, "descent.optimizers.row.sgd.lr.field"), "5")
    wait_for_race(qtbot, racing.jobs, racing.store)
    racing.player.seek(60)
    history = racing.jobs.history
    assert history is not None and history.state(60)[0] == DIVERGED
    assert not np.isfinite(history.path(0)[60]).all()
    table = racing.standings.table
    assert table.item(2, 0).text() == "SGD" and "diverged" in table.item(2, 2).text()
    racing.grab()
    assert racing.map.visible_domain() == view
    assert all(np.isfinite(racing.curves.loss.box.viewRange()).ravel())


# -- the rules of the program -------------------------------------------------------------------


def test_every_control_has_a_name_for_programs_and_for_people(reused: DescentWorkspace) -> None:
    controls = [
        widget
        for widget in reused.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
    ]
    assert len(controls) > 15
    for widget in controls:
        assert widget.objectName().startswith("descent."), widget
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget.objectName()
        told = widget.toolTip() or widget.accessibleDescription()  # a tip would cover a table
        assert told or widget.objectName() == "descent.canvas", widget.objectName()
    names = [widget.objectName() for widget in controls]
    assert len(set(names)) == len(names)


def test_what_a_feature_refuses_is_an_error_of_the_workspace(reused: DescentWorkspace) -> None:
    said: list[Exception] = []
    reused.error.connect(said.append)
    for feature in (
        *(reused.files, reused.export, reused.surface_switch, reused.basins),
        *(reused.stability, reused.fair_race, reused.data_fit, reused.settings_panels),
    ):
        error = ValueError("no")
        feature.failed.emit(error)
        assert said.pop() is error and not said


def test_lecture_mode_puts_the_panels_away_and_brings_them_back(
    reused: DescentWorkspace,
) -> None:
    wide = reused.map.width()
    reused.lecture.set_shown(True)
    assert not reused.surfaces.panel.isVisible() and reused.map.scale_factor > 1
    reused.lecture.set_shown(False)
    assert reused.surfaces.panel.isVisible() and reused.map.scale_factor == 1
    QApplication.processEvents()
    assert reused.map.width() == wide


def test_layout_comes_back(reused: DescentWorkspace) -> None:
    state = reused.save_state()
    reused.restore_state({"columns": "nonsense", "plots": [1], "speed": -3})
    assert reused.save_state() == state
    reused.restore_state({"speed": 10})
    assert reused.player.speed == 10 and reused.timeline.speed.currentData() == 10


def test_nobody_leads_while_all_are_equal(reused: DescentWorkspace) -> None:
    table = reused.standings.table
    assert [table.item(row, 2).text() for row in range(3)] == ["runs"] * 3
    reused.player.seek(40)
    assert table.item(0, 2).text() == "leads"


def test_without_opengl_the_flat_map_stays_and_the_reason_is_said(
    qtbot: QtBot, reused: DescentWorkspace
) -> None:
    with qtbot.waitSignal(reused.error) as said:
        reused.header.three_d.click()
    assert isinstance(said.args[0], DeviceError) and said.args[0].code == "view.no_opengl"
    assert not reused.header.three_d.isChecked() and not reused.surface_switch.shown
    assert reused.map.isVisible()
