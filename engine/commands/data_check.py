"""The command `check`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.commands.common import common_options, counted, print_json, progress, show_reading
from engine.commands.survey import table_lines
from engine.training.spec import TrainSpec

if TYPE_CHECKING:
    from engine.training.data_check.anchor_sizes import AnchorProposal
    from engine.training.data_check.check import DataReport

MOST_LINES = 20  # of findings on a terminal; --csv and --json have them all


@click.command()
@click.option(
    "--data",
    multiple=True,
    required=True,
    metavar="DIR_OR_FILE|shapes",
    help="COCO JSON, or a folder of COCO, LabelMe, YOLO or VOC; several are joined.",
)
@click.option(
    "--images",
    default="",
    metavar="FOLDER",
    help="Where the pictures lie.  [default: as data sets have them]",
)
@click.option("--model", default="", metavar="NAME", help="Whose anchors.  [default: by the data]")
@click.option("--classes", metavar="NAME,...", help="Classes to learn.  [default: all]")
@click.option(
    "--validation", type=float, default=0.1, show_default=True, help="Share that is held out."
)
@click.option(
    "--validation-files",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Held out of the first N --data only.  [default: of all]",
)
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the findings here.")
@common_options
def check(
    data: tuple[str, ...],
    images: str,
    model: str,
    classes: str | None,
    validation: float,
    validation_files: int,
    csv_path: Path | None,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Check the data of a training before its first step.

    Every picture and annotation: what is missing, damaged, outside or of no area, which
    objects no anchor learns, what training and validation share, and anchor sizes that
    fit the boxes. What `train` would say is named here with its picture and annotation.
    """
    from engine.atomic_write import make_folder
    from engine.training.data_check import table
    from engine.training.data_check.anchor_sizes import AnchorProposal, propose_anchors
    from engine.training.data_check.check import DataReport, check_data

    spec = TrainSpec(
        data=data[0] if len(data) == 1 else data,
        images=images,
        model=model,
        classes=tuple(name.strip() for name in classes.split(",")) if classes else (),
        validation=validation,
        validation_files=validation_files,
        seed=seed,
    )
    steps: Iterator[Any] = show_reading(check_data(spec))  # type: ignore[arg-type]
    report = _last(steps, DataReport, "checking")
    proposal = None
    if report.objects:
        anchors = propose_anchors(report.architecture, report.labels)
        proposal = _last(anchors, AnchorProposal, "anchors")
    if csv_path is not None:
        make_folder(csv_path.parent)
        table.write(csv_path, report.findings)
    if as_json:
        print_json(table.record(report, proposal))
        return
    click.echo("\n".join(_lines(report, proposal)))
    if csv_path is not None:
        click.echo(f"written to {csv_path}")


def _last(steps: Iterator[Any], kind: type[Any], label: str) -> Any:
    """What a job gives in the end; a bar meanwhile."""
    first = next(steps)
    count = getattr(first, "count", 1)
    result = None
    for step in progress(chain([first], steps), count + 1, label):
        result = step
    assert isinstance(result, kind), "a check ends with its report"
    return result


def _lines(report: DataReport, proposal: AnchorProposal | None) -> Iterator[str]:
    """A report as tables."""
    from engine.training.data_check.findings import KINDS

    pictures, objects = counted(report.pictures, "picture"), counted(report.objects, "object")
    yield f"{pictures}, {objects} to learn, {counted(len(report.findings), 'finding')}"
    if report.bad_pictures:
        yield f"{counted(report.bad_pictures, 'picture')} cannot be used; see train --leave-out-bad"
    if report.findings:
        yield ""
        rows = [
            (KINDS[kind].title, count, KINDS[kind].effect.value)
            for kind, count in report.counts().items()
        ]
        yield from table_lines(("finding", "count", "training"), rows)
        yield ""
        named = [
            (each.picture or each.file, each.annotation or "-", each.sentence())
            for each in report.findings[:MOST_LINES]
        ]
        yield from table_lines(("picture", "annotation", "what"), named)
        if len(report.findings) > MOST_LINES:
            yield f"{len(report.findings) - MOST_LINES} more; --csv or --json has all"
    yield ""
    told = report.statistics
    yield from table_lines(
        ("class", "objects"), zip(told.classes, told.objects.tolist(), strict=True)
    )
    if proposal is not None:
        yield ""
        current, sizes = (
            ", ".join(f"{size:g}" for size in each) for each in (proposal.current, proposal.sizes)
        )
        fit = f"{proposal.before:.0%} of objects fit (IoU >= {proposal.threshold:g})"
        yield f"anchors {current}: {fit}"
        yield f"proposed {sizes}: {proposal.after:.0%}"
