"""`race`, `surfaces` and `optimizers`, as scripts rely on them."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest
import torch
from PIL import Image

from tests.hands.console import Command, installed

COLUMNS = ["optimizer", "step", "x", "y", "loss", "grad_x", "grad_y"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_installed_race_writes_what_torch_does(tmp_path: Path) -> None:
    answer = installed(
        tmp_path,
        "race --surface rosenbrock --optimizer sgd:lr=0.001 --steps 20"
        " --optimizer nesterov:lr=5e-4,momentum=0.8 --optimizer sgd:lr=0.0005"
        " --start -1.5,2 --csv race.csv --png race.png",
    ).done()
    assert answer.out == "3 racers: 3 running; written to race.csv, race.png\n"
    text = (tmp_path / "race.csv").read_text()
    assert text.splitlines()[0].split(",") == COLUMNS
    table = rows(text)
    names = ["sgd", "nesterov", "sgd-2"]
    assert [row["optimizer"] for row in table] == [name for name in names for _ in range(21)]
    assert [int(row["step"]) for row in table] == list(range(21)) * 3
    settings = {
        "sgd": {"lr": 0.001},
        "nesterov": {"lr": 5e-4, "momentum": 0.8, "nesterov": True},
        "sgd-2": {"lr": 0.0005},
    }
    for name, setting in settings.items():
        point = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([point], **setting)
        for row in (row for row in table if row["optimizer"] == name):
            optimizer.zero_grad()
            x, y = point
            loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
            loss.backward()
            assert point.grad is not None
            shown = [float(row[column]) for column in COLUMNS[2:]]
            wanted = [*point.tolist(), loss.item(), *point.grad.tolist()]
            assert shown == pytest.approx(wanted, rel=1e-9, abs=1e-9)
            optimizer.step()
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob("*.tmp"))
    with Image.open(tmp_path / "race.png") as picture:
        assert min(picture.size) >= 400 and len(picture.convert("RGB").getcolors(1 << 24)) > 100


def test_a_race_goes_to_stdout_where_no_file_is_asked_for(command: Command) -> None:
    answer = command("race --surface himmelblau --optimizer momentum --start 1,1 --steps 3")
    table = rows(answer.done().out)
    assert [list(row) for row in table] == [COLUMNS] * 4


def test_a_value_may_begin_with_a_minus(command: Command) -> None:
    answer = command("race --formula -x^2+3*y**2 --optimizer sgd:lr=0.1 --start -1.5,-2 --steps 1")
    first, second = rows(answer.done().out)
    assert [float(first[c]) for c in COLUMNS[2:]] == [-1.5, -2, -2.25 + 12, 3, -12]
    assert float(second["x"]) == pytest.approx(-1.5 - 0.1 * 3)
    told = command("race", "--formula", "-x^2", "--optimizer", "sgd", "--start=-1,2")
    assert told.code == 0 and told.out.startswith("optimizer,step,")
    assert told.err.endswith("written to standard output\n")


def test_the_same_seed_gives_the_same_noise(command: Command) -> None:
    words = "race --surface beale --optimizer sgd --start 1,1 --steps 5 --noise 0.5 --seed"
    first, again, other = (command(words, seed).done().out for seed in (3, 3, 4))
    assert first == again != other


def test_a_race_that_diverges_is_a_result(command: Command) -> None:
    words = "race --surface rosenbrock --optimizer sgd:lr=10 --start -1,2 --steps 30"
    table = rows(command(words).done().out)
    assert len(table) == 31
    assert not math.isfinite(float(table[-1]["loss"]))
    told = json.loads(command(words, "--json").done().out)
    assert told["optimizers"][0]["state"] == "diverged"


def test_an_animation_moves(command: Command, tmp_path: Path) -> None:
    words = "race --surface saddle --optimizer sgd --start 1,0.1 --steps 6 --gif"
    command(words, tmp_path / "race.gif").done()
    with Image.open(tmp_path / "race.gif") as picture:
        assert getattr(picture, "n_frames", 1) > 3


def test_surfaces_and_optimizers_are_listed(command: Command) -> None:
    surfaces = {entry["name"]: entry for entry in json.loads(command("surfaces", "--json").out)}
    assert {"rosenbrock", "himmelblau", "beale", "rastrigin", "quadratic", "saddle"} <= set(
        surfaces
    )
    assert surfaces["rosenbrock"]["minima"] == [[1, 1]]
    assert len(surfaces["himmelblau"]["minima"]) == 4
    assert "condition" in surfaces["quadratic"]["parameters"]
    optimizers = {entry["name"]: entry for entry in json.loads(command("optimizers", "--json").out)}
    assert {"sgd", "momentum", "nesterov"} <= set(optimizers)
    assert optimizers["momentum"]["defaults"]["momentum"] == 0.9
    for name in ("surfaces", "optimizers"):
        assert command(name).done().out
        assert "--seed" in command(name, "--help").done().out


MINUSES = "-" * 5000 + "x"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("--surface nowhere --optimizer sgd", "nowhere"),
        ("--surface beale --optimizer sgdd", "sgdd"),
        ("--surface beale --optimizer sgd:speed=3", "speed"),
        ("--surface beale --optimizer sgd:lr=abc", "abc"),
        ("--surface beale --optimizer sgd:lr=nan", "nan"),
        ("--surface beale --optimizer sgd:lr=-1", "-1"),
        ("--surface beale --optimizer sgd:lr", "lr"),
        ("--surface beale --optimizer sgd:", "sgd:"),
        ("--surface beale --optimizer sgd --start 1", "1"),
        ("--surface beale --optimizer sgd --start 1,abc", "abc"),
        ("--surface beale --optimizer sgd --start 1,2,3", "1,2,3"),
        ("--surface beale --optimizer sgd --steps -4", "-4"),
        ("--surface beale --optimizer sgd --steps many", "many"),
        ("--surface beale --optimizer sgd --noise -1", "-1"),
        ("--surface beale --optimizer sgd --domain 1,1,0,2", "1"),
        ("--surface beale --optimizer sgd --parameter a=3", "a"),
        ("--surface beale --formula x --optimizer sgd", "--formula"),
        ("--optimizer sgd", "--surface"),
        ("--formula x+* --optimizer sgd", "character"),
        ("--formula x+z --optimizer sgd", "z"),
        ("--formula \"__import__('os').getcwd()\" --optimizer sgd", "character"),
        ("--formula x.__class__ --optimizer sgd", "'.' at character 2"),
        ("--formula [x,y][0] --optimizer sgd", "["),
        (f"--formula {MINUSES} --optimizer sgd", ""),
        ("--surface beale --optimizer sgd --device warp", "warp"),
        ("--surface beale --optimizer sgd --csv nowhere/at/all.csv", "nowhere"),
        ("--surface beale --optimizer sgd --colour red", "--colour"),
    ],
)
def test_a_bad_value_is_named_in_one_line(command: Command, words: str, named: str) -> None:
    if "--start" not in words:
        words += " --start 1,2"
    if "--steps" not in words:
        words += " --steps 3"
    answer = command(f"race {words}").refused(named)
    assert len(answer.err) < 2500


def test_a_device_that_is_not_there_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", bool)
    words = "race --surface beale --optimizer sgd --start 1,2 --steps 3 --device cuda"
    command(words).refused("cuda")


def test_an_unknown_command_is_one_line(command: Command) -> None:
    command("rase").refused("rase")
    assert "race" in command("--help").done().out
