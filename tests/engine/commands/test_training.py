"""The commands `train`, `calibrate` and `models`: options, outputs, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.detection.models import zoo
from engine.training import initialization
from tests.engine.training.conftest import write_coco
from tests.engine.training.test_trainer import TINY


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(initialization.ARCHITECTURES, "shapes", TINY)
    monkeypatch.setattr("engine.training.trainer.VALIDATION_SCENES", 1)


TRAIN = ("train", "--data", "shapes", "--batch", 1, "--device", "cpu")


def test_train_writes_a_run_and_says_where(run: Any, tmp_path: Path) -> None:
    code, out, err = run(*TRAIN, "--steps", 2, "--seed", 3, "--out", tmp_path, "--json")
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert result["step"] == result["steps"] == 2
    assert Path(result["weights"]).is_file()
    assert json.loads((tmp_path / "spec.json").read_text())["seed"] == 3
    code, out, err = run("train", "--out", tmp_path, "--resume", "--steps", 3)
    assert code == 0
    assert out.startswith("3 of 3 steps")
    assert len((tmp_path / "metrics.jsonl").read_text().splitlines()) == 3


def test_options_win_over_the_spec_file(run: Any, tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    fields = {"thalweg": 1, "kind": "train", "data": "shapes", "steps": 9, "seed": 5, "batch": 1}
    spec.write_text(json.dumps(fields))
    out = tmp_path / "run"
    assert run("train", "--spec", spec, "--steps", 1, "--out", out)[0] == 0
    written = json.loads((out / "spec.json").read_text())
    assert (written["steps"], written["seed"], written["batch"]) == (1, 5, 1)


def test_every_option_of_the_learning_reaches_the_spec(run: Any, tmp_path: Path) -> None:
    options = {
        "lr_schedule": "step:step_size=1,gamma=0.5", "warmup": 3, "cooldown": 0.25,
        "backbone_lr_scale": 0.5, "clip": 2.0, "frozen": 1, "precision": "float32", "crop": 64,
    }  # fmt: skip
    words = [w for k, v in options.items() for w in (f"--{k.replace('_', '-')}", str(v))]
    out = tmp_path / "run"
    data = ("--data", "shapes", "--start", "nothing", "--optimizer", "sgd:lr=0.01", "--steps", 2)
    run("train", *data, "--batch", 1, *words, "--no-keep-best", "--out", out)
    spec = json.loads((out / "spec.json").read_text())
    assert {name: spec[name] for name in options} == options and spec["keep_best"] is False
    lines = [json.loads(line) for line in (out / "metrics.jsonl").read_text().splitlines()]
    assert [line["lr"] for line in lines] == pytest.approx([0.01, 0.005])
    run("train", "--out", out, "--resume", "--keep-best", "--steps", 3)
    assert json.loads((out / "spec.json").read_text())["keep_best"] is True


def test_files_given_one_by_one_are_joined(run: Any, tmp_path: Path) -> None:
    coco, out = write_coco(tmp_path / "data"), tmp_path / "run"
    twice = ("--data", coco, "--data", coco.parent)
    code, _, err = run(
        "train", *twice, "--model", "shapes", "--start", "nothing", "--batch", 1, "--steps", 1,
        "--validation", 0.5, "--validation-files", 1, "--learn", "rpn,boxes", "--device", "cpu",
        "--out", out,
    )  # fmt: skip
    assert code == 0
    assert err.count("train.json: 3 of 7 objects") == 2
    written = json.loads((out / "spec.json").read_text())
    assert written["data"] == [str(coco), str(coco.parent)]
    assert (written["learn"], written["validation_files"]) == (["rpn", "boxes"], 1)
    weights = out / "last" / "weights.safetensors"
    code, printed, _ = run("evaluate", "--weights", weights, *twice, "--json")
    assert code == 0
    assert json.loads(printed)["pictures"] == 4


def test_pictures_of_another_folder_are_named_and_turned_ones_are_told(
    run: Any, tmp_path: Path
) -> None:
    coco = write_coco(tmp_path / "data")
    far = tmp_path / "far"
    coco.parent.rename(far)
    coco.parent.mkdir()
    (far / coco.name).rename(coco)
    with Image.open(far / "a.png") as image:
        turned = image.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # upright again
    turned.save(far / "a.png", exif=exif)
    content = json.loads(coco.read_text())
    first = content["images"][0]
    first["width"], first["height"] = first["height"], first["width"]
    coco.write_text(json.dumps(content))
    words = ("--data", coco, "--images", far, "--device", "cpu")
    out = tmp_path / "run"
    start = ("--model", "shapes", "--start", "nothing", "--batch", 1, "--steps", 1)
    assert run("train", *words, *start, "--out", out)[0] == 0
    assert json.loads((out / "spec.json").read_text())["images"] == str(far)
    weights = out / "last" / "weights.safetensors"
    code, _, err = run("evaluate", "--weights", weights, *words)
    assert code == 0 and "train.json: Turned upright" in err and "a.png" in err
    code, _, err = run("evaluate", "--weights", weights, "--data", coco, "--device", "cpu")
    assert code == 2 and "is not in ./, images/" in err


def test_calibrate_writes_weights_that_evaluate_reads(run: Any, tmp_path: Path) -> None:
    run(*TRAIN, "--steps", 1, "--out", tmp_path)
    (checkpoint,) = (tmp_path / "checkpoints").iterdir()
    better = tmp_path / "better.safetensors"
    shapes = ("--data", "shapes", "--pictures", 1)
    limits = ("--score", 0.02, "--nms", 0.4)
    words = ("calibrate", "--weights", checkpoint, *shapes, "--out", better, "--json")
    code, out, _ = run(*words, *limits)
    told = json.loads(out)
    assert (code, told["pictures"], told["score"], told["nms"]) == (0, 1, 0.02, 0.4)
    # Half precision, as it was.
    assert better.stat().st_size == pytest.approx(checkpoint.stat().st_size, abs=64)
    heads = zoo.load_described(better, "cpu")[0].roi_heads
    assert (heads.score_thresh, heads.nms_thresh) == (0.02, 0.4)
    assert run("evaluate", "--weights", better, *shapes)[0] == 0


def test_models_lists_objects_with_names(run: Any) -> None:
    code, out, _ = run("models", "--json")
    names = [entry["name"] for entry in json.loads(out)]
    assert code == 0
    assert names[:3] == ["people", "nuclei", "shapes"]
    assert "maskrcnn_resnet50_fpn" in names
    assert run("models")[1].splitlines()[0].startswith("people ")


@pytest.mark.parametrize(
    "preset",
    [f"train-{name}.json" for name in ("people", "people-boxes", "people-keypoints", "shapes")],
)
def test_presets_can_be_read(preset: str) -> None:
    from importlib.resources import files

    from engine.specs import from_json
    from engine.training.spec import TrainSpec

    text = (files("resources") / "presets" / preset).read_text(encoding="utf-8")
    assert from_json(text, TrainSpec).model in preset


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("train", "--data", "shapes"), "--out"),
        (("train", "--out", "x"), "--data"),
        (("train", "--data", "/no/such", "--out", "x"), "/no/such"),
        (("train", "--data", "shapes", "--out", "x", "--steps", "many"), "many"),
        (("train", "--data", "shapes", "--out", "x", "--steps", "0"), "0"),
        (("train", "--data", "shapes", "--out", "x", "--spec", "broken.json"), "broken.json"),
        (("train", "--data", "shapes", "--out", "x", "--steps", "1", "--epochs", "1"), "--epochs"),
        (("train", "--data", "shapes", "--out", "x", "--optimizer", "sgdd"), "sgdd"),
        (("train", "--data", "shapes", "--out", "x", "--optimizer", "sgd:lr=abc"), "abc"),
        (("train", "--data", "shapes", "--out", "x", "--schedule", "sideways"), "sideways"),
        (("train", "--data", "shapes", "--out", "x", "--rounds", "0"), "0"),
        (("train", "--data", "shapes", "--out", "x", "--device", "cuda:9"), "cuda:9"),
        (("train", "--data", "shapes", "--out", "x", "--spec", "no.json"), "no.json"),
        (("train", "--out", "/no/run", "--resume"), "/no/run"),
        (("train", "--out", "/no/run", "--resume", "--data", "shapes"), "--data"),
        (("evaluate", "--data", "shapes"), "--model"),
        (("evaluate", "--data", "/no/such", "--model", "people"), "/no/such"),
        (("evaluate", "--data", "shapes", "--model", "poeple"), "poeple"),
        (("evaluate", "--data", "shapes", "--weights", "/no/file"), "/no/file"),
    ],
)
def test_bad_usage_is_one_line_and_exit_two(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text('{"thalweg": 1,')
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_a_fork_begins_with_the_past_of_its_run(run: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second@3"
    assert run(*TRAIN, "--steps", 3, "--checkpoint-every", 2, "--out", first)[0] == 0
    words = ("--optimizer", "adamw:lr=1e-5", "--keep-last", 1, "--steps", 4)
    code, out, err = run("train", "--fork", f"{first}@2", *words, "--out", second)
    assert (code, err) == (0, "") and out.startswith("4 of 4 steps")
    old, new = ((each / "metrics.jsonl").read_text().splitlines() for each in (first, second))
    assert new[:2] == old[:2] and new[2] != old[2] and len(new) == 4
    assert [path.stem for path in (second / "checkpoints").iterdir()] == ["step-000004"]
    code, _, err = run("train", "--fork", f"{first}@1", "--out", tmp_path / "third")
    assert code == 2 and "step 1" in err and "2, 3" in err
    code, _, err = run("train", "--fork", first, "--resume", "--out", second)
    assert code == 2 and "not both" in err
    code, _, err = run("train", "--fork", first, "--data", "shapes", "--out", second)
    assert code == 2 and "--data cannot be changed by --fork" in err
    code, out, _ = run("train", "--fork", second, "--steps", 5, "--out", tmp_path / "fourth")
    assert code == 0 and out.startswith("5 of 5 steps")
