"""The command `detect`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.commands.common import (
    common_options,
    complain,
    counted,
    number,
    print_json,
    progress,
    sentence,
    whole,
)
from engine.commands.precision import precision_option, settled
from engine.errors import InputError, ModelError
from engine.export.formats import DEFAULT_FORMATS, writers
from engine.export.picture.layers.registry import DEFAULT_LAYERS, layer_names

if TYPE_CHECKING:
    from engine.detection.pipeline.inference import Workbench
    from engine.export.batch import BatchSpec, BatchStep


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="`models` lists them.  [default: people]")
@click.option("--weights", metavar="FILE", type=click.Path(path_type=Path), help="Used instead.")
@click.option("--score", default="0.5", show_default=True, help="What is shown scores above it.")
@click.option("--nms", help="The IoU above which the better box wins.  [default: the model's]")
@click.option("--max-detections", metavar="N", help="A picture.  [default: the model's]")
@click.option(
    "--layers",
    default=",".join(DEFAULT_LAYERS),
    show_default=True,
    help=f"Drawn: {', '.join(layer_names())}.",
)
@click.option(
    "--format",
    "formats",
    default=",".join(DEFAULT_FORMATS),
    show_default=True,
    help=f"Written: {', '.join(writers())}.",
)
@precision_option
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to; made when it is missing.",
)
@common_options
def detect(
    paths: tuple[Path, ...],
    model: str | None,
    weights: Path | None,
    score: str,
    nms: str | None,
    max_detections: str | None,
    layers: str,
    formats: str,
    precision: str,
    out: Path,
    seed: int,
    device: str,
    as_json: bool,
) -> int:
    """Detect in pictures, or in folders of them, and write what was found.

    Under `torchrun` every process does its share of the pictures.
    """
    from engine.detection.pipeline.inference import Workbench
    from engine.device import for_process, seed_everything
    from engine.distributed import joined
    from engine.export.batch import BatchSpec, Kept, detect_all, list_inputs
    from engine.pictures.reader import NOTES

    spec = BatchSpec(
        paths=paths,
        out=out,
        model=model or "people",
        weights=None if weights is None else str(weights),
        device=device,
        score=number(score, "score"),
        nms=None if nms is None else number(nms, "nms"),
        max_detections=None if max_detections is None else whole(max_detections, "max-detections"),
        layers=_chosen(layers, layer_names(), "Layer"),
        formats=_chosen(formats, tuple(writers()), "Format"),
        precision=settled(precision, model=model or "people", weights=weights, device=device),
    )
    seed_everything(seed)
    workbench = Workbench()
    if weights is not None and model is not None:
        _check_fit(workbench, spec)
    with joined() as rank:
        if rank.count > 1:
            spec = replace(spec, device=for_process(spec.device, rank.local))
        steps: list[BatchStep] = []
        total = len(rank.share(list_inputs(paths)))
        kept = Kept()
        found = detect_all(workbench, spec, rank, kept)
        try:
            with closing(found):
                for step in progress(found, total, "detecting") if rank.first else found:
                    steps.append(step)
                    if step.error is not None:
                        complain(step.path, step.error)
        except KeyboardInterrupt:
            click.echo(
                f"thalweg-engine: stopped; {_closing(len(kept.records), total, spec)}", err=True
            )
            raise
        every = rank.gathered(steps)
    if every is None:
        return 0  # the first process speaks for all
    steps = sorted((step for part in every for step in part), key=lambda step: step.done)
    done = [step for step in steps if step.error is None]
    for step in done:
        if step.shrink < 1:
            told = f"memory ran out; looked at in {step.shrink:.0%} of the usual size"
            click.echo(f"thalweg-engine: {step.path}: {told}", err=True)
        if "first_page" in step.notes:
            click.echo(f"thalweg-engine: {step.path}: {NOTES['first_page']}", err=True)
    if as_json:
        print_json(_summary(spec, steps))
    elif done:
        click.echo("\n".join([*_lines(done, spec), _closing(len(done), len(steps), spec)]))
    return 0 if len(done) == len(steps) else 2


def _chosen(text: str, known: Sequence[str], kind: str) -> tuple[str, ...]:
    """Names separated by commas, each once and known."""
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in known:
            raise InputError("value.unknown_name", kind=kind, value=name, known=", ".join(known))
    return tuple(dict.fromkeys(names))


def _check_fit(workbench: Workbench, spec: BatchSpec) -> None:
    """A file given for a named model must know that model's classes."""
    from engine.detection.models import zoo
    from engine.detection.pipeline.inference import InspectSpec

    wanted = zoo.find(spec.model)
    asked = InspectSpec(model=spec.model, weights=spec.weights, device=spec.device)
    _, found, _ = workbench.model(asked)
    if wanted.classes and found.classes != tuple(wanted.classes):
        raise ModelError("weights.other_model", path=spec.weights, model=spec.model)


def _lines(steps: Sequence[BatchStep], spec: BatchSpec) -> Iterator[str]:
    for step in steps:
        counts = Counter(name for name, _ in step.found)
        if counts:
            text = ", ".join(f"{count} {name}" for name, count in counts.items())
        elif step.best is not None:
            name, score = step.best
            text = f"nothing above {spec.score:g}; the best is {name} at {score:.2f}"
        else:
            text = "nothing"
        yield f"{step.path}: {text}"


def _closing(done: int, total: int, spec: BatchSpec) -> str:
    """How many of the pictures are done, and where they were written."""
    told = f"{done} of {counted(total, 'picture')} done"
    return f"{told}; written to {spec.out}: {', '.join(spec.formats)}" if done else told


def _summary(spec: BatchSpec, steps: Sequence[BatchStep]) -> dict[str, Any]:
    from engine.pictures.reader import NOTES

    return {
        "model": spec.model,
        "weights": spec.weights,
        "precision": spec.precision,
        "score": spec.score,
        "out": str(spec.out),
        "images": [
            {
                "path": str(step.path),
                "height": step.size[0],
                "width": step.size[1],
                "detections": [{"class": name, "score": score} for name, score in step.found],
                "files": [str(path) for path in step.files],
                "notes": [NOTES[note] for note in step.notes],
            }
            for step in steps
            if step.error is None
        ],
        "errors": [sentence(step.path, step.error) for step in steps if step.error is not None],
    }
