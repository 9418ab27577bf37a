"""Run folders: what is in them, stop and go on, and what cannot be trained."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.detection.models import builders, weight_files, zoo
from engine.detection.models.builders import Architecture
from engine.errors import ExportError, InputError, ModelError, SpecError
from engine.training import initialization
from engine.training.spec import TrainSpec
from engine.training.synthetic_shapes import CLASSES
from engine.training.trainer import resumed, train

TINY = Architecture(
    "small", classes=5, width=16, anchor_sizes=(16, 24, 32, 48, 64), box_width=16,
    mask_convolutions=1, keypoint_convolutions=1, head_width=16, min_size=64, max_size=96,
    proposals=(40, 20), detections=5, rois=8,
)  # fmt: skip
LOSSES = {
    "loss", "loss_classifier", "loss_box_reg", "loss_mask", "loss_keypoint",
    "loss_objectness", "loss_rpn_box_reg",
}  # fmt: skip


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


@pytest.fixture
def spec() -> TrainSpec:
    return TrainSpec(
        data="shapes", batch=1, steps=4, pictures=6, warmup=2, average=0.9, device="cpu"
    )


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def facts(path: Path) -> list[dict[str, Any]]:
    """The lines of metrics.jsonl without time and memory, and where the run was to end."""
    passing = ("seconds", "memory", "steps")
    return [{k: v for k, v in line.items() if k not in passing} for line in lines(path)]


def test_a_run_folder_holds_what_it_says(spec: TrainSpec, tmp_path: Path) -> None:
    out = tmp_path / "run"
    frames = list(train(replace(spec, checkpoint_every=2), out))
    assert [line["step"] for line in lines(out / "metrics.jsonl")] == [1, 2, 3, 4]
    for line in lines(out / "metrics.jsonl"):
        assert line["phase"] == "joint"
        assert set(line) >= LOSSES
    assert sorted(path.name for path in (out / "checkpoints").iterdir()) == [
        "step-000002.safetensors",
        "step-000004.safetensors",
    ]
    assert [frame.step for frame in frames if frame.losses] == [1, 2, 3, 4]
    assert json.loads((out / "spec.json").read_text())["kind"] == "train"
    assert not list(out.rglob("*.partial"))
    model = zoo.load_weights(out / "last" / "weights.safetensors")
    assert not model.training
    described = weight_files.describe(out / "checkpoints" / "step-000004.safetensors")
    assert described.classes == CLASSES
    assert described.keypoint_classes == ("person",)


def test_a_resumed_run_equals_an_uninterrupted_one_bit_for_bit(
    spec: TrainSpec, tmp_path: Path
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    list(train(spec, whole))
    running = train(spec, parts)
    for frame in running:
        if frame.step == 2:
            break
    running.close()  # as the window and Ctrl-C do
    torch.rand(7)  # what else draws random numbers must not matter
    list(train(resumed(parts), parts, resume=True))
    assert facts(parts / "metrics.jsonl") == facts(whole / "metrics.jsonl")
    for name in ("weights", "training"):
        one = load_file(whole / "last" / f"{name}.safetensors")
        other = load_file(parts / "last" / f"{name}.safetensors")
        assert set(one) == set(other)
        assert all(torch.equal(one[key], other[key]) for key in one)


def test_lines_after_the_checkpoint_are_cut_when_a_killed_run_goes_on(
    spec: TrainSpec, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    list(train(spec, whole))
    list(train(replace(spec, steps=2, cooldown=0.0), killed))
    with open(killed / "metrics.jsonl", "a", encoding="utf-8") as file:
        file.write('{"step": 3, "phase": "joint", "loss": 1}\n{"step": 4, "pha')
    # Killed between the two renames of `last/`: the new one is complete.
    (killed / "last").rename(killed / "last.new")
    spec_path = killed / "spec.json"
    spec_path.write_text(spec_path.read_text().replace('"cooldown": 0.0', '"cooldown": 0.35'))
    list(train(resumed(killed, steps=4), killed, resume=True))
    assert [line["step"] for line in lines(killed / "metrics.jsonl")] == [1, 2, 3, 4]
    assert facts(killed / "metrics.jsonl") == facts(whole / "metrics.jsonl")


def test_more_steps_extend_a_finished_run(spec: TrainSpec, tmp_path: Path) -> None:
    list(train(replace(spec, steps=1), tmp_path))
    assert resumed(tmp_path, epochs=2).steps is None
    list(train(resumed(tmp_path, steps=3), tmp_path, resume=True))
    assert [line["step"] for line in lines(tmp_path / "metrics.jsonl")] == [1, 2, 3]


def test_a_full_disk_leaves_the_last_checkpoint(
    spec: TrainSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(train(replace(spec, steps=1), tmp_path))

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetensors.torch.save_file", full)
    with pytest.raises(ExportError, match="No space left"):
        list(train(resumed(tmp_path, steps=2), tmp_path, resume=True))
    monkeypatch.undo()
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    list(train(resumed(tmp_path, steps=2), tmp_path, resume=True))
    assert [line["step"] for line in lines(tmp_path / "metrics.jsonl")] == [1, 2]


def test_held_out_scenes_are_evaluated_when_asked(
    spec: TrainSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 2)
    frames = list(train(replace(spec, steps=1, evaluate_every=1), tmp_path))
    (line,) = lines(tmp_path / "evaluations.jsonl")
    assert line["step"] == 1
    assert {"bbox", "segm", "keypoints"} <= set(line)
    assert sum(frame.evaluation is not None for frame in frames) == 1


def test_own_pictures_train_with_background_and_paste(coco: Path, tmp_path: Path) -> None:
    spec = TrainSpec(
        data=str(coco), model="shapes", start="nothing", batch=2, steps=1, crop=64,
        validation=0.0, device="cpu", precision="mixed", classes=("dog",),
    )  # fmt: skip
    list(train(replace(spec, augmentation={"paste": 1.0}), tmp_path / "r"))
    (line,) = lines(tmp_path / "r" / "metrics.jsonl")
    assert "loss_keypoint" not in line
    names = weight_files.describe(tmp_path / "r" / "last" / "weights.safetensors")
    assert (names.classes, names.keypoint_names) == (("dog",), ())


def test_a_run_starts_from_another_runs_weights(
    spec: TrainSpec, private_runs: Path, tmp_path: Path
) -> None:
    list(train(replace(spec, steps=1), private_runs / "first"))
    (info,) = (info for info in zoo.models() if info.source == "run")
    assert info.name == "run:first"
    list(train(replace(spec, steps=0, average=0.0, model="run:first"), tmp_path))
    one = load_file(private_runs / "first" / "last" / "weights.safetensors")
    other = load_file(tmp_path / "last" / "weights.safetensors")
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_loss_falls(spec: TrainSpec, tmp_path: Path) -> None:
    fast = replace(spec, steps=12, pictures=1, optimizer="adam:lr=3e-3", average=0.0, cooldown=0.0)
    losses = [frame.losses for frame in train(fast, tmp_path) if frame.losses]
    assert losses[-1]["loss_objectness"] < 0.7 * losses[0]["loss_objectness"]


def test_a_loss_counts_by_its_weight(spec: TrainSpec, tmp_path: Path) -> None:
    weighted = replace(spec, steps=1, loss_weights={"loss_mask": 0.5, "loss_keypoint": 0.0})
    list(train(weighted, tmp_path))
    (line,) = lines(tmp_path / "metrics.jsonl")
    parts = {name: line[name] for name in LOSSES - {"loss", "loss_mask", "loss_keypoint"}}
    assert line["loss"] == pytest.approx(sum(parts.values()) + 0.5 * line["loss_mask"], rel=1e-5)
    assert resumed(tmp_path).loss_weights == {"loss_mask": 0.5, "loss_keypoint": 0.0}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"data": ""}, "--data"),
        ({"data": "/no/such.json"}, "such.json"),
        ({"schedule": "sideways"}, "sideways"),
        ({"optimizer": "lionish"}, "lionish"),
        ({"optimizer": "sgd:lr=abc"}, "abc"),
        ({"optimizer": "sgd:hurry=1"}, "hurry"),
        ({"model": "nobody"}, "nobody"),
        ({"start": "/no/such.safetensors"}, "such.safetensors"),
        ({"batch": 0}, "batch"),
        ({"loss_weights": {"loss_fun": 1.0}}, "loss_fun"),
        ({"validation": 1.5}, "validation"),
    ],
)
def test_what_cannot_be_trained_is_one_sentence(
    spec: TrainSpec, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    with pytest.raises((InputError, ModelError, SpecError), match=says):
        list(train(replace(spec, **changes), tmp_path / "run"))


def test_a_rate_that_explodes_is_said_and_the_last_good_step_kept(
    spec: TrainSpec, tmp_path: Path
) -> None:
    wild = replace(spec, optimizer="sgd:lr=1e30", warmup=0, steps=8, clip=0.0)
    with pytest.raises(InputError, match="learning rate"):
        list(train(wild, tmp_path))


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=tmp_path.name):
        resumed(tmp_path)


@pytest.mark.parametrize(("frozen", "learning"), ((None, 4), (0, 4), (1, 3), (4, 0)))
def test_frozen_stages_keep_their_weights(frozen: int | None, learning: int) -> None:
    model = builders.build(TINY)
    initialization.freeze(model, TINY.body, frozen)
    stages = model.backbone.body.stages
    assert sum(any(p.requires_grad for p in stage.parameters()) for stage in stages) == learning
