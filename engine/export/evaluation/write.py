"""An evaluation into a file of the kind that its ending says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.atomic_write import write_json
from engine.errors import ExportError
from engine.export.evaluation import table


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write all of a report as JSON.

    Raises:
        ExportError: it could not be written.
    """
    write_json(path, dict(report))


def _figure(path: Path, report: Mapping[str, Any]) -> None:
    from engine.export.evaluation import figure  # matplotlib is slow to import

    figure.write(path, report)


# Ending -> what writes such a file.
WRITERS: dict[str, Callable[[Path, Mapping[str, Any]], None]] = {
    ".json": write_report,
    ".csv": table.write,
    ".png": _figure,
    ".svg": _figure,
    ".pdf": _figure,
}
PICTURES = (".png", ".svg", ".pdf")


def check_ending(path: Path, endings: tuple[str, ...] = tuple(WRITERS)) -> None:
    """Whether a file's ending is one of these.

    Raises:
        ExportError: it is not.
    """
    if path.suffix.lower() not in endings:
        raise ExportError("export.unknown_format", path=str(path), known=", ".join(endings))


def write(path: Path, report: Mapping[str, Any]) -> None:
    """Write a report.

    Raises:
        ExportError: it could not be written, or its ending is unknown.
    """
    check_ending(path)
    WRITERS[path.suffix.lower()](path, report)
