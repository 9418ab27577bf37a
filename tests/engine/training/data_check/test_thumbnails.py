"""What a finding looks like: the picture around its box."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine.training.data_check.findings import Finding
from engine.training.data_check.thumbnails import read_finding_thumbnails


def test_a_small_object_is_seen_where_its_box_says(tmp_path: Path) -> None:
    pixels = np.zeros((600, 800, 3), np.uint8)
    pixels[400:410, 500:520] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    box = (500.0, 400.0, 520.0, 410.0)
    near = Finding("anchor.low", "x.json", "a.png", path=tmp_path / "a.png", box=box)
    whole = Finding("picture.turned", "x.json", "a.png", path=tmp_path / "a.png")
    gone = Finding("picture.missing", "x.json", "b.png")
    first, second, third = read_finding_thumbnails((near, whole, gone), (96, 72))
    assert first.pixels is not None and first.box is not None
    x0, y0, x1, y1 = (round(value) for value in first.box)
    inside = first.pixels[y0:y1, x0:x1]
    assert inside.min() > 50 and inside.mean() > 150
    assert first.pixels.mean() < 30
    assert (x1 - x0) * (y1 - y0) > 50
    assert second.pixels is not None and second.box is None
    assert second.pixels.shape == (72, 96, 3)
    assert third.pixels is None


def test_a_box_outside_shows_the_nearest_edge(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((60, 80, 3), np.uint8)).save(tmp_path / "a.png")
    for box in ((500.0, 5.0, 520.0, 9.0), (-90.0, -80.0, -70.0, -60.0), (0.0, 0.0, 4000.0, 9.0)):
        finding = Finding("object.outside", "x", "a", path=tmp_path / "a.png", box=box)
        (made,) = read_finding_thumbnails((finding,), (96, 72))
        assert made.pixels is not None and min(made.pixels.shape[:2]) >= 1
