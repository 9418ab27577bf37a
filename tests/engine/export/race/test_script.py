"""A race copied as PyTorch runs as it is and gives the same path."""

from __future__ import annotations

import csv
import io
import math
import subprocess
import sys
from dataclasses import replace

import pytest
import torch

from engine.descent.data_fit.dataset import DataSpec
from engine.descent.race.recording import record
from engine.descent.race.run import race
from engine.descent.race.spec import RaceSpec
from engine.descent.surfaces.formula import Formula
from engine.descent.surfaces.registry import SURFACES
from engine.errors import FormulaError, InputError
from engine.export.race.script import as_torch, script
from engine.optimizers.racer import Jog, Racer
from engine.optimizers.registry import OPTIMIZERS
from tests.plain_descent import PLAIN

EVERY = tuple(Racer(name, {"max_iter": 3} if name == "lbfgs" else {}) for name in OPTIMIZERS)
SPECS = {
    "every optimizer": RaceSpec(
        surface="himmelblau",
        racers=EVERY,
        steps=40,
    ),
    "every optimizer on Rosenbrock": RaceSpec(racers=EVERY, steps=40),
    "every optimizer on a saddle": RaceSpec(surface="saddle", racers=EVERY, steps=15),
    "every optimizer on a formula": RaceSpec(
        formula="sin(x)*cos(2y) + 0.1*(x^2 + y^2)", start=(2.0, 1.5), racers=EVERY, steps=40
    ),
    "every optimizer over batches": RaceSpec(
        surface="logistic-fit", data=DataSpec(batch=6), racers=EVERY, steps=30, noise=0.01
    ),
    "own rules with all that they take": RaceSpec(
        surface="beale",
        racers=(
            Racer("newton", {"damping": 0.1, "saddle_free": 0.0, "lr": 0.5}, schedule="cosine"),
            Racer("lion", {"weight_decay": 0.1, "beta1": 0.8}, schedule="step", starts=2),
            Racer("line-search", {"shrink": 0.7, "decrease": 0.3}, jog=Jog(0.5, patience=5)),
            Racer("line-search", start=(1.0, 0.0)),
        ),
        steps=40,
        noise=0.05,
    ),
    "noise, starts and repeated names": RaceSpec(
        surface="himmelblau",
        racers=(Racer("sgd"), Racer("sgd", {"momentum": 0.5}, start=(1.0, -2.0)), Racer("adam")),
        steps=30,
        noise=2.0,
        seed=5,
    ),
    "quadratic": RaceSpec(
        surface="quadratic", parameters={"condition": 7.0, "rotation": 20.0}, steps=20
    ),
    "moved minimum": RaceSpec(surface="rosenbrock", parameters={"a": 0.5}, steps=20),
    "formula": RaceSpec(
        formula="-a*x^2 + max(x, 3)*sin(y)^2 + pi",
        parameters={"a": -0.3},
        start=(0.5, 1.0),
        steps=20,
    ),
    "flat": RaceSpec(formula="7", steps=2),
    "schedules": RaceSpec(
        surface="himmelblau",
        racers=(
            Racer("nesterov", schedule="step", schedule_settings={"step_size": 5.0, "gamma": 0.5}),
            Racer("adam", schedule="cosine", schedule_settings={"T_max": 20.0, "eta_min": 1e-3}),
            Racer("rmsprop", schedule="warmup"),
        ),
        steps=50,
    ),
    "jog, further starts and noise": RaceSpec(
        surface="himmelblau",
        racers=(
            Racer("sgd", {"lr": 0.01}, jog=Jog(radius=2.0, patience=5), starts=3),
            Racer("momentum", jog=Jog(radius=1.0, patience=8, tolerance=0.01), schedule="cosine"),
            Racer("lbfgs", {"max_iter": 2}, jog=Jog(radius=1.0, patience=4)),
            Racer("adam", starts=2),
        ),
        steps=60,
        noise=0.1,
        seed=11,
    ),
}
for _name, _data in {
    "line, reshuffled": DataSpec(batch=5, outlier=(2.3, -3.0)),
    "line, fixed": DataSpec(count=10, batch=4, reshuffle=False, seed=3),
    "line, full": DataSpec(),
    "line, online": DataSpec(batch=3, online=True, outlier=(2.0, -3.0), count=7),
}.items():
    _racers = (Racer("sgd"), Racer("momentum"), Racer("adam"))
    SPECS[_name] = RaceSpec(surface="line-fit", data=_data, racers=_racers, steps=30, seed=-4)
    _labels = replace(_data, outlier=(-3.5, 1.0) if _data.outlier else None)
    SPECS[_name.replace("line", "logistic", 1)] = RaceSpec(
        surface="logistic-fit", data=_labels, racers=(*_racers, Racer("nesterov")), steps=30
    )
RUN = """
import pathlib, runpy
for path in sorted(pathlib.Path().glob("race-*.py")):
    print("##")
    runpy.run_path(str(path), run_name="__main__")
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """What the script of every spec prints; one process, for importing torch takes long."""
    folder = tmp_path_factory.mktemp("scripts")
    for place, spec in enumerate(SPECS.values()):
        (folder / f"race-{place:02}.py").write_text(script(spec), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stderr == "", done.stderr
    _, *texts = done.stdout.split("##\n")
    return {
        name: list(csv.reader(io.StringIO(text))) for name, text in zip(SPECS, texts, strict=True)
    }


@pytest.mark.parametrize("name", SPECS)
def test_the_script_gives_the_path_of_the_race(name: str, printed) -> None:
    spec = SPECS[name]
    result = record(spec, race(spec))
    paths = [*result.position.swapaxes(0, 1)]  # the racers' own, then those from further starts
    names = list(result.names)
    for racer, others in zip(result.names, result.others, strict=True):
        paths += [*others.swapaxes(0, 1)]
        names += [f"{racer} from start {number + 2}" for number in range(others.shape[1])]
    header, *rows = printed[name]
    assert header == ["optimizer", "step", "x", "y", "loss"]
    assert len(rows) == len(paths) * (spec.steps + 1)
    for place, (racer, step, *numbers) in enumerate(rows):
        column, expected_step = divmod(place, spec.steps + 1)
        assert (racer, int(step)) == (names[column], expected_step)
        found = [float(number) for number in numbers]
        expected = paths[column][expected_step]
        assert found[:2] == pytest.approx(expected, rel=1e-9, abs=1e-9), (racer, step)
        if column < len(spec.racers):
            loss = result.loss[expected_step, column]
            assert found[2] == pytest.approx(loss, rel=1e-9, abs=1e-9)
        if int(step) == spec.steps:
            assert found[:2] == pytest.approx(expected, rel=1e-12, abs=1e-12), racer


def test_every_surface_can_be_written() -> None:
    for name in SURFACES:
        compile(script(RaceSpec(surface=name)), name, "exec")


def test_a_rule_that_nobody_has_written_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nobody = replace(PLAIN, name="nobody", title="Nobody's", twin="")
    monkeypatch.setitem(OPTIMIZERS, "nobody", nobody)
    text = script(RaceSpec(racers=(Racer("nobody"), Racer("sgd"))))
    assert "# nobody is left out: torch.optim has no such class." in text
    assert "race('nobody'" not in text and "race('sgd'" in text
    with pytest.raises(InputError, match="Nobody's"):
        script(RaceSpec(racers=(Racer("nobody"),)))


def test_a_script_of_torchs_own_rules_has_no_class_of_ours() -> None:
    text = script(RaceSpec(racers=(Racer("sgd"), Racer("adam"))))
    assert "class" not in text and "value_at" not in text
    assert script(RaceSpec(racers=(Racer("lion"), Racer("lion")))).count("class Lion") == 1


def test_hostile_formulas_never_reach_the_script() -> None:
    for text in ("__import__('os')", "x.__class__", "foo(x)", "lambda: x"):
        with pytest.raises(FormulaError):
            as_torch(text, {})
    name = '"); import os #'
    text = script(RaceSpec(racers=(Racer("sgd", {}, name),), steps=1))
    assert repr(name) in text
    compile(text, "race", "exec")


@pytest.mark.parametrize("text", ["(x - 3)^(2/3)", "∛x + pow(y, -5/3)", "2x² + lambda*|y|"])
def test_roots_and_typed_signs_are_written_as_they_were_understood(text: str) -> None:
    values = {"lambda": 2.0} if "lambda" in text else {}
    x, y = torch.tensor([[-8.0, 1.5], [-1.0, 2.0]], dtype=torch.float64)
    written = eval(as_torch(text, values), {"torch": torch, "math": math, "x": x, "y": y})
    assert torch.allclose(written, Formula(text, tuple(values))(x, y, **values))
