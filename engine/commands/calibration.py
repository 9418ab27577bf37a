"""The command `calibrate`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from engine.annotations.json_stream import finish
from engine.commands.common import common_options, print_json, progress, show_reading
from engine.training.spec import TrainSpec


@click.command()
@click.option("--weights", type=click.Path(path_type=Path), required=True, help="Of a training.")
@click.option(
    "--data",
    required=True,
    multiple=True,
    metavar="DIR_OR_JSON|shapes",
    help="COCO JSON, a folder of COCO, LabelMe, YOLO or VOC, or shapes; several are joined.",
)
@click.option(
    "--validation",
    type=click.FloatRange(0.001, 1),
    default=0.1,
    show_default=True,
    help="Share of the pictures that training held out, to fit to; 1 for all.",
)
@click.option(
    "--pictures", type=click.IntRange(1), default=200, show_default=True, help="Of shapes."
)
@click.option(
    "--score",
    type=click.FloatRange(0, 1),
    help="What scores less is no detection.  [default: as many stay as before]",
)
@click.option(
    "--nms",
    type=click.FloatRange(0, 1),
    help="IoU from which a better box of the class suppresses.  [default: the model's own]",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The weights to write.")
@common_options
def calibrate(
    weights: Path,
    data: tuple[str, ...],
    validation: float,
    pictures: int,
    score: float | None,
    nms: float | None,
    out: Path,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Make a detector's scores the share of detections that are true.

    A scale and a shift of the class logits are fitted to held-out pictures and folded
    into the classifier; half precision stays half.
    """
    from engine.atomic_write import make_folder
    from engine.detection.models import builders, weight_files, zoo
    from engine.training import initialization, score_calibration, trainer
    from engine.training.joined import split_files
    from engine.training.synthetic_shapes import CLASSES

    detector, description = zoo.load_described(weights, device)
    drawn = tuple(name for name in CLASSES if name in description.classes)
    shapes = data == (initialization.SHAPES,)
    spec = TrainSpec(data=data, pictures=pictures, classes=drawn if shapes else ())
    reading = initialization.open_data_steps(spec, seed=seed + trainer.VALIDATION_SEED)
    dataset = finish(show_reading(reading))
    indices = list(range(len(dataset)))
    if validation < 1 and not shapes:
        indices = split_files(dataset, validation)[1]
    fitted = (1.0, 0.0)
    steps = score_calibration.calibrate(detector, dataset, indices, classes=description.classes)
    for item in progress(steps, len(indices) + 1, "calibrating"):
        if isinstance(item, tuple):
            fitted = item
    kept = {name: tensor.dtype for name, tensor in weight_files.read_tensors(weights).items()}
    tensors = {name: tensor.to(kept[name]) for name, tensor in detector.state_dict().items()}
    make_folder(out.parent)
    net = builders.from_json(description.architecture)
    if score is None:
        score = round(score_calibration.fitted_threshold(net.score_threshold, *fitted), 4)
    net = replace(
        net, score_threshold=score, nms_threshold=net.nms_threshold if nms is None else nms
    )
    description = replace(description, architecture=net.to_json())
    weight_files.write_tensors(out, tensors, description.metadata())
    result = {
        "out": str(out),
        "pictures": len(indices),
        "scale": fitted[0],
        "shift": fitted[1],
        "score": net.score_threshold,
        "nms": net.nms_threshold,
    }
    if as_json:
        print_json(result)
    else:
        click.echo(f"logits x {fitted[0]:.3f}, classes {fitted[1]:+.3f}; {out}")
