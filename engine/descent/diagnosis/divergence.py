"""Why a racer diverged: where it began, along which direction, and what theory allows there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.checks import Point
from engine.descent.diagnosis.sharpness import Sharpness, sharpness
from engine.descent.diagnosis.trial import stays
from engine.descent.race.spec import RaceFrame, RaceSpec, hyper_of, surface_of
from engine.descent.race.undefined import DEFINED

Array = NDArray[np.float64]
WINDOW = 20_000  # steps before it had diverged that are looked at
HALVINGS = 20

UNSTABLE, FALLS, UNDEFINED, STABLE, NO_THEORY = (
    "unstable", "falls", "undefined", "stable", "no theory"
)  # fmt: skip


@dataclass(frozen=True)
class Divergence:
    """What is said of a racer that diverged.

    Attributes:
        cause: `UNSTABLE`: the rate was above the limit; `FALLS`: the loss sinks for ever, there
            is no minimum on its way; `UNDEFINED`: it met a place without loss or gradient;
            `STABLE`: its rate stayed below the limit that curvature sets; `NO_THEORY`: the rule
            has no such limit.
        diverged_at: the first step at which it had diverged.
        step: where the divergence began; of `STABLE` where the rate came nearest to the limit.
        place: where it was then.
        direction: of length 1, along which the distance grew most; NaN where none is known.
        curvature: the larger eigenvalue of the Hessian there.
        felt: the same divided by the rule's scales, weight decay included; what the rate is
            multiplied by.
        own_scales: the rule has scales of its own.
        rate: the learning rate of that step.
        product: rate times `felt`.
        limit: the largest stable value of that product.
        factor: what the distance along the direction was multiplied by in a step there.
        loss: there.
        last_loss: the last finite one before or at the divergence.
        stable: the learning rate to be set so that this step is stable, rounded down to three
            digits; NaN where there is none.
        tried: `stable`, halved until the race with it did not diverge; NaN where none was found,
            None before it is.
        formula: of the limit, as `LinearStep.formula`.
        path: the racer's sharpness up to its divergence; None where there is no theory.
    """

    cause: str
    diverged_at: int
    step: int
    place: Point
    direction: tuple[float, float]
    curvature: float
    felt: float
    own_scales: bool
    rate: float
    product: float
    limit: float
    factor: float
    loss: float
    last_loss: float
    stable: float
    tried: float | None = None
    formula: str = ""
    path: Sharpness | None = None


def explain_divergence(
    spec: RaceSpec, frames: Sequence[RaceFrame], index: int
) -> Iterator[Divergence]:
    """Why a racer diverged: at once what theory says, then again with the rate that was tried.

    Args:
        frames: of the race from its start, to where the racer had diverged at least.

    Raises:
        InputError: the spec cannot be run.
        ValueError: the racer has not diverged in these frames.
    """
    found = find_divergence(spec, frames, index)
    yield found
    if found.cause in (UNSTABLE, STABLE) and math.isfinite(found.stable):
        for halving in range(HALVINGS):
            slower = _three_digits(found.stable * 0.5**halving)
            if stays(spec, index, {"lr": slower}):
                yield replace(found, tried=slower)
                return
            yield found
        yield replace(found, tried=math.nan)


def find_divergence(spec: RaceSpec, frames: Sequence[RaceFrame], index: int) -> Divergence:
    """What theory says of a racer's divergence; nothing is tried.

    Raises:
        InputError, ValueError: as in `explain_divergence`.
    """
    at = _diverged_at(frames, index)
    seen = frames[max(0, at - WINDOW) : at + 1]
    loss = np.array([frame.loss[index] for frame in seen])
    path = sharpness(spec, seen, index)
    undefined = any(len(frame.undefined) and frame.undefined[index] != DEFINED for frame in seen)
    finite = np.flatnonzero(np.isfinite(loss))
    low = int(finite[loss[finite].argmin()]) if finite.size else 0
    began, over = (low, False) if path is None else _beginning(path.share, low)
    # Whoever is lowest where it was last seen has not been thrown out: it fell.
    fell = finite.size > 1 and low == finite[-1] and loss[low] < loss[finite[0]]
    cause = NO_THEORY if path is None else UNSTABLE if over else STABLE
    if undefined:
        cause = UNDEFINED
    elif (fell and not over) or (finite.size and np.isneginf(loss).any()):
        cause = FALLS
    frame = seen[began]
    last = float(loss[finite[-1]]) if finite.size else math.nan
    base = Divergence(
        cause, at, frame.step, _pair(frame.position[index]), (math.nan, math.nan), math.nan,
        math.nan, False, float(frame.rate[index]), math.nan, math.nan, math.nan,
        float(loss[began]), last, math.nan,
    )  # fmt: skip
    if path is None:
        return base
    felt, rate, limit = (float(part[began]) for part in (path.felt[:, 1], path.rate, path.limit))
    lowest = int(path.factor[began].argmax()) if np.isfinite(path.factor[began]).all() else 1
    return replace(
        base,
        direction=_pair(path.directions[began, lowest]),
        curvature=float(path.plain[began, 1]),
        felt=felt,
        own_scales=path.own_scales,
        product=rate * felt,
        limit=limit * felt if math.isfinite(limit) else math.inf,
        factor=float(path.factor[began, lowest]),
        stable=_to_be_set(spec, index, rate, limit),
        formula=path.formula,
        path=path,
    )


def _diverged_at(frames: Sequence[RaceFrame], index: int) -> int:
    for place, frame in enumerate(frames):
        if frame.state[index] == "diverged":
            return place
    raise ValueError("the racer has not diverged")


def _beginning(share: Array, low: int) -> tuple[int, bool]:
    """Where the divergence began: the first of the steps above the limit that led to it.

    Args:
        share: (N,) the rate over the largest stable one.
        low: the step of the lowest loss; what was above the limit long before led to nothing.

    Returns:
        The step, and whether the rate was above the limit there; else it is where it came
        nearest to it.
    """
    above = share > 1
    later = np.flatnonzero(above[low:])
    if not later.size:
        earlier = np.flatnonzero(above[:low])
        if not earlier.size:
            known = np.where(np.isfinite(share), share, -np.inf)
            return int(known.argmax()), False
        first = int(earlier[-1])
    else:
        first = low + int(later[0])
    while first > 0 and above[first - 1]:
        first -= 1
    return first, True


def _to_be_set(spec: RaceSpec, index: int, rate: float, limit: float) -> float:
    """The `lr` that gives the limit at a step whose schedule makes `rate` of the racer's own."""
    if not (math.isfinite(limit) and rate > 0):
        return math.nan
    own = hyper_of(spec.racers[index], surface_of(spec))["lr"]
    return _three_digits(own * limit / rate, below=True)


def _three_digits(value: float, *, below: bool = False) -> float:
    """Three significant digits, rounded down; with `below` never the value itself."""
    if value <= 0 or not math.isfinite(value):
        return math.nan
    exponent = math.floor(math.log10(value)) - 2
    whole = math.floor(value / 10.0**exponent * (1 + 1e-12))
    if below and whole * 10.0**exponent >= value * (1 - 1e-9):
        whole -= 1
    return float(f"{whole}e{exponent}")


def _pair(values: Array) -> Point:
    return float(values[0]), float(values[1])
