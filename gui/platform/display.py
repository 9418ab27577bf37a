"""Whether there is a display to open a window on; Qt itself aborts where there is none."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_S = 2.0
X_PORT = 6000


def has_display(environment: Mapping[str, str] | None = None) -> bool:
    """Ask whether a window can be opened.

    Args:
        environment: the process's own by default.
    """
    env = os.environ if environment is None else environment
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform not in ("", "xcb", "wayland"):
        return True
    wayland = env.get("WAYLAND_DISPLAY", "")
    if wayland and platform != "xcb" and wayland_answers(wayland, env.get("XDG_RUNTIME_DIR", "")):
        return True
    return platform != "wayland" and x_answers(env.get("DISPLAY", ""))


def wayland_answers(name: str, folder: str) -> bool:
    """Whether a compositor listens on its socket."""
    return connects(socket.AF_UNIX, str(Path(folder) / name))


def x_answers(display: str) -> bool:
    """Whether an X server listens at [HOST]:NUMBER[.SCREEN]."""
    found = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?", display)
    if found is None:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        # The name with a zero byte in front is Linux's abstract socket.
        return connects(socket.AF_UNIX, path) or connects(socket.AF_UNIX, "\0" + path)
    return connects(socket.AF_INET, (host, X_PORT + number))


def connects(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(TIMEOUT_S)
        try:
            probe.connect(address)
        except (OSError, ValueError):
            return False
    return True
