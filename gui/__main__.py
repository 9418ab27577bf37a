"""Open the window: `thalweg [PATHS|SPEC.json]` or `python -m gui`."""

from __future__ import annotations

import sys

import click

from gui.platform.requirements import problem


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="thalweg")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--workspace", metavar="NAME", help="detection, descent or training.")
@click.option(
    "--screenshot",
    metavar="FILE.png",
    type=click.Path(dir_okay=False),
    help="Finish the first work, save the window and exit.",
)
@click.option(
    "--inspect",
    metavar="FILE.json",
    type=click.Path(dir_okay=False),
    help="Keep a list of all named controls and their places in this file.",
)
def cli(
    paths: tuple[str, ...], workspace: str | None, screenshot: str | None, inspect: str | None
) -> int:
    """See how training moves and what a two-stage detector sees.

    PATHS are pictures, folders of pictures, or a saved spec.
    """
    # Asked first, because Qt aborts where it cannot open a window.
    if sentence := problem():
        raise click.UsageError(sentence)
    from gui.run import run

    return run(paths, workspace=workspace, screenshot=screenshot, inspect=inspect)


def main(arguments: list[str] | None = None) -> None:
    """Run; bad usage is one line on stderr and exit code 2."""
    try:
        sys.exit(cli.main(arguments, prog_name="thalweg", standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        message = " ".join(error.format_message().split())
        click.echo(f"thalweg: {message}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
