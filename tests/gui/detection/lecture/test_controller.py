"""Lecture mode, and the lecture by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.detection.layers.base import LINE_SCALE
from gui.detection.lecture.controller import SCALE
from gui.detection.scenes import SCENES, Scene
from gui.detection.workspace import DetectionWorkspace
from gui.window import Window
from tests.gui.detection.conftest import WAIT_MS, save, settle


def test_the_stages_are_below_larger_and_stepped_through(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    lecture, bar = detected.lecture, detected.stages.bar
    size, stages = detected.context.layer.font.pixelSize(), ("", *bar.buttons)
    assert bar.y() < detected.picture.mapTo(detected, detected.picture.rect().topLeft()).y()
    lecture.set_shown(True)
    try:
        qtbot.waitUntil(lambda: bar.y() > detected.height() / 2, timeout=WAIT_MS)
        assert detected.context.layer.font.pixelSize() == round(SCALE * size)
        assert LINE_SCALE.factor == SCALE and not detected.files.isVisible()
        seen = []
        for _ in range(len(stages) + 2):
            assert detected.lead_on(1)
            seen.append(detected.stages.panel.stage)
        known = [name for name in stages[1:] if name != "keypoints"]  # this model has none
        assert seen[: len(known)] == known and set(seen[len(known) :]) == {known[-1]}
        detected.lead_on(-1)
        assert detected.stages.panel.stage == known[-2]
        detected.stages.open("")
        detected.play()
        assert lecture.playing and detected.stages.panel.stage == known[0]
        lecture._timer.setInterval(1)
        qtbot.waitUntil(lambda: not lecture.playing, timeout=WAIT_MS)
        assert detected.stages.panel.stage == "", "the way ends at the result"
        lecture.play()
        lecture.set_shown(False)
        assert not lecture.playing, "who leaves is not led on"
    finally:
        lecture.set_shown(False)
    qtbot.waitUntil(lambda: bar.y() < detected.height() / 2, timeout=WAIT_MS)
    assert detected.context.layer.font.pixelSize() == size and LINE_SCALE.factor == 1.0
    settle(qtbot, detected)


def test_a_scene_asks_for_the_next_one_and_shows_its_own_layers_alone(
    qtbot: QtBot, detected: DetectionWorkspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    faster = next(scene for scene in SCENES if scene.name == "faster")
    save(tmp_path / "picture.png", seed=3)
    monkeypatch.setattr(Scene, "path", property(lambda _: tmp_path / "picture.png"))
    wanted: list[int] = []
    detected.scene_wanted.connect(wanted.append)
    drawn = detected.layers.is_shown("masks")
    detected.open_scene(faster)
    qtbot.waitUntil(lambda: detected.said() == faster.said(), timeout=WAIT_MS)
    assert drawn and not detected.layers.is_shown("masks") and detected.layers.is_shown("boxes")
    assert detected.stages.bar.family.currentData() == "faster"
    settle(qtbot, detected)
    detected.lecture.go_on()
    detected.lecture.go_back()
    assert wanted == [1, -1] and not detected.lead_on(1)
    detected.stages.open("boxes")
    assert detected.said() == "" and detected.layers.is_shown("masks"), "the user's own eyes"
    detected.stages.open("")
    settle(qtbot, detected)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_window_fits_a_small_screen(window: Window, language: str) -> None:
    window.show_workspace("detection")
    window.show()
    try:
        window.set_language(language)
        least = window.minimumSizeHint()
        assert least.width() <= 960 and least.height() <= 600
    finally:
        i18n.apply("en")
