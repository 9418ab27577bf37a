"""Closing the window works whatever is going on: exit code 0 and a silent stderr."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deadlines import scaled

LIMIT_S = scaled(120)


@pytest.mark.parametrize("work", ["idle", "signal", "race", "inference", "training"])
def test_closing_in_the_middle_of_work_is_clean(work: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "OMP_NUM_THREADS": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.driver", work],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
