"""A thread that computes in the background gives way to those that somebody waits for."""

from __future__ import annotations

import os
import sys
import threading

LOWER_BY = 5  # beside a window at work a quarter of a core, of an idle one all
LOWEST = 19


def work_in_background() -> None:
    """Let this thread give way from here on, where threads have a priority of their own.

    For threads that hold the interpreter little: who waits for it waits for its holder.
    The main thread keeps its priority, as it cannot have it back.
    """
    main = threading.current_thread() is threading.main_thread()
    if sys.platform == "linux" and not main:
        thread = threading.get_native_id()
        now = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, min(now + LOWER_BY, LOWEST))
