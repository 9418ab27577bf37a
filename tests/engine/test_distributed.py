"""`detect` in two processes writes what one process writes."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from engine import device as devices
from engine.__main__ import main
from engine.detection.models import builders, weight_files
from engine.distributed import Rank, joined
from engine.errors import InputError, PictureError
from tests.deadlines import scaled
from tests.engine.detection.conftest import OURS, lively, picture


@pytest.fixture
def job(tmp_path: Path) -> list[str]:
    """Three pictures, one broken file, and a small random net."""
    torch.manual_seed(0)
    told = weight_files.Description(OURS.to_json(), ("ant", "bee", "cat"), ("nose",) * 17)
    path = tmp_path / "w.safetensors"
    weight_files.write_tensors(path, lively(builders.build(OURS)).state_dict(), told.metadata())
    folder = tmp_path / "in"
    folder.mkdir()
    for index in range(3):
        Image.fromarray(picture(60, 80 + index, seed=index)).save(folder / f"{index}.png")
    (folder / "broken.jpg").write_text("no picture")
    return ["detect", str(folder), "--weights", str(path), "--score", "0.2",
            "--format", "png,coco,csv,yolo", "--json"]  # fmt: skip


def run_alone(words: list[str], out: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The command in this process, at one thread."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with pytest.raises(SystemExit) as ended:
            main([*words, "--out", str(out)])
    finally:
        torch.set_num_threads(threads)
    return int(ended.value.code or 0), capsys.readouterr().out


def run_both(words: list[str], out: Path) -> subprocess.CompletedProcess[str]:
    """The command in two processes; torchrun gives each one thread."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "THALWEG_RUNS": str(out / "none")}
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    return subprocess.run(
        [sys.executable, *torchrun, "-m", "engine", *words, "--out", str(out)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=scaled(120),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_write_what_one_writes(
    job: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, alone = run_alone(job, tmp_path / "one", capsys)
    both = run_both(job, tmp_path / "two")
    assert code == 2 and both.returncode != 0, "one input is broken"
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    names = [each["file_name"] for each in read(tmp_path / "two")["images"]]
    assert names == ["0.png", "1.png", "2.png"]
    told = json.loads(both.stdout)
    expected = json.loads(alone)
    assert [each["detections"] for each in told["images"]] == [
        each["detections"] for each in expected["images"]
    ]
    assert told["errors"] == expected["errors"] and len(told["errors"]) == 1
    assert both.stderr.count("broken.jpg: not a picture") == 1


def read(folder: Path) -> Any:
    return json.loads((folder / "annotations.json").read_text(encoding="utf-8"))


def test_shares_are_all_inputs_once() -> None:
    items = list("abcdefg")
    shares = [Rank(index, 3).share(items) for index in range(3)]
    assert sorted(entry for share in shares for entry in share) == list(enumerate(items))
    with joined() as alone:
        assert alone == Rank() and alone.gathered("mine") == ["mine"]


def test_each_process_has_a_device_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert devices.for_process("cpu", 1) == "cpu"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert [devices.for_process("auto", local) for local in range(3)] == [
        "cuda:0",
        "cuda:1",
        "cuda:0",
    ]


def test_errors_travel_between_processes() -> None:
    error = PictureError("picture.empty", path=Path("a.png"))
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, InputError) and type(again) is PictureError
    assert (again.code, again.fields, str(again)) == (error.code, error.fields, str(error))
