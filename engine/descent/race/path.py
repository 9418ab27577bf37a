"""The whole path of one racer at once, for a hand that drags its settings.

By the compiled step where there is one, else by the race itself. The race is what counts: it
says, and saves, what torch computes; a path shows before where that will lead.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from engine.checks import Point
from engine.descent.race.spec import RaceSpec, check, hyper_of
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer

if TYPE_CHECKING:
    from engine.descent.compiled.kernel import PathKernel
    from engine.descent.surfaces.surface import Surface

FRAME_S = 0.033  # a path that takes longer is shown as far as it goes
WAIT_S = 0.005  # between looks at whether the step is compiled
CHUNK = 20_000  # steps between looks at the clock


@dataclass(frozen=True)
class RacerPath:
    """Where a racer goes; n = 1 to steps + 1 points of each of its S trails.

    Attributes:
        points: (S, n, 2) float64, from its own start and then from the further ones.
        final: nothing follows.
    """

    points: np.ndarray
    final: bool


def racer_path(spec: RaceSpec, racer: int) -> Generator[RacerPath | None]:
    """The path of one racer of a race, in one piece or growing.

    None is yielded where there is nothing new to see yet, so that a puller may stop.

    Args:
        racer: its place among those of the spec.

    Raises:
        InputError: the spec cannot be run.
    """
    surface = check(spec)
    who = spec.racers[racer]
    if not spec.noise and who.jog is None:
        from engine.descent.race.rows import trails_of

        kernel = yield from compile_path(spec, racer)
        if kernel is not None:
            starts = [trail.start for trail in trails_of(spec, surface) if trail.racer == racer]
            yield from _compiled(spec.steps, starts, who, surface, kernel)
            return
        # Alone it is sooner there; noise is shared by those that start together.
        spec, racer = replace(spec, racers=(who,)), 0
    yield from _raced(spec, racer)


def compile_path(spec: RaceSpec, racer: int) -> Generator[None, None, PathKernel | None]:
    """Have a racer's step compiled, so that its path is there at once when it is asked for.

    Returns:
        The compiled step; None where torch must do.
    """
    from engine.descent.compiled.kernel import path_kernel_of

    surface, who = check(spec), spec.racers[racer]
    promise = path_kernel_of(surface, optimizers.find(who.optimizer), hyper_of(who, surface))
    while not promise.done():
        yield None
        time.sleep(WAIT_S)
    return promise.result()


def _compiled(
    steps: int, starts: Sequence[Point], racer: Racer, surface: Surface, kernel: PathKernel
) -> Iterator[RacerPath]:
    from engine.descent.race.followed import FollowedTrails

    trails = FollowedTrails(racer, surface, starts, kernel)
    points = np.empty((len(starts), steps + 1, 2))
    points[:, 0] = starts
    shown_at, done = time.monotonic(), 0
    while done < steps:
        more = min(max(1, CHUNK // len(starts)), steps - done)
        points[:, done + 1 : done + 1 + more] = trails.advance(more)
        done += more
        if done < steps and time.monotonic() - shown_at > FRAME_S:
            shown_at = time.monotonic()
            yield RacerPath(points[:, : done + 1], False)
    yield RacerPath(points, True)


def _raced(spec: RaceSpec, racer: int) -> Iterator[RacerPath | None]:
    from engine.descent.race.run import race

    further = spec.racers[racer].starts - 1
    points = np.empty((1 + further, spec.steps + 1, 2))
    shown_at = time.monotonic()
    for step, frame in enumerate(race(spec)):
        points[0, step] = frame.position[racer]
        if further:
            points[1:, step] = frame.others[racer]
        if time.monotonic() - shown_at > FRAME_S and step < spec.steps:
            shown_at = time.monotonic()
            yield RacerPath(points[:, : step + 1], False)
        else:
            yield None
    yield RacerPath(points, True)
