"""The findings of a check as rows: for CSV, JSON and the terminal."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.atomic_write import replacing_text
from engine.file_text import csv_cell
from engine.training.data_check.anchor_sizes import AnchorProposal
from engine.training.data_check.check import DataReport
from engine.training.data_check.findings import KINDS, Finding

COLUMNS = (
    "kind", "title", "effect", "file", "picture", "annotation", "value", "sentence",
    "x0", "y0", "x1", "y1",
)  # fmt: skip


def row(finding: Finding) -> dict[str, Any]:
    """One finding by `COLUMNS`; no corners where no box is known."""
    corners = finding.box or ("", "", "", "")
    told = {
        "kind": finding.kind,
        "title": KINDS[finding.kind].title,
        "effect": finding.effect.value,
        "file": finding.file,
        "picture": finding.picture,
        "annotation": finding.annotation,
        "value": finding.value,
        "sentence": finding.sentence(),
    }
    return {**told, **dict(zip(COLUMNS[len(told) :], corners, strict=True))}


def write(path: Path, findings: Sequence[Finding]) -> None:
    """Write them as CSV; a text that a spreadsheet would run begins with an apostrophe.

    Raises:
        ExportError: it could not be written.
    """
    with replacing_text(path) as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for finding in findings:
            cells = row(finding).items()
            writer.writerow(
                {
                    name: csv_cell(value) if isinstance(value, str) else value
                    for name, value in cells
                }
            )


def record(report: DataReport, proposal: AnchorProposal | None) -> dict[str, Any]:
    """A whole report as JSON has it."""
    told = report.statistics
    return {
        "pictures": report.pictures,
        "objects": report.objects,
        "bad_pictures": report.bad_pictures,
        "counts": dict(report.counts()),
        "findings": [
            {name: None if value == "" else value for name, value in row(each).items()}
            for each in report.findings
        ],
        "classes": dict(zip(told.classes, told.objects.tolist(), strict=True)),
        "boxes_a_picture": told.boxes_a_picture.tolist(),
        "sizes": {"edges": told.size_edges.tolist(), "counts": told.size_counts.tolist()},
        "anchors": {
            "sizes": list(told.anchor_sizes),
            "objects": told.level_counts.tolist(),
            "proposed": None if proposal is None else list(proposal.sizes),
            "iou": None if proposal is None else proposal.threshold,
            "share": None if proposal is None else proposal.before,
            "proposed_share": None if proposal is None else proposal.after,
        },
        "positions": told.heat.tolist(),
    }
