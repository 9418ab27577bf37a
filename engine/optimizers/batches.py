"""Which examples an update sees: an epoch deals all of them anew, batch by batch."""

from __future__ import annotations

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=8)
def deal(seed: int, epoch: int, count: int) -> np.ndarray:
    """The order of all examples in an epoch: (count,) int64, each once."""
    return np.random.default_rng([unsigned(seed), epoch]).permutation(count)


def batch_at(seed: int, step: int, count: int, size: int) -> np.ndarray:
    """The examples of an update from 0, (B,) int64; the last of an epoch may have fewer."""
    epoch, place = divmod(step, -(-count // size))
    return deal(seed, epoch, count)[place * size : (place + 1) * size]


def unsigned(seed: int) -> int:
    """A seed as NumPy takes it: it may be negative."""
    return seed % 2**64
