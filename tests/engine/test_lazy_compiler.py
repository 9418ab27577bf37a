"""Torch's compiler comes when it is asked for, not along with a detector."""

from __future__ import annotations

import subprocess
import sys

import pytest

from engine import lazy_compiler
from tests.deadlines import scaled

DETECT = """
import sys
from engine.detection.pipeline.inference import InspectSpec, Workbench, inspect
from engine.pictures.samples import sample

*_, inspection = inspect(Workbench(), InspectSpec(path=str(sample())))
assert len(inspection.trace.boxes)
assert not [name for name in sys.modules if name.startswith(("torch._dynamo", "sympy"))]
"""
ASK = """
import sys
import engine
from torchvision.ops.roi_align import is_compile_supported
assert "torch._dynamo" not in sys.modules
told = is_compile_supported("cpu")
from torch._dynamo.utils import is_compile_supported as of_torch
assert told == of_torch("cpu")
"""


@pytest.mark.parametrize("code", [DETECT, ASK], ids=["a picture is detected", "it is asked for"])
def test_it_is_imported_when_it_is_asked_for_only(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=scaled(120)
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_only_one_module_is_found_so() -> None:
    lazy_compiler.install()
    assert sys.meta_path.count(lazy_compiler.Finder) == 1
    assert lazy_compiler.Finder.find_spec("torchvision.ops.boxes") is None
