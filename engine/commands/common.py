"""What every command shares: options, number lists, progress, JSON."""

from __future__ import annotations

import json
import math
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import click

from engine.annotations.json_stream import ReadProgress
from engine.errors import InputError, Note
from engine.file_text import printable

Item = TypeVar("Item")
Given = TypeVar("Given")
Function = TypeVar("Function", bound=Callable[..., Any])


def common_options(function: Function) -> Function:
    """Add `--seed`, `--device` and `--json`; they arrive as seed, device and as_json."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Machine-readable output on stdout."),
        click.option("--device", default="auto", show_default=True, help="auto, cuda, mps or cpu."),
        click.option(
            "--seed",
            type=click.IntRange(0, 2**63 - 1),
            default=0,
            show_default=True,
            help="Of everything random.",
        ),
    ):
        function = option(function)
    return function


def number(text: str, name: str) -> float:
    """A number from text.

    Raises:
        InputError: it is none, or NaN.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise InputError("value.not_a_number", name=name, value=text.strip())
    return value


def whole(text: str, name: str) -> int:
    """A whole number from text.

    Raises:
        InputError: it is none.
    """
    value = number(text, name)
    if value != value // 1:
        raise InputError("value.not_whole", name=name, value=text)
    return int(value)


def numbers(text: str, name: str, count: int) -> tuple[float, ...]:
    """`count` numbers separated by commas.

    Raises:
        InputError: there are more or fewer, or one is no finite number.
    """
    parts = text.split(",")
    if len(parts) != count:
        raise InputError("value.not_a_list", name=name, value=text, count=count)
    values = tuple(number(part, name) for part in parts)
    for value in values:
        if math.isinf(value):
            raise InputError("value.not_a_number", name=name, value=value)
    return values


def counted(count: int, noun: str) -> str:
    """ "1 picture", "2 pictures"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def sentence(path: Path, error: Exception) -> str:
    """What is wrong with one of many inputs, in one line that names it."""
    text = " ".join(str(error).split())
    return text if str(path) in text else f"{path}: {text}"


def complain(path: Path, error: Exception) -> None:
    """Tell what is wrong with one of many inputs on stderr; all of it with `--debug`."""
    if click.get_current_context().find_root().params.get("debug"):
        traceback.print_exception(error)
    click.echo(f"thalweg-engine: {sentence(path, error)}", err=True)


def say_notes(notes: Iterable[Note]) -> None:
    """One line on stderr for each thing that a person should know; the command goes on."""
    for note in notes:
        click.echo(f"thalweg-engine: {note}", err=True)


def progress(items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
    """Pass items through; with a bar on stderr when that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
        yield from bar


def show_reading(
    steps: Generator[ReadProgress | Item, None, Given],
) -> Generator[Item, None, Given]:
    """Pass on what a job yields, but for what it tells of reading; that draws a bar."""
    bars = ExitStack()
    shown: tuple[Path, int] | None = None
    with bars:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                given: Given = end.value
                return given
            if not isinstance(step, ReadProgress):
                bars.close()
                yield step
            elif sys.stderr.isatty():
                if shown != (step.file, step.count):
                    bars.close()
                    shown = (step.file, step.count)
                    label = f"reading {printable(step.file.name)}"
                    bar = bars.enter_context(
                        click.progressbar(length=step.count, label=label, file=sys.stderr)
                    )
                bar.update(step.done - bar.pos)


def print_json(value: Any) -> None:
    """Print a value as JSON; what JSON has no number for (NaN, inf) becomes null."""
    text = json.dumps(json_ready(value), indent=2, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(json_ready(value), indent=2)  # JSON's own escapes
    click.echo(text)


def json_ready(value: Any) -> Any:
    """The value in JSON's own types, with null for NaN and inf."""
    if isinstance(value, Mapping):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
