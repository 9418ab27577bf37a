"""The commands `sweep` and `basins`: maps of what an optimizer does."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import click

from engine.commands.common import common_options, number, numbers, print_json, say_notes
from engine.commands.data_options import set_options
from engine.commands.descent import (
    FIGURES,
    MAP_SIZE,
    OUTPUT,
    check_ending,
    pair,
    problem,
    problem_options,
)
from engine.commands.racer_text import parse_racer
from engine.descent.data_fit.dataset import DataSpec
from engine.descent.maps.basins import BasinMap, BasinSpec
from engine.descent.maps.basins import basins as compute_basins
from engine.descent.maps.sweep import Axis, SweepMap, SweepSpec
from engine.descent.maps.sweep import sweep as compute_sweep
from engine.descent.race.spec import RaceSpec, surface_of
from engine.errors import InputError
from engine.optimizers.racer import Racer

Item = TypeVar("Item")


@click.command()
@problem_options
@set_options
@click.option("--optimizer", required=True, metavar="NAME[:KEY=VALUE,...]")
@click.option("--start", metavar="X,Y", help="Where all begin.  [default: the surface's own]")
@click.option("--lr", required=True, metavar="A:B:N[:log]", help="N rates from A to B.")
@click.option("--momentum", metavar="A:B:N[:log]", help="N momenta from A to B.")
@click.option("--steps", type=int, default=300, show_default=True)
@click.option("--out", required=True, type=OUTPUT, metavar="F.npz")
@click.option("--picture", type=OUTPUT, metavar="F.png", help="Draw it, too: .png, .svg or .pdf.")
@common_options
def sweep(
    surface: str | None,
    formula: str | None,
    parameters: tuple[str, ...],
    domain: str | None,
    optimizer: str,
    start: str | None,
    lr: str,
    momentum: str | None,
    steps: int,
    out: Path,
    picture: Path | None,
    seed: int,
    device: str,
    as_json: bool,
    data: DataSpec | None,
) -> None:
    """Run an optimizer at every learning rate and momentum; write how each ended."""
    from engine.device import resolve_double

    check_ending(picture, FIGURES)
    chosen = problem(surface, formula, parameters, domain)
    spec = SweepSpec(
        racer=parse_racer(optimizer),
        start=None if start is None else pair(numbers(start, "start", 2)),
        lr=parse_axis(lr, "lr"),
        momentum=None if momentum is None else parse_axis(momentum, "momentum"),
        steps=steps,
        data=data,
        **chosen,
    )
    frames = compute_sweep(spec, device=str(resolve_double(device)))
    result = follow(frames, lambda frame: getattr(frame, "done", 1.0), "sweeping")
    assert isinstance(result, SweepMap)
    say_notes(surface_of(RaceSpec(**chosen)).notes)
    arrays = {
        "lr": result.lr,
        "momentum": result.momentum,
        "final_loss": result.final_loss,
        "diverged": result.diverged,
    }
    write_arrays(arrays, out)
    if picture is not None:
        race = RaceSpec(**chosen, start=spec.start, steps=steps, data=data)
        draw_sweep(result, race, spec.racer, picture)
    cells, diverged = result.diverged.size, int(result.diverged.sum())
    if as_json:
        print_json({"out": str(out), "cells": cells, "diverged": diverged})
    else:
        click.echo(f"{cells} races, {diverged} diverged; written to {told(out, picture)}")


@click.command()
@problem_options
@set_options
@click.option("--optimizer", required=True, metavar="NAME[:KEY=VALUE,...]")
@click.option("--size", type=int, default=256, show_default=True, help="Starts along each side.")
@click.option("--steps", type=int, default=200, show_default=True)
@click.option("--out", required=True, type=OUTPUT, metavar="F.npz")
@click.option("--picture", type=OUTPUT, metavar="F.png", help="Draw it, too: .png, .svg or .pdf.")
@common_options
def basins(
    surface: str | None,
    formula: str | None,
    parameters: tuple[str, ...],
    domain: str | None,
    optimizer: str,
    size: int,
    steps: int,
    out: Path,
    picture: Path | None,
    seed: int,
    device: str,
    as_json: bool,
    data: DataSpec | None,
) -> None:
    """Label every start of the view with the minimum that it ends in."""
    from engine.device import resolve_double

    check_ending(picture, FIGURES)
    chosen = problem(surface, formula, parameters, domain)
    spec = BasinSpec(
        racer=parse_racer(optimizer),
        size=size,
        steps=steps,
        data=data,
        **chosen,
    )
    frames = compute_basins(spec, device=str(resolve_double(device)), coarse=False)
    result = follow(frames, lambda frame: frame.done, "descending")
    say_notes(surface_of(RaceSpec(**chosen)).notes)
    arrays = {"x": result.x, "y": result.y, "label": result.label, "minima": result.minima}
    write_arrays(arrays, out)
    if picture is not None:
        draw_basins(result, RaceSpec(**chosen, data=data), optimizer, picture)
    counts = [int((result.label == index).sum()) for index in range(len(result.minima))]
    unassigned = int((result.label < 0).sum())
    if as_json:
        print_json(
            {
                "out": str(out),
                "minima": result.minima.tolist(),
                "starts": counts,
                "unassigned": unassigned,
            }
        )
    else:
        ended = f"{sum(counts)} end in one of {len(counts)} minima, {unassigned} in none"
        click.echo(f"{result.label.size} starts: {ended}; written to {told(out, picture)}")


def told(*paths: Path | None) -> str:
    """The files that were written."""
    return " and ".join(str(path) for path in paths if path is not None)


def draw_sweep(result: SweepMap, spec: RaceSpec, racer: Racer, path: Path) -> None:
    """Write a sweep as a picture, with theory's bound where there is one.

    Raises:
        ExportError: it cannot be written.
    """
    from engine.descent.maps.stability_bound import bound
    from engine.export.scene.job import ExportSpec, write_figure
    from engine.export.scene.of_maps import scene_of_sweep

    found = bound(spec, racer, result.momentum) if len(result.momentum) > 1 else None
    write_figure(scene_of_sweep(result, spec, racer.optimizer, found), ExportSpec(path))


def draw_basins(result: BasinMap, spec: RaceSpec, optimizer: str, path: Path) -> None:
    """Write a map of basins as a picture, over it the contours of the loss.

    Raises:
        ExportError: it cannot be written.
    """
    from engine.descent.maps.landscape import landscape
    from engine.export.scene.job import ExportSpec, write_figure
    from engine.export.scene.of_maps import scene_of_basins

    *_, drawn = landscape(spec, MAP_SIZE)
    write_figure(scene_of_basins(result, drawn, spec, optimizer), ExportSpec(path))


def parse_axis(text: str, name: str) -> Axis:
    """An axis from `A:B:N[:log]`.

    Raises:
        InputError: it is written otherwise.
    """
    low, high, count, *rest = [*text.split(":"), "", ""][: max(3, text.count(":") + 1)]
    if text.count(":") not in (2, 3) or rest not in ([], ["log"]):
        raise InputError("axis.written", name=name, value=text)
    if not count.isdecimal():
        raise InputError("value.not_a_number", name=f"{name}: N", value=count)
    return Axis(number(low, name), number(high, name), int(count), logarithmic=bool(rest))


def follow(frames: Iterator[Item], done: Callable[[Item], float], label: str) -> Item:
    """The last frame of a job; with a bar on stderr when that is a terminal."""
    last = next(frames)
    if not sys.stderr.isatty():
        for last in frames:  # noqa: B007 - the last one is wanted
            pass
        return last
    with click.progressbar(length=1000, label=label, file=sys.stderr) as bar:
        for last in frames:
            bar.update(int(1000 * done(last)) - bar.pos)
    return last


def write_arrays(arrays: dict[str, Any], path: Path) -> None:
    """Write arrays as npz, atomically.

    Raises:
        ExportError: it cannot be written.
    """
    import numpy as np

    from engine.atomic_write import replacing

    with replacing(path) as temporary, temporary.open("wb") as stream:
        np.savez_compressed(stream, **arrays)
