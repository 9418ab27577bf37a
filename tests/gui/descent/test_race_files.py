"""Races as files and on the clipboard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine import specs
from engine.descent.race.scene import SceneSpec
from gui.descent.editor import Editor
from gui.descent.race_files import RaceFiles
from gui.descent.setup import SetupStore
from gui.settings import Settings


class Scene:
    """Knows the race, and nothing of how it is looked at."""

    def __init__(self, store: SetupStore, editor: Editor) -> None:
        self._store, self._editor = store, editor

    def spec(self) -> SceneSpec:
        return SceneSpec(self._store.setup.whole(), self._store.setup.resting())

    def show(self, spec: SceneSpec, text: str) -> None:
        self._editor.set_race(spec.race, text, spec.resting)


@pytest.fixture
def files(store: SetupStore, editor: Editor, settings: Settings, page: QWidget) -> RaceFiles:
    return RaceFiles(store, editor, Scene(store, editor), settings, page)


def test_a_race_is_saved_and_opened_again(
    store: SetupStore, editor: Editor, files: RaceFiles, tmp_path: Path
) -> None:
    editor.choose_surface("beale")
    editor.set_setting("sgd", "lr", 0.002)
    editor.set_race_value("noise", 0.5)
    saved = store.setup.spec()
    path = tmp_path / "гонка 1.json"
    files.save(str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["kind"] == "scene"
    editor.choose_surface("saddle")
    assert files.open_first([path])
    assert store.setup.spec() == saved
    store.stack.undo()
    assert store.setup.race.surface == "saddle"


def test_files_of_others_are_left_to_others(files: RaceFiles, tmp_path: Path) -> None:
    coco = tmp_path / "annotations.json"
    coco.write_text('{"images": []}', encoding="utf-8")
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    net = tmp_path / "net.json"
    net.write_text('{"thalweg": 1, "kind": "net", "name": "race"}', encoding="utf-8")
    assert not files.open_first([coco, picture, tmp_path, net])


def test_a_broken_race_is_refused_with_one_sentence(
    qtbot: QtBot, store: SetupStore, files: RaceFiles, tmp_path: Path
) -> None:
    before = store.setup
    path = tmp_path / "race.json"
    path.write_text('{"thalweg": 1, "kind": "race", "surface": "nowhere"}', encoding="utf-8")
    with qtbot.waitSignal(files.failed) as said:
        assert files.open_first([path])
    assert "nowhere" in str(said.args[0])
    assert store.setup is before


def test_what_was_pasted_and_is_no_race_is_refused_with_one_sentence(
    qtbot: QtBot, store: SetupStore, files: RaceFiles
) -> None:
    before = store.setup
    for text, told in (
        ("a shopping list", "race"),
        ('{"thalweg": 1, "kind": "race", "steps": -1}', "-1"),
    ):
        QApplication.clipboard().setText(text)
        with qtbot.waitSignal(files.failed) as said:
            files.paste_race()
        assert told in str(said.args[0])
    assert store.setup is before


def test_a_race_travels_over_the_clipboard(
    store: SetupStore, editor: Editor, files: RaceFiles
) -> None:
    editor.set_setting("nesterov", "lr", 0.0005)
    spec = store.setup.spec()
    files.copy_race()
    assert specs.from_json(QApplication.clipboard().text(), SceneSpec).race == spec
    editor.choose_surface("saddle")
    files.paste_race()
    assert store.setup.spec() == spec


def test_a_race_is_copied_as_a_script(qtbot: QtBot, editor: Editor, files: RaceFiles) -> None:
    files.copy_script()
    text = QApplication.clipboard().text()
    compile(text, "race.py", "exec")
    assert text.count("torch.optim.SGD(") == 3
    for name in ("lion", "newton", "line-search"):
        editor.add(name)
    with qtbot.assertNotEmitted(files.failed):
        files.copy_script()
    text = QApplication.clipboard().text()
    compile(text, "race.py", "exec")
    assert text.count("torch.optim.SGD(") == 3
    for made in ("Lion(p, ", "Newton(p, ", "LineSearch(p, "):
        assert text.count(made) == 1


def test_saving_where_one_may_not_says_so(qtbot: QtBot, files: RaceFiles, tmp_path: Path) -> None:
    with qtbot.waitSignal(files.failed) as said:
        files.save(str(tmp_path / "nowhere" / "race.json"))
    assert "nowhere" in str(said.args[0])
