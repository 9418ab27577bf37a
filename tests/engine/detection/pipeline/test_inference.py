"""The inference lane's jobs: progress, cancel, cached features, filling in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine import device as devices
from engine.detection.detections import gather
from engine.detection.pipeline.inference import (
    KEPT_FEATURES,
    Inspection,
    InspectProgress,
    InspectSpec,
    Workbench,
    fill,
    inspect,
)
from engine.detection.pipeline.selection import Thresholds, select, stock_thresholds
from engine.errors import DeviceError, InputError, PictureError
from tests.engine.detection.conftest import facts, picture, stock

SMALL = "small"  # of our bodies, with masks and keypoints


def done(bench: Workbench, spec: InspectSpec) -> Inspection:
    last = list(inspect(bench, spec))[-1]
    assert isinstance(last, Inspection)
    return last


def test_inspection_shows_the_picture_before_the_model_is_done(
    bench: Workbench, tmp_path: Path
) -> None:
    Image.fromarray(picture(60, 90)).save(tmp_path / "a.png")
    steps = list(inspect(bench, InspectSpec(path=str(tmp_path / "a.png"), model=SMALL)))
    progress = [step for step in steps if isinstance(step, InspectProgress)]
    names = [
        "picture",
        "model",
        "input",
        "features",
        "rpn",
        "proposals",
        "boxes",
        "masks",
        "keypoints",
    ]
    assert [step.stage for step in progress] == names
    assert progress[0].picture is None
    assert all(step.picture is not None for step in progress[1:])
    assert [step.seconds for step in progress] == sorted(step.seconds for step in progress)
    assert isinstance(steps[-1], Inspection) and steps[-1].picture.size == (60, 90)
    assert steps[-1].model.classes == ("ant", "bee", "cat")


def test_cancelled_inspection_leaves_the_bench_usable(bench: Workbench) -> None:
    spec = InspectSpec(pixels=picture(60, 90), model=SMALL)
    job = inspect(bench, spec)
    for _ in range(4):
        next(job)
    job.close()  # type: ignore[attr-defined]
    assert len(done(bench, spec).trace.anchors)


def test_filled_pairs_agree_with_the_stock_ones(bench: Workbench) -> None:
    inspection = done(bench, InspectSpec(pixels=picture(90, 120), model=SMALL))
    trace = inspection.trace
    pairs = tuple(zip(trace.detection_proposal.tolist(), trace.labels.tolist(), strict=True))
    answers = list(fill(bench, inspection, pairs))
    assert sum(len(answer.pairs) for answer in answers) == len(pairs) > 0
    for name in ("mask_probs", "keypoint_scores"):
        found = np.concatenate([getattr(answer, name) for answer in answers])
        np.testing.assert_allclose(found, getattr(trace, name), rtol=1e-3, atol=1e-3)
    assert all(answer.keypoints is not None for answer in answers)


def test_new_detections_are_pending_until_they_are_filled(bench: Workbench) -> None:
    inspection = done(bench, InspectSpec(pixels=picture(90, 120), model=SMALL))
    selection = select(inspection.trace, Thresholds(0.05, 0.9, 60))
    shown = gather(inspection.trace, selection, inspection.model)
    assert shown.pending == selection.pending != ()
    assert not shown.ready.all() and len(shown) == len(selection)
    later = gather(
        inspection.trace,
        selection,
        inspection.model,
        fill(bench, inspection, shown.pending),
    )
    assert later.ready.all() and later.pending == ()
    assert later.mask_probs is not None and (later.mask_probs.max((1, 2)) > 0).all()


def test_gathered_stock_detections_carry_the_stock_masks(
    bench: Workbench, make_model: Callable[..., Any]
) -> None:
    inspection = done(bench, InspectSpec(pixels=picture(90, 120), model=SMALL))
    trace = inspection.trace
    shown = gather(trace, select(trace, stock_thresholds(trace)), inspection.model)
    expected = stock(make_model(SMALL), picture(90, 120))["masks"][:, 0].numpy()
    for index in range(len(shown)):
        x0, y0, crop = shown.crop(index)
        whole = np.zeros((90, 120), np.float32)
        whole[y0 : y0 + crop.shape[0], x0 : x0 + crop.shape[1]] = crop
        assert np.array_equal(whole, expected[index])


def test_features_that_made_room_are_computed_again(bench: Workbench) -> None:
    first = done(bench, InspectSpec(pixels=picture(60, 90), model=SMALL))
    pair = (int(first.trace.detection_proposal[0]), int(first.trace.labels[0]))
    before = next(fill(bench, first, [pair]))
    for seed in range(KEPT_FEATURES):
        done(bench, InspectSpec(pixels=picture(64, 64, seed=seed), model=SMALL))
    after = next(fill(bench, first, [pair]))
    assert before.mask_probs is not None and after.mask_probs is not None
    assert np.array_equal(before.mask_probs, after.mask_probs)


def test_result_does_not_depend_on_the_picture_before(bench: Workbench) -> None:
    spec = InspectSpec(pixels=picture(60, 90), model=SMALL)
    before = done(bench, spec).trace
    done(bench, InspectSpec(pixels=picture(20, 4000), model=SMALL))
    assert np.array_equal(done(bench, spec).trace.class_logits, before.class_logits)


def test_out_of_memory_is_a_device_error(
    bench: Workbench, make_model: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise torch.OutOfMemoryError("no more")

    monkeypatch.setattr(make_model(SMALL).rpn.head, "forward", full)
    with pytest.raises(DeviceError, match="smaller picture"):
        done(bench, InspectSpec(pixels=picture(60, 90), model=SMALL))


def test_full_memory_is_tried_again_with_a_smaller_input(
    bench: Workbench, make_model: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = make_model(SMALL).rpn.head
    forward, limit = head.forward, 20 * 24

    def small_only(maps: list[torch.Tensor]) -> Any:
        if maps[0].shape[-1] * maps[0].shape[-2] > limit:
            raise torch.OutOfMemoryError("no more")
        return forward(maps)

    monkeypatch.setattr(head, "forward", small_only)
    steps = list(inspect(bench, InspectSpec(pixels=picture(60, 90), model=SMALL)))
    again = [s for s in steps if isinstance(s, InspectProgress) and s.stage == "retry"]
    found = steps[-1]
    assert isinstance(found, Inspection) and len(again) >= 1
    assert found.shrink < 1 and found.trace.padded_size[0] // 4 <= 24
    assert found.trace.picture_size == (60, 90)
    assert make_model(SMALL).transform.min_size == (96,)
    del bench._features[found.token]
    assert bench.features(found).input_size == found.trace.input_size


def test_bfloat16_is_near_and_leaves_the_exact_model_alone(
    bench: Workbench, make_model: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A processor without units for it computes the same numbers, only slowly.
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: True)
    pixels = picture(90, 120)
    exact = done(bench, InspectSpec(pixels=pixels, model=SMALL))
    rough = done(bench, InspectSpec(pixels=pixels, model=SMALL, precision="bfloat16"))
    assert rough.precision == "bfloat16" and exact.precision == "float32"
    spread = exact.trace.objectness.std()
    off = np.abs(rough.trace.objectness - exact.trace.objectness)
    assert 0 < np.median(off) < 0.05 * spread
    assert rough.trace.pair_boxes.dtype == rough.trace.boxes.dtype == np.float32
    pair = (int(rough.trace.detection_proposal[0]), int(rough.trace.labels[0]))
    assert next(fill(bench, rough, [pair])).mask_probs is not None
    again = done(bench, InspectSpec(pixels=pixels, model=SMALL))
    assert np.array_equal(again.trace.class_logits, exact.trace.class_logits)
    expected = stock(make_model(SMALL), pixels)
    assert np.array_equal(again.trace.boxes, expected["boxes"].numpy())


def test_bfloat16_is_offered_only_where_it_is_quick(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: False)
    with pytest.raises(DeviceError, match="bfloat16"):
        bench.model(InspectSpec(model=SMALL, precision="bfloat16"))
    assert devices.precisions("cpu") == ("float32",)
    monkeypatch.setattr(devices, "has_fast_bfloat16", lambda _: True)
    assert devices.precisions("cpu") == ("float32", "bfloat16")


def test_bad_picture_and_missing_device_are_errors(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("text", encoding="utf-8")
    with pytest.raises(PictureError):
        done(bench, InspectSpec(path=str(tmp_path / "a.jpg"), model=SMALL))
    with pytest.raises(DeviceError, match="warp"):
        done(bench, InspectSpec(pixels=picture(9, 9), model=SMALL, device="warp"))


@pytest.mark.parametrize(("path", "named"), [("a/b.png", "a/b.png"), (None, "picture")])
def test_a_picture_that_is_too_thin_is_named(
    bench: Workbench, path: str | None, named: str
) -> None:
    """The window hands over what it has read, and where it was."""
    spec = InspectSpec(path=path, pixels=np.zeros((1, 5000, 3), np.uint8), model=SMALL)
    with pytest.raises(PictureError) as raised:
        done(bench, spec)
    assert str(raised.value) == f"{named}: 5000 x 1 pixels are too thin for this model."


def test_unknown_model_is_named() -> None:
    with pytest.raises(InputError, match="nobody"):
        done(Workbench(), InspectSpec(pixels=picture(9, 9), model="nobody"))


def test_model_is_loaded_once_until_it_is_forgotten(make_model: Callable[..., Any]) -> None:
    loads = []

    def load(spec: InspectSpec, device: torch.device) -> Any:
        loads.append(spec.model)
        model = make_model(spec.model)
        return model, facts(model)

    bench = Workbench(load)
    for _ in range(2):
        bench.model(InspectSpec(model=SMALL))
    bench.forget(SMALL)
    bench.model(InspectSpec(model=SMALL))
    assert loads == [SMALL, SMALL]
