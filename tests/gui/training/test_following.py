"""A run folder that grows under another process's hands is drawn as it grows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from engine.specs import to_json
from engine.training.runs import lock, run_folder
from engine.training.spec import TrainSpec
from gui.bridge import Bridge
from gui.settings import Settings
from gui.training import followed_run
from gui.training.progress import State
from gui.training.workspace import TrainingWorkspace
from gui.window import Window


@pytest.fixture
def workspace(
    qtbot: QtBot, bridge: Bridge, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> TrainingWorkspace:
    monkeypatch.setattr(followed_run, "LATER_MS", 100)
    made = TrainingWorkspace(bridge, settings)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    return made


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "spec.json").write_text(to_json(TrainSpec(data="shapes", steps=600)))
    return folder


def grow(run: Path, first: int, last: int, *, phase: str = "joint", cut: int | None = None) -> None:
    """Steps first to last behind what is there; `cut` leaves so much of the last line out."""
    lines = [
        json.dumps(
            {
                "step": step, "phase": phase, "loss": 1 / step, "loss_classifier": 0.5 / step,
                "lr": 0.01, "gradient_cosine": 0.5, "steps": 600, "pictures": 4,
                "memory": 2_500_000_000, "seconds": 0.5,
            }
        )
        for step in range(first, last + 1)
    ]  # fmt: skip
    with (run / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write(("\n".join(lines) + "\n")[:cut])


def value(workspace: TrainingWorkspace, name: str) -> str:
    label = workspace.findChild(QLabel, f"training.{name}")
    assert label is not None
    return label.text()


def drawn(workspace: TrainingWorkspace) -> int:
    return workspace.curves.values().get("loss", 0)


def last_drawn(workspace: TrainingWorkspace) -> float:
    """The step at which the painted curve ends."""
    x, _ = workspace.curves._curves["loss"].smooth.getOriginalDataset()
    return float(x[-1])


def test_a_run_written_elsewhere_grows_in_the_window(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    said: list[str] = []
    workspace.status.connect(said.append)
    with lock.held(run):
        grow(run, 1, 100)
        assert workspace.open_paths([run])
        qtbot.waitUntil(lambda: drawn(workspace) == 100, timeout=30_000)
        assert workspace.progress.state is State.FOLLOWING
        assert value(workspace, "step") == "100 / 600"
        grow(run, 101, 120, cut=-30)  # the last line is half written
        qtbot.waitUntil(lambda: drawn(workspace) == 119, timeout=30_000)
        assert last_drawn(workspace) == 119
        assert value(workspace, "step") == "119 / 600"
        assert value(workspace, "eta") == "4:00"  # 481 steps of half a second
        assert float(value(workspace, "speed").replace(",", ".")) == 8.0
        assert value(workspace, "memory") == "2.50 GB"
        assert said[-1] == "Following elsewhere: step 119 of 600."
        assert workspace.pages.cosine.values() == 119
        # It is followed, not trained here: the form is free, and nothing is to be stopped.
        assert (
            workspace.form.start_button.isEnabled() and not workspace.form.stop_button.isEnabled()
        )
    (run / "metrics.jsonl").write_text("")
    grow(run, 1, 600)
    qtbot.waitUntil(lambda: drawn(workspace) == 600, timeout=30_000)
    assert workspace.progress.state is State.DONE
    assert said[-1] == "elsewhere: all 600 steps are taken."
    row = workspace.runs.table.model()
    qtbot.waitUntil(lambda: row.run(0) is not None and row.run(0).steps == 600, timeout=30_000)


def test_a_run_that_was_cut_back_by_a_resume_is_drawn_anew(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    grow(run, 1, 50)
    workspace.open_paths([run])
    qtbot.waitUntil(lambda: drawn(workspace) == 50, timeout=30_000)
    assert workspace.progress.state is State.STOPPED
    with lock.held(run):
        run_folder.cut_back(run / "metrics.jsonl", 20)
        qtbot.waitUntil(lambda: drawn(workspace) == 20, timeout=30_000)
        assert last_drawn(workspace) == 20
        grow(run, 21, 25)
        qtbot.waitUntil(lambda: drawn(workspace) == 25, timeout=30_000)
        assert workspace.progress.state is State.FOLLOWING


def test_four_steps_light_as_they_come(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    with lock.held(run):
        grow(run, 1, 3, phase="1-rpn")
        workspace.open_paths([run])
        qtbot.waitUntil(lambda: workspace.pages.phases.drawing.lit == "1-rpn", timeout=30_000)
        grow(run, 4, 6, phase="2-detector")
        qtbot.waitUntil(lambda: workspace.pages.phases.drawing.lit == "2-detector", timeout=30_000)
        assert list(workspace.curves.boundaries()) == ["1-rpn", "2-detector"]


def test_a_folder_that_goes_is_said_once(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    errors: list[object] = []
    workspace.error.connect(errors.append)
    grow(run, 1, 5)
    workspace.open_paths([run])
    qtbot.waitUntil(lambda: drawn(workspace) == 5, timeout=30_000)
    run.rename(run.with_name("away"))
    said: list[str] = []
    workspace.status.connect(said.append)
    qtbot.waitUntil(lambda: len(said) >= 2, timeout=30_000)  # two looks
    assert [str(error) for error in errors] == [f"{run}: this run folder is no longer there."]
    assert said[-1] == "elsewhere: the folder is no longer there."
    run.with_name("away").rename(run)
    grow(run, 6, 7)
    qtbot.waitUntil(lambda: drawn(workspace) == 7, timeout=30_000)


def test_nobody_looks_while_nobody_sees_it(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    grow(run, 1, 5)
    workspace.open_paths([run])
    qtbot.waitUntil(lambda: drawn(workspace) == 5, timeout=30_000)
    workspace.hide()
    qtbot.waitUntil(lambda: not workspace.bridge.busy(), timeout=30_000)
    assert not workspace.shown.followed._timer.isActive()
    grow(run, 6, 9)
    workspace.show()
    qtbot.waitUntil(lambda: drawn(workspace) == 9, timeout=30_000)


def test_a_long_silence_is_said(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lock.held(run):
        grow(run, 1, 5)
        workspace.open_paths([run])
        qtbot.waitUntil(lambda: drawn(workspace) == 5, timeout=30_000)
        monkeypatch.setattr(workspace.shown.followed, "_quiet_s", lambda: 25.3)
        assert workspace.shown.text().endswith("step 5 of 600. No new step for 25 s.")
        monkeypatch.setattr(workspace.shown.followed, "_quiet_s", lambda: 300.0)
        assert workspace.shown.text().endswith("No new step for 5:00.")
        qtbot.waitUntil(lambda: value(workspace, "eta") == "–", timeout=30_000)
        monkeypatch.undo()
        grow(run, 6, 6)
        qtbot.waitUntil(lambda: value(workspace, "eta") == "4:57", timeout=30_000)


def test_the_menu_opens_a_run_folder_and_lists_it(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path, tmp_path: Path
) -> None:
    grow(run, 1, 5)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    (action,) = (a for a in workspace.actions() if a.id == "training.open_run")
    action.callback()
    dialog = workspace.findChild(QFileDialog, "dialog.training.open_run")
    assert dialog is not None
    dialog.fileSelected.emit(str(run))
    dialog.reject()
    table = workspace.runs.table.model()
    qtbot.waitUntil(lambda: table.rowCount() == 1 and drawn(workspace) == 5, timeout=30_000)
    current = workspace.runs.current()
    assert current is not None and current.path == run
    with qtbot.waitSignal(workspace.error) as heard:
        workspace.opening._on_chosen(str(tmp_path))
    assert heard.args[0].code == "run.not_a_run"


def test_a_run_of_elsewhere_is_used_by_its_weights(
    workspace: TrainingWorkspace, qtbot: QtBot, run: Path
) -> None:
    grow(run, 1, 2)
    (run / "last").mkdir()
    weights = run / "last" / "weights.safetensors"
    weights.touch()
    workspace.open_paths([run])
    qtbot.waitUntil(lambda: workspace.runs.current() is not None, timeout=30_000)
    with qtbot.waitSignal(workspace.handed_over) as heard:
        workspace._use_selected()
    assert heard.args == ["detection", weights]


def write_coco(folder: Path) -> Path:
    content = {"images": [{"id": 1, "file_name": "a.jpg"}], "annotations": [], "categories": []}
    (folder / "annotations").mkdir()
    (folder / "annotations" / "instances_train.json").write_text(json.dumps(content))
    return folder


def write_yolo(folder: Path) -> Path:
    (folder / "labels" / "train").mkdir(parents=True)
    (folder / "labels" / "train" / "a.txt").write_text("0 .5 .5 .2 .2\n")
    (folder / "data.yaml").write_text("train: images/train\nnames: [thing]\n")
    return folder


def write_yolo_file(folder: Path) -> Path:
    return write_yolo(folder) / "data.yaml"


def write_voc(folder: Path) -> Path:
    (folder / "Annotations").mkdir()
    (folder / "Annotations" / "a.xml").write_text(
        "<annotation><filename>a.jpg</filename><object><name>x</name><bndbox><xmin>1</xmin>"
        "<ymin>1</ymin><xmax>5</xmax><ymax>5</ymax></bndbox></object></annotation>"
    )
    return folder


def write_labelme(folder: Path) -> Path:
    content = {"version": "5", "shapes": [], "imagePath": "a.jpg", "imageHeight": 4}
    (folder / "a.json").write_text(json.dumps({**content, "imageWidth": 4, "imageData": None}))
    return folder


WRITERS = (write_coco, write_yolo, write_yolo_file, write_voc, write_labelme)


@pytest.mark.parametrize("write", WRITERS)
def test_dropped_annotations_become_the_data(window: Window, tmp_path: Path, write: object) -> None:
    window.show()
    window.show_workspace("training")
    workspace = window.workspace("training")
    assert isinstance(workspace, TrainingWorkspace)
    folder = tmp_path / "мои данные"
    folder.mkdir()
    path = write(folder)  # type: ignore[operator]
    drop(window, path)
    assert workspace.form.spec().data == str(path)
    assert window.current_name == "training" and not window.banner.isVisible()


def test_a_dropped_run_is_shown_and_anything_else_is_one_sentence(
    window: Window, qtbot: QtBot, tmp_path: Path, run: Path
) -> None:
    window.show()
    window.show_workspace("training")
    workspace = window.workspace("training")
    assert isinstance(workspace, TrainingWorkspace)
    grow(run, 1, 5)
    drop(window, run)
    qtbot.waitUntil(lambda: drawn(workspace) == 5, timeout=30_000)
    nothing = tmp_path / "song.json"
    nothing.write_text("la la la")
    drop(window, nothing)
    assert "song.json: neither a picture" in window.banner.text()


def drop(window: Window, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(600, 400).toPointF(), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(event)
