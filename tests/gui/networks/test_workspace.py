"""The pages of the workspace, and what acts on the one in front."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.bridge import Bridge
from gui.lecture import headings
from gui.networks.backprop.page import BackpropPage
from gui.networks.chain_rule.page import ChainRulePage
from gui.networks.pages import PAGES
from gui.networks.scenes import SCENES
from gui.networks.workspace import NetworksWorkspace
from gui.settings import Settings


def test_every_page_has_its_place_in_the_bar(networks: NetworksWorkspace) -> None:
    assert networks.bar.count() == len(PAGES)
    for index, record in enumerate(PAGES):
        networks.show_page(record.name)
        assert networks.bar.currentIndex() == index
        assert isinstance(networks.page, record.load())
        assert networks.page.isVisible()
    ids = [action.id for action in networks.actions()]
    assert len(ids) == len(set(ids)) and all(name.startswith("networks.") for name in ids)


def test_every_scene_names_a_page_and_a_heading() -> None:
    assert {scene.page for scene in SCENES} <= {record.name for record in PAGES}
    assert {scene.heading for scene in SCENES} <= set(headings.HEADINGS)


def test_the_bar_plays_the_page_in_front(chain: ChainRulePage, networks: NetworksWorkspace) -> None:
    button = networks.findChild(QToolButton, "networks.step.button")
    button.click()
    button.click()
    assert chain.player.step == 2 == networks.play_bar.timeline.slider.value()
    actions = {action.id: action for action in networks.actions()}
    actions["networks.end"].callback()
    assert chain.player.step == chain.player.total > 2
    actions["networks.reset"].callback()
    assert chain.player.step == 0


def test_the_lecture_mode_is_larger_and_left(
    chain: ChainRulePage, networks: NetworksWorkspace
) -> None:
    before = chain.sheet.sheet.minimumHeight()
    networks.set_lecture(True)
    assert networks.is_lecture() and chain.sheet.rule.scale_factor == 1.5
    assert chain.sheet.sheet.minimumHeight() >= before
    networks.set_lecture(False)
    assert not networks.is_lecture() and chain.sheet.rule.scale_factor == 1.0


def test_it_is_remembered(
    chain: ChainRulePage, networks: NetworksWorkspace, qtbot: QtBot, bridge: Bridge,
    settings: Settings,
) -> None:  # fmt: skip
    with qtbot.waitSignal(chain.controller.traced):
        chain.controller.enter("a*x^2", "sin t")
    key = next(iter(chain.graph.inspect_state()["nodes"]))
    chain.graph.set_places({key: (12.0, 34.0)})
    kept = networks.save_state()
    again = NetworksWorkspace(bridge, settings)
    qtbot.addWidget(again)
    again.restore_state(kept)
    for broken in ({"page": 7, "pages": []}, {"pages": {"chain_rule": {"formula": "x +"}}}):
        again.restore_state(broken)
    with qtbot.waitSignal(again.first_work_done):
        again.start_first_work()
    page = again.page
    assert isinstance(page, ChainRulePage)
    assert (page.store.setup.formula, page.store.setup.inner) == ("a*x^2", "sin t")
    assert page.graph.places() == {key: (12.0, 34.0)}


def test_the_exercise_is_seen_from_any_page(networks: NetworksWorkspace, qtbot: QtBot) -> None:
    networks.show_page("tasks")
    action = next(each for each in networks.actions() if each.id == "networks.backprop.exercise")
    action.callback()
    page = networks.page
    assert isinstance(page, BackpropPage) and page.tabs.currentWidget() is page.exercise
    qtbot.waitUntil(lambda: page.exercise.exercise is not None)


def test_a_page_is_built_when_it_is_wanted_and_as_the_others_are(
    qtbot: QtBot, bridge: Bridge, settings: Settings
) -> None:
    made = NetworksWorkspace(bridge, settings)
    qtbot.addWidget(made)
    assert made.findChild(QWidget, "networks.tasks.page") is None
    assert isinstance(made.page, ChainRulePage) and made.page.graph._scale_factor == 1.0
    first = {spec.id for spec in made.actions()}
    made.restore_state({"pages": {"backprop": {"kept": 1}}})
    assert made.save_state()["pages"]["backprop"] == {"kept": 1}, "what it is still to bring back"
    made.set_lecture(True)
    made.show_page("backprop")
    page = made.page
    assert isinstance(page, BackpropPage) and page.isVisibleTo(made)
    assert page.graph._scale_factor == 1.5
    later = [spec.id for spec in made.complete()]
    assert "networks.backprop.exercise" in later and not first & set(later)
    assert made.complete() == [] and made.findChild(QWidget, "networks.tasks.page") is not None
    assert made.page is page and len(made.canvases()) == 3
