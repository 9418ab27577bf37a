"""How long tests wait: deadlines for an idle machine, stretched by one measurement of this one.

The first process of a run measures it; xdist's workers read the result from the
environment, where it can be set by hand, too. Every wait of a test ends by
`scaled(seconds)`: for the hands in `tests/hands/screen.py`, for widgets in the
`qtbot` of `tests/gui/conftest.py`. A wait that succeeds takes no longer by it.
"""

from __future__ import annotations

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor

VARIABLE = "THALWEG_TESTS_SLOWNESS"
REFERENCE_S = 0.1  # what `measure` takes on two idle cores of 2.4 GHz
MOST = 20.0  # a machine that is slower still is not worth waiting for
BLOCK, BLOCKS = bytes(1 << 20), 72


def _hash_blocks(_: int) -> str:
    """A fixed amount of work for one core; hashing a block lets the other threads run."""
    digest = hashlib.blake2b()
    for _ in range(BLOCKS):
        digest.update(BLOCK)
    return digest.hexdigest()


def measure() -> float:
    """How many times slower than the reference this machine is now, from 1 to `MOST`.

    All cores work at once, so that other programs and a `nice` of our own count, too;
    the load of the last minute counts where the moment of measuring happened to be quiet.
    """
    cores = os.cpu_count() or 1
    began = time.perf_counter()
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(_hash_blocks, range(cores)))
    took = (time.perf_counter() - began) / REFERENCE_S
    load = os.getloadavg()[0] / cores if hasattr(os, "getloadavg") else 0.0
    return min(max(took, load, 1.0), MOST)


def slowness() -> float:
    """The factor of this run; measured by whoever asks first."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = f"{measure():.2f}"
    return float(os.environ[VARIABLE])


def scaled(seconds: float) -> float:
    """A deadline that is right on an idle machine, for this one."""
    return seconds * slowness()
