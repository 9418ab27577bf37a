"""A batch goes on after a bad picture, and whatever ends it leaves what is done."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from engine.__main__ import main
from engine.detection.pipeline.inference import Workbench
from engine.errors import ExportError
from engine.export import batch, formats
from engine.export.batch import BatchSpec, Kept, detect_all
from tests.deadlines import scaled
from tests.engine.detection.conftest import picture
from tests.hands.screen import wait_until

LATIN = os.fsdecode(b"fran\xe7ois.png")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four small pictures; the second is a pixel wide and 5000 high."""
    made = tmp_path / "in"
    made.mkdir()
    for name in ("a.png", "c.png", "d.png"):
        Image.fromarray(picture(40, 60)).save(made / name)
    Image.fromarray(np.zeros((5000, 1, 3), np.uint8)).save(made / "b.png")
    return made


@pytest.fixture
def spec(tmp_path: Path, folder: Path, weights_file: Path) -> BatchSpec:
    return BatchSpec(
        paths=(folder,), out=tmp_path / "out", weights=str(weights_file), score=0.1,
        formats=("coco", "csv", "yolo"),
    )  # fmt: skip


def named(out: Path) -> list[str]:
    content = json.loads((out / "annotations.json").read_text(encoding="utf-8"))
    return [each["file_name"] for each in content["images"]]


def test_a_picture_that_is_too_thin_ends_no_batch(
    spec: BatchSpec, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["detect", folder, "--weights", spec.weights, "--out", spec.out, "--format", "coco,csv"]
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    out, err = capsys.readouterr()
    assert ended.value.code == 2
    told = f"{folder / 'b.png'}: 1 x 5000 pixels are too thin for this model."
    assert err == f"thalweg-engine: {told}\n"
    assert out.splitlines()[-1] == f"3 of 4 pictures done; written to {spec.out}: coco, csv"
    assert named(spec.out) == ["a.png", "c.png", "d.png"]


@pytest.mark.parametrize("where", ["reading", "detecting", "writing"])
@pytest.mark.parametrize(
    "error", [RuntimeError("sizes"), KeyError(3), MemoryError(), OSError(5, "io")]
)
def test_any_error_at_one_picture_is_told_and_the_others_go_on(
    spec: BatchSpec, monkeypatch: pytest.MonkeyPatch, where: str, error: Exception
) -> None:
    def at_c(function: Callable[..., Any], name_of: Callable[..., str]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            if "c.png" in name_of(*values):
                raise error
            return function(*values, **named)

        return call

    if where == "reading":
        monkeypatch.setattr(batch, "read_picture", at_c(batch.read_picture, str))
    elif where == "detecting":
        name_of = lambda _bench, asked, _picture: asked.path  # noqa: E731
        monkeypatch.setattr(batch, "_inspect", at_c(batch._inspect, name_of))
    else:
        form = formats.FORMATS["csv"].writer
        assert isinstance(form, formats.OneForAll)
        broken = formats.OneForAll(
            form.file_name, form.alone, at_c(form.record, lambda item: item.file_name), form.write
        )
        monkeypatch.setitem(formats.FORMATS, "csv", formats.Format("CSV", broken))
    steps = {step.path.name: step for step in detect_all(Workbench(), spec)}
    assert [name for name, step in steps.items() if step.error] == ["b.png", "c.png"]
    assert type(error).__name__ in str(steps["c.png"].error)
    assert steps["c.png"].error is not None and steps["c.png"].error.__cause__ is error
    assert named(spec.out) == ["a.png", "d.png"]


def test_a_full_disk_ends_the_batch_and_keeps_what_is_done(
    spec: BatchSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    form = formats.FORMATS["yolo"].writer
    assert isinstance(form, formats.OneEach)

    def write(path: Path, item: Any) -> None:
        if written:
            cause = OSError(errno.ENOSPC, "No space left on device")
            raise ExportError("export.failed", path=path, reason=cause.strerror) from cause
        written.append(path)

    full = formats.Format("YOLO", formats.OneEach(form.suffix, write))
    monkeypatch.setitem(formats.FORMATS, "yolo", full)
    with pytest.raises(ExportError, match="No space left"):
        list(detect_all(Workbench(), spec))
    assert named(spec.out) == ["a.png"]


@pytest.mark.parametrize("how", ["closed", "interrupted"])
def test_a_stop_writes_the_files_of_what_is_done(spec: BatchSpec, how: str) -> None:
    kept = Kept()
    steps = detect_all(Workbench(), spec, kept=kept)
    assert next(steps).path.name == "a.png"
    if how == "closed":
        steps.close()
    else:
        with pytest.raises(KeyboardInterrupt):
            steps.throw(KeyboardInterrupt())
    assert len(kept.records) == len(named(spec.out)) >= 1
    with (spec.out / "detections.csv").open(encoding="utf-8", newline="") as file:
        assert {row["file_name"] for row in csv.DictReader(file)} <= {"a.png", "c.png", "d.png"}


def test_a_kill_loses_the_last_seconds_only(
    spec: BatchSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "SAVE_EVERY", 0.0)
    steps = detect_all(Workbench(), spec)
    next(steps)  # nothing else runs after a kill
    assert named(spec.out)[0] == "a.png"
    steps.close()


@pytest.fixture
def many(folder: Path) -> Path:
    (folder / "b.png").unlink()
    for number in range(400):
        os.link(folder / "a.png", folder / f"e{number:03}.png")
    return folder


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_says_what_is_kept(spec: BatchSpec, many: Path, number: int) -> None:
    words = ["detect", many, "--weights", spec.weights, "--out", spec.out, "--format", "coco,yolo"]
    command = [sys.executable, "-m", "engine", *map(str, words)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_until(lambda: len(list(spec.out.glob("?.txt"))) >= 2, "two pictures done", 60)
        process.send_signal(number)
        _, err = process.communicate(timeout=scaled(60))
    done = named(spec.out)
    assert process.returncode == 128 + number
    assert f"stopped; {len(done)} of 403 pictures done; written to {spec.out}" in err
    assert 2 <= len(done) < 403 and len(list(spec.out.glob("?.txt"))) == len(done)
    assert not [path for path in spec.out.iterdir() if path.name.endswith(".part")]


def test_a_name_that_is_no_utf8_is_written_by_every_format(
    spec: BatchSpec, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.png").rename(folder / LATIN)
    every = "png,jpg,svg,coco,labelme,yolo,csv,npz"
    for chosen in (every, "voc,coco-polygons,yolo-seg"):
        words = ["detect", folder, "--weights", spec.weights, "--format", chosen, "--score", "0.1"]
        with pytest.raises(SystemExit):
            main([str(word) for word in [*words, "--out", spec.out, "--json"]])
        told = json.loads(capsys.readouterr().out)
        assert [Path(each["path"]).name for each in told["images"]] == ["c.png", "d.png", LATIN]
        assert LATIN in named(spec.out) and len(told["errors"]) == 1
    stem = LATIN.removesuffix(".png")
    labelme = json.loads((spec.out / f"{stem}.json").read_text(encoding="utf-8"))
    assert (spec.out / labelme["imagePath"]).resolve() == (folder / LATIN).resolve()
    voc = ElementTree.parse(spec.out / f"{stem}.xml")
    assert voc.findtext("filename") == r"fran\udce7ois.png"
    table = (spec.out / "detections.csv").read_text(encoding="utf-8")
    assert r"fran\udce7ois.png" in table


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("name", ["=1+1.png", "+1.png", "-1.png", "@SUM(1).png", "\tx.png"])
def test_a_table_runs_nothing(spec: BatchSpec, folder: Path, name: str) -> None:
    (folder / "d.png").rename(folder / name)
    list(detect_all(Workbench(), spec))
    table = list(rows(spec.out / "detections.csv"))
    assert f"'{name}" in {row["file_name"] for row in table}
    assert all(float(row["x0"]) >= 0 for row in table)  # numbers stay numbers
