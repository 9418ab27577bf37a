"""The command `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.annotations.json_stream import finish
from engine.commands.common import (
    common_options,
    counted,
    json_ready,
    print_json,
    progress,
    show_reading,
)
from engine.commands.precision import precision_option, settled
from engine.training.runs.reports import numbers
from engine.training.spec import TrainSpec

SHAPES = ("shapes",)  # what --data is for generated scenes


@click.command()
@click.option("--model", metavar="NAME", help="A model; `models` lists them.")
@click.option("--weights", type=click.Path(path_type=Path), metavar="FILE", help="Or a file.")
@click.option(
    "--data",
    required=True,
    multiple=True,
    metavar="DIR_OR_JSON|shapes",
    help="COCO JSON, a folder of COCO, LabelMe, YOLO or VOC, or shapes; several are joined.",
)
@click.option(
    "--images",
    default="",
    metavar="FOLDER",
    help="Where the pictures lie.  [default: as data sets have them]",
)
@click.option(
    "--split",
    type=click.Choice(["all", "training", "validation"]),
    default="all",
    show_default=True,
    help="Which part of the data, as `train` splits it.",
)
@click.option(
    "--validation",
    type=click.FloatRange(0, 0.9),
    default=0.1,
    show_default=True,
    help="Share that is held out.",
)
@click.option(
    "--pictures", type=click.IntRange(1), default=200, show_default=True, help="Of shapes."
)
@click.option(
    "--nms",
    type=click.FloatRange(0, 1),
    metavar="F",
    help="IoU from which a better box of the class suppresses.  [default: the model's own]",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the JSON here.")
@click.option(
    "--csv",
    "csv_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a table: kind, class, metric, at, value; points of curves too.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it all on a page: .png, .svg or .pdf.",
)
@precision_option
@common_options
def evaluate(
    model: str | None,
    weights: Path | None,
    data: tuple[str, ...],
    images: str,
    split: str,
    validation: float,
    pictures: int,
    nms: float | None,
    out: Path | None,
    csv_path: Path | None,
    picture: Path | None,
    precision: str,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Measure a detector by COCO's rules and print JSON.

    AP is taken over IoU .50 to .95, at the model's own maximum of detections; -1 where
    the data has nothing of that size. Pictures lie beside the JSON, or where COCO, CVAT,
    Roboflow and the like have them; classes match by name. `--data shapes --seed N` makes
    scenes that training never sees.

    `--json` and `--out` have besides the numbers each class's curve of precision and recall,
    the confusion matrix, and at which gate of the detector objects are lost, of boxes at IoU
    .50; the last two as detections above score .5 are shown.
    """
    if (model is None) == (weights is None):
        raise click.UsageError("Give --model or --weights.")
    from engine.atomic_write import make_folder
    from engine.detection.models import zoo
    from engine.detection.precision.layout import laid_out
    from engine.export.evaluation import table
    from engine.export.evaluation.write import PICTURES, check_ending, write, write_report
    from engine.training import initialization, trainer
    from engine.training.evaluation import run
    from engine.training.joined import split_files
    from engine.training.synthetic_shapes import CLASSES

    if picture is not None:
        check_ending(picture, PICTURES)  # before minutes are spent
    precision = settled(precision, model=model or "", weights=weights, device=device)
    if weights is not None:
        detector, description = zoo.load_described(weights, device)
        classes = description.classes
    else:
        detector, classes = zoo.load_detector(model or "", device), zoo.find(model or "").classes
    detector = laid_out(detector, precision)
    if nms is not None:
        detector.roi_heads.nms_thresh = nms
    # Scenes hold what the model knows; a data set holds what it holds.
    drawn = tuple(name for name in CLASSES if name in classes) if data == SHAPES else ()
    spec = TrainSpec(data=data, images=images, pictures=pictures, classes=drawn)
    reading = initialization.open_data_steps(spec, seed=seed + trainer.VALIDATION_SEED)
    dataset = finish(show_reading(reading))
    indices = list(range(len(dataset)))
    if split != "all" and data != SHAPES:
        indices = split_files(dataset, validation)[split == "validation"]
    result: dict[str, Any] = {}
    steps = run.evaluate(detector, dataset, indices, classes=classes, precision=precision)
    for item in progress(steps, len(indices) + 1, "evaluating"):
        if isinstance(item, dict):
            result = item
    for note in dataset.notes:
        click.echo(note, err=True)
    files = [
        (path, writer)
        for path, writer in ((out, write_report), (csv_path, table.write), (picture, write))
        if path is not None
    ]
    for path, writer in files:
        make_folder(path.parent)
        writer(path, json_ready(result))
    print_json(result if as_json else numbers(result))
    if not as_json:
        where = ", ".join(str(path) for path, _ in files) or "standard output"
        measured = counted(len(indices), "picture")
        click.echo(f"{measured} measured; written to {where}", err=True)
