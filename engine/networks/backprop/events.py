"""The things that an update of a net computes, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Phase = Literal["start", "forward", "backward", "update"]
Kind = Literal["start", "sum", "output", "error", "delta", "gradient", "weight"]

BIAS = -1  # as the source of a weight


@dataclass(frozen=True)
class Event:
    """One thing that is computed.

    Attributes:
        layer: of the node, 0 the inputs; of a weight that of the node it goes to.
        node: its place in the layer, from 0.
        source: of a weight the place in the layer before, or `BIAS`; None for a node.
        example: its place in the batch, from 0.
    """

    phase: Phase
    kind: Kind
    layer: int = 0
    node: int = 0
    source: int | None = None
    example: int = 0


@lru_cache(maxsize=32)
def events_of(layers: tuple[int, ...], batch: int, *, biases: bool) -> tuple[Event, ...]:
    """What an update computes, in its order: for each example forward and back, then weights.

    Args:
        layers: nodes of each column, the inputs first.
        batch: examples of the update.
        biases: whether biases are updated.
    """
    found: list[Event] = []
    last = len(layers) - 1
    for example in range(batch):
        for layer in range(1, last + 1):
            for node in range(layers[layer]):
                found.append(Event("forward", "sum", layer, node, example=example))
                found.append(Event("forward", "output", layer, node, example=example))
        found.append(Event("forward", "error", last, example=example))
        for layer in range(last, 0, -1):
            found += [
                Event("backward", "delta", layer, node, example=example)
                for node in range(layers[layer])
            ]
    for layer in range(last, 0, -1):
        sources = [*range(layers[layer - 1]), *([BIAS] if biases else [])]
        for node in range(layers[layer]):
            for source in sources:
                found.append(Event("update", "gradient", layer, node, source, batch - 1))
                found.append(Event("update", "weight", layer, node, source, batch - 1))
    return tuple(found)
