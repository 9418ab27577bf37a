"""The command `precision`, and `--precision` where pictures are looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import device as devices
from engine.detection.models import builders, weight_files, zoo
from engine.detection.pipeline.stages import trace_stages
from engine.detection.pipeline.trace import StageTrace
from engine.detection.precision.difference import VerdictChange
from engine.detection.precision.measurement import Measurement, remember, subject_of
from engine.training.evaluation import run as evaluation
from tests.engine.detection.conftest import OURS, lively, picture


@pytest.fixture(autouse=True)
def units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the processor had units for bfloat16: it computes the same, only slowly."""
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: True)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a small random detector."""
    path = tmp_path_factory.mktemp("weights") / "w.safetensors"
    model = lively(builders.build(replace(OURS, keypoints=0)))
    description = weight_files.Description(
        replace(OURS, keypoints=0).to_json(), ("ant", "bee", "cat"), ()
    )
    weight_files.write_tensors(path, model.state_dict(), description.metadata())
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    Image.fromarray(picture(60, 90)).save(tmp_path / "a.png")
    return tmp_path / "a.png"


def measured(weights: Path, **changes: Any) -> Measurement:
    subject = subject_of("", str(weights), "cpu", "bfloat16")
    return replace(Measurement(subject, 0.5, 9, 3, 2.0, 1.0, 0.01, 0.5, 0.98), **changes)


def test_precision_tells_what_it_gains_and_changes(run: Any, weights: Path, photo: Path) -> None:
    words = ("precision", photo, "--weights", weights, "--device", "cpu", "--score", "0.2")
    code, out, err = run(*words, "--json")
    told = json.loads(out)
    assert (code, err, told["pictures"]) == (0, "", 1)
    assert told["seconds"] > 0 and told["seconds_exact"] > 0 and told["score"] > 0
    assert (
        told["subject"]["precision"] == "bfloat16" and told["subject"]["model"] == "w.safetensors"
    )
    faster = told["seconds_exact"] / told["seconds"] >= 1.1
    quiet = told["detections"] > 0 and not told["changes"]
    assert told["recommended"] is (faster and quiet)
    code, out, _ = run(*words)
    assert code == 0 and "times as fast as float32" in out and "px in a box" in out
    assert "--precision auto uses" in out


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "bfloat16"),
        ({"changes": (VerdictChange("vanished", "ant", 0.6, 0.4, "a.png"),)}, "float32"),
    ],
)
def test_auto_is_bfloat16_only_where_nothing_shown_changes(
    run: Any,
    weights: Path,
    photo: Path,
    tmp_path: Path,
    changes: dict[str, Any],
    expected: str,
) -> None:
    remember(measured(weights, **changes))
    words = (photo, "--weights", weights, "--device", "cpu", "--precision", "auto")
    code, out, _ = run("detect", *words, "--out", tmp_path / "out", "--format", "coco", "--json")
    assert code == 0 and json.loads(out)["precision"] == expected
    code, out, _ = run("explain", *words, "--box", "5,5,60,50")
    assert code == 0 and json.loads(out)["precision"] == expected


@pytest.mark.parametrize(
    "words",
    [
        ("detect", "--out", "out"),
        ("explain", "--box", "5,5,60,50"),
        ("survey",),
        ("evaluate", "--data", "shapes"),
        ("precision",),
    ],
    ids=lambda words: words[0],
)
def test_where_there_are_no_units_it_is_one_sentence(
    run: Any,
    weights: Path,
    photo: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: False)
    monkeypatch.chdir(tmp_path)
    name, *options = words
    given = [] if name == "evaluate" else [photo]
    chosen = [] if name == "precision" else ["--precision", "bfloat16"]
    code, out, err = run(name, *given, *options, "--weights", weights, "--device", "cpu", *chosen)
    assert (code, out, err.count("\n")) == (2, "", 1) and "no units for bfloat16" in err
    assert "--precision" in run(name, "--help")[1]


def test_survey_and_evaluate_look_in_bfloat16(
    run: Any, weights: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("--weights", weights, "--device", "cpu", "--precision", "bfloat16")
    truth = {"images": [{"id": 1, "file_name": photo.name, "width": 90, "height": 60}],
             "categories": [{"id": 1, "name": "ant"}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [5, 5, 40, 40],
                              "area": 1600, "iscrowd": 0}]}  # fmt: skip
    marks = photo.with_name("instances.json")
    marks.write_text(json.dumps(truth))
    code, out, err = run("survey", photo, "--truth", marks, *words, "--json")
    assert (code, err) == (0, "") and json.loads(out)["precision"] == "bfloat16"
    traced: list[StageTrace] = []

    def kept(*given: Any, **named: Any) -> StageTrace:
        traced.append(trace_stages(*given, **named))
        return traced[-1]

    monkeypatch.setattr(evaluation, "trace_stages", kept)
    for precision in devices.PRECISIONS:
        code, _, _ = run(
            "evaluate", "--data", marks, "--images", photo.parent, "--weights", weights,
            "--device", "cpu", "--precision", precision,
        )  # fmt: skip
        assert code == 0
    exact, rough = traced
    assert not np.array_equal(exact.objectness, rough.objectness)
    exactly = trace_stages(zoo.load_weights(weights), picture(60, 90))
    assert np.array_equal(exact.class_logits, exactly.class_logits)
