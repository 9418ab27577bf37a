"""Every bad picture is told before the first step, and a training can go on without it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import InputError
from engine.training import initialization
from engine.training.datasets import CocoPictures
from engine.training.spec import TrainSpec
from engine.training.trainer import resumed, train
from tests.engine.training.test_trainer import TINY

GOOD = ("a.png", "b.png", "c.png")


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three good pictures, one that is missing, one of another size, one that is no picture."""
    names = (*GOOD, "gone.png", "wide.png", "text.png")
    rng = np.random.default_rng(0)
    for name in (*GOOD, "wide.png"):
        size = (64, 64, 3) if name in GOOD else (50, 90, 3)
        pixels = cv2.imencode(".png", rng.integers(0, 256, size, np.uint8))[1]
        (tmp_path / name).write_bytes(pixels.tobytes())
    (tmp_path / "text.png").write_text("no picture")
    content = {
        "images": [
            {"id": number, "file_name": name, "width": 64, "height": 64}
            for number, name in enumerate(names, 1)
        ],
        "categories": [{"id": 1, "name": "cat"}],
        "annotations": [
            {"id": number, "image_id": number, "category_id": 1, "bbox": [8, 8, 30, 40]}
            for number in range(1, len(names) + 1)
        ],
    }
    path = tmp_path / "train.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture
def spec(data: Path) -> TrainSpec:
    return TrainSpec(
        data=str(data), model="shapes", start="nothing", batch=1, steps=6, validation=0.0,
        device="cpu", augmentation={"paste": 0.5},
    )  # fmt: skip


def test_every_bad_picture_is_named_before_step_one(spec: TrainSpec, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        next(train(spec, tmp_path / "run"))
    told = str(refused.value)
    assert "3 of 6 pictures" in told and "--leave-out-bad" in told and str(spec.data) in told
    for group in ("missing: gone.png", "of another size: wide.png", "unreadable: text.png"):
        assert group in told
    assert not (tmp_path / "run").exists()


def test_a_training_goes_on_without_them(spec: TrainSpec, tmp_path: Path) -> None:
    out = tmp_path / "run"
    frames = list(train(replace(spec, leave_out_bad=True), out))
    assert "3 of 6 pictures were left out" in frames[0].note
    assert frames[-1].step == 6


@pytest.mark.parametrize("kept", [1 << 30, 0], ids=["in memory", "more than memory holds"])
@pytest.mark.parametrize("kind", [".png", ".jpg"])
def test_a_picture_that_is_cut_short_is_named_before_step_one(
    spec: TrainSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, kept: int
) -> None:
    monkeypatch.setitem(CocoPictures.steps.__kwdefaults__, "cache_bytes", kept)
    rng = np.random.default_rng(1)
    whole = cv2.imencode(kind, rng.integers(0, 256, (64, 64, 3), np.uint8))[1].tobytes()
    for name in ("wide.png", "text.png", "gone.png"):
        (tmp_path / name).write_bytes(whole + b"as a camera appends it" * 9)
    (tmp_path / "b.png").write_bytes(whole[: len(whole) // 2])  # its head is good
    with pytest.raises(InputError) as refused:
        next(train(spec, tmp_path / "run"))
    assert "1 of 6 pictures" in str(refused.value) and "unreadable: b.png" in str(refused.value)
    assert not (tmp_path / "run").exists()


def test_a_picture_found_damaged_midway_is_told_and_left_out_from_there(
    spec: TrainSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CocoPictures.steps.__kwdefaults__, "cache_bytes", 0)
    for name in ("wide.png", "text.png", "gone.png"):
        (tmp_path / name).write_bytes((tmp_path / "a.png").read_bytes())
    picture = tmp_path / "b.png"
    whole, out = picture.read_bytes(), tmp_path / "run"
    frames = train(spec, out)
    next(frames)  # all pictures were looked at
    picture.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"b\.png.*--resume --leave-out-bad"):
        list(frames)
    done = len((out / "metrics.jsonl").read_text().splitlines())
    assert done < 6
    going_on = replace(spec, leave_out_bad=True)
    if done:  # what was learnt before it was met is kept
        going_on = replace(resumed(out), leave_out_bad=True)
    picture.write_bytes(whole)
    frames = train(going_on, out, resume=bool(done), overwrite=not done)
    next(frames)
    picture.write_bytes(whole[: len(whole) // 2])
    rest = list(frames)
    assert rest[-1].step == 6
    told = [frame.note for frame in rest if frame.note.startswith("left out: ")]
    assert len(told) == 1 and "b.png" in told[0]


def test_a_data_set_of_bad_pictures_only_holds_nothing(spec: TrainSpec, tmp_path: Path) -> None:
    for name in GOOD:
        (tmp_path / name).unlink()
    with pytest.raises(InputError, match="no picture holds an object"):
        next(train(replace(spec, leave_out_bad=True), tmp_path / "run"))
