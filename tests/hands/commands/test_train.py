"""`train` and `evaluate`, as scripts rely on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from safetensors import safe_open

from tests.hands import pictures
from tests.hands.console import Command, installed

MEASURES = {"AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_installed_train_makes_a_model_that_detects(tmp_path: Path) -> None:
    installed(
        tmp_path, "train --data shapes --steps 4 --checkpoint-every 2 --out run", timeout_s=240
    ).done()
    run = tmp_path / "run"
    steps = lines(run / "metrics.jsonl")
    assert [line["step"] for line in steps] == [1, 2, 3, 4]
    assert {line["phase"] for line in steps} == {"joint"}
    for line in steps:
        assert line["lr"] > 0
        losses = {name for name in line if "loss" in name} | set(line.get("losses", {}))
        assert len(losses) >= 4, "each loss of the net"
    json.loads((run / "spec.json").read_text())
    checkpoints = list((run / "checkpoints").glob("*.safetensors"))
    assert len(checkpoints) >= 2
    weights = run / "last" / "weights.safetensors"
    with safe_open(weights, "pt") as file:
        assert list(file.keys()) and "architecture" in (file.metadata() or {})
    pictures.astronaut(tmp_path, size=(96, 96))
    installed(tmp_path, "detect astronaut.jpg --out found --weights", weights).done()


def test_a_resumed_run_goes_on_where_it_stopped(command: Command, tmp_path: Path) -> None:
    command("train --data shapes --steps 4 --checkpoint-every 2 --out whole").done()
    command("train --data shapes --steps 2 --checkpoint-every 2 --out run").done()
    metrics = tmp_path / "run" / "metrics.jsonl"
    told = lines(metrics)
    with metrics.open("a") as file:  # a step that was not saved before the power went
        file.write(json.dumps({**told[-1], "step": 3}) + "\n")
    command("train --resume --steps 4 --out run").done()
    resumed, whole = lines(metrics), lines(tmp_path / "whole" / "metrics.jsonl")
    assert [line["step"] for line in resumed] == [1, 2, 3, 4]
    for one, other in zip(resumed, whole, strict=True):
        assert one["lr"] == pytest.approx(other["lr"])


def test_own_data_is_learned_and_measured(command: Command, tmp_path: Path) -> None:
    data = pictures.coco(tmp_path / "data", 4)
    command("train --steps 2 --evaluate-every 2 --out run --data", data).done()
    told = lines(tmp_path / "run" / "evaluations.jsonl")
    assert told and "bbox" in json.dumps(told[-1])
    answer = command("evaluate --model people --json --data", data).done()
    result = json.loads(answer.out)
    for kind in ("bbox", "segm"):
        assert set(result[kind]) == MEASURES
        assert all(-1 <= value <= 1 for value in result[kind].values())
    weights = tmp_path / "run" / "last" / "weights.safetensors"
    assert "bbox" in json.loads(command("evaluate --weights", weights, "--data", data).done().out)


def test_a_run_is_repeated_by_its_spec(command: Command, tmp_path: Path) -> None:
    command("train --data shapes --steps 2 --seed 7 --out first").done()
    command("train --spec first/spec.json --out second").done()
    first, second = (lines(tmp_path / name / "metrics.jsonl") for name in ("first", "second"))
    for one, other in zip(first, second, strict=True):
        keep = {k: v for k, v in one.items() if k not in ("seconds", "memory")}
        assert keep == {k: v for k, v in other.items() if k not in ("seconds", "memory")}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("train --data shapes --steps 2", "--out"),
        ("train --steps 2 --out run", "--data"),
        ("train --data nowhere.json --steps 2 --out run", "nowhere.json"),
        ("train --data shapes --steps 0 --out run", "0"),
        ("train --data shapes --steps -3 --out run", "-3"),
        ("train --data shapes --steps many --out run", "many"),
        ("train --data shapes --steps 2 --optimizer sgdd --out run", "sgdd"),
        ("train --data shapes --steps 2 --optimizer sgd:lr=abc --out run", "abc"),
        ("train --data shapes --steps 2 --model nobody --out run", "nobody"),
        ("train --data shapes --steps 2 --schedule sideways --out run", "sideways"),
        ("train --data shapes --steps 2 --device warp --out run", "warp"),
        ("train --spec nowhere.json --out run", "nowhere.json"),
        ("train --spec broken.json --out run", "broken.json"),
        ("train --spec other.json --out run", "colour"),
        ("train --data broken.json --steps 2 --out run", "broken.json"),
        ("train --data hollow.json --steps 2 --out run", "hollow.json"),
        ("train --resume --out nowhere", "nowhere"),
        ("evaluate --model people --data nowhere.json", "nowhere.json"),
        ("evaluate --model people --data broken.json", "broken.json"),
        ("evaluate --model nobody --data data/data.json", "nobody"),
        ("evaluate --data data/data.json", "--model"),
        ("evaluate --model people", "--data"),
        ("evaluate --weights broken.json --data data/data.json", "broken.json"),
    ],
)
def test_a_bad_value_is_named_in_one_line(
    command: Command, tmp_path: Path, line: str, named: str
) -> None:
    pictures.coco(tmp_path / "data", 1)
    (tmp_path / "broken.json").write_text('{"images": [')
    (tmp_path / "hollow.json").write_text('{"images": []}')
    told = {"thalweg": 1, "kind": "train", "data": "shapes", "colour": "red"}
    (tmp_path / "other.json").write_text(json.dumps(told))
    command(line).refused(named)


def test_a_picture_that_is_missing_is_named(command: Command, tmp_path: Path) -> None:
    data = pictures.coco(tmp_path / "data", 2)
    (tmp_path / "data" / "images" / "2.png").unlink()
    command("evaluate --model people --data", data).refused("2.png")
