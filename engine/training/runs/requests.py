"""What is asked of a training while it runs, from another thread."""

from __future__ import annotations

import threading


class Requests:
    """Asked by whoever shows the training; the training looks between two steps."""

    def __init__(self) -> None:
        self._evaluate = threading.Event()
        self._cosine_every = self._layers_every = 0

    def evaluate(self) -> None:
        """Measure on the held-out pictures after the step at hand."""
        self._evaluate.set()

    def measure_cosine(self, every: int) -> None:
        """Compare the gradients of RPN and heads every so many steps; 0 for never."""
        self._cosine_every = every

    def wants_cosine(self, step: int) -> bool:
        """Whether they are compared in this step, from 0."""
        return _is_due(self._cosine_every, step)

    def measure_layers(self, every: int) -> None:
        """Take the norms of the layer groups every so many steps; 0 for never."""
        self._layers_every = every

    def wants_layers(self, step: int) -> bool:
        """Whether they are taken in this step, from 0."""
        return _is_due(self._layers_every, step)

    def wants_evaluation(self) -> bool:
        """Whether that was asked and has not been taken yet."""
        return self._evaluate.is_set()

    def take_evaluation(self) -> bool:
        """Whether that was asked since the last look."""
        asked = self._evaluate.is_set()
        self._evaluate.clear()
        return asked


def _is_due(every: int, step: int) -> bool:
    return every > 0 and step % every == 0
