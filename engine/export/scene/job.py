"""A scene as a figure or animation, a race as a table: one job that tells how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.atomic_write import make_folder, replacing
from engine.checks import check_range
from engine.descent.race.recording import record
from engine.descent.race.run import race
from engine.descent.race.spec import RaceFrame, RaceSpec
from engine.errors import ExportError, InputError
from engine.export.race import table
from engine.export.scene import draw, film
from engine.export.scene.page import LOOKS, lay_out
from engine.export.scene.records import Scene, without

FIGURES = (".png", ".svg", ".pdf")
ANIMATIONS = (".mp4", ".gif", ".webp")
TABLES = (".csv",)
MM = 25.4  # in an inch
MOST_PIXELS = 100_000_000
TELL = 50  # times at most while the race runs
COLUMN_MM, PAGE_MM = 84.0, 178.0  # of a journal: one column, two
SLIDE_MM = 338.67  # 13.33 inches, as presentations have them
SLIDE_DPI = 144.0  # 1920 pixels


@dataclass(frozen=True)
class ExportSpec:
    """What is written of a scene.

    Attributes:
        path: of the file; its ending says as what.
        look: a name of `page.LOOKS`.
        width_mm: of a figure or animation; its height follows from the scene.
        dpi: pixels an inch, of all but SVG and PDF; of the map in those.
        theme: "window", "dark" or "light".
        title, caption, legend, bar, curves: whether each is drawn.
        frames: of an animation, at most, besides the first.
        about: a text with all hyper-parameters is written beside it.
    """

    path: Path
    look: str = "screen"
    width_mm: float = 240.0
    dpi: float = 150.0
    theme: str = "window"
    title: bool = True
    caption: bool = True
    legend: bool = True
    bar: bool = True
    curves: bool = True
    frames: int = 100
    about: bool = False

    @property
    def kind(self) -> str:
        """The file's ending in lower case, with its dot."""
        return self.path.suffix.lower()

    @property
    def about_path(self) -> Path:
        """Where the text stands."""
        return self.path.with_suffix(".txt")

    def pixels(self, scene: Scene) -> tuple[int, int]:
        """Width and height of the picture."""
        page = lay_out(self.chosen(scene), LOOKS[self.look], self.width_mm)
        width, height = (int(each * self.dpi + 1e-6) for each in page.inches)
        return width, height

    def chosen(self, scene: Scene) -> Scene:
        """The parts of a scene that are wanted."""
        return without(
            scene,
            title=self.title,
            caption=self.caption,
            legend=self.legend,
            bar=self.bar,
            curves=self.curves,
        )

    def check(self) -> None:
        """Refuse what cannot be written.

        Raises:
            ExportError: the ending is unknown, or it would have too many pixels.
            InputError: a number or name is outside its range.
        """
        known = (*FIGURES, *ANIMATIONS, *TABLES)
        if self.kind not in known:
            raise ExportError("export.unknown_format", path=str(self.path), known=", ".join(known))
        for name, value, names in (
            ("look", self.look, LOOKS),
            ("theme", self.theme, ("window", "dark", "light")),
        ):
            if value not in names:
                raise InputError(
                    "value.unknown_name", kind=name, value=value, known=", ".join(names)
                )
        check_range("width", self.width_mm, 20, 3000)
        check_range("dpi", self.dpi, 20, 2400)
        check_range("frames", self.frames, 1, 2000)
        width = round(self.width_mm / MM * self.dpi)
        pictures = self.frames + 1 if self.kind in ANIMATIONS else 1
        if self.kind not in TABLES and width * width * pictures > 10 * MOST_PIXELS:
            raise ExportError("export.too_large", width=width, height=width)


@dataclass(frozen=True)
class ExportProgress:
    """How far it is.

    Attributes:
        share: from 0 to 1.
        path: the finished file, at the end.
    """

    share: float
    path: Path | None = None


def export_scene(
    spec: RaceSpec, scene: Scene, export: ExportSpec, about: str = ""
) -> Iterator[ExportProgress]:
    """Write a scene of a race; the last progress has the path.

    Args:
        spec: of the race, which is run again for an animation or a table.
        about: what a text beside it says.

    Raises:
        ExportError: the file cannot be written.
        InputError: the race cannot be run.
    """
    export.check()
    make_folder(export.path.parent)
    look, shown = LOOKS[export.look], export.chosen(scene)
    if export.kind in FIGURES:
        yield ExportProgress(0.01)
        write_figure(shown, export)
    else:
        frames: list[RaceFrame] = []
        run = 0.3 if export.kind in ANIMATIONS else 0.95
        every = max(1, (spec.steps + 1) // TELL)
        for frame in race(spec):
            frames.append(frame)
            if frame.step % every == 0:
                yield ExportProgress(run * frame.step / (spec.steps + 1))
        if export.kind in TABLES:
            table.write(record(spec, iter(frames)), export.path)
        else:
            size = {"width_mm": export.width_mm, "dpi": export.dpi}
            for share in film.write(shown, look, frames, export.path, count=export.frames, **size):
                yield ExportProgress(run + (0.95 - run) * share)
    if export.about and about:
        with replacing(export.about_path) as temporary:
            temporary.write_text(about, encoding="utf-8")
    yield ExportProgress(1.0, export.path)


def write_figure(scene: Scene, export: ExportSpec) -> None:
    """Write the parts of a scene that are wanted as PNG, SVG or PDF.

    Raises:
        ExportError: it cannot be written.
    """
    look = LOOKS[export.look]
    with draw.fonts(look), replacing(export.path) as temporary:
        drawing = draw.draw_parts(scene, look, export.width_mm, dpi=export.dpi)
        drawing.figure.savefig(temporary, format=export.kind[1:], dpi=export.dpi)


def picture(scene: Scene, export: ExportSpec, *, dpi: float | None = None) -> np.ndarray:
    """The scene as it would be written, (H, W, 3) uint8 RGB.

    Args:
        dpi: another number of pixels an inch, as for a preview.
    """
    look = LOOKS[export.look]
    with draw.fonts(look):
        drawn = draw.draw_parts(export.chosen(scene), look, export.width_mm, dpi=dpi or export.dpi)
        canvas = drawn.figure.canvas
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3]  # type: ignore[attr-defined]
    return np.ascontiguousarray(pixels)


def slide(scene: Scene) -> ExportSpec:
    """A picture for a presentation: 1920 x 1080 pixels; of the plots below only a cut's."""
    cut = any(plot.name == "cut" for plot in scene.below)
    return ExportSpec(Path("slide.png"), "slide", SLIDE_MM, SLIDE_DPI, curves=cut)
