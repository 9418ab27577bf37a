"""A precision measured, remembered, and taken by itself only where nothing shown changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine import device as devices
from engine.detection.pipeline.inference import Inspection, InspectSpec, Workbench, inspect
from engine.detection.precision import measure as job
from engine.detection.precision.difference import VerdictChange
from engine.detection.precision.measure import PrecisionProgress, PrecisionSpec, measure
from engine.detection.precision.measurement import (
    Measurement,
    automatic,
    folder,
    remember,
    remembered,
    subject_of,
)
from engine.errors import DeviceError
from tests.engine.detection.conftest import picture

SMALL = "small"
CHANGE = VerdictChange("vanished", "ant", 0.56, 0.36, "a.png")


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the processor had units for bfloat16: it computes the same, only slowly."""
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: True)


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two pictures in the place of the program's."""
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for seed, path in enumerate(paths):
        Image.fromarray(picture(60, 90, seed=seed)).save(path)
    monkeypatch.setattr(job, "all_samples", lambda: tuple(paths))
    return paths


def measured(**changes: Any) -> Measurement:
    """Twice as fast, three detections, nothing changed."""
    subject = subject_of(SMALL, None, "cpu", "bfloat16")
    return replace(Measurement(subject, 0.5, 9, 3, 2.0, 1.0, 0.01, 0.5, 0.98), **changes)


def run(bench: Workbench, spec: PrecisionSpec) -> tuple[list[PrecisionProgress], Measurement]:
    *steps, last = measure(bench, spec)
    assert isinstance(last, Measurement)
    assert all(isinstance(step, PrecisionProgress) for step in steps)
    return [step for step in steps if isinstance(step, PrecisionProgress)], last


def test_a_measurement_counts_its_passes_and_is_remembered(
    bench: Workbench, units: None, samples: list[Path]
) -> None:
    spec = PrecisionSpec(model=SMALL, device="cpu")
    steps, found = run(bench, spec)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert {(step.done, step.count, step.path) for step in steps} == {
        (turn, 4, samples[turn // 2]) for turn in range(4)
    }
    assert found.pictures == 2 and found.seconds > 0 and found.seconds_exact > 0
    assert 0 < found.score < 1, "bfloat16 has 8 bits of a number"
    assert remembered(subject_of(SMALL, None, "cpu", "bfloat16")) == found


def test_other_pictures_are_not_what_the_window_goes_by(
    bench: Workbench, units: None, samples: list[Path]
) -> None:
    run(bench, PrecisionSpec(model=SMALL, device="cpu", pictures=(samples[0],)))
    assert remembered(subject_of(SMALL, None, "cpu", "bfloat16")) is None


def test_float32_beside_itself_differs_in_nothing(bench: Workbench, samples: list[Path]) -> None:
    _, found = run(bench, PrecisionSpec(model=SMALL, device="cpu", precision="float32", shown=0.1))
    assert found.detections > 0 and found.changes == ()
    assert (found.score, found.box, found.mask_iou) == (0, 0, 1)


def test_a_stopped_measurement_leaves_no_trace_and_the_bench_exact(
    bench: Workbench, units: None, samples: list[Path]
) -> None:
    spec = InspectSpec(pixels=picture(90, 120), model=SMALL, device="cpu")

    def boxes() -> Any:
        (found,) = (step for step in inspect(bench, spec) if isinstance(step, Inspection))
        return found.trace.boxes

    before = boxes()
    steps = measure(bench, PrecisionSpec(model=SMALL, device="cpu"))
    for _ in range(12):
        next(steps)
    assert np.array_equal(boxes(), before), "in the middle of a measurement"
    assert isinstance(steps, Iterator)
    steps.close()  # type: ignore[attr-defined]
    assert not folder().exists() and np.array_equal(boxes(), before)


def test_no_units_is_one_sentence(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: False)
    with pytest.raises(DeviceError, match="no units for bfloat16"):
        run(bench, PrecisionSpec(model=SMALL, device="cpu"))


@pytest.mark.parametrize(
    ("changes", "chosen"),
    [
        ({}, "bfloat16"),
        ({"changes": (CHANGE,)}, "float32"),
        ({"seconds": 1.95}, "float32"),
        ({"detections": 0}, "float32"),
    ],
    ids=["nothing changes", "a verdict changes", "not quicker", "nothing was found"],
)
def test_it_is_taken_by_itself_where_nothing_shown_changes(
    units: None, changes: dict[str, Any], chosen: str
) -> None:
    assert automatic(SMALL, None, "cpu") == "float32", "before it is measured"
    remember(measured(**changes))
    assert automatic(SMALL, None, "cpu") == chosen
    assert automatic("other", None, "cpu") == "float32"


def test_without_units_nothing_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(measured())
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: False)
    assert automatic(SMALL, None, "cpu") == "float32"


def test_other_weights_of_the_same_name_are_measured_anew(tmp_path: Path) -> None:
    path = tmp_path / "mine.safetensors"
    path.write_bytes(b"first")
    first = subject_of("people", str(path), "cpu", "bfloat16")
    remember(measured(subject=first, changes=(CHANGE,)))
    found = remembered(first)
    assert found is not None and found.changes == (CHANGE,)
    path.write_bytes(b"second")
    assert remembered(subject_of("people", str(path), "cpu", "bfloat16")) is None


@pytest.mark.parametrize("text", ["", "{", '{"shown": 1}', "[" * 5000, '{"shown": NaN}'])
def test_a_broken_file_is_as_if_nothing_had_been_measured(units: None, text: str) -> None:
    remember(measured())
    (path,) = folder().iterdir()
    path.write_text(text)
    assert automatic(SMALL, None, "cpu") == "float32"
    remember(measured())
    assert automatic(SMALL, None, "cpu") == "bfloat16"


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("THALWEG_CACHE", str(tmp_path / "file"))
    remember(measured())
    assert remembered(measured().subject) is None


def test_the_device_has_a_name() -> None:
    name = devices.identity(torch.device("cpu"))
    assert name.startswith("cpu: ") and "cores" in name and "\n" not in name


def test_explaining_in_another_precision(bench: Workbench, units: None) -> None:
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.queries.recovery import explain

    pixels, box = picture(90, 120), (10.0, 10.0, 80.0, 80.0)
    found: dict[str, Any] = {}
    for precision in devices.PRECISIONS:
        module, _, _ = bench.model(InspectSpec(model=SMALL, device="cpu", precision=precision))
        found[precision] = explain(module, pixels, Thresholds(0.1), box, precision=precision).trace
    exact, rough = found["float32"].pair_scores, found["bfloat16"].pair_scores
    assert rough.dtype == exact.dtype == np.float32
    assert not np.array_equal(found["float32"].objectness, found["bfloat16"].objectness)
