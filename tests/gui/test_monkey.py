"""Whatever a person does to the window, in whatever order: no error comes out of it."""

from __future__ import annotations

import socket
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QFile, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.specs import to_json
from engine.training.spec import TrainFrame, TrainSpec
from gui import messages
from gui.detection.pictures import controller as pictures
from gui.detection.workspace import DetectionWorkspace
from gui.training import workspace as training
from gui.window import Window
from tests.gui import monkey
from tests.gui.conftest import JOIN_S
from tests.gui.detection.conftest import listed, random_detectors, save

GESTURES, LAST = 200, 25
HARMLESS = "This plugin does not support"  # what the platform without a screen says


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, ...]:
    """Files of every kind in a home of this test's own, which is the current folder too."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TORCH_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.chdir(home)
    texts = {
        "run.json": to_json(TrainSpec()),
        "empty.json": "{}",
        "coco.json": '{"images": [{"id": 1, "file_name": "1.png", "width": 160, "height": 120}],'
        '"categories": [{"id": 1, "name": "ant"}],'
        '"annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [9, 9, 40, 30]}]}',
        "broken.png": "no picture",
        "weights.safetensors": "no weights",
    }
    for name, text in texts.items():
        (home / name).write_text(text, encoding="utf-8")
    saved = [save(home / f"{number}.png", seed=number) for number in (1, 2, 3)]
    return (*saved, *(home / name for name in texts))


@pytest.fixture
def apart(files: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No network, no program but this one, no desktop's own dialogs; little to compute."""
    known_training = training.run_training

    def train_small(spec: TrainSpec, folder: Path, **named: Any) -> Iterator[TrainFrame]:
        return known_training(replace(spec, batch=1, crop=96), folder, **named)

    def refuse(*_: Any) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    monkeypatch.setattr(QFile, "moveToTrash", lambda name: False)
    monkeypatch.setattr(pictures, "sample_paths", lambda: list(files[:1]))
    monkeypatch.setattr(training, "run_training", train_small)
    given = DetectionWorkspace.__init__.__kwdefaults__
    monkeypatch.setitem(given, "load", random_detectors())
    monkeypatch.setitem(given, "models", listed)
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    before = QCoreApplication.testAttribute(attribute)
    QCoreApplication.setAttribute(attribute)
    yield
    QCoreApplication.setAttribute(attribute, before)
    QApplication.clipboard().clear()  # what Python put there must not outlive Python


@pytest.fixture
def faults(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Errors of slots, threads and destructors, and those that the window calls unexpected."""
    found: list[str] = []
    known = messages._sentence

    def describe(error: BaseException) -> str:
        text = known(error)
        if text.split("(")[0] == unexpected().split("(")[0]:
            found.append("".join(traceback.format_exception(error)))
        return text

    def unexpected() -> str:
        return QCoreApplication.translate("messages", messages.UNEXPECTED)

    def note(raised: Any) -> None:
        error = (raised.exc_type, raised.exc_value, raised.exc_traceback)
        found.append("".join(traceback.format_exception(*error)))

    def note_slot(*error: Any) -> None:
        found.append("".join(traceback.format_exception(*error)))

    monkeypatch.setattr(messages, "_sentence", describe)
    monkeypatch.setattr(sys, "unraisablehook", note)
    monkeypatch.setattr(threading, "excepthook", note)
    with qtbot.capture_exceptions():  # its hook in place, ours above it
        monkeypatch.setattr(sys, "excepthook", note_slot)
        yield found


@pytest.mark.parametrize("seed", [1, 2])
def test_random_gestures_raise_nothing(
    seed: int,
    files: tuple[Path, ...],
    apart: None,
    faults: list[str],
    window: Window,
    qtbot: QtBot,
    qtlog: Any,
) -> None:
    last: deque[str] = deque(maxlen=LAST)

    def check() -> None:
        said = [record.message for record in qtlog.records]
        told = "\n".join((*faults, *(text for text in said if not text.startswith(HARMLESS))))
        assert not told, "\n".join((f"seed {seed}, after", *last, told))

    window.show()
    qtbot.waitExposed(window)
    for gesture in monkey.play(window, seed, GESTURES, files):
        check()  # of the one before
        last.append(gesture)
        assert window.isVisible(), f"closed by {last}"
    monkey.close_all(window)
    assert window.bridge.close(JOIN_S), "a lane did not end"
    check()
