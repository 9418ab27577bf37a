"""Background threads give way; the main thread does not, for it could not have it back."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.thread_priority import work_in_background

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads have one priority there")


def priority() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def test_a_background_thread_gives_way() -> None:
    with ThreadPoolExecutor(1, initializer=work_in_background) as pool:
        assert pool.submit(priority).result() > priority() or priority() == 19


def test_the_main_thread_keeps_its_priority() -> None:
    before = priority()
    work_in_background()
    assert priority() == before
