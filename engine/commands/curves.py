"""The command `curves`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from engine.commands.common import common_options, complain, print_json
from engine.export.curves.job import CurvesProgress, CurvesSpec, export_curves
from engine.training.comparison.smoothing import MOST, USUAL


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RUN...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table (.csv) or a figure (.png, .svg, .pdf).",
)
@click.option(
    "--tensorboard",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A log for TensorBoard, a folder a run; needs the extra `tensorboard`.",
)
@click.option(
    "--metric",
    "names",
    multiple=True,
    metavar="NAME",
    help="A loss, lr, bbox.AP ...; repeated.  [default: all; in figures the chief ones]",
)
@click.option(
    "--smooth",
    "--smoothing",
    "smoothing",
    type=click.FloatRange(0, MOST),
    default=USUAL,
    show_default=True,
    metavar="F",
    help="Of losses in figures: weight of the past in their moving average.",
)
@click.option("--log", is_flag=True, help="Losses on a logarithmic axis.")
@common_options
def curves(
    runs: tuple[Path, ...],
    out: Path | None,
    tensorboard: Path | None,
    names: tuple[str, ...],
    smoothing: float,
    log: bool,
    as_json: bool,
    seed: int,
    device: str,
) -> int:
    """Export the curves of trainings by their run folders, also while they are written.

    A table has all numbers of metrics.jsonl and evaluations.jsonl in full precision, one row a
    step and run. A figure of one run has its losses, average precision and learning rate; of
    several a panel a metric with a curve a run. Bold are losses' debiased moving averages, as
    the window draws them, faint what was measured.
    """
    if out is None and tensorboard is None:
        raise click.UsageError("Give --out FILE or --tensorboard DIR.")
    spec = CurvesSpec(runs, out, tensorboard, names, smoothing, log)
    spec.check()
    *_, end = _shown(export_curves(spec))
    for folder, error in end.unreadable:
        complain(folder, error)
    if as_json:
        written = [str(path) for path in end.written]
        print_json({"written": written, "metrics": list(end.names)})
    else:
        for path in end.written:
            click.echo(f"written: {path}")
    return 2 if end.unreadable else 0


def _shown(steps: Iterator[CurvesProgress]) -> Iterator[CurvesProgress]:
    """Pass on how far it is; with a bar on stderr when that is a terminal."""
    if not sys.stderr.isatty():
        yield from steps
        return
    with click.progressbar(length=1, label="exporting", file=sys.stderr) as bar:
        for step in steps:
            bar.length = step.count
            bar.update(step.done - bar.pos)
            yield step
