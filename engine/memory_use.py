"""How much memory a computation has: for a person to see, not to decide by."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def memory_in_use(device: torch.device) -> int:
    """Bytes that this process has: on a device of its own there, on the CPU in all.

    0 where the system does not say.
    """
    import torch

    if device.type != "cpu":
        told = getattr(torch.get_device_module(device), "memory_reserved", None)
        return int(told(device)) if told is not None else 0
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0
