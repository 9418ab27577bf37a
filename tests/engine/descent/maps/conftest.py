from __future__ import annotations

import pytest

from engine.descent.compiled import kernel
from engine.descent.maps import basins


@pytest.fixture
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has just started, with a step that takes long to compile."""
    monkeypatch.setattr(kernel, "_kept", {})
    monkeypatch.setattr(basins, "PATIENCE_S", 0.0)
