"""The headless front: `thalweg-engine COMMAND` or `python -m engine COMMAND`."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from engine.errors import ThalwegError

# One line a command: its name, the module that holds it, and what `--help` lists.
COMMANDS = {
    "detect": ("engine.commands.detect", "Detect objects in pictures and write annotations."),
    "explain": ("engine.commands.explain", "Say where a box comes from, or where it was lost."),
    "survey": ("engine.commands.survey", "Say where a folder's objects are lost."),
    "models": ("engine.commands.models", "List the detectors, with their metrics."),
    "surfaces": ("engine.commands.descent", "List the surfaces, with their minima."),
    "optimizers": ("engine.commands.descent", "List the optimizers, with their defaults."),
    "race": ("engine.commands.descent", "Race optimizers on a surface."),
    "sweep": ("engine.commands.maps", "Map learning rate and momentum."),
    "basins": ("engine.commands.maps", "Map which minimum each start ends in."),
    "train": ("engine.commands.training", "Train a detector."),
    "shapes": ("engine.commands.shapes", "Draw scenes of shapes and figures, as a COCO data set."),
    "calibrate": (
        "engine.commands.calibration",
        "Make scores the share of detections that are true.",
    ),
    "evaluate": ("engine.commands.training", "Measure a detector by COCO's rules."),
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
def cli() -> None:
    """Thalweg without a window: race optimizers, detect, train, evaluate."""


def main(arguments: list[str] | None = None) -> None:
    """Run a command; bad usage or input is one line on stderr and exit code 2."""
    try:
        sys.exit(cli.main(arguments, prog_name="thalweg-engine", standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        fail(error.format_message())
    except ThalwegError as error:
        fail(str(error))


def fail(sentence: str) -> None:
    """Say one sentence on stderr and exit with 2."""
    click.echo("thalweg-engine: " + " ".join(sentence.split()), err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
