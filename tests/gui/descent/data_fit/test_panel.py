"""The data beside the landscape: what is drawn, what can be set, and how it is undone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.data_fit.models import LINE, LOGISTIC
from engine.descent.race.spec import sampler_of
from engine.specs import from_json, to_json
from gui import i18n
from gui.descent.workspace import DescentWorkspace
from tests.gui.conftest import ScaledBot
from tests.gui.descent.conftest import (
    WAIT_MS,
    built_workspace,
    has_final_map,
    put_back,
    wait_for_first_work,
    wait_for_race,
)
from tests.gui.fields import enter, field


@pytest.fixture(scope="module")
def built_fitting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DescentWorkspace]:
    with built_workspace(request, tmp_path_factory) as made:
        made.resize(1280, 760)
        made.editor.choose_surface("line-fit")
        made.editor.set_race_value("steps", 40)
        wait_for_first_work(ScaledBot(request), made)
        yield made


@pytest.fixture
def fitting(qtbot: QtBot, built_fitting: DescentWorkspace) -> Iterator[DescentWorkspace]:
    """A line fit with batches of four; a race of 40 steps at step 8, its arrows drawn.

    It is one for all tests of this file; what a test has set is undone after it.
    """
    setup = built_fitting.setup
    built_fitting.activateWindow()
    built_fitting.optimizers.choose("momentum")
    seek(qtbot, built_fitting, 8)
    yield built_fitting
    built_fitting.data_fit.examples.leave()
    put_back(qtbot, built_fitting)
    assert built_fitting.setup == setup


def seek(qtbot: QtBot, workspace: DescentWorkspace, step: int) -> None:
    workspace.player.seek(step)
    wait_for_pulls(qtbot, workspace, step)


def wait_for_pulls(qtbot: QtBot, workspace: DescentWorkspace, step: int) -> None:
    """Until the arrows of a step of the race that is set now are on the map."""

    def drawn() -> bool:
        pulls = workspace.data_fit.layer.gradients
        return (
            workspace.jobs.setup == workspace.setup
            and pulls is not None
            and pulls.batch.step == step
            and len(pulls.losses) == workspace_sampler(workspace).count
            and pulls.batch.indices.tolist()
            == workspace_sampler(workspace).at(step).indices.tolist()
        )

    qtbot.waitUntil(drawn, timeout=WAIT_MS)


def workspace_sampler(workspace: DescentWorkspace):
    sampler = sampler_of(workspace.setup.race, workspace.setup.surface())
    assert sampler is not None
    return sampler


def check(workspace: DescentWorkspace, name: str) -> QCheckBox:
    found = workspace.findChild(QCheckBox, f"descent.data.{name}.check")
    assert found is not None
    return found


def words(workspace: DescentWorkspace, name: str) -> str:
    found = workspace.findChild(QLabel, f"descent.data.{name}.label")
    assert found is not None
    return found.text()


def data_point(workspace: DescentWorkspace, u: float, v: float) -> QPoint:
    """A place of the data in the plot's pixels."""
    plot = workspace.data_fit.panel.plot
    return plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(u, v)))


def shown(workspace: DescentWorkspace):
    data = workspace.data_fit.panel.plot.layer.data
    assert data is not None
    return data


def roles(workspace: DescentWorkspace) -> list[str]:
    """The kinds of arrows that the legend names."""
    named = workspace.data_fit.layer.keys()
    return [key.role for key in named]


def test_only_a_surface_of_data_has_the_panel(qtbot: QtBot, workspace: DescentWorkspace) -> None:
    assert not workspace.data_fit.panel.isVisible()
    workspace.editor.choose_surface("logistic-fit")
    assert workspace.data_fit.panel.isVisible()
    assert workspace.setup.race.data == DataSpec(batch=4)
    assert not workspace.vectors.is_shown()
    workspace.editor.choose_surface("saddle")
    assert not workspace.data_fit.panel.isVisible() and workspace.setup.race.data is None
    assert workspace.vectors.is_shown()


def test_every_gradient_says_whether_it_is_full_or_of_the_batch(
    qtbot: QtBot, fitting: DescentWorkspace
) -> None:
    def said() -> dict[str, str]:
        named = fitting.data_fit.layer.keys()
        texts = {key.role: key.text for key in named}
        measure = fitting.curves.measure
        texts |= {
            name: measure.itemText(measure.findData(name)) for name in ("slope", "used", "length")
        }
        return texts

    texts = said()
    assert "full" in texts["full"] and "batch" in texts["batch"]
    assert texts["slope"].endswith(", full") and texts["used"].endswith(", batch")
    assert "," not in texts["length"]
    fitting.vectors.set_shown(True)
    fitting.step.set_shown(True)
    legend = fitting.vectors.layer.legend
    qtbot.waitUntil(lambda: "gradients: of the batch" in legend.notes, timeout=WAIT_MS)
    sheet = fitting.step.panel.sheet
    sentence = "The gradient is that of the step's batch."
    qtbot.waitUntil(lambda: sentence in [block.text for block in sheet.blocks], timeout=WAIT_MS)
    enter(field(fitting, "descent.data.batch.field"), "0")
    wait_for_race(qtbot, fitting.jobs, fitting.store)
    qtbot.waitUntil(lambda: "gradients: full, of all examples" in legend.notes, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: said()["used"].endswith(", full"), timeout=WAIT_MS)
    fitting.vectors.set_shown(False)
    fitting.step.set_shown(False)


def test_the_batch_of_the_next_step_is_marked_and_every_racer_has_a_curve(
    fitting: DescentWorkspace,
) -> None:
    sampler, data = workspace_sampler(fitting), shown(fitting)
    assert np.flatnonzero(data.chosen).tolist() == sorted(sampler.at(8).indices)
    history = fitting.jobs.history
    assert history is not None
    places = [tuple(history.path(row)[8]) for row in (1, 0, 2)]  # the chosen one first
    assert [racer[1:] for racer in data.racers] == places
    pulls = fitting.data_fit.layer.gradients
    assert pulls is not None and np.allclose(pulls.point, places[0])
    assert words(fitting, "epoch") == "Epoch 2, step 3 of 6"
    assert words(fitting, "note") == "24 / 4 = 6 steps; 32 seen"
    angle = f"{round(pulls.batch_angle, 1):g}°"
    assert words(fitting, "angle.batch.now") == angle
    assert roles(fitting) == ["full", "batch", "velocity", "example"]


def test_a_batch_size_is_typed_said_and_undone(qtbot: QtBot, fitting: DescentWorkspace) -> None:
    enter(field(fitting, "descent.data.batch.field"), "7")
    assert fitting.setup.race.data == DataSpec(batch=7)
    wait_for_pulls(qtbot, fitting, 8)
    assert words(fitting, "note") == "24 / 7 ≈ 4 steps, the last of 3; 48 seen"
    assert "batch of 7" in fitting.store.undo_text()
    enter(field(fitting, "descent.data.batch.field"), "0")
    wait_for_pulls(qtbot, fitting, 8)
    assert words(fitting, "note") == "full batch: all 24 in every step"
    assert roles(fitting) == ["full", "example"]
    fitting.store.stack.undo()
    fitting.store.stack.undo()
    assert fitting.setup.race.data == DataSpec(batch=4)
    assert field(fitting, "descent.data.batch.field").value() == 4
    wait_for_pulls(qtbot, fitting, 8)


def test_an_outlier_is_dropped_in_and_dragged_as_one_change(
    qtbot: QtBot, fitting: DescentWorkspace
) -> None:
    before = fitting.setup.surface().minima
    check(fitting, "outlier").click()
    assert fitting.setup.race.data == DataSpec(batch=4, outlier=LINE.outlier)
    wait_for_pulls(qtbot, fitting, 8)
    count = fitting.store.stack.count()
    plot = fitting.data_fit.panel.plot.viewport()
    start, end = data_point(fitting, *LINE.outlier), data_point(fitting, 1.0, 4.5)
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    for part in np.linspace(0, 1, 8)[1:]:
        QTest.mouseMove(plot, start + (end - start) * float(part))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=end)
    data = fitting.setup.race.data
    assert data is not None and data.outlier == pytest.approx((1.0, 4.5), abs=0.1)
    assert fitting.store.stack.count() == count + 1
    assert fitting.setup.surface().minima != before
    wait_for_pulls(qtbot, fitting, 8)
    qtbot.waitUntil(lambda: has_final_map(fitting.map), timeout=WAIT_MS)
    fitting.store.stack.undo()
    assert fitting.setup.race.data == DataSpec(batch=4, outlier=LINE.outlier)
    wait_for_pulls(qtbot, fitting, 8)


def test_an_examples_own_landscape_and_the_way_back(
    qtbot: QtBot, fitting: DescentWorkspace
) -> None:
    qtbot.waitUntil(lambda: has_final_map(fitting.map), timeout=WAIT_MS)
    whole = fitting.map.layer.landscape
    assert whole is not None
    examples = LINE.examples(DataSpec())
    u, v = float(examples.inputs[3]), float(examples.targets[3])
    plot = fitting.data_fit.panel.plot.viewport()
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=data_point(fitting, u, v))

    def alone() -> bool:
        drawn = fitting.map.layer.landscape
        return drawn is not None and drawn.final and not len(drawn.minima)

    qtbot.waitUntil(alone, timeout=WAIT_MS)
    drawn = fitting.map.layer.landscape
    assert drawn is not None and fitting.data_fit.examples.example == 3
    x, y = np.meshgrid(drawn.x, drawn.y)
    assert np.allclose(drawn.loss, 0.5 * (x * u + y - v) ** 2)
    assert "example 4 alone" in fitting.map.landscape_legend.title
    fitting.data_fit.examples.leave()
    qtbot.waitUntil(lambda: not alone() and has_final_map(fitting.map), timeout=WAIT_MS)
    assert fitting.data_fit.examples.example is None and not fitting.map.landscape_legend.title
    back = fitting.map.layer.landscape
    assert back is not None and np.allclose(back.loss, whole.loss)


def test_playing_leaves_the_examples_landscape(qtbot: QtBot, fitting: DescentWorkspace) -> None:
    fitting.data_fit.examples.move(1)
    assert fitting.data_fit.examples.example == 0
    fitting.data_fit.examples.move(-1)
    assert fitting.data_fit.examples.example is None
    fitting.data_fit.examples.move(-1)
    assert fitting.data_fit.examples.example == 23
    fitting.basins.choose("basins")
    assert fitting.data_fit.examples.example is None
    assert shown(fitting).selected == -1
    fitting.data_fit.examples.move(1)
    assert fitting.data_fit.examples.example == 0 and fitting.basins.kind == "loss"
    fitting.player.play()
    assert fitting.data_fit.examples.example is None
    fitting.player.pause()


def test_a_stream_shows_what_passes(qtbot: QtBot, fitting: DescentWorkspace) -> None:
    check(fitting, "online").click()
    assert fitting.setup.race.data == DataSpec(batch=4, online=True)
    wait_for_race(qtbot, fitting.jobs, fitting.store)
    qtbot.waitUntil(lambda: words(fitting, "epoch") == "Stream: example 33 to 36", timeout=WAIT_MS)
    assert words(fitting, "note") == "32 seen, none twice"
    data = shown(fitting)
    assert data.chosen.sum() == 4 and len(data.inputs) == 36
    assert (np.diff(data.fresh) >= 0).all()  # the older the paler
    assert not check(fitting, "reshuffle").isEnabled()
    qtbot.waitUntil(lambda: len(getattr(fitting.data_fit.layer.gradients, "losses", ())) == 4)


def test_a_class_is_0_or_1_wherever_the_outlier_is_dragged(
    qtbot: QtBot, workspace: DescentWorkspace
) -> None:
    workspace.editor.choose_surface("logistic-fit")
    workspace.data_fit.set_value("outlier", True)
    assert workspace.setup.race.data == DataSpec(batch=4, outlier=LOGISTIC.outlier)
    workspace.data_fit.drag_outlier(-2.0, 0.31, 1)
    workspace.data_fit.drag_outlier(-9.0, 0.2, 2)
    data = workspace.setup.race.data
    assert data is not None and data.outlier == (LOGISTIC.view[0], 0.0)


def test_the_spec_of_what_is_seen_gives_the_same_again(fitting: DescentWorkspace) -> None:
    check(fitting, "reshuffle").click()
    check(fitting, "outlier").click()
    enter(field(fitting, "descent.data.v.field"), "-2,25")  # as Russians write it
    spec = fitting.setup.spec()
    outlier = (LINE.outlier[0], -2.25)
    assert spec.data == DataSpec(batch=4, reshuffle=False, outlier=outlier)
    text = to_json(spec)
    fitting.editor.choose_surface("beale")
    QApplication.clipboard().setText(text)
    fitting.files.paste_race()
    assert fitting.setup.spec() == spec == from_json(text, type(spec))
    assert check(fitting, "outlier").isChecked() and not check(fitting, "reshuffle").isChecked()


def cut_off(workspace: DescentWorkspace) -> list[str]:
    """The texts of the panel that have too little room."""
    panel = workspace.data_fit.panel
    widgets = (*panel.findChildren(QLabel), *panel.findChildren(QCheckBox))
    return [
        widget.text()
        for widget in widgets
        if widget.isVisible()
        and not (isinstance(widget, QLabel) and widget.wordWrap())
        and widget.sizeHint().width() > widget.width()
    ]


def test_nothing_is_cut_off_in_either_language(qtbot: QtBot, fitting: DescentWorkspace) -> None:
    fitting.data_fit.set_value("count", 20_000)
    for language, title in (("ru", "наклон x"), ("en", "slope x")):
        i18n.apply(language)
        fitting.retranslate()
        qtbot.waitUntil(lambda: not cut_off(fitting), timeout=WAIT_MS)
        assert fitting.map.plot.getAxis("bottom").labelText == title
    canvas, plot = fitting.map.size(), fitting.data_fit.panel.plot.size()
    assert canvas.width() * canvas.height() > 1.3 * plot.width() * plot.height()
