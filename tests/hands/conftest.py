"""A screen a session, a program a test; every program has to end cleanly."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from engine.__main__ import main
from tests.hands.console import Answer, Command, words
from tests.hands.program import Program
from tests.hands.screen import Screen

FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let the fixtures know whether the test that they end has failed, each time that it runs."""
    report = yield
    if report.when != "teardown":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    screen = Screen(tmp_path_factory.mktemp("screen"))
    yield screen
    screen.close()


@pytest.fixture
def thalweg(
    screen: Screen, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Program]]:
    """Start the installed program; it is closed as a person does at the end, and must like it."""
    started: list[Program] = []

    def start(*arguments: str | Path, warm: bool = True, **environment: str) -> Program:
        folder = tmp_path / f"run-{len(started)}"
        folder.mkdir()
        started.append(Program(screen, folder, arguments, environment, warm=warm))
        return started[-1]

    yield start
    try:
        for program in started:
            if program.process.poll() is None:
                if request.node.stash.get(FAILED, False):
                    program.picture(f"failed-{request.node.name}")
                program.close()
            else:
                program.ended()
    finally:
        for program in started:
            program.kill()


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """The headless front without a process of its own, as its cases are many."""

    def run(line: str, *more: str | Path | int | float) -> Answer:
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words(line, *more))
        out, err = capsys.readouterr()
        return Answer(int(ended.value.code or 0), out, err)

    return run
