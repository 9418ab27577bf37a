"""What the window leaves out of its first imports is there for whoever asks later."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from gui.platform.first_imports import left_out, unused
from tests.deadlines import scaled


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


def test_an_unused_module_is_empty_for_as_long_as_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "json.tool", raising=False)
    with unused("json", "tool"):
        empty = import_module("json.tool")
        assert isinstance(empty.tool, type)
        with pytest.raises(AttributeError):
            _ = empty.main
    assert callable(import_module("json.tool").main)


def test_what_pyqtgraph_has_loaded_uses_none_of_what_was_left_out() -> None:
    # In a process of its own: here a test may have asked for one of them.
    code = (
        "import sys; from gui.platform import first_imports as first\n"
        "left_out = {f'pyqtgraph.{name}' for name in first.UNUSED}\n"
        "def of_no_use(value):\n"
        "    of = getattr(value, '__module__', None)\n"
        "    return isinstance(value, first.Unused) or of in left_out\n"
        "loaded = [each for name, each in sys.modules.items() if name.startswith('pyqtgraph.')]\n"
        "used = [(each.__name__, name) for each in loaded for name, value in vars(each).items()\n"
        "        if of_no_use(value)]\n"
        "import pyqtgraph.opengl\n"
        "print(used)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=scaled(60), check=True
    )
    assert done.stdout.strip() == "[]"
