"""Early stopping: a row that has not got better on the test examples goes back to its best."""

from __future__ import annotations

import numpy as np


class EarlyStopping:
    """Watches T rows of D parameters.

    Attributes:
        asked: whether any may stop.
        stopped: (T,) bool, who has.
        best: (T, D), where the least test loss so far was met.
    """

    def __init__(self, count: int, size: int, patience: int) -> None:
        """Make one; a row stops after `patience` updates without a lower loss, never for 0."""
        self.asked = patience > 0
        self.stopped = np.zeros(count, dtype=bool)
        self.best = np.zeros((count if self.asked else 0, size))
        self._patience = patience
        self._lowest = np.full(count, np.inf)
        self._since = np.zeros(count, dtype=np.int64)

    def watch(self, position: np.ndarray, test_loss: np.ndarray) -> np.ndarray:
        """Take note of where all are, (T, D), and their losses (T,); who stops now: (T,) bool."""
        if not self.asked:
            return self.stopped  # nobody
        better = (test_loss < self._lowest) & ~self.stopped
        self.best[better] = position[better]
        self._lowest[better] = test_loss[better]
        self._since = np.where(better, 0, self._since + 1)
        # A row that never had a loss has nowhere to go back to.
        ends: np.ndarray = (self._since >= self._patience) & np.isfinite(self._lowest)
        ends &= ~self.stopped
        self.stopped = self.stopped | ends
        return ends
