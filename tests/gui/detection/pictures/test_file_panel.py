"""The list of pictures: order, thumbnails, bad files, next and previous."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.detection.workspace import DetectionWorkspace
from tests.gui.detection.conftest import WAIT_MS, save, settle


def titles(workspace: DetectionWorkspace) -> list[str]:
    return [entry.title for entry in workspace.files.model.entries]


def open_and_wait(qtbot: QtBot, workspace: DetectionWorkspace, *paths: Path) -> None:
    with qtbot.waitSignal(workspace.files.chosen, timeout=WAIT_MS):
        assert workspace.open_paths(list(paths))
    settle(qtbot, workspace)


def test_a_folder_of_other_suffixes_opens(
    qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path
) -> None:
    names = ["1.jfif", "2.JPE", "3.avif", "4.webp"]
    folder = tmp_path / "others"
    folder.mkdir()
    for name in names:
        save(folder / name)
    open_and_wait(qtbot, workspace, folder)
    assert titles(workspace) == names and workspace.session.inspection is not None
    workspace.files.choose(workspace.files.model.entries[2])
    settle(qtbot, workspace)
    assert workspace.session.inspection.spec.path == str(folder / "3.avif")


def test_folder_opens_in_natural_order_and_bad_files_stay_marked(
    qtbot: QtBot, workspace: DetectionWorkspace, album: Path
) -> None:
    open_and_wait(qtbot, workspace, album)
    assert titles(workspace) == ["2.png", "3.jpg", "10.png"]
    assert workspace.files.position.text() == "1 / 3"
    assert workspace.session.inspection is not None
    qtbot.mouseClick(workspace.files.next, Qt.MouseButton.LeftButton)
    settle(qtbot, workspace)
    assert workspace.notice.isVisible() and "3.jpg" in workspace.notice.heading.text()
    bad = workspace.files.model.entries[1]
    assert bad.problem and titles(workspace) == ["2.png", "3.jpg", "10.png"]
    workspace.files.go_next()
    settle(qtbot, workspace)
    assert workspace.session.inspection is not None and not workspace.files.next.isEnabled()
    assert workspace.files.position.text() == "3 / 3"


def test_samples_leave_only_for_a_picture_that_can_be_read(
    qtbot: QtBot, detected: DetectionWorkspace, album: Path
) -> None:
    open_and_wait(qtbot, detected, album / "3.jpg")
    assert titles(detected) == ["sample.png", "3.jpg"]
    open_and_wait(qtbot, detected, album / "2.png")
    assert titles(detected) == ["3.jpg", "2.png"]
    assert detected.files.current is detected.session.entry


def test_thumbnails_are_read_for_what_is_visible_only(
    qtbot: QtBot, workspace: DetectionWorkspace, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        save(folder / f"{number}.png", seed=number, size=(20, 30))
    open_and_wait(qtbot, workspace, folder)
    qtbot.waitUntil(lambda: workspace.files.model.entries[0].thumbnail is not None, timeout=WAIT_MS)
    settle(qtbot, workspace)
    assert workspace.files.model.entries[-1].thumbnail is None
    workspace.files.view.scrollToBottom()
    qtbot.waitUntil(
        lambda: workspace.files.model.entries[-1].thumbnail is not None, timeout=WAIT_MS
    )
    settle(qtbot, workspace)


def test_a_folder_without_pictures_is_told_and_nothing_is_lost(
    qtbot: QtBot, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    with qtbot.waitSignal(detected.error, timeout=WAIT_MS) as told:
        detected.open_paths([bare])
    assert "bare" in str(told.args[0])
    settle(qtbot, detected)
    assert titles(detected) == ["sample.png"] and detected.session.shown


def test_changed_picture_forgets_the_running_one(
    qtbot: QtBot, workspace: DetectionWorkspace, album: Path
) -> None:
    workspace.open_paths([album / "2.png", album / "10.png"])
    qtbot.waitUntil(lambda: workspace.session.running, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(workspace.files.model.entries) == 2, timeout=WAIT_MS)
    workspace.files.go_next()
    settle(qtbot, workspace)
    assert workspace.session.inspection is not None
    assert workspace.session.entry is not None and workspace.session.entry.title == "10.png"
    assert workspace.session.inspection.spec.path == str(album / "10.png")
    assert workspace.session.runs == 1


def test_the_last_picture_can_be_removed(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    detected.pictures.remove()
    assert detected.files.position.text() == "0 / 0"
    assert detected.notice.isVisible() and detected.picture.pyramid is None
    assert not detected.header.run.isEnabled(), "there is nothing to detect in"
    assert detected.results.table.rows.rowCount() == 0
    settle(qtbot, detected)


def test_specs_are_left_to_others(workspace: DetectionWorkspace) -> None:
    assert not workspace.open_paths([Path("race.json")])
