"""The command line races on data: the same batches as torch's, and bad data is refused."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
import torch

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.spec import RaceSpec, sampler_of, surface_of


def test_the_table_is_torchs_path_on_the_batches(run) -> None:
    code, out, _ = run(
        *("race", "--surface", "line-fit", "--batch", "5", "--outlier", "2.3,-3", "--seed", "4"),
        *("--fixed-batches", "--examples", "12", "--data-seed", "7"),
        *("--optimizer", "momentum:lr=0.01", "--start", "-0.5,1", "--steps", "9"),
    )
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    data = DataSpec(12, seed=7, outlier=(2.3, -3.0), batch=5, reshuffle=False)
    spec = RaceSpec(surface="line-fit", data=data, seed=4)
    sampler = sampler_of(spec, surface_of(spec))
    point = torch.tensor([-0.5, 1.0], dtype=torch.float64, requires_grad=True)
    twin = torch.optim.SGD([point], lr=0.01, momentum=0.9)
    examples = sampler.fit.examples(data)
    assert examples.count == 13
    u, v = torch.from_numpy(examples.inputs.copy()), torch.from_numpy(examples.targets.copy())
    for step, row in enumerate(rows):
        assert [float(row["x"]), float(row["y"])] == pytest.approx(point.tolist(), rel=1e-11)
        loss = ((point[0] * u + point[1] - v) ** 2).mean() / 2
        assert float(row["loss"]) == pytest.approx(loss.item(), rel=1e-12)
        twin.zero_grad()
        batch = sampler.at(step).indices
        ((point[0] * u[batch] + point[1] - v[batch]) ** 2).mean().div(2).backward()
        used = [float(row["grad_x"]), float(row["grad_y"])]
        assert np.allclose(used, point.grad, rtol=1e-11)
        twin.step()


def test_summary_and_list_tell_the_data(run) -> None:
    code, out, _ = run("race", "--surface", "logistic-fit", "--online", "--steps", "1", "--json")
    assert code == 0
    assert json.loads(out)["data"]["online"] is True
    _, out, _ = run("surfaces", "--json")
    listed = {each["name"]: each for each in json.loads(out)}
    assert listed["line-fit"]["data"]["count"] == 24
    assert listed["rosenbrock"]["data"] is None
    _, out, _ = run("surfaces")
    assert "slope" in out and "logistic-fit" in out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--surface", "rosenbrock", "--batch", "5"), "rosenbrock"),
        (("--formula", "x^2", "--examples", "5"), "formula"),
        (("--surface", "line-fit", "--examples", "1"), "data count: 1"),
        (("--surface", "line-fit", "--batch", "-1"), "batch: -1"),
        (("--surface", "line-fit", "--outlier", "1"), "'1'"),
        (("--surface", "line-fit", "--outlier", "nan,1"), "outlier"),
        (("--surface", "logistic-fit", "--outlier", "-3,0.5"), "0.5 is no class"),
    ],
)
def test_bad_data_is_refused_in_one_line(words: tuple[str, ...], named: str, run) -> None:
    code, out, err = run("race", *words)
    assert (code, out) == (2, "")
    assert err.startswith("thalweg-engine: ") and named in err and err.count("\n") == 1
