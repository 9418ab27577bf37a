"""Write a race as a figure, a table or an animation, in the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from engine.descent.race import RaceSpec
from engine.descent.surfaces import Domain
from engine.errors import ExportError
from gui.i18n import QT_TRANSLATE_NOOP

MAP_SIZE = (512, 512)
# What is offered: the file's ending and its name, marked for "descent".
FORMATS = {
    ".png": QT_TRANSLATE_NOOP("descent", "Figure, PNG"),
    ".svg": QT_TRANSLATE_NOOP("descent", "Figure, SVG"),
    ".pdf": QT_TRANSLATE_NOOP("descent", "Figure, PDF"),
    ".gif": QT_TRANSLATE_NOOP("descent", "Animation, GIF"),
    ".csv": QT_TRANSLATE_NOOP("descent", "Table of all steps, CSV"),
}


class WriteRace:
    """Makes the generator that runs a race and writes it; yields the finished file."""

    def __init__(self, spec: RaceSpec, domain: Domain, path: Path) -> None:
        self._spec = spec
        self._domain = domain
        self._path = path

    def __call__(self) -> Iterator[Path]:
        from engine.descent.landscape import landscape
        from engine.descent.race import race
        from engine.descent.record import record
        from engine.export import race_animation, race_figure, race_table

        kind = self._path.suffix.lower()
        if kind not in FORMATS:
            known = ", ".join(FORMATS)
            raise ExportError("export.unknown_format", path=str(self._path), known=known)
        kept = record(self._spec, race(self._spec))
        if kind == ".csv":
            race_table.write(kept, self._path)
        else:
            *_, ground = landscape(replace(self._spec, domain=self._domain), MAP_SIZE)
            write = race_animation.write if kind == ".gif" else race_figure.write
            write(kept, ground, self._path)
        yield self._path
