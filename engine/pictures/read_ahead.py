"""The next pictures are read on a thread while the network works on this one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Content = TypeVar("Content")

READ_AHEAD = 2  # pictures in memory beside the one that the network has


def read_ahead(
    read: Callable[[Item], Content], items: Iterable[Item]
) -> Generator[tuple[Item, Future[Content]], None, None]:
    """Each item with its reading, in order; `result()` waits for it and raises what it raised.

    Args:
        read: called on the reader's thread, one item at a time.
    """
    coming = iter(items)
    reading: deque[tuple[Item, Future[Content]]] = deque()
    with ThreadPoolExecutor(1, "read") as reader:

        def read_on(count: int) -> None:
            reading.extend((item, reader.submit(read, item)) for item in islice(coming, count))

        try:
            read_on(READ_AHEAD)
            while reading:
                item, content = reading.popleft()
                read_on(1)
                yield item, content
                del content  # a picture that was used is not kept while the next one comes
        finally:
            for _, waiting in reading:
                waiting.cancel()
