"""The command `survey`: its figures, tables and sentences."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

import pytest

from engine.pictures.samples import sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one picture of generated shapes."""
    made = tmp_path / "pictures"
    made.mkdir()
    copy(sample("shapes"), made)
    return made


def test_what_a_model_finds_itself_is_all_found(run, folder: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    words = (folder, "--model", "shapes")
    assert run("detect", *words, "--out", marks, "--format", "coco")[0] == 0
    truth = next(marks.glob("*.json"))
    count = len(json.loads(truth.read_text())["annotations"])
    assert count > 1
    code, out, err = run("survey", *words, "--truth", truth, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["objects"] == told["funnel"]["all"]["found"] == count
    assert told["metrics"]["bbox"]["AP50"] == pytest.approx(1)
    assert told["worst"] == [{"path": str(folder / "shapes.png"), "errors": 0}]
    code, out, _ = run("survey", *words, "--truth", truth)
    assert code == 0 and f"{count} objects, {count} found" in out


@pytest.mark.parametrize(
    ("words", "named"),
    [(("--iou", 7), "iou"), (("--score", "high"), "high"), (("--max-detections", 1.5), "1.5")],
)
def test_a_bad_value_is_named_in_one_line(run, folder: Path, words: tuple, named: str) -> None:
    code, out, err = run("survey", folder, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err


def test_a_folder_that_is_not_there_is_one_sentence(run, tmp_path: Path) -> None:
    code, out, err = run("survey", tmp_path / "nothing")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert str(tmp_path / "nothing") in err
