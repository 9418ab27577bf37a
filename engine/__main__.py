"""The headless front: `thalweg-engine COMMAND` or `python -m engine COMMAND`."""

from __future__ import annotations

import signal
import sys
import traceback
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from engine.errors import ThalwegError, shorten
from engine.library_messages import quiet_libraries
from engine.signals import asked_to_end

DEBUG = "--debug"

# One line a command: its name, the module that holds it, and what `--help` lists.
COMMANDS = {
    "detect": ("engine.commands.detect", "Detect objects in pictures and write annotations."),
    "explain": ("engine.commands.explain", "Say where a box comes from, or where it was lost."),
    "survey": ("engine.commands.survey", "Say where a folder's objects are lost."),
    "precision": ("engine.commands.precision", "Measure what bfloat16 gains and changes here."),
    "models": ("engine.commands.models", "List the detectors, with their metrics."),
    "surfaces": ("engine.commands.descent", "List the surfaces, with their minima."),
    "optimizers": ("engine.commands.descent", "List the optimizers, with their defaults."),
    "race": ("engine.commands.descent", "Race optimizers on a surface."),
    "backprop": ("engine.commands.networks", "Backpropagation of a net in numbers."),
    "exercises": ("engine.commands.networks", "Write exercises in backpropagation to print."),
    "tasks": ("engine.commands.tasks", "List the tasks that small nets learn."),
    "fit": ("engine.commands.tasks", "Race optimizers on a small net that learns a task."),
    "sweep": ("engine.commands.maps", "Map learning rate and momentum."),
    "basins": ("engine.commands.maps", "Map which minimum each start ends in."),
    "check": ("engine.commands.data_check", "Check the data of a training before its first step."),
    "train": ("engine.commands.training", "Train a detector."),
    "compare": ("engine.commands.comparison", "Compare trainings: settings, best and last values."),
    "curves": ("engine.commands.curves", "Export trainings' curves: table, figure, TensorBoard."),
    "shapes": ("engine.commands.shapes", "Draw scenes of shapes and figures, as a COCO data set."),
    "calibrate": (
        "engine.commands.calibration",
        "Make scores the share of detections that are true.",
    ),
    "evaluate": ("engine.commands.evaluate", "Measure a detector by COCO's rules."),
}


class Commands(click.Group):
    """Imports a command's module when the command is used: `--help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        result: click.Command = getattr(import_module(COMMANDS[name][0]), name)
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="thalweg")
@click.option(DEBUG, is_flag=True, help="With any command: show where an error arose.")
def cli(debug: bool) -> None:
    """Thalweg without a window: race optimizers, detect, train, evaluate."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command.

    Bad usage or input is one line on stderr and exit code 2; what nobody foresaw is one
    line and exit code 1. A hang-up or a polite kill ends a command as Ctrl+C does, and
    what is done is kept. `--debug` shows where an error arose, wherever it stands.
    """
    write_any_text()
    quiet_libraries()
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in words
    stopped: list[int] = []

    def stop(number: int) -> None:
        stopped.append(number)
        if len(stopped) == 1:  # once: what is done is being written
            raise KeyboardInterrupt

    try:
        with asked_to_end(stop):
            kept = [DEBUG] * debug + [word for word in words if word != DEBUG]
            status = cli.main(kept, prog_name="thalweg-engine", standalone_mode=False) or 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.exit(128 + (stopped or [signal.SIGINT])[0])
    except click.ClickException as error:
        fail(error.format_message(), 2)
    except Exception as error:
        if debug:
            traceback.print_exception(error)
        if isinstance(error, ThalwegError):
            fail(str(error), 2)
        fail(unforeseen(error, words), 1)
    sys.exit(status)


def write_any_text() -> None:
    """Let a terminal or pipe that lacks a character show its escape, and never end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def unforeseen(error: Exception, words: list[str]) -> str:
    """What to say of an error that nobody foresaw: in what, at what, how to see more."""
    command = next((word for word in words if word in COMMANDS), "")
    steps = "; ".join(getattr(error, "__notes__", ()))
    where = ", ".join(filter(None, (command, steps)))
    kind = type(error).__name__
    told = f"{kind}: {shorten(str(error), 200)}" if str(error) else kind
    return f"{where}: something went wrong that nobody foresaw ({told}); see more with {DEBUG}."


def fail(sentence: str, status: int) -> NoReturn:
    """Say one sentence on stderr and exit."""
    click.echo("thalweg-engine: " + " ".join(sentence.split()), err=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
