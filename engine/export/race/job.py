"""A race run and written as a figure, an animation or a table: one job that tells how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from engine.checks import Domain, check_range
from engine.descent.maps.landscape import landscape
from engine.descent.race.recording import record
from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.errors import ExportError
from engine.export.race import animation, figure, table

FIGURES = (".png", ".svg", ".pdf")
ANIMATIONS = (".gif", ".webp")
TABLES = (".csv",)
MAP_SIZE = (512, 512)
MM = 25.4  # in an inch
MOST_PIXELS = 100_000_000
TELL = 50  # times at most while the race runs


@dataclass(frozen=True)
class ExportSpec:
    """What is written of a race.

    Attributes:
        path: of the file; its ending says as what.
        width_mm, height_mm: of a figure or animation.
        dpi: pixels an inch, of PNG, GIF and WebP.
        curves: a figure shows the losses beside the map.
        frames: of an animation, at most, besides the first.
    """

    path: Path
    width_mm: float = 280.0
    height_mm: float = 137.0
    dpi: float = 150.0
    curves: bool = True
    frames: int = 100

    @property
    def kind(self) -> str:
        """The file's ending in lower case, with its dot."""
        return self.path.suffix.lower()

    @property
    def inches(self) -> tuple[float, float]:
        return self.width_mm / MM, self.height_mm / MM

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a PNG, GIF or WebP."""
        width, height = self.inches
        return round(width * self.dpi), round(height * self.dpi)

    def check(self) -> None:
        """Refuse what cannot be written.

        Raises:
            ExportError: the ending is unknown, or it would have too many pixels.
            InputError: a number is outside its range.
        """
        known = (*FIGURES, *ANIMATIONS, *TABLES)
        if self.kind not in known:
            raise ExportError("export.unknown_format", path=str(self.path), known=", ".join(known))
        check_range("width", self.width_mm, 20, 3000)
        check_range("height", self.height_mm, 20, 3000)
        check_range("dpi", self.dpi, 20, 2400)
        check_range("frames", self.frames, 1, 2000)
        width, height = self.pixels
        frames = self.frames + 1 if self.kind in ANIMATIONS else 1
        if self.kind in (".png", *ANIMATIONS) and width * height * frames > 10 * MOST_PIXELS:
            raise ExportError("export.too_large", width=width, height=height)


@dataclass(frozen=True)
class ExportProgress:
    """How far it is.

    Attributes:
        share: from 0 to 1.
        path: the finished file, at the end.
    """

    share: float
    path: Path | None = None


def export_race(spec: RaceSpec, domain: Domain, export: ExportSpec) -> Iterator[ExportProgress]:
    """Run a race and write it; the last progress has the path.

    Args:
        domain: what is seen of the plane.

    Raises:
        ExportError: the file cannot be written.
        InputError: the race cannot be run.
    """
    export.check()
    frames: list[RaceFrame] = []
    every = max(1, (spec.steps + 1) // TELL)
    run = 1.0 if export.kind in TABLES else 0.5  # the race's part of the work
    for frame in race(spec):
        frames.append(frame)
        if frame.step % every == 0:
            yield ExportProgress(run * frame.step / (spec.steps + 1))
    kept = record(spec, iter(frames))
    if export.kind in TABLES:
        table.write(kept, export.path)
    else:
        *_, ground = landscape(replace(spec, domain=domain), MAP_SIZE)
        yield ExportProgress(0.55)
        if export.kind in ANIMATIONS:
            shares = animation.writing(
                kept, ground, export.path, size=export.inches, dpi=export.dpi, count=export.frames
            )
            for share in shares:
                yield ExportProgress(0.55 + 0.4 * share)
        else:
            figure.write(
                kept, ground, export.path, dpi=export.dpi, size=export.inches, curves=export.curves
            )
    yield ExportProgress(1.0, export.path)
