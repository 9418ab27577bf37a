"""The pass with keys and mouse: what is judged, seen, undone, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from engine.detection.review.files import read_review
from gui.detection.annotation.layer import plate_text
from gui.detection.layers.masks import MaskLayer
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, save, settle

KEYS = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def judging(qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path) -> DetectionWorkspace:
    """The pass over two pictures."""
    workspace.session.change({"score": 0.2})
    workspace.activate()
    workspace.pictures.open_paths(
        [save(tmp_path / f"{number}.png", seed=number) for number in (1, 2)]
    )
    settle(qtbot, workspace)
    workspace.annotation.set_on()
    qtbot.waitUntil(lambda: len(workspace.annotation.items) > 3, timeout=WAIT_MS)
    return workspace


def press(
    qtbot: QtBot,
    workspace: DetectionWorkspace,
    *presses: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    for key in presses:
        qtbot.keyClick(workspace.picture, key, modifier)


def verdicts(workspace: DetectionWorkspace) -> list[str]:
    return [item.verdict for item in workspace.annotation.items]


def at(workspace: DetectionWorkspace, x: float, y: float) -> QPoint:
    return workspace.picture.view().point(x, y).toPoint()


def drag(
    qtbot: QtBot,
    workspace: DetectionWorkspace,
    start: tuple[float, float],
    end: tuple[float, float],
) -> None:
    canvas, left = workspace.picture, Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=at(workspace, *start))
    qtbot.mouseMove(canvas, at(workspace, *end))
    qtbot.mouseRelease(canvas, left, pos=at(workspace, *end))


def test_keys_judge_and_go_on(qtbot: QtBot, judging: DetectionWorkspace) -> None:
    annotation, count = judging.annotation, len(judging.annotation.items)
    name = annotation.items[1].name
    assert annotation.chosen == 0
    press(qtbot, judging, KEYS.Key_A, KEYS.Key_D)
    assert verdicts(judging)[:3] == ["accepted", "rejected", ""]
    assert annotation.chosen == 2
    assert annotation.panel.told.text() == f"2 of {count} judged"
    assert judging.files.current is judging.files.model.everything[0], "A and D open no picture"
    history = judging.thresholds.history
    assert history.undo_text() == f"&Undo: Reject {name}"
    press(qtbot, judging, KEYS.Key_A, modifier=SHIFT)
    assert "" not in verdicts(judging)
    assert judging.files.current is not None
    assert judging.files.current.badges.done
    history.undo()
    history.undo()
    assert verdicts(judging)[:3] == ["accepted", "", ""]
    history.redo()
    assert verdicts(judging)[:3] == ["accepted", "rejected", ""]


def test_what_was_judged_comes_back_and_is_on_the_disk(
    qtbot: QtBot, judging: DetectionWorkspace
) -> None:
    annotation = judging.annotation
    first, second = judging.files.model.everything
    press(qtbot, judging, KEYS.Key_A, KEYS.Key_D, KEYS.Key_Return)
    assert judging.files.current is second
    settle(qtbot, judging)
    assert set(verdicts(judging)) == {""}
    judging.thresholds.history.undo()
    assert judging.files.current is first, "what is undone is seen"
    settle(qtbot, judging)
    assert verdicts(judging)[:2] == ["accepted", ""]
    assert annotation.store.of(first) is not None
    judging.session.change({"score": 0.9})
    judging.session.change({"score": 0.2})
    assert verdicts(judging)[:2] == ["accepted", ""]
    annotation.store.flush()
    assert first.path is not None
    kept = read_review(annotation.store.folder, first.path)
    assert kept == annotation.store.of(first)
    assert kept is not None
    assert kept.seen


def test_a_box_is_pulled_nudged_drawn_relabelled_and_removed(
    qtbot: QtBot, judging: DetectionWorkspace
) -> None:
    annotation = judging.annotation
    count = len(annotation.items)
    drag(qtbot, judging, (100, 70), (150, 110))
    assert len(annotation.items) == count + 1
    drawn = annotation.items[-1]
    assert annotation.chosen == count
    assert drawn.name == judging.session.inspection.model.classes[0]  # type: ignore[union-attr]
    assert drawn.box == pytest.approx((100, 70, 150, 110), abs=0.5)
    masks = judging.layers.by_name["masks"]
    assert isinstance(masks, MaskLayer)
    # What the model would paste into the box as it was drawn.
    qtbot.waitUntil(
        lambda: masks.instances[-1].box == drawn.box and masks.instances[-1].mask is not None,
        timeout=WAIT_MS,
    )
    drag(qtbot, judging, (150, 110), (140, 100))
    assert annotation.items[-1].box == pytest.approx((100, 70, 140, 100), abs=0.5)
    drag(qtbot, judging, (100, 85), (90, 85))
    assert annotation.items[-1].box == pytest.approx((90, 70, 140, 100), abs=0.5)
    press(qtbot, judging, KEYS.Key_Right, KEYS.Key_Right, KEYS.Key_Down)
    press(qtbot, judging, KEYS.Key_Right, modifier=SHIFT)
    x0, y0, x1, y1 = annotation.items[-1].box
    assert (x0, y0, x1, y1) == pytest.approx((92, 71, 143, 101), abs=0.5)
    judging.thresholds.history.undo()
    assert annotation.items[-1].box == pytest.approx((90, 70, 140, 100), abs=0.5), "one gesture"
    press(qtbot, judging, KEYS.Key_2)
    assert plate_text(annotation.items[-1]) == "✎ bee"
    press(qtbot, judging, KEYS.Key_Delete)
    assert len(annotation.items) == count
    qtbot.mouseClick(judging.picture, Qt.MouseButton.LeftButton, pos=at(judging, 80, 60))
    chosen = annotation.layer.chosen_item()
    under = [
        item
        for item in annotation.items
        if item.box[0] <= 80 <= item.box[2] and item.box[1] <= 60 <= item.box[3]
    ]
    assert (chosen is None) == (not under)


def test_a_class_of_ones_own_has_a_key_and_comes_back(
    qtbot: QtBot, judging: DetectionWorkspace
) -> None:
    annotation, panel = judging.annotation, judging.annotation.panel
    before = [button.text() for button in panel.classes if not button.isHidden()]
    assert before == ["1  ant", "2  bee", "3  cat"]
    qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    dialog = panel.findChild(QInputDialog)
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue("  R&D  dragon ")
    dialog.accept()
    assert annotation.items[0].name == "R&D dragon"
    assert panel.classes[3].text() == "4  R&&D dragon"
    judging.thresholds.history.undo()
    press(qtbot, judging, KEYS.Key_Tab, KEYS.Key_4)
    assert [item.name == "R&D dragon" for item in annotation.items[:3]] == [False, True, False]
    judging.tools.escape()
    judging.annotation.set_on()
    assert not panel.classes[3].isHidden()


def test_escape_leaves_and_everything_is_as_before(
    qtbot: QtBot, judging: DetectionWorkspace
) -> None:
    assert judging.annotation.panel.isVisible()
    assert not judging.side.tabs.isVisible()
    assert not judging.layers.boxes.instances, "the pass has its own boxes"
    judging.tools.escape()
    assert not judging.annotation.is_on()
    assert judging.side.tabs.isVisible()
    assert judging.layers.boxes.instances == judging.session.shown
    press(qtbot, judging, KEYS.Key_A)
    judging.annotation.set_on()
    judging.stages.open("boxes")
    assert not judging.annotation.is_on(), "a stage is another question"
    judging.annotation.set_on()
    assert judging.stages.panel.stage == ""
    assert judging.annotation.is_on()
    assert not any(map(judging.annotation.store.begun, judging.files.model.everything))
