"""Another surface: its name and its map come together, however long the map takes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.descent.maps.critical_points import CriticalPoints, Searching
from engine.descent.race.spec import RaceSpec
from engine.landscape import Landscape
from gui.descent import race_jobs
from gui.descent.basins.controller import BASINS
from gui.descent.critical_points import controller as critical
from gui.descent.workspace import DescentWorkspace
from tests.gui.descent.conftest import WAIT_MS, has_final_map

BLOCK = 24  # px of the map's middle, where neither legends nor marks lie


def shades(workspace: DescentWorkspace) -> set[int]:
    """The colours that are painted in a block of the map."""
    view = workspace.map
    picture = view.grab().toImage()
    at = view.mapFromScene(
        view.view_box.mapViewToScene(
            view.view_box.viewRect().center()
        )
    )  # fmt: skip
    return {
        picture.pixel(at.x() + 40 + i, at.y() - 40 - j)
        for i in range(0, BLOCK, 4)
        for j in range(0, BLOCK, 4)
    }


def test_the_old_map_is_never_under_the_new_name(
    qtbot: QtBot, reused: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [True]
    draw = race_jobs.draw_map

    def slow(spec: RaceSpec, size: tuple[int, int]) -> Iterator[Landscape | None]:
        yield from (drawn for drawn in draw(spec, size) if not held[0])

    reused.basins.choose(BASINS)
    qtbot.waitUntil(lambda: reused.map.layer.coloring is not None, timeout=WAIT_MS)
    assert len(shades(reused)) > 1
    monkeypatch.setattr(race_jobs, "draw_map", slow)
    reused.editor.choose_surface("himmelblau")
    assert reused.header.title.text() == "Himmelblau"
    assert len(shades(reused)) == 1, "the old map is still painted"
    assert reused.vectors.layer.vectors is None and not reused.map.marks.heads
    assert not len(reused.map.marks.minima) and reused.basins.start_at(0.0, 0.0) is None
    qtbot.waitUntil(lambda: "computed" in reused.map.note.text(), timeout=WAIT_MS)
    assert reused.map.note.isVisible()
    held[0] = False
    reused.map.fit()
    reused.map.view_settled.emit()
    qtbot.waitUntil(lambda: has_final_map(reused.map), timeout=WAIT_MS)
    assert len(shades(reused)) > 1 and not reused.map.note.isVisible()


def test_the_map_does_not_wait_for_critical_points_which_say_how_far_they_are(
    qtbot: QtBot, reused: DescentWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []

    def endless(spec: RaceSpec) -> Iterator[Searching | CriticalPoints]:
        try:
            while True:
                yield Searching(30, 120)
        finally:
            ended.append(spec.surface)

    monkeypatch.setattr(critical, "find_critical_points", endless)
    progress = reused.map.progress
    reused.critical_points.set_shown(True)
    reused.editor.choose_surface("levi")
    qtbot.waitUntil(lambda: has_final_map(reused.map), timeout=WAIT_MS)
    landscape = reused.map.layer.landscape
    assert landscape is not None and np.ptp(landscape.x) == pytest.approx(
        np.subtract(*reused.map.visible_domain()[1::-1]), rel=0.05
    )
    qtbot.waitUntil(progress.isVisible, timeout=WAIT_MS)
    assert "critical points" in progress.label.text().lower()
    assert (progress.bar.value(), progress.bar.maximum()) == (30, 120)
    assert reused.map.rect().contains(progress.geometry())
    assert reused.critical_points.panel.table.rowCount() == 0
    qtbot.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert not progress.isVisible() and not reused.critical_points.shown
    qtbot.waitUntil(lambda: "levi" in ended, timeout=WAIT_MS)
