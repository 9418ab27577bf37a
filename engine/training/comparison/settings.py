"""A run's settings as a flat table of texts, and which of them tell runs apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from engine.training.optimizer_text import parse_optimizer
from engine.training.spec import LOSSES, TrainSpec

SEED = "seed"
DEFAULT = ""  # of a setting that a spec does not name


def flatten(spec: TrainSpec) -> dict[str, str]:
    """Every setting by its name, those of tables as `loss_weights.loss_mask`, as a text.

    An optimizer is `optimizer`, its name, and `optimizer.KEY` for each key that its text has;
    a key that it has not is `DEFAULT`: torch's own value.
    """
    flat: dict[str, str] = {}
    for field in fields(spec):
        value = getattr(spec, field.name)
        if field.name == "optimizer":
            flat[field.name] = str(value).partition(":")[0].strip()
            for key, given in parse_optimizer(value)[1].items():
                flat[f"optimizer.{key}"] = _text(given)
        elif field.name == "loss_weights":
            for loss in LOSSES:
                flat[f"{field.name}.{loss}"] = _text(float(value.get(loss, 1.0)))
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                flat[f"{field.name}.{key}"] = _text(inner)
        else:
            flat[field.name] = _text(value)
    return flat


def differing(settings: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The names of the settings that are not the same in all of these tables, in their order."""
    names = dict.fromkeys(name for table in settings for name in table)
    return tuple(
        name for name in names if len({table.get(name, DEFAULT) for table in settings}) > 1
    )


def without_seed(settings: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What runs of one group have in common."""
    return tuple(sorted((k, v) for k, v in settings.items() if k != SEED and v != DEFAULT))


def _text(value: Any) -> str:
    if value is None:
        return DEFAULT
    if isinstance(value, tuple | list):
        return ", ".join(map(_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, Path):
        return str(value)
    return str(value)
