"""A training's optimizer as its spec writes it, read by the same records as a race's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import SpecError, shorten
from engine.optimizers.base import Optimizer
from engine.optimizers.registry import OPTIMIZERS
from engine.setting_text import split_pair, split_settings


def trainable() -> tuple[str, ...]:
    """Names of the optimizers that can train a network, in their order."""
    return tuple(name for name, optimizer in OPTIMIZERS.items() if optimizer.trains)


def find_trainable(name: str) -> Optimizer:
    """The optimizer of that name.

    Raises:
        SpecError: there is none, or it cannot train.
    """
    optimizer = OPTIMIZERS.get(name)
    known = ", ".join(trainable())
    if optimizer is None:
        raise SpecError("value.unknown_name", kind="Optimizer", value=shorten(name), known=known)
    if not optimizer.twin:
        raise SpecError("train.no_twin", name=optimizer.title, known=known)
    if not optimizer.trains:
        raise SpecError("train.needs_closure", name=optimizer.title, known=known)
    return optimizer


def parse_optimizer(text: str) -> tuple[str, dict[str, Any]]:
    """Split `NAME[:key=value,...]` into the torch.optim class name and the arguments given.

    Keys are the optimizer's settings, and what else torch's class takes (`maximize`), which
    torch itself checks.

    Raises:
        InputError: the name is unknown or cannot train, or a value is not a number.
    """
    name, _, tail = text.partition(":")
    name = name.strip()
    optimizer = find_trainable(name)
    known = {setting.name: setting for setting in (*optimizer.settings, *optimizer.fixed)}
    given: dict[str, Any] = {}
    for key, words in split_settings(tail.strip(", "), name).items():
        for part, word in split_pair(optimizer, key, words).items():
            value = _value(word.strip(), f"{name}:{key}")
            given[part] = known[part].as_torch(value) if part in known else value
    for setting in optimizer.settings:  # torch takes both of a pair at once
        if setting.pair and not given.keys().isdisjoint(optimizer.pair(setting.pair)):
            given.setdefault(setting.name, setting.default)
    return optimizer.twin, optimizer.join_pairs(given)


def _value(word: str, name: str) -> float | bool:
    if word in ("true", "false"):
        return word == "true"
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise SpecError("value.not_a_number", name=name, value=word)
    return value


@dataclass(frozen=True)
class WrittenOptimizer:
    """An optimizer's text, taken apart.

    Attributes:
        record: the optimizer.
        settings: all of its settings.
        others: what else torch's class is given (`maximize`), as it was written.
    """

    record: Optimizer
    settings: Mapping[str, float]
    others: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """`NAME:lr=...` and what differs from the defaults."""
        record = self.record
        words = [f"lr={_word(self.settings['lr'])}"]
        for setting in record.settings:
            value = self.settings[setting.name]
            if setting.name != "lr" and value != setting.default:
                told = str(bool(value)).lower() if setting.flag else _word(value)
                words.append(f"{setting.name}={told}")
        words += [f"{key}={word}" for key, word in self.others.items()]
        return f"{record.name}:{','.join(words)}"


def read_optimizer(text: str) -> WrittenOptimizer:
    """Take `NAME[:key=value,...]` apart.

    Raises:
        InputError: as in `parse_optimizer`.
    """
    parse_optimizer(text)
    name, _, tail = text.partition(":")
    record = find_trainable(name.strip())
    settings, others = dict(record.defaults), {}
    for key, words in split_settings(tail.strip(", "), record.name).items():
        for part, word in split_pair(record, key, words).items():
            if part in settings:
                settings[part] = float(_value(word.strip(), f"{record.name}:{key}"))
            else:
                others[part] = word.strip()
    return WrittenOptimizer(record, settings, others)


def _word(value: float) -> str:
    """A number as people write it, unless that would lose a digit."""
    short = f"{value:.12g}"
    return short if float(short) == value else repr(value)


def lr_of(text: str) -> float:
    """The learning rate that an optimizer's text gives, or that torch takes without one.

    Raises:
        InputError: the text cannot be read.
    """
    _, given = parse_optimizer(text)
    record = find_trainable(text.partition(":")[0].strip())
    return float(given.get("lr", record.twin_arguments(record.complete({})).get("lr", 1e-3)))


def with_lr(text: str, lr: float) -> str:
    """The same optimizer at another learning rate."""
    name, _, tail = text.partition(":")
    others = [part for part in tail.split(",") if part and not part.strip().startswith("lr=")]
    return ",".join([f"{name.strip()}:lr={lr:.12g}", *others])
