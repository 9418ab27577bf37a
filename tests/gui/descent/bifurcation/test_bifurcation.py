"""The diagram in the window: what is drawn, said under the mouse, and raced with after a press."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.descent.bifurcation.dialog import BifurcationDialog
from gui.descent.bifurcation.examples import ALONG_Y, EXAMPLES, PLACE
from gui.descent.setup import settings_of
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(reused: DescentWorkspace) -> Iterator[BifurcationDialog]:
    reused.bifurcation.open()
    yield reused.bifurcation.dialog
    reused.bifurcation.dialog.close()


def complete(
    qtbot: QtBot, workspace: DescentWorkspace, dialog: BifurcationDialog, along: str
) -> None:
    """Until the diagram of what is set now is there."""

    def done() -> bool:
        found = dialog.found
        return bool(
            found is not None and found.done == 1 and dialog.along.currentData() == along
            and workspace.bridge.job("descent.bifurcation") is None
        )  # fmt: skip

    qtbot.waitUntil(done, timeout=WAIT_MS)


def place_of(dialog: BifurcationDialog, rate: float) -> QPoint:
    _, (low, high) = dialog.box.viewRange()
    scene = dialog.box.mapViewToScene(QPointF(rate, (low + high) / 2))
    return dialog._view.mapFromScene(scene)


def test_the_two_wells_double_their_period_on_the_screen(
    qtbot: QtBot, reused: DescentWorkspace, dialog: BifurcationDialog
) -> None:
    dialog.example_wanted.emit(0)
    assert reused.setup.race.formula == EXAMPLES[0].race.formula
    complete(qtbot, reused, dialog, "x")
    found = dialog.found
    assert found is not None and found.limit == pytest.approx(1)
    assert dialog._limit.value() == pytest.approx(1) and dialog._own.value() == 1.1
    assert "theory's limit 1 at the minimum, where λ = 2" in dialog.caption.text()
    # Ink where the branches are: one row below the limit, two beyond it.
    picture = dialog._image.image[..., 3] > 0
    inked = picture.sum(axis=0)
    settled = (found.lr > 0.2) & (found.lr < 0.9)
    assert (inked[settled] == 1).all() and (inked[(found.lr > 1.05) & (found.lr < 1.2)] == 2).all()
    dialog._view.scene().sigMouseMoved.emit(dialog._view.mapToScene(place_of(dialog, 1.15)))
    assert "a cycle of 2" in dialog.readout.text()
    x, y = np.sort(found.along[int(np.abs(found.lr - 1.15).argmin()), :2])
    assert f"{x:.4g}" in dialog.readout.text() and f"{y:.4g}" in dialog.readout.text()
    QTest.mouseClick(dialog._view.viewport(), LEFT, pos=place_of(dialog, 0.5))
    entry = reused.setup.entry("sgd")
    assert entry is not None
    pressed = settings_of(entry, reused.setup.surface())["lr"]
    assert pressed == pytest.approx(0.5, abs=0.01)
    # Another rate of its own changes no diagram.
    assert dialog.found is found and dialog._own.value() == pressed
    reused.store.stack.undo()
    reused.store.stack.undo()
    assert reused.setup.race.formula is None


def test_another_line_rate_or_quantity_is_drawn(
    qtbot: QtBot, reused: DescentWorkspace, dialog: BifurcationDialog
) -> None:
    reused.editor.choose_surface("quadratic")
    reused.optimizers.choose("sgd")
    dialog.show_choice(ALONG_Y, PLACE)
    dialog.along.activated.emit(dialog.along.currentIndex())
    complete(qtbot, reused, dialog, ALONG_Y)
    qtbot.waitUntil(lambda: dialog.found.limit == pytest.approx(0.04), timeout=WAIT_MS)
    before = dialog.found
    dialog.high.set_value(0.02)
    dialog.high.value_changed.emit(0.02)
    qtbot.waitUntil(lambda: dialog.found.lr[-1] == 0.02 and dialog.found.done == 1, timeout=WAIT_MS)
    assert dialog.found is not before
    dialog.shows.setCurrentIndex(dialog.shows.findData("sharpness"))
    dialog.shows.activated.emit(dialog.shows.currentIndex())
    assert dialog._plot.getAxis("left").labelText.startswith("curvature")
    (_, x1), (y0, y1) = dialog.box.viewRange()
    assert y0 < 50 < y1 and x1 <= 0.0401


def test_what_cannot_be_batched_is_said(
    qtbot: QtBot, reused: DescentWorkspace, dialog: BifurcationDialog
) -> None:
    reused.editor.add("lbfgs")
    assert dialog.found is None and dialog.caption.text() == "Every rate is being tried…"
    qtbot.waitUntil(lambda: "lbfgs" in dialog.caption.text(), timeout=WAIT_MS)
    assert dialog.found is None
