"""The next step's pictures, read and varied while a step is taken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class BatchesAhead(Generic[T]):
    """What `make` gives for a step, made before it is asked for.

    Args:
        make: of a step's number, from 0; a pure function of it.
    """

    def __init__(self, make: Callable[[int], T]) -> None:
        self._make = make
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="batches")
        self._next: tuple[int, Future[T]] | None = None

    def take(self, step: int, *, more: bool) -> T:
        """That of a step; an error of it is raised here, not where it was made.

        Args:
            more: whether the step after it comes too.
        """
        if self._next is not None and self._next[0] == step:
            made = self._next[1]
        else:
            made = self._thread.submit(self._make, step)
        batch = made.result()
        follows = step + 1
        self._next = (follows, self._thread.submit(self._make, follows)) if more else None
        return batch

    def close(self) -> None:
        """Make no more; what is being made is left to end by itself."""
        self._next = None
        self._thread.shutdown(wait=False, cancel_futures=True)
