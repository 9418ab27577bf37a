"""What one run of the window keeps from stderr, and what not."""

from __future__ import annotations

import subprocess
import sys

# Another worker's import has just put the old list of filters back: torch's own filter is lost.
WITHOUT_TORCHS_FILTER = """
import warnings
from gui import run
run.ignore_torch_warnings()
warnings.filterwarnings = lambda *arguments, **more: None
import torch
warnings.warn("something of our own")
"""


def test_torch_says_nothing_of_itself_though_its_filter_was_taken_away() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCHS_FILTER], capture_output=True, text=True, check=True
    )
    assert "something of our own" in done.stderr  # ours are heard
    assert "site-packages/torch" not in done.stderr
