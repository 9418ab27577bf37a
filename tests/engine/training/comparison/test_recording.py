"""Run folders are read while they grow, and only what is new of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.training.comparison.recording import RecordedRun, RunReader
from engine.training.runs import file_place
from tests.engine.training.comparison.folders import append, make_run


def read(reader: RunReader) -> RecordedRun:
    for _ in reader.read():
        pass
    run = reader.run()
    assert run is not None, reader.error
    return run


def test_a_run_is_its_series(tmp_path: Path) -> None:
    run = read(RunReader(make_run(tmp_path / "a", [3.0, 2.0, 1.0], {2: 0.25}, seed=4)))
    assert (run.name, run.spec.seed, run.steps, run.phases) == ("a", 4, 3, ("joint",))
    assert set(run.series) == {"loss", "loss_mask", "lr", "bbox.AP"}  # not the -1 of APs
    np.testing.assert_array_equal(run.series["loss"].values, [3.0, 2.0, 1.0])
    np.testing.assert_array_equal(run.series["loss"].seconds, [0.5, 1.0, 1.5])
    ap = run.series["bbox.AP"]
    assert (ap.steps.tolist(), ap.values.tolist(), ap.seconds.tolist()) == ([2], [0.25], [1.0])


def test_a_run_that_grows_is_read_from_where_it_was(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [3.0, 2.0])
    reader = RunReader(folder)
    first = read(reader)
    assert read(reader) is first
    append(folder / "metrics.jsonl", {"step": 3, "phase": "joint", "loss": 1.0, "seconds": 0.5})
    grown = read(reader)
    np.testing.assert_array_equal(grown.series["loss"].values, [3.0, 2.0, 1.0])
    assert len(first.series["loss"].steps) == 2  # a snapshot stays as it was
    append(folder / "evaluations.jsonl", {"step": 3, "phase": "joint", "bbox": {"AP": 0.5}})
    assert read(reader).series["bbox.AP"].seconds.tolist() == [1.5]


def test_half_a_line_waits_for_its_end(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [3.0])
    line = json.dumps({"step": 2, "phase": "joint", "loss": 2.0}) + "\n"
    reader = RunReader(folder)
    with (folder / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write(line[:9])
        file.flush()
        assert read(reader).steps == 1
        file.write(line[9:])
    assert read(reader).series["loss"].values.tolist() == [3.0, 2.0]


def test_a_resumed_run_is_cut_back(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [5.0, 4.0, 3.0, 2.0], {4: 0.5})
    reader = RunReader(folder)
    assert read(reader).steps == 4
    for name in ("metrics.jsonl", "evaluations.jsonl"):
        (folder / "new").write_text("", encoding="utf-8")
        append(folder / "new", *(lines_of(folder / name)[:2] if name[0] == "m" else ()))
        (folder / "new").replace(folder / name)
    assert read(reader).series["loss"].values.tolist() == [5.0, 4.0]
    assert "bbox.AP" not in read(reader).series
    append(folder / "metrics.jsonl", {"step": 3, "phase": "joint", "loss": 9.0, "seconds": 1.0})
    run = read(reader)
    assert run.series["loss"].values.tolist() == [5.0, 4.0, 9.0]
    assert run.series["loss"].seconds.tolist() == [0.5, 1.0, 2.0]


def lines_of(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_steps_that_are_written_again_count_once(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [5.0, 4.0, 3.0])
    append(folder / "metrics.jsonl", {"step": 2, "phase": "joint", "loss": 7.0, "seconds": 0.5})
    run = read(RunReader(folder))
    assert run.series["loss"].steps.tolist() == [1, 2]
    assert run.series["loss"].values.tolist() == [5.0, 7.0]


def test_a_long_file_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_place, "PIECE_BYTES", 64)
    reader = RunReader(make_run(tmp_path / "a", [float(n) for n in range(40)]))
    assert len(list(reader.read())) > 10
    run = reader.run()
    assert run is not None and run.series["loss"].values.tolist() == list(range(40))


@pytest.mark.parametrize(
    "line",
    [
        "", "[]", "null", "{", '{"step": "3", "loss": 1}', '{"step": true, "loss": 1}',
        '{"loss": 1}', '{"step": 3, "loss": "low"}', '{"step": 99999999999999999999, "loss": 1}',
        '{"step": 3, "loss": 1' + "0" * 400 + "}", "\x00\xff", "9" * 5000, "[" * 100_000,
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_left_out(tmp_path: Path, line: str) -> None:
    folder = make_run(tmp_path / "a", [5.0, 4.0])
    with (folder / "metrics.jsonl").open("ab") as file:
        file.write(line.encode("latin-1") + b"\n")
    append(folder / "metrics.jsonl", {"step": 3, "phase": "joint", "loss": 3.0})
    assert read(RunReader(folder)).series["loss"].values.tolist() == [5.0, 4.0, 3.0]


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    reader = RunReader(tmp_path)
    assert list(reader.read()) == [] and reader.run() is None
    assert isinstance(reader.error, InputError) and reader.error.code == "run.not_a_run"


def test_a_run_of_another_version_is_named(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "a", [1.0])
    text = (folder / "spec.json").read_text(encoding="utf-8")
    (folder / "spec.json").write_text(text.replace('"thalweg": 1', '"thalweg": 2'))
    reader = RunReader(folder)
    for _ in reader.read():
        pass
    assert reader.run() is None
    assert reader.error is not None and reader.error.code == "run.version"
    (folder / "spec.json").write_text(text + "\n", encoding="utf-8")  # it is repaired
    assert read(reader).steps == 1 and reader.error is None
