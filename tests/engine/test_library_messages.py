"""Libraries stay quiet on a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SLOW = """
import time
from logging import getLogger
from engine.__main__ import main
try:
    main(["optimizers"])
except SystemExit:
    pass
getLogger("matplotlib.font_manager").warning("Matplotlib is building the font cache")
getLogger("matplotlib.font_manager").error("no font")
"""


def test_nothing_is_said_of_the_list_of_fonts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SLOW],
        env={**os.environ, "MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "no font\n"
