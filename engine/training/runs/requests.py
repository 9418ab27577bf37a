"""What is asked of a training while it runs, from another thread."""

from __future__ import annotations

import threading


class Requests:
    """Asked by whoever shows the training; the training looks between two steps."""

    def __init__(self) -> None:
        self._evaluate = threading.Event()

    def evaluate(self) -> None:
        """Measure on the held-out pictures after the step at hand."""
        self._evaluate.set()

    def take_evaluation(self) -> bool:
        """Whether that was asked since the last look."""
        asked = self._evaluate.is_set()
        self._evaluate.clear()
        return asked
