"""The page of backpropagation: moments, edits, weights, scenes, files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.networks.backprop.presets import PRESETS
from engine.networks.backprop.spec import BackpropSpec, Example, random_weights
from engine.optimizers.racer import Racer
from gui.networks.backprop import letters
from gui.networks.backprop.drawing import BACKWARD, FORWARD, phase_color, update_color
from gui.networks.backprop.exercise_panel import SheetsWanted
from gui.networks.backprop.page import BackpropPage
from gui.networks.scenes import SCENES
from gui.networks.workspace import NetworksWorkspace


def go(page: BackpropPage, qtbot: QtBot, index: int) -> None:
    page.player.seek(index)
    qtbot.waitUntil(lambda: page.inspect_state()["moment"] == index)


def rows(page: BackpropPage, key: str) -> dict[str, str]:
    found: dict[str, str] = page.graph.inspect_state()["nodes"][key]["rows"]
    return found


def open_scene(page: BackpropPage, qtbot: QtBot, name: str) -> None:
    scene = next(scene for scene in SCENES if scene.name == name)
    page.open_scene(scene)
    qtbot.waitUntil(
        lambda: (
            page.inspect_state()["moment"] == scene.spec.moment
            and page._shown is not None
            and page._shown.spec == scene.spec.spec
        )
    )


def test_what_is_not_computed_yet_is_blank(page: BackpropPage, qtbot: QtBot) -> None:
    assert rows(page, "n.1.0") == {"S": "", "o": "", "δ": ""}
    assert rows(page, "n.0.0") == {"o": "1"}
    go(page, qtbot, 2)
    assert rows(page, "n.1.0") == {"S": "1.5", "o": "0.8176", "δ": ""}
    assert rows(page, "n.1.1") == {"S": "", "o": "", "δ": ""}
    go(page, qtbot, 10)  # back to the first hidden node and the second
    assert rows(page, "n.1.0")["δ"] and rows(page, "E")["="] == "0.1173"
    go(page, qtbot, 1)
    assert rows(page, "n.1.0") == {"S": "1.5", "o": "", "δ": ""}


def test_the_sheet_has_the_formula_with_these_numbers(page: BackpropPage, qtbot: QtBot) -> None:
    go(page, qtbot, 8)
    ((symbol, value),) = page.sheet.inspect_state()["lines"]
    assert symbol == "delta_5" and value == pytest.approx(-0.120977, abs=1e-6)
    assert page.sheet.sheet.lit_area() is not None


def test_the_lecture_mode_is_larger(page: BackpropPage, networks: NetworksWorkspace) -> None:
    height = page.sheet.sheet.minimumHeight()
    networks.set_lecture(True)
    assert page.sheet.sheet.minimumHeight() > height
    networks.set_lecture(False)
    assert page.sheet.sheet.minimumHeight() == height


def test_each_phase_has_a_colour_of_its_own() -> None:
    colors = [phase_color(phase) for phase in ("forward", "backward", "update")]
    assert colors == [FORWARD, BACKWARD, update_color()]
    assert len(set(colors)) == 3


def test_a_weight_shows_its_way(page: BackpropPage, qtbot: QtBot) -> None:
    go(page, qtbot, 22)  # the end of the first update
    page.graph.clicked.emit("w.2.0.0")
    qtbot.waitUntil(lambda: len(page.sheet.inspect_state()["lines"]) > 2)
    symbols = [symbol for symbol, _ in page.sheet.inspect_state()["lines"]]
    assert symbols[-5:] == ["S_5", "o_5", "delta_5", "dw_3_5", "w_3_5_new"]
    page.graph.clicked.emit("")
    qtbot.waitUntil(lambda: len(page.sheet.inspect_state()["lines"]) == 1)


def test_adam_shows_its_state(page: BackpropPage, qtbot: QtBot) -> None:
    page.form.optimizer.setCurrentIndex(page.form.optimizer.findData("adam"))
    page.form.optimizer.activated.emit(page.form.optimizer.currentIndex())
    qtbot.waitUntil(lambda: page.player.available == page.player.total > 0)
    go(page, qtbot, 44)
    page.graph.clicked.emit("w.1.0.0")
    qtbot.waitUntil(lambda: page.sheet._shown.details is not None)
    details = page.sheet._shown.details
    assert set(details.state) == {"m", "v", "w"} and details.state["m"] != 0
    symbols = [line.symbol for line in details.lines]
    assert {"m_new", "v_new", "m_hat", "v_hat"} < set(symbols) and symbols[-1] == "w_1_3_new"


def test_a_number_is_typed_where_it_stands_and_undone(
    page: BackpropPage, networks: NetworksWorkspace, qtbot: QtBot
) -> None:
    page.graph.edited.emit("w.1.1.0")
    field = page._field
    assert field.isVisible() and field.value() == -1.0
    field.selectAll()
    qtbot.keyClicks(field, "0,25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.store.setup.weights[0][0][1] == 0.25 and not field.isVisible()
    go(page, qtbot, 3)
    assert rows(page, "n.1.1")["S"] == "0.75"
    actions = {action.id: action for action in networks.actions()}
    actions["networks.undo"].callback()
    assert page.store.setup.weights[0][0][1] == -1.0
    page.graph.edited.emit("n.0.1")
    qtbot.keyClicks(field, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.store.setup.examples[0].inputs == (1.0, 0.5)


def test_what_is_no_number_is_said_and_nothing_changes(page: BackpropPage, qtbot: QtBot) -> None:
    before, field = page.store.setup, page._field
    page.graph.edited.emit("w.2.0.0")
    for text in ("nan", "one", "1e999", "inf", "9e6"):
        field.selectAll()
        qtbot.keyClicks(field, text)
        with qtbot.waitSignal(page.status) as told:
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert told.args[0] and not told.args[0].startswith("Update")
        assert field.isVisible() and page.store.setup == before
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    form = page.form
    form.layers.setText("2-0-x")
    with qtbot.waitSignal(page.status) as told:
        form.layers.editingFinished.emit()
    assert "2-3-1" in told.args[0] and form.layers.property("wrong")
    page.store.change(PRESETS["backprop-worked-example"].spec, "x")
    assert form.layers.text() == "2-2-2" and not form.layers.property("wrong")


def test_the_table_changes_what_is_typed_and_keeps_it_on_nonsense(page: BackpropPage) -> None:
    table = page.table
    names = [table.item(row, 0).text() for row in range(table.rowCount())]
    assert names == ["o₁", "o₂", "t₅", "w₁,₃", "w₁,₄", "w₂,₃", "w₂,₄", "w₃,₅", "w₄,₅"]
    table.item(2, 1).setText("0.5")
    assert page.store.setup.examples[0].targets == (0.5,)
    table.item(2, 1).setText("half")
    assert page.store.setup.examples[0].targets == (0.5,)
    assert table.item(2, 1).text() == "0.5"


def test_layers_are_typed(page: BackpropPage, qtbot: QtBot) -> None:
    form = page.form
    form.layers.setText("3-4-2")
    form.layers.editingFinished.emit()
    spec = page.store.setup
    assert spec.layers == (3, 4, 2) and len(spec.weights[0]) == 3
    qtbot.waitUntil(lambda: len(page.graph.inspect_state()["nodes"]) == 3 + 4 + 2 + 1)
    for wrong in ("3", "3-40-2", "a", "1-1-1-1-1-1-1"):
        form.layers.setText(wrong)
        form.layers.editingFinished.emit()
        assert form.layers.property("wrong") and page.store.setup == spec


def test_nodes_that_are_not_drawn_are_counted(page: BackpropPage, qtbot: QtBot) -> None:
    layers = (2, 15, 12)
    weights, biases = random_weights(layers, 1)
    example = Example((0.5, 1.0), (0.5,) * 12)
    page.store.change(
        BackpropSpec(layers=layers, weights=weights, biases=biases, examples=(example,)), "x"
    )
    qtbot.waitUntil(lambda: "n.1.11" in page.graph.inspect_state()["nodes"])
    nodes = page.graph.inspect_state()["nodes"]
    assert nodes["more.1"]["title"] == "+3 more" and "n.1.12" not in nodes
    assert [key for key in nodes if key.startswith("more")] == ["more.1"]
    assert nodes["more.1"]["at"][1] > nodes["n.1.11"]["at"][1]
    qtbot.waitUntil(lambda: page.player.available == page.player.total > 60)
    go(page, qtbot, 2 * 13)  # the output of the thirteenth hidden node
    assert page.graph.inspect_state()["lit"] == ["more.1"]
    boxes = [item.box() for item in page.graph._nodes.values()]
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)
    page.graph.clicked.emit("more.1")
    page.graph.edited.emit("more.1")
    assert not page._field.isVisible()
    page.form.layers.editingFinished.emit()  # the field is left as it is
    assert not page.form.layers.property("wrong") and page.store.setup.layers == layers


def test_settings_change_the_net(page: BackpropPage, qtbot: QtBot) -> None:
    form = page.form
    form.biases.click()
    assert page.store.setup.biases == ((0.0, 0.0), (0.0,))
    before = page.store.setup.weights
    form.random.click()
    assert page.store.setup.weights != before and page.store.setup.seed == 1
    form.examples._accept(4)
    assert len(page.store.setup.examples) == 4
    form.batches.setCurrentIndex(2)
    form.batches.activated.emit(2)
    assert page.store.setup.batch == 0
    page.table.item(2, 1).setText("1.5")
    assert "outside the range" in page.notices.remarks.text() and page.notices.remarks.isVisible()
    qtbot.waitUntil(lambda: page.player.available == page.player.total > 0)


def test_a_paralysed_net_is_marked_and_the_other_not(page: BackpropPage, qtbot: QtBot) -> None:
    open_scene(page, qtbot, "backprop-paralysis")
    marked = [key for key in ("n.1.0", "n.1.1", "n.1.2", "n.2.0") if len(rows(page, key)) > 3]
    assert "n.1.2" in marked and "n.2.0" in marked
    qtbot.waitUntil(lambda: page.notices.caption.text().count("0.499991") == 2)
    open_scene(page, qtbot, "backprop-no-paralysis")
    assert "o(1−o) ≈ 0" not in str([rows(page, key) for key in ("n.1.0", "n.1.2", "n.2.0")])
    qtbot.waitUntil(lambda: "0.286466" in page.notices.caption.text())


def test_the_worked_example_says_its_numbers(page: BackpropPage, qtbot: QtBot) -> None:
    open_scene(page, qtbot, "backprop-worked-example")
    qtbot.waitUntil(lambda: "0.291028" in page.notices.caption.text())
    assert "0.298371" in page.notices.caption.text()
    assert rows(page, "E")["="] == "0.2984"


def test_a_net_is_saved_and_opened(page: BackpropPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    page.store.change(PRESETS["backprop-worked-example"].spec, "x")
    page.files.save(str(path))
    assert json.loads(path.read_text())["kind"] == "backprop"
    page.store.change(PRESETS["backprop-by-hand"].spec, "y")
    assert page.open_paths([path])
    assert page.store.setup == PRESETS["backprop-worked-example"].spec
    path.write_text('{"thalweg": 1, "kind": "backprop", "layers": [2]}')
    with qtbot.waitSignal(page.error):
        page.open_paths([path])
    page.files.copy_script()
    assert "torch.optim.SGD" in QApplication.clipboard().text()
    assert page.store.setup == PRESETS["backprop-worked-example"].spec


def test_an_exercise_is_marked(page: BackpropPage, qtbot: QtBot) -> None:
    page.show_exercise()
    panel = page.exercise
    qtbot.waitUntil(lambda: panel.exercise is not None)
    qtbot.waitUntil(lambda: page._shown is not None and page._shown.spec == panel.exercise.spec)
    assert rows(page, "n.1.0")["S"] == ""
    answers = [question.answer for question in panel.exercise.questions]
    for field, answer in zip(panel._fields, answers, strict=True):
        field.setText(f"{answer:.8g}")
    place = next(i for i, q in enumerate(panel.exercise.questions) if q.event.kind == "delta")
    panel._fields[place].setText(f"{-answers[place]:.8g}")
    panel.check.click()
    qtbot.waitUntil(lambda: "sign of t - o" in panel.said.text())
    assert panel._fields[place].property("wrong") and panel._marks[place].text() == "✗"
    panel._fields[place].setText(f"{answers[place]:.8g}")
    panel.check.click()
    qtbot.waitUntil(lambda: "are right" in panel.said.text())
    panel._fields[0].setText("x")
    panel.check.click()
    assert "S₃" in panel.said.text()


def test_sheets_are_written(page: BackpropPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.files.ask_sheets(SheetsWanted(3, 1, None))
    asked = page.files._asked
    assert asked is not None and asked.isVisible()
    asked.count.set_value(2)
    path = tmp_path / "class.md"
    with qtbot.waitSignal(page.status):
        page.files.write_sheets(str(path))
    assert path.read_text().count("# Solution") == 2
    asked.close()


def test_it_is_remembered(page: BackpropPage) -> None:
    page.store.change(PRESETS["backprop-worked-example"].spec, "x")
    kept = page.save_state()
    page.store.change(PRESETS["backprop-by-hand"].spec, "y")
    for broken in ({"net": 7}, {"net": "{"}, {"across": ["a"], "down": None}):
        page.restore_state(broken)
    page.restore_state(json.loads(json.dumps(kept)))
    assert page.store.setup == PRESETS["backprop-worked-example"].spec


@pytest.mark.parametrize("name", ["newton", "line-search", "lbfgs"])
def test_a_rule_of_all_weights_shows_what_it_uses(
    page: BackpropPage, qtbot: QtBot, name: str
) -> None:
    spec = PRESETS["backprop-by-hand"].spec
    page.store.change(replace(spec, racer=Racer(name), eta=1.0, steps=2), "x")
    qtbot.waitUntil(lambda: len(page.controller.errors()) == 3)
    go(page, qtbot, 12)  # the first weight is updated
    qtbot.waitUntil(lambda: page._shown is not None and bool(page._shown.moment.lines))
    shown = page._shown
    assert shown is not None
    symbols = [line.symbol for line in shown.moment.lines]
    expected = {"newton": "A_5_5", "line-search": "E_there", "lbfgs": "gamma_1"}[name]
    assert expected in symbols and symbols[-1] == "w_3_5_new"
    assert shown.moment.lines[-1].result == pytest.approx(shown.update.updated[1][0, 0])

    def is_seen() -> bool:
        """The sheet is laid out some events later, and scrolled then."""
        lit = page.sheet.sheet.lit_area()
        bar, room = page.sheet._scroll.verticalScrollBar(), page.sheet._scroll.viewport().height()
        seen = lit is not None and lit.bottom() <= bar.value() + room + 1
        return seen and (bar.value() > 0 or lit.bottom() <= room)

    qtbot.waitUntil(is_seen)
    assert letters.plain("E_there") == "E(w − r·g)" and letters.plain("B_1_2") == "|H|₁,₂"
