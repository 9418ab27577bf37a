"""The application around the window: memory and faults of the window's own code."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from engine.errors import InputError
from gui.app import Collector, Reporter
from gui.window import Window


class Knot:
    """Keeps itself alive until a collection."""

    def __init__(self) -> None:
        self.itself = self
        self.freed_on: list[int] = []
        weakref.finalize(self, note, self.freed_on)


def note(freed_on: list[int]) -> None:
    freed_on.append(threading.get_ident())


@pytest.fixture
def collector(window: Window) -> Iterator[Collector]:
    made = Collector(window)
    yield made
    made.stop()


def tie() -> list[int]:
    return Knot().freed_on


def test_workers_collect_nothing_and_the_window_does(collector: Collector) -> None:
    freed: list[list[int]] = []

    def work() -> None:
        freed.extend(tie() for _ in range(2000))  # far over the threshold

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert not any(freed)
    for _ in range(40):
        collector.collect()
    assert all(ids == [threading.get_ident()] for ids in freed)


def test_what_a_worker_imports_is_not_walked_through(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector.collect()
    before = gc.get_freeze_count()
    library = [Knot() for _ in range(1000)]
    for number in range(100):
        monkeypatch.setitem(sys.modules, f"library.part{number}", sys)
    collector.collect()
    assert gc.get_freeze_count() >= before + len(library)
    knots = [tie() for _ in range(10)]
    for _ in range(40):
        collector.collect()
    assert all(knots)  # what came later is collected as ever


def test_stopping_gives_python_its_collector_back(window: Window) -> None:
    made = Collector(window)
    assert not gc.isenabled()
    made.settle()
    made.stop()
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_a_fault_of_the_window_is_told_and_written(
    window: Window, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sys.excepthook
    window.show()
    reporter = Reporter(window)
    try:
        reporter.report(ValueError, ValueError("boom"), None)
    finally:
        reporter.stop()
        sys.excepthook = before
    assert "boom" in window.banner.text()
    assert "ValueError: boom" in capsys.readouterr().err


def test_a_click_shows_where_an_unexpected_error_came_from(window: Window, qtbot: QtBot) -> None:
    window.show()
    details = window.findChild(QPushButton, "banner.details.button")
    assert details is not None
    window.show_error(InputError("value.not_a_number", name="lr", value="abc"))
    assert not details.isVisible(), "the sentence says all"
    try:
        raise ValueError("<h1>boom</h1>")
    except ValueError as error:
        window.show_error(error)
    qtbot.mouseClick(details, Qt.MouseButton.LeftButton)
    text = window.findChild(QPlainTextEdit, "banner.details.text")
    copy = window.findChild(QPushButton, "banner.details.copy.button")
    assert text is not None and copy is not None and text.isVisible()
    shown = text.toPlainText()
    assert shown.startswith("Traceback") and "ValueError: <h1>boom</h1>" in shown
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().strip() == shown.strip()
