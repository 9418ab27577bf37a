"""The table of a race: a row for each racer and step, as spreadsheets and scripts read it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.networks.tasks.fit import fit
from engine.networks.tasks.spec import FitSpec
from engine.networks.tasks.table import record, write, write_to
from engine.optimizers.racer import Racer, name_racers

SPEC = FitSpec("xor", racers=(Racer("sgd"), Racer("sgd"), Racer("adam")), steps=4)


def rows(spec: FitSpec) -> list[list[str]]:
    names = tuple(racer.name for racer in name_racers(spec.racers))
    stream = io.StringIO()
    write_to(record(names, fit(spec)), stream)
    return list(csv.reader(stream.getvalue().splitlines()))


def test_reading_gives_the_numbers_of_the_frames(tmp_path: Path) -> None:
    frames = list(fit(SPEC))
    write(record(("sgd", "sgd-2", "adam"), frames), tmp_path / "fit.csv")
    text = (tmp_path / "fit.csv").read_text(encoding="utf-8")
    head, *lines = csv.reader(text.splitlines())
    assert ",".join(head) == (
        "optimizer,step,train_loss,test_loss,train_accuracy,test_accuracy"
    )  # the contract of the command line
    assert len(lines) == 15
    assert [line[0] for line in lines[::5]] == ["sgd", "sgd-2", "adam"]
    assert [int(line[1]) for line in lines[:5]] == [0, 1, 2, 3, 4]
    for place, line in enumerate(lines):
        racer, step = divmod(place, 5)
        frame = frames[step]
        told = (frame.train_loss, frame.test_loss, frame.train_accuracy, frame.test_accuracy)
        assert [float(cell) for cell in line[2:]] == [float(each[racer]) for each in told]


def test_accuracies_of_numbers_are_empty_and_a_loss_that_is_none_is_said() -> None:
    wave = FitSpec("regression", racers=(Racer("sgd"),), steps=2)
    assert all(row[4:] == ["", ""] and float(row[3]) > 0 for row in rows(wave)[1:])
    lost = replace(wave, racers=(Racer("sgd", {"lr": 1e6}), Racer("adam")), steps=30)
    *_, frame = fit(lost)
    assert not np.isfinite(frame.train_loss[0])
    assert rows(lost)[31][2] in ("nan", "inf")


def test_a_name_that_a_spreadsheet_would_run_is_quoted() -> None:
    spec = replace(SPEC, racers=(Racer("sgd", name="=cmd()"), Racer("adam")), steps=1)
    assert [row[0] for row in rows(spec)[1::2]] == ["'=cmd()", "adam"]
