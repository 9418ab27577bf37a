"""Where an object was lost, and that the proposed change brings it back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.__main__ import main
from engine.detection import trace_stages
from engine.detection.models import weight_files
from engine.detection.pipeline.iou import as_nms_sees, iou, suppressor
from engine.detection.pipeline.selection import Selection, Thresholds, select
from engine.detection.pipeline.trace import FATE, FIRST_PROPOSAL_FATE, StageTrace
from engine.detection.queries.missed_object import FOUND_IOU, GATES, follow_object
from engine.detection.queries.provenance import ancestry
from tests.engine.detection.conftest import OURS, picture

SHAPE = (120, 160)
THRESHOLDS = Thresholds(0.35, 0.4, 6)


@pytest.fixture(scope="module")
def model(make_model: Callable[..., Any]) -> Any:
    return make_model("small")


@pytest.fixture(scope="module")
def trace(model: Any) -> StageTrace:
    return trace_stages(model, picture(*SHAPE))


@pytest.fixture(scope="module")
def selection(trace: StageTrace) -> Selection:
    return select(trace, THRESHOLDS)


def objects(trace: StageTrace) -> list[tuple[float, float, float, float]]:
    """Boxes of every fate: where some anchor's box ended, and some free ones."""
    rng = np.random.default_rng(0)
    height, width = trace.input_size
    found = []
    for code in np.unique(trace.fate):
        for anchor in rng.choice(np.flatnonzero(trace.fate == code), 5):
            box = trace.decoded[anchor].clip(0, [width, height, width, height])
            if (box[2:] - box[:2] > 2).all():
                found.append(tuple(trace.to_picture(box.astype(np.float32)).tolist()))
    return [*found, (0.0, 0.0, 3.0, 100.0), (5.0, 5.0, 7.0, 9.0)]


def test_gates_are_closed_in_order(trace: StageTrace, selection: Selection) -> None:
    failed = Counter[str | None]()
    for box in objects(trace):
        result = follow_object(trace, selection, box)
        failed[result.failed] += 1
        assert tuple(gate.name for gate in result.gates) == GATES
        states = [gate.passed for gate in result.gates]
        if result.detection is None:
            place = states.index(False)
            reached = True if result.facts.get("moved_by") != "rpn" or place == 0 else None
            assert states[1:place] == [reached] * (place - 1)
            assert states[place + 1 :] == [None] * (len(GATES) - place - 1)
            assert result.gates[place].name == result.failed
        else:
            covered = iou(np.array(box, np.float32), selection.boxes[result.detection][None])
            assert result.failed is None and covered[0] >= FOUND_IOU
            assert states == [True] * len(GATES)
        for gate in result.gates:
            if gate.passed and not gate.name.endswith(("anchor", "refinement")):
                assert gate.number is not None and gate.threshold is not None, gate
                fits = {
                    "level_top_n": gate.number <= gate.threshold,
                    "post_nms_top_n": gate.number <= gate.threshold,
                    "max_detections": gate.number <= gate.threshold,
                    "rpn_nms": gate.number <= gate.threshold,
                    "class_nms": gate.number <= gate.threshold,
                }
                assert fits.get(gate.name, gate.number >= gate.threshold), gate
    assert len(failed) >= 4, failed


def test_class_asked_for_is_the_only_answer(trace: StageTrace, selection: Selection) -> None:
    row = 0
    box, label = tuple(selection.boxes[row].tolist()), int(selection.labels[row])
    assert follow_object(trace, selection, box, label).detection is not None
    others = [each for each in (1, 2, 3) if each != label]
    results = [follow_object(trace, selection, box, other) for other in others]
    lost = [result for result in results if result.failed == "class_score"]
    for result in lost:
        assert result.facts["score"] <= THRESHOLDS.score
        assert 0 <= result.facts["background"] <= 1


def test_ancestry_leads_to_the_anchor(trace: StageTrace, selection: Selection) -> None:
    for row in range(len(selection)):
        origin = ancestry(trace, selection, row)
        assert origin.proposal == selection.proposal[row]
        assert trace.proposal_anchor[origin.proposal] == origin.anchor
        assert trace.fate[origin.anchor] >= FIRST_PROPOSAL_FATE
        assert origin.class_scores[origin.label] == np.float32(origin.score)
        for anchor in origin.covered_anchors:
            assert trace.fate[anchor] == FATE["rpn_nms"]
            assert trace.objectness[anchor] <= trace.objectness[origin.anchor]
        for proposal, label in origin.covered_pairs:
            assert label == origin.label
            assert trace.pair_scores[proposal, label] <= np.float32(origin.score)


def test_every_suppressed_box_names_who_suppressed_it(trace: StageTrace) -> None:
    entered = np.flatnonzero(trace.fate >= FATE["rpn_nms"])
    height, width = trace.input_size
    limits = np.array([width, height, width, height], np.float32)
    boxes = trace.decoded[entered].clip(0, limits)
    levels, scores = trace.anchor_level[entered], trace.objectness[entered]
    kept = trace.fate[entered] > FATE["rpn_nms"]
    lost = np.flatnonzero(~kept)
    assert len(lost) > 10
    named = 0
    for place in lost:
        by = suppressor(int(place), boxes, scores, levels, kept, threshold=trace.rpn_nms_threshold)
        assert by is not None
        named += by[1] > trace.rpn_nms_threshold
        assert levels[by[0]] == levels[place] and scores[by[0]] >= scores[place]
    assert named >= 0.95 * len(lost), "rounding explains only a few"


def test_boxes_are_shifted_as_torchvision_shifts_them() -> None:
    boxes = np.array([[0, 0, 9, 9], [1, 1, 10, 10]], np.float32)
    groups = np.array([0, 2])
    assert as_nms_sees(boxes, groups)[1].tolist() == [23, 23, 32, 32]
    many = np.zeros((1001, 4), np.float32)
    assert as_nms_sees(many, np.zeros(1001, np.int64)) is many
    assert iou(boxes[0], boxes).tolist() == [1, pytest.approx(64 / 98)]


def test_explain_tells_json(model: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = weight_files.Description(OURS.to_json(), ("ant", "bee", "cat"), ("nose",) * 17)
    weight_files.write_tensors(tmp_path / "w.safetensors", model.state_dict(), told.metadata())
    Image.fromarray(picture(*SHAPE)).save(tmp_path / "a.png")

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            files = [str(tmp_path / "a.png"), "--weights", str(tmp_path / "w.safetensors")]
            main(["explain", *files, *words])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    code, out, _ = run("--box", "-3,0,9,9", "--class", "bee")
    answer = json.loads(out)
    assert code == 0 and answer["found"] is False
    assert answer["failed"] in GATES and answer["class"] == "bee"
    shown = select(trace_stages(model, picture(*SHAPE)), Thresholds(0.1))
    box = ",".join(f"{value:.2f}" for value in shown.boxes[0])
    code, out, _ = run("--box", box, "--score", "0.1")
    answer = json.loads(out)
    assert answer["found"] and answer["lineage"]["class"] in ("ant", "bee", "cat")
    assert {"anchor", "proposal_box", "roi_level", "covered_pairs"} <= set(answer["lineage"])
    for words, named in (
        (("--box", "9,9,3,3"), "9,9,3,3"),
        (("--box", "1,2,3"), "1,2,3"),
        (("--box", "1,1,9,9", "--class", "dog"), "dog"),
        (("--box", "1,1,9,9", "--score", "7"), "7"),
    ):
        code, out, err = run(*words)
        assert (code, out) == (2, "") and named in err and len(err.splitlines()) == 1
