"""The headless front as a person at a terminal meets it."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.deadlines import scaled
from tests.hands.program import SCRIPTS, private_environment


@dataclass(frozen=True)
class Answer:
    """Exit code, stdout and stderr of one command."""

    code: int
    out: str
    err: str

    def refused(self, *named: str) -> Answer:
        """Exit code 2, nothing on stdout, and one line on stderr that names the bad value."""
        assert self.code == 2, self
        assert self.out == "", self
        assert len(self.err.strip().splitlines()) == 1, self
        assert "Traceback" not in self.err
        for word in named:
            assert word in self.err, self
        return self

    def done(self) -> Answer:
        """Exit code 0 and nothing on stderr but where a table on stdout was written."""
        closing = self.err.endswith("; written to standard output\n") and self.err.count("\n") == 1
        assert self.code == 0 and (closing or not self.err), self
        return self


Command = Callable[..., Answer]


def words(line: str, *more: str | Path | int | float) -> list[str]:
    """The words of a line as a shell reads it, and further words as they are."""
    return [*shlex.split(line), *map(str, more)]


def installed(
    folder: Path, line: str, *more: str | Path | int | float, timeout_s: float = 120
) -> Answer:
    """Run the installed `thalweg-engine` in a folder of its own."""
    done = subprocess.run(
        [SCRIPTS / "thalweg-engine", *words(line, *more)],
        cwd=folder,
        env=private_environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=scaled(timeout_s),
    )
    return Answer(done.returncode, done.stdout, done.stderr)
