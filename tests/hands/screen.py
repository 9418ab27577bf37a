"""A screen of its own with a window manager, and the hands on its mouse and keys."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.deadlines import scaled

T = TypeVar("T")
SIZE = (1920, 1080)
_pause = threading.Event()  # never set: its `wait` is the pause between two looks


def wait_until(look: Callable[[], T], what: str, timeout_s: float = 20.0) -> T:
    """Look until there is something to see, and give it; fail with `what` after the deadline.

    Args:
        look: gives what it sees, or something false.
        timeout_s: on an idle machine.
    """
    limit_s = scaled(timeout_s)
    deadline = time.monotonic() + limit_s
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {limit_s:.0f} s for {what}")
        _pause.wait(0.03)


class Screen:
    """Xvfb with openbox; `display` is the value for DISPLAY."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        width, height = SIZE
        self._log = (folder / "screen.log").open("w")
        options = f"-displayfd {write} -noreset -nolisten tcp -screen 0 {width}x{height}x24"
        # Without -noreset the keyboard layout is forgotten when the last client leaves.
        self._server = subprocess.Popen(
            ["Xvfb", *options.split()],
            pass_fds=[write],
            stdout=self._log,
            stderr=self._log,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        assert number, (folder / "screen.log").read_text()
        self.display = f":{number}"
        self.environment = {**os.environ, "DISPLAY": self.display, "LC_ALL": "C.UTF-8"}
        home = folder / "manager"
        home.mkdir()
        # A window's place and focus are a manager's work; without one no window gets focus.
        self._manager = subprocess.Popen(
            ["openbox"],
            env={**self.environment, "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
            stdout=self._log,
            stderr=self._log,
        )
        self._clipboard: subprocess.Popen[bytes] | None = None
        wait_until(self._managed, "the window manager")
        # At the first key the server adopts this keyboard's map, and the manager takes hold
        # of its shortcuts anew: an Alt+F4 that comes first would be lost in between.
        self.hand("key", "shift")

    def _managed(self) -> bool:
        answer = self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", check=False)
        return "window id" in answer

    def run(self, *command: str | int | float, check: bool = True, data: bytes = b"") -> str:
        """Run an X program on this screen and give what it printed."""
        done = subprocess.run(
            [str(word) for word in command],
            env=self.environment,
            input=data,
            capture_output=True,
            timeout=scaled(30),
        )
        if check and done.returncode:
            raise AssertionError(f"{command}: {done.stderr.decode()}")
        return done.stdout.decode()

    def hand(self, *words: str | int | float) -> str:
        """Mouse and keys: one call of xdotool."""
        return self.run("xdotool", *words)

    def picture(self, path: Path) -> Path:
        """The whole screen as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-window", "root", "-silent", str(path))
        return path

    def layout(self, names: str) -> None:
        """Set the keyboard layouts, such as `ru` or `us`, and make sure that it took."""
        self.run("setxkbmap", "-layout", names)
        assert names in self.run("setxkbmap", "-query")

    def copy(self, what: str | Path) -> None:
        """Put a text, or the PNG picture in a file, on the clipboard."""
        picture = isinstance(what, Path)
        self._forget_clipboard()
        # It stays and serves the clipboard until another program takes it over.
        self._clipboard = subprocess.Popen(
            ["xclip", "-quiet", "-selection", "clipboard"]
            + (["-t", "image/png", "-i", str(what)] if picture else ["-i"]),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
        )
        assert self._clipboard.stdin is not None
        if not picture:
            self._clipboard.stdin.write(str(what).encode())
        self._clipboard.stdin.close()
        target = "image/png" if picture else "UTF8_STRING"
        wait_until(
            lambda: (
                target
                in self.run("xclip", "-o", "-selection", "clipboard", "-t", "TARGETS", check=False)
            ),
            "the clipboard",
        )

    def pasted(self) -> str:
        """The text on the clipboard; nothing while there is none."""
        return self.run("xclip", "-o", "-selection", "clipboard", check=False)

    def pasted_picture(self) -> bytes:
        """The picture on the clipboard as PNG."""
        done = subprocess.run(
            ["xclip", "-o", "-selection", "clipboard", "-t", "image/png"],
            env=self.environment,
            capture_output=True,
            check=True,
            timeout=scaled(30),
        )
        return done.stdout

    def _forget_clipboard(self) -> None:
        if self._clipboard is not None:
            self._clipboard.terminate()
            self._clipboard.wait(scaled(10))
            self._clipboard = None

    def close(self) -> None:
        self._forget_clipboard()
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(scaled(10))
        self._log.close()
