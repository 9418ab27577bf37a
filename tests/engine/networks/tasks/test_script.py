"""The script of a race prints what the race itself tells."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError
from engine.networks.tasks.data import shipped_digits
from engine.networks.tasks.fit import fit
from engine.networks.tasks.parameters import LOSSES
from engine.networks.tasks.script import PARAMETER_LOSSES, script
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Jog, Racer

PLAIN = FitSpec("xor", train_count=12, test_count=8, steps=6)
ADAM = Racer("adam", {"lr": 0.1}, schedule="cosine")


def printed(spec: FitSpec, capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    exec(compile(script(spec), "fit.py", "exec"), {})
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("optimizer,step,")
    return [line.split(",") for line in lines]


def numbers(cells: list[str]) -> list[float]:
    return [float(cell) if cell else np.nan for cell in cells]


@pytest.mark.parametrize(
    "spec",
    [
        PLAIN,
        replace(
            PLAIN, racers=(ADAM, Racer("lbfgs", {"lr": 0.1}), Racer("nesterov", {"momentum": 0}))
        ),
        replace(PLAIN, racers=(Racer("lion", {"lr": 0.05}), Racer("line-search"), Racer("sgd"))),
        replace(PLAIN, batch=5, decay=0.05, degree=3, hidden=(3, 2), activation="relu"),
        replace(PLAIN, patience=3, scale=4.0, steps=40, racers=(Racer("adam", {"lr": 0.3}),)),
        replace(PLAIN, activation="linear", hidden=(), painted=((0.5, 1.0, 1), (0.0, 0.0, 0))),
        FitSpec("regression", train_count=9, test_count=4, steps=5, degree=2, batch=4, seed=-3),
        FitSpec("moons", train_count=9, test_count=4, steps=5, activation="sigmoid", seed=7),
    ],
)
def test_the_script_prints_the_same_losses(
    spec: FitSpec, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, frames = printed(spec, capsys), list(fit(spec))
    assert len(rows) == len(frames) * len(spec.racers)
    for row, (racer, frame) in zip(
        rows, ((racer, frame) for racer in range(len(spec.racers)) for frame in frames), strict=True
    ):
        assert int(row[1]) == frame.step
        told = (
            frame.train_loss, frame.test_loss, frame.train_accuracy, frame.test_accuracy,
        )  # fmt: skip
        expected = [float(each[racer]) for each in told]
        assert numbers(row[2:]) == pytest.approx(expected, abs=1e-8, nan_ok=True)


@pytest.mark.parametrize("task", LOSSES)
def test_two_parameters_go_the_same_way(task: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert PARAMETER_LOSSES.keys() == LOSSES.keys()
    racers = (Racer("sgd", {"lr": 0.05}, start=(1.0, 2.0)), Racer("adam"), Racer("lion"))
    spec = FitSpec(task, racers=racers, steps=12, decay=0.1)
    rows, frames = printed(spec, capsys), list(fit(spec))
    for racer in range(len(racers)):
        for frame in frames:
            row = numbers(rows[racer * len(frames) + frame.step][2:])
            assert row[:2] == pytest.approx(frame.parameters[racer].astype(float), abs=1e-6)
            assert row[2] == pytest.approx(frame.train_loss[racer], abs=1e-10)


def test_digits_are_those_of_scikit_learn(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of which the program ships a copy; here that copy stands for it."""
    package, datasets = ModuleType("sklearn"), ModuleType("sklearn.datasets")

    def load_digits(*, return_X_y: bool) -> Any:
        assert return_X_y
        return shipped_digits()

    vars(datasets)["load_digits"] = load_digits
    monkeypatch.setitem(sys.modules, "sklearn", package)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", datasets)
    spec = FitSpec(
        "digits", racers=(Racer("sgd"),), steps=4, train_count=100, test_count=30, batch=30,
        noise=0.1,
    )  # fmt: skip
    for row, frame in zip(printed(spec, capsys), fit(spec), strict=True):
        assert numbers(row[2:4]) == pytest.approx(
            [frame.train_loss[0], frame.test_loss[0]], rel=1e-4
        )


def test_what_is_left_out_is_said_and_what_cannot_be_written_is_refused() -> None:
    jogged = replace(PLAIN, racers=(Racer("sgd", jog=Jog()), Racer("adam"), Racer("sgd", starts=3)))
    assert "left out: sgd, sgd-2." in script(jogged)
    mixed = script(replace(PLAIN, racers=(Racer("newton"), Racer("lion"))))
    assert "# newton is left out" in mixed and "class Lion" in mixed
    for spec in (replace(PLAIN, racers=(Racer("newton"),)), FitSpec("own", "task.py")):
        with pytest.raises(InputError):
            script(spec)
