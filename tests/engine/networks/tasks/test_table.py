"""The table of a race: a row for each racer and step, as spreadsheets and scripts read it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.networks.tasks.fit import fit
from engine.networks.tasks.spec import FitSpec
from engine.networks.tasks.table import COLUMNS, rows, write, write_to
from engine.optimizers.racer import Racer

SPEC = FitSpec("xor", racers=(Racer("sgd"), Racer("sgd"), Racer("adam")), steps=4)


def test_reading_gives_the_numbers_of_the_frames(tmp_path: Path) -> None:
    frames = list(fit(SPEC))
    path = tmp_path / "fit.csv"
    write(SPEC, frames, path)
    head, *lines = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert tuple(head) == COLUMNS and len(lines) == 15
    assert [line[0] for line in lines[::5]] == ["sgd", "sgd-2", "adam"]
    assert [int(line[1]) for line in lines[:5]] == [0, 1, 2, 3, 4]
    for place, line in enumerate(lines):
        racer, step = divmod(place, 5)
        frame = frames[step]
        told = (frame.train_loss, frame.test_loss, frame.train_accuracy, frame.test_accuracy)
        assert [float(cell) for cell in line[2:]] == [float(each[racer]) for each in told]


def test_what_a_task_has_not_is_empty_and_a_diverged_loss_is_said() -> None:
    wave = FitSpec("regression", racers=(Racer("sgd"),), steps=2)
    assert all(row[4:] == ("", "") and row[3] != "" for row in rows(wave, fit(wave)))
    lost = replace(wave, racers=(Racer("sgd", {"lr": 1e6}), Racer("adam")), steps=30)
    *_, frame = fit(lost)
    assert not np.isfinite(frame.train_loss[0])
    found = list(rows(lost, fit(lost)))
    assert found[30][2:] in (("nan", "nan", "", ""), ("inf", "inf", "", ""))
    assert list(rows(lost, ())) == []


@pytest.mark.parametrize("name", ["=cmd()", "plain"])
def test_a_name_that_a_spreadsheet_would_run_is_quoted(name: str) -> None:
    spec = replace(SPEC, racers=(Racer("sgd", name=name),), steps=1)
    stream = io.StringIO()
    write_to(spec, fit(spec), stream)
    assert ("'=cmd()" in stream.getvalue()) == (name == "=cmd()")
