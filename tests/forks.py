"""Processes of their own without the price of a start: forked from one that has imported torch.

A process that begins with `import torch` spends seconds on it. Here one process, Python's fork
server, imports what the program imports, and the others are forked from it. What the imports
themselves do is left to tests that start a fresh interpreter.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from tests.deadlines import scaled

T = TypeVar("T")
PRELOADED = (
    "torch",
    "torchvision",
    "gui.run",
    "gui.descent.workspace",
    "gui.detection.workspace",
    "gui.training.workspace",
)
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(list(PRELOADED))


def fork(target: Callable[..., object], *arguments: Any) -> BaseProcess:
    """Start a function of a module in a process of its own."""
    process = _context.Process(target=target, args=arguments)
    process.start()
    return process


def result_of(function: Callable[..., T], *arguments: Any, timeout_s: float = 60) -> T:
    """What a function gives in a process of its own.

    Raises:
        EOFError: the process ended without a result.
    """
    here, there = _context.Pipe(duplex=False)
    process = fork(_send, there, function, arguments)
    there.close()
    try:
        assert here.poll(scaled(timeout_s)), f"{function.__name__} takes too long"
        result: T = here.recv()
        return result
    finally:
        process.kill()
        process.join()
        here.close()


def _send(there: Connection, function: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    there.send(function(*arguments))
