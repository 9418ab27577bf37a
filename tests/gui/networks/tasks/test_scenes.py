"""The lecture's races on tasks: each caption is filled with numbers of the race it stands over."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.networks.tasks.fit import fit
from engine.networks.tasks.presets import PRESETS
from gui import number_text
from gui.networks.scenes import SCENES, Scene
from gui.networks.tasks.history import FitHistory
from gui.networks.tasks.page import TasksPage
from gui.networks.tasks.pictures.panel import KEYS
from gui.networks.tasks.setup import setup_of
from gui.networks.tasks.summary import summary
from tests.gui.networks.tasks.conftest import wait_for_race

OWN = {scene.name: scene for scene in SCENES if scene.page == "tasks"}


def test_every_race_of_the_lecture_has_its_scene() -> None:
    assert {name: scene.spec for name, scene in OWN.items()} == PRESETS
    assert {scene.tab for scene in OWN.values()} <= {"", *KEYS}


@pytest.mark.parametrize("scene", OWN.values(), ids=OWN)
def test_a_caption_names_numbers_that_there_are(scene: Scene) -> None:
    short = setup_of(replace(scene.spec, steps=2))
    history = FitHistory(len(short.running))
    history.extend(list(fit(short.spec())))
    named = {name for _, name, _, _ in string.Formatter().parse(scene.caption) if name}
    assert named <= summary(short, history).keys()


def test_a_scene_says_what_its_race_came_to(page: TasksPage, qtbot: QtBot) -> None:
    scene = OWN["tasks-jog"]
    page.open_scene(scene)
    wait_for_race(qtbot, page)
    last = list(fit(scene.spec))[-1]
    numbers = [number_text.write(float(loss), digits=3) for loss in last.train_loss]
    qtbot.waitUntil(lambda: all(number in page.caption.text() for number in numbers))
    assert "–" not in page.caption.text() and "{" not in page.caption.text()


def test_a_scene_brings_its_pictures_to_the_front(page: TasksPage, qtbot: QtBot) -> None:
    page.open_scene(OWN["tasks-several-starts"])
    assert page.pictures.tab == "starts"
    page.open_scene(OWN["tasks-jog"])
    assert page.pictures.tab == "picture"
    wait_for_race(qtbot, page)
