"""The command `compare` on run folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.__main__ import main
from tests.engine.training.comparison.folders import make_run


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["compare", *map(str, words)])
    return int(ended.value.code or 0)


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [
        make_run(tmp_path / f"{name}-{seed}", [2.0, 1.0], {2: ap + seed / 100}, seed=seed, batch=b)
        for b, (name, ap) in enumerate((("slow", 0.3), ("fast", 0.5)), start=1)
        for seed in range(3)
    ]


def test_the_text_names_what_differs_and_who_is_better(
    folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*folders, "--metric", "bbox.AP") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["run", "seed", "batch"]
    assert lines[4].split() == ["fast-0", "0", "2"]
    (mean,) = [line for line in lines if line.startswith("fast: mean of 3")]
    assert mean.count("0.51 ± 0.01") == 2
    assert sum("fast is better" in line for line in lines) == 2


def test_json_has_the_same_numbers(folders: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*folders, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["differing"] == ["batch", "seed"]
    assert told["runs"][1]["metrics"]["bbox.AP"]["last"] == {
        "value": 0.31, "step": 2, "phase": "joint",
    }  # fmt: skip
    assert [group["seeds"] for group in told["groups"]] == [3, 3]
    assert told["groups"][1]["metrics"]["bbox.AP"]["last"]["mean"] == pytest.approx(0.51)
    verdicts = {(v["metric"], v["moment"]): v["verdict"] for v in told["verdicts"]}
    assert verdicts["bbox.AP", "last"] == "second" and verdicts["loss", "best"] == "none"


def test_one_that_is_no_run_is_named_and_the_others_are_told(
    folders: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folders[0], tmp_path, "--csv", tmp_path / "t.csv") == 2
    told = capsys.readouterr()
    assert str(tmp_path) in told.err and len(told.err.splitlines()) == 1
    assert "slow-0" in told.out and (tmp_path / "t.csv").read_text().startswith("run,group,seed,")
    assert run(tmp_path) == 2
    assert capsys.readouterr().out == ""


def test_an_unknown_metric_is_named(
    folders: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*folders, "--metric", "AP51") == 2
    assert "'AP51'" in capsys.readouterr().err
