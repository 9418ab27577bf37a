"""A race as a file: its size, its frames, how far it is, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from engine.descent.race.spec import RaceSpec
from engine.errors import ExportError, InputError
from engine.export.race.job import ExportSpec, export_race
from engine.optimizers.racer import Racer

RACE = RaceSpec(surface="himmelblau", racers=(Racer("sgd"), Racer("momentum")), steps=40)
DOMAIN = (-6.0, 6.0, -4.0, 4.0)


@pytest.mark.parametrize("ending", [".png", ".gif", ".webp"])
def test_a_picture_has_the_size_in_pixels_that_was_asked_for(tmp_path: Path, ending: str) -> None:
    export = ExportSpec(tmp_path / f"r{ending}", 101.6, 76.2, dpi=60, curves=False, frames=8)
    *early, last = export_race(RACE, DOMAIN, export)
    assert last.share == 1 and last.path == export.path
    shares = [progress.share for progress in early]
    assert shares == sorted(shares) and len(shares) > 3 and 0 <= shares[0] < 0.1
    with Image.open(export.path) as picture:
        assert picture.size == export.pixels == (240, 180)
        if ending != ".png":
            assert picture.n_frames == 9


@pytest.mark.parametrize(("ending", "head"), [(".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_vectors_have_the_size_in_millimetres(tmp_path: Path, ending: str, head: bytes) -> None:
    export = ExportSpec(tmp_path / f"r{ending}", 254.0, 127.0)
    *_, last = export_race(RACE, DOMAIN, export)
    written = export.path.read_bytes()
    assert last.path == export.path and written.startswith(head)
    size = b'width="720pt" height="360pt"' if ending == ".svg" else b"/MediaBox [ 0 0 720 360 ]"
    assert size in written


def test_more_dots_an_inch_are_a_sharper_picture(tmp_path: Path) -> None:
    sizes = []
    for dpi in (50, 100):
        export = ExportSpec(tmp_path / "r.png", 127.0, 101.6, dpi=dpi)
        assert list(export_race(RACE, DOMAIN, export))
        with Image.open(export.path) as picture:
            sizes.append(picture.size)
    assert sizes == [(250, 200), (500, 400)]


def test_an_export_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    job = export_race(RACE, DOMAIN, ExportSpec(tmp_path / "r.gif"))
    for _, progress in zip(range(20), job, strict=False):
        assert progress.path is None
    job.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"path": Path("r.xyz")}, ExportError),
        ({"width_mm": 1.0}, InputError),
        ({"dpi": float("nan")}, InputError),
        ({"frames": 0}, InputError),
        ({"width_mm": 3000.0, "height_mm": 3000.0, "dpi": 2400.0}, ExportError),
    ],
)
def test_what_cannot_be_written_is_refused(
    change: dict[str, object], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        replace(ExportSpec(Path("r.png")), **change).check()  # type: ignore[arg-type]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nowhere"):
        list(export_race(RACE, DOMAIN, ExportSpec(tmp_path / "nowhere" / "r.csv")))
