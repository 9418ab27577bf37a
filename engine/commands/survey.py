"""The command `survey`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.annotations.reading import titles
from engine.commands.common import (
    common_options,
    complain,
    counted,
    number,
    print_json,
    progress,
    sentence,
    show_reading,
    whole,
)
from engine.commands.precision import precision_option, settled
from engine.errors import InputError, ThalwegError

if TYPE_CHECKING:
    from engine.detection.survey.records import Loss, Survey

MOST_LINES = 10  # of the confusion and of the worst pictures; JSON has them all


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--truth",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help=f"{', '.join(titles())}; or a folder.  [default: beside each picture]",
)
@click.option(
    "--images",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the pictures of --truth lie.  [default: as data sets have them]",
)
@click.option("--model", default="people", show_default=True, help="`models` lists them.")
@click.option("--weights", metavar="FILE", type=click.Path(path_type=Path), help="Used instead.")
@click.option("--score", default="0.5", show_default=True, help="What is shown scores above it.")
@click.option("--nms", help="The IoU above which the better box wins.  [default: the model's]")
@click.option("--max-detections", metavar="N", help="A picture.  [default: the model's]")
@click.option("--iou", default="0.5", show_default=True, help="From which a box finds an object.")
@click.option(
    "--csv", "csv_file", metavar="F", type=click.Path(path_type=Path), help="A line an object."
)
@click.option(
    "--html",
    metavar="F",
    type=click.Path(path_type=Path),
    help="The same as a page, with a thumbnail of each object in it.",
)
@precision_option
@common_options
def survey(
    paths: tuple[Path, ...],
    truth: Path | None,
    images: Path | None,
    model: str,
    weights: Path | None,
    score: str,
    nms: str | None,
    max_detections: str | None,
    iou: str,
    csv_file: Path | None,
    html: Path | None,
    precision: str,
    seed: int,
    device: str,
    as_json: bool,
) -> int:
    """Say where a folder's objects are lost, by gate, class and size.

    Beside that precision and recall of each class, what is taken for what, and the worst
    pictures first. `--json` has every object.
    """
    from engine.detection.pipeline.inference import InspectSpec, Workbench
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.survey.records import Survey, SurveyProgress, SurveySpec
    from engine.detection.survey.run import survey as run
    from engine.detection.survey.tables import write_csv, write_html
    from engine.device import seed_everything
    from engine.export.batch import list_inputs

    wanted, least = number(score, "score"), number(iou, "iou")
    overlap = None if nms is None else number(nms, "nms")
    most = None if max_detections is None else whole(max_detections, "max-detections")
    Thresholds(wanted, 0.5 if overlap is None else overlap, 1 if most is None else most)
    if not 0 < least <= 1:
        raise InputError("value.out_of_range", name="iou", value=iou, low=0, high=1)
    inputs = list_inputs(paths)
    unusable = [error for _, error in inputs if error is not None]
    if unusable and len(unusable) == len(inputs):
        raise unusable[0]
    seed_everything(seed)
    file = None if weights is None else str(weights)
    workbench = Workbench()
    precision = settled(precision, model=model, weights=weights, device=device)
    asked = InspectSpec(model=model, weights=file, device=device, precision=precision)
    heads = workbench.model(asked)[0].roi_heads
    spec = SurveySpec(
        pictures=tuple(path for path, error in inputs if error is None),
        truth=truth,
        images=images,
        model=model,
        weights=file,
        device=device,
        thresholds=Thresholds(
            wanted,
            heads.nms_thresh if overlap is None else overlap,
            heads.detections_per_img if most is None else most,
        ),
        iou=least,
        precision=precision,
    )
    errors: list[tuple[Path, ThalwegError]] = [
        (path, error) for path, error in inputs if error is not None
    ]
    told: Survey | None = None
    try:
        steps: Iterator[SurveyProgress | Survey] = show_reading(run(workbench, spec))
        first = next(steps)  # after all reading, whose bar is not this one
        for step in progress(chain([first], steps), len(spec.pictures) + 1, "surveying"):
            if isinstance(step, Survey):
                told = step
            elif step.error is not None:
                errors.append((step.path, step.error))
    finally:
        for path, error in errors:
            complain(path, error)
    assert told is not None, "a survey ends with its result"
    for target, write in ((csv_file, write_csv), (html, write_html)):
        if target is not None:
            write(told, target)
    if as_json:
        print_json({**_record(told), "errors": [sentence(*each) for each in errors]})
    else:
        click.echo("\n".join(_lines(told)))
    return 2 if errors else 0


def _record(told: Survey) -> dict[str, Any]:
    from engine.detection.survey.records import SIZES, average_name

    names = [*told.classes, None]  # None: no object, or no box
    return {
        "model": told.spec.model,
        "precision": told.spec.precision,
        "iou": told.spec.iou,
        "score": told.spec.thresholds.score,
        "pictures": len(told.worst),
        "skipped": [str(path) for path in told.skipped],
        "objects": len(told.losses),
        "notes": told.tally.sentences(),
        "funnel": {
            "all": told.funnel(),
            "sizes": {size: told.funnel(size=size) for size in SIZES},
            "classes": {name: told.funnel(name) for name in _names(told)},
        },
        "metrics": told.metrics,
        "precision_recall": {
            name: {
                "objects": curve.objects,
                average_name(told.spec.iou): curve.average,
                "precision": curve.at_recalls().tolist(),
            }
            for name, curve in told.curves.items()
        },
        "confusion": [
            {
                "object": names[row],
                "detection": names[column],
                "count": int(told.confusion[row, column]),
                "pictures": [str(path) for path in pictures],
            }
            for (row, column), pictures in sorted(told.confusion_pictures.items())
        ],
        "worst": [{"path": str(path), "errors": count} for path, count in told.worst],
        "losses": [_loss(loss) for loss in told.losses],
    }


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "path": str(loss.path),
        "index": loss.index,
        "class": loss.class_name,
        "size": loss.size,
        "box": loss.box.tolist(),
        "outcome": loss.outcome,
        "number": loss.number,
        "threshold": loss.threshold,
        "score": loss.score,
    }


def _names(told: Survey) -> list[str]:
    """The classes of the ground truth, those that the model knows in its own order."""
    marked = {loss.class_name for loss in told.losses}
    return [name for name in told.classes if name in marked] + sorted(marked - {*told.classes})


def _lines(told: Survey) -> Iterator[str]:
    """The survey as tables."""
    from engine.detection.queries.object_outcomes import FOUND
    from engine.detection.survey.records import SIZES, average_name

    counts = told.funnel()
    found = f"{counts[FOUND]} found from IoU {told.spec.iou:g} on"
    pictures, objects = counted(len(told.worst), "picture"), counted(len(told.losses), "object")
    yield f"{pictures}, {objects}, {found}"
    if told.skipped:
        yield f"without ground truth, or unreadable: {len(told.skipped)}"
    yield from told.tally.sentences()
    for kind, measured in told.metrics.items():
        yield f"{kind}: AP {measured['AP']:.3f}, AP50 {measured['AP50']:.3f}"
    yield ""
    sizes = [told.funnel(size=size) for size in SIZES]
    rows = [
        (_words(outcome), count, *(each[outcome] for each in sizes))
        for outcome, count in counts.items()
        if count
    ]
    yield from table_lines(("outcome", "all", *SIZES), rows)
    yield ""
    average = average_name(told.spec.iou)
    yield from table_lines(("class", "objects", "found", average, "lost most at"), _by_class(told))
    mistaken = _mistaken(told)
    if mistaken:
        yield ""
        yield from table_lines(("object", "taken for", "count"), mistaken[:MOST_LINES])
    yield ""
    worst = [(path, count) for path, count in told.worst[:MOST_LINES] if count]
    yield from table_lines(("worst pictures", "missed and false"), worst)
    yield ""
    surveyed = len(told.worst)
    yield f"{surveyed} of {counted(surveyed + len(told.skipped), 'picture')} surveyed"


def _by_class(told: Survey) -> Iterator[tuple[Any, ...]]:
    from engine.detection.queries.object_outcomes import FOUND

    for name in _names(told):
        counts = Counter(told.funnel(name))
        found, objects = counts.pop(FOUND), sum(told.funnel(name).values())
        gate, lost = counts.most_common(1)[0]
        curve = told.curves.get(name)
        average = "-" if curve is None else f"{curve.average:.3f}"
        yield name, objects, found, average, f"{_words(gate)} ({lost})" if lost else "-"


def _mistaken(told: Survey) -> list[tuple[str, str, int]]:
    """What is no match of a class with itself, the most frequent first."""
    names = [*told.classes, "nothing"]
    cells = [
        (names[row], names[column], int(told.confusion[row, column]))
        for row, column in told.confusion_pictures
        if row != column
    ]
    return sorted(cells, key=lambda cell: -cell[2])


def _words(outcome: str) -> str:
    return outcome.replace("_", " ")


def table_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Columns as wide as they need; numbers to the right."""
    cells = [list(head), *([str(value) for value in row] for row in rows)]
    columns = list(zip(*cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    to_right = [all(map(_is_number, column[1:])) for column in columns]
    for row in cells:
        padded = [
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, to_right, strict=True)
        ]
        yield "  ".join(padded).rstrip()


def _is_number(text: str) -> bool:
    return text == "-" or text.replace(".", "").isdigit()
