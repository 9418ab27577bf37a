"""What the window needs from the machine, looked up without importing Qt.

Qt answers a missing system library with an ImportError that names a file, and
a missing display by aborting the process. This says the same in one line that
can be acted on. `python -m gui.platform.requirements` prints that line and exits 1 when
libraries are missing, 3 when there is no display, and 0 when a window can open.
"""

from __future__ import annotations

import ctypes
import os
import sys

from gui.platform.display import has_display

# What Qt's window and xcb plugins load, and the Debian package of each.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONTS = "fonts-dejavu-core"


def missing_packages() -> list[str]:
    """Debian packages of the libraries that Qt needs and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    on_x11 = os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb")
    for library, package in LIBRARIES.items():
        if not on_x11 and ("xcb" in library or "x11" in library):
            continue  # the offscreen platform does without
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    # A machine without these has had no desktop, so it has no fonts either.
    return sorted([*missing, FONTS]) if missing else []


def problem() -> str | None:
    """One line that says why no window can be opened here and what to do, or None."""
    if not has_display():
        shown = os.environ.get("DISPLAY")
        reason = f"the display '{shown}' does not answer" if shown else "no display is set"
        return (
            f"No window can be opened: {reason}. "
            "Use thalweg-engine, or thalweg --screenshot FILE.png with QT_QPA_PLATFORM=offscreen."
        )
    if packages := missing_packages():
        return (
            "The window needs system libraries that are missing. Install them with: "
            f"sudo apt-get install -y {' '.join(packages)}"
        )
    return None


if __name__ == "__main__":
    if sentence := problem():
        print(f"thalweg: {sentence}", file=sys.stderr)
        sys.exit(1 if has_display() else 3)
