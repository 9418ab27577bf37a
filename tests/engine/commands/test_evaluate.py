"""The command `evaluate`: what it prints, and what it writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.training import initialization
from engine.training.runs.reports import numbers
from tests.engine.commands.test_training import TRAIN
from tests.engine.training.test_trainer import TINY


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


@pytest.fixture
def weights(run: Any, tmp_path: Path) -> Path:
    assert run(*TRAIN, "--steps", 1, "--out", tmp_path / "run")[0] == 0
    return tmp_path / "run" / "last" / "weights.safetensors"


SHAPES = ("--data", "shapes", "--pictures", 2)


def test_evaluate_prints_cocos_numbers(run: Any, weights: Path, tmp_path: Path) -> None:
    file = tmp_path / "metrics.json"
    code, out, _ = run("evaluate", "--weights", weights, *SHAPES, "--out", file)
    assert code == 0
    result, whole = json.loads(out), json.loads(file.read_text())
    assert result == numbers(whole)
    assert set(whole) - set(result) == {"curves", "confusion", "gates"}
    for kind in ("bbox", "segm", "keypoints"):
        assert set(result[kind]) == {
            "AP", "AP50", "AP75", "APs", "APm", "APl",
            "AR1", "AR10", "AR100", "ARs", "ARm", "ARl",
        }  # fmt: skip


def test_json_has_curves_confusion_and_gates_and_files_say_the_same(
    run: Any, weights: Path, tmp_path: Path
) -> None:
    table, picture = tmp_path / "new" / "out.csv", tmp_path / "out.png"
    code, out, err = run(
        "evaluate", "--weights", weights, *SHAPES, "--csv", table, "--picture", picture, "--json"
    )
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert sum(told["gates"]["all"].values()) == told["objects"]
    assert len(told["confusion"]["counts"]) == len(told["confusion"]["classes"]) + 1
    with table.open(encoding="utf-8", newline="") as file:
        rows = {(row["kind"], row["class"], row["metric"]): row["value"]
                for row in csv.DictReader(file)}  # fmt: skip
    assert float(rows["bbox", "", "AP"]) == told["bbox"]["AP"]
    with Image.open(picture) as image:
        assert image.format == "PNG"


def test_an_unknown_kind_of_picture_is_refused_at_once(run: Any, tmp_path: Path) -> None:
    code, out, err = run(
        "evaluate", "--model", "shapes", "--data", "shapes", "--picture", tmp_path / "a.bmp"
    )
    assert (code, out) == (2, "")
    assert "a.bmp" in err and ".png, .svg, .pdf" in err


def test_evaluate_takes_another_nms(
    run: Any, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def measure(model: Any, *_: Any, **__: Any) -> Any:
        seen.append(model.roi_heads.nms_thresh)
        yield {}

    monkeypatch.setattr("engine.training.evaluation.run.evaluate", measure)
    words = ("evaluate", "--weights", weights, "--data", "shapes")
    assert run(*words)[0] == run(*words, "--nms", 0.35)[0] == 0
    assert seen == [0.5, 0.35]
    assert run(*words, "--nms", 1.5)[0] == 2
