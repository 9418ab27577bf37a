"""The user's own task: a Python file that runs in a process of its own, beside this one.

Nothing of the file is ever imported here. What comes back are JSON messages of bounded length
over a pipe, never pickles; what the file prints goes nowhere. Closing the generator kills the
process and all that it has started.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.checks import check_range
from engine.errors import InputError
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.own.messages import read_message
from engine.networks.tasks.settings import MOST_STEPS
from engine.networks.tasks.spec import FitSpec
from engine.optimizers import registry as optimizers
from engine.optimizers.racer import Racer, rate_of

STEPS = 300  # of a spec that names none
SILENT_S = 60.0  # the longest that the file may compute without an answer
START_S = 60.0  # beside that, for Python and torch to start
HEARTBEAT_S = 0.02
READ_AHEAD = 64  # frames

TEMPLATE = '''\
"""A task for Thalweg: task() gives a module, its data and a loss."""

import torch
from torch import nn


def task():
    module = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1))
    inputs = torch.rand(240, 2) * 2 - 1
    targets = (inputs.norm(dim=1, keepdim=True) < 0.7).float()
    train = inputs[:160], targets[:160]
    test = inputs[160:], targets[160:]  # may be left out
    return module, train, test, nn.BCEWithLogitsLoss()
'''


def own_fit(spec: FitSpec, *, silent_s: float = SILENT_S) -> Iterator[FitFrame]:
    """Race on the task of `spec.file`: `steps + 1` frames.

    The file has a function `task()` that returns `(module, (inputs, targets), loss)` or
    `(module, (inputs, targets), (test_inputs, test_targets), loss)`. Each racer is its
    `torch.optim` class on a copy of the module. Layers are the modules with parameters, at
    most 12; `saturated` is NaN and `parameters` is empty (R, 0), test losses are NaN without
    test data. The file runs as the user, with all that he may do: ask before.

    Args:
        silent_s: seconds without a frame after which the process is ended.

    Raises:
        InputError: the spec cannot be run, or what the file did wrong, with its line.
    """
    with closing(own_frames(spec, silent_s=silent_s)) as frames:
        yield from (frame for frame in frames if frame is not None)


def own_frames(
    spec: FitSpec, *, silent_s: float = SILENT_S
) -> Generator[FitFrame | None, None, None]:
    """As `own_fit`, with None again and again while the process computes.

    Whoever pulls can so stop at any time, as `engine.jobs` does.
    """
    path, request = check_own(spec), _request(spec, silent_s)
    process = _start(path)
    messages: queue.Queue[dict[str, Any] | None] = queue.Queue(READ_AHEAD)
    ended = threading.Event()
    reader = threading.Thread(
        target=_read, args=(process.stdout, messages, ended), name="own-file", daemon=True
    )
    reader.start()
    try:
        _send(process, request)
        for _ in range(request["steps"] + 1):
            message = yield from _wait(process, messages, silent_s + START_S, path)
            if "code" in message:
                raise InputError(message["code"], path=path, **message["fields"])
            yield _frame(message)
    finally:
        ended.set()
        _kill(process)
        reader.join()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


def check_own(spec: FitSpec) -> str:
    """Refuse what cannot be run, and give the path of the file; it is not opened.

    Raises:
        InputError: there is no file, or a racer or number cannot be used.
    """
    if not spec.file:
        raise InputError("own.no_file")
    if not Path(spec.file).is_file():
        raise InputError("file.missing", path=spec.file)
    check_range("steps", _steps(spec), 0, MOST_STEPS)
    check_range("batch", spec.batch or 0, 0, MOST_STEPS)
    check_range("decay", spec.decay, 0, 1e3)
    check_range("patience", spec.patience, 0, MOST_STEPS)
    if not spec.racers:
        raise InputError("race.no_optimizer")
    for racer in spec.racers:
        if racer.starts > 1 or racer.jog is not None:
            raise InputError("own.one_start")
        own_hyper(racer)
        rate_of(racer)
    return spec.file


def own_hyper(racer: Racer) -> dict[str, float]:
    """Every hyper-parameter of a racer; the rate is the optimizer's for networks unless it is set.

    Raises:
        InputError: the optimizer cannot train a module, or a setting is unknown.
    """
    optimizer = optimizers.find(racer.optimizer)
    if not optimizer.trains:
        code = "train.needs_closure" if optimizer.twin else "train.no_twin"
        known = ", ".join(name for name, each in optimizers.OPTIMIZERS.items() if each.trains)
        raise InputError(code, name=optimizer.title, known=known)
    return optimizer.complete({"lr": optimizer.network_rate, **racer.settings})


def _steps(spec: FitSpec) -> int:
    return STEPS if spec.steps is None else spec.steps


def _request(spec: FitSpec, silent_s: float) -> dict[str, Any]:
    """What the process is told, in JSON's types."""
    racers = []
    for racer in spec.racers:
        optimizer = optimizers.find(racer.optimizer)
        arguments = optimizer.twin_arguments(own_hyper(racer))
        if arguments.get("nesterov") and not arguments["momentum"]:
            arguments["nesterov"] = False  # torch refuses it, and it means nothing
        racers.append(
            {
                "twin": optimizer.twin,
                "arguments": arguments,
                "schedule": racer.schedule,
                "schedule_settings": dict(racer.schedule_settings),
            }
        )
    return {
        "file": str(Path(spec.file or "").absolute()),
        "racers": racers,
        "steps": _steps(spec),
        "seed": spec.seed,
        "batch": spec.batch or 0,
        "decay": spec.decay,
        "patience": spec.patience,
        "silent_s": silent_s,
    }


def _start(path: str) -> subprocess.Popen[bytes]:
    # Not -m: that would look for modules in the current folder first.
    root = str(Path(__file__).parents[3])
    program = (
        f"import sys; sys.path[0] = {root!r}; "
        "from engine.networks.tasks.own.process import main; main()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(path).absolute().parent,
        start_new_session=True,  # what the file starts can be ended with it
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _send(process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    with suppress(OSError):  # a process that has ended is told of by its end
        assert process.stdin is not None
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()


def _read(
    stream: IO[bytes], messages: queue.Queue[dict[str, Any] | None], ended: threading.Event
) -> None:
    """Put every message on the queue, None at the end; on a thread of its own."""
    while not ended.is_set():
        message = read_message(stream)
        while not ended.is_set():
            with suppress(queue.Full):
                messages.put(message, timeout=0.1)
                break
        if message is None:
            return


def _wait(
    process: subprocess.Popen[bytes],
    messages: queue.Queue[dict[str, Any] | None],
    limit_s: float,
    path: str,
) -> Generator[None, None, dict[str, Any]]:
    """The next message, with None as long as there is none.

    Raises:
        InputError: the process has ended, or is silent for too long.
    """
    began = time.monotonic()
    while True:
        try:
            message = messages.get(timeout=HEARTBEAT_S)
        except queue.Empty:
            if time.monotonic() - began > limit_s:
                raise InputError("own.silent", path=path, line=1, seconds=f"{limit_s:g}") from None
            yield None
            continue
        if message is None:
            raise InputError("own.ended", path=path, ending=_ending(process))
        return message


def _ending(process: subprocess.Popen[bytes]) -> str:
    """How a process that has closed its pipe ended: its exit code, or the signal's name."""
    try:
        code = process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return "?"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return str(code)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _frame(message: dict[str, Any]) -> FitFrame:
    def numbers(key: str) -> np.ndarray:
        return np.array(message[key], dtype=np.float64)

    norms = numbers("gradient_norms")
    racers, layers = norms.shape
    return FitFrame(
        step=message["step"],
        train_loss=numbers("train_loss"),
        test_loss=numbers("test_loss"),
        train_accuracy=numbers("train_accuracy"),
        test_accuracy=numbers("test_accuracy"),
        state=tuple(message["state"]),
        rate=numbers("rate"),
        gradient_norms=norms,
        update_ratios=numbers("update_ratios"),
        saturated=np.full((racers, layers - 1), np.nan),
        perturbed=np.zeros(racers, dtype=bool),
        parameters=np.empty((racers, 0), dtype=np.float32),
        best_loss=numbers("best_loss"),
        best_start=np.zeros(racers, dtype=np.int64),
        other_losses=(np.empty(0),) * racers,
        other_parameters=(np.empty((0, 0), dtype=np.float32),) * racers,
    )
