"""A survey's objects as CSV, and as one HTML page with their thumbnails in it."""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

from engine.atomic_write import replacing_text
from engine.detection.queries.object_outcomes import FOUND
from engine.detection.survey.records import Loss, Survey
from engine.file_text import printable

COLUMNS = (
    "path", "index", "class", "size", "outcome", "score", "number", "threshold",
    "x0", "y0", "x1", "y1",
)  # fmt: skip
STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #1a1d21; background: #fff; }
table { border-collapse: collapse; } td, th { padding: 4px 12px 4px 0; text-align: left; }
td { border-top: 1px solid #dfe3e9; } td.number { text-align: right; }
img { display: block; max-width: 72px; } .found { color: #1b7f45; } .lost { color: #8a6100; }
"""


def object_row(loss: Loss) -> tuple[object, ...]:
    """One object, as `COLUMNS` names it; what there is not is empty."""
    numbers = (loss.score, loss.number, loss.threshold)
    told = tuple("" if value is None else value for value in numbers)
    box = tuple(float(value) for value in loss.box)
    return (str(loss.path), loss.index, loss.class_name, loss.size, loss.outcome, *told, *box)


def write_csv(survey: Survey, path: Path) -> None:
    """Every object, one a line.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing_text(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(object_row, survey.losses))


def write_html(survey: Survey, path: Path) -> None:
    """Every object with its thumbnail, the lost ones first by gate, in one file.

    Raises:
        ExportError: it cannot be written.
    """
    with replacing_text(path) as file:
        file.writelines(_page(survey))


def _page(survey: Survey) -> Iterator[str]:
    spec, counts = survey.spec, survey.funnel()
    title = escape(f"Survey of {len(survey.worst)} pictures with {spec.weights or spec.model}")
    yield f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    yield f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n"
    limits = spec.thresholds
    yield (
        f"<p>{len(survey.losses)} objects, {counts[FOUND]} found from IoU {spec.iou:g} on;"
        f" score &gt; {limits.score:g}, NMS {limits.nms:g}, {escape(spec.precision)}.</p>\n"
    )
    for kind, measured in survey.metrics.items():
        yield f"<p>{escape(kind)}: AP {measured['AP']:.3f}, AP50 {measured['AP50']:.3f}</p>\n"
    yield "<table><tr>" + "".join(f"<th>{name}</th>" for name in ("", "picture", *COLUMNS[2:8]))
    yield "</tr>\n"
    order = {outcome: place for place, outcome in enumerate(counts)}
    lost_first = sorted(survey.losses, key=lambda each: order[each.outcome])
    for loss in sorted(lost_first, key=lambda each: each.outcome == FOUND):
        yield _line(loss)
    yield "</table></body></html>\n"


def _line(loss: Loss) -> str:
    state = "found" if loss.outcome == FOUND else "lost"
    image = ""
    if loss.thumbnail:
        data = b64encode(loss.thumbnail).decode("ascii")
        alt = escape(printable(loss.class_name))
        image = f'<img alt="{alt}" src="data:image/jpeg;base64,{data}">'
    name = escape(printable(loss.path.name))
    words = (loss.class_name, loss.size, loss.outcome.replace("_", " "))
    cells = [f"<td>{image}</td>", f'<td title="{escape(printable(str(loss.path)))}">{name}</td>']
    cells += [f"<td>{escape(printable(word))}</td>" for word in words[:2]]
    cells.append(f'<td class="{state}">{escape(words[2])}</td>')
    for value in (loss.score, loss.number, loss.threshold):
        cells.append(f'<td class="number">{"" if value is None else f"{value:.3g}"}</td>')
    return f"<tr>{''.join(cells)}</tr>\n"
