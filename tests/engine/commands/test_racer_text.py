"""Racers as the command line writes them: schedules, jog, further starts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from engine.__main__ import cli, main
from engine.commands.racer_text import parse_racer
from engine.descent.surfaces.registry import SURFACES
from engine.errors import InputError
from engine.optimizers.racer import Jog, Racer


@pytest.mark.parametrize(
    ("text", "racer"),
    [
        ("sgd", Racer("sgd")),
        ("sgd:schedule=constant", Racer("sgd")),
        (
            "sgd:lr=.1,schedule=cosine,T_max=40,eta_min=1e-3",
            Racer(
                "sgd", {"lr": 0.1}, schedule="cosine",
                schedule_settings={"T_max": 40.0, "eta_min": 1e-3},
            ),
        ),
        (
            "adam:gamma=.5,step_size=9,schedule=step,betas=.8,.9",
            Racer(
                "adam", {"beta1": 0.8, "beta2": 0.9}, schedule="step",
                schedule_settings={"gamma": 0.5, "step_size": 9.0},
            ),
        ),
        ("sgd:jog=2", Racer("sgd", jog=Jog(2.0))),
        ("sgd:jog=0", Racer("sgd")),
        ("sgd:jog=.5,patience=7,tolerance=.01,starts=12", Racer(
            "sgd", jog=Jog(0.5, 7, 0.01), starts=12
        )),
    ],
)  # fmt: skip
def test_a_racer_is_read(text: str, racer: Racer) -> None:
    assert parse_racer(text) == racer


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("sgd:schedule=linear", "'linear' is unknown; there are: constant, step, cosine, warmup"),
        ("sgd:T_max=30", "T_max"),
        ("sgd:schedule=step,step_size=2.5", "step:step_size: 2.5 is not a whole number"),
        ("sgd:schedule=step,gamma=x", "step:gamma: 'x' is not a number"),
        ("sgd:schedule=warmup,start_factor=0", "warmup:start_factor"),
        ("sgd:betas=.9,.99", "sgd: 'betas' is unknown; there are: lr, momentum"),
        ("adam:betas=.9", "adam:betas: '.9' must be 2 numbers"),
        ("sgd:patience=3", "give jog=RADIUS"),
        ("sgd:jog=wide", "sgd:jog: 'wide'"),
        ("sgd:starts=1.5", "sgd:starts: 1.5 is not a whole number"),
        ("sgd:starts=inf", "sgd:starts: inf is not a whole number"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(text: str, match: str) -> None:
    with pytest.raises(InputError, match=match):
        parse_racer(text)


def test_a_schedule_in_the_csv_is_torchs() -> None:
    done = CliRunner().invoke(
        cli,
        ["race", "--surface", "himmelblau", "--steps", "40", "--start", "-1.5,2", "--optimizer",
         "momentum:lr=.005,schedule=cosine,T_max=30"],
    )  # fmt: skip
    header, *rows = done.stdout.splitlines()
    assert header == "optimizer,step,x,y,loss,grad_x,grad_y"
    point = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([point], lr=0.005, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=30)
    for row in rows:
        x, y = map(float, row.split(",")[2:4])
        assert (x, y) == pytest.approx(tuple(point.tolist()), rel=1e-9)
        optimizer.zero_grad()
        SURFACES["himmelblau"].loss(point[0], point[1]).backward()
        optimizer.step()
        scheduler.step()


def test_json_tells_schedule_jog_and_the_best_of_all_trails(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli,
        ["race", "--surface", "himmelblau", "--steps", "200", "--json", "--optimizer",
         "sgd:lr=.01,jog=1.5,starts=8,schedule=step", "--png", str(tmp_path / "a.png")],
    )  # fmt: skip
    (racer,) = json.loads(done.stdout)["optimizers"]
    assert racer["schedule"] == {"name": "step", "step_size": 100, "gamma": 0.1}
    assert racer["rate"] == pytest.approx(1e-4)
    assert racer["jog"] == {"radius": 1.5, "patience": 20, "tolerance": 1e-3}
    best = racer["best"]
    minima = np.array(SURFACES["himmelblau"].minima)
    assert np.hypot(*(minima - [best["x"], best["y"]]).T).min() < 1e-2
    assert best["loss"] <= racer["loss"] and 0 <= best["trail"] < 8


def test_free_names_of_a_formula_take_their_values_from_parameter() -> None:
    done = CliRunner().invoke(
        cli,
        ["race", "--formula", "a*x^2 + b*sin(c*y)", "--parameter", "a=2", "--parameter", "b=-1.5",
         "--parameter", "c=0.5", "--start", "1,2", "--optimizer", "sgd:lr=.1", "--steps", "0"],
    )  # fmt: skip
    row = done.stdout.splitlines()[1].split(",")
    assert float(row[4]) == pytest.approx(2 - 1.5 * np.sin(1.0))
    assert [float(word) for word in row[5:]] == pytest.approx([4.0, -1.5 * 0.5 * np.cos(1.0)])


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        (["--formula", "x^2 + a*y"], "'a' at character 7"),
        (["--formula", "x^2", "--parameter", "x=1"], "'x'"),
        (["--formula", "x^2", "--parameter", "a=inf"], "a"),
        (["--formula", "x^2", "--parameter", "a-b=1"], "'a-b'"),
    ],
)
def test_bad_parameters_are_one_line_and_exit_2(capsys, arguments, match: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["race", *arguments, "--optimizer", "sgd", "--steps", "1"])
    captured = capsys.readouterr()
    assert ended.value.code == 2 and captured.out == ""
    assert match in captured.err and captured.err.count("\n") == 1
