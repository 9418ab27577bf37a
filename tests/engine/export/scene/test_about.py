"""The text beside a figure: a race can be run again from it."""

from __future__ import annotations

from engine.descent.race.spec import RaceSpec
from engine.export.scene.about import about
from engine.optimizers.racer import Jog, Racer

VIEW = (-5.0, 5.0, -5.0, 5.0)


def test_every_hyper_parameter_is_told() -> None:
    spec = RaceSpec(
        surface="himmelblau",
        racers=(
            Racer("adam", {"lr": 0.0123456789, "beta1": 0.8}, starts=4),
            Racer("sgd", {"lr": 1 / 3}, schedule="cosine", jog=Jog(radius=1.5)),
        ),
        start=(0.5, -0.25),
        noise=0.125,
        seed=7,
        steps=40,
    )
    told = about(spec, 12, VIEW, names=("Adam", "SGD")).splitlines()
    assert told[0].startswith("Himmelblau: f(x, y) = ")
    assert "(0.5, -0.25); step 12 of 40" in told[2] and "0.125; seed 7" in told[3]
    assert told[4].startswith("Adam: lr = 0.0123456789, betas = (0.8, 0.999)")
    assert told[4].endswith("4 starts.")
    assert told[5].startswith(f"SGD: lr = {1 / 3!r}") and "schedule cosine" in told[5]
    assert "radius = 1.5" in told[5] and len(told) == 6


def test_data_and_parameters_are_told() -> None:
    told = about(RaceSpec(surface="quadratic", racers=(Racer("sgd"),)), 0, VIEW)
    assert "Parameters: condition = " in told
    fitted = about(RaceSpec(surface="line-fit", racers=(Racer("sgd"),)), 0, VIEW)
    assert "Data: " in fitted and "batch" in fitted
