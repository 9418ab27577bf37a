"""An evaluation in files: a table that holds every number, a page that shows them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.errors import ExportError
from engine.export.evaluation import figure, table
from engine.export.evaluation.write import WRITERS, check_ending, write
from engine.training.evaluation.run import evaluate
from engine.training.synthetic_shapes import CLASSES, ShapesPictures
from tests.engine.training.evaluation.test_run import Oracle


def add_gates(report: dict[str, Any]) -> dict[str, Any]:
    """The oracle finds everything: it has no stages to follow objects through."""
    counts = np.asarray(report["confusion"]["counts"])[:-1].sum(1).tolist()
    kinds = ("found", "anchor", "class_score")
    classes = {
        name: dict(zip(kinds, (count, 0, 0), strict=True))
        for name, count in zip(CLASSES, counts, strict=True)
    }
    whole = {**dict.fromkeys(kinds, 0), "found": report["objects"]}
    return {**report, "gates": {"score": 0.5, "iou": 0.5, "all": whole, "classes": classes}}


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    pictures = ShapesPictures(8, 3)
    *_, result = evaluate(Oracle(pictures), pictures, range(3), classes=CLASSES, gates=False)
    assert isinstance(result, dict)
    return add_gates({"step": 7, **result})


def test_the_table_holds_every_number(report: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    table.write(path, report)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == table.COLUMNS
    told: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        place = told[row["kind"], row["class"], row["metric"]]
        assert row["at"] not in place, row
        place[row["at"]] = float(row["value"])
    for kind in ("bbox", "segm", "keypoints"):
        for name, value in report[kind].items():
            assert told[kind, "", name] == {"": pytest.approx(value)}
    first, curves = CLASSES[0], report["curves"]["bbox"]
    curve = curves["classes"][first]["AP50"]
    points = told["bbox", first, "precision AP50"]
    assert [float(at) for at in points] == curves["recall"]
    assert list(points.values()) == curve["precision"]
    assert list(told["bbox", first, "score AP50"].values()) == curve["score"]
    assert told["bbox", first, "AP50"][""] == curve["AP"]
    assert told["bbox", first, "best AP50 f1"][""] == curve["best"]["f1"]
    assert list(told["bbox", "", "precision AP"].values()) == curves["mean"]["AP"]["precision"]
    shown = sum(sum(v.values()) for (kind, *_), v in told.items() if kind == "confusion")
    assert shown == np.sum(report["confusion"]["counts"])
    assert told["confusion", first, "taken for"][first] == report["confusion"]["counts"][0][0]
    assert told["gates", "", "objects"] == report["gates"]["all"]
    assert told["gates", first, "objects"] == report["gates"]["classes"][first]
    (entry,) = report["calibration"]["bins"]
    assert told["calibration", "", "boxes"] == {str(entry["from"]): entry["boxes"]}
    assert told["all", "", "step"] == {"": 7}


def test_the_page_shows_curves_counts_and_gates(report: dict[str, Any]) -> None:
    drawn = figure.draw(report)
    drawn.draw_without_rendering()
    axes = {each.get_label(): each for each in drawn.axes}
    assert set(axes) == {"bbox", "segm", "keypoints", "confusion", "calibration", "gates"}
    for kind in ("bbox", "segm", "keypoints"):
        lines = {line.get_label(): line for line in axes[kind].lines}
        for name, told in report["curves"][kind]["classes"].items():
            line = lines[f"{name} {told['AP50']['AP']:.3f}"]
            np.testing.assert_array_equal(line.get_ydata(), told["AP50"]["precision"])
        assert axes[kind].get_xlabel() == "recall"
    texts = sorted(int(text.get_text()) for text in axes["confusion"].texts)
    assert texts == sorted(n for row in report["confusion"]["counts"] for n in row if n)
    (entry,) = report["calibration"]["bins"]
    assert [text.get_text() for text in axes["calibration"].texts] == [str(entry["boxes"])]
    lengths = [bar.get_width() for bar in axes["gates"].patches]
    assert lengths == list(report["gates"]["all"].values())
    assert "step 7" in figure.heading(report) and "boxes AP 1.000" in figure.heading(report)


def test_boxes_alone_make_a_page_too(report: dict[str, Any]) -> None:
    alone = {name: value for name, value in report.items() if name not in ("segm", "keypoints")}
    alone["curves"] = {"bbox": report["curves"]["bbox"]}
    del alone["gates"]
    labels = [each.get_label() for each in figure.draw(alone).axes]
    assert labels == ["bbox", "confusion", "calibration"]


def test_many_classes_and_none_can_be_drawn(report: dict[str, Any]) -> None:
    names = [f"class {n}" for n in range(40)]
    told = report["curves"]["bbox"]["classes"][CLASSES[0]]
    many = {
        **report,
        "curves": {"bbox": {**report["curves"]["bbox"], "classes": dict.fromkeys(names, told)}},
        "confusion": {**report["confusion"], "classes": names,
                      "counts": np.eye(41, dtype=int).tolist()},
        "calibration": {"error": -1.0, "bins": []},
    }  # fmt: skip
    drawn = {each.get_label(): each for each in figure.draw(many).axes}
    assert "8 most frequent of 40" in drawn["bbox"].get_title()
    assert not drawn["confusion"].texts
    empty = {**many, "curves": {"bbox": {"recall": [], "classes": {}, "mean": {}}}}
    figure.draw(empty)


def test_each_ending_has_its_file(report: dict[str, Any], tmp_path: Path) -> None:
    for ending in WRITERS:
        write(tmp_path / f"out{ending}", report)
    assert json.loads((tmp_path / "out.json").read_text()) == json.loads(json.dumps(report))
    with Image.open(tmp_path / "out.png") as image:
        assert image.width > 1500
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    assert "<svg" in (tmp_path / "out.svg").read_text()
    with pytest.raises(ExportError, match=r"\.csv"):
        check_ending(tmp_path / "out.txt")
