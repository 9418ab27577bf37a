"""The command `train`."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from engine.commands.common import (
    common_options,
    print_json,
    progress,
    show_reading,
)
from engine.errors import InputError, SpecError
from engine.optimizers.schedules import SCHEDULES
from engine.signals import asked_to_end
from engine.specs import from_json
from engine.training.optimizer_text import trainable
from engine.training.runs import run_folder
from engine.training.spec import PARTS, TrainSpec

# What a resumed run may be given anew; everything else is in its spec.json.
_RESUMABLE = {
    "out",
    "resume",
    "leave_out_bad",
    "steps",
    "epochs",
    "checkpoint_every",
    "evaluate_every",
    "save_every_s",
    "keep_last",
    "keep_best",
    "patience",
    "as_json",
}
# What a fork may be given anew besides.
_FORKABLE = _RESUMABLE | {
    "fork", "optimizer", "lr_schedule", "warmup", "cooldown", "backbone_lr_scale", "clip",
    "batch", "seed", "device",
}  # fmt: skip


@click.command()
@click.option(
    "--data",
    multiple=True,
    metavar="DIR_OR_JSON|shapes",
    help="COCO JSON, a folder of COCO, LabelMe, YOLO or VOC, or shapes; several are joined.",
)
@click.option(
    "--images", metavar="FOLDER", help="Where the pictures lie.  [default: as data sets have them]"
)
@click.option(
    "--schedule",
    metavar="joint|alternating",
    help="All parts together, or RPN and detector in turn in four steps.  [default: joint]",
)
@click.option(
    "--rounds",
    type=click.IntRange(1),
    metavar="N",
    help="How often the four steps are gone through.  [default: 1]",
)
@click.option(
    "--model",
    metavar="NAME",
    help="The net: people, nuclei or shapes.  [default: by the data]",
)
@click.option(
    "--start",
    metavar="model|imagenet|nothing|FILE",
    help="First weights, or MoveNet's features.  [default: model, bundled features that fit]",
)
@click.option("--classes", metavar="NAME,...", help="Classes to learn.  [default: all]")
@click.option(
    "--optimizer",
    metavar="NAME[:KEY=VALUE,...]",
    help=f"{', '.join(trainable())}; keys as torch has them.",
)
@click.option(
    "--lr-schedule",
    metavar="NAME[:KEY=VALUE,...]",
    help=f"{', '.join(SCHEDULES)}; keys as torch has them.  [default: --warmup, --cooldown]",
)
@click.option(
    "--warmup", type=click.IntRange(0), metavar="N", help="Steps of rising rate.  [default: 50]"
)
@click.option(
    "--cooldown",
    type=click.FloatRange(0, 1),
    metavar="F",
    help="Last share of the steps, in which the rate falls to 0.  [default: 0.35]",
)
@click.option(
    "--backbone-lr-scale",
    type=click.FloatRange(0),
    metavar="F",
    help="Learning rate of the backbone, as a share of the heads'.  [default: 0.33]",
)
@click.option(
    "--clip",
    type=click.FloatRange(0),
    metavar="F",
    help="Largest norm of the gradient; 0 for no limit.  [default: 10]",
)
@click.option(
    "--frozen",
    type=click.IntRange(0, 4),
    metavar="N",
    help="Stages of the backbone that keep their weights.  [default: as suits it]",
)
@click.option(
    "--precision",
    metavar="float32|mixed",
    help="mixed: bfloat16 in the pyramid and the heads, for a GPU.  [default: float32]",
)
@click.option(
    "--steps",
    type=click.IntRange(1),
    metavar="N",
    help="Steps from the run's start; alternating: in each of the four.",
)
@click.option(
    "--epochs", type=click.IntRange(1), metavar="N", help="Instead: passes over the pictures."
)
@click.option("--batch", type=click.IntRange(1), metavar="N", help="Pictures a step.")
@click.option(
    "--crop",
    type=click.IntRange(0),
    metavar="PX",
    help="Side of square training crops; 0 for whole pictures.  [default: 0]",
)
@click.option("--validation", type=float, metavar="F", help="Share of pictures held out.")
@click.option(
    "--validation-files",
    type=click.IntRange(0),
    metavar="N",
    help="Hold out pictures of the first N --data only.  [default: of all]",
)
@click.option(
    "--learn", metavar="PART,...", help=f"Parts that learn: {', '.join(PARTS)}.  [default: all]"
)
@click.option(
    "--checkpoint-every", type=click.IntRange(0), metavar="N", help="Steps.  [default: at the end]"
)
@click.option(
    "--evaluate-every", type=click.IntRange(0), metavar="N", help="Steps.  [default: never]"
)
@click.option(
    "--save-every",
    "save_every_s",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="How often RUN/last/ is written besides; 0 for never.  [default: 60]",
)
@click.option(
    "--keep-last",
    type=click.IntRange(0),
    metavar="N",
    help="Checkpoints that stay, beside the best.  [default: all]",
)
@click.option(
    "--keep-best/--no-keep-best",
    default=None,
    help="Write and keep the checkpoint with the best evaluation.  [default: keep]",
)
@click.option(
    "--patience",
    type=click.IntRange(0),
    metavar="N",
    help="End after N evaluations that are no better than the best.  [default: never]",
)
@click.option(
    "--spec",
    "spec_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A spec file; options given here win over it.",
)
@click.option("--leave-out-bad", is_flag=True, help="Train without pictures that cannot be used.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The run folder.")
@click.option("--resume", is_flag=True, help="Go on with the run in --out.")
@click.option(
    "--fork",
    metavar="RUN[@STEP]",
    help="Begin with the past of another run, up to its checkpoint of that step.",
)
@click.option(
    "--overwrite", is_flag=True, help="Replace a run in --out, once this one has a checkpoint."
)
@common_options
@click.pass_context
def train(ctx: click.Context, /, **options: Any) -> None:
    """Train a detector into a run folder.

    RUN/metrics.jsonl holds one line a step, RUN/evaluations.jsonl one an evaluation,
    RUN/phases.jsonl one for each of the alternating schedule's steps (a hash of what was
    fixed, the recall of the proposals that RUN/proposals/ keeps).
    RUN/checkpoints/ weights to use, RUN/last/ what --resume needs, RUN/states/ what --fork
    needs: the newest 5 checkpoints, or --keep-last, and the best. Ctrl-C, a kill or a
    closed terminal stops after the step and saves; what cannot be caught loses a minute.
    """
    given = {
        name: value
        for name, value in options.items()
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }
    if given.get("steps") is not None and given.get("epochs") is not None:
        raise click.UsageError("Give --steps or --epochs, not both.")
    out: Path = options["out"]
    ways = [name for name in ("resume", "overwrite", "fork") if options[name]]
    if len(ways) > 1:
        raise click.UsageError(f"Give --{ways[0]} or --{ways[1]}, not both.")
    if options["fork"]:
        spec = _fork(options["fork"], out, given)
    elif options["resume"]:
        spec = _resumed_spec(out, given)
    else:
        spec = _new_spec(given, options["spec_path"])
    from engine.training.trainer import train as run

    frame, evaluation, loss = None, None, None
    stopped: list[int] = []  # signals: the step at hand is finished first
    with asked_to_end(stopped.append):
        resume = options["resume"] or bool(options["fork"])
        frames = run(spec, out, resume=resume, overwrite=options["overwrite"])
        first = _opened(frames, stopped)
        if first.note:
            click.echo(first.note, err=True)
        for frame in progress(_steps(frames, stopped), first.steps - first.step, "training"):
            if frame.note.startswith("left out: "):
                click.echo(frame.note, err=True)
            evaluation = frame.evaluation or evaluation
            loss = frame.losses.get("loss", loss)
    last = frame or first
    result = {
        "out": str(out),
        "weights": str(out / "last" / "weights.safetensors"),
        "step": last.step,
        "steps": last.steps,
        "loss": loss,
        "evaluation": evaluation,
    }
    if options["as_json"]:
        print_json(result)
    else:
        early = "; it learnt no more" if last.early else ""
        click.echo(f"{last.step} of {last.steps} steps{early}; written to {result['weights']}")


def _opened(frames: Generator[Any, None, None], stopped: list[int]) -> Any:
    """The first frame after the data was read; a signal meanwhile ends the command."""

    def told() -> Generator[Any, None, None]:
        for frame in frames:
            if stopped:
                frames.close()
                raise KeyboardInterrupt
            yield frame.reading or frame

    return next(show_reading(told()))


def _steps(frames: Generator[Any, None, None], stopped: list[int]) -> Iterator[Any]:
    """The frames until the run ends or a signal came; then the run is closed, so saved."""
    try:
        for frame in frames:
            yield frame
            if stopped:
                break
    finally:
        frames.close()


def _new_spec(given: dict[str, Any], path: Path | None) -> TrainSpec:
    """The spec file's fields, or the defaults, under the options that were given."""
    spec = TrainSpec()
    if path is not None:
        try:
            spec = from_json(path.read_text(encoding="utf-8-sig"), TrainSpec)
        except SpecError as error:
            raise click.UsageError(f"{path}: {error}") from error
        except FileNotFoundError as error:
            raise InputError("file.missing", path=path) from error
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("file.unreadable", path=path) from error
    return _with_options(spec, given)


def _resumed_spec(out: Path, given: dict[str, Any]) -> TrainSpec:
    from engine.training.trainer import resumed

    _check_options(given, _RESUMABLE, "--resume")
    spec = resumed(out, steps=given.get("steps"), epochs=given.get("epochs"))
    return _with_options(spec, given)


def _fork(source: str, out: Path, given: dict[str, Any]) -> TrainSpec:
    """Begin a run with the past of another.

    Args:
        source: RUN or RUN@STEP, as the user wrote it.
    """
    from engine.training.runs.fork import begin, checked

    _check_options(given, _FORKABLE, "--fork")
    name, _, step = source.rpartition("@")
    whole = (Path(source) / "spec.json").is_file()  # a folder may be called so itself
    exact = not whole and bool(name) and step.isascii() and step.isdigit()
    run = Path(name if exact else source)
    spec = _with_options(run_folder.read_spec(run), given)
    checked(run, spec)
    begin(run, out, spec, step=int(step) if exact else None)
    return spec


def _check_options(given: dict[str, Any], allowed: set[str], way: str) -> None:
    for name in given:
        if name not in allowed:
            option = "--" + name.removesuffix("_path").replace("_", "-")
            raise click.UsageError(f"{option} cannot be changed by {way}.")


def _with_options(spec: TrainSpec, given: dict[str, Any]) -> TrainSpec:
    changes: dict[str, Any] = {
        name: given[name]
        for name in (
            "images", "schedule", "rounds", "model", "start", "optimizer", "lr_schedule", "warmup",
            "cooldown", "backbone_lr_scale", "clip", "frozen", "precision", "batch", "crop",
            "validation", "validation_files", "keep_best", "leave_out_bad", "checkpoint_every",
            "evaluate_every", "seed", "device", "save_every_s", "keep_last", "patience",
        )
        if given.get(name) is not None
    }  # fmt: skip
    if given.get("data"):
        changes["data"] = given["data"][0] if len(given["data"]) == 1 else given["data"]
    if given.get("learn"):
        changes["learn"] = tuple(name.strip() for name in given["learn"].split(","))
    if given.get("classes"):
        changes["classes"] = tuple(name.strip() for name in given["classes"].split(","))
    for name, other in (("steps", "epochs"), ("epochs", "steps")):
        if given.get(name) is not None:
            changes |= {name: given[name], other: None}
    return replace(spec, **changes)
