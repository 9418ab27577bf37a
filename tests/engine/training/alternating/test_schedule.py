"""A training in four steps: what changes, what does not, stop and go on, and its use."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from engine.detection.models import zoo
from engine.errors import SpecError
from engine.training import initialization
from engine.training.alternating import phase_log
from engine.training.runs import fork
from engine.training.runs.requests import Requests
from engine.training.spec import TrainFrame, TrainSpec
from engine.training.trainer import resumed, train
from tests.engine.training.test_trainer import TINY, facts, lines

NAMES = ["1-rpn", "2-detector", "3-rpn", "4-detector"]
SHARED, RPN, HEADS = "backbone.", "rpn.", "roi_heads."


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 2)


@pytest.fixture
def spec() -> TrainSpec:
    return TrainSpec(
        data="shapes", schedule="alternating", batch=1, steps=2, pictures=6, warmup=0,
        cooldown=0.0, device="cpu",
    )  # fmt: skip


def weights_after_each_phase(spec: TrainSpec, out: Path) -> list[dict[str, Tensor]]:
    """Plain weights at the beginning and after each phase."""
    list(train(replace(spec, schedule="joint", steps=0, rounds=1), out / "start"))
    path = out / "start" / "last" / "weights.safetensors"
    kept = [load_file(path)]
    folder = out / "run"
    for frame in train(replace(spec, checkpoint_every=spec.steps or 1), folder):
        if frame.checkpoint and frame.losses:
            kept.append(load_file(folder / "last" / "weights.safetensors"))
    return kept


def changed(one: dict[str, Tensor], other: dict[str, Tensor], part: str) -> bool:
    return any(not torch.equal(one[name], other[name]) for name in one if name.startswith(part))


def test_each_phase_changes_what_it_should_and_not_a_bit_more(
    spec: TrainSpec, tmp_path: Path
) -> None:
    start, one, two, three, four = weights_after_each_phase(spec, tmp_path)
    assert changed(start, one, SHARED) and changed(start, one, RPN)
    assert not changed(start, one, HEADS)
    # The second net begins with the start weights and has a backbone of its own.
    assert changed(start, two, SHARED) and changed(one, two, SHARED) and changed(start, two, HEADS)
    assert not changed(start, two, RPN)
    for name in ("backbone.body.stem.1.running_mean", "backbone.body.stem.0.weight"):
        assert not torch.equal(one[name], two[name])
    # The third is the second's whole; then RPN and heads in turn, the features fixed.
    assert changed(two, three, RPN) and not changed(two, three, SHARED)
    assert not changed(two, three, HEADS)
    assert changed(three, four, "roi_heads.box") and changed(three, four, "roi_heads.mask")
    assert not changed(three, four, SHARED) and not changed(three, four, RPN)


def test_the_run_proves_it_and_keeps_proposals_with_their_recall(
    spec: TrainSpec, tmp_path: Path
) -> None:
    frames = list(train(replace(spec, average=0.9), tmp_path))
    assert [line["phase"] for line in lines(tmp_path / "metrics.jsonl")] == [
        name for name in NAMES for _ in range(2)
    ]
    assert [line["step"] for line in lines(tmp_path / "metrics.jsonl")] == list(range(1, 9))
    records = phase_log.read(tmp_path)
    assert [record["phase"] for record in records] == NAMES
    assert [frame.finished for frame in frames if frame.finished] == list(records)
    for record in records:
        assert record["steps"] == 2
        assert record["frozen"]["before"] == record["frozen"]["after"] != ""
        assert record["frozen"]["unchanged"] is True
    assert len({record["frozen"]["after"] for record in records}) == 4
    assert [("proposals" in record) for record in records] == [True, False, True, False]
    assert records[0]["proposals"]["pictures"] == 2
    with np.load(tmp_path / "proposals" / "1-rpn.npz") as kept:
        assert kept["boxes"].shape == (len(kept["scores"]), 4)
        assert set(kept["picture"].tolist()) == {0, 1}


def test_losses_of_a_phase_are_only_those_that_it_learns_from(
    spec: TrainSpec, tmp_path: Path
) -> None:
    rpn, detector = (
        {"loss_objectness", "loss_rpn_box_reg"},
        {"loss_classifier", "loss_box_reg", "loss_mask", "loss_keypoint"},
    )
    list(train(replace(spec, steps=1), tmp_path))
    found = [
        {name for name in line if name.startswith("loss_")}
        for line in lines(tmp_path / "metrics.jsonl")
    ]
    assert found == [rpn, detector, rpn, detector]


def test_an_evaluation_asked_of_the_rpn_waits_for_the_detector(
    spec: TrainSpec, tmp_path: Path
) -> None:
    requests, judged = Requests(), []
    spec = replace(spec, evaluate_every=0, checkpoint_every=0)
    for frame in train(spec, tmp_path, requests=requests):
        if frame.step == 1 and frame.losses:
            requests.evaluate()
        if frame.judging is not None:
            judged.append((frame.step, frame.judging.done, frame.judging.count))
        if frame.evaluation is not None:
            break
    assert (frame.step, frame.phase) == (3, "2-detector")
    assert judged == [(3, 1, 2), (3, 2, 2)]


@pytest.mark.parametrize("stop", (2, 3, 4, 7))
def test_stopped_anywhere_and_resumed_it_equals_an_uninterrupted_run(
    spec: TrainSpec, tmp_path: Path, stop: int
) -> None:
    spec = replace(spec, average=0.5)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    list(train(spec, whole))
    running = train(spec, parts)
    for frame in running:
        if frame.step == stop and frame.losses:
            break
    running.close()
    torch.rand(3)
    list(train(resumed(parts), parts, resume=True))
    assert facts(parts / "metrics.jsonl") == facts(whole / "metrics.jsonl")
    assert phase_log.read(parts) == phase_log.read(whole)
    for name in ("weights", "training"):
        one = load_file(whole / "last" / f"{name}.safetensors")
        other = load_file(parts / "last" / f"{name}.safetensors")
        assert set(one) == set(other)
        assert all(torch.equal(one[key], other[key]) for key in one)


def test_a_kill_behind_a_boundary_cuts_what_was_written_since(
    spec: TrainSpec, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    list(train(spec, whole))
    running = train(replace(spec, checkpoint_every=3), killed)
    for frame in running:
        if frame.step == 5 and frame.losses:
            break
    # A kill leaves the folder as it is: the checkpoint of step 3, lines of five steps.
    kept = tmp_path / "kept"
    shutil.copytree(killed, kept)
    running.close()
    assert len(phase_log.read(kept)) == 2
    list(train(replace(resumed(kept), checkpoint_every=0), kept, resume=True))
    assert facts(kept / "metrics.jsonl") == facts(whole / "metrics.jsonl")
    assert phase_log.read(kept) == phase_log.read(whole)


def test_more_steps_lengthen_the_phase_at_hand_and_those_to_come(
    spec: TrainSpec, tmp_path: Path
) -> None:
    running = train(spec, tmp_path)
    for frame in running:
        if frame.step == 5:
            break
    running.close()
    frames = list(train(resumed(tmp_path, steps=3), tmp_path, resume=True))
    assert frames[-1].steps == 2 + 2 + 3 + 3
    phases = [line["phase"] for line in lines(tmp_path / "metrics.jsonl")]
    assert [phases.count(name) for name in NAMES] == [2, 2, 3, 3]
    list(train(resumed(tmp_path, steps=4), tmp_path, resume=True))
    assert len(lines(tmp_path / "metrics.jsonl")) == 11
    assert [record["steps"] for record in phase_log.read(tmp_path)] == [2, 2, 3, 4]


def test_a_further_round_goes_on_from_the_last_net(spec: TrainSpec, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    kept: dict[int, dict[str, Tensor]] = {}
    for frame in train(replace(spec, steps=1, rounds=2, checkpoint_every=1), folder):
        if frame.checkpoint and frame.losses:
            kept[frame.step] = load_file(folder / "last" / "weights.safetensors")
    phases = [line["phase"] for line in lines(folder / "metrics.jsonl")]
    assert phases == [*NAMES, "5-rpn", "6-detector", "7-rpn", "8-detector"]
    assert changed(kept[4], kept[5], SHARED) and not changed(kept[4], kept[5], HEADS)
    assert not changed(kept[4], kept[6], RPN)  # its own RPN waits for the seventh


def test_the_result_detects_and_only_detectors_are_evaluated(
    spec: TrainSpec, tmp_path: Path
) -> None:
    frames: list[TrainFrame] = list(train(replace(spec, steps=1, evaluate_every=1), tmp_path))
    measured = lines(tmp_path / "evaluations.jsonl")
    assert [line["phase"] for line in measured] == ["2-detector", "4-detector"]
    assert sum(frame.evaluation is not None for frame in frames) == 2
    model = zoo.load_weights(tmp_path / "last" / "weights.safetensors")
    with torch.no_grad():
        (found,) = model([torch.rand(3, 70, 90)])
    assert {"boxes", "labels", "scores", "masks"} <= set(found)


def test_mixed_precision_and_resume_keep_the_lender_as_it_was(
    spec: TrainSpec, tmp_path: Path
) -> None:
    spec = replace(spec, precision="mixed")
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    list(train(spec, whole))
    running = train(spec, parts)
    for frame in running:
        if frame.step == 3:
            break
    running.close()
    list(train(resumed(parts), parts, resume=True))
    assert facts(parts / "metrics.jsonl") == facts(whole / "metrics.jsonl")


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"learn": ("rpn",)}, "alternating"), ({"rounds": 0}, "rounds")],
)
def test_what_does_not_fit_the_schedule_is_said(
    spec: TrainSpec, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(SpecError, match=says):
        replace(spec, **changes).check()


def test_a_broken_log_of_phases_loses_only_its_broken_lines(tmp_path: Path) -> None:
    phase_log.append(tmp_path, {"step": 2, "phase": "1-rpn"})
    with open(tmp_path / phase_log.FILE, "a", encoding="utf-8") as file:
        file.write('{"step": 4}\n[1]\n{"step": 6, "pha')
    assert phase_log.read(tmp_path) == ({"step": 2, "phase": "1-rpn"},)
    assert phase_log.read(tmp_path / "nowhere") == ()
    assert json.loads((tmp_path / phase_log.FILE).read_text().splitlines()[0])["step"] == 2


def test_patience_ends_a_phase_and_the_next_begins(spec: TrainSpec, tmp_path: Path) -> None:
    # No detection of a net this young is right: its first evaluation stays the best.
    frames = list(train(replace(spec, steps=4, evaluate_every=1, patience=1), tmp_path))
    phases = [line["phase"] for line in lines(tmp_path / "metrics.jsonl")]
    assert [phases.count(name) for name in NAMES] == [4, 2, 4, 2]
    assert frames[-1].early and [r["steps"] for r in phase_log.read(tmp_path)] == [4, 2, 4, 2]


def test_a_fork_takes_the_phases_before_it_along(spec: TrainSpec, tmp_path: Path) -> None:
    whole, forked = tmp_path / "whole", tmp_path / "forked"
    list(train(replace(spec, checkpoint_every=3), whole))
    fork.begin(whole, forked, replace(spec, checkpoint_every=0), step=3)
    list(train(resumed(forked), forked, resume=True))
    assert facts(forked / "metrics.jsonl") == facts(whole / "metrics.jsonl")
    assert phase_log.read(forked) == phase_log.read(whole)


def test_each_phase_begins_its_learning_rate_anew(spec: TrainSpec, tmp_path: Path) -> None:
    planned = replace(spec, optimizer="sgd:lr=0.01", lr_schedule="step:step_size=1,gamma=0.5")
    frames = [frame for frame in train(planned, tmp_path) if frame.losses]
    assert [frame.phase for frame in frames[::2]] == NAMES
    assert [frame.lr for frame in frames] == pytest.approx([0.01, 0.005] * len(NAMES))
