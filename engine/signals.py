"""The signals by which a person or the system asks a program to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl+C, a polite kill, a closed terminal


@contextmanager
def asked_to_end(act: Callable[[int], object]) -> Iterator[None]:
    """While the block runs, these signals call `act` with their number and do nothing else.

    A hang-up that is ignored, as nohup has it, stays ignored. On another thread than the
    main one nothing changes, since only that may take signals.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for name in NAMES:
            number = getattr(signal, name, None)
            nohup = name == "SIGHUP" and signal.getsignal(number or 0) is signal.SIG_IGN
            if number is not None and not nohup:
                before[number] = signal.signal(number, lambda number, _: act(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
