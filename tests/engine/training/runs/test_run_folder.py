"""A training never takes away what is there: refusing, replacing, kills, full disks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.detection.models import weight_files
from engine.errors import ExportError, InputError
from engine.training import initialization
from engine.training.runs import run_folder
from engine.training.runs.run_folder import cut_back
from engine.training.spec import TrainSpec
from engine.training.trainer import resumed, train
from tests.engine.training.test_trainer import TINY
from tests.hands.screen import wait_until


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


@pytest.fixture
def spec() -> TrainSpec:
    return TrainSpec(data="shapes", batch=1, steps=2, pictures=4, device="cpu", seed=5)


@pytest.fixture
def old(spec: TrainSpec, tmp_path: Path) -> Path:
    """A folder with a finished run of seed 5 and a file of the user's."""
    out = tmp_path / "run"
    list(train(replace(spec, checkpoint_every=1), out))
    (out / "notes.txt").write_text("mine")
    return out


def content(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def seed_of(out: Path) -> int:
    seed: int = json.loads((out / "spec.json").read_text())["seed"]
    return seed


def test_a_second_run_is_refused_and_the_ways_on_are_named(spec: TrainSpec, old: Path) -> None:
    before = content(old)
    old.with_name("run-2").mkdir()
    with pytest.raises(InputError) as refused:
        list(train(spec, old))
    for word in ("--resume", "--overwrite", str(old.with_name("run-3")), str(old)):
        assert word in str(refused.value)
    assert content(old) == before


def test_overwriting_keeps_the_old_run_until_the_new_one_has_a_checkpoint(
    spec: TrainSpec, old: Path
) -> None:
    before = content(old)
    running = train(replace(spec, seed=6, checkpoint_every=2), old, overwrite=True)
    for frame in running:
        if frame.step == 1 and frame.losses:
            break
    kept = {f"replaced/{name}": data for name, data in before.items() if name != "notes.txt"}
    assert kept.items() <= content(old).items()
    list(running)
    assert not (old / "replaced").exists() and seed_of(old) == 6
    assert [p.name for p in (old / "checkpoints").iterdir()] == ["step-000002.safetensors"]
    assert (old / "notes.txt").read_text() == "mine"


def test_a_run_that_fails_before_its_first_checkpoint_gives_the_old_one_back(
    spec: TrainSpec, old: Path
) -> None:
    before = content(old)
    diverging = replace(spec, optimizer="sgd:lr=1e30", seed=6, steps=9, warmup=0, clip=0.0)
    running = train(diverging, old, overwrite=True)
    next(running)
    running.close()  # before the first step
    assert content(old) == before


@pytest.mark.parametrize("moment", ["begun", "last.new written", "between the renames"])
def test_a_kill_at_any_moment_loses_neither_run(spec: TrainSpec, old: Path, moment: str) -> None:
    before = content(old)
    run_folder.begin(old, overwrite=True)
    (old / "spec.json").write_text(before["spec.json"].decode().replace('"seed": 5', '"seed": 6'))
    (old / "metrics.jsonl").write_text("")
    (old / "spec.json.partial").touch()
    if moment != "begun":
        (old / "last.new").mkdir()
        for name in ("weights.safetensors", "training.safetensors"):
            (old / "last.new" / name).write_bytes(before[f"last/{name}"])
    if moment == "between the renames":
        (old / "last.new" / "state.json").write_bytes(before["last/state.json"])
    list(train(resumed(old, steps=3), old, resume=True))
    survivor = 6 if moment == "between the renames" else 5
    assert seed_of(old) == survivor
    names = {path.name for path in old.iterdir()}
    wanted = {"spec.json", "metrics.jsonl", "last", "last.old", "checkpoints", "states"}
    assert names == wanted | {"notes.txt"}


def test_a_full_disk_is_not_kept_full(
    spec: TrainSpec, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safetensors import torch as files

    write, before = files.save_file, content(old)

    def full(tensors: Any, path: Any, metadata: Any = None) -> None:
        write(tensors, path, metadata)
        if "training" in str(path):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("safetensors.torch.save_file", full)
    with pytest.raises(ExportError, match="No space left"):
        list(train(resumed(old, steps=3), old, resume=True))
    after = content(old)
    assert {name for name in after if "last" in name} == {n for n in before if "last" in n}
    assert not [name for name in after if name.endswith(".part")]


def test_a_closed_terminal_saves_and_the_run_goes_on(tmp_path: Path) -> None:
    out = tmp_path / "run"
    words = ["train", "--data", "shapes", "--model", "shapes", "--start", "nothing", "--batch", "1"]
    words += ["--steps", "500", "--device", "cpu", "--out", str(out)]
    command = [sys.executable, "-m", "engine", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        metrics = out / "metrics.jsonl"
        wait_until(lambda: metrics.is_file() and metrics.read_text().count("\n") >= 2, "steps", 90)
        process.send_signal(signal.SIGHUP)
        told, _ = process.communicate()
    steps = json.loads((out / "last" / "state.json").read_text())["step"]
    assert process.returncode == 0 and told.startswith(f"{steps} of 500 steps; ") and steps >= 2


def test_weights_of_equal_runs_are_equal_byte_for_byte(tmp_path: Path) -> None:
    code = """
import sys, torch
from pathlib import Path
from engine.detection.models.weight_files import Description, write_tensors
told = Description("{}", ("a", "b"), ("nose",), ("b",)).metadata()
write_tensors(Path(sys.argv[1]), {"w": torch.ones(3), "b": torch.zeros(2).half()}, told)
"""
    files = [tmp_path / f"{number}.safetensors" for number in range(3)]
    for file in files:  # the order differs between processes
        subprocess.run([sys.executable, "-c", code, file], check=True)
    assert len({file.read_bytes() for file in files}) == 1
    assert list(weight_files.read_header(files[0])["__metadata__"]) == sorted(
        weight_files.Description("", ()).metadata()
    )
    assert torch.equal(weight_files.read_tensors(files[0])["w"], torch.ones(3))


def test_cut_back_drops_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"step": 1}\n{"step": 2}\nnonsense\n\xff\xfe\n{"step": 3}\n{"st')
    cut_back(path, 2)
    assert path.read_text() == '{"step": 1}\n{"step": 2}\n'
    assert os.listdir(tmp_path) == ["metrics.jsonl"]
