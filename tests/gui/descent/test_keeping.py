"""Races as files, on the clipboard, and exported."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import specs
from engine.descent.race.spec import RaceSpec
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS

# -- keeping --------------------------------------------------------------------------------------


def test_a_race_is_saved_and_opened_again(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    racing.editor.choose_surface("beale")
    racing.editor.set_setting("sgd", "lr", 0.002)
    racing.editor.set_race_value("noise", 0.5)
    saved = racing.setup.spec()
    path = tmp_path / "гонка 1.json"
    racing.commands.save(str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["kind"] == "race"
    racing.editor.choose_surface("saddle")
    assert racing.open_paths([path])
    assert racing.setup.spec() == saved
    racing.keeper.stack.undo()
    assert racing.setup.race.surface == "saddle"


def test_files_of_others_are_left_to_others(racing: DescentWorkspace, tmp_path: Path) -> None:
    coco = tmp_path / "annotations.json"
    coco.write_text('{"images": []}', encoding="utf-8")
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG")
    assert not racing.open_paths([coco, picture, tmp_path])


def test_a_broken_race_is_refused_with_one_sentence(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    before = racing.setup
    path = tmp_path / "race.json"
    path.write_text('{"thalweg": 1, "kind": "race", "surface": "nowhere"}', encoding="utf-8")
    with qtbot.waitSignal(racing.error) as said:
        assert racing.open_paths([path])
    assert "nowhere" in str(said.args[0])
    assert racing.setup is before


def test_a_race_travels_over_the_clipboard(racing: DescentWorkspace) -> None:
    racing.editor.set_setting("nesterov", "lr", 0.0005)
    spec = racing.setup.spec()
    racing.commands.copy_race()
    assert specs.from_json(QApplication.clipboard().text(), RaceSpec) == spec
    racing.editor.choose_surface("saddle")
    racing.commands.paste_race()
    assert racing.setup.spec() == spec


def test_a_race_is_copied_as_a_script(qtbot: QtBot, racing: DescentWorkspace) -> None:
    racing.commands.copy_script()
    text = QApplication.clipboard().text()
    compile(text, "race.py", "exec")
    assert text.count("torch.optim.SGD(") == 3
    racing.editor.add("lion")
    with qtbot.waitSignal(racing.error) as said:
        racing.commands.copy_script()
    assert "Lion" in str(said.args[0])


def test_saving_where_one_may_not_says_so(
    qtbot: QtBot, racing: DescentWorkspace, tmp_path: Path
) -> None:
    with qtbot.waitSignal(racing.error) as said:
        racing.commands.save(str(tmp_path / "nowhere" / "race.json"))
    assert "nowhere" in str(said.args[0])


def test_what_the_window_cannot_show_is_clamped_and_said(racing: DescentWorkspace) -> None:
    said: list[str] = []
    racing.status.connect(said.append)
    spec = RaceSpec(surface="quadratic", steps=400_000, seed=2**60)
    QApplication.clipboard().setText(specs.to_json(spec))
    racing.commands.paste_race()
    assert (racing.setup.race.steps, racing.setup.race.seed) == (100_000, 2**53)
    assert "steps: 400000" in said[-1] and "100000 is set" in said[-1]
    assert "seed: 1152921504606846976" in said[-1]
    racing.editor.set_race_value("steps", 50)
    racing.activate()
    assert "400000" not in said[-1]


def test_an_area_without_numbers_is_hatched_and_said(
    racing: DescentWorkspace, qtbot: QtBot
) -> None:
    racing.editor.enter_formula("log(x) + y^2")
    qtbot.waitUntil(lambda: racing.map.hatch_legend.title == "Hatched", timeout=WAIT_MS)
    note, *_ = racing.map.hatch_legend.notes  # and -inf where a column of pixels is x = 0
    racing.editor.enter_formula("x + y")
    racing.editor.choose_surface("saddle")
    qtbot.waitUntil(lambda: racing.map.hatch_legend.title == "", timeout=WAIT_MS)
    assert racing.setup.race.surface == "saddle"  # the formula is forgotten
    assert "NaN" in note and "50 %" in note
    racing.editor.enter_formula("exp(exp(x^2 + 3)) + y^2")
    qtbot.waitUntil(
        lambda: any("infinite" in note for note in racing.map.hatch_legend.notes), timeout=WAIT_MS
    )
    racing.editor.choose_surface("himmelblau")
    qtbot.waitUntil(lambda: racing.map.hatch_legend.title == "", timeout=WAIT_MS)
