"""The whole of each evaluation, RUN/reports/STEP.json, beside its line in evaluations.jsonl.

A line holds numbers; the report also the curves, the confusion matrix and the losses by
gate. No torch here: the window reads it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.atomic_write import write_json
from engine.errors import InputError

FOLDER = "reports"
LARGE = ("curves", "confusion", "gates")  # parts of a report that its line leaves out
_NAME = re.compile(r"(\d+)\.json")


def numbers(report: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of evaluations.jsonl says of a report."""
    return {name: value for name, value in report.items() if name not in LARGE}


def write(run: Path, report: Mapping[str, Any]) -> Path:
    """Keep a report that says its step; one of the same step is replaced.

    Raises:
        ExportError: it could not be written.
        OSError: the folder could not be made.
    """
    path = run / FOLDER / f"{report['step']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, report)
    return path


def steps(run: Path) -> tuple[int, ...]:
    """The steps of which a run has a report, newest first."""
    folder = run / FOLDER
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = [int(match[1]) for name in names if (match := _NAME.fullmatch(name))]
    return tuple(sorted(found, reverse=True))


def read(run: Path, step: int) -> dict[str, Any]:
    """The report of a step.

    Raises:
        InputError: it is not there, or cannot be read.
    """
    path = run / FOLDER / f"{step}.json"
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("file.missing", path=path) from error
    except (OSError, ValueError) as error:
        raise InputError("file.unreadable", path=path) from error
    if not isinstance(report, dict):
        raise InputError("file.unreadable", path=path)
    return report


def cut_back(run: Path, step: int) -> None:
    """Take reports of later steps away."""
    for known in steps(run):
        if known > step:
            (run / FOLDER / f"{known}.json").unlink(missing_ok=True)


def copy(run: Path, out: Path, step: int) -> None:
    """Copy the reports up to a step into another run.

    Raises:
        OSError: they could not be copied.
    """
    for known in steps(run):
        if known <= step:
            (out / FOLDER).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(run / FOLDER / f"{known}.json", out / FOLDER / f"{known}.json")
