"""What holds for every test: nothing outside a temporary folder, and nothing skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Before anything imports Qt: widgets need no screen, hands bring their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def private_runs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the runs of the person who tests."""
    folder = tmp_path_factory.mktemp("runs")
    monkeypatch.setenv("THALWEG_RUNS", str(folder))
    return folder


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test is a failed run: what cannot be tested here must be installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("A test was skipped; nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
