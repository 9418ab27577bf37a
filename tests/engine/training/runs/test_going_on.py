"""Kills, crashes of the computer, forks: a run that goes on equals one that was never stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.detection.models import builders, weight_files
from engine.errors import InputError, ModelError
from engine.specs import to_json
from engine.training.runs import checkpoints, finite, fork, kept_states, run_folder, training_state
from engine.training.runs.random_state import RandomState
from engine.training.runs.requests import Requests
from engine.training.spec import TrainSpec
from engine.training.trainer import resumed, train
from tests.engine.training.runs.conftest import SPEC
from tests.engine.training.test_trainer import TINY, facts, lines

KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from engine.specs import from_json
from engine.training import initialization
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.test_trainer import TINY
torch.set_num_threads(1)
initialization.ARCHITECTURES["shapes"] = TINY
for frame in train(from_json(sys.argv[2], TrainSpec), Path(sys.argv[1])):
    if frame.step == 3 and frame.losses:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def equal_states(one: Path, other: Path) -> bool:
    for name in (training_state.WEIGHTS, training_state.TRAINING):
        first, second = load_file(one / name), load_file(other / name)
        if set(first) != set(second) or not all(torch.equal(first[k], second[k]) for k in first):
            return False
    return True


def cut(file: Path) -> None:
    """As a crash of the computer leaves a file that was not on the disk yet."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def test_a_run_killed_and_resumed_equals_one_that_was_not(
    undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "killed"
    command = [sys.executable, "-c", KILLED, str(out), to_json(SPEC)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert kept_states.step_of(out / "last") == 2
    assert [line["step"] for line in lines(out / "metrics.jsonl")] == [1, 2, 3]
    list(train(resumed(out), out, resume=True))
    assert facts(out / "metrics.jsonl") == facts(undisturbed / "metrics.jsonl")
    assert equal_states(out / "last", undisturbed / "last")


@pytest.mark.parametrize("file", [training_state.WEIGHTS, training_state.TRAINING, "state.json"])
def test_a_checkpoint_that_is_cut_falls_back_to_the_one_before_and_says_so(
    undisturbed: Path, finished: Path, file: str
) -> None:
    cut(finished / "last" / file)
    going = train(resumed(finished), finished, resume=True)
    first = next(frame for frame in going if frame.reading is None)
    assert first.step == 4
    assert "step 4" in first.note and str(finished / "last") in first.note
    list(going)
    assert facts(finished / "metrics.jsonl") == facts(undisturbed / "metrics.jsonl")
    assert equal_states(finished / "last", undisturbed / "last")


def test_where_no_checkpoint_is_whole_that_is_said(finished: Path) -> None:
    for state in (
        "last",
        "last.old",
        *(f"states/{p.name}" for p in (finished / "states").iterdir()),
    ):
        (finished / state / "state.json").write_text("{")
    with pytest.raises(ModelError, match="broken"):
        next(train(resumed(finished), finished, resume=True))


@pytest.mark.parametrize("step", [2, 4])
def test_a_fork_has_the_same_past_and_the_same_future(
    undisturbed: Path, tmp_path: Path, step: int
) -> None:
    out = tmp_path / "fork"
    assert fork.begin(undisturbed, out, SPEC, step=step) == step
    past = [line for line in lines(undisturbed / "metrics.jsonl") if line["step"] <= step]
    assert lines(out / "metrics.jsonl") == past
    list(train(resumed(out), out, resume=True))
    assert facts(out / "metrics.jsonl") == facts(undisturbed / "metrics.jsonl")
    assert equal_states(out / "last", undisturbed / "last")
    origin = json.loads((out / "origin.json").read_text())
    assert origin == {"run": str(undisturbed.resolve()), "step": step}


def test_a_fork_with_another_rate_leaves_its_run_alone(finished: Path, tmp_path: Path) -> None:
    before = facts(finished / "metrics.jsonl")
    slower = replace(SPEC, optimizer="adamw:lr=1e-5")
    fork.checked(finished, slower)
    fork.begin(finished, tmp_path / "fork", slower, step=2)
    list(train(resumed(tmp_path / "fork"), tmp_path / "fork", resume=True))
    after = facts(tmp_path / "fork" / "metrics.jsonl")
    assert after[:2] == before[:2]
    assert after[2]["lr"] == pytest.approx(1e-5) and after[3]["loss"] != before[3]["loss"]
    assert facts(finished / "metrics.jsonl") == before


def test_what_cannot_be_forked_is_said(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"step 3 to fork; there are: 2, 4, 5"):
        fork.begin(finished, tmp_path / "fork", SPEC, step=3)
    with pytest.raises(InputError, match="adamw"):
        fork.checked(finished, replace(SPEC, optimizer="sgd:lr=0.1"))
    with pytest.raises(InputError, match="holds a training"):
        fork.begin(finished, finished, SPEC)
    assert not (tmp_path / "fork").exists()


def test_older_checkpoints_go_and_the_best_stays(finished: Path) -> None:
    checkpoints.prune(finished, keep_last=1, best=2)
    assert sorted(path.stem for path in (finished / "checkpoints").iterdir()) == [
        "step-000002",
        "step-000005",
    ]
    assert sorted(path.name for path in (finished / "states").iterdir()) == [
        "step-000002",
        "step-000005",
    ]


def test_a_run_of_another_version_is_refused(finished: Path) -> None:
    state = finished / "last" / "state.json"
    kept = state.read_text()
    state.write_text(kept.replace('"version": 1', '"version": 2'))
    with pytest.raises(InputError, match="another version"):
        next(train(resumed(finished), finished, resume=True))
    state.write_text(kept)
    spec = finished / "spec.json"
    spec.write_text(spec.read_text().replace('"thalweg": 1', '"thalweg": 2'))
    with pytest.raises(InputError, match="version 2; this one reads 1"):
        resumed(finished)


def test_last_is_written_by_time(tmp_path: Path) -> None:
    spec = replace(SPEC, steps=3, checkpoint_every=0, save_every_s=1e-9)
    for frame in train(spec, tmp_path):
        if frame.losses:
            assert kept_states.step_of(tmp_path / "last") == frame.step
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == [
        "step-000003.safetensors"
    ]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evaluations whose box AP is .3, .2, .1, ..."""
    from engine.training import trainer

    values = iter(range(3, -90, -1))

    def evaluate(*_: Any, **__: Any) -> Any:
        yield {"bbox": {"AP": max(next(values), 0) / 10}}

    monkeypatch.setattr(trainer, "evaluate", evaluate)


@pytest.mark.usefixtures("judged")
def test_a_run_that_learns_no_more_ends_early_and_keeps_its_best(tmp_path: Path) -> None:
    spec = replace(SPEC, checkpoint_every=1, evaluate_every=1, patience=2, keep_last=1)
    frames = list(train(spec, tmp_path))
    assert (frames[-1].step, frames[-1].early) == (3, True)
    kept = sorted(path.name for path in (tmp_path / "checkpoints").iterdir())
    assert kept == ["step-000001.safetensors", "step-000003.safetensors"]


@pytest.mark.usefixtures("judged")
def test_an_evaluation_that_is_asked_for_comes_after_the_step(tmp_path: Path) -> None:
    requests = Requests()
    for frame in train(replace(SPEC, checkpoint_every=0), tmp_path, requests=requests):
        if frame.step == 2 and frame.losses:
            requests.evaluate()
    assert [line["step"] for line in lines(tmp_path / "evaluations.jsonl")] == [2]


@pytest.mark.usefixtures("judged")
def test_an_evaluation_that_a_kill_cut_is_done_again(tmp_path: Path) -> None:
    spec = replace(SPEC, steps=3, checkpoint_every=2, evaluate_every=2)
    for frame in (running := train(spec, tmp_path)):
        if frame.step == 2 and frame.checkpoint:
            break
    running.close()
    assert not (tmp_path / "evaluations.jsonl").exists()
    list(train(resumed(tmp_path), tmp_path, resume=True))
    assert [line["step"] for line in lines(tmp_path / "evaluations.jsonl")] == [2, 3]


@pytest.mark.parametrize("where", ["loss", "gradient"])
def test_a_step_that_is_not_finite_leaves_the_state_before_and_names_its_pictures(
    undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from engine.training import learner

    compute, calls = learner.compute_losses, iter(range(99))

    def explode(*arguments: Any, **named: Any) -> Any:
        losses = compute(*arguments, **named)
        if next(calls) == 2:
            weights = next(p for p in arguments[0].parameters() if p.requires_grad)
            zero = (weights * 0).sum()
            losses["loss_mask"] = torch.sqrt(zero) if where == "gradient" else zero / 0
        return losses

    monkeypatch.setattr(learner, "compute_losses", explode)
    with pytest.raises(InputError, match="step 3") as told:
        list(train(replace(SPEC, checkpoint_every=0), tmp_path))
    assert told.value.fields["pictures"] in {str(number) for number in range(1, 7)}
    assert equal_states(tmp_path / "last", undisturbed / "states" / "step-000002")
    monkeypatch.setattr(learner, "compute_losses", compute)
    list(train(resumed(tmp_path), tmp_path, resume=True))
    assert facts(tmp_path / "metrics.jsonl") == facts(undisturbed / "metrics.jsonl")


def test_a_state_comes_back_with_the_random_state_of_a_device(tmp_path: Path) -> None:
    state = training_state.TrainingState(
        7, {"w": torch.ones(2)}, {"w": torch.zeros(2)}, {0: {"step": torch.tensor(3.0)}},
        torch.get_rng_state(), torch.arange(16, dtype=torch.uint8), {"phase": "joint"},
        {"m": torch.ones(1)},
    )  # fmt: skip
    training_state.write(tmp_path, state, weight_files.Description("{}", ("a",)))
    back = training_state.read(tmp_path)
    assert (back.step, back.facts) == (7, {"phase": "joint"})
    assert back.device_random is not None and state.device_random is not None
    assert torch.equal(back.device_random, state.device_random)
    assert torch.equal(back.optimizer[0]["step"], torch.tensor(3.0))
    assert torch.equal(back.tensors["m"], torch.ones(1))


def test_a_runs_random_numbers_are_its_own() -> None:
    run, numbers = RandomState(torch.device("cpu"), 3), []
    for _ in range(2):
        torch.rand(5)
        with run.used():
            numbers.append(torch.rand(2))
    torch.manual_seed(3)
    assert torch.equal(torch.cat(numbers), torch.rand(4))


@pytest.mark.parametrize("most", [0.0, 0.5, 100.0])
def test_clipping_is_torchs(most: float) -> None:
    ours, theirs = (builders.build(TINY).rpn for _ in range(2))
    theirs.load_state_dict(ours.state_dict())
    for net in (ours, theirs):
        for number, parameter in enumerate(net.parameters()):
            parameter.grad = torch.full_like(parameter, 0.1 * (number + 1))
    before = [parameter.grad.clone() for parameter in ours.parameters()]
    clipped = finite.clip(ours.parameters(), most)
    norm = torch.nn.utils.clip_grad_norm_(theirs.parameters(), most or torch.inf)
    assert clipped.is_finite and clipped.norm == float(norm)
    assert clipped.factor == pytest.approx(min(1.0, most / float(norm)) if most else 1.0, rel=1e-5)
    for parameter, whole in zip(ours.parameters(), before, strict=True):
        torch.testing.assert_close(parameter.grad, whole * clipped.factor)
    pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
    assert all(torch.equal(a.grad, b.grad) for a, b in pairs)


def test_lines_of_a_file_that_was_cut_are_read(tmp_path: Path) -> None:
    path = tmp_path / "evaluations.jsonl"
    path.write_bytes(b'{"step": 1, "bbox": {}}\n[1]\n{"step": "x"}\n{"st')
    assert run_folder.read_lines(path) == [{"step": 1, "bbox": {}}]
    assert run_folder.read_lines(tmp_path / "none") == []


def test_defaults_keep_a_minute_at_most() -> None:
    spec = TrainSpec()
    assert (spec.save_every_s, spec.keep_best, spec.keep_last, spec.patience) == (60, True, 0, 0)


@pytest.mark.usefixtures("judged")
def test_a_run_that_ended_early_goes_on_when_it_is_asked_to(tmp_path: Path) -> None:
    spec = replace(SPEC, checkpoint_every=0, evaluate_every=1, patience=1)
    assert [frame.step for frame in train(spec, tmp_path) if frame.losses] == [1, 2]
    going = train(resumed(tmp_path), tmp_path, resume=True)
    assert [frame.step for frame in going if frame.losses] == [3]


def test_a_step_tells_its_pictures_and_memory(tmp_path: Path) -> None:
    frame = next(frame for frame in train(SPEC, tmp_path) if frame.losses)
    assert frame.pictures == SPEC.batch and frame.memory > 1 << 20
