"""Errors as sentences."""

from __future__ import annotations

import string
from functools import partial

import pytest

from engine.descent.race.spec import RaceSpec
from engine.errors import MESSAGES, InputError, ThalwegError
from engine.specs import from_json, from_pasted
from gui import i18n
from gui.messages import sentence
from resources.build import compile_translations


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    compile_translations()
    i18n.apply(str(request.param))
    return str(request.param)


def fields(template: str) -> dict[str, str]:
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return {name: f"<{name}>" for name in names}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_code_is_a_sentence_with_its_facts(language: str, code: str) -> None:
    facts = fields(MESSAGES[code])
    said = sentence(ThalwegError(code, **facts))
    for value in facts.values():
        assert value in said
    if language == "en":
        assert said == str(ThalwegError(code, **facts))
    else:
        assert any("а" <= letter <= "я" for letter in said)


def test_words_among_the_fields_are_translated(language: str) -> None:
    error = InputError("value.unknown_name", kind="Surface", value="hill", known="saddle")
    assert ("Поверхность" in sentence(error)) == (language == "ru")


def test_what_a_field_should_have_been_is_said_in_the_language(language: str) -> None:
    for fields, words in (
        ('"steps": 1.5', ("a whole number", "целое число")),
        ('"racers": 1', ("a list", "список")),
        ('"noise": NaN', ("no numbers of JSON", "не числа JSON")),
        ('"noise": 0, "noise": 1', ("twice", "дважды")),
        ('"noise": 0,,', ("line 1, character", "в строке 1, знак")),
    ):
        with pytest.raises(InputError) as refused:
            from_json(f'{{"thalweg": 1, "kind": "race", {fields}}}', RaceSpec)
        said = sentence(refused.value)
        assert words[language == "ru"] in said
        assert language == "en" or words[0] not in said


def test_nonsense_that_was_pasted_is_told_from_a_broken_race(language: str) -> None:
    for text in ("", "hello", "[1, 2]", '{"a": 1}', "[" * 100_000):
        with pytest.raises(InputError) as refused:
            from_pasted(text, partial(from_json, type_=RaceSpec))
        said = sentence(refused.value)
        assert ("clipboard" in said, "буфере" in said) == (language == "en", language == "ru")
    with pytest.raises(InputError) as refused:
        from_pasted(
            '{"thalweg": 1, "kind": "race", "steps": "many"}', partial(from_json, type_=RaceSpec)
        )
    assert "many" in sentence(refused.value)


def test_other_errors_are_sentences_too(language: str) -> None:
    full = OSError(28, "No space left on device", "/мои данные/a.png")
    assert "/мои данные/a.png" in sentence(full) and "space" in sentence(full)
    assert sentence(MemoryError())
    strange = sentence(RuntimeError("a\nb" * 500))
    assert "RuntimeError" in strange and "\n" not in strange and len(strange) < 400
    assert sentence(OSError("odd"))
