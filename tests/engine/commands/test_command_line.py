"""The front of every command: what nobody foresaw, terminals of other encodings, signals."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import click
import pytest

from engine import __main__ as front
from engine.commands.common import print_json
from engine.errors import InputError

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Have the command `surfaces` raise something."""

    def put(error: BaseException) -> None:
        @click.command()
        def command() -> None:
            raise error

        monkeypatch.setattr(front.Commands, "get_command", lambda *_: command)

    return put


@pytest.mark.parametrize(
    "error",
    [
        TypeError("object of type 'NoneType' has no len()"),
        KeyError("shrink"),
        MemoryError(),
        RecursionError("maximum recursion depth exceeded"),
        UnicodeEncodeError("utf-8", "\udce7", 0, 1, "surrogates not allowed"),
        OSError(5, "Input/output error", "a\nb.jpg"),
        AssertionError(),
        RuntimeError("x" * 5000 + "\n\nsecond"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_nobody_foresaw_is_one_sentence(
    run: Run, failing: Callable[[BaseException], None], error: Exception
) -> None:
    error.add_note("reading gt.json")
    failing(error)
    code, out, err = run("surfaces")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert err.startswith("thalweg-engine: surfaces, reading gt.json: ") and "--debug" in err
    assert type(error).__name__ in err and len(err) < 500


@pytest.mark.parametrize("words", [("--debug", "surfaces"), ("surfaces", "--debug")])
def test_debug_shows_where(
    run: Run, failing: Callable[[BaseException], None], words: tuple[str, ...]
) -> None:
    failing(KeyError("shrink"))
    code, _, err = run(*words)
    assert code == 1 and "Traceback" in err and "in command" in err
    failing(InputError("file.missing", path="a.jpg"))
    code, _, err = run(*words)
    assert code == 2 and "Traceback" in err and err.endswith("a.jpg: there is no such file.\n")


def test_a_terminal_without_a_letter_shows_its_escape(
    monkeypatch: pytest.MonkeyPatch, failing: Callable[[BaseException], None]
) -> None:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="cp1252") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    failing(InputError("file.missing", path="кот\udce7.jpg"))
    with pytest.raises(SystemExit):
        front.main(["surfaces"])
    streams[1].flush()
    told = streams[1].buffer.getvalue()  # type: ignore[attr-defined]
    assert rb"\u043a\u043e\u0442\udce7.jpg: there is no such file." in told


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_json_on_any_terminal_gives_the_text_again(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    import json

    value: dict[str, Any] = {"path": "кот\udce7 😀.jpg"}
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    front.write_any_text()
    print_json(value)
    stream.flush()
    assert json.loads(stream.buffer.getvalue().decode(encoding)) == value  # type: ignore[attr-defined]
