"""What becomes of the racers when they are changed, and when they get another surface or task."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from engine.descent.race.spec import RaceSpec
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.racer import Racer
from engine.specs import from_json, to_json
from gui.descent import setup as surfaces
from gui.networks.tasks import setup as tasks
from gui.racing.entries import racer_title
from gui.racing.race_setup import RaceSetup, with_added, with_enabled, without


def on_another(racers: tuple[Racer, ...]) -> list[RaceSetup]:
    """The racers of a file, on another surface and on another task than the file's."""
    raced = surfaces.setup_of(RaceSpec(racers=racers))
    fitted = tasks.setup_of(FitSpec("product", racers=racers))
    return [surfaces.with_surface(raced, "rosenbrock"), tasks.with_task(fitted, "moons")]


def test_names_that_tell_the_old_rate_go_with_it(qapp: QApplication) -> None:
    racers = (
        Racer("sgd", {"lr": 0.1}, name="sgd 0.1"),
        Racer("sgd", {"lr": 0.3}, name="sgd lr=.3"),
        Racer("adam", {"lr": 1e-3, "beta1": 0.5}, name="adam-1e-3"),
    )
    for setup in on_another(racers):
        assert [entry.racer.name for entry in setup.entries] == ["sgd", "sgd-2", "adam"]
        assert [racer_title(entry) for entry in setup.entries] == ["SGD", "SGD 2", "Adam"]
        assert setup.entries[2].racer.settings == {"beta1": 0.5}


@pytest.mark.parametrize("name", ["sgd of the exam", "sgd 0.2", "quick", "sgd 0.1 with noise"])
def test_names_that_somebody_gave_stay(name: str) -> None:
    """A number that is not the rate is somebody's, too."""
    for setup in on_another((Racer("sgd", {"lr": 0.1}, name=name), Racer("sgd"))):
        assert [entry.racer.name for entry in setup.entries] == [name, "sgd"]


def test_the_looks_of_racers_stay_theirs_when_others_come_and_go() -> None:
    setup = surfaces.setup_of(RaceSpec(racers=(Racer("sgd"), Racer("adam"), Racer("adam"))))
    looks = {entry.racer.name: entry.look for entry in setup.entries}
    assert len(set(looks.values())) == 3
    setup = without(setup, "adam")
    assert {entry.racer.name: entry.look for entry in setup.entries} == {
        "sgd": looks["sgd"], "adam-2": looks["adam-2"]
    }  # fmt: skip
    setup, name = with_added(setup, Racer("adam"))
    assert name == "adam"
    assert {entry.racer.name: entry.look for entry in setup.entries} == looks


def test_a_look_is_the_optimizers_in_any_order_and_in_a_saved_race() -> None:
    racers = (Racer("sgd"), Racer("lion"), Racer("sgd", {"lr": 0.1}), Racer("adam"))
    setup = surfaces.setup_of(RaceSpec(racers=racers))
    looks = {entry.racer.name: entry.look for entry in setup.entries}
    named = setup.spec().racers
    turned = surfaces.setup_of(RaceSpec(racers=named[::-1]))
    assert {entry.racer.name: entry.look for entry in turned.entries} == looks
    # The first SGD rests when it is saved: the second keeps its look.
    resting = with_enabled(setup, "sgd", False)
    opened = surfaces.setup_of(from_json(to_json(resting.spec()), RaceSpec))
    assert [entry.look for entry in opened.entries] == [looks[n] for n in ("lion", "sgd-2", "adam")]
    fitted = tasks.setup_of(FitSpec("product", racers=racers))
    assert {entry.racer.name: entry.look for entry in fitted.entries} == looks
