"""Several runs beside each other: what differs, their groups, their curves and their values."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.training.comparison import table
from engine.training.comparison.comparison import Choice, Comparer, Comparison, Reading
from engine.training.comparison.settings import differing, flatten
from engine.training.comparison.smoothing import smooth
from engine.training.runs import file_place
from engine.training.spec import TrainSpec
from tests.engine.training.comparison.folders import append, make_run


def look(*folders: Path, **choice: Any) -> Comparison:
    *readings, comparison = Comparer(folders).look(Choice(**choice))
    assert all(isinstance(each, Reading) for each in readings)
    assert isinstance(comparison, Comparison)
    return comparison


def test_only_the_settings_that_differ_are_named() -> None:
    specs = (
        TrainSpec(optimizer="sgd:lr=0.1,momentum=0.9", batch=2, loss_weights={"loss_mask": 2.0}),
        TrainSpec(optimizer="sgd:lr=0.2,momentum=.9", batch=2, augmentation={"flip": 0.25}),
    )
    tables = [flatten(spec) for spec in specs]
    names = ("optimizer.lr", "loss_weights.loss_mask", "augmentation.flip")
    assert differing(tables) == names
    assert [[each[name] for name in names] for each in tables] == [
        ["0.1", "2", "0.5"],
        ["0.2", "1", "0.25"],
    ]


def test_a_key_that_one_optimizer_lacks_differs() -> None:
    tables = [flatten(TrainSpec(optimizer=text)) for text in ("sgd:lr=0.1", "adam:lr=0.1,eps=1")]
    assert differing(tables) == ("optimizer", "optimizer.eps")


def test_runs_that_differ_only_by_seed_are_a_group(tmp_path: Path) -> None:
    folders = [make_run(tmp_path / f"slow-{seed}", [1.0], seed=seed) for seed in range(3)]
    folders.insert(1, make_run(tmp_path / "fast", [1.0], batch=4))
    found = look(*folders)
    assert [(group.title, group.runs) for group in found.groups] == [
        ("slow", (0, 2, 3)),
        ("fast", (1,)),
    ]
    assert found.differing == ("batch", "seed")


def test_groups_with_one_name_are_told_apart_by_a_setting(tmp_path: Path) -> None:
    folders = [
        make_run(tmp_path / f"shapes-2026-{place}", [1.0], seed=place % 2, batch=2 + place // 2)
        for place in range(4)
    ]
    titles = [group.title for group in look(*folders).groups]
    assert titles == ["shapes-2026, batch 2", "shapes-2026, batch 3"]


def test_the_curve_of_a_group_is_its_mean_with_a_band_where_all_have_a_value(
    tmp_path: Path,
) -> None:
    values = [[4.0, 3.0, 2.0, 1.0], [6.0, 3.0, 1.0], [5.0, 6.0, 3.0, 9.0, 9.0]]
    folders = [
        make_run(tmp_path / f"a-{seed}", losses, seed=seed) for seed, losses in enumerate(values)
    ]
    found = look(*folders, metric="loss", smoothing=0.5)
    (curve,) = found.curves
    smoothed = np.stack([smooth(np.array(losses), 0.5)[:3] for losses in values])
    np.testing.assert_array_equal(curve.mean.steps, [1, 2, 3])  # no run has more than the second
    np.testing.assert_allclose(curve.mean.values, smoothed.mean(0))
    np.testing.assert_allclose(curve.low, smoothed.min(0))
    np.testing.assert_allclose(curve.high, smoothed.max(0))
    assert [line.values.tolist() for line in curve.raw] == values
    (curve,) = look(*folders, metric="loss", smoothing=0.5, band="deviation").curves
    np.testing.assert_allclose(curve.high - curve.mean.values, smoothed.std(0, ddof=1))
    np.testing.assert_allclose(curve.mean.values - curve.low, smoothed.std(0, ddof=1))


def test_a_group_with_a_run_that_has_nothing_yet_has_no_mean(tmp_path: Path) -> None:
    folders = [make_run(tmp_path / "a-0", [2.0, 1.0], seed=0), make_run(tmp_path / "a-1", seed=1)]
    (curve,) = look(*folders).curves
    assert len(curve.mean.steps) == 0 and len(curve.raw) == 1


def test_best_and_last_of_a_loss_are_those_of_the_smoothed_curve(tmp_path: Path) -> None:
    losses = [5.0, 0.1, 4.0, 3.0, 3.5]
    folder = make_run(tmp_path / "a", losses, {2: 0.4, 4: 0.3})
    (summary,) = look(folder, metric="loss", smoothing=0.8).summaries
    smoothed = smooth(np.array(losses), 0.8)
    assert summary.best is not None and summary.last is not None
    assert (summary.best.value, summary.best.step) == (smoothed.min(), smoothed.argmin() + 1)
    assert (summary.last.value, summary.last.step) == (smoothed[-1], 5)
    (summary,) = look(folder, metric="bbox.AP", smoothing=0.8).summaries
    assert summary.best is not None and summary.last is not None
    assert (summary.best.value, summary.best.step) == (0.4, 2)
    assert (summary.last.value, summary.last.step) == (0.3, 4)
    (summary,) = look(folder, metric="lr").summaries
    assert summary.best is None and summary.last is not None and summary.last.value == 0.1


def test_a_total_of_fewer_losses_is_not_the_best_one(tmp_path: Path) -> None:
    phases = ["1-rpn", "1-rpn", "2-detector", "2-detector"]
    folder = make_run(tmp_path / "a", [0.2, 0.1, 6.0, 5.0], phases=phases)
    found = look(folder, metric="loss", smoothing=0.0)
    best = found.summaries[0].best
    assert best is not None and (best.value, best.step, best.phase) == (5.0, 4, "2-detector")
    assert found.curves[0].mean.starts == (0, 2)


def groups_of(tmp_path: Path, aps: dict[str, list[float]], steps: int = 2) -> list[Path]:
    return [
        make_run(
            tmp_path / f"{name}-{seed}",
            [1.0] * steps,
            {1: ap / 2, steps: ap},
            seed=seed,
            batch=batch,
        )
        for batch, (name, values) in enumerate(aps.items(), start=1)
        for seed, ap in enumerate(values)
    ]


def test_two_groups_are_judged(tmp_path: Path) -> None:
    folders = groups_of(tmp_path, {"a": [0.3, 0.31, 0.32], "b": [0.4, 0.41, 0.42]})
    last, best = look(*folders, metric="bbox.AP").spreads
    assert (last.moment, best.moment, last.verdict, best.verdict) == (
        "last", "best", "second", "second",
    )  # fmt: skip
    assert last.first.values == (0.3, 0.31, 0.32) and last.difference == pytest.approx(-0.1)
    assert look(*folders, metric="lr").spreads == ()
    assert look(*folders[:3], metric="bbox.AP").spreads == ()


def test_an_unfinished_seed_holds_the_others_back(tmp_path: Path) -> None:
    """Its group is judged at the last step that all of it have measured at."""
    folders = groups_of(tmp_path, {"a": [0.3, 0.31], "b": [0.4, 0.41, 0.42]})
    folders.append(make_run(tmp_path / "a-2", [1.0], {1: 0.16}, seed=2, batch=1))
    last, _ = look(*folders, metric="bbox.AP").spreads
    assert last.first.step == 1 and last.first.values == (0.15, 0.155, 0.16)
    assert last.second.step == 2


def test_a_seed_counts_once(tmp_path: Path) -> None:
    folders = groups_of(tmp_path, {"a": [0.3, 0.31], "b": [0.4, 0.41, 0.42]})
    folders.append(make_run(tmp_path / "a-again", [1.0], {1: 0.9}, seed=1, batch=1))
    last, _ = look(*folders, metric="bbox.AP").spreads
    assert last.verdict == "too_few" and last.first.values == (0.3, 0.31)


def test_what_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Path) -> None:
    good = make_run(tmp_path / "good", [1.0])
    (tmp_path / "none").mkdir()
    found = look(good, tmp_path / "none", tmp_path / "gone")
    assert [run.name for run in found.runs] == ["good"]
    assert [(each.path.name, each.error.code) for each in found.unreadable] == [
        ("none", "run.not_a_run"),
        ("gone", "run.not_a_run"),
    ]


def test_nothing_is_told_twice_and_growth_is(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [2.0])
    comparer = Comparer([folder, folder])
    first = list(comparer.look(Choice("loss")))[-1]
    assert isinstance(first, Comparison) and len(first.runs) == 1
    assert list(comparer.look(Choice("loss"))) == []
    append(folder / "metrics.jsonl", {"step": 2, "phase": "joint", "loss": 1.0})
    grown = list(comparer.look(Choice("loss")))[-1]
    assert isinstance(grown, Comparison) and grown.runs[0].steps == 2
    other = list(comparer.look(Choice("lr")))
    assert len(other) == 1 and isinstance(other[0], Comparison)


def test_the_table_has_what_differs_and_each_metrics_values(tmp_path: Path) -> None:
    folders = groups_of(tmp_path, {"=a": [0.3], "b": [0.4]})
    found = look(*folders, metric="bbox.AP")
    path = tmp_path / "runs.csv"
    table.write_csv(found, path, ["bbox.AP", "lr"])
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first == {
        "run": "'=a-0", "group": "'=a-0", "seed": "0", "batch": "1",
        "bbox.AP best": "0.3", "bbox.AP best step": "2",
        "bbox.AP last": "0.3", "bbox.AP last step": "2", "lr last": "0.1", "lr last step": "2",
    }  # fmt: skip
    assert second["batch"] == "2"
    assert table.as_text(found, ["bbox.AP", "lr"]).splitlines()[0].split("\t") == list(first)


def test_runs_that_are_compared_with_others_are_not_read_again(tmp_path: Path) -> None:
    folders = [make_run(tmp_path / name, [2.0, 1.0], batch=2 + n) for n, name in enumerate("abc")]
    before = Comparer(folders[:2])
    first = list(before.look(Choice("loss")))[-1]
    now = list(Comparer(folders, before).look(Choice("loss")))[-1]
    assert isinstance(first, Comparison) and isinstance(now, Comparison)
    assert now.runs[:2] == first.runs and [run.name for run in now.runs] == ["a", "b", "c"]
    assert all(a is b for a, b in zip(now.runs, first.runs, strict=False))


def test_a_look_that_is_cancelled_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_place, "PIECE_BYTES", 64)
    folder = make_run(tmp_path / "a", [float(n) for n in range(40)])
    comparer = Comparer([folder])
    began = comparer.look(Choice("loss"))
    assert isinstance(next(began), Reading)
    next(began)
    began.close()
    found = list(comparer.look(Choice("loss")))[-1]
    assert isinstance(found, Comparison)
    assert found.runs[0].series["loss"].values.tolist() == list(range(40))
