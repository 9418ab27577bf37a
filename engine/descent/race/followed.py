"""Trails of one racer, advanced by a compiled step, many steps at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from engine.checks import Point
from engine.descent.compiled.kernel import PathKernel
from engine.descent.race.spec import hyper_of
from engine.descent.surfaces.surface import Surface
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of


class FollowedTrails:
    """Where S trails of a racer go, without noise and perturbations."""

    def __init__(
        self, racer: Racer, surface: Surface, starts: Sequence[Point], kernel: PathKernel
    ) -> None:
        """
        Args:
            starts: of the trails, S places.
            kernel: of the racer's step on the surface.
        """
        self._kernel, self._step = kernel, 0
        self._rate, self._hyper = rate_of(racer), hyper_of(racer, surface)
        self._values = {f"hyper_{name}": value for name, value in self._hyper.items()}
        parameters = surface.complete().values()
        self._values |= {f"surface_{number}": value for number, value in enumerate(parameters)}
        rule = optimizers.find(racer.optimizer)
        first = rule.init(torch.tensor([starts[0]], dtype=torch.float64))  # all begin alike
        names = (name.rpartition("_") for name in kernel.plan.state)
        fresh = [float(first[array][0, int(place)]) for array, _, place in names]
        self._points = np.array(starts, dtype=np.float64)
        self._state = np.tile(fresh, (len(starts), 1))

    def advance(self, steps: int) -> np.ndarray:
        """Take further steps: (S, steps, 2) float64, the places after each."""
        plan = self._kernel.plan
        ages = range(self._step, self._step + steps)
        given = np.empty((steps, len(plan.constants)))
        for column, name in enumerate(plan.constants):
            given[:, column] = ages if name == "age" else self._values[name]
            if name == "hyper_lr":
                given[:, column] = [self._rate(self._hyper["lr"], age) for age in ages]
        table = np.empty((steps, len(plan.columns)))
        paths = np.empty((len(self._points), steps, 2))
        self._kernel.prepare(given.ctypes.data, table.ctypes.data, steps)
        self._kernel.follow(
            *(self._points.ctypes.data, self._state.ctypes.data, len(self._points)),
            *(table.ctypes.data, steps, paths.ctypes.data),
        )
        self._step += steps
        return paths
