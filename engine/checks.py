"""Checks of numbers and names that people give."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar

from engine.errors import InputError, shorten

Domain = tuple[float, float, float, float]
Point = tuple[float, float]

Found = TypeVar("Found")


def find_named(table: Mapping[str, Found], name: str, *, kind: str) -> Found:
    """The record of that name; `kind` says what a person looks for, as `Surface`.

    Raises:
        InputError: there is none, but these.
    """
    if name not in table:
        known = ", ".join(table)
        raise InputError("value.unknown_name", kind=kind, value=shorten(name), known=known)
    return table[name]


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Refuse a number outside its range, NaN included."""
    if not low <= value <= high:
        raise InputError("value.out_of_range", name=name, value=value, low=low, high=high)


def check_domain(domain: Domain) -> None:
    """Refuse a view that is empty, reversed or not finite."""
    x0, x1, y0, y1 = domain
    if not (all(map(math.isfinite, domain)) and x0 < x1 and y0 < y1):
        value = ",".join(f"{bound:g}" for bound in domain)
        raise InputError("domain.empty", value=value)
