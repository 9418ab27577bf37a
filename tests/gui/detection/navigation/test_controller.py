"""One place at a time: stage, tab and choice, what is dimmed there, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from gui.detection.layers.base import FAINT
from gui.detection.stages.rois import RoisView
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import settle


def test_esc_leads_from_a_proposal_to_its_stage_to_the_picture(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    crumbs = detected.navigation.breadcrumb
    assert len(crumbs.crumbs) == 1 and not detected.tools.can_escape()
    detected.stages.open("rois")
    settle(qtbot, detected)
    view = detected.stages.panel.view()
    assert isinstance(view, RoisView) and len(crumbs.crumbs) == 2
    x0, y0, x1, y1 = detected.session.shown[0].box
    assert view.pick(QPointF((x0 + x1) / 2, (y0 + y1) / 2))
    assert crumbs.inspect_state()["path"] == ["Picture", "Head: RoIs", view.item()]
    detected.tools.escape()
    assert detected.navigation.path() == ("Picture", "Head: RoIs") and not view.item()
    detected.tools.escape()
    assert detected.stages.panel.stage == "" and len(crumbs.crumbs) == 1
    assert detected.side.front() == "layers" and not detected.context.marked()
    assert not detected.tools.can_escape()


def test_a_stage_dims_what_it_does_not_ask_about_and_says_so(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    layers, crumbs = detected.layers, detected.navigation.breadcrumb
    detected.stages.open("masks")
    settle(qtbot, detected)
    told = crumbs.inspect_state()["dimmed"]
    assert isinstance(told, str) and "boxes" in told and "masks" not in told
    assert layers.boxes.weight == FAINT * layers.boxes.opacity
    assert layers.by_name["labels"].dimmed and not layers.by_name["masks"].dimmed
    qtbot.mouseClick(crumbs.turn, Qt.MouseButton.LeftButton)
    assert layers.boxes.weight == layers.boxes.opacity and not crumbs.inspect_state()["dimmed"]
    qtbot.mouseClick(crumbs.turn, Qt.MouseButton.LeftButton)
    assert layers.boxes.dimmed
    qtbot.mouseClick(crumbs.crumbs[0], Qt.MouseButton.LeftButton)
    assert not layers.dimmed() and detected.stages.panel.stage == ""


def test_nothing_of_an_open_stage_is_saved(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    before = detected.save_state()
    detected.stages.open("objectness")
    settle(qtbot, detected)
    assert detected.layers.is_shown("objectness")
    assert detected.save_state() == before
    # What the user switches there is theirs, and stays.
    detected.layers.show("boxes", False)
    assert detected.save_state()["layers"]["boxes"]["shown"] is False
    detected.stages.open("")
    assert not detected.layers.is_shown("objectness") and not detected.layers.is_shown("boxes")


def test_a_stage_stays_beside_the_thresholds_and_closes_for_another_question(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    detected.stages.open("proposals")
    settle(qtbot, detected)
    for tab in ("limits", "layers"):
        detected.side.show_tab(tab)
        view = detected.stages.panel.view()
        assert view is not None and view.front
        assert detected.stages.bar.buttons["proposals"].isChecked()
    detected.side.show_tab("lost")
    assert detected.stages.panel.stage == "" and not detected.layers.dimmed()
    assert not detected.stages.bar.buttons["proposals"].isChecked()
    assert detected.navigation.path() == ("Picture", "Lost")
    detected.tools.escape()
    assert detected.side.front() == "layers" and not detected.side.drawing
    settle(qtbot, detected)
