"""bfloat16 beside float32 in the list of models: measured, told, and taken by itself or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot

from engine import device as devices
from engine.detection.precision import measure as job
from engine.detection.precision import measurement
from engine.detection.precision.difference import VerdictChange
from engine.detection.precision.measurement import (
    Measurement,
    folder,
    remember,
    remembered,
    subject_of,
)
from engine.jobs import State
from gui import i18n
from gui.detection.models.dialog import ModelsDialog
from gui.detection.precision.controller import MEASURE
from gui.detection.precision.panel import PrecisionPanel
from gui.detection.workspace import DetectionWorkspace
from gui.widgets.fact_table import cell
from tests.gui.detection.conftest import WAIT_MS, save, settle

CHANGE = VerdictChange("vanished", "ant", 0.56, 0.36, "airfield.jpg")


@pytest.fixture(autouse=True)
def units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the processor had units for bfloat16: it computes the same, only slowly."""
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: True)


@pytest.fixture(autouse=True)
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """Two small pictures in the place of the program's."""
    paths = tuple(save(tmp_path / f"sample-{seed}.png", seed=seed) for seed in (3, 4))
    monkeypatch.setattr(job, "all_samples", lambda: paths)
    return paths


def measured(**changes: Any) -> Measurement:
    subject = subject_of("people", None, "auto", "bfloat16")
    made = Measurement(subject, 0.5, 9, 31, 1.58, 0.67, 0.0041, 0.62, 0.987)
    return replace(made, **changes)


def ask(qtbot: QtBot, workspace: DetectionWorkspace) -> tuple[ModelsDialog, PrecisionPanel]:
    qtbot.mouseClick(workspace.header.more, Qt.MouseButton.LeftButton)
    dialog = workspace.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.device.count() > 1, timeout=WAIT_MS)
    settle(qtbot, workspace)
    return dialog, dialog.precision_panel


def texts(panel: PrecisionPanel) -> list[tuple[str, ...]]:
    table = panel.numbers
    return [
        tuple(cell(table, row, column).text() for column in range(3))
        for row in range(table.rowCount())
    ]


def chosen(dialog: ModelsDialog) -> str:
    return dialog.precision.currentText()


def test_no_change_is_taken_by_itself_and_its_numbers_stand_beside_it(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    assert detected.session.precision_used == "float32", "not measured yet"
    remember(measured())
    dialog, panel = ask(qtbot, detected)
    assert chosen(dialog) == "automatic (bfloat16)"
    for told in ("2.36 times as fast", "same detections", "9 sample", "automatic is bfloat16"):
        assert told in panel.sentence.text()
    assert [row[1:] for row in texts(panel)] == [
        ("1.58", "0.67"), ("–", "0.0041"), ("–", "0.62"), ("–", "0.987"), ("–", "0 / 0 / 0"),
    ]  # fmt: skip
    assert panel.numbers.isVisible() and "31" in texts(panel)[-1][0]
    detected.session.run()
    settle(qtbot, detected)
    assert detected.session.inspection is not None
    assert detected.session.inspection.precision == detected.session.precision_used == "bfloat16"
    dialog.close()


def test_a_changed_verdict_leaves_it_off_until_it_is_chosen(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    remember(measured(changes=(CHANGE,)))
    dialog, panel = ask(qtbot, detected)
    assert chosen(dialog) == "automatic (float32)"
    assert "other detections" in panel.sentence.text()
    assert texts(panel)[-1][2] == "0 / 1 / 0"
    assert "airfield.jpg: ant vanishes, score 0.56 → 0.36" in panel.sentence.toolTip()
    detected.session.run()
    settle(qtbot, detected)
    assert detected.session.precision_used == "float32"
    dialog.precision.setCurrentIndex(dialog.precision.findData("bfloat16"))
    dialog.precision.activated.emit(dialog.precision.currentIndex())
    settle(qtbot, detected)
    assert detected.session.precision_used == "bfloat16"
    dialog.close()


def test_it_is_measured_with_a_click_and_remembered(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    dialog, panel = ask(qtbot, detected)
    assert "has not been measured" in panel.sentence.text() and not panel.numbers.isVisible()
    assert chosen(dialog) == "automatic (float32)"
    qtbot.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
    assert "being measured" in panel.sentence.text() and not panel.measure.isVisible()
    qtbot.waitUntil(panel.numbers.isVisible, timeout=WAIT_MS)
    found = remembered(measured().subject)
    assert found is not None and found.pictures == 2 and not panel.strip.isVisible()
    number = QLocale()
    assert texts(panel)[1][2] == number.toString(found.score, "f", 4)
    assert texts(panel)[2][2] == number.toString(found.box, "f", 2)
    assert panel.measure.isVisible() and panel.measure.text() == "Measure Again"
    dialog.close()
    settle(qtbot, detected)


def test_a_stopped_measurement_is_forgotten(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    dialog, panel = ask(qtbot, detected)
    qtbot.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.strip.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(panel.strip.cancel, Qt.MouseButton.LeftButton)
    assert "has not been measured" in panel.sentence.text() and panel.measure.isEnabled()
    settle(qtbot, detected)
    assert remembered(measured().subject) is None and not panel.strip.isVisible()
    dialog.close()


def test_a_device_without_units_says_so(
    qtbot: QtBot, detected: DetectionWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: False)
    remember(measured())
    dialog, panel = ask(qtbot, detected)
    assert "no units for bfloat16" in panel.sentence.text()
    assert not panel.measure.isVisible() and not panel.numbers.isVisible()
    assert not dialog.precision.isEnabled() and chosen(dialog) == "float32"
    dialog.close()


def test_a_heavy_model_is_measured_while_the_window_rests(
    qtbot: QtBot, workspace: DetectionWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurement, "is_heavy", lambda *_: True)
    workspace.precision._rest.setInterval(0)
    workspace.activate()
    workspace.start_first_work()
    subject = measured().subject
    qtbot.waitUntil(lambda: remembered(subject) is not None, timeout=WAIT_MS)
    settle(qtbot, workspace)
    assert workspace.models.dialog is None, "nobody was asked"
    runs = sorted(folder().iterdir())
    workspace.session.run()
    settle(qtbot, workspace)
    assert sorted(folder().iterdir()) == runs and not workspace.precision.measuring, "only once"


def test_a_light_model_is_not(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    assert not detected.precision._rest.isActive() and not detected.precision.measuring


def test_a_measurement_makes_way_for_a_picture(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    dialog, panel = ask(qtbot, detected)
    qtbot.mouseClick(panel.measure, Qt.MouseButton.LeftButton)
    measuring = detected.bridge.job(MEASURE)
    assert measuring is not None and measuring.state is State.RUNNING
    runs = detected.session.runs
    detected.session.run()
    assert measuring.state is State.PAUSED
    qtbot.waitUntil(lambda: detected.session.runs == runs + 1, timeout=WAIT_MS)
    qtbot.waitUntil(panel.numbers.isVisible, timeout=WAIT_MS)
    dialog.close()
    settle(qtbot, detected)


def test_it_is_told_in_russian(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    remember(measured())
    dialog, panel = ask(qtbot, detected)
    i18n.apply("ru")
    told = "bfloat16 быстрее в 2,36 раза"
    qtbot.waitUntil(lambda: told in panel.sentence.text(), timeout=WAIT_MS)
    assert texts(panel)[0][0] == "Секунд на картинку" and texts(panel)[1][2] == "0,0041"
    assert chosen(dialog) == "автоматически (bfloat16)"
    dialog.close()
