"""Sliders for the numbers of a surface and for the free names of a formula."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore
from gui.descent.surfaces.controller import SurfacesController
from gui.descent.workspace import DescentWorkspace
from gui.widgets.number_field import NumberField
from tests.gui.descent.conftest import has_final_map
from tests.gui.fields import enter


@pytest.fixture
def surfaces(
    qtbot: QtBot, bridge: Bridge, store: SetupStore, editor: Editor, page: QWidget
) -> SurfacesController:
    """Its panel alone, which shows what is set."""
    made = SurfacesController(bridge, store, editor, page)
    made.panel.resize(page.size())
    made.panel.show()
    made.panel.show_setup(store.setup)
    store.changed.connect(lambda before, after: made.panel.show_setup(after))
    return made


def slider(parent: QWidget, name: str) -> QSlider:
    found = parent.findChild(QSlider, f"descent.parameter.{name}.slider")
    assert isinstance(found, QSlider)
    return found


def field(parent: QWidget, name: str) -> NumberField:
    found = parent.findChild(NumberField, f"descent.parameter.{name}.field")
    assert isinstance(found, NumberField)
    return found


def type_formula(surfaces: SurfacesController, text: str) -> None:
    surfaces.panel.formula.setFocus()
    surfaces.panel.formula.clear()
    QTest.keyClicks(surfaces.panel.formula, text)
    QTest.keyClick(surfaces.panel.formula, Qt.Key.Key_Return)


def drag(handle: QSlider, share: float) -> None:
    """Press the handle, move it in steps to a share of the groove, let it go."""
    place = handle.style().sliderPositionFromValue(
        handle.minimum(), handle.maximum(), handle.value(), handle.width() - 14
    )
    middle = handle.height() // 2
    start, end = 7 + place, 7 + round(share * (handle.width() - 14))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(start, middle))
    for part in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(handle, QPoint(round(start + part * (end - start)), middle))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(end, middle))


def test_a_formula_makes_a_slider_for_every_free_name(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    type_formula(surfaces, "a*x^2 + b*sin(c*y)")
    qtbot.waitUntil(lambda: store.setup.race.formula == "a*x^2 + b*sin(c*y)")
    assert dict(store.setup.race.parameters) == {"a": 1.0, "b": 1.0, "c": 1.0}
    assert [field(surfaces.panel, name).value() for name in "abc"] == [1, 1, 1]
    assert slider(surfaces.panel, "a").toolTip() and slider(surfaces.panel, "a").accessibleName()
    assert surfaces.panel.problem.isHidden()


def test_dragging_recolours_the_map_and_is_one_change(racing: DescentWorkspace, qtbot) -> None:
    type_formula(racing.surfaces, "a*x^2 + y^2")
    qtbot.waitUntil(lambda: racing.setup.race.formula == "a*x^2 + y^2")
    qtbot.waitUntil(lambda: racing.map.layer.landscape is not None and has_final_map(racing))
    depth = racing.store.stack.count()
    losses: list[float] = []
    racing.jobs.map_ready.connect(lambda drawn: losses.append(float(drawn.loss.max())))
    drag(slider(racing, "a"), 0.9)
    value = racing.setup.race.parameters["a"]
    assert value == pytest.approx(8, abs=0.6)
    assert field(racing, "a").value() == value
    assert racing.store.stack.count() == depth + 1
    assert "1 → " in racing.store.stack.undoText()
    x0, x1, y0, y1 = racing.map.visible_domain()
    highest = value * max(x0 * x0, x1 * x1) + max(y0 * y0, y1 * y1)
    qtbot.waitUntil(lambda: bool(losses) and losses[-1] == pytest.approx(highest, rel=0.02))
    racing.store.stack.undo()
    assert racing.setup.race.parameters["a"] == 1
    assert slider(racing, "a").value() == 220  # of 400, from -10 to 10
    racing.store.stack.redo()
    assert racing.setup.race.parameters["a"] == value


def test_the_arrow_keys_move_a_slider(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    type_formula(surfaces, "k*x^2 + y^2")
    qtbot.waitUntil(lambda: "k" in store.setup.race.parameters)
    QTest.keyClick(slider(surfaces.panel, "k"), Qt.Key.Key_Right)
    assert store.setup.race.parameters["k"] == pytest.approx(1.05)


def test_a_number_beyond_the_slider_widens_it(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    type_formula(surfaces, "k*x^2 + y^2")
    qtbot.waitUntil(lambda: "k" in store.setup.race.parameters)
    enter(field(surfaces.panel, "k"), "50")
    assert store.setup.race.parameters["k"] == 50
    assert slider(surfaces.panel, "k").value() == 300  # of 400, from -100 to 100
    enter(field(surfaces.panel, "k"), "2,5")
    assert store.setup.race.parameters["k"] == 2.5
    assert slider(surfaces.panel, "k").value() == 205  # it stays wide


def test_names_that_stay_keep_their_values(qtbot: QtBot, racing: DescentWorkspace) -> None:
    type_formula(racing.surfaces, "a*x^2 + b*y^2")
    qtbot.waitUntil(lambda: "b" in racing.setup.race.parameters)
    enter(field(racing, "a"), "3")
    type_formula(racing.surfaces, "c*y^4 + a*x^2")
    qtbot.waitUntil(lambda: "c" in racing.setup.race.parameters)
    assert dict(racing.setup.race.parameters) == {"c": 1.0, "a": 3.0}


@pytest.mark.parametrize(
    ("text", "place"),
    [("a*x^2 + foo(y)", 8), ("a*x^2 + b y", 10), ("a*x^2 + 2b", 8), ("x[0]", 1)],
)
def test_a_formula_that_cannot_be_read_points_at_the_character(
    store: SetupStore, surfaces: SurfacesController, text: str, place: int
) -> None:
    before = store.setup
    type_formula(surfaces, text)
    assert store.setup == before
    problem = surfaces.panel.findChild(QLabel, "descent.formula.error")
    assert isinstance(problem, QLabel) and str(place + 1) in problem.text()
    assert not problem.isHidden()
    assert surfaces.panel.formula.selectionStart() == min(place, len(text) - 1)


def test_rosenbrocks_minimum_moves_with_a(racing: DescentWorkspace, qtbot) -> None:
    qtbot.waitUntil(lambda: racing.map.layer.landscape is not None)
    enter(field(racing, "a"), "0.5")
    qtbot.waitUntil(
        lambda: (
            racing.map.marks.minima.shape == (1, 2)
            and racing.map.marks.minima[0].tolist() == [0.5, 0.25]
        )
    )


def test_the_quadratic_has_condition_and_rotation(
    store: SetupStore, editor: Editor, surfaces: SurfacesController
) -> None:
    editor.choose_surface("quadratic")
    drag(slider(surfaces.panel, "rotation"), 0.75)
    assert store.setup.race.parameters["rotation"] == pytest.approx(45, abs=6)
    # The condition number's slider is logarithmic, from 1 to 10,000.
    drag(slider(surfaces.panel, "condition"), 0.5)
    assert store.setup.race.parameters["condition"] == pytest.approx(100, rel=0.4)


def test_the_wheel_scrolls_the_panel_and_not_a_slider_or_a_choice(
    racing: DescentWorkspace,
) -> None:
    racing.optimizers.choose("sgd")
    before = racing.setup
    for widget in (slider(racing, "b"), racing.optimizers.schedule_form.schedule):
        middle = widget.rect().center()
        turn = QWheelEvent(
            QPointF(middle), QPointF(widget.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, turn)
        assert racing.setup == before
