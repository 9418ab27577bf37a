"""Races as files and as text on the clipboard."""

from __future__ import annotations

from pathlib import Path

from engine import specs
from engine.atomic_write import replacing
from engine.descent.race.spec import RaceSpec, check

SUFFIX = ".json"
LARGEST_BYTES = 1_000_000


def is_race(path: Path) -> bool:
    """Whether a file looks like a saved race, so that this workspace should open it."""
    if path.suffix.lower() != SUFFIX or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST_BYTES)
    except (OSError, UnicodeDecodeError):
        return False
    return '"thalweg"' in text and '"race"' in text


def read_race(path: Path) -> RaceSpec:
    """The race in a file.

    Raises:
        OSError: it cannot be read.
        SpecError: it holds no race that can be run.
    """
    return race_of(path.read_text(encoding="utf-8"))


def write_race(path: Path, spec: RaceSpec) -> None:
    """Save a race; a file that is there is replaced when the new one is complete.

    Raises:
        ExportError: it cannot be written.
        SpecError: a number in it is not finite.
    """
    text = specs.to_json(spec)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def race_of(text: str) -> RaceSpec:
    """The race in a spec's text.

    Raises:
        InputError: it holds no race that can be run.
    """
    spec = specs.from_json(text, RaceSpec)
    check(spec)
    return spec
