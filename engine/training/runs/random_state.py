"""A run's own random state: other work in this process does not disturb it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


class RandomState:
    """torch's random numbers on the CPU, and on the device where that is another one.

    Attributes:
        cpu: (K,) uint8.
        device: (L,) uint8 of the device's own generator; None for a run on the CPU.
    """

    def __init__(self, device: torch.device, seed: int) -> None:
        torch.manual_seed(seed)
        self._device = device
        self.cpu, self.device = self._current()

    def set(self, cpu: Tensor, device: Tensor | None) -> None:
        """Go on from a kept state; a run that changes its device begins anew on the new one."""
        self.cpu = cpu
        if device is not None and self.device is not None and len(device) == len(self.device):
            self.device = device

    @contextmanager
    def used(self) -> Iterator[None]:
        """Draw from this state while the block runs; kept as it was when the block fails."""
        outside = self._current()
        self._make_current(self.cpu, self.device)
        try:
            yield
            self.cpu, self.device = self._current()
        finally:
            self._make_current(*outside)

    def _current(self) -> tuple[Tensor, Tensor | None]:
        if self._device.type == "cpu":
            return torch.get_rng_state(), None
        module = torch.get_device_module(self._device)
        return torch.get_rng_state(), module.get_rng_state(*self._index())

    def _make_current(self, cpu: Tensor, device: Tensor | None) -> None:
        torch.set_rng_state(cpu)
        if device is not None:
            torch.get_device_module(self._device).set_rng_state(device, *self._index())

    def _index(self) -> tuple[int, ...]:
        return () if self._device.index is None else (self._device.index,)
