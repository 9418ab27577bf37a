"""Other names for runs: what cannot be one, and what must stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import InputError
from engine.training.runs import lock, naming


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run"
    path.mkdir()
    (path / "spec.json").write_text("{}")
    return path


def test_a_run_gets_another_name(run: Path) -> None:
    new = naming.rename(run, " люди 2 ")
    assert new == run.with_name("люди 2") and (new / "spec.json").is_file() and not run.exists()
    assert [path.name for path in new.iterdir()] == ["spec.json"]
    assert naming.rename(new, "люди 2") == new


@pytest.mark.parametrize(
    "name", ["", " ", "..", ".hidden", "a/b", "a\\b", "a:b", "x" * 101, "a\nb"]
)
def test_what_is_no_name_is_said(run: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name"):
        naming.rename(run, name)
    assert run.is_dir()


def test_another_run_is_not_replaced(run: Path) -> None:
    run.with_name("other").mkdir()
    with pytest.raises(InputError, match="other"):
        naming.rename(run, "other")


def test_a_run_that_is_trained_stays(run: Path) -> None:
    with lock.held(run), pytest.raises(InputError, match="another training writes"):
        naming.rename(run, "other")
    assert run.is_dir()
    with pytest.raises(InputError, match="no training run"):
        naming.check_unused(run.with_name("gone"))
