"""Models in the window: sizes first, downloads from a loopback server, weights files, devices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.detection.models import torchvision_models, zoo
from engine.detection.pipeline.inference import InspectSpec
from engine.device import precisions
from gui.bridge import Bridge
from gui.detection.models.controller import list_models
from gui.detection.models.dialog import NAME as COLUMN
from gui.detection.models.dialog import STATE, ModelsDialog
from gui.detection.workspace import DetectionWorkspace
from gui.settings import Settings
from tests.engine.detection.models.test_downloads import NAME, Server
from tests.gui.detection.conftest import WAIT_MS, settle


@pytest.fixture
def with_zoo(qtbot: QtBot, workspace: DetectionWorkspace) -> DetectionWorkspace:
    """The workspace with the real zoo in its list of models."""
    workspace.models._list = list_models
    return workspace


def ask(qtbot: QtBot, workspace: DetectionWorkspace, name: str = NAME) -> ModelsDialog:
    """Open the list and choose a model."""
    qtbot.mouseClick(workspace.header.more, Qt.MouseButton.LeftButton)
    dialog = workspace.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog._items()) and not workspace.bridge.busy(), timeout=WAIT_MS)
    for item in dialog._items():
        if item.data(COLUMN, Qt.ItemDataRole.UserRole).name == name:
            dialog.list.setCurrentItem(item)
    return dialog


def state(dialog: ModelsDialog) -> str:
    item = dialog.list.currentItem()
    assert item is not None
    return item.text(STATE)


def test_a_download_tells_its_size_goes_on_where_it_stopped_and_the_model_is_used(
    qtbot: QtBot,
    with_zoo: DetectionWorkspace,
    server: Server,
) -> None:
    dialog = ask(qtbot, with_zoo)
    assert state(dialog) == "not here yet" and not dialog.use.isEnabled()
    size = zoo.find(NAME).size_bytes
    assert f"{size / 1e6:.0f}" in dialog.fetch.text()
    target = torchvision_models.cached_path(NAME)
    target.parent.mkdir(parents=True)
    third = len(server.content) // 3
    target.with_name(target.name + ".part").write_bytes(server.content[:third])
    with qtbot.waitSignal(with_zoo.models.downloads.arrived, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
        assert with_zoo.models.downloads.strip.isVisible()
    assert server.asked == [f"bytes={third}-"] and target.read_bytes() == server.content
    assert with_zoo.session.model == NAME and not with_zoo.models.downloads.strip.isVisible()
    qtbot.waitUntil(lambda: state(dialog) == "here", timeout=WAIT_MS)
    assert dialog.use.isEnabled()
    dialog.close()
    settle_models(qtbot, with_zoo)


def settle_models(qtbot: QtBot, workspace: DetectionWorkspace) -> None:
    qtbot.waitUntil(lambda: not workspace.bridge.busy(), timeout=WAIT_MS)


def test_a_download_is_stopped(
    qtbot: QtBot,
    with_zoo: DetectionWorkspace,
    server: Server,
) -> None:
    dialog = ask(qtbot, with_zoo)
    qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
    assert dialog.stop.isEnabled() and not dialog.fetch.isEnabled()
    with qtbot.waitSignal(with_zoo.status) as told:
        qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert "later" in told.args[0] and with_zoo.session.model == "people"
    assert not with_zoo.models.downloads.strip.isVisible() and dialog.fetch.isEnabled()
    dialog.close()
    settle_models(qtbot, with_zoo)


@pytest.mark.parametrize(("trouble", "word"), [("status", "503"), ("cut_at", "connection")])
def test_a_failed_download_is_one_sentence(
    qtbot: QtBot,
    with_zoo: DetectionWorkspace,
    server: Server,
    trouble: str,
    word: str,
) -> None:
    setattr(server, trouble, 503)
    dialog = ask(qtbot, with_zoo)
    with qtbot.waitSignal(with_zoo.error, timeout=WAIT_MS) as told:
        qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
    assert word in str(told.args[0]) and NAME in str(told.args[0])
    assert dialog.fetch.isEnabled() and not with_zoo.models.downloads.strip.isVisible()
    dialog.close()
    settle_models(qtbot, with_zoo)


def test_every_model_is_listed_with_its_measures(
    qtbot: QtBot, with_zoo: DetectionWorkspace
) -> None:
    dialog = ask(qtbot, with_zoo, "maskrcnn_resnet50_fpn_v2")
    names = [item.data(COLUMN, Qt.ItemDataRole.UserRole).name for item in dialog._items()]
    assert names == [info.name for info in zoo.models()]
    item = dialog.list.currentItem()
    assert item is not None
    texts = [item.text(column) for column in range(STATE + 1)]
    assert texts[2:5] == ["0.474", "0.418", "–"] and "COCO" in item.toolTip(2)
    info = zoo.find("people")
    judged = {
        "pictures": 45,
        "shown": {"score": 0.5, "precision": 0.873, "recall": 0.561},
        "calibration": {"error": 0.031, "bins": []},
    }
    told = dialog._told(replace(info, metrics=judged))
    for number in ("45", "0.50", "0.87", "0.56", "0.03"):
        assert number in told
    assert dialog._told(replace(info, metrics={"pictures": 45})) == told.splitlines()[0]
    assert dialog._told(replace(info, metrics=None)) == ""
    dialog.list.setCurrentItem(dialog._items()[0])
    assert dialog.use.isEnabled() and not dialog.fetch.isEnabled()
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    assert with_zoo.session.model == "people" and not dialog.isVisible()
    settle_models(qtbot, with_zoo)


def test_a_weights_file_is_tried_and_a_wrong_one_leaves_what_is_shown(
    qtbot: QtBot, bridge: Bridge, settings: Settings, detected: DetectionWorkspace, tmp_path: Path
) -> None:
    asked: list[InspectSpec] = []
    bench = detected.session._workbench
    before = bench._load
    assert before is not None

    def load(spec: InspectSpec, device: object) -> object:
        asked.append(spec)
        return before(spec, device)  # type: ignore[arg-type]

    assert bench._workbench is not None
    bench._workbench._load = load  # type: ignore[assignment]
    inspection, shown = detected.session.inspection, detected.session.shown
    assert inspection is not None and shown
    for name in ("мои веса.pth", "last.ckpt", "model_best.PTH.tar", "pytorch_model.bin"):
        path = tmp_path / name
        path.write_bytes(b"no weights")
        with qtbot.waitSignal(detected.error, timeout=WAIT_MS):
            assert detected.open_paths([path])
        settle(qtbot, detected)
        assert asked[-1].weights == str(path)
        assert detected.header.model.currentText() == "Random"
        assert detected.session.model == "people" and not detected.notice.isVisible()
        assert detected.session.inspection is inspection
        assert [i.pair for i in detected.session.shown] == [i.pair for i in shown]
    detected.thresholds.score.set_value(0.99)  # and what is shown goes on
    assert len(detected.session.shown) < len(shown)
    settle(qtbot, detected)


def test_the_device_can_be_chosen(qtbot: QtBot, detected: DetectionWorkspace) -> None:
    qtbot.mouseClick(detected.header.more, Qt.MouseButton.LeftButton)
    dialog = detected.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.device.count() > 1, timeout=WAIT_MS)
    runs = detected.session.runs
    dialog.device.setCurrentIndex(dialog.device.findData("cpu"))
    dialog.device.activated.emit(dialog.device.currentIndex())
    settle(qtbot, detected)
    assert detected.session.runs == runs + 1 and detected.session.inspection is not None
    assert detected.session.inspection.spec.device == "cpu"
    names = [dialog.precision.itemData(i) for i in range(dialog.precision.count())]
    offered = precisions("cpu")
    assert tuple(names) == (("auto", *offered) if len(offered) > 1 else offered)
    assert detected.session.inspection.spec.precision == "float32", "exact until measured"
    dialog.close()
    settle(qtbot, detected)
