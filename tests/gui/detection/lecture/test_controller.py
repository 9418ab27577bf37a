"""Lecture mode, and the lecture by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui import i18n
from gui.detection import scenes as module
from gui.detection.layers.base import LINE_SCALE
from gui.detection.lecture.controller import SCALE
from gui.detection.scenes import SCENES
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
            lecture.go_on()
            seen.append(detected.stages.panel.stage)
        known = [name for name in stages[1:] if name != "keypoints"]  # this model has none
        assert seen[: len(known)] == known and set(seen[len(known) :]) == {known[-1]}
        lecture.go_back()
        assert detected.stages.panel.stage == known[-2]
        detected.stages.open("")
        qtbot.keyClick(detected.picture, Qt.Key.Key_Space)
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


def test_the_whole_lecture_goes_on_by_one_key(
    qtbot: QtBot, detected: DetectionWorkspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    short = [scene for scene in SCENES if scene.model == "people" and scene.stage != "masks"]
    for name in {scene.sample for scene in short}:
        save(tmp_path / f"{Path(name).stem}.png", seed=len(name))
    picture = property(lambda scene: tmp_path / f"{Path(scene.sample).stem}.png")
    monkeypatch.setattr(module.Scene, "path", picture)
    monkeypatch.setattr("gui.detection.lecture.controller.SCENES", tuple(short))
    detected.scenes.open(short[0])
    told = []
    for scene in short:
        qtbot.waitUntil(
            lambda scene=scene: detected.scenes.caption.text() == scene.said(), timeout=WAIT_MS
        )
        told.append((detected.stages.panel.stage, detected.stages.bar.family.currentData()))
        settle(qtbot, detected)
        detected.lecture.go_on()
    assert [stage for stage, _ in told] == [scene.stage for scene in short]
    assert len(short) >= 5 and detected.scenes.caption.text() == short[-1].said()
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
