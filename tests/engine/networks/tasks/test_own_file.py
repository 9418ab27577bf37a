"""The user's own Python file: raced in a process of its own, and every way in which it is wrong."""

from __future__ import annotations

import copy
import json
import os
import signal
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine.errors import MESSAGES, InputError
from engine.networks.tasks.own import process
from engine.networks.tasks.own.race import accuracy, race
from engine.networks.tasks.own_file import TEMPLATE, check_own, own_fit, own_frames
from engine.networks.tasks.spec import FitSpec
from engine.optimizers.batches import batch_at
from engine.optimizers.racer import Racer
from tests.deadlines import scaled

LINEAR = """
import torch
from torch import nn

def task():
    inputs = torch.linspace(-1, 1, 12).reshape(6, 2)
    targets = inputs.sum(1, keepdim=True)
    return nn.Linear(2, 1), (inputs, targets), {loss}
"""


def written(folder: Path, text: str) -> str:
    path = folder / "my task.py"
    path.write_text(text, encoding="utf-8")
    return str(path)


def request(path: str, **more: Any) -> dict[str, Any]:
    racer = {
        "twin": "SGD", "arguments": {"lr": 0.1}, "schedule": "constant", "schedule_settings": {},
    }  # fmt: skip
    base = {"file": path, "racers": [racer], "steps": 3, "seed": 0, "batch": 0}
    return {**base, "decay": 0.0, "patience": 0, **more}


def told(folder: Path, text: str) -> InputError:
    """What the process of a file would tell, without the cost of a process."""
    path, line = written(folder, text), 1
    try:
        task = process.load(path, 0)
        line = task.line
        race(task, request(path), lambda message: None)
    except BaseException as error:
        message = json.loads(json.dumps(process.explain(error, path, line)))
        return InputError(message["code"], path=path, **message["fields"])
    raise AssertionError("the file is good")


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("x = 1\nraise ValueError('no\\ndata')\n", "own.raised", 2, "ValueError: no data"),
        ("def task(:\n", "own.raised", 1, "SyntaxError"),
        ("import sys\n\nsys.exit(3)\n", "own.raised", 3, "SystemExit: 3"),
        ("def task():\n    return missing\n", "own.raised", 2, "'missing' is not defined"),
        ("import nowhere_at_all\n", "own.raised", 1, "ModuleNotFoundError"),
        ("x = 1\ny = 2\n", "own.no_task", 2, "task()"),
        ("\ndef task():\n    return 7\n", "own.returned", 2, "returned int"),
        (LINEAR.format(loss="None"), "own.returned", 5, "(Linear, (Tensor 6x2, Tensor 6x1), None"),
        (LINEAR.format(loss="lambda o, t: o"), "own.loss", 5, "Tensor 6x1"),
        (LINEAR.format(loss="lambda o, t: 3.5"), "own.loss", 5, "float"),
        (LINEAR.format(loss="lambda o, t: o.detach().mean()"), "own.loss", 5, "Tensor"),
        (LINEAR.format(loss="lambda o, t: (o / 0 * 0).mean()"), "own.not_finite", 5, "nan"),
        (LINEAR.format(loss="lambda o, t: o.nothing"), "own.raised", 8, "AttributeError"),
        (LINEAR.format(loss="nn.CrossEntropyLoss(torch.ones(7))"), "own.raised", 5, "RuntimeError"),
        (LINEAR.format(loss="nn.MSELoss()").replace("Linear(2, 1)", "Tanh()"),
         "own.no_weights", 5, "weights"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence_with_file_and_line(
    tmp_path: Path, text: str, code: str, line: int, words: str
) -> None:
    error = told(tmp_path, text)
    assert error.code == code
    assert str(error).startswith(f"{tmp_path / 'my task.py'}, line {line}: ")
    assert words in str(error) and "\n" not in str(error)


def test_the_template_is_learned_like_torch_itself(tmp_path: Path) -> None:
    path = written(tmp_path, "print('x' * 100_000)\n" + TEMPLATE)
    racers = (Racer("sgd", {"lr": 0.5}), Racer("nesterov", {"momentum": 0}))
    spec = FitSpec("own", path, racers, steps=20, seed=5)
    frames = list(own_fit(spec))
    assert [frame.step for frame in frames] == list(range(21))
    last = frames[-1]
    assert last.parameters.shape == (2, 0) and last.gradient_norms.shape == (2, 2)
    assert last.update_ratios.shape == (2, 2) and last.saturated.shape == (2, 1)
    assert np.isnan(frames[0].update_ratios).all() and (last.update_ratios > 0).all()

    torch.manual_seed(5)
    task: dict[str, Any] = {}
    exec(compile(TEMPLATE, "template", "exec"), task)
    module, (inputs, targets), test, loss = task["task"]()
    optimizer = torch.optim.SGD(module.parameters(), lr=0.5)
    for frame in frames:
        value = loss(module(inputs), targets)
        assert frame.train_loss[0] == pytest.approx(value.item(), rel=1e-5)
        assert frame.test_loss[0] == pytest.approx(loss(module(test[0]), test[1]).item(), rel=1e-5)
        right = ((module(inputs) > 0) == (targets > 0.5)).double().mean()
        assert frame.train_accuracy[0] == pytest.approx(right.item())
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
    norms = [
        sum((each.grad**2).sum() for each in module[place].parameters()) ** 0.5 for place in (0, 2)
    ]
    assert last.gradient_norms[0] == pytest.approx([norm.item() for norm in norms], rel=1e-4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("while True:\n    print('x' * 1000)\n", ("line", "no answer for 1")),
        ("import os\nos.kill(os.getpid(), 9)\n", ("SIGKILL",)),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_what_ends_or_hangs_the_process_is_told(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(InputError) as caught:
        list(own_fit(FitSpec("own", written(tmp_path, text)), silent_s=1.0))
    assert all(word in str(caught.value) for word in words)


@pytest.mark.skipif(os.name != "posix", reason="reads process numbers")
def test_closing_ends_a_file_that_would_run_for_ever(tmp_path: Path) -> None:
    text = "import os\nopen('number', 'w').write(str(os.getpid()))\nwhile True:\n    print(1)\n"
    spec, number = FitSpec("own", written(tmp_path, text)), tmp_path / "number"
    with closing(own_frames(spec)) as frames:
        for frame in frames:
            assert frame is None
            if number.exists() and number.read_text():
                break
    with pytest.raises(ProcessLookupError):
        os.kill(int(number.read_text()), signal.SIG_DFL)


def test_a_spec_that_cannot_run_starts_no_process(tmp_path: Path) -> None:
    path = written(tmp_path, TEMPLATE)
    for spec, code in (
        (FitSpec("own"), "own.no_file"),
        (FitSpec("own", str(tmp_path / "none.py")), "file.missing"),
        (FitSpec("own", path, racers=()), "race.no_optimizer"),
        (FitSpec("own", path, steps=-1), "value.out_of_range"),
        (FitSpec("own", path, batch=-2), "value.out_of_range"),
        (FitSpec("own", path, (Racer("sgd", starts=5),)), "own.one_start"),
        (FitSpec("own", path, (Racer("lion"),)), "train.no_twin"),
        (FitSpec("own", path, (Racer("lbfgs"),)), "train.needs_closure"),
        (FitSpec("own", path, (Racer("sgd", {"speed": 1}),)), "value.unknown_key"),
    ):
        with pytest.raises(InputError) as caught:
            check_own(spec)
        assert caught.value.code == code
    assert {"own.raised", "own.silent", "own.ended"} <= MESSAGES.keys()


def test_early_stopping_goes_back_to_the_least_test_loss(tmp_path: Path) -> None:
    text = LINEAR.replace("(inputs, targets), {loss}", "(inputs, targets), test, nn.MSELoss()")
    text = text.replace("    return", "    test = inputs, targets * 0 + 0.5\n    return")
    path, sent = written(tmp_path, text), list[dict[str, Any]]()
    race(process.load(path, 1), request(path, steps=60, patience=5), sent.append)
    tested = [message["test_loss"][0] for message in sent]
    assert sent[-1]["state"] == ["stopped"]
    assert tested[-1] == pytest.approx(min(tested)) and max(tested) > min(tested)


def test_what_runs_away_has_diverged_and_is_left_alone(tmp_path: Path) -> None:
    path, sent = written(tmp_path, LINEAR.format(loss="nn.MSELoss()")), list[dict[str, Any]]()
    wild = {**request(path)["racers"][0], "arguments": {"lr": 1e6}}
    race(process.load(path, 1), request(path, steps=30, racers=[wild]), sent.append)
    assert len(sent) == 31 and sent[-1]["state"] == ["diverged"]


def test_a_decay_pulls_at_weights_but_not_at_biases(tmp_path: Path) -> None:
    path = written(tmp_path, LINEAR.format(loss="lambda o, t: o.sum() * 0"))
    sent: list[dict[str, Any]] = []
    task = process.load(path, 1)
    assert isinstance(task.module, nn.Linear)
    race(task, request(path, decay=0.5), sent.append)
    length = float(task.module.weight.detach().norm())
    assert sent[0]["gradient_norms"][0][0] == pytest.approx(0.5 * length, rel=1e-6)


def test_a_minibatch_is_the_one_that_nets_of_other_tasks_see(tmp_path: Path) -> None:
    path, sent = written(tmp_path, LINEAR.format(loss="nn.MSELoss()")), list[dict[str, Any]]()
    task = process.load(path, 1)
    race(task, request(path, batch=4, steps=0), sent.append)
    chosen = batch_at(0, 0, 6, 4)
    module = copy.deepcopy(task.module)
    nn.MSELoss()(module(task.inputs[chosen]), task.targets[chosen]).backward()
    length = sum(float(each.grad.square().sum()) for each in module.parameters()) ** 0.5
    assert sent[0]["gradient_norms"][0][0] == pytest.approx(length, rel=1e-5)


def test_accuracy_where_the_targets_are_classes() -> None:
    outputs = torch.tensor([[2.0, 1.0], [0.0, 1.0], [3.0, 0.0]])
    assert accuracy(nn.CrossEntropyLoss(), outputs, torch.tensor([0, 1, 1])) == pytest.approx(2 / 3)
    assert np.isnan(accuracy(nn.MSELoss(), outputs, outputs))
    assert accuracy(nn.BCELoss(), torch.tensor([0.4, 0.9]), torch.tensor([0.0, 0.0])) == 0.5
    assert np.isnan(accuracy(SimpleNamespace(), outputs[:, 0], torch.zeros(3)))


def test_a_lane_stops_a_file_that_computes(tmp_path: Path) -> None:
    from engine.jobs import Lane, State

    lane = Lane("own")
    spec = FitSpec("own", written(tmp_path, "while True:\n    pass\n"))
    job = lane.start(lambda: own_frames(spec), increment=lambda frame: frame.step)
    job.cancel()
    assert lane.close(scaled(10)) and job.take().state is State.CANCELLED
