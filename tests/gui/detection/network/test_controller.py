"""The network drawn: this picture's shapes in its blocks, and a way into every stage."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from pytestqt.qtbot import QtBot

from gui.detection.network.blocks import ARROWS, BLOCKS, HEIGHT, NAMES, WIDTH, blocks_of
from gui.detection.network.controller import sizes
from gui.detection.stages.registry import NAMES as STAGES
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import settle


def test_blocks_do_not_overlap_and_arrows_end_at_theirs() -> None:
    rects = [QRectF(*block.rect) for block in BLOCKS]
    whole = QRectF(0, 0, WIDTH, HEIGHT)
    assert all(whole.contains(rect) for rect in rects)
    for index, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[index + 1 :])
    for name, corners in ARROWS:
        x, y = corners[-1]
        rect = rects[NAMES.index(name)]
        assert rect.adjusted(-1, -1, 1, 1).contains(x, y), name
        for (x0, y0), (x1, y1) in pairwise(corners):
            assert x0 == pytest.approx(x1) or y0 == pytest.approx(y1), (name, corners)
    assert {block.stage for block in BLOCKS} == set(STAGES)
    assert not any(
        block.branch for block in blocks_of({"mask": False, "keypoint": False}.__getitem__)
    )


def test_it_shows_this_pictures_shapes_and_opens_the_stage_of_a_block(
    qtbot: QtBot, detected: DetectionWorkspace
) -> None:
    inspection = detected.session.inspection
    assert inspection is not None
    trace = inspection.trace
    detected.network.toggle()
    settle(qtbot, detected)
    view = detected.network.view
    assert view.isVisible() and view.geometry() == detected._splitter.geometry()
    assert detected.navigation.path() == ("Picture", "The network")
    state = view.inspect_state()
    assert set(state) == {block.name for block in BLOCKS if block.branch != "keypoint"}
    seen = view._seen
    assert seen["input"].lines == (sizes((3, *trace.padded_size)),)
    told = [text.split(": ")[1] for _, text in seen["pyramid"].maps]
    assert told == [sizes(shape) for shape in trace.feature_shapes]
    assert seen["mask"].lines[0].endswith("28 × 28")
    assert str(len(trace.proposals)) in seen["box_align"].lines[1]
    detected.tools.escape()
    assert not view.isVisible() and len(detected.navigation.path()) == 1
    detected.network.toggle()
    detected.side.show_tab("lost")  # another question is asked below it
    assert not view.isVisible() and detected.navigation.path() == ("Picture", "Lost")
    for block in BLOCKS:
        if block.branch == "keypoint":
            continue
        detected.network.toggle()
        x, y = view.inspect_state()[block.name]["at"]  # type: ignore[index]
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
        assert detected.stages.panel.stage == block.stage and not view.isVisible()
    settle(qtbot, detected)
