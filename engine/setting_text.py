"""Settings as people write them after an optimizer's name: `lr=0.1,betas=.9,.99`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import InputError
from engine.optimizers.base import Optimizer


def split_settings(text: str, name: str) -> dict[str, str]:
    """Key and value of each setting, still as words.

    Raises:
        InputError: a part is no KEY=VALUE; `name` stands before it in the sentence.
    """
    words: dict[str, str] = {}
    # A comma separates settings only where a key follows, so that betas=.9,.99 is one.
    for part in re.split(r",(?=\s*[A-Za-z_]\w*\s*=)", text) if text.strip() else ():
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise InputError("value.not_a_setting", name=name, value=part.strip())
        words[key] = value
    return words


def split_pair(optimizer: Optimizer, key: str, value: str) -> Mapping[str, str]:
    """The settings that a key of torch's sets, each with its word: two for `betas`, or one.

    Raises:
        InputError: a pair has not two values.
    """
    names = optimizer.pair(key)
    values = [value] if len(names) == 1 else value.strip("()[]").split(",")
    if len(values) != len(names):
        called = f"{optimizer.name}:{key}"
        raise InputError("value.not_a_list", name=called, value=value, count=len(names))
    return dict(zip(names, values, strict=True))
