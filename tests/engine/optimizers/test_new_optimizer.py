"""A new optimizer is two functions and one record; nothing else has to know it."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from engine.__main__ import cli
from engine.descent.maps.basins import BasinSpec, basins
from engine.descent.maps.fair_race import FairSpec, Strip, fair_race
from engine.descent.maps.sweep import Axis
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.step.numbers import compute_step, gap
from engine.descent.step.vectors import next_step
from engine.detection.models import builders
from engine.export.race.script import script
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from engine.training.spec import TrainSpec
from engine.training.updates.optimization import make_optimizer
from tests.engine.training.test_trainer import TINY
from tests.plain_descent import PLAIN


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPTIMIZERS, "plain", PLAIN)


def test_the_command_line_lists_and_races_it() -> None:
    listed = json.loads(CliRunner().invoke(cli, ["optimizers", "--json"]).stdout)
    assert listed[-1]["name"] == "plain"
    assert listed[-1]["defaults"] == {"lr": 0.02, "beta1": 0.0, "weight_decay": 0}
    assert "plain" in CliRunner().invoke(cli, ["optimizers"]).stdout
    words = ["race", "--surface", "booth", "--steps", "9", "--json", "--optimizer"]
    done = CliRunner().invoke(cli, [*words, "plain:beta1=.5", "--optimizer", "sgd"])
    plain, _ = json.loads(done.stdout)["optimizers"]
    assert plain["settings"] == {"lr": 0.02, "beta1": 0.5, "weight_decay": 0}


def test_it_races_sweeps_its_rate_and_colours_basins() -> None:
    racers = (Racer("plain", {"lr": 0.03}), Racer("sgd", {"lr": 0.03}))
    *_, last = race(RaceSpec("booth", racers=racers, steps=20))
    assert np.allclose(last.position[0], last.position[1], rtol=1e-12)
    spec = FairSpec("booth", racers=racers, lr=Axis(0.01, 0.1, 4), budget=20)
    plain, sgd = (news for news in fair_race(spec) if isinstance(news, Strip))
    assert np.allclose(plain.loss, sgd.loss) and (plain.steps == 20).all()
    *_, coloured = basins(BasinSpec("booth", racer=Racer("plain"), size=9, steps=200))
    assert (coloured.label >= 0).any()


def test_a_step_has_its_vectors_and_its_formula() -> None:
    spec = RaceSpec("booth", racers=(Racer("plain", {"beta1": 0.5}),), steps=5)
    frames = list(race(spec))
    numbers = compute_step(spec, frames[3], 0)
    assert [line.symbol for line in numbers.lines] == ["m_new", "reach", "x_new"]
    assert [line.symbol for line in numbers.given] == ["x", "g", "m"]
    assert gap(numbers, frames[4], 0) < 1e-12
    vectors = next_step(spec, frames[3], 0)
    assert [arrow.role for arrow in vectors.arrows] == ["direction", "average", "step"]
    assert vectors.region is not None and vectors.region.symbol == "reach"


def test_its_twin_writes_the_script_and_trains() -> None:
    spec = RaceSpec("booth", racers=(Racer("plain"),), steps=3)
    assert "torch.optim.SGD(p, lr=0.02, weight_decay=0)" in script(spec)
    model = builders.build(TINY)
    made = make_optimizer(model, TrainSpec(data="shapes", optimizer="plain:weight_decay=.1"))
    assert isinstance(made, torch.optim.SGD)
    assert (made.param_groups[0]["lr"], made.param_groups[0]["weight_decay"]) == (0.02, 0.1)
