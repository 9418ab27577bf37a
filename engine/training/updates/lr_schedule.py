"""A training's learning-rate schedule as its spec writes it, of the same table as a race's.

No torch here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from engine.errors import SpecError
from engine.optimizers import schedules
from engine.optimizers.schedules import Schedule
from engine.setting_text import split_settings


def parse_lr_schedule(text: str) -> tuple[Schedule, dict[str, float]] | None:
    """The schedule and all of its settings from `NAME[:key=value,...]`; None of "".

    Raises:
        InputError: the name, a key or a value is unknown or outside its range.
    """
    if not text.strip():
        return None
    name, _, tail = text.partition(":")
    schedule = schedules.find(name.strip())
    given = {}
    for key, word in split_settings(tail, schedule.name).items():
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise SpecError("value.not_a_number", name=f"{schedule.name}:{key}", value=word)
        given[key] = value
    return schedule, schedule.complete(given)


def lr_schedule_text(name: str, settings: Mapping[str, float]) -> str:
    """What `parse_lr_schedule` reads; "" for the name "".

    Args:
        settings: of the schedule; the others have their defaults.

    Raises:
        InputError: as in `parse_lr_schedule`.
    """
    if not name:
        return ""
    schedule = schedules.find(name)
    words = [
        f"{key}={int(value) if key in schedule.whole else float(value)!r}"
        for key, value in schedule.complete(settings).items()
    ]
    return ":".join(filter(None, (name, ",".join(words))))
