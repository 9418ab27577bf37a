"""The commands tasks and fit, as a script calls them."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest

from engine.networks.tasks.fit import fit
from engine.networks.tasks.own_file import TEMPLATE
from engine.networks.tasks.registry import TASKS
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Racer

HEADER = ["optimizer", "step", "train_loss", "test_loss", "train_accuracy", "test_accuracy"]


def read(text: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    assert reader.fieldnames == HEADER
    return list(reader)


def test_tasks_are_listed(run) -> None:
    code, out, err = run("tasks", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert [each["name"] for each in found] == list(TASKS)
    assert found[0]["layers"] == [2, *TASKS["xor"].hidden, 1]
    told = run("tasks")[1]
    assert all(name in told for name in TASKS)


def test_a_row_for_every_optimizer_and_step(run, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    words = ("fit", "--task", "xor", "--optimizer", "sgd", "--optimizer", "adam:lr=0.1",
             "--optimizer", "sgd", "--steps", 5, "--seed", 3)  # fmt: skip
    code, out, err = run(*words, "--csv", path)
    assert (code, err) == (0, "") and str(path) in out
    rows = read(path.read_text())
    assert [(row["optimizer"], int(row["step"])) for row in rows] == [
        (name, step) for name in ("sgd", "adam", "sgd-2") for step in range(6)
    ]
    racers = (Racer("sgd"), Racer("adam", {"lr": 0.1}))
    for step, frame in enumerate(fit(FitSpec("xor", racers=racers, steps=5, seed=3))):
        for place in range(2):
            row = rows[6 * place + step]
            for name in HEADER[2:]:
                assert float(row[name]) == pytest.approx(getattr(frame, name)[place], rel=1e-12)
    # The same seed gives the same bytes, on stdout too; another gives others.
    code, out, err = run(*words)
    assert code == 0 and out.encode() == path.read_bytes() and "3 optimizers" in err
    assert run(*words[:-1], 4)[1] != out


def test_numbers_have_no_accuracy_and_what_diverges_is_told(run) -> None:
    code, out, err = run("fit", "--task", "regression", "--optimizer", "sgd:lr=1000", "--steps", 40)
    rows = read(out)
    assert code == 0 and len(rows) == 41 and "1 diverged" in err
    assert {row["train_accuracy"] for row in rows} == {row["test_accuracy"] for row in rows} == {""}
    assert not math.isfinite(float(rows[-1]["train_loss"]))
    assert math.isfinite(float(rows[0]["test_loss"]))


def test_the_catapult_in_numbers(run) -> None:
    words = ("fit", "--task", "product", "--start", "4,0.3", "--steps", 300)
    for rate, ends in (("0.1", 0.0), ("0.2", 0.0), ("0.3", math.inf)):
        code, out, _ = run(*words, "--optimizer", f"sgd:lr={rate}")
        last = float(read(out)[-1]["train_loss"])
        assert code == 0
        assert (last < 1e-12) if not ends else not math.isfinite(last)


def test_a_summary_in_json_and_what_can_be_chosen(run) -> None:
    code, out, err = run(
        "fit", "--task", "moons", "--optimizer", "adam", "--steps", 3, "--hidden", "5,3",
        "--activation", "relu", "--noise", "0.1", "--batch", 16, "--degree", 2, "--decay", "1e-3",
        "--starts", 4, "--patience", 50, "--train-count", 40, "--test-count", 30,
        "--data-seed", 2, "--scale", "1.5", "--json",
    )  # fmt: skip
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["layers"] == [5, 5, 3, 1] and found["activation"] == "relu"
    assert (found["batch"], found["data_seed"]) == (16, 2)
    (racer,) = found["optimizers"]
    assert racer["starts"] == 4 and racer["best"]["train_loss"] <= racer["train_loss"]
    linear = json.loads(run("fit", "--task", "xor", "--hidden", "none", "--steps", 1, "--json")[1])
    assert linear["layers"] == [2, 1] and len(linear["optimizers"]) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--task", "chess"), "Task 'chess' is unknown"),
        (("--task", "xor", "--optimizer", "gauss"), "Optimizer 'gauss' is unknown"),
        (("--task", "xor", "--hidden", "4,x"), "hidden: 'x' is not a number"),
        (("--task", "xor", "--hidden", "2.5"), "hidden: 2.5 is not a whole number"),
        (("--task", "xor", "--hidden", "0"), "hidden: 0 is outside 1 to"),
        (("--task", "xor", "--noise", "nan"), "noise: 'nan' is not a number"),
        (("--task", "xor", "--batch", "-1"), "batch: -1 is outside 0 to"),
        (("--task", "xor", "--steps", "-1"), "steps: -1 is outside 0 to"),
        (("--task", "xor", "--starts", "5000"), "starts: 5000 is outside 1 to 1000"),
        (("--task", "product", "--start", "1"), "start: '1' must be 2 numbers"),
        (("--task", "digits", "--optimizer", "newton"), "Newton needs the Hessian"),
        (("--task", "xor", "--csv", "no/such/folder/a.csv", "--steps", "1"), "no/such/folder"),
        ((), "--task"),
    ],
)
def test_bad_input_is_one_line(run, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = run("fit", *words)
    assert (code, out) == (2, "")
    assert sentence in err and len(err.strip().splitlines()) == 1


def test_a_task_of_ones_own_is_fitted_from_its_file(run, tmp_path: Path) -> None:
    path = tmp_path / "task.py"
    path.write_text(TEMPLATE)
    words = ("fit", "--task", "own", "--file", path, "--optimizer", "sgd:lr=0.5", "--seed", 3)
    code, out, err = run(*words, "--steps", 3)
    rows = read(out)
    assert code == 0 and "1 optimizer" in err
    assert [(row["optimizer"], row["step"]) for row in rows] == [("sgd", str(k)) for k in range(4)]
    losses = [float(row["train_loss"]) for row in rows]
    assert losses[-1] < losses[0]

    path.write_text("def task():\n    raise ValueError('no data')\n")
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and f"{path}, line 2: ValueError: no data" in err


def test_what_the_file_decides_is_refused_with_it(run, tmp_path: Path) -> None:
    path = tmp_path / "task.py"
    path.write_text(TEMPLATE)
    for words in (
        ("own",),
        ("own", "--file", tmp_path / "none.py"),
        ("own", "--file", path, "--hidden", "4"),
        ("own", "--file", path, "--degree", 2),
        ("own", "--file", path, "--optimizer", "lion"),
        ("xor", "--file", path),
    ):
        code, out, err = run("fit", "--task", *words)
        assert (code, out, err.count("\n")) == (2, "", 1), err


def test_json_tells_what_became_of_a_task_of_ones_own(run, tmp_path: Path) -> None:
    path = tmp_path / "task.py"
    path.write_text(TEMPLATE)
    words = ("fit", "--task", "own", "--file", path, "--optimizer", "sgd", "--steps", 1)
    told = json.loads(run(*words, "--csv", tmp_path / "out.csv", "--json")[1])
    assert (told["task"], told["file"], told["steps"]) == ("own", str(path), 1)
    assert told["optimizers"][0]["settings"]["lr"] > 0
