"""The page Evaluation from the folder of a run: read, made anew, followed live, exported."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from engine.training.evaluation.progress import Progress
from engine.training.runs import reports
from engine.training.spec import TrainFrame
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training import workspace as workspace_module
from gui.training.choices import EVALUATION
from gui.training.evaluation import controller as module
from gui.training.evaluation.page import EvaluationPage
from gui.training.progress import State
from gui.training.workspace import TrainingWorkspace
from tests.deadlines import scaled
from tests.gui.training.evaluation.conftest import make_report, make_run


@pytest.fixture
def workspace(qtbot: QtBot, bridge: Bridge, settings: Settings) -> TrainingWorkspace:
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    made.pages.show_page(EVALUATION)
    return made


@pytest.fixture
def page(workspace: TrainingWorkspace) -> EvaluationPage:
    return workspace.pages.evaluation


def show(workspace: TrainingWorkspace, qtbot: QtBot, folder: Path) -> None:
    workspace.shown.show(folder)
    qtbot.waitUntil(lambda: read(workspace) == folder)


def read(workspace: TrainingWorkspace) -> Path | None:
    told = workspace.evaluation.reports
    return None if told is None else told.folder


def press(button: QPushButton, qtbot: QtBot) -> None:
    assert button.isEnabled() and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_run_the_page_says_what_to_do(page: EvaluationPage) -> None:
    assert "Choose a run" in page.said.text()
    assert not page.tabs.isVisible() and not page.evaluate.isVisible()


def test_the_newest_report_is_shown_and_others_can_be_chosen(
    workspace: TrainingWorkspace, page: EvaluationPage, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make_run(tmp_path / "run", 20, 1100))
    steps = [page.steps.itemText(row) for row in range(page.steps.count())]
    assert steps == ["step 1100", "step 20"] and page.steps.currentIndex() == 0
    assert page.tabs.isVisible() and not page.said.isVisible()
    assert "true: 2" in page.views.numbers.words.text()  # 1100 % 9
    page.steps.setCurrentIndex(1)
    page.steps.activated.emit(1)
    told = workspace.evaluation
    qtbot.waitUntil(lambda: told.reports is not None and told.reports.step == 20)
    assert page.steps.currentIndex() == 1


@pytest.mark.parametrize("content", ["{", "[]", '{"step": 20, "bbox": {}}'])
def test_a_damaged_report_is_named(
    workspace: TrainingWorkspace, qtbot: QtBot, tmp_path: Path, content: str
) -> None:
    run = make_run(tmp_path / "run", 20)
    (run / "reports" / "20.json").write_text(content, encoding="utf-8")
    with qtbot.waitSignal(workspace.error) as told:
        workspace.shown.show(run)
    assert "20.json" in str(told.args[0])


def test_a_run_without_a_report_is_evaluated_by_the_button(
    workspace: TrainingWorkspace,
    page: EvaluationPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = make_run(tmp_path / "run")
    show(workspace, qtbot, run)
    assert "No full report yet" in page.said.text() and not page.tabs.isVisible()
    going = threading.Event()

    def evaluation(folder: Path) -> Iterator[Any]:
        yield Progress(1, 3)
        going.wait()
        yield reports.write(folder, make_report(40)) and make_report(40)

    monkeypatch.setattr(module, "run_evaluation", evaluation)
    press(page.evaluate, qtbot)
    assert not page.evaluate.isEnabled()
    qtbot.waitUntil(lambda: page.strip.label.text() == "Evaluating… 1 of 3")
    assert (page.strip.bar.value(), page.strip.bar.maximum()) == (1, 3)
    going.set()
    qtbot.waitUntil(page.tabs.isVisible)
    assert page.steps.currentText() == "step 40" and not page.strip.isVisible()
    assert page.evaluate.isEnabled()


def test_an_evaluation_is_cancelled_and_another_run_ends_it(
    workspace: TrainingWorkspace,
    page: EvaluationPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = threading.Semaphore(0)

    def endless(_folder: Path) -> Iterator[Any]:
        try:
            while True:
                yield Progress(1, 3)
        finally:
            ended.release()

    monkeypatch.setattr(module, "run_evaluation", endless)
    show(workspace, qtbot, make_run(tmp_path / "run"))
    press(page.evaluate, qtbot)
    qtbot.waitUntil(lambda: page.strip.bar.maximum() == 3)
    qtbot.mouseClick(page.strip.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ended.acquire(blocking=False))
    assert not page.strip.isVisible() and page.evaluate.isEnabled()
    press(page.evaluate, qtbot)
    show(workspace, qtbot, make_run(tmp_path / "other", 3))
    qtbot.waitUntil(lambda: ended.acquire(blocking=False))
    assert not page.strip.isVisible()


def test_what_goes_wrong_is_said(
    workspace: TrainingWorkspace, page: EvaluationPage, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make_run(tmp_path / "run"))  # its weights are empty
    with qtbot.waitSignal(workspace.error, timeout=30_000) as told:
        press(page.evaluate, qtbot)
    assert str(told.args[0])
    assert not page.strip.isVisible() and page.evaluate.isEnabled()


def test_a_run_without_weights_cannot_be_evaluated(
    workspace: TrainingWorkspace, page: EvaluationPage, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make_run(tmp_path / "run", weights=False))
    assert "no weights" in page.said.text() and not page.evaluate.isEnabled()


def test_a_report_of_the_run_that_trains_is_shown_at_once(
    workspace: TrainingWorkspace,
    page: EvaluationPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, told, seen = threading.Event(), threading.Event(), threading.Event()

    def training(_spec: Any, folder: Path, *, requests: Any) -> Iterator[TrainFrame]:
        make_run(folder, weights=False)
        step = 0
        while not told.is_set():
            step += 1
            yield TrainFrame(step, 10**6, losses={"loss": 1.0}, seconds=0.01)
            if requests.take_evaluation():
                asked.set()
                yield TrainFrame(step, 10**6, judging=Progress(3, 20))
                seen.wait(scaled(20))
                reports.write(folder, make_report(step))
                yield TrainFrame(step, 10**6, evaluation=reports.numbers(make_report(step)))

    monkeypatch.setattr(workspace_module, "run_training", training)
    workspace.start()
    qtbot.waitUntil(lambda: workspace.progress.state is State.RUNNING)
    qtbot.waitUntil(page.evaluate.isEnabled)
    assert "Evaluate every" in page.said.text()
    press(page.evaluate, qtbot)
    qtbot.waitUntil(lambda: page.strip.label.text() == "Evaluating… 3 of 20")
    assert page.strip.isVisible() and page.strip.cancel.isHidden(), "the training's Stop ends it"
    assert workspace.live.text() == "Evaluating held-out pictures: 3 of 20."
    assert not page.evaluate.isEnabled()
    seen.set()
    qtbot.waitUntil(page.tabs.isVisible)
    qtbot.waitUntil(page.strip.isHidden)
    assert asked.is_set()
    told.set()
    qtbot.waitUntil(lambda: workspace.progress.state is State.DONE)


@pytest.mark.parametrize("ending", ["json", "csv", "svg"])
def test_a_report_is_exported(
    workspace: TrainingWorkspace,
    page: EvaluationPage,
    qtbot: QtBot,
    tmp_path: Path,
    ending: str,
) -> None:
    show(workspace, qtbot, make_run(tmp_path / "run", 20))
    out = tmp_path / f"out.{ending}"
    page.export_wanted.emit(str(out))
    qtbot.waitUntil(lambda: str(out) in page.said.text(), timeout=30_000)
    assert page.said.isVisible() and page.tabs.isVisible()
    text = out.read_text(encoding="utf-8")
    if ending == "json":
        assert json.loads(text) == reports.read(tmp_path / "run", 20)
    else:
        assert text.startswith("kind,class" if ending == "csv" else "<?xml")


def test_the_file_dialog_offers_every_kind(
    workspace: TrainingWorkspace, page: EvaluationPage, qtbot: QtBot, tmp_path: Path
) -> None:
    show(workspace, qtbot, make_run(tmp_path / "run", 20))
    press(page.export, qtbot)
    dialog = page.findChild(QFileDialog, "dialog.training.evaluation.export")
    assert dialog is not None
    suffixes = []
    for name in dialog.nameFilters():
        dialog.selectNameFilter(name)
        dialog.filterSelected.emit(name)
        suffixes.append(dialog.defaultSuffix())
    assert suffixes == ["json", "csv", "png", "svg", "pdf"]
    dialog.reject()


def test_a_run_that_begins_anew_gives_its_report_up(
    workspace: TrainingWorkspace, page: EvaluationPage, qtbot: QtBot, tmp_path: Path
) -> None:
    run = make_run(tmp_path / "run", 20)
    show(workspace, qtbot, run)
    (run / "reports" / "20.json").unlink()
    workspace.pages.clear()
    qtbot.waitUntil(lambda: not page.tabs.isVisible())
    reports.write(run, make_report(7))
    workspace.pages.add((TrainFrame(7, 9, evaluation={"bbox": {}}),))
    qtbot.waitUntil(page.tabs.isVisible)
    assert page.steps.currentText() == "step 7"
