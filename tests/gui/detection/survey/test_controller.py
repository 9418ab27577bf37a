"""A survey from the window: the engine's own numbers, and the pictures behind each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.detection.queries.missed_object import GATES
from engine.detection.queries.object_outcomes import OUTCOMES
from engine.detection.survey.records import SIZES, Loss, Survey
from gui.detection.instances import as_box
from gui.detection.survey.dialog import SurveyDialog
from gui.detection.survey.missed_by_gate import SIZE_TEXTS
from gui.detection.survey.object_model import OTHER, PICTURE, SCORE, ObjectModel
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


def test_an_object_is_opened_where_it_was_lost(qtbot: QtBot, surveyed: DetectionWorkspace) -> None:
    dialog, survey = dialog_of(surveyed)
    dialog.tabs.setCurrentWidget(dialog.objects)
    view = dialog.objects
    assert len(view.model.rows) == len(survey.losses) == 3
    view.outcome.setCurrentIndex(view.outcome.findData("lost"))
    view.refresh()
    assert [loss.outcome == "found" for loss in view.model.rows] == [False, False]
    view.table.sortByColumn(PICTURE, Qt.SortOrder.DescendingOrder)
    assert [loss.path.name for loss in view.model.rows] == ["2.png", "1.png"]
    pixmap = view.model.data(view.model.index(0, 0), Qt.ItemDataRole.DecorationRole)
    assert max(pixmap.width(), pixmap.height()) == 72
    before = surveyed.picture.zoom
    for row, name in ((0, "2.png"), (1, "1.png")):
        lost = view.model.rows[row]
        view.table.clicked.emit(view.model.index(row, 1))
        qtbot.waitUntil(
            lambda lost=lost: surveyed.missed_objects.box == as_box(lost.box), timeout=WAIT_MS
        )
        assert surveyed.session.entry is not None and surveyed.session.entry.title == name
        assert surveyed.side.front() == "lost" and surveyed.picture.zoom > before
        settle(qtbot, surveyed)


def test_two_settings_are_compared_object_by_object_and_written(
    qtbot: QtBot, surveyed: DetectionWorkspace, tmp_path: Path
) -> None:
    dialog, first = dialog_of(surveyed)
    assert not dialog.other.isVisibleTo(dialog)
    surveyed.thresholds.score.set_value(1.0)  # nothing is found any more
    with qtbot.waitSignal(surveyed.survey.finished, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    view, finder = dialog.objects, dialog.objects.finder
    assert dialog.other.currentText().startswith(f"{first.title}, score > 0.50, NMS 0.50")
    told = [finder.itemText(row) for row in range(1, finder.count())]
    assert told == [
        "found by both: 0", "only by this survey: 0", "only by the other: 1", "by neither: 2",
    ]  # fmt: skip
    finder.setCurrentIndex(finder.findData("second"))
    view.refresh()
    (row,) = view.model.rows
    found = next(loss for loss in first.losses if loss.outcome == "found")
    assert (row.path, row.index) == (found.path, found.index)
    assert view.model.data(view.model.index(0, OTHER)) == "Found"
    for name in ("objects.csv", "objects.html"):
        with qtbot.waitSignal(surveyed.survey.status, timeout=WAIT_MS):
            dialog.report_wanted.emit(tmp_path / name)
        assert "class" in (tmp_path / name).read_text(encoding="utf-8")
    settle(qtbot, surveyed)


def test_ten_thousand_objects_are_filtered_and_sorted_in_one_pass_each() -> None:
    model, passes = ObjectModel(), []
    box = np.array([0, 0, 9, 9], np.float32)
    losses = [
        Loss(Path(f"{k % 100}.png"), k, "ant" if k % 2 else "bee", "small", "found", box, score=k)
        for k in range(10_000)
    ]
    model.set_objects(losses)
    model.sort(SCORE, Qt.SortOrder.DescendingOrder)
    model.set_filter(lambda loss: passes.append(1) or loss.class_name == "ant")
    assert len(passes) == 10_000 and model.rowCount() == 5000
    assert [model.rows[0].score, model.rows[-1].score] == [9999, 1]
