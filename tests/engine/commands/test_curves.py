"""The command `curves`: options, outputs, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.engine.export.curves.test_curves import STEPS, make, rows


def test_curves_writes_what_its_ending_says(run: Any, tmp_path: Path) -> None:
    folder, out = make(tmp_path / "run"), tmp_path / "curves.csv"
    assert run("curves", folder, "--out", out) == (0, f"written: {out}\n", "")
    assert len(rows(out)) == STEPS
    out = tmp_path / "curves.svg"
    code, said, err = run("curves", folder, "--out", out, "--smooth", 0.5, "--log", "--json")
    assert (code, err) == (0, "")
    assert json.loads(said)["written"] == [str(out)]
    assert json.loads(said)["metrics"][:3] == ["loss", "loss_mask", "lr"]


def test_only_the_metrics_that_are_named(run: Any, tmp_path: Path) -> None:
    folder, out = make(tmp_path / "run"), tmp_path / "curves.csv"
    assert run("curves", folder, "--metric", "bbox.AP", "--metric", "lr", "--out", out)[0] == 0
    assert list(rows(out)[0]) == ["run", "step", "phase", "bbox.AP", "lr"]


def test_a_bad_run_among_good_ones_is_named(run: Any, tmp_path: Path) -> None:
    folder, out = make(tmp_path / "run"), tmp_path / "curves.csv"
    code, said, err = run("curves", folder, tmp_path / "none", "--out", out)
    assert code == 2 and said == f"written: {out}\n"
    assert str(tmp_path / "none") in err and len(err.strip().splitlines()) == 1


def test_nothing_to_write_is_refused(run: Any, tmp_path: Path) -> None:
    code, _, err = run("curves", make(tmp_path / "run"))
    assert code == 2 and "--out FILE or --tensorboard DIR" in err
