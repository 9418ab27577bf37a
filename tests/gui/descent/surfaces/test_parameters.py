"""Sliders for the numbers of a surface and for the free names of a formula."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.descent.surfaces.registry import SURFACES
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.race_controller import RaceController
from gui.descent.race_jobs import RaceJobs
from gui.descent.setup import SetupStore, home_domain
from gui.descent.surfaces.controller import SurfacesController
from gui.descent.surfaces.panel import UNDERSTOOD_PX
from gui.landscape.map_view import MapView
from gui.racing.optimizer_table import OptimizerTable
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


def test_dragging_recolours_the_map_and_is_one_change(
    qtbot: QtBot,
    race: RaceController,
    surfaces: SurfacesController,
    jobs: RaceJobs,
    map_view: MapView,
    store: SetupStore,
) -> None:
    panel = surfaces.panel
    type_formula(surfaces, "a*x^2 + y^2")
    qtbot.waitUntil(lambda: store.setup.race.formula == "a*x^2 + y^2")
    qtbot.waitUntil(lambda: has_final_map(map_view))
    depth = store.stack.count()
    losses: list[float] = []
    jobs.map_ready.connect(lambda drawn: losses.append(float(drawn.loss.max())))
    drag(slider(panel, "a"), 0.9)
    value = store.setup.race.parameters["a"]
    assert value == pytest.approx(8, abs=0.6)
    assert field(panel, "a").value() == value
    assert store.stack.count() == depth + 1
    assert "1 → " in store.stack.undoText()
    x0, x1, y0, y1 = map_view.visible_domain()
    highest = value * max(x0 * x0, x1 * x1) + max(y0 * y0, y1 * y1)
    qtbot.waitUntil(lambda: bool(losses) and losses[-1] == pytest.approx(highest, rel=0.02))
    store.stack.undo()
    assert store.setup.race.parameters["a"] == 1
    assert slider(panel, "a").value() == 220  # of 400, from -10 to 10
    store.stack.redo()
    assert store.setup.race.parameters["a"] == value


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


def test_names_that_stay_keep_their_values(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    type_formula(surfaces, "a*x^2 + b*y^2")
    qtbot.waitUntil(lambda: "b" in store.setup.race.parameters)
    enter(field(surfaces.panel, "a"), "3")
    type_formula(surfaces, "c*y^4 + a*x^2")
    qtbot.waitUntil(lambda: "c" in store.setup.race.parameters)
    assert dict(store.setup.race.parameters) == {"c": 1.0, "a": 3.0}


def test_a_row_that_goes_with_the_focus_leaves_the_formula(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController, page: QWidget
) -> None:
    type_formula(surfaces, "a*x^2 + y^2")
    qtbot.waitUntil(lambda: "a" in store.setup.race.parameters)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field(surfaces.panel, "a").setFocus()
    surfaces.enter_formula("c*x^2 + y^2")  # the field goes; Qt gives the focus to the next one
    qtbot.waitUntil(lambda: "c" in store.setup.race.parameters)
    assert store.setup.race.formula == "c*x^2 + y^2"
    assert field(surfaces.panel, "c").value() == 1


def test_going_to_the_gallery_with_a_key_chooses_nothing(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController, page: QWidget
) -> None:
    type_formula(surfaces, "a*x^2 + y^2")
    qtbot.waitUntil(lambda: "a" in store.setup.race.parameters)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    surfaces.panel.formula.setFocus()
    QTest.keyClick(surfaces.panel.formula, Qt.Key.Key_Backtab)
    gallery = surfaces.panel.list
    assert gallery.hasFocus() and store.setup.race.formula == "a*x^2 + y^2"
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    assert store.setup.race.surface == list(SURFACES)[1]
    QTest.keyClick(gallery, Qt.Key.Key_Left)
    assert store.setup.race.surface == next(iter(SURFACES))


@pytest.mark.parametrize(
    ("text", "place"),
    [("a*x^2 + foo(y)", 8), ("a*x^2 + b 2", 10), ("a*x² + 2b + )", 12), ("x[0]", 1)],
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
    # It stays as it was typed, and the surface that is still shown is named.
    assert surfaces.panel.formula.text() == text
    assert problem.text().endswith("The map still shows: Rosenbrock.")


def test_the_view_follows_the_formulas_scale_and_is_kept(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    type_formula(surfaces, "(x-20)^2 + (y+30)^2")
    qtbot.waitUntil(lambda: store.setup.race.formula is not None)
    assert home_domain(store.setup) == (-50.0, 50.0, -50.0, 50.0)
    type_formula(surfaces, "x^2 + y^2")
    qtbot.waitUntil(lambda: store.setup.race.formula == "x^2 + y^2")
    assert home_domain(store.setup) == (-5.0, 5.0, -5.0, 5.0)
    store.stack.undo()
    assert home_domain(store.setup) == (-50.0, 50.0, -50.0, 50.0)


def test_a_small_picture_of_what_is_typed_is_seen_before_it_is_entered(
    qtbot: QtBot, store: SetupStore, surfaces: SurfacesController
) -> None:
    panel, before = surfaces.panel, store.setup
    panel.formula.setFocus()
    QTest.keyClicks(panel.formula, "(x-20)^2 + y^2")
    qtbot.waitUntil(lambda: not panel.preview.isHidden())
    picture = panel.preview.pixmap().toImage()
    # Lowest, and so darkest, at x = 20 of -50 to 50, which are seen in the middle.
    row = [picture.pixelColor(x, picture.height() // 2).lightness() for x in range(picture.width())]
    darkest = row.index(min(row)) / len(row)
    assert 0.5 < darkest < 0.75
    assert store.setup == before
    QTest.keyClicks(panel.formula, " + (")
    qtbot.waitUntil(panel.preview.isHidden)
    QTest.keyClicks(panel.formula, "y)")
    qtbot.waitUntil(lambda: not panel.preview.isHidden())
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.setup.race.formula is not None)
    assert panel.preview.isHidden()


def test_rosenbrocks_minimum_moves_with_a(
    qtbot: QtBot, race: RaceController, surfaces: SurfacesController, map_view: MapView
) -> None:
    enter(field(surfaces.panel, "a"), "0.5")
    qtbot.waitUntil(
        lambda: (
            map_view.marks.minima.shape == (1, 2)
            and map_view.marks.minima[0].tolist() == [0.5, 0.25]
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
    store: SetupStore, surfaces: SurfacesController, optimizers: OptimizerTable
) -> None:
    optimizers.choose("sgd")
    before = store.setup
    for widget in (slider(surfaces.panel, "b"), optimizers.schedule_form.schedule):
        middle = widget.rect().center()
        turn = QWheelEvent(
            QPointF(middle), QPointF(widget.mapToGlobal(middle)), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, turn)
        assert store.setup == before


def test_how_a_formula_is_read_stands_below_it_while_it_is_typed(
    qtbot: QtBot, store: SetupStore, editor: Editor, surfaces: SurfacesController
) -> None:
    panel = surfaces.panel
    assert panel.understood.isHidden() and panel.remarks.isHidden()
    panel.formula.setFocus()
    QTest.keyClicks(panel.formula, "0,5X^2 +")
    assert not panel.understood.isHidden() and panel.remarks.isHidden()  # not finished
    QTest.keyClicks(panel.formula, " lambda")
    assert "λ" in panel.understood.text() or "lambda" in panel.understood.text()
    assert panel.remarks.text() == (
        "0,5 read as 0.5; X read as x; y does not occur: the surface is flat along y"
    )
    QTest.keyClick(panel.formula, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: store.setup.race.formula == "0,5X^2 + lambda")
    assert not panel.remarks.isHidden()
    assert field(panel, "lambda").value() == 1
    editor.choose_surface("saddle")
    assert panel.understood.isHidden() and panel.remarks.isHidden()


def test_a_tall_formula_is_shown_whole_below_the_field(
    qtbot: QtBot, surfaces: SurfacesController
) -> None:
    panel, heights = surfaces.panel, []
    for formula in ("x^2 + y^2", r"\frac{x^2}{2} + y^2", "((x^2+1)/(y^2+1))/(x/2)"):
        panel.formula.clear()
        QTest.keyClicks(panel.formula, formula)
        panel.resize(300, panel.minimumSizeHint().height())  # as on a small screen
        label = panel.understood
        qtbot.waitUntil(lambda: label.height() >= label.sizeHint().height())  # noqa: B023
        heights.append(label.height())
    assert heights[0] == UNDERSTOOD_PX < heights[1] < heights[2]
