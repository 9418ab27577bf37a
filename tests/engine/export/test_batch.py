"""`detect` over good and bad inputs, with a small random net of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.__main__ import main
from engine.detection.pipeline.inference import Workbench
from engine.errors import InputError
from engine.export.batch import BatchSpec, detect_all
from tests.engine.detection.conftest import picture

POINTS = ("nose", "left_eye", "right_eye")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for index, name in enumerate(("a.jpg", "a.png", "длинное имя.png")):
        Image.fromarray(picture(60, 80 + index)).save(folder / name)
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: Any) -> tuple[int, str, list[str]]:
    with pytest.raises(SystemExit) as ended:
        main(["detect", *map(str, words)])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err.splitlines()


def test_folder_and_bad_inputs(
    tmp_path: Path, inputs: Path, weights_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, out = tmp_path / "text.jpg", tmp_path / "new" / "out"
    text.write_text("no picture", encoding="utf-8")
    code, told, errors = run(
        capsys, text, inputs, tmp_path / "gone.png", "--weights", weights_file, "--score", "0.1",
        "--out", out, "--json",
    )  # fmt: skip
    assert code == 2
    assert ["text.jpg" in errors[0], "gone.png" in errors[1], len(errors)] == [True, True, 2]
    wanted = ["a.jpg.png", "a.png.png", "annotations.json", "длинное имя.png"]
    assert sorted(path.name for path in out.iterdir()) == wanted
    coco = json.loads((out / "annotations.json").read_text(encoding="utf-8"))
    assert [each["file_name"] for each in coco["images"]] == ["a.jpg", "a.png", "длинное имя.png"]
    summary = json.loads(told)
    counts = [len(each["detections"]) for each in summary["images"]]
    assert sum(counts) == len(coco["annotations"]) > 0 and max(counts) <= 8
    assert len(summary["errors"]) == 2


def test_all_formats_and_layers_at_other_thresholds(
    tmp_path: Path, inputs: Path, weights_file: Path
) -> None:
    spec = BatchSpec(
        paths=(inputs / "a.jpg",),
        out=tmp_path / "out",
        weights=str(weights_file),
        score=0.05,
        nms=0.9,
        max_detections=30,
        layers=("anchors", "objectness", "proposals", "boxes", "masks", "keypoints"),
        formats=("png", "jpg", "svg", "coco", "labelme", "yolo", "voc", "csv", "npz"),
    )
    steps = list(detect_all(Workbench(), spec))
    assert len(steps) == 1 and 8 < len(steps[0].found) <= 30
    suffixes = {path.suffix for path in (tmp_path / "out").iterdir()}
    assert suffixes == {".png", ".jpg", ".svg", ".json", ".txt", ".yaml", ".xml", ".csv", ".npz"}
    coco = json.loads((tmp_path / "out" / "annotations.json").read_text(encoding="utf-8"))
    assert len(coco["annotations"]) == len(steps[0].found)
    assert all(each["area"] > 0 or each["segmentation"] for each in coco["annotations"])
    with np.load(tmp_path / "out" / "a.npz", allow_pickle=False) as trace:
        assert len(trace["fate"]) == len(trace["anchors"])
        assert trace["fate_names"][trace["fate"]].tolist().count("detected") > 0
        assert trace["boxes"].dtype == np.float32 and len(trace["boxes"]) == 8
        assert trace["picture_size"].tolist() == [60, 80]
        assert trace["keypoints"].shape == (8, 3, 3)


def test_input_is_never_replaced_and_outputs_are(
    inputs: Path, weights_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (inputs / "a.png").read_bytes()
    for _ in range(2):
        code, _, errors = run(capsys, inputs / "a.png", "--weights", weights_file, "--out", inputs)
        assert (code, errors) == (0, [])
    assert (inputs / "a.png").read_bytes() == before and (inputs / "a.png.png").is_file()


def test_nothing_found_says_what_was_the_best(
    tmp_path: Path, inputs: Path, weights_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = run(
        capsys, inputs / "a.png", "--weights", weights_file, "--score", 1, "--out", tmp_path / "o"
    )
    assert code == 0 and "nothing above 1; the best is" in told


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--score", "7"], "7"),
        (["--score", "abc"], "abc"),
        (["--nms", "-0.5"], "-0.5"),
        (["--max-detections", "2.5"], "2.5"),
        (["--layers", "boxes,hats"], "hats"),
        (["--format", "png,bmpp"], "bmpp"),
        (["--device", "warp"], "warp"),
        (["--weights", "нет.safetensors"], "нет.safetensors"),
    ],
)
def test_bad_value_is_one_line_and_nothing_is_written(
    tmp_path: Path,
    inputs: Path,
    weights_file: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    named: str,
) -> None:
    code, told, errors = run(
        capsys, inputs, "--weights", weights_file, "--out", tmp_path / "out", *words
    )
    assert (code, told, len(errors)) == (2, "", 1) and named in errors[0]
    assert not (tmp_path / "out").exists()


def test_bad_threshold_is_told_before_anything_is_read() -> None:
    with pytest.raises(InputError, match="nms"):
        BatchSpec(paths=(), out=Path("nowhere"), nms=2)


@pytest.mark.parametrize("named", [".", "data.yaml"])
def test_a_folder_of_yolo_files_is_ground_truth_as_it_stands(
    tmp_path: Path,
    inputs: Path,
    weights_file: Path,
    capsys: pytest.CaptureFixture[str],
    named: str,
) -> None:
    chosen, out = inputs / "длинное имя.png", tmp_path / "out"
    limits = ("--weights", weights_file, "--score", "0.1", "--json")
    code, told, _ = run(capsys, chosen, *limits, "--format", "yolo", "--out", out)
    (image,) = json.loads(told)["images"]
    assert code == 0 and image["detections"]
    assert (out / "classes.txt").read_text() == "cat\nperson\n"
    with pytest.raises(SystemExit):
        main(["survey", str(chosen), "--truth", str(out / named), *map(str, limits)])
    survey = json.loads(capsys.readouterr().out)
    found = {outcome: count for outcome, count in survey["funnel"]["all"].items() if count}
    assert found == {"found": len(image["detections"])}
    names = {each["class"] for each in image["detections"]}
    assert set(survey["precision_recall"]) == names
