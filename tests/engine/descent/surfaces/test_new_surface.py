"""A new surface is one function and one record; nothing else has to know it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from engine.__main__ import cli
from engine.descent.maps.fair_race import FairSpec, Strip, fair_race
from engine.descent.maps.landscape import LandscapeSpec, landscape
from engine.descent.maps.sweep import Axis
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec, hyper_of
from engine.descent.step.vectors import next_step
from engine.descent.surfaces.registry import SURFACES
from engine.export.race.script import script
from engine.optimizers.racer import Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.plain_descent import BOWL


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SURFACES, "bowl", BOWL)


def test_the_command_line_lists_and_races_it() -> None:
    listed = json.loads(CliRunner().invoke(cli, ["surfaces", "--json"]).stdout)
    assert (listed[-1]["name"], listed[-1]["rates"]) == ("bowl", {})
    assert "bowl" in CliRunner().invoke(cli, ["surfaces"]).stdout
    done = CliRunner().invoke(cli, ["race", "--surface", "bowl", "--steps", "9"])
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 1 + 3 * 10


def test_every_optimizer_races_on_it_at_its_own_rate() -> None:
    spec = RaceSpec("bowl", racers=tuple(map(Racer, OPTIMIZERS)), steps=40)
    first, *_, last = race(spec)
    assert (last.loss < first.loss).all()
    for index, racer in enumerate(spec.racers):
        assert hyper_of(racer, BOWL)["lr"] == OPTIMIZERS[racer.optimizer].defaults["lr"]
        assert next_step(spec, last, index).arrows


def test_it_has_a_map_strips_and_a_script() -> None:
    *_, drawn = landscape(LandscapeSpec("bowl", size=(40, 20)))
    assert drawn.loss.shape == (20, 40) and drawn.minima.tolist() == [[0, 0]]
    spec = FairSpec("bowl", racers=(Racer("sgd"),), lr=Axis(0.1, 0.3, 3), budget=60)
    (strip,) = (news for news in fair_race(spec) if isinstance(news, Strip))
    assert np.isfinite(strip.loss).all() and strip.lowest == 0
    assert "x ** 2 + 2 * y ** 2" in script(RaceSpec("bowl", racers=(Racer("sgd"),)))
