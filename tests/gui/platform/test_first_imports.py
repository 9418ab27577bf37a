"""What the window leaves out of its first imports is there for whoever asks later."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from gui.platform.first_imports import left_out


def test_a_module_is_left_out_for_as_long_as_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    monkeypatch.setattr("sys.stdout.write", lambda text: len(text))  # it prints a poem
    with left_out("this"), pytest.raises(ModuleNotFoundError):
        import_module("this")
    assert import_module("this").__name__ == "this"


def test_what_is_there_already_stays() -> None:
    json = import_module("json")
    with left_out("json"):
        assert import_module("json") is json
    assert sys.modules["json"] is json
