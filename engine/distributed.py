"""Several processes on one job: who this one is under `torchrun`, and how results meet.

Without `torchrun` there is one rank and nothing is imported or exchanged.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

Item = TypeVar("Item")
PATIENCE = timedelta(hours=24)  # the slowest rank's share of a folder may take long


@dataclass(frozen=True)
class Rank:
    """This process among `count`; 0 is the one that merges and speaks.

    Attributes:
        index: from 0.
        count: how many processes there are.
        local: among those on this machine, from 0.
    """

    index: int = 0
    count: int = 1
    local: int = 0

    @property
    def first(self) -> bool:
        """Whether this process merges and speaks."""
        return self.index == 0

    def share(self, items: Sequence[Item]) -> list[tuple[int, Item]]:
        """Every `count`-th item from `index` on, with its place among all."""
        return list(enumerate(items))[self.index :: self.count]

    def gathered(self, mine: Any) -> list[Any] | None:
        """What every rank has, in their order, on the first; None on the others.

        Anything that pickles; only between processes of one `torchrun`.
        """
        if self.count == 1:
            return [mine]
        import torch.distributed as distributed

        every = [None] * self.count if self.first else None
        distributed.gather_object(mine, every, dst=0)
        return every


@contextmanager
def joined() -> Iterator[Rank]:
    """This process's rank, joined with the others while the block runs."""
    count = int(os.environ.get("WORLD_SIZE") or 1)
    if count == 1 or "RANK" not in os.environ:
        yield Rank()
        return
    import torch.distributed as distributed

    local = int(os.environ.get("LOCAL_RANK") or 0)
    distributed.init_process_group("gloo", timeout=PATIENCE)
    try:
        yield Rank(int(os.environ["RANK"]), count, local)
    finally:
        distributed.destroy_process_group()
