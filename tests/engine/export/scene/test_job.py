"""A scene as a file: its size, its frames, how far it is, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.descent.race.spec import RaceFrame
from engine.errors import ExportError, InputError
from engine.export.scene.job import ExportSpec, export_scene, picture, slide
from engine.export.scene.records import Scene
from tests.engine.export.scene.conftest import RACE

SMALL = {"width_mm": 101.6, "dpi": 60.0, "curves": False, "frames": 8}


@pytest.mark.parametrize("ending", [".png", ".gif", ".webp"])
def test_a_picture_has_the_width_in_pixels_that_was_asked_for(
    scene: Scene, tmp_path: Path, ending: str
) -> None:
    export = ExportSpec(tmp_path / f"r{ending}", **SMALL)  # type: ignore[arg-type]
    *early, last = export_scene(RACE, scene, export)
    assert last.share == 1 and last.path == export.path
    shares = [progress.share for progress in early]
    assert shares == sorted(shares) and 0 <= shares[0] < 0.1
    with Image.open(export.path) as written:
        assert written.size == export.pixels(scene) and written.width == 240
        if ending != ".png":
            assert written.n_frames == 9 and len(shares) > 9


def test_a_film_in_mp4_moves_and_ends_where_the_race_does(
    scene: Scene, frames: list[RaceFrame], tmp_path: Path
) -> None:
    export = ExportSpec(tmp_path / "r.mp4", **SMALL)  # type: ignore[arg-type]
    assert list(export_scene(RACE, scene, export))[-1].path == export.path
    film = cv2.VideoCapture(str(export.path))
    pictures = []
    while (read := film.read())[0]:
        pictures.append(read[1].astype(int))
    width, height = export.pixels(scene)
    assert pictures[0].shape[:2] == (height // 2 * 2, width // 2 * 2)
    assert np.abs(pictures[0] - pictures[8]).max() > 100
    # The end stays for a while; what has been compressed may differ a little.
    assert np.abs(pictures[9] - pictures[-1]).mean() < 2


@pytest.mark.parametrize(("ending", "head"), [(".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_vectors_have_the_width_in_millimetres(
    scene: Scene, tmp_path: Path, ending: str, head: bytes
) -> None:
    export = ExportSpec(tmp_path / f"r{ending}", width_mm=254.0)
    *_, last = export_scene(RACE, scene, export)
    written = export.path.read_bytes()
    assert last.path == export.path and written.startswith(head)
    assert (b'width="720pt"' if ending == ".svg" else b"/MediaBox [ 0 0 720 ") in written


def test_a_slide_has_the_pixels_of_a_screen_and_large_type(scene: Scene) -> None:
    drawn = picture(scene, slide(scene))
    assert drawn.shape == (1080, 1920, 3) and drawn.std() > 10


def test_parts_can_be_left_out(scene: Scene) -> None:
    whole = ExportSpec(Path("r.png"))
    for part in ("title", "curves"):
        less = replace(whole, **{part: False})
        assert less.pixels(scene)[1] < whole.pixels(scene)[1]
    bare = replace(whole, legend=False, bar=False).chosen(scene)
    assert not bare.map.legends and bare.map.bar is None and bare.map.layers == scene.map.layers


def test_the_text_beside_a_figure_has_every_number(scene: Scene, tmp_path: Path) -> None:
    export = ExportSpec(tmp_path / "r.png", about=True, **SMALL)  # type: ignore[arg-type]
    list(export_scene(RACE, scene, export, "lr = 0.01\n"))
    assert (tmp_path / "r.txt").read_text() == "lr = 0.01\n"


def test_an_export_that_is_given_up_leaves_nothing(scene: Scene, tmp_path: Path) -> None:
    export = ExportSpec(tmp_path / "r.gif", **SMALL)  # type: ignore[arg-type]
    job = export_scene(RACE, scene, export)
    for _, progress in zip(range(25), job, strict=False):
        assert progress.path is None
    job.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"path": Path("r.avi")}, ExportError),
        ({"width_mm": 1.0}, InputError),
        ({"dpi": float("nan")}, InputError),
        ({"frames": 0}, InputError),
        ({"look": "poster"}, InputError),
        ({"theme": "pink"}, InputError),
        ({"width_mm": 3000.0, "dpi": 2400.0}, ExportError),
    ],
)
def test_what_cannot_be_written_is_refused(
    change: dict[str, object], kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        replace(ExportSpec(Path("r.png")), **change).check()  # type: ignore[arg-type]


def test_a_missing_folder_is_made(scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "Pictures" / "r.csv"
    assert list(export_scene(RACE, scene, ExportSpec(path)))[-1].path == path
    assert path.read_text().startswith("optimizer,step")
