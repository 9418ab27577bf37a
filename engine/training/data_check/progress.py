"""How far a check is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `count` pictures are looked at."""

    done: int
    count: int
