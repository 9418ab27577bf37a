"""Fixtures for the widgets' tests: private settings, English, and nothing left behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import app, i18n, theme
from gui.appearance import apply
from gui.bridge import Bridge
from gui.settings import Settings
from gui.window import Window
from tests.deadlines import scaled

JOIN_S = scaled(10)
COLLECTED: list[None] = []  # one for each test


class ScaledBot(QtBot):
    """pytest-qt's hand, whose deadlines are those of an idle machine, scaled for this one."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
        super().waitUntil(callback, timeout=round(scaled(timeout)))

    def waitSignal(self, signal: Any, *, timeout: int = 5000, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=round(scaled(timeout)), **more)

    def waitExposed(self, widget: QWidget, *, timeout: int = 5000) -> Any:
        return super().waitExposed(widget, timeout=round(scaled(timeout)))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In place of pytest-qt's: every wait of a widget test ends by the scaled deadline."""
    return ScaledBot(request)


@pytest.fixture(autouse=True)
def private_settings(tmp_path: Path, qapp: QApplication) -> None:
    """No test touches the settings of the person who tests."""
    folder = str(tmp_path / "config")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)


@pytest.fixture(autouse=True)
def english_and_dark(qapp: QApplication, private_settings: None) -> None:
    """Every test starts with the same language and look."""
    app.build_application()
    if i18n.current() != "en":
        i18n.apply("en")
    if theme.mode() is not theme.Mode.DARK:
        apply(theme.Mode.DARK)


@pytest.fixture(autouse=True)
def garbage_collected_here() -> Iterator[None]:
    """As the program's `Collector` does: on a worker it would delete Qt objects, and Qt aborts."""
    gc.disable()
    yield
    COLLECTED.append(None)
    if len(COLLECTED) % 25:
        gc.collect(1)
        return
    gc.collect()
    gc.freeze()  # modules live on: looking through torch's each time takes .3 s


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a worker thread or a running timer behind fails."""
    before = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # A Python thread of ours is a lane; libraries' own threads are not Python's.
    late = [thread for thread in threading.enumerate() if thread not in before]
    for thread in late:
        thread.join(JOIN_S)
    alive = [thread.name for thread in late if thread.is_alive()]
    assert not alive, f"threads left behind: {alive}"
    timers = [
        f"{type(top).__name__}: {timer.parent()}"
        for top in QApplication.topLevelWidgets()
        for timer in top.findChildren(QTimer)
        if timer.isActive() and timer.parent().metaObject().className() == "Bridge"
    ]
    assert not timers, f"timers left behind: {timers}"


@pytest.fixture
def settings(private_settings: None) -> Settings:
    """The store of one test."""
    return Settings()


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    """A bridge whose lanes end with the test."""
    made = Bridge()
    made.failed.connect(print)  # a job's error stands beside the wait that it lets run out
    yield made
    assert made.close(JOIN_S), "a lane did not end"


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[Window]:
    """The main window, not shown."""
    settings.set_text("view/language", "en")
    settings.set_text("view/theme", "dark")
    made = app.build_window(settings)
    qtbot.addWidget(made)
    yield made
    made.bridge.close(JOIN_S)
