"""The samples are there, can be read, and are credited."""

from __future__ import annotations

from engine.detection.models import zoo
from engine.pictures.reader import list_pictures, read_picture
from engine.pictures.samples import FOR_MODEL, folder, sample


def test_every_sample_is_small_readable_and_credited() -> None:
    credit = (folder() / "CREDITS.md").read_text(encoding="utf-8")
    found = list_pictures(folder())
    assert {name for names in FOR_MODEL.values() for name in names} <= {p.name for p in found}
    for path in found:
        assert f"`{path.name}`" in credit
        assert path.stat().st_size < 300_000
        assert min(read_picture(path).size) >= 200


def test_each_model_has_a_sample_of_its_own() -> None:
    for name in zoo.BUNDLED:
        assert sample(name).name == FOR_MODEL[name][0]
    assert sample("run:mine").is_file()
