"""What runs the user's file: a process of its own, started by `own_file`, never imported there.

It reads one request in JSON from standard input and writes messages to what was standard
output. To the file both are closed: it reads nothing, and what it prints goes nowhere.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any

import numpy as np
import torch

from engine.networks.tasks.own.messages import write_message
from engine.networks.tasks.own.race import OwnTask, Refused, race, read_task

MODULE = "thalweg_own_task"
EXPLANATION_AT_MOST = 300  # characters of what the file raises


class Reporter:
    """Writes the messages, and one when the file has been silent for too long."""

    def __init__(self, stream: IO[bytes], path: str, silent_s: float) -> None:
        self._stream = stream
        self._path = path
        self._silent_s = silent_s
        self._lock = threading.Lock()
        self._since = time.monotonic()
        self._main = threading.get_ident()
        threading.Thread(target=self._watch, daemon=True).start()

    def send(self, message: dict[str, Any]) -> None:
        """Write a message; waiting for the reader is no silence of the file."""
        with self._lock:
            write_message(self._stream, message)
            self._since = time.monotonic()

    def _watch(self) -> None:
        while True:
            time.sleep(min(0.2, self._silent_s / 4))
            with self._lock:
                if time.monotonic() - self._since < self._silent_s:
                    continue
                line, frame = 1, sys._current_frames().get(self._main)
                while frame is not None:
                    if frame.f_code.co_filename == self._path:
                        line = frame.f_lineno
                        break
                    frame = frame.f_back
                fields = {"line": line, "seconds": f"{self._silent_s:g}"}
                write_message(self._stream, {"code": "own.silent", "fields": fields})
                os._exit(1)


def main() -> None:
    """Run one request to its end."""
    request = json.load(sys.stdin)
    path: str = request["file"]
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    reporter = Reporter(answers, path, request["silent_s"])
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(path))
    torch.set_num_threads(max(1, (os.cpu_count() or 1) - 1))  # one is the window's
    line = 1
    try:
        task = load(path, request["seed"])
        line = task.line
        race(task, request, reporter.send)
    except BaseException as error:  # an exit and an interrupt of the file are told, too
        reporter.send(explain(error, path, line))
    answers.flush()
    os._exit(0)  # threads of the file do not hold it


def load(path: str, seed: int) -> OwnTask:
    """Run the file and its `task()`, with every generator of random numbers seeded.

    Raises:
        Refused: there is no such function, or it gave something else.
        BaseException: whatever the file raises.
    """
    torch.manual_seed(seed)
    np.random.seed(seed % 2**32)
    random.seed(seed)
    loader = importlib.machinery.SourceFileLoader(MODULE, path)
    spec = importlib.util.spec_from_loader(MODULE, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    loader.exec_module(module)
    function: Callable[[], Any] | None = getattr(module, "task", None)
    if not callable(function):
        lines = loader.get_data(path).count(b"\n")
        raise Refused("own.no_task", max(1, lines))
    code = getattr(function, "__code__", None)
    return read_task(function(), getattr(code, "co_firstlineno", 1))


def explain(error: BaseException, path: str, line: int) -> dict[str, Any]:
    """The message of what went wrong: its code and facts.

    Args:
        line: of `task()`, where what was raised did not pass through the file.
    """
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, Refused):
        fields = {**error.fields, "line": error.line or line}
        return {"code": error.code, "fields": fields}
    text = str(error)
    if isinstance(error, SyntaxError) and error.filename == path:
        line, text = error.lineno or 1, error.msg
    reason = " ".join(f"{type(error).__name__}: {text}".split()).rstrip(".: ")
    if len(reason) > EXPLANATION_AT_MOST:
        reason = reason[: EXPLANATION_AT_MOST - 1] + "…"
    return {"code": "own.raised", "fields": {"line": line, "reason": reason}}
