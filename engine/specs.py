"""Specs to and from small versioned JSON files.

`{"thalweg": 1, "kind": "race", ...}`: the fields of a frozen dataclass by
name. Reading checks every field against its type and the spec against what
the program can do, so a file from a stranger cannot do more than a person can.
A spec whose class has `RENAMED`, old names to new ones, is read by either.
The round trip is exact: Python writes floats so that reading gives them back.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from engine.errors import SpecError, shorten

VERSION = 1
MAX_LENGTH = 1_000_000  # characters; a spec is small
MAX_ITEMS = 10_000  # of one list; nobody races more
NO_SPEC = ("spec.not_json", "spec.bad_json", "spec.not_a_spec")  # codes of what is none at all

NOT_FINITE = "NaN and Infinity are no numbers of JSON"
NO_TABLE = "it is no table of names and values"
TOO_DEEP = "it is nested too deep"
TOO_LONG_NUMBER = "a number in it has too many digits"
TWICE = "a field is there twice"
# What a field should have been.
LIST, TABLE = "a list", "a table of names and values"
KINDS = {bool: "true or false", str: "a text", int: "a whole number", float: "a number"}
# All that the window translates when it stands in a sentence.
WORDS = (NOT_FINITE, NO_TABLE, TOO_DEEP, TOO_LONG_NUMBER, TWICE, LIST, TABLE, *KINDS.values())

Spec = TypeVar("Spec")


def to_json(spec: Any) -> str:
    """A spec as JSON, to be read by `from_json`.

    Raises:
        SpecError: a number in it is NaN or infinite, which JSON cannot hold.
    """
    fields = {"thalweg": VERSION, "kind": kind_of(type(spec)), **dataclasses.asdict(spec)}
    try:
        return json.dumps(fields, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    except ValueError:
        raise SpecError("spec.bad_json", reason=NOT_FINITE) from None


def from_json(text: str, type_: type[Spec]) -> Spec:
    """The spec of that type from JSON; fields that are left out have their defaults.

    Raises:
        SpecError: it is no JSON, of another kind or version, or a field is unknown, of
            the wrong type or outside its range; the error names the field.
        InputError: what it names (surface, optimizer, formula ...) is unknown.
    """
    fields = _read(text)
    kind = kind_of(type_)
    if fields.get("kind") != kind:
        raise SpecError("spec.kind", value=_short(fields.get("kind")), expected=kind)
    rest = {key: value for key, value in fields.items() if key not in ("thalweg", "kind")}
    spec: Spec = _build(type_, rest, "")
    check = getattr(spec, "check", None)
    if check is not None:
        check()
    return spec


def from_pasted(text: str, read: Callable[[str], Spec]) -> Spec:
    """The spec from what a person has pasted.

    Args:
        read: as `from_json` for its type.

    Raises:
        SpecError: as in `from_json`; what is no spec at all is told so.
        InputError: as in `from_json`.
    """
    try:
        return read(text)
    except SpecError as error:
        if error.code in NO_SPEC:
            raise SpecError("spec.pasted") from None
        raise


def from_plain_json(text: str, type_: type[Spec]) -> Spec:
    """A record of that type from JSON that a script wrote: without 'thalweg' and 'kind'.

    Raises:
        SpecError: it is no JSON, or a field is missing, unknown or of the wrong type.
    """
    fields = _load(text)
    if not isinstance(fields, dict):
        raise SpecError("spec.bad_json", reason=NO_TABLE)
    spec: Spec = _build(type_, fields, "")
    return spec


def kind_in(text: str) -> str:
    """The kind of spec that a JSON text holds, for a program that was given some file.

    Raises:
        SpecError: it is no spec of this version.
    """
    return str(_read(text).get("kind", ""))


def kind_of(type_: type) -> str:
    """`RaceSpec` -> "race"."""
    return type_.__name__.removesuffix("Spec").lower()


def _read(text: str) -> dict[str, Any]:
    fields: dict[str, Any] = _load(text)
    if not isinstance(fields, dict) or "thalweg" not in fields:
        raise SpecError("spec.not_a_spec")
    if type(fields["thalweg"]) is not int or fields["thalweg"] != VERSION:
        raise SpecError("spec.version", value=_short(fields["thalweg"]), expected=VERSION)
    return fields


def _load(text: str) -> Any:
    if len(text) > MAX_LENGTH:
        raise SpecError("spec.too_long", length=len(text), limit=MAX_LENGTH)
    try:
        fields = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise SpecError("spec.not_json", line=error.lineno, place=error.colno) from None
    except RecursionError:
        raise SpecError("spec.bad_json", reason=TOO_DEEP) from None
    except ValueError:  # Python's own limit on the digits of a whole number
        raise SpecError("spec.bad_json", reason=TOO_LONG_NUMBER) from None
    return fields


def _refuse_constant(name: str) -> float:
    raise SpecError("spec.bad_json", reason=NOT_FINITE)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise SpecError("spec.bad_json", reason=TWICE)
    return fields


def _build(type_: type, fields: Mapping[str, Any], path: str) -> Any:
    hints = typing.get_type_hints(type_)
    known = {field.name: field for field in dataclasses.fields(type_)}
    renamed: Mapping[str, str] = getattr(type_, "RENAMED", {})
    fields = {
        name if renamed.get(name) in fields else renamed.get(name, name): value
        for name, value in fields.items()
    }
    for name in fields:
        if name not in known:
            raise SpecError("spec.unknown_field", field=_short(path + name), known=", ".join(known))
    values = {name: _convert(hints[name], value, path + name) for name, value in fields.items()}
    for name, field in known.items():
        required = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        if required and name not in values:
            raise SpecError("spec.missing_field", field=path + name)
    return type_(**values)


def _convert(hint: Any, value: Any, path: str) -> Any:
    """The value as the type that a field asks for."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _convert(_alternative(arguments, value), value, path)
    if origin is tuple:
        if not isinstance(value, list) or len(value) > MAX_ITEMS:
            raise _wrong(path, value, LIST)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(
                _convert(arguments[0], item, f"{path}[{i}]") for i, item in enumerate(value)
            )
        if len(value) != len(arguments):
            raise SpecError(
                "spec.list_length", field=_short(path), value=_short(value), count=len(arguments)
            )
        return tuple(
            _convert(inner, item, f"{path}[{i}]")
            for i, (inner, item) in enumerate(zip(arguments, value, strict=True))
        )
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, dict) or len(value) > MAX_ITEMS:
            raise _wrong(path, value, TABLE)
        return {key: _convert(arguments[1], item, f"{path}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, dict):
            raise _wrong(path, value, TABLE)
        return _build(typing.cast(type, hint), value, f"{path}.")
    return _plain(hint, value, path)


def _alternative(arguments: tuple[Any, ...], value: Any) -> Any:
    """Of a union's types the one that a value means: a tuple for a list, else the other."""
    types_ = [argument for argument in arguments if argument is not type(None)]
    fitting = [t for t in types_ if (typing.get_origin(t) is tuple) == isinstance(value, list)]
    return (fitting or types_)[0]


def _plain(hint: Any, value: Any, path: str) -> Any:
    if hint is bool and isinstance(value, bool):
        return value
    if hint is str and isinstance(value, str):
        return value
    if hint is int and type(value) is int and abs(value) < 2**63:
        return value
    if hint is float and type(value) in (int, float):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
    raise _wrong(path, value, KINDS.get(hint, str(hint)))


def _wrong(path: str, value: Any, expected: str) -> SpecError:
    return SpecError("spec.wrong_type", field=_short(path), value=_short(value), expected=expected)


def _short(value: Any) -> str:
    return shorten(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
