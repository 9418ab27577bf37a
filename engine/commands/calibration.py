"""The command `calibrate`."""

from __future__ import annotations

from pathlib import Path

import click

from engine.commands.common import common_options, print_json, progress
from engine.training.spec import TrainSpec


@click.command()
@click.option("--weights", type=click.Path(path_type=Path), required=True, help="Of a training.")
@click.option(
    "--data",
    required=True,
    multiple=True,
    metavar="DIR_OR_JSON|shapes",
    help="COCO JSON, its folder, or shapes; files given one by one are joined.",
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
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The weights to write.")
@common_options
def calibrate(
    weights: Path,
    data: tuple[str, ...],
    validation: float,
    pictures: int,
    out: Path,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Make a detector's scores the share of detections that are true.

    A scale and a shift of the class logits are fitted to held-out pictures and folded
    into the classifier; half precision stays half.
    """
    from engine.detection.models import weight_files, zoo
    from engine.export.batch import make_folder
    from engine.training import initialization, score_calibration, trainer
    from engine.training.joined import split_files
    from engine.training.synthetic_shapes import CLASSES

    detector, description = zoo.load_described(weights, device)
    drawn = tuple(name for name in CLASSES if name in description.classes)
    shapes = data == (initialization.SHAPES,)
    spec = TrainSpec(data=data, pictures=pictures, classes=drawn if shapes else ())
    dataset = initialization.open_data(spec, seed=seed + trainer.VALIDATION_SEED)
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
    weight_files.write_tensors(out, tensors, description.metadata())
    result = {"out": str(out), "pictures": len(indices), "scale": fitted[0], "shift": fitted[1]}
    if as_json:
        print_json(result)
    else:
        click.echo(f"logits x {fitted[0]:.3f}, classes {fitted[1]:+.3f}; {out}")
