"""What the pages are set to as files: saved, recognised, opened, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.networks.backprop.presets import HAND, WORKED
from engine.networks.chain_rule.steps import ChainSpec
from engine.specs import to_json
from gui.messages import sentence
from gui.networks.backprop.files import NET
from gui.networks.chain_rule.page import CHAIN, ChainRulePage
from gui.networks.workspace import NetworksWorkspace

SPEC = ChainSpec("x^3 - 2x", "sin t", {"t": 0.75})


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_chain_is_saved_and_opened(
    chain: ChainRulePage, networks: NetworksWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    chain.store.change(SPEC, "x")
    path = tmp_path / "chain.json"
    with qtbot.waitSignals([networks.status, networks.opened]):
        chain.files.save(str(path))
    fields = json.loads(path.read_text())
    assert (fields["kind"], fields["formula"], fields["values"]) == (
        "chain",
        "x^3 - 2x",
        {"t": 0.75},
    )
    chain.store.change(ChainSpec("x^2", values={"x": 2.0}), "y")
    networks.show_page("backprop")
    assert networks.open_paths([tmp_path / "nothing.json", path])
    assert networks.page is chain and chain.store.setup == SPEC
    assert chain.panel.fields["inner"].text() == "sin t"
    chain.store.stack.undo()
    assert chain.store.setup.formula == "x^2"


def test_each_kind_is_opened_by_its_own_page(
    networks: NetworksWorkspace, chain: ChainRulePage, tmp_path: Path
) -> None:
    net = written(tmp_path, "net.json", to_json(WORKED))
    saved = written(tmp_path, "chain.json", "\ufeff" + to_json(SPEC))  # as some editors save it
    race = written(
        tmp_path, "race.json", '{"thalweg": 1, "kind": "race", "formula": "x*\\"chain\\""}'
    )
    assert NET.holds(net) and not NET.holds(saved)
    assert CHAIN.holds(saved) and not CHAIN.holds(net)
    for kind in (NET, CHAIN):
        assert not kind.holds(race) and not kind.holds(tmp_path)
    assert not networks.open_paths([race])
    assert networks.open_paths([net]) and networks.page is not chain
    assert networks.page.store.setup == WORKED
    assert networks.open_paths([saved]) and chain.store.setup == SPEC


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"formula": "foo(x)"}, "foo"),
        ({"formula": "x^2 +"}, "ends"),
        ({"formula": "3"}, "variable"),
        ({"inner": "x + 1"}, "x"),
        ({"values": {"t": 1, "q": 2}}, "'q' is unknown"),
        ({"values": {"t": "one"}}, "not a number"),
        ({"values": [1]}, "table"),
        ({"formulas": "x"}, "formulas"),
    ],
)
def test_a_chain_that_cannot_be_used_is_said_and_the_last_one_stays(
    chain: ChainRulePage, qtbot: QtBot, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    before = chain.store.setup
    fields = {**json.loads(to_json(SPEC)), **changed}
    path = written(tmp_path, "chain.json", json.dumps(fields))
    with qtbot.waitSignal(chain.error) as told:
        assert chain.open_paths([path])
    assert said in sentence(told.args[0])
    assert chain.store.setup == before


def test_a_broken_file_is_said(chain: ChainRulePage, qtbot: QtBot, tmp_path: Path) -> None:
    path = written(tmp_path, "chain.json", to_json(SPEC)[:-8])
    with qtbot.waitSignal(chain.error) as told:
        assert chain.open_paths([path])
    assert "JSON" in sentence(told.args[0])
    with qtbot.waitSignal(chain.error):
        chain.files.save(str(tmp_path / "no" / "such" / "folder" / "chain.json"))


def test_the_menu_asks_for_a_file(chain: ChainRulePage, networks: NetworksWorkspace) -> None:
    actions = {action.id: action for action in networks.actions()}
    actions["networks.chain.save"].callback()
    dialog = chain.findChild(QFileDialog, "dialog.networks.chain.save")
    assert dialog is not None and dialog.isVisible()
    dialog.close()
    assert "networks.backprop.save" in actions


def test_the_caption_of_a_scene_goes_and_comes_with_its_net(
    networks: NetworksWorkspace, qtbot: QtBot
) -> None:
    from gui.networks.scenes import SCENES

    networks.open_scene(next(scene for scene in SCENES if scene.name == "backprop-worked-example"))
    page = networks.page
    qtbot.waitUntil(lambda: "0.298371" in page.notices.caption.text())
    page.store.change(HAND, "x")
    qtbot.waitUntil(lambda: not page.notices.caption.text())
    page.store.stack.undo()
    qtbot.waitUntil(lambda: "0.298371" in page.notices.caption.text())
