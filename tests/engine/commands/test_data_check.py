"""The command `check`: tables, JSON, CSV, exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from engine.training import initialization
from tests.engine.training.conftest import write_coco
from tests.engine.training.test_trainer import TINY


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "people", TINY)


def test_findings_are_told_and_are_no_error(run: Any, tmp_path: Path) -> None:
    coco, out = write_coco(tmp_path / "data"), tmp_path / "made" / "findings.csv"
    code, text, err = run("check", "--data", coco, "--csv", out)
    assert (code, err) == (0, "")
    assert text.startswith("2 pictures, 3 objects to learn, ")
    assert "Box without area" in text
    assert "proposed" in text
    with out.open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"]: row["annotation"] for row in csv.DictReader(file)}
    assert kinds["object.area"] == "5"
    assert kinds["object.outside"] == "6"
    assert kinds["object.box"] == "7"


def test_json_has_findings_and_statistics(run: Any, tmp_path: Path) -> None:
    code, text, _ = run("check", "--data", write_coco(tmp_path / "data"), "--json")
    assert code == 0
    told = json.loads(text)
    assert told["classes"] == {"cat": 1, "dog": 2}
    assert told["counts"]["object.area"] == 1
    assert len(told["findings"]) == sum(told["counts"].values())
    assert len(told["anchors"]["proposed"]) == len(TINY.anchor_sizes)


def test_what_cannot_be_read_is_named(run: Any, tmp_path: Path) -> None:
    code, text, err = run("check", "--data", tmp_path)
    assert (code, text) == (2, "")
    assert "no annotations" in err
