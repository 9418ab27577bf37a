"""The command `precision`, and the option `--precision` of the commands that detect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from engine.commands.common import common_options, counted, number, print_json, progress
from engine.device import PRECISIONS
from engine.errors import DeviceError

if TYPE_CHECKING:
    from engine.detection.precision.measurement import Measurement

AUTO = "auto"
Function = TypeVar("Function", bound=Callable[..., Any])

precision_option = click.option(
    "--precision",
    type=click.Choice([*PRECISIONS, AUTO]),
    default=PRECISIONS[0],
    show_default=True,
    help="bfloat16 is quicker where the processor has units for it, and not exact; auto takes it"
    " where `precision` found that it is quicker and that nothing shown changes.",
)


def settled(precision: str, *, model: str, weights: Path | None, device: str) -> str:
    """The precision that `--precision` means, before the first picture.

    Raises:
        DeviceError: the device is not there, or has no units for it.
    """
    from engine.detection.precision.measurement import automatic
    from engine.device import precisions, resolve

    if precision == AUTO:
        return automatic(model, None if weights is None else str(weights), device)
    place = resolve(device)
    if precision not in precisions(place):
        raise DeviceError("device.no_bfloat16", device=str(place))
    return precision


@click.command()
@click.argument("pictures", nargs=-1, type=click.Path(path_type=Path))
@click.option("--model", default="people", show_default=True, help="`models` lists them.")
@click.option("--weights", metavar="FILE", type=click.Path(path_type=Path), help="Used instead.")
@click.option("--score", default="0.5", show_default=True, help="What is shown scores above it.")
@common_options
def precision(
    pictures: tuple[Path, ...],
    model: str,
    weights: Path | None,
    score: str,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Measure what bfloat16 gains and changes for a model on this machine.

    Over PICTURES, or the program's samples, of which alone the result is remembered: from
    then on `--precision auto` and the window use bfloat16 where it is quicker and nothing
    that is shown appears, vanishes or has another class.
    """
    from engine.detection.pipeline.inference import Workbench
    from engine.detection.pipeline.selection import Thresholds
    from engine.detection.precision.measure import PrecisionSpec, measure
    from engine.detection.precision.measurement import Measurement
    from engine.device import seed_everything
    from engine.export.batch import list_inputs

    shown = Thresholds(number(score, "score")).score
    inputs = list_inputs(pictures) if pictures else []
    for _, error in inputs:
        if error is not None:
            raise error
    settled(PRECISIONS[1], model=model, weights=weights, device=device)
    seed_everything(seed)
    spec = PrecisionSpec(
        model=model,
        weights=None if weights is None else str(weights),
        device=device,
        pictures=tuple(path for path, _ in inputs),
        shown=shown,
    )
    found: Measurement | None = None
    for step in progress(measure(Workbench(), spec), 0, "measuring"):
        if isinstance(step, Measurement):
            found = step
    assert found is not None, "a measurement ends with its result"
    if as_json:
        print_json({**asdict(found), "recommended": found.recommended})
    else:
        click.echo("\n".join(_lines(found)))


def _lines(found: Measurement) -> Iterator[str]:
    name = found.subject.precision
    yield (
        f"{name} is {found.times_faster:.2f} times as fast as float32 on {found.subject.device}: "
        f"{found.seconds:.3g} s instead of {found.seconds_exact:.3g} s a picture"
    )
    masks = "" if found.mask_iou is None else f", {found.mask_iou:.3f} the least IoU of masks"
    yield (
        f"{counted(found.detections, 'detection')} in {counted(found.pictures, 'picture')}: the "
        f"largest difference is {found.score:.4f} in score, {found.box:.2f} px in a box{masks}"
    )
    for change in found.changes:
        yield (
            f"{change.picture}: {change.class_name} {change.what},"
            f" score {change.exact:.3f} in float32, {change.other:.3f} in {name}"
        )
    if found.recommended:
        yield f"nothing that is shown changes: --precision auto uses {name}"
    elif found.changes:
        yield f"{counted(len(found.changes), 'verdict')} changed: --precision auto uses float32"
    else:
        yield "it is not quicker, or nothing was found to compare: --precision auto uses float32"
