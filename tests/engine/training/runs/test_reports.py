"""Reports of evaluations: kept beside their lines, cut back, forked, made after the training."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError
from engine.training.evaluation.of_run import evaluate_run
from engine.training.evaluation.progress import Progress
from engine.training.runs import fork, lock, naming, reports, run_folder
from engine.training.trainer import resumed, train
from tests.engine.training.runs.conftest import SPEC


@pytest.fixture(autouse=True)
def one_scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 1)
    yield


def evaluations(run: Path) -> list[dict[str, Any]]:
    return run_folder.read_lines(run / "evaluations.jsonl")


def test_a_training_keeps_the_whole_of_each_evaluation_and_lines_stay_small(tmp_path: Path) -> None:
    out = tmp_path / "run"
    frames = list(train(replace(SPEC, steps=2, evaluate_every=1), out))
    assert reports.steps(out) == (2, 1)
    for line in evaluations(out):
        report = reports.read(out, line["step"])
        assert reports.numbers(report) == line
        assert set(report) - set(line) == {"curves", "confusion", "gates"}
        assert len(json.dumps(line)) < 4000
    told = [frame.evaluation for frame in frames if frame.evaluation]
    assert [{"step": line["step"], "phase": "joint", **each} for line, each in
            zip(evaluations(out), told, strict=True)] == evaluations(out)  # fmt: skip


def test_reports_after_the_kept_step_go_when_a_run_goes_on(finished: Path) -> None:
    for step in (2, 5, 9):
        reports.write(finished, {"step": step})
    list(train(resumed(finished), finished, resume=True))
    assert reports.steps(finished) == (5, 2)


def test_a_fork_has_the_reports_of_its_past(finished: Path, tmp_path: Path) -> None:
    for step in (2, 5):
        reports.write(finished, {"step": step, "bbox": {}})
    out = tmp_path / "fork"
    fork.begin(finished, out, SPEC, step=4)
    assert reports.steps(out) == (2,)
    assert reports.read(out, 2) == reports.read(finished, 2)


def test_a_renamed_run_keeps_them_and_an_overwritten_one_gives_them_up(finished: Path) -> None:
    reports.write(finished, {"step": 5})
    new = naming.rename(finished, "other")
    assert reports.steps(new) == (5,)
    run_folder.begin(new, overwrite=True)
    assert reports.steps(new) == ()
    run_folder.give_back(new)
    assert reports.steps(new) == (5,)


def test_a_report_that_is_damaged_or_missing_is_named(tmp_path: Path) -> None:
    path = reports.write(tmp_path, {"step": 3})
    path.write_text("{", encoding="utf-8")
    for step in (3, 4):
        with pytest.raises(InputError, match=rf"{step}\.json"):
            reports.read(tmp_path, step)
    assert reports.steps(tmp_path / "nothing") == ()


def test_a_run_is_evaluated_after_its_training(finished: Path) -> None:
    *progress, report = evaluate_run(finished, device="cpu")
    assert progress == [Progress(1, 1)] and isinstance(report, dict)
    assert (report["step"], report["phase"], report["pictures"]) == (5, "joint", 1)
    assert reports.read(finished, 5) == json.loads(json.dumps(report))
    (line,) = evaluations(finished)
    assert line == reports.numbers(report)
    list(evaluate_run(finished, device="cpu"))
    assert len(evaluations(finished)) == 1


def test_it_measures_what_its_training_measures(tmp_path: Path) -> None:
    out = tmp_path / "run"
    list(train(replace(SPEC, steps=2, evaluate_every=2), out))
    by_training = reports.read(out, 2)
    *_, after = evaluate_run(out, device="cpu")
    assert isinstance(after, dict)
    assert after["objects"] == by_training["objects"]
    for name, value in by_training["bbox"].items():
        assert after["bbox"][name] == pytest.approx(value, abs=0.02)  # its weights are rounded


def test_a_run_that_is_trained_or_has_no_weights_is_not_evaluated(
    finished: Path, tmp_path: Path
) -> None:
    with lock.held(finished), pytest.raises(InputError, match="finished"):
        list(evaluate_run(finished))
    with pytest.raises(InputError, match="nothing"):
        list(evaluate_run(tmp_path / "nothing"))
    run_folder.remove(finished / "last")
    run_folder.remove(finished / "last.old")
    with pytest.raises(InputError, match="finished"):
        list(evaluate_run(finished))
