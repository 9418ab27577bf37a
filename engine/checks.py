"""Checks of numbers that people give."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.errors import InputError

if TYPE_CHECKING:
    pass


Domain = tuple[float, float, float, float]


Point = tuple[float, float]


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
