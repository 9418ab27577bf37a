"""Large JSON files piece by piece: the same values and refusals, told and left at any time."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.annotations import json_stream
from engine.annotations.json_stream import JsonStream, ReadProgress, finish, json_keys
from engine.annotations.reading import find_truth_steps, read_truth, read_truth_steps
from engine.commands.common import show_reading
from engine.errors import InputError
from engine.training.datasets import CocoPictures
from engine.training.initialization import open_data_steps
from engine.training.spec import TrainSpec
from tests.engine.annotations.test_coco import HEIGHT, WIDTH, object_, outlines, write

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=9,
)


def read(path: Path, wanted: set[str]) -> dict[str, Any]:
    """The values of the wanted keys, lists by their elements' texts, and of others nothing."""
    found: dict[str, Any] = {}
    with JsonStream(path, "data.not_coco") as stream:
        for key in stream.each_key():
            if key not in wanted:
                found[key] = "passed"
            elif stream.at_list():
                found[key] = []
                for value, text in stream.elements():
                    assert json_stream.parse(text) == value
                    found[key].append(value)
            else:
                found[key] = stream.value()
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("потоки") / "large.json"


@given(
    content=st.dictionaries(st.text(max_size=5), VALUES, max_size=5),
    chunk=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
    ascii_only=st.booleans(),
    data=st.data(),
)
@settings(max_examples=150, deadline=None)
def test_any_object_is_read_as_json_reads_it(
    file: Path, content: dict[str, Any], chunk: int, indent: int, ascii_only: bool, data: Any
) -> None:
    text = json.dumps(content, indent=indent, ensure_ascii=ascii_only)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    content = json.loads(file.read_text("utf-8", "surrogateescape"))
    wanted = set(data.draw(st.lists(st.sampled_from(sorted(content)))) if content else [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "CHUNK", chunk)
        told = {k: v if k in wanted else "passed" for k, v in content.items()}
        assert read(file, wanted) == told
        end = data.draw(st.integers(0, len(text) - 1))
        for broken in (text[:end], text + "}", text + " 1", "[" + text + "]", text[:-1] + ",}"):
            file.write_bytes(broken.encode("utf-8", "surrogatepass"))
            with pytest.raises(InputError):
                read(file, wanted)


def test_an_error_names_its_line_and_keys_are_found_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"info": {"a": [1,\r\n2]},\r\n"images": [{},\r\n{"a" 3}]}')
    with pytest.raises(InputError) as raised:
        read(path, {"images"})
    assert raised.value.fields["place"] == "a.json:4"
    path.write_text(json.dumps({"info": "x" * json_stream.LARGE, "images": [], "more": 1}))
    assert json_keys(path) == {"info", "images"}, "a large file is read up to what tells it"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is large, and told of piece by piece."""
    monkeypatch.setattr(json_stream, "TOLD", 0)
    monkeypatch.setattr(json_stream, "CHUNK", 512)


def large(folder: Path) -> Path:
    shapes = list(outlines().values())
    marks = [object_(segmentation=shapes[n % 4], bbox=[n % 30, 5, 20, 20]) for n in range(300)]
    return write(folder, [*marks, object_(bbox=None), object_(image_id=9)])


def test_the_large_way_gives_the_same_ground_truth(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = large(tmp_path)
    small, picture = read_truth(path), path.parent / "a.png"
    request.getfixturevalue("told")
    steps = read_truth_steps(path)
    progress: list[ReadProgress] = []
    with pytest.raises(StopIteration) as end:
        while True:
            progress.append(next(steps))
    assert len(progress) > 3 and progress[-1].count == path.stat().st_size
    assert all(one.done < other.done for one, other in pairwise(progress))
    one, other = small.of(picture), end.value.value.of(picture)
    assert one is not None and other is not None
    assert (one.left_out, small.left_out) == (other.left_out, end.value.value.left_out)
    assert len(one.objects) == len(other.objects) == 300
    for each, same in zip(one.objects, other.objects, strict=True):
        assert each.box.tolist() == same.box.tolist()
        assert each.mask(HEIGHT, WIDTH) == same.mask(HEIGHT, WIDTH)
    beside = find_truth_steps(picture)
    assert isinstance(next(beside), ReadProgress)
    again = finish(beside)
    assert again is not None and len(again.objects) == 300
    assert not list(find_truth_steps(picture)), "it is remembered"


@pytest.mark.usefixtures("told")
def test_reading_can_be_left_and_begun_anew(tmp_path: Path) -> None:
    path = large(tmp_path)
    steps = read_truth_steps(path)
    next(steps)
    steps.close()
    assert not list(steps)
    assert read_truth(path).of(path.parent / "a.png") is not None


@pytest.mark.usefixtures("told")
def test_training_and_the_commands_tell_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = large(tmp_path)
    for files in (str(path), (str(path), str(path))):
        assert isinstance(next(open_data_steps(TrainSpec(data=files))), ReadProgress)
    pictures = finish(show_reading(CocoPictures.steps(path)))
    assert pictures.notes == CocoPictures(path).notes
    assert capsys.readouterr().err == "", "a bar is for terminals"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(show_reading(read_truth_steps(path))) == []
    assert "reading marks.json" in capsys.readouterr().err
