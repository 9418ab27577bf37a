"""A survey from the window: the engine's own numbers, and the pictures behind each."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.detection.queries.missed_object import GATES
from engine.detection.queries.object_outcomes import OUTCOMES
from engine.detection.survey import SIZES, Survey
from gui.detection.survey.dialog import SurveyDialog
from gui.detection.survey.missed_by_gate import SIZE_TEXTS
from gui.detection.workspace import DetectionWorkspace
from gui.detector.gate_names import outcome_text
from tests.gui.detection.conftest import WAIT_MS, save, settle
from tests.gui.detection.ground_truth.test_store import FAR, labelme


@pytest.fixture
def surveyed(qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path) -> DetectionWorkspace:
    """Three pictures: one with a found and a missed object, one with a missed one, one bare."""
    for number in (1, 2, 3):
        save(tmp_path / f"{number}.png", seed=number)
    workspace.activate()
    with qtbot.waitSignal(workspace.files.chosen, timeout=WAIT_MS):
        workspace.open_paths([tmp_path / f"{number}.png" for number in (1, 2, 3)])
    settle(qtbot, workspace)
    best = workspace.session.shown[0]
    labelme(tmp_path / "1.json", [(best.name, best.box), (best.name, FAR)])
    labelme(tmp_path / "2.json", [("yeti", FAR)])
    with qtbot.waitSignal(workspace.survey.finished, timeout=WAIT_MS):
        qtbot.mouseClick(workspace.ground_truth.panel.survey, Qt.MouseButton.LeftButton)
        assert workspace.survey.strip.isVisibleTo(workspace)
    settle(qtbot, workspace)
    return workspace


def dialog_of(workspace: DetectionWorkspace) -> tuple[SurveyDialog, Survey]:
    assert workspace.survey.dialog is not None and workspace.survey.result is not None
    return workspace.survey.dialog, workspace.survey.result


def test_every_outcome_and_size_has_words() -> None:
    assert len({outcome_text(name) for name in OUTCOMES}) == len(OUTCOMES)
    assert tuple(SIZE_TEXTS) == SIZES and set(GATES) < set(OUTCOMES)


def test_the_funnel_counts_and_leads_to_the_pictures(
    qtbot: QtBot, surveyed: DetectionWorkspace
) -> None:
    dialog, survey = dialog_of(surveyed)
    assert dialog.isVisible() and not surveyed.survey.strip.isVisible()
    assert "objects: 3" in dialog.heading.text() and "on: 1;" in dialog.heading.text()
    table = dialog.losses.table
    counts = {}
    for row in range(table.rowCount()):
        name, count = table.item(row, 0), table.item(row, 1)
        assert name is not None and count is not None
        counts[name.text()] = int(count.text())
    assert sum(counts.values()) == len(survey.losses) == 3
    assert counts["Found"] == 1 and counts["A class the model does not know"] == 1
    row = list(counts).index("A class the model does not know")
    table.setCurrentCell(row, 0)
    item = dialog.pictures.item(0, 0)
    assert item is not None and item.text() == "2.png" and dialog.pictures.rowCount() == 1
    dialog.pictures.setCurrentCell(0, 0)
    assert surveyed.session.entry is not None and surveyed.session.entry.title == "2.png"
    dialog.losses.class_name.setCurrentIndex(dialog.losses.class_name.findData("yeti"))
    dialog.losses.refresh()
    found = table.item(0, 1)
    assert found is not None and found.text() == "0"
    settle(qtbot, surveyed)


def test_confusion_curves_and_worst_show_the_surveys_numbers(
    qtbot: QtBot, surveyed: DetectionWorkspace
) -> None:
    dialog, survey = dialog_of(surveyed)
    table = dialog.confusion
    total = 0
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            assert item is not None
            total += int(item.text() or 0)
    assert total == survey.confusion.sum()
    last = table.rowCount() - 1
    missed = next(r for r in range(last) if (cell := table.item(r, last)) and cell.text())
    table.cellClicked.emit(missed, last)
    assert dialog.pictures.rowCount() == 1 and "nothing" in dialog.chosen.text().lower()
    assert dialog.curves.table.rowCount() == len(survey.curves)
    header = dialog.curves.table.horizontalHeaderItem(3)
    assert header is not None and header.text() == "AP50"
    assert survey.metrics["bbox"]["AP50"] == pytest.approx(
        sum(curve.average for curve in survey.curves.values()) / len(survey.curves)
    )
    curve = dialog.curves.plot.listDataItems()[0]
    name = dialog.curves.table.item(0, 1)
    assert name is not None
    assert curve.getData()[0].tolist() == survey.curves[name.text()].recall.tolist()
    dialog.worst.setCurrentCell(0, 0)
    assert surveyed.session.entry is not None
    assert surveyed.session.entry.path == survey.worst[0][0]
    settle(qtbot, surveyed)


def test_a_survey_without_ground_truth_says_so_and_one_is_stopped(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    with qtbot.waitSignal(detected.error, timeout=WAIT_MS) as told:
        detected.survey.start()
    assert str(told.args[0]) and not detected.survey.strip.isVisible()
    detected.survey.start()
    qtbot.mouseClick(detected.survey.strip.cancel, Qt.MouseButton.LeftButton)
    assert not detected.survey.strip.isVisible() and detected.survey.result is None
    settle(qtbot, detected)
