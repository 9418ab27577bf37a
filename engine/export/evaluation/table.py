"""An evaluation as one tidy table: a row a number."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.atomic_write import replacing
from engine.file_text import csv_cell

# What is measured, of which class ("" for all), what, where on it, and the number.
COLUMNS = ("kind", "class", "metric", "at", "value")
KINDS = ("bbox", "segm", "keypoints")
NOTHING = "(nothing)"  # beside classes in the confusion matrix

Row = tuple[str, str, str, float | str, float]


def write(path: Path, report: Mapping[str, Any]) -> None:
    """Write the table.

    Raises:
        ExportError: it could not be written.
    """
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(report))


def rows(report: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of a report; parts that it lacks are left out.

    - bbox, segm, keypoints: COCO's numbers (-1 where there is nothing of the kind), each
      class's AP and its best F1 at IoU .50 and .75, and the curves: "precision" and "score"
      of AP50, AP75 and AP, `at` a recall;
    - shown: precision and recall of what is shown;
    - confusion: "taken for", of an object's class, `at` the class of the box on it;
    - calibration: `at` the lower end of a bin of scores;
    - gates: "objects", `at` what became of them.
    """
    for kind in KINDS:
        for name, value in report.get(kind, {}).items():
            yield kind, "", name, "", value
        curves = report.get("curves", {}).get(kind)
        if curves is not None:
            yield from _curves(kind, curves)
    for name, value in report.get("shown", {}).items():
        yield "shown", "", name, "", value
    if "confusion" in report:
        yield from _confusion(report["confusion"])
    if "calibration" in report:
        yield "calibration", "", "error", "", report["calibration"]["error"]
        for entry in report["calibration"]["bins"]:
            for name in ("boxes", "score", "true"):
                yield "calibration", "", name, entry["from"], entry[name]
    if "gates" in report:
        for outcome, count in report["gates"]["all"].items():
            yield "gates", "", "objects", outcome, count
        for known, counts in report["gates"]["classes"].items():
            for outcome, count in counts.items():
                yield "gates", csv_cell(known), "objects", outcome, count
    for name in ("pictures", "objects", "seconds_per_picture", "step"):
        if name in report:
            yield "all", "", name, "", report[name]


def _curves(kind: str, curves: Mapping[str, Any]) -> Iterator[Row]:
    for known, told in curves["classes"].items():
        name = csv_cell(known)
        yield kind, name, "objects", "", told["objects"]
        for which, curve in told.items():
            if which == "objects":
                continue
            yield kind, name, which, "", curve["AP"]
            for number, value in curve.get("best", {}).items():
                yield kind, name, f"best {which} {number}", "", value
            yield from _points(kind, name, which, curves["recall"], curve)
    for which, curve in curves["mean"].items():
        yield from _points(kind, "", which, curves["recall"], curve)


def _points(
    kind: str, name: str, which: str, recall: list[float], curve: Mapping[str, Any]
) -> Iterator[Row]:
    for number in ("precision", "score"):
        for at, value in zip(recall, curve.get(number, ()), strict=False):
            yield kind, name, f"{number} {which}", at, value


def _confusion(confusion: Mapping[str, Any]) -> Iterator[Row]:
    names = [*map(csv_cell, confusion["classes"]), NOTHING]
    last = len(names) - 1
    for row, counts in enumerate(confusion["counts"]):
        for column, count in enumerate(counts):
            if (row, column) != (last, last):
                yield "confusion", names[row], "taken for", names[column], count
