"""The table of workspaces: what one more record brings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

import gui
from gui import icons, workspaces
from gui.settings import Settings
from gui.window import Window

SOURCE = '''
"""A workspace with a text and one action."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from gui.actions import ActionSpec
from gui.workspace import Workspace


class ExampleWorkspace(Workspace):
    def __init__(self, bridge, settings, parent=None):
        super().__init__(bridge, settings, parent)
        QVBoxLayout(self).addWidget(QLabel("An example", self))

    def actions(self):
        return [ActionSpec("example.update", "Repeat &It", "Run", self.update)]
'''


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder `gui/example` with its `workspace.py`, and one record."""
    folder = tmp_path / "gui" / "example"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "workspace.py").write_text(SOURCE)
    monkeypatch.setattr(gui, "__path__", [*gui.__path__, str(tmp_path / "gui")])
    record = workspaces.WorkspaceRecord("example", "Example", "E&xample", "ExampleWorkspace")
    monkeypatch.setitem(workspaces.WORKSPACES, record.name, record)
    drawing = icons.drawing
    monkeypatch.setattr(  # resources/icons/example.svg
        icons, "drawing", lambda name: drawing("target" if name == "example" else name)
    )
    workspaces.workspace_names.cache_clear()
    yield
    workspaces.workspace_names.cache_clear()
    for name in ("gui.example.workspace", "gui.example"):
        sys.modules.pop(name, None)


def test_dry_run_a_workspace_is_a_folder_and_a_record(
    example: None, settings: Settings, qtbot: QtBot
) -> None:
    window = Window(settings, workspace="training", remember=False)
    qtbot.addWidget(window)
    window.show()
    button = window.findChild(QToolButton, "workspace.example.button")
    assert button is not None
    assert (button.text(), button.toolTip()) == ("Example", "Example (Ctrl+5)")
    action = window.action("workspace.example")
    assert action is not None
    assert action.text() == "E&xample" and action.shortcut().toString() == "Ctrl+5"

    action.trigger()
    front = window.current()
    assert type(front).__name__ == "ExampleWorkspace" and front is not None and front.isVisible()
    assert button.isChecked()
    assert window.windowTitle() == "Example – Thalweg"
    assert "example.update" in {spec.id for spec in window.actions_in_use()}
    window.close()
