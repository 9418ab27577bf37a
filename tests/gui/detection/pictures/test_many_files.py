"""Ten thousand pictures in the list, the filter over them, and reading ahead."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.errors import PictureError
from engine.pictures.thumbnails import peek_size, read_thumbnail
from gui.bridge import Bridge
from gui.detection.jobs import LazyWorkbench
from gui.detection.pictures import jobs, thumbnails
from gui.detection.pictures.controller import PicturesController
from gui.detection.pictures.file_model import Entry, FileModel
from gui.detection.pictures.file_panel import FilePanel
from gui.detection.pictures.jobs import Coming, Opened, open_picture
from gui.detection.pictures.thumbnails import Thumbnails
from gui.detection.session import Session
from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, save, settle

COUNT = 10_000
GAP_S = 0.5  # the longest the window may stand still; 0.08 s measured on a busy machine


class Pulse:
    """Measures how long the event loop is away."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, now - self._last)
        self._last = now

    def stop(self) -> float:
        self._timer.stop()
        return self.worst


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge) -> FilePanel:
    made = FilePanel(bridge)
    qtbot.addWidget(made)
    made.resize(168, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_ten_thousand_files_open_at_once(
    qtbot: QtBot, panel: FilePanel, bridge: Bridge, tmp_path: Path
) -> None:
    save(tmp_path / "0.png", size=(20, 30))
    for number in range(1, COUNT):
        os.link(tmp_path / "0.png", tmp_path / f"{number}.png")
    pulse = Pulse()
    pictures = PicturesController(bridge, Session(bridge, LazyWorkbench()), panel)
    pictures.open_paths([tmp_path])

    def listed() -> None:
        assert panel.position.text() == f"1 / {COUNT}"

    qtbot.waitUntil(listed, timeout=WAIT_MS)
    panel.view.scrollToBottom()
    panel.go(COUNT // 2)
    panel.set_filter("999")
    panel.set_filter("")
    qtbot.waitUntil(lambda: not bridge.busy(), timeout=WAIT_MS)
    assert pulse.stop() < GAP_S
    names = [entry.title for entry in panel.model.entries]
    assert names[:3] == ["0.png", "1.png", "2.png"] and names[-1] == f"{COUNT - 1}.png"
    with_thumbnail = [entry for entry in panel.model.entries if entry.thumbnail is not None]
    assert len(with_thumbnail) < 100, "only what was visible"


def test_filter_keeps_the_open_picture(qtbot: QtBot, panel: FilePanel) -> None:
    entries = [Entry(name) for name in ("cat 1.png", "Dog.png", "cat 2.png")]
    panel.add(entries)
    panel.choose(entries[1])
    opened: list[Entry] = []
    panel.chosen.connect(opened.append)
    panel.find_picture()
    QTest.keyClicks(panel.filter, "CAT")
    assert [entry.title for entry in panel.model.entries] == ["cat 1.png", "cat 2.png"]
    assert panel.current is entries[1] and panel.position.text() == "0 / 2"
    panel.go_next()
    assert opened == [entries[0]] and panel.position.text() == "1 / 2"
    panel.filter.clear()
    assert panel.position.text() == "1 / 3" and panel.current is entries[0]
    assert opened == [entries[0]], "the open picture is not opened again"
    panel.set_filter("dog")
    panel.remove([entries[0]])
    assert [entry.title for entry in panel.model.everything] == ["Dog.png", "cat 2.png"]


def test_thumbnails_are_kept_up_to_a_bound(qtbot: QtBot, bridge: Bridge, tmp_path: Path) -> None:
    model = FileModel()
    entries = [Entry(str(n), save(tmp_path / f"{n}.png", size=(9, 9))) for n in range(5)]
    model.add(entries)
    made = Thumbnails(bridge, model, kept=3)
    made.read(entries)
    qtbot.waitUntil(lambda: not bridge.busy(), timeout=WAIT_MS)
    assert [entry.thumbnail is not None for entry in entries] == [False, False, True, True, True]
    assert thumbnails.KEPT * 288 * 192 * 4 < 100e6, "at most 100 MB"


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_jpeg_thumbnails_stand_upright_and_look_like_the_picture(
    tmp_path: Path, orientation: int
) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    ramp = Image.linear_gradient("L").resize((1600, 800)).convert("RGB")
    ramp.save(path, exif=exif)
    small = read_thumbnail(path, (288, 192))
    height, width = small.shape[:2]
    assert (width, height) == ((288, 144) if orientation == 1 else (96, 192))
    first, last = (small[0, 0, 0], small[-1, -1, 0])
    left, right = small[height // 2, 2, 0], small[height // 2, -3, 0]
    # The picture is dark above and bright below; 6 turns it clockwise, 8 the other way.
    if orientation == 1:
        assert first < 20 and last > 235
    else:
        assert (left > right) == (orientation == 6)
    assert peek_size(path) == (1600, 800)


def test_a_large_jpeg_is_shown_coarsely_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ANNOUNCED_FROM", 300 * 400)
    monkeypatch.setattr(jobs, "COARSE_SIDE", 100)
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter turn
    large, small = tmp_path / "large.jpg", save(tmp_path / "small.png")
    Image.new("RGB", (800, 480), (200, 60, 20)).save(large, exif=turned)
    coming, opened = open_picture(large, None)
    assert isinstance(coming, Coming) and coming.pyramid is not None
    assert coming.pyramid.levels[0].width() == 120
    assert (coming.pyramid.width, coming.pyramid.height) == (480, 800)
    assert isinstance(opened, Opened) and opened.pyramid.width == 480
    assert [type(step) for step in open_picture(small, None)] == [Opened]


def test_what_is_no_picture_has_no_thumbnail(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no")
    assert peek_size(tmp_path / "a.jpg") is None
    with pytest.raises(PictureError):
        read_thumbnail(tmp_path / "a.jpg", (288, 192))


def test_neighbours_are_read_ahead(
    qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path
) -> None:
    folder = tmp_path / "row"
    folder.mkdir()
    for number in range(4):
        save(folder / f"{number}.png", seed=number)
    with qtbot.waitSignal(workspace.files.chosen, timeout=WAIT_MS):
        workspace.open_paths([folder])
    settle(qtbot, workspace)
    first, second, third, _ = workspace.files.model.entries
    assert (
        workspace.pictures.prefetch.take(second) is not None
        and workspace.pictures.prefetch.take(third) is None
    )
    workspace.files.go_next()
    assert workspace.session.opened is not None, "shown without waiting"
    settle(qtbot, workspace)
    assert workspace.session.inspection is not None
    assert workspace.session.inspection.spec.path == str(folder / "1.png")
    assert (
        workspace.pictures.prefetch.take(third) is not None
        and workspace.pictures.prefetch.take(first) is not None
    )
    save(folder / "2.png", seed=9, size=(100, 100))
    assert workspace.pictures.prefetch.take(third) is None, "the file changed"
    workspace.files.go_next()
    settle(qtbot, workspace)
    assert workspace.session.opened is not None and workspace.session.opened.picture.size == (
        100,
        100,
    )
