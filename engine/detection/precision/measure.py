"""The job that measures a precision on this machine: a model, some pictures, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from engine import device as devices
from engine.detection.detections import Detections, gather
from engine.detection.pipeline.inference import InspectSpec, Workbench
from engine.detection.pipeline.selection import Thresholds, select, stock_thresholds
from engine.detection.precision.difference import Difference, compare, worst
from engine.detection.precision.measurement import Measurement, remember, subject_of
from engine.pictures.reader import read_picture
from engine.pictures.samples import all_samples


@dataclass(frozen=True)
class PrecisionSpec:
    """What to measure.

    Attributes:
        model, weights, device: as in `InspectSpec`.
        precision: of `engine.device.PRECISIONS`, but the first.
        pictures: picture files; none for the program's samples.
        shown: what scores above it is shown.
    """

    model: str = "people"
    weights: str | None = None
    device: str = "auto"
    precision: str = devices.PRECISIONS[1]
    pictures: tuple[Path, ...] = ()
    shown: float = Thresholds().score


@dataclass(frozen=True)
class PrecisionProgress:
    """How many of how many passes are done, and whose picture is at work."""

    done: int
    count: int
    path: Path


def measure(workbench: Workbench, spec: PrecisionSpec) -> Iterator[PrecisionProgress | Measurement]:
    """Run a model over pictures in float32 and in another precision.

    The result is remembered where it is of the program's samples at the usual threshold.

    Only the stages are timed, so that other jobs of the lane may have their turn between
    them. A pass that the machine was busy in does not count much: the median is told.

    Yields:
        A `PrecisionProgress` before each stage of each pass, and the `Measurement` last.

    Raises:
        PictureError, ModelError, InputError: a picture, the weights or a name.
        DeviceError: the device is not there, has no units for it, or ran out of memory.
    """
    pictures = spec.pictures or all_samples()
    passes = (devices.PRECISIONS[0], spec.precision)
    count = len(passes) * len(pictures)
    seconds: dict[str, list[float]] = {name: [] for name in passes}
    differences: list[Difference] = []
    for index, path in enumerate(pictures):
        answers: list[Detections] = []
        for turn, precision in enumerate(passes):
            progress = PrecisionProgress(len(passes) * index + turn, count, path)
            yield progress
            for step in _answer(workbench, spec, path, precision):
                if step is None:
                    yield progress
                else:
                    answers.append(step[0])
                    seconds[precision].append(step[1])
        differences.append(compare(*answers, shown=spec.shown, picture=path.name))
    told = worst(differences)
    found = Measurement(
        subject=subject_of(spec.model, spec.weights, spec.device, spec.precision),
        shown=spec.shown,
        pictures=len(pictures),
        detections=told.detections,
        seconds_exact=median(seconds[passes[0]]),
        seconds=median(seconds[spec.precision]),
        score=told.score,
        box=told.box,
        mask_iou=told.mask_iou,
        changes=told.changes,
    )
    if not spec.pictures and spec.shown == PrecisionSpec().shown:
        remember(found)
    yield found


def _answer(
    workbench: Workbench, spec: PrecisionSpec, path: Path, precision: str
) -> Iterator[tuple[Detections, float] | None]:
    """None before each stage; last all that the model keeps, and the seconds it took.

    The features are dropped: those of the pictures that are looked at stay on the workbench.
    """
    from engine.detection.pipeline.stages import StageProgress, forget_scales, trace

    asked = InspectSpec(
        path=str(path),
        model=spec.model,
        weights=spec.weights,
        device=spec.device,
        precision=precision,
    )
    module, facts, device = workbench.model(asked)
    pixels = read_picture(path).pixels
    steps = trace(module, pixels, precision=precision)
    while True:
        # Before and after: another job of the lane may use the model in between.
        forget_scales(module)
        with devices.memory_guard(device):
            step = next(steps)
        forget_scales(module)
        if isinstance(step, StageProgress):
            yield None
            continue
        result, _ = step
        shown = gather(result, select(result, stock_thresholds(result)), facts)
        yield shown, sum(result.stage_seconds.values())
        return
