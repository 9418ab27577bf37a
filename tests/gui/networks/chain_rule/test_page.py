"""The page of the chain rule: formula, inputs, steps, undo, scenes."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSlider
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.networks.chain_rule import letters
from gui.networks.chain_rule.page import ChainRulePage
from gui.networks.scenes import SCENES
from gui.networks.workspace import NetworksWorkspace


def enter(qtbot: QtBot, page: ChainRulePage, outer: str, inner: str = "") -> None:
    with qtbot.waitSignal(page.controller.traced):
        page.panel.fields["outer"].setText(outer)
        page.panel.fields["inner"].setText(inner)
        qtbot.keyClick(page.panel.fields["inner"], Qt.Key.Key_Return)


def nodes(page: ChainRulePage) -> dict[str, Any]:
    """By title."""
    return {node["title"]: node for node in page.graph.inspect_state()["nodes"].values()}


def test_nothing_is_shown_before_it_is_computed(chain: ChainRulePage, qtbot: QtBot) -> None:
    enter(qtbot, chain, "sin(x^2)")
    seen = nodes(chain)
    assert set(seen) == {"x", "2", "v₁ = x²", "y = sin v₁"}
    assert seen["x"]["rows"] == {"=": "0.8", "dy/dx": ""}
    assert seen["v₁ = x²"]["rows"] == {"=": "", "dy/dv₁": ""} and seen["2"]["rows"] == {}
    assert {edge["label"] for edge in chain.graph.inspect_state()["edges"].values()} == {""}
    chain.player.step_on()
    assert nodes(chain)["v₁ = x²"]["rows"]["="] == "0.64"
    assert nodes(chain)["y = sin v₁"]["rows"]["="] == ""
    chain.player.to_end()
    assert nodes(chain)["x"]["rows"]["dy/dx"] == letters.number(1.6 * math.cos(0.64))
    lines = chain.sheet.inspect_state()["lines"]
    assert len(lines) == len(chain.controller.trace.steps)
    assert lines[-1] == ["dy/dx", pytest.approx(1.6 * math.cos(0.64), abs=1e-12)]
    chain.player.step_back()
    assert nodes(chain)["x"]["rows"]["dy/dx"] == ""


def test_a_step_lights_what_it_computes(chain: ChainRulePage, qtbot: QtBot) -> None:
    enter(qtbot, chain, "x*x")
    lit = []
    for _ in range(chain.player.total):
        chain.player.step_on()
        lit.append(len(chain.graph.inspect_state()["lit"]))
        assert len(chain.sheet.inspect_state()["lit"]) == 1
    assert lit == [3, 1, 1, 2, 1, 2, 3]  # value, seed, local, product, local, product, sum


def test_a_slider_moves_every_number_and_is_undone_as_one(
    chain: ChainRulePage, qtbot: QtBot
) -> None:
    enter(qtbot, chain, "x^2")
    chain.player.to_end()
    slider = chain.findChild(QSlider, "networks.chain.input.x.slider")
    slider.setSliderDown(True)
    for tick in (220, 260, 300):
        slider.setValue(tick)
    with qtbot.waitSignal(chain.controller.traced):
        slider.setSliderDown(False)
    qtbot.waitUntil(lambda: nodes(chain)["x"]["rows"] == {"=": "2.5", "dy/dx": "5"})
    assert chain.player.step == chain.player.total
    with qtbot.waitSignal(chain.controller.traced):
        chain.store.stack.undo()
    assert nodes(chain)["x"]["rows"]["="] == "0.8"
    with qtbot.waitSignal(chain.controller.traced):
        chain.store.stack.undo()
    assert chain.panel.fields["outer"].text() == "x*sin(x^2)"


@pytest.mark.parametrize(
    ("outer", "inner", "wrong"), [("", "", "outer"), ("sin(x", "", "outer"), ("x", "t+", "inner")]
)
def test_a_wrong_formula_is_said_and_the_picture_stays(
    chain: ChainRulePage, qtbot: QtBot, outer: str, inner: str, wrong: str
) -> None:
    before = nodes(chain)
    chain.panel.fields["outer"].setText(outer)
    chain.panel.fields["inner"].setText(inner)
    chain.panel.apply.click()
    assert chain.panel.problem.isVisible() and chain.panel.problem.text().startswith(
        ("The formula", "Formula")
    )
    assert chain.panel.fields[wrong].property("wrong")
    assert nodes(chain).keys() == before.keys() and not chain.store.stack.canUndo()


def test_the_node_under_the_mouse_is_read_out(chain: ChainRulePage) -> None:
    said: list[str] = []
    chain.readout.connect(said.append)
    chain.player.step_on()
    key = next(k for k in chain.graph.inspect_state()["nodes"] if k.endswith(".v1"))
    chain.graph.hovered.emit(key)
    chain.graph.hovered.emit("")
    assert said == ["v₁ = x²   = 0.64", ""]


def test_where_it_is_undefined_is_said(chain: ChainRulePage, qtbot: QtBot) -> None:
    said: list[str] = []
    chain.status.connect(said.append)
    enter(qtbot, chain, "ln(x - 2)")
    chain.player.to_end()
    assert said[-1] == "y = ln v₁ has no value at v₁ = −1.2: here the steps end."
    assert nodes(chain)["y = ln v₁"]["rows"]["="] == ""


OWN_SCENES = [scene for scene in SCENES if scene.page == "chain_rule"]


@pytest.mark.parametrize("scene", OWN_SCENES, ids=[scene.name for scene in OWN_SCENES])
def test_a_scene_says_its_own_numbers(
    chain: ChainRulePage, networks: NetworksWorkspace, qtbot: QtBot, scene: Any
) -> None:
    with qtbot.waitSignal(chain.controller.traced):
        networks.open_scene(scene)
    trace = chain.controller.trace
    text = chain.panel.caption.text()
    assert chain.panel.caption.isVisible() and "{" not in text and "–" not in text
    assert letters.number(trace.steps[-1].result) in text
    enter(qtbot, chain, "cos x")
    assert not chain.panel.caption.isVisible()


def test_the_script_is_copied_and_russian_is_spoken(chain: ChainRulePage) -> None:
    copy = next(a for a in chain.own_actions() if a.id == "networks.chain.copy_script")
    copy.callback()
    assert "v1 = x ** 2.0" in QApplication.clipboard().text()
    i18n.apply("ru")
    chain.player.to_end()
    assert "," in nodes(chain)["x"]["rows"]["="]
    i18n.apply("en")
