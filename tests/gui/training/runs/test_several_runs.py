"""Several runs of the list: compared, and deleted after one question."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QItemSelectionModel, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.settings import Settings
from gui.training.choices import COMPARISON, PHASES
from gui.training.workspace import TrainingWorkspace
from tests.engine.training.comparison.folders import make_run


@pytest.fixture
def workspace(
    qtbot: QtBot, bridge: Bridge, settings: Settings, private_runs: Path
) -> TrainingWorkspace:
    """Three runs in the list, the first of them selected."""
    for seed in range(3):
        make_run(private_runs / f"run-{seed}", [3.0 - seed, 1.0], seed=seed)
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 900)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.runs.model.rowCount() == 3)
    click(made, qtbot, "run-0")
    return made


def click(workspace: TrainingWorkspace, qtbot: QtBot, name: str, *, control: bool = False) -> None:
    table = workspace.runs.table
    names = [run.name for row in range(3) if (run := workspace.runs.model.run(row)) is not None]
    place = table.visualRect(workspace.runs.model.index(names.index(name), 0)).center()
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)


def button(workspace: TrainingWorkspace, name: str) -> QPushButton:
    found = workspace.findChild(QPushButton, f"training.{name}.button")
    assert found is not None
    return found


def test_several_are_compared_and_one_is_shown_as_before(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    workspace.pages.show_page(PHASES)
    click(workspace, qtbot, "run-2", control=True)
    page = workspace.pages.comparison
    assert workspace.pages.currentWidget() is page
    qtbot.waitUntil(lambda: set(page.inspect_state()["runs"]) == {"run-0", "run-2"})  # type: ignore[call-overload]
    assert workspace.shown.folder is not None and workspace.shown.folder.name == "run-0"
    for name in ("continue", "fork", "rename", "use", "folder"):
        assert not button(workspace, name).isEnabled(), name
    assert button(workspace, "delete").isEnabled()
    workspace.refresh()  # as at the end of a training: the selection stays
    qtbot.waitUntil(lambda: not workspace.bridge.busy())
    assert len(workspace.runs.selected()) == 2
    click(workspace, qtbot, "run-1")
    assert workspace.pages.currentWidget() is workspace.pages.phases
    assert button(workspace, "folder").isEnabled()
    workspace.pages.show_page(COMPARISON)
    assert page.empty.isVisible()


def test_a_run_that_is_newly_shown_ends_the_comparison(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    """One that is opened or begins to train; the runs before stay selected by any other reading."""
    click(workspace, qtbot, "run-1", control=True)
    click(workspace, qtbot, "run-2", control=True)
    click(workspace, qtbot, "run-0", control=True)  # the shown one is no more among them
    path = workspace.shown.folder
    assert path is not None and path.name == "run-0"
    workspace.runs.select(path)
    assert {run.name for run in workspace.runs.selected()} == {"run-1", "run-2"}
    click(workspace, qtbot, "run-1")
    click(workspace, qtbot, "run-2", control=True)
    workspace.runs.select(path)
    assert [run.name for run in workspace.runs.selected()] == ["run-0"]
    assert workspace.pages.currentWidget() is not workspace.pages.comparison


def test_the_menu_of_the_list_does_what_the_buttons_do(
    workspace: TrainingWorkspace, qtbot: QtBot
) -> None:
    table = workspace.runs.table
    assert table.contextMenuPolicy() is Qt.ContextMenuPolicy.ActionsContextMenu
    texts = [action.text() for action in table.actions()]
    assert texts == [button(workspace, n).text() for n in ("continue", "fork", "rename", "delete")]
    assert [action.isEnabled() for action in table.actions()] == [False, False, True, True]
    table.actions()[3].trigger()
    question = workspace.findChild(QMessageBox, "dialog.training.delete")
    assert isinstance(question, QMessageBox) and "run-0" in question.text()
    question.reject()


def test_several_go_to_the_bin_after_one_question(
    workspace: TrainingWorkspace, qtbot: QtBot, private_runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binned: list[str] = []

    def move(name: str) -> bool:
        binned.append(Path(name).name)
        Path(name).rename(private_runs.parent / f"bin-{len(binned)}-{private_runs.name}")
        return True

    monkeypatch.setattr(QFile, "moveToTrash", move)
    workspace.runs.table.selectionModel().select(
        workspace.runs.model.index(0, 0),
        QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
    )
    click(workspace, qtbot, "run-1", control=True)
    chosen = {run.name for run in workspace.runs.selected()}
    assert len(chosen) > 1
    qtbot.mouseClick(button(workspace, "delete"), Qt.MouseButton.LeftButton)
    question = workspace.findChild(QMessageBox, "dialog.training.delete")
    assert isinstance(question, QMessageBox)
    assert f"({len(chosen)})" in question.text() and "run-1" in question.informativeText()
    accept = question.findChild(QPushButton, "dialog.training.delete.button")
    assert accept is not None
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.runs.model.rowCount() == 3 - len(chosen))
    assert set(binned) == chosen and workspace.runs.selected() == ()
