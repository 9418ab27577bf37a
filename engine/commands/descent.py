"""The commands `race`, `surfaces` and `optimizers`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.commands.common import (
    common_options,
    number,
    numbers,
    print_json,
    progress,
    say_notes,
)
from engine.commands.data_options import data_options
from engine.commands.racer_text import describe_course, parse_racer
from engine.descent.data_fit.dataset import LEAST_EXAMPLES, DataSpec
from engine.descent.race.spec import RaceSpec, hyper_of, surface_of
from engine.descent.surfaces import registry as catalog
from engine.descent.surfaces.formula_words import spell
from engine.descent.surfaces.surface import Surface
from engine.errors import ExportError, InputError
from engine.optimizers import registry, schedules
from engine.optimizers.base import Optimizer
from engine.optimizers.racer import name_racers

if TYPE_CHECKING:
    from engine.descent.race.recording import Record
    from engine.descent.race.spec import RaceFrame

OUTPUT = click.Path(dir_okay=False, path_type=Path)
MAP_SIZE = (400, 400)
FIGURES, ANIMATIONS = (".png", ".svg", ".pdf"), (".mp4", ".gif", ".webp")
FILM_MM, FILM_DPI, FILM_FRAMES = 200.0, 100.0, 100


def problem_options(function: Any) -> Any:
    """Add the options that name a surface; `problem` reads them."""
    for option in (
        click.option("--domain", metavar="X0,X1,Y0,Y1", help="The view."),
        click.option(
            "--parameter",
            "parameters",
            metavar="NAME=VALUE",
            multiple=True,
            help="A number of the surface, or a free name of the formula; repeatable.",
        ),
        click.option(
            "--formula",
            metavar="EXPR",
            help="Your own, as you type it: 'x^2 + 10y^2', 'x²', '|x|', 'sin x', LaTeX; what was"
            " read in another way than written is said on stderr.",
        ),
        click.option("--surface", metavar="NAME", help="A test function; `surfaces` lists them."),
    ):
        function = option(function)
    return function


@click.command()
@problem_options
@click.option(
    "--optimizer",
    "optimizers",
    metavar="NAME[:KEY=VALUE,...]",
    multiple=True,
    help="Repeatable; `optimizers` lists them and the keys. Further keys: schedule=NAME with its"
    " own keys, jog=RADIUS with patience=N and tolerance=F, starts=N."
    "  [default: sgd momentum nesterov]",
)
@click.option("--start", metavar="X,Y", help="Where all begin.  [default: the surface's own]")
@click.option("--steps", type=int, default=300, show_default=True)
@click.option("--noise", default="0", show_default=True, help="Standard deviation on gradients.")
@data_options
@click.option("--csv", "csv_path", type=OUTPUT, help="Write every step as a table.")
@click.option("--png", "png_path", type=OUTPUT, help="Write a figure (.png, .svg or .pdf).")
@click.option(
    "--animate",
    "--gif",
    "animation_path",
    type=OUTPUT,
    help="Write an animation; the ending says as what: .mp4, .gif or .webp.",
)
@common_options
def race(
    surface: str | None,
    formula: str | None,
    parameters: tuple[str, ...],
    optimizers: tuple[str, ...],
    start: str | None,
    steps: int,
    domain: str | None,
    noise: str,
    data: DataSpec | None,
    csv_path: Path | None,
    png_path: Path | None,
    animation_path: Path | None,
    seed: int,
    device: str,
    as_json: bool,
) -> None:
    """Race optimizers on a surface; without an output option the table goes to stdout."""
    check_ending(png_path, FIGURES)
    check_ending(animation_path, ANIMATIONS)
    spec = RaceSpec(
        racers=name_racers(tuple(map(parse_racer, optimizers)) or RaceSpec().racers),
        start=None if start is None else pair(numbers(start, "start", 2)),
        steps=steps,
        noise=number(noise, "noise"),
        seed=seed,
        data=data,
        **problem(surface, formula, parameters, domain),
    )
    from engine.descent.race.recording import record
    from engine.descent.race.run import race as run
    from engine.device import resolve_double

    frames = run(spec, device=str(resolve_double(device)))
    kept = list(progress(frames, steps + 1, "racing"))
    result = record(spec, kept)
    say_notes((*surface_of(spec).notes, *result.notes))
    if csv_path is not None:
        from engine.export.race import table

        table.write(result, csv_path)
    pictures = [path for path in (png_path, animation_path) if path is not None]
    if pictures:
        write_pictures(result, kept, pictures)
    if as_json:
        print_json(summary(result))
        return
    written = [str(path) for path in (csv_path, png_path, animation_path) if path is not None]
    if not written:
        from engine.export.race import table

        table.write_to(result, sys.stdout)
    ended = Counter(result.state)
    told = ", ".join(f"{count} {state}" for state, count in ended.items())
    where = ", ".join(written) or "standard output"
    racers = "1 racer" if len(result.names) == 1 else f"{len(result.names)} racers"
    click.echo(f"{racers}: {told}; written to {where}", err=not written)


def check_ending(path: Path | None, known: tuple[str, ...]) -> None:
    """Refuse a kind of file that cannot be written, before anything is computed.

    Raises:
        ExportError: it is none of those.
    """
    if path is not None and path.suffix.lower() not in known:
        raise ExportError("export.unknown_format", path=str(path), known=", ".join(known))


def write_pictures(result: Record, frames: list[RaceFrame], paths: list[Path]) -> None:
    """Write a race as figures and animations, as the window's export does.

    Raises:
        ExportError: one cannot be written.
    """
    from engine.descent.maps.landscape import landscape
    from engine.export.scene import film
    from engine.export.scene.job import ExportSpec, write_figure
    from engine.export.scene.of_race import scene_of
    from engine.export.scene.page import LOOKS

    *_, drawn = landscape(result.spec, MAP_SIZE)
    scene = scene_of(result, drawn)
    for path in paths:
        if path.suffix.lower() in FIGURES:
            write_figure(scene, ExportSpec(path))
        else:
            shares = film.write(
                scene,
                LOOKS["screen"],
                frames,
                path,
                width_mm=FILM_MM,
                dpi=FILM_DPI,
                count=FILM_FRAMES,
            )
            for _ in shares:
                pass


@click.command()
@common_options
def surfaces(seed: int, device: str, as_json: bool) -> None:
    """List the surfaces, with their minima and defaults."""
    if as_json:
        print_json([describe_surface(surface) for surface in catalog.SURFACES.values()])
        return
    for surface in catalog.SURFACES.values():
        x0, x1, y0, y1 = surface.domain
        minima = " ".join(f"({x:.6g}, {y:.6g})" for x, y in surface.minima) or "none"
        click.echo(f"{surface.name:16} {surface.formula}")
        click.echo(f"{'':16} on [{x0:g}, {x1:g}] x [{y0:g}, {y1:g}]; minima: {minima}")
        for name, parameter in surface.parameters.items():
            click.echo(
                f"{'':16} {name} = {parameter.default:g} ({parameter.low:g} to {parameter.high:g})"
            )
        if surface.fit is not None and surface.data is not None:
            click.echo(
                f"{'':16} u, v: {surface.data.count} examples ({LEAST_EXAMPLES} to"
                f" {surface.fit.most}); x is the slope, y the intercept"
            )


@click.command()
@common_options
def optimizers(seed: int, device: str, as_json: bool) -> None:
    """List the optimizers, with their settings and defaults."""
    if as_json:
        print_json([describe_optimizer(optimizer) for optimizer in registry.OPTIMIZERS.values()])
        return
    rated = {name for surface in catalog.SURFACES.values() for name in surface.rates}
    for optimizer in registry.OPTIMIZERS.values():
        defaults = " ".join(
            f"{key}={'surface' if key == 'lr' and optimizer.name in rated else format(value, 'g')}"
            for key, value in optimizer.defaults.items()
        )
        click.echo(f"{optimizer.name:12} {defaults}")
    click.echo("\nschedules of the learning rate:")
    for schedule in schedules.SCHEDULES.values():
        defaults = " ".join(f"{one.name}={one.default:g}" for one in schedule.settings)
        click.echo(f"{schedule.name:12} {defaults}".rstrip())


def problem(
    surface: str | None, formula: str | None, parameters: tuple[str, ...], domain: str | None
) -> dict[str, Any]:
    """The part of a spec that names the surface.

    Raises:
        click.UsageError: both a surface and a formula are given, or neither.
        InputError: a value cannot be used.
    """
    if (surface is None) == (formula is None):
        raise click.UsageError("Give either --surface NAME or --formula EXPR.")
    return {
        "surface": surface,
        "formula": formula,
        "parameters": dict(_key_value(text, "parameter") for text in parameters),
        "domain": None if domain is None else numbers(domain, "domain", 4),
    }


def summary(result: Any) -> dict[str, Any]:
    """What became of each racer, for `--json`."""
    spec = result.spec
    surface = surface_of(spec)
    racers = []
    for index, racer in enumerate(spec.racers):
        x, y = result.position[-1, index].tolist()
        racers.append(
            {
                "name": racer.name,
                "optimizer": racer.optimizer,
                "settings": hyper_of(racer, surface),
                "state": result.state[index],
                "x": x,
                "y": y,
                "loss": float(result.loss[-1, index]),
                **describe_course(racer),
                "rate": float(result.rate[-1, index]),
                "best": result.best(index),
            }
        )
    return {
        "surface": surface.name,
        "formula": surface.formula,
        "parameters": dict(surface.values),
        "start": list(spec.start or surface.start),
        "steps": spec.steps,
        "noise": spec.noise,
        "seed": spec.seed,
        "data": None if surface.data is None else asdict(surface.data),
        "optimizers": racers,
    }


def describe_surface(surface: Surface) -> dict[str, Any]:
    """A surface in JSON's types."""
    return {
        "name": surface.name,
        "title": surface.title,
        "formula": surface.formula,
        "domain": list(surface.domain),
        "minima": [list(point) for point in surface.minima],
        "start": list(surface.start),
        "rates": dict(surface.rates),
        "parameters": {
            name: {"default": parameter.default, "low": parameter.low, "high": parameter.high}
            for name, parameter in surface.parameters.items()
        },
        "data": None if surface.data is None else asdict(surface.data),
    }


def describe_optimizer(optimizer: Optimizer) -> dict[str, Any]:
    """An optimizer in JSON's types."""
    return {
        "name": optimizer.name,
        "title": optimizer.title,
        "defaults": optimizer.join_pairs(optimizer.defaults),
        "settings": [
            {
                "name": setting.name,
                "default": setting.default,
                "low": setting.low,
                "high": setting.high,
            }
            for setting in optimizer.settings
        ],
    }


def _key_value(text: str, name: str) -> tuple[str, float]:
    key, equals, value = text.partition("=")
    if not equals:
        raise InputError("value.not_a_setting", name=name, value=text)
    return spell(key.strip()), number(value, key.strip())


def pair(values: tuple[float, ...]) -> tuple[float, float]:
    x, y = values
    return x, y
