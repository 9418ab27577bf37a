"""The run itself: deadlines that fit the machine, a second try for the hands, a last line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import deadlines

HERE = Path(__file__).parent
SUITE = """
from pathlib import Path
from tests.deadlines import slowness

def test_passes_at_the_second_try():
    marker = Path("tried")
    first = not marker.exists()
    marker.touch()
    assert not first

def test_passes():
    assert slowness() == 3.5

def test_never_passes():
    raise AssertionError("twice is a failure")
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A checkout whose hands have three tests, and the engine one that fails at first."""
    for folder in ("hands", "engine"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "__init__.py").touch()
    for name in ("__init__.py", "conftest.py", "deadlines.py"):
        shutil.copy(HERE / name, tmp_path / "tests" / name)
    (tmp_path / "tests" / "hands" / "test_three.py").write_text(SUITE)
    return tmp_path


def run(suite: Path, *arguments: str, **environment: str) -> tuple[int, list[str]]:
    """Exit code and lines of a pytest run in a checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=suite,
        env={**kept, "PYTHONPATH": str(suite), **environment},
        capture_output=True,
        text=True,
        timeout=deadlines.scaled(60),
    )
    return done.returncode, done.stdout.splitlines()


def test_a_test_of_the_hands_is_tried_twice_and_named(suite: Path) -> None:
    code, lines = run(suite, "-n", "1", "tests", **{deadlines.VARIABLE: "3.5"})
    named = [line for line in lines if line.startswith("passed at the second try: ")]
    assert named == [
        "passed at the second try: tests/hands/test_three.py::test_passes_at_the_second_try"
    ]
    assert code == 1 and "1 failed, 2 passed, 2 rerun" in lines[-1]
    assert "deadlines: 3.5 times those of an idle machine" in lines


def test_another_test_is_tried_once_and_ends_by_its_deadline(suite: Path) -> None:
    (suite / "tests" / "engine" / "test_one.py").write_text(
        "def test_hangs():\n    while True:\n        pass\n"
    )
    code, lines = run(suite, "tests/engine", **{deadlines.VARIABLE: "0.005"})
    assert code == 1 and "1 failed in" in lines[-1]
    assert any("Timeout" in line for line in lines)


def test_a_busy_machine_is_given_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cores = os.cpu_count() or 1
    monkeypatch.setattr(os, "getloadavg", lambda: (6.0 * cores, 0.0, 0.0), raising=False)
    assert 6.0 <= deadlines.measure() <= deadlines.MOST
    monkeypatch.setattr(os, "getloadavg", lambda: (1e6, 0.0, 0.0), raising=False)
    assert deadlines.measure() == deadlines.MOST


def test_the_machine_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(deadlines.VARIABLE)
    first = deadlines.slowness()
    assert first >= 1.0 and os.environ[deadlines.VARIABLE] == f"{first:.2f}"
    monkeypatch.setattr(deadlines, "measure", lambda: pytest.fail("a second time"))
    assert deadlines.slowness() == first and deadlines.scaled(10) == 10 * first
