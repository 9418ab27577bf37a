"""Fixtures of the engine's tests."""

from __future__ import annotations

import pytest

from engine.device import available


@pytest.fixture(params=[name for name in available() if name != "mps"])
def device(request: pytest.FixtureRequest) -> str:
    """The processor always, and an accelerator where there is one."""
    return request.param
