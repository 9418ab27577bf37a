"""The commands `tasks` and `fit`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from engine.commands.common import (
    common_options,
    counted,
    number,
    numbers,
    print_json,
    progress,
    whole,
)
from engine.commands.racer_text import describe_course, parse_racer
from engine.errors import InputError
from engine.networks.tasks import registry
from engine.networks.tasks.own_file import STEPS, check_own, own_fit, own_hyper
from engine.networks.tasks.settings import check, hyper_of, layers_of, parameters_of
from engine.networks.tasks.spec import FIRST_RACERS, FitSpec, Task
from engine.networks.tasks.table import FitRecord
from engine.optimizers.racer import name_racers

OWN = "the task's own"
NO_LAYERS = "none"
OWN_TASK = "own"
# Fields of a spec that the user's module and data decide.
OF_THE_FILE = (
    "hidden", "activation", "scale", "start", "noise", "degree", "train_count", "test_count",
    "data_seed",
)  # fmt: skip

NET = (
    click.option(
        "--hidden",
        metavar="N[,N...]",
        help=f"Nodes of the hidden layers; '{NO_LAYERS}' for a linear net.  [default: {OWN}]",
    ),
    click.option(
        "--activation", metavar="NAME", help=f"tanh, sigmoid, relu or linear.  [default: {OWN}]"
    ),
    click.option(
        "--scale",
        metavar="F",
        default="1",
        show_default=True,
        help="The initial weights are so many times the usual ones.",
    ),
    click.option(
        "--starts",
        type=int,
        default=1,
        show_default=True,
        help="Random initializations of each optimizer; the table has the first.",
    ),
)
LEARNING = (
    click.option("--batch", type=int, help=f"Examples in an update; 0 for all.  [default: {OWN}]"),
    click.option(
        "--decay", metavar="F", default="0", show_default=True, help="L2 penalty on the weights."
    ),
    click.option(
        "--patience",
        type=int,
        default=0,
        show_default=True,
        help="Stop an optimizer at its least test loss once that has not fallen for so many"
        " updates; 0 for never.",
    ),
    click.option("--start", metavar="U,V", help="Where a task of two parameters begins."),
)
EXAMPLES = (
    click.option("--noise", metavar="F", help=f"Of the examples.  [default: {OWN}]"),
    click.option("--degree", type=int, default=1, show_default=True, help="Of the monomials"
                 " of the inputs that the net is given."),
    click.option("--train-count", type=int, help=f"Examples to learn.  [default: {OWN}]"),
    click.option("--test-count", type=int, help=f"Examples to test on.  [default: {OWN}]"),
    click.option("--data-seed", type=int, default=0, show_default=True, help="Of the examples."),
)  # fmt: skip


def setting_options(function: Any) -> Any:
    """Add the options that change a task's own values; `read_spec` reads them."""
    for option in reversed((*NET, *LEARNING, *EXAMPLES)):
        function = option(function)
    return function


@click.command()
@click.option(
    "--task",
    required=True,
    metavar="NAME",
    help="What is learned; `tasks` lists them. 'own' is that of --file.",
)
@click.option(
    "--optimizer",
    "optimizers",
    metavar="NAME[:KEY=VALUE,...]",
    multiple=True,
    help="Repeatable; `optimizers` lists them and the keys. Further keys: schedule=NAME with its"
    " own keys, jog=RADIUS with patience=N and tolerance=F, starts=N."
    "  [default: sgd momentum adam]",
)
@click.option(
    "--file",
    type=click.Path(dir_okay=False),
    help="For --task own: your Python file. Its function task() returns (module, (inputs, targets),"
    " loss) or (module, (inputs, targets), (test_inputs, test_targets), loss). It runs on the CPU"
    " in a process of its own, with all that you may do.",
)
@click.option("--steps", type=int, help=f"Updates.  [default: {OWN}]")
@setting_options
@click.option(
    "--csv",
    "csv_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the losses and accuracies of every step as a table.",
)
@common_options
def fit(csv_path: Path | None, seed: int, device: str, as_json: bool, **given: Any) -> None:
    """Race optimizers on a small net that learns a task.

    All begin at the same weights and see the same batches. Without an output option the table
    goes to stdout.
    """
    spec = read_spec(seed=seed, **given)
    from engine.device import resolve_double
    from engine.networks.tasks import table
    from engine.networks.tasks.fit import fit as run

    assert spec.steps is not None
    where = str(resolve_double(device))
    frames = own_fit(spec) if spec.task == OWN_TASK else run(spec, where)
    names = tuple(racer.name for racer in spec.racers)
    found = table.record(names, progress(frames, spec.steps + 1, "fitting"))
    if csv_path is not None:
        table.write(found, csv_path)
    if as_json:
        print_json(summary(spec, found))
        return
    if csv_path is None:
        table.write_to(found, sys.stdout)
    told = ", ".join(f"{count} {state}" for state, count in Counter(found.last.state).items())
    place = csv_path or "standard output"
    click.echo(
        f"{counted(len(names), 'optimizer')}: {told}; written to {place}", err=csv_path is None
    )


def read_spec(
    task: str,
    optimizers: tuple[str, ...],
    steps: int | None,
    hidden: str | None,
    activation: str | None,
    scale: str,
    starts: int,
    batch: int | None,
    decay: str,
    patience: int,
    start: str | None,
    noise: str | None,
    degree: int,
    train_count: int | None,
    test_count: int | None,
    data_seed: int,
    seed: int,
    file: str | None,
) -> FitSpec:
    """The race of a command, with the task's own value for what was left out.

    Raises:
        InputError: a value cannot be used.
    """
    racers = tuple(map(parse_racer, optimizers)) or FIRST_RACERS
    if starts != 1:
        racers = tuple(
            racer if racer.starts > 1 else replace(racer, starts=starts) for racer in racers
        )
    spec = FitSpec(
        task,
        file,
        racers=name_racers(racers),
        steps=steps,
        seed=seed,
        batch=batch,
        hidden=None if hidden is None else read_hidden(hidden),
        activation=activation,
        scale=number(scale, "scale"),
        decay=number(decay, "decay"),
        patience=patience,
        train_count=train_count,
        test_count=test_count,
        noise=None if noise is None else number(noise, "noise"),
        data_seed=data_seed,
        degree=degree,
    )
    if start is not None:
        u, v = numbers(start, "start", 2)
        spec = replace(spec, start=(u, v))
    if task == OWN_TASK:
        for name in OF_THE_FILE:
            if getattr(spec, name) != getattr(FitSpec, name):
                raise InputError("own.decides", name=name)
        check_own(spec)
        return replace(spec, steps=STEPS if steps is None else steps)
    return check(spec)


def read_hidden(text: str) -> tuple[int, ...]:
    """Nodes of the hidden layers from `16,16` or `none`.

    Raises:
        InputError: one is no whole number.
    """
    if text.strip().lower() == NO_LAYERS:
        return ()
    return tuple(whole(part, "hidden") for part in text.split(","))


@click.command()
@common_options
def tasks(seed: int, device: str, as_json: bool) -> None:
    """List the tasks that small nets learn, with their defaults."""
    if as_json:
        print_json([describe_task(task) for task in registry.TASKS.values()])
        return
    for task in registry.TASKS.values():
        click.echo(f"{task.name:16} {task.summary}")
        if task.kind == "parameters":
            assert task.start is not None
            u, v = task.start
            click.echo(f"{'':16} from ({u:g}, {v:g}); {task.steps} steps")
            continue
        layers = "-".join(map(str, layers_of(FitSpec(task.name))))
        click.echo(
            f"{'':16} {layers} {task.activation}; {task.train_count} examples,"
            f" {task.test_count} to test; batch {task.batch or 'all'}; {task.steps} steps"
        )


def describe_task(task: Task) -> dict[str, Any]:
    """A task in JSON's types."""
    spec = FitSpec(task.name)
    return {
        "name": task.name,
        "title": task.title,
        "summary": task.summary,
        "kind": task.kind,
        "inputs": task.inputs,
        "outputs": task.outputs,
        "layers": list(layers_of(spec)),
        "parameters": parameters_of(spec),
        "activation": task.activation if task.kind != "parameters" else None,
        "train_count": task.train_count,
        "test_count": task.test_count,
        "noise": task.noise,
        "batch": task.batch,
        "steps": task.steps,
        "domain": list(task.domain),
        "start": None if task.start is None else list(task.start),
        "minima": [list(place) for place in task.minima],
        "rates": dict(task.rates),
    }


def summary(spec: FitSpec, found: FitRecord) -> dict[str, Any]:
    """What became of each racer, for `--json`."""
    own, last = spec.task == OWN_TASK, found.last
    racers = []
    for place, racer in enumerate(spec.racers):
        train_loss, test_loss, train_accuracy, test_accuracy = found.curves[-1, place].tolist()
        racers.append(
            {
                "name": racer.name,
                "optimizer": racer.optimizer,
                "settings": own_hyper(racer) if own else hyper_of(racer, registry.find(spec.task)),
                "state": last.state[place],
                "train_loss": train_loss,
                "test_loss": test_loss,
                "train_accuracy": train_accuracy,
                "test_accuracy": test_accuracy,
                **describe_course(racer),
                "rate": float(last.rate[place]),
                "starts": racer.starts,
                "best": {
                    "train_loss": float(last.best_loss[place]),
                    "start": int(last.best_start[place]),
                },
            }
        )
    if own:
        told = ("task", "file", "steps", "batch", "seed")
        return {**{name: getattr(spec, name) for name in told}, "optimizers": racers}
    return {
        "task": spec.task,
        "layers": list(layers_of(spec)),
        "activation": spec.activation if layers_of(spec) else None,
        "parameters": parameters_of(spec),
        "steps": spec.steps,
        "batch": spec.batch,
        "seed": spec.seed,
        "data_seed": spec.data_seed,
        "optimizers": racers,
    }
