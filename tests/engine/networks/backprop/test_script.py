"""A net as a script, one weight in detail, and the lecture's nets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import InputError
from engine.networks.backprop.details import details_at
from engine.networks.backprop.moments import course_of
from engine.networks.backprop.presets import HAND, LIVELY, PARALYSED, WORKED
from engine.networks.backprop.script import script
from engine.networks.backprop.spec import BackpropSpec
from engine.networks.backprop.training import train
from engine.optimizers.racer import Racer


@pytest.mark.parametrize(
    "spec",
    [
        replace(WORKED, steps=3),
        replace(WORKED, steps=3, learn_biases=True, racer=Racer("adam"), eta=0.1),
        replace(HAND, steps=3, activation="tanh", racer=Racer("lbfgs"), eta=1.0),
        replace(HAND, steps=3, racer=Racer("sgd", {"nesterov": 1})),
        replace(HAND, steps=6, racer=Racer("adam", schedule="warmup"), eta=0.1),
        replace(HAND, steps=5, racer=Racer("lion"), eta=0.05),
        replace(HAND, steps=3, racer=Racer("line-search"), eta=4.0),
        replace(
            HAND,
            steps=5,
            racer=Racer("sgd", schedule="step", schedule_settings={"step_size": 2, "gamma": 0.5}),
        ),
        replace(HAND, steps=4, examples=HAND.examples * 2, batch=0, activation="relu"),
    ],
)
def test_the_script_prints_the_same_errors(
    spec: BackpropSpec, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(script(spec), "net.py", "exec"), {})
    printed = [float(line.split()[1]) for line in capsys.readouterr().out.splitlines()]
    assert printed == pytest.approx([update.error for update in train(spec)], abs=1e-10)


def test_newton_is_not_written_for_a_net() -> None:
    with pytest.raises(InputError):
        script(replace(HAND, racer=Racer("newton")))


def test_a_weight_is_told_as_far_as_it_is_computed() -> None:
    spec = replace(WORKED, racer=Racer("momentum"), steps=2)
    first, second = train(spec)
    course = course_of(spec)
    weight = (2, 0, 0)
    symbols = [line.symbol for line in details_at(course, first, 8, weight).lines]
    assert symbols == ["S_5", "o_5"]
    whole = details_at(course, second, course.ends[1], weight)
    assert whole.name == "w_3_5" and set(whole.state) == {"b"}
    assert whole.state["b"] == pytest.approx(first.backward.gradients[1][0, 0])
    assert [line.symbol for line in whole.lines][-2:] == ["b_new", "w_3_5_new"]
    assert details_at(course, first, 0, weight).lines == ()
    plain = replace(spec, racer=Racer("sgd"))
    assert details_at(course_of(plain), next(iter(train(plain))), 9, weight).state == {}


def test_the_paralysed_net_does_not_learn_and_the_other_does() -> None:
    stuck, lively = (list(train(spec)) for spec in (PARALYSED, LIVELY))
    assert max(stuck[0].gradient_norms) < 1e-4 < 0.1 < min(lively[0].gradient_norms)
    assert stuck[-1].error_after == pytest.approx(stuck[0].error, abs=1e-6)
    assert lively[-1].error_after < 0.01 * lively[0].error
