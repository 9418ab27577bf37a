"""The map of learning rate and momentum: dots that are dragged, and the bound over it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.descent.maps.stability_bound import stability_limit
from gui.bridge import Bridge
from gui.descent.editor import Editor
from gui.descent.setup import SetupStore, settings_of
from gui.descent.stability.controller import StabilityController
from gui.descent.stability.dialog import AROUND, HIGHEST_MOMENTUM, SIDE, StabilityDialog
from gui.racing.optimizer_table import OptimizerTable
from tests.gui.descent.conftest import WAIT_MS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stability(
    bridge: Bridge, store: SetupStore, editor: Editor, optimizers: OptimizerTable, page: QWidget
) -> StabilityController:
    made = StabilityController(bridge, store, editor, optimizers, page)
    store.changed.connect(made.update)
    return made


@pytest.fixture
def dialog(
    qtbot: QtBot, editor: Editor, optimizers: OptimizerTable, stability: StabilityController
) -> Iterator[StabilityDialog]:
    """Of Momentum on the quadratic, its finest map and the bound computed."""
    editor.choose_surface("quadratic")
    optimizers.choose("momentum")
    stability.open()
    shown = stability.dialog
    qtbot.waitUntil(lambda: fine(shown) and shown._bound is not None, timeout=WAIT_MS)
    yield shown
    shown.close()


def fine(dialog: StabilityDialog) -> bool:
    return dialog.sweep is not None and len(dialog.sweep.lr) == SIDE


def place_of(dialog: StabilityDialog, rate: float, momentum: float) -> QPoint:
    scene = dialog.box.mapViewToScene(QPointF(math.log10(rate), momentum))
    return dialog._view.mapFromScene(scene)


def drag(qtbot: QtBot, dialog: StabilityDialog, start: QPoint, end: QPoint) -> None:
    target = dialog._view.viewport()
    QTest.mousePress(target, LEFT, pos=start)
    for share in (0.2, 0.5, 0.8, 1.0):
        place = start + (end - start) * share
        QTest.mouseMove(target, place)
    QTest.mouseRelease(target, LEFT, pos=end)


def pair(store: SetupStore, name: str) -> tuple[float, float]:
    entry = store.setup.entry(name)
    assert entry is not None
    settings = settings_of(entry, store.setup.surface())
    return settings["lr"], settings["momentum"]


def test_the_bound_lies_where_the_map_ends(dialog: StabilityDialog) -> None:
    sweep, bound = dialog.sweep, dialog._bound
    assert bound is not None and bound.exact and bound.curvature == 50
    row = 20
    limit = stability_limit(50.0, sweep.momentum)
    measured = sweep.lr[sweep.diverged[row]].min()
    assert measured == pytest.approx(limit[row], rel=0.05)  # a cell of the map is 5 % wide
    assert "L = 50" in dialog.caption.text()
    dialog.grab()


def test_dragging_a_dot_changes_its_racer_and_is_undone_at_once(
    qtbot: QtBot, store: SetupStore, dialog: StabilityDialog
) -> None:
    before = pair(store, "momentum")
    commands = store.stack.count()
    drag(qtbot, dialog, place_of(dialog, *before), place_of(dialog, 0.01, 0.5))
    rate, momentum = pair(store, "momentum")
    assert rate == pytest.approx(0.01, rel=0.06) and momentum == pytest.approx(0.5, abs=0.02)
    assert store.stack.count() == commands + 1
    store.stack.undo()
    assert pair(store, "momentum") == before


def names(dialog: StabilityDialog) -> set[str]:
    """Whose dots are drawn."""
    drawn = len(dialog._marks.points())
    found = {dot.name for dot in dialog._dots}
    assert drawn == len(found)
    return found


def test_another_racers_dot_of_the_same_rule_can_be_taken(
    qtbot: QtBot,
    store: SetupStore,
    editor: Editor,
    optimizers: OptimizerTable,
    dialog: StabilityDialog,
) -> None:
    editor.copy("momentum")
    editor.drag_settings("momentum-2", {"lr": 2e-3, "momentum": 0.2})
    optimizers.choose("momentum")
    assert names(dialog) == {"momentum", "momentum-2"}
    qtbot.waitUntil(lambda: fine(dialog), timeout=WAIT_MS)
    kept = pair(store, "momentum")
    drag(qtbot, dialog, place_of(dialog, 2e-3, 0.2), place_of(dialog, 5e-3, 0.7))
    assert optimizers.chosen_name() == "momentum-2"
    assert pair(store, "momentum") == kept
    rate, momentum = pair(store, "momentum-2")
    assert rate == pytest.approx(5e-3, rel=0.06) and momentum == pytest.approx(0.7, abs=0.02)


def test_only_the_chosen_rules_runs_are_drawn_over_its_theory(
    qtbot: QtBot,
    store: SetupStore,
    editor: Editor,
    optimizers: OptimizerTable,
    dialog: StabilityDialog,
) -> None:
    """A dot of another rule would stand on a map that says nothing of it."""
    assert names(dialog) == {"momentum"}
    editor.copy("momentum")
    editor.set_setting("momentum-2", "weight_decay", 0.5)  # another map, too
    optimizers.choose("momentum")
    assert names(dialog) == {"momentum"}
    optimizers.choose("nesterov")
    assert names(dialog) == {"nesterov"}
    # Nesterov's bound is another.
    qtbot.waitUntil(
        lambda: (
            dialog._bound is not None
            and dialog._bound.lr[-1] == pytest.approx(stability_limit(50, 0.99, nesterov=True))
        ),
        timeout=WAIT_MS,
    )


def test_a_press_on_the_open_map_brings_the_chosen_racer(
    store: SetupStore, dialog: StabilityDialog
) -> None:
    QTest.mouseClick(dialog._view.viewport(), LEFT, pos=place_of(dialog, 0.02, 0.3))
    rate, momentum = pair(store, "momentum")
    assert rate == pytest.approx(0.02, rel=0.06) and momentum == pytest.approx(0.3, abs=0.02)


def test_elsewhere_the_bound_is_named_after_its_minimum(
    qtbot: QtBot, editor: Editor, dialog: StabilityDialog
) -> None:
    editor.choose_surface("rosenbrock")
    qtbot.waitUntil(lambda: dialog._bound is not None and not dialog._bound.exact, timeout=WAIT_MS)
    assert "(1; 1)" in dialog.caption.text() and "1001.6" in dialog.caption.text()


def test_a_rule_without_momentum_has_beta1_or_nothing(
    qtbot: QtBot,
    store: SetupStore,
    editor: Editor,
    optimizers: OptimizerTable,
    dialog: StabilityDialog,
) -> None:
    for name, key in (("adam", "beta1"), ("rprop", "")):
        editor.add(name)
        optimizers.choose(name)
        qtbot.waitUntil(lambda name=name: dialog._name.lower() == name, timeout=WAIT_MS)
        assert dialog._key == key and dialog._bound is None
        dialog.box.pressed.emit(0.0, 0.0)
        dialog.box.pointed.emit(-1.0, 0.25, 3)
        entry = store.setup.entry(name)
        assert entry is not None
        assert dict(entry.racer.settings) == {"lr": 0.1, **({key: 0.25} if key else {})}


def test_before_the_map_has_come_a_press_does_nothing_and_the_axes_stand(
    qtbot: QtBot,
    bridge: Bridge,
    store: SetupStore,
    optimizers: OptimizerTable,
    stability: StabilityController,
) -> None:
    optimizers.choose("momentum")
    before, commands = pair(store, "momentum"), store.stack.count()
    stability.open()
    shown = stability.dialog
    qtbot.waitExposed(shown)
    (x0, x1), (y0, y1) = shown.box.viewRange()
    middle = math.log10(before[0])
    assert (x0, x1) == pytest.approx((middle - math.log10(AROUND), middle + math.log10(AROUND)))
    assert (y0, y1) == pytest.approx((0.0, HIGHEST_MOMENTUM))
    assert shown.sweep is None
    for share in (0.0, 0.02, 0.1, 0.5):
        place = place_of(shown, before[0] * 2, share)
        QTest.mouseClick(shown._view.viewport(), LEFT, pos=place)
        drag(qtbot, shown, place, place + QPoint(40, 10))
        # Below the plot, over its numbers, there is nothing to be pressed at all.
        QTest.mouseClick(shown._view.viewport(), LEFT, pos=place_of(shown, before[0], -0.1))
    assert shown.sweep is None, "the map has come: what was pressed before it was not tried"
    assert pair(store, "momentum") == before and store.stack.count() == commands
    shown.close()


def test_no_map_of_one_surface_stays_under_another(
    qtbot: QtBot, editor: Editor, dialog: StabilityDialog
) -> None:
    editor.choose_surface("himmelblau")
    assert dialog.sweep is None and dialog._image.image is None
    qtbot.waitUntil(lambda: dialog.sweep is not None, timeout=WAIT_MS)
    assert dialog._image.image is not None
