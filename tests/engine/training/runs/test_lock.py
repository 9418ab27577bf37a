"""Two trainings on one folder: the second is refused, whoever it is; a kill frees the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import ExportError, InputError
from engine.training.runs import lock
from engine.training.trainer import resumed, train
from tests.engine.training.runs.conftest import SPEC

HOLD = """
import sys
from pathlib import Path
from engine.training.runs import lock
with lock.held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_is_refused_until_it_is_killed(finished: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(finished)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as other:  # type: ignore[call-overload]
        assert other.stdout.readline() == "held\n"
        for use in (lambda: resumed(finished), lambda: next(train(SPEC, finished, overwrite=True))):
            with pytest.raises(InputError, match="another training writes") as refused:
                use()
            assert str(finished) in str(refused.value)
        other.kill()
        other.wait()
    assert resumed(finished) == SPEC


def test_a_training_of_this_process_is_refused_too(tmp_path: Path) -> None:
    running = train(SPEC, tmp_path / "run")
    next(running)
    with pytest.raises(InputError, match="another training writes"):
        next(train(SPEC, tmp_path / "run", overwrite=True))
    running.close()
    assert not (tmp_path / "run" / lock.LOCK).exists()


def test_a_folder_that_nothing_came_into_goes_again(tmp_path: Path) -> None:
    with lock.held(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()
    assert not (tmp_path / "new").exists()
    with lock.held(tmp_path / "used"):
        (tmp_path / "used" / "spec.json").touch()
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["spec.json"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="file/run"), lock.held(tmp_path / "file" / "run"):
        pass
