"""The options that make the data of a fit, as one `data` for the commands that take a surface."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from engine.commands.common import numbers
from engine.descent.data_fit.dataset import DataSpec

SET = (
    click.option("--examples", type=int, help="Of a fit: how many.  [default: 24]"),
    click.option("--data-seed", type=int, help="Of a fit: decides the examples.  [default: 0]"),
    click.option("--outlier", metavar="U,V", help="Of a fit: one more example, far away."),
    click.option("--online", is_flag=True, help="Of a fit: new examples each step, none twice."),
)
BATCHES = (
    click.option("--batch", type=int, help="Of a fit: examples a step; 0 for all.  [default: 0]"),
    click.option("--fixed-batches", is_flag=True, help="Of a fit: the same in every epoch."),
)


def data_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a data set and its batches; the command is given `data`."""
    return _collected(function, (*SET, *BATCHES))


def set_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a data set alone, for what follows the whole set's gradient."""
    return _collected(function, SET)


def _collected(function: Callable[..., Any], options: tuple[Any, ...]) -> Callable[..., Any]:
    @functools.wraps(function)
    def command(
        *,
        examples: int | None,
        data_seed: int | None,
        outlier: str | None,
        online: bool,
        batch: int | None = None,
        fixed_batches: bool = False,
        **rest: Any,
    ) -> Any:
        asked = (examples, data_seed, outlier, batch)
        data = None
        if any(value is not None for value in asked) or online or fixed_batches:
            default = DataSpec()
            data = DataSpec(
                count=default.count if examples is None else examples,
                seed=default.seed if data_seed is None else data_seed,
                outlier=None if outlier is None else _pair(outlier),
                batch=default.batch if batch is None else batch,
                reshuffle=not fixed_batches,
                online=online,
            )
        return function(data=data, **rest)

    for option in reversed(options):
        command = option(command)
    return command


def _pair(text: str) -> tuple[float, float]:
    u, v = numbers(text, "outlier", 2)
    return u, v
