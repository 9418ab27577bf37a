from __future__ import annotations

import pytest

from engine.descent.compiled import kernel


@pytest.fixture
def nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has just started."""
    monkeypatch.setattr(kernel, "_kept", {})
