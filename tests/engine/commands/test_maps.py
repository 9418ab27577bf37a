"""The commands sweep and basins, as a script calls them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image


def test_sweep_writes_its_arrays(run, tmp_path: Path) -> None:
    path = tmp_path / "map.npz"
    code, out, err = run(
        "sweep", "--surface", "quadratic", "--optimizer", "momentum", "--start", "-1,1",
        "--lr", "1e-4:0.2:7:log", "--momentum", "0:.9:4", "--steps", "50", "--out", str(path),
    )  # fmt: skip
    assert (code, err) == (0, "")
    with np.load(path) as saved:
        diverged = int(saved["diverged"].sum())
        assert out == f"28 races, {diverged} diverged; written to {path}\n"
        assert set(saved) == {"lr", "momentum", "final_loss", "diverged"}
        assert np.allclose(saved["lr"], np.geomspace(1e-4, 0.2, 7))
        assert np.allclose(saved["momentum"], np.linspace(0, 0.9, 4))
        assert saved["final_loss"].shape == saved["diverged"].shape == (4, 7)
        start = 0.5 * (1 + 50)
        lost = ~np.isfinite(saved["final_loss"]) | (saved["final_loss"] > start)
        assert (saved["diverged"] == lost).all() and lost.any() and not lost.all()
    assert [each.name for each in tmp_path.iterdir()] == ["map.npz"]


def test_basins_writes_its_arrays(run, tmp_path: Path) -> None:
    path = tmp_path / "map.npz"
    code, out, err = run(
        "basins", "--surface", "himmelblau", "--optimizer", "sgd:lr=1e-3,momentum=.9",
        "--size", "32", "--steps", "200", "--out", str(path), "--json",
    )  # fmt: skip
    assert (code, err) == (0, "")
    with np.load(path) as saved:
        assert set(saved) == {"x", "y", "label", "minima"}
        assert saved["x"][[0, -1]].tolist() == saved["y"][[0, -1]].tolist() == [-6, 6]
        assert saved["label"].shape == (32, 32) and saved["minima"].shape == (4, 2)
        # Row = y: the start nearest to (3, 2) ends there.
        row, column = np.abs(saved["y"] - 2).argmin(), np.abs(saved["x"] - 3).argmin()
        assert saved["label"][row, column] == 0
    result = json.loads(out)
    assert sum(result["starts"]) + result["unassigned"] == 32 * 32


def test_maps_are_drawn_as_pictures(run, tmp_path: Path) -> None:
    basins, sweep = tmp_path / "basins.svg", tmp_path / "sweep.png"
    code, out, err = run(
        "basins", "--surface", "himmelblau", "--optimizer", "sgd", "--size", "16", "--steps", "30",
        "--out", str(tmp_path / "b.npz"), "--picture", str(basins),
    )  # fmt: skip
    assert (code, err) == (0, "") and f"and {basins}" in out
    assert 'id="minimum:"' in basins.read_text() and 'id="legend:basins"' in basins.read_text()
    code, out, err = run(
        "sweep", "--surface", "quadratic", "--optimizer", "momentum", "--start", "-1,1",
        "--lr", "1e-3:0.2:9:log", "--momentum", "0:.9:4", "--steps", "50",
        "--out", str(tmp_path / "s.npz"), "--picture", str(sweep),
    )  # fmt: skip
    assert (code, err) == (0, "") and f"and {sweep}" in out
    with Image.open(sweep) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    # Theory's bound is drawn in red over the map, and what diverged is hatched in grey.
    red = (np.abs(pixels - [255, 90, 79]).max(axis=2) < 12).sum()
    grey = (np.abs(pixels - [160, 168, 180]).max(axis=2) < 6).sum()
    assert red > 300 and grey > 3000


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["sweep", "--lr", "1:2"], "'1:2'"),
        (["sweep", "--lr", "a:1:3"], "'a'"),
        (["sweep", "--lr", "0:1:x"], "'x'"),
        (["sweep", "--lr", "0:1:3:lag"], "lag"),
        (["sweep", "--lr", "0:1:3:log"], "0.0"),
        (["sweep", "--lr", "0:1:3", "--momentum", "0:2:3"], "2.0"),
        (["sweep", "--lr", "0:1:3", "--steps", "-2"], "-2"),
        (["sweep"], "--lr"),
        (["basins", "--size", "0"], "size"),
        (["sweep", "--lr", "0:1:3", "--picture", "a.bmp"], ".png, .svg, .pdf"),
        (["basins", "--picture", "a.jpg"], "a.jpg"),
        (["basins", "--steps", "x"], "x"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run, tmp_path, arguments, word) -> None:
    command, *rest = arguments
    code, out, err = run(
        command, "--surface", "quadratic", "--optimizer", "sgd", *rest,
        "--out", str(tmp_path / "x.npz"),
    )  # fmt: skip
    assert (code, out) == (2, "") and err.count("\n") == 1 and word in err
    assert list(tmp_path.iterdir()) == []
