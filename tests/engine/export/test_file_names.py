"""Output names are flat, distinct, and never an input's."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.export.file_names import output_stems


@pytest.mark.parametrize(
    ("inputs", "stems"),
    [
        (["in/a.jpg", "in/b.jpg"], ["a", "b"]),
        (["in/a.jpg", "in/a.png"], ["a.jpg", "a.png"]),
        (["in/a.jpg", "two/a.jpg"], ["a", "a-2"]),
        (["in/a.jpg", "in/a.png", "two/a.jpg"], ["a.jpg", "a.png", "a-2"]),
        (["in/a.jpg", "two/a.jpg", "in/a-2.jpg"], ["a", "a-3", "a-2"]),
        (["in/A.jpg", "in/a.png"], ["A.jpg", "a.png"]),
        (["in/a.jpg", "in/a.png", "in/a.jpg.png"], ["a.jpg", "a.png", "a.jpg.png"]),
        (["out/me.png"], ["me.png"]),
        (["out/me.jpg"], ["me"]),
        (["in/annotations.jpg"], ["annotations.jpg"]),
        (["in/картинка.1.jpg"], ["картинка.1"]),
    ],
)
def test_names(inputs: list[str], stems: list[str]) -> None:
    paths = [Path(name) for name in inputs]
    found = output_stems(paths, folder=Path("out"), formats=("png", "coco", "labelme"))
    assert found == stems
    assert len({stem.casefold() for stem in found}) == len(found)


def test_a_picture_called_as_the_list_of_classes_gives_way_to_it() -> None:
    paths = [Path("in/classes.jpg"), Path("in/a.jpg")]
    found = output_stems(paths, folder=Path("out"), formats=("yolo",))
    assert found == ["classes.jpg", "a"]
    assert output_stems(paths, folder=Path("out"), formats=("voc",)) == ["classes", "a"]
