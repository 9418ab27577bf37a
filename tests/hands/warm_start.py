"""`thalweg`, forked from a process that has already imported what a start imports.

Imports are most of a start, and a hundred tests begin with one. The program still runs in a
process of its own, in an environment and with outputs of its own; what the imports themselves
do is left to the tests that start the installed script.
"""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.forks import fork

OUTPUT, ERRORS = "stdout.txt", "stderr.txt"


class WarmProcess:
    """What tests use of `subprocess.Popen`, of a program that is forked."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        """Start it; its outputs become `OUTPUT` and `ERRORS` in its working folder."""
        self._command = command
        self._process = fork(_run, list(command), dict(environment), str(folder))

    @property
    def returncode(self) -> int | None:
        """The exit status, or minus the signal that ended it; None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """The exit status.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._command, timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self._process.pid is not None and self.poll() is None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        self._process.kill()


def _run(command: list[str], environment: dict[str, str], folder: str) -> None:
    """In the new process: be what a shell starts, then run the program to its end."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for name, descriptor in ((OUTPUT, 1), (ERRORS, 2)):
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, descriptor)
        os.close(file)
    faulthandler.enable()
    sys.argv = command
    from gui.__main__ import main

    main()
