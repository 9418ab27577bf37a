"""A racer as the command line writes it: `sgd:lr=0.1,schedule=cosine,T_max=200,jog=0.5`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from engine.commands.common import number
from engine.errors import InputError, shorten
from engine.optimizers import registry as optimizers
from engine.optimizers import schedules
from engine.optimizers.base import Optimizer
from engine.optimizers.racer import Jog, Racer
from engine.setting_text import split_pair, split_settings

# How a jog's fields are called here.
JOG_KEYS = {"jog": "radius", "patience": "patience", "tolerance": "tolerance"}
JOG_WHOLE = frozenset({"patience"})
WORDS = {"true": 1.0, "false": 0.0, "none": 0.0, "strong_wolfe": 1.0}


def parse_racer(text: str) -> Racer:
    """A racer from `NAME[:key=value,...]`.

    Keys are the optimizer's settings (`betas=.9,.99` fills torch's pair); `schedule` and
    that schedule's settings; `jog` (the radius), `patience` and `tolerance`; `starts`.

    Raises:
        InputError: the name, a key or a value is unknown.
    """
    name, colon, rest = text.partition(":")
    optimizer = optimizers.find(name.strip())
    if colon and not rest.strip():
        raise InputError("value.no_settings", value=text)
    words = split_settings(rest, name)
    schedule = schedules.find(words.pop("schedule", "constant"))
    of_schedule = {setting.name for setting in schedule.settings}
    planned: dict[str, float] = {}
    for key in list(words):
        if key in of_schedule:
            planned[key] = number(words.pop(key), f"{schedule.name}:{key}")
    jog = _jog(name, words)
    starts = _whole(words.pop("starts", "1"), f"{name}:starts")
    settings: dict[str, float] = {}
    for key, value in words.items():
        settings |= _setting(optimizer, key, value)
    racer = Racer(
        optimizer.name,
        settings,
        schedule=schedule.name,
        schedule_settings=planned,
        jog=jog,
        starts=starts,
    )
    optimizer.complete(settings)
    schedule.complete(planned)
    return racer


def describe_course(racer: Racer) -> dict[str, Any]:
    """What a racer has beside its optimizer's settings, in JSON's types."""
    told: dict[str, Any] = {}
    if racer.schedule != "constant":
        schedule = schedules.find(racer.schedule)
        told["schedule"] = {"name": schedule.name, **schedule.complete(racer.schedule_settings)}
    if racer.jog is not None:
        told["jog"] = {field.name: getattr(racer.jog, field.name) for field in fields(Jog)}
    return told


def _jog(name: str, words: dict[str, str]) -> Jog | None:
    """Takes the keys of a jog out of `words`; a radius of 0 is none."""
    given: dict[str, Any] = {}
    for key in JOG_KEYS.keys() & words.keys():
        value, called = words.pop(key), f"{name}:{key}"
        given[JOG_KEYS[key]] = _whole(value, called) if key in JOG_WHOLE else number(value, called)
    if given and "radius" not in given:
        raise InputError("racer.no_jog", name=name)
    return Jog(**given) if given.get("radius") else None


def _setting(optimizer: Optimizer, key: str, value: str) -> Mapping[str, float]:
    known = optimizer.defaults
    if not known.keys() & set(optimizer.pair(key)):
        keys = ", ".join(known)
        raise InputError("value.unknown_key", name=optimizer.name, value=shorten(key), known=keys)
    called = f"{optimizer.name}:{key}"
    words = split_pair(optimizer, key, value)
    return {each: _value(word, called) for each, word in words.items()}


def _value(text: str, name: str) -> float:
    word = text.strip().lower()
    return WORDS[word] if word in WORDS else number(text, name)


def _whole(text: str, name: str) -> int:
    value = number(text, name)
    if value % 1:
        raise InputError("value.not_whole", name=name, value=value)
    return int(value)
