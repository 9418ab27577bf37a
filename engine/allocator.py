"""Keep freed memory in the process, where glibc would hand it back to the kernel.

Training and detection free and take the same large buffers at every step. glibc returns
each to the kernel and gets zeroed pages back one fault at a time; on some virtual
machines that costs more than the arithmetic (measured: a training step of 8 s became
1 s).
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3


@cache
def keep_memory() -> bool:
    """Ask the C library to keep what is freed; call before the first large tensor.

    Returns:
        whether it agreed; False where the C library is not glibc.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    wishes = (
        (_M_MMAP_THRESHOLD, 1 << 30),
        (_M_TRIM_THRESHOLD, (1 << 31) - 1),
        (_M_TOP_PAD, 1 << 26),
    )
    answers = [mallopt(ctypes.c_int(name), ctypes.c_int(value)) for name, value in wishes]
    return all(answers)
