"""What was judged is read when pictures come, and written as one goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine.detection.review.edits import draw
from engine.detection.review.files import file_of, path_of, read_review, write_review
from engine.detection.review.records import Review
from gui.bridge import Bridge
from gui.detection.annotation.store import ReviewStore
from gui.detection.pictures.file_model import Entry
from gui.detection.pictures.file_panel import FilePanel
from tests.gui.detection.conftest import WAIT_MS


@pytest.fixture
def listed(qtbot: QtBot, bridge: Bridge) -> FilePanel:
    panel = FilePanel(bridge)
    qtbot.addWidget(panel)
    return panel


def judged(path: Path) -> Review:
    return draw(Review(path_of(path), 40, 30), "ant", (1.0, 2.0, 9.0, 8.0))


def test_pictures_of_the_list_have_what_was_kept_of_them(
    qtbot: QtBot, bridge: Bridge, listed: FilePanel, tmp_path: Path
) -> None:
    kept, broken, new = (Entry(name, tmp_path / name) for name in ("a.png", "b.png", "c.png"))
    folder = tmp_path / "reviews"
    for entry in (kept, broken):
        assert entry.path is not None
        write_review(folder, judged(entry.path))
    assert broken.path is not None
    file_of(folder, broken.path).write_text("{")
    store = ReviewStore(bridge, listed, folder)
    told: list[Any] = []
    store.failed.connect(told.append)
    listed.add([kept, broken, new])
    assert not store.knows(kept), "nothing may be judged before"
    qtbot.waitUntil(lambda: all(map(store.knows, (kept, broken, new))), timeout=WAIT_MS)
    assert kept.path is not None
    assert store.of(kept) == judged(kept.path)
    assert (kept.badges.judged, kept.badges.done) == (1, True)
    assert store.of(broken) is store.of(new) is None
    assert [each.code for each in told] == ["review.unreadable"]
    assert file_of(folder, broken.path).with_suffix(".unreadable").exists()
    assert store.of_paths([kept.path, broken.path]) == (judged(kept.path),)


def test_judgements_are_on_the_disk_a_moment_later(
    qtbot: QtBot, bridge: Bridge, listed: FilePanel, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    entry, pasted = Entry("a.png", path), Entry("pasted")
    store = ReviewStore(bridge, listed, tmp_path / "reviews")
    listed.add([entry, pasted])
    qtbot.waitUntil(lambda: store.knows(entry), timeout=WAIT_MS)
    store.put(entry, Review(path_of(path), 40, 30, unjudged=3))
    store.put(pasted, draw(Review("", 40, 30), "ant", (1.0, 2.0, 9.0, 8.0)))
    store.flush()
    assert not store.folder.exists(), "nothing was judged in what has a file"
    store.put(pasted, Review("", 40, 30, seen=True))
    assert pasted.badges.done, "nothing is in it, and that was looked at"
    assert pasted.badges.texts() == [("judged", "0")]
    store.put(entry, judged(path))
    qtbot.waitUntil(lambda: read_review(store.folder, path) == judged(path), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not bridge.busy(), timeout=WAIT_MS)
    store.put(entry, Review(path_of(path), 40, 30))
    store.flush()
    assert read_review(store.folder, path) == Review(path_of(path), 40, 30), "undone there too"
    assert len(list(store.folder.iterdir())) == 1
