"""Lecture mode, and the lecture by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.detection.queries.passage import passage_of
from gui import i18n
from gui.detection.layers.base import LINE_SCALE
from gui.detection.layers.keypoints import KeypointLayer
from gui.detection.layers.score_scale import levels
from gui.detection.lecture.controller import SCALE
from gui.detection.lecture.motions import MOTIONS, Moved, between
from gui.detection.scenes import SCENES, Scene
from gui.detection.workspace import DetectionWorkspace
from gui.lecture.sizes import of_hall
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
        scale = SCALE * of_hall(detected)
        assert detected.context.layer.font.pixelSize() == round(scale * size) > size
        assert LINE_SCALE.factor == scale and not detected.files.isVisible()
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
        lecture.player.speed = 200
        qtbot.waitUntil(lambda: not lecture.playing, timeout=WAIT_MS)
        assert detected.stages.panel.stage == "", "the way ends at the result"
        assert not lecture.player.active
        lecture.player.speed = 1
        lecture.play()
        lecture.set_shown(False)
        assert not lecture.playing, "who leaves is not led on"
    finally:
        lecture.set_shown(False)
    qtbot.waitUntil(lambda: bar.y() < detected.height() / 2, timeout=WAIT_MS)
    assert detected.context.layer.font.pixelSize() == size and LINE_SCALE.factor == 1.0
    settle(qtbot, detected)


def test_a_stage_moves_waits_where_it_is_paused_and_goes_on(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    lecture, player = detected.lecture, detected.lecture.player
    lecture.set_shown(True)
    try:
        detected.stages.open("proposals")
        detected.play()
        qtbot.waitUntil(lambda: 0 < player.moment < 1 and bool(player.said), timeout=WAIT_MS)
        detected.play()
        at, said = player.moment, player.said
        shown = detected.picture.grab().toImage()
        QApplication.processEvents()
        assert player.moment == at and lecture.describe() == {"motion": "proposals", "said": said}
        detected.play()
        qtbot.waitUntil(lambda: player.moment > at, timeout=WAIT_MS)
        detected.play()
        assert detected.picture.grab().toImage() != shown
        qtbot.mouseClick(detected.picture, Qt.MouseButton.LeftButton)
        assert not player.active and lecture.describe()["motion"] == "", "a click is for the stage"
    finally:
        lecture.set_shown(False)
        detected.stages.open("")
    settle(qtbot, detected)


def test_every_motion_is_drawn_between_the_traces_own_numbers(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    inspection, selection = detected.session.inspection, detected.session.selection
    assert inspection is not None and selection is not None
    way = passage_of(inspection.trace, selection)
    skeletons = detected.layers.by_name["keypoints"]
    assert isinstance(skeletons, KeypointLayer)
    names = tuple(level.name for level in levels(inspection.trace))
    moved = Moved(way, names, detected.session.shown, skeletons)
    for name, motion in MOTIONS.items():
        pictures, said = [], []
        for moment in (0.0, 0.2, 0.5, 0.8, 1.0):
            image = QImage(detected.picture.size(), QImage.Format.Format_RGB32)
            image.fill(0)
            painter = QPainter(image)
            said.append(motion.draw(painter, detected.picture.view(), moved, moment))
            painter.end()
            pictures.append(image)
        if name != "keypoints":  # this model has none
            assert all(said) and pictures[0] != pictures[2] != pictures[4], name
            assert "{" not in "".join(said)
    start, end = way.rpn.starts[0], way.rpn.ends[0]
    assert between(start, end, 0) == start.tolist()
    assert between(start, end, 1) == pytest.approx(end.tolist(), rel=1e-5)
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
