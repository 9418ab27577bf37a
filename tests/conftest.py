"""What holds for every test: private runs, a deadline, and nothing skipped."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.deadlines import scaled, slowness

# Before anything imports Qt: widgets need no screen, hands bring their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before anything imports torch: its threads spin while they wait for each other. Where cores
# are scarce, as beside another worker, two take up to eight times the processor time of one.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# One list of the fonts for all homes that tests make: making it takes seconds.
os.environ.setdefault("MPLCONFIGDIR", str(Path(sys.prefix) / "matplotlib"))
TEST_S = 300  # no test takes a tenth of it; a wait inside one ends much sooner and says for what
HANDS = Path(__file__).parent / "hands"


@pytest.fixture(autouse=True)
def private_runs(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the runs or the measurements of the person who tests."""
    folder = tmp_path_factory.mktemp("runs")
    monkeypatch.setenv("THALWEG_RUNS", str(folder))
    monkeypatch.setenv("THALWEG_CACHE", str(folder.parent / f"{folder.name}-cache"))
    return folder


def pytest_configure() -> None:
    slowness()  # now, before the workers start


def pytest_report_header() -> str:
    return f"deadlines: {slowness():.1f} times those of an idle machine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test its deadline, and each test of the hands a second try.

    A screen, a window manager and a program of their own can disturb each other as
    no other test can. What passes at the second try is named at the end of the run.
    """
    for item in items:
        is_hands = HANDS in item.path.parents
        # Of the call alone where a test may be run again: each try has its own.
        item.add_marker(pytest.mark.timeout(scaled(TEST_S), func_only=is_hands))
        if is_hands:
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that passed at the second try only."""
    names = {
        kind: {report.nodeid for report in terminalreporter.stats.get(kind, ())}
        for kind in ("rerun", "passed", "failed", "error")
    }
    for name in sorted(names["rerun"] & names["passed"] - names["failed"] - names["error"]):
        terminalreporter.write_line(f"passed at the second try: {name}", yellow=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test is a failed run: what cannot be tested here must be installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("A test was skipped; nothing may be skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
