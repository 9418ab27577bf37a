"""How far a pass over pictures is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `count` pictures have been detected."""

    done: int
    count: int
