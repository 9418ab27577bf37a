"""A run folder that grows is read line by line, however its writer cuts, replaces or leaves it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.specs import to_json
from engine.training.runs import file_place, lock, run_folder
from engine.training.runs.following import START, News, Place, look, read_whole
from engine.training.spec import TrainSpec
from engine.training.trainer import train
from tests.engine.training.runs.conftest import SPEC


def line(step: int, **more: object) -> str:
    return json.dumps({"step": step, "phase": "joint", "loss": 1 / step, "lr": 0.5, **more}) + "\n"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "spec.json").write_text(to_json(TrainSpec(data="shapes", steps=600)))
    return folder


def write(run: Path, text: str, *, name: str = "metrics.jsonl", mode: str = "a") -> None:
    with (run / name).open(mode, encoding="utf-8") as file:
        file.write(text)


def one(run: Path, place: Place = START) -> News:
    (news,) = look(run, place)
    return news


def steps(news: News) -> list[int]:
    return [frame.step for frame in news.frames]


def test_only_what_is_new_is_told_and_a_half_written_line_waits(run: Path) -> None:
    first = one(run)
    assert (first.frames, first.age_s, first.gone, first.restarted) == ((), None, False, False)
    write(run, line(1, seconds=0.25, pictures=2, memory=7) + line(2)[:20])
    second = one(run, first.place)
    (frame,) = second.frames
    assert (frame.step, frame.steps, frame.phase, frame.lr) == (1, 600, "joint", 0.5)
    assert (frame.seconds, frame.pictures, frame.memory) == (0.25, 2, 7)
    assert frame.losses == {"loss": 1.0}
    assert second.age_s is not None and second.age_s >= 0
    assert one(run, second.place).frames == ()
    write(run, line(2)[20:] + "no json\n" + '{"step": 3}\n' + line(4, steps=900))
    third = one(run, second.place)
    assert [(frame.step, frame.steps) for frame in third.frames] == [(2, 900), (4, 900)]
    assert third.place.steps == 900


def test_steps_evaluations_and_phases_come_in_order(run: Path) -> None:
    write(run, line(1) + line(2) + line(3))
    write(run, json.dumps({"step": 2, "bbox": {"AP": 0.5}}) + "\n", name="evaluations.jsonl")
    write(run, json.dumps({"step": 2, "phase": "1-rpn"}) + "\n", name="phases.jsonl")
    news = one(run)
    assert steps(news) == [1, 2, 2, 2, 3]
    taken, judged, ended = news.frames[1:4]
    assert taken.losses and judged.evaluation == {"step": 2, "bbox": {"AP": 0.5}}
    assert ended.finished == {"step": 2, "phase": "1-rpn"}
    write(run, json.dumps({"step": 3, "bbox": {"AP": 0.6}}) + "\n", name="evaluations.jsonl")
    assert [frame.evaluation is not None for frame in one(run, news.place).frames] == [True]


@given(
    texts=st.lists(st.integers(0, 10**6), min_size=1, max_size=12),
    cuts=st.lists(st.integers(0, 2000), max_size=8),
    ends=st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_wherever_a_line_is_cut_every_step_is_told_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[int], cuts: list[int], ends: bool
) -> None:
    run = tmp_path_factory.mktemp("run")
    told = "".join(line(number + 1, note="шаг ∞" * (number % 3)) for number in range(len(texts)))
    data = told.encode() if ends else told.encode()[:-1]
    place, found = START, []
    edges = sorted({min(cut, len(data)) for cut in cuts} | {len(data)})
    for begin, end in zip([0, *edges], edges, strict=False):
        with (run / "metrics.jsonl").open("ab") as file:
            file.write(data[begin:end])
        news = one(run, place)
        assert not news.restarted
        place, found = news.place, found + steps(news)
        assert place.files["metrics.jsonl"].offset == data[:end].rfind(b"\n") + 1
    assert found == list(range(1, len(texts) + (1 if ends else 0)))


def test_a_run_that_is_cut_back_begins_anew(run: Path) -> None:
    write(run, "".join(map(line, range(1, 31))))
    place = one(run).place
    run_folder.cut_back(run / "metrics.jsonl", 10)
    shorter = one(run, place)
    assert shorter.restarted and steps(shorter) == list(range(1, 11))
    run_folder.cut_back(run / "metrics.jsonl", 5)  # and it has grown past the place meanwhile
    write(run, "".join(line(step, loss=9.0) for step in range(6, 60)))
    longer = one(run, shorter.place)
    assert longer.restarted and steps(longer) == list(range(1, 60))
    assert longer.frames[-1].losses == {"loss": 9.0}
    write(run, line(60))
    assert not one(run, longer.place).restarted


def test_the_same_content_in_another_file_goes_on(run: Path) -> None:
    """As a resume at the newest step leaves it, and a share that numbers files anew."""
    write(run, line(1) + line(2))
    news = one(run)
    before = (run / "metrics.jsonl").stat().st_ino
    shutil.copy(run / "metrics.jsonl", run / "copy")
    os.replace(run / "copy", run / "metrics.jsonl")
    assert (run / "metrics.jsonl").stat().st_ino != before
    write(run, line(3))
    after = one(run, news.place)
    assert not after.restarted and steps(after) == [3]


def test_a_folder_that_goes_and_comes_back_is_said(run: Path) -> None:
    write(run, line(1) + line(2))
    news = one(run)
    run.rename(run.with_name("away"))
    gone = one(run, news.place)
    assert gone.gone and gone.frames == ()
    run.with_name("away").rename(run)
    back = one(run, gone.place)
    assert (back.gone, back.restarted, back.frames) == (False, False, ())
    (run / "metrics.jsonl").unlink()  # another run begins here
    assert one(run, back.place).restarted


def test_a_long_run_is_told_in_pieces(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_place, "PIECE_BYTES", 500)
    write(run, "".join(map(line, range(1, 101))) + line(101)[:30])
    write(run, json.dumps({"step": 1, "phase": "1-rpn"}) + "\n", name="phases.jsonl")
    pieces = list(look(run))
    assert len(pieces) > 5
    taken = [frame.step for piece in pieces for frame in piece.frames if frame.losses]
    assert taken == list(range(1, 101))
    # Told where it is read to the end, not at each piece.
    assert [any(frame.finished for frame in piece.frames) for piece in pieces].count(True) == 1
    assert one(run, pieces[-1].place).frames == ()


def test_the_lock_says_whether_somebody_writes(run: Path) -> None:
    assert one(run).writing is False
    with lock.held(run):
        assert one(run).writing is True
    assert one(run).writing is False
    (run / lock.LOCK).touch()  # as a kill leaves it
    assert one(run).writing is None


def test_looking_does_not_keep_a_training_from_beginning(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (run / lock.LOCK).touch()
    with (run / lock.LOCK).open("rb+") as looking:
        lock._lock(looking, shared=True)
        waits = iter([lambda: None, looking.close])
        monkeypatch.setattr(lock.time, "sleep", lambda _: next(waits)())
        with lock.held(run):
            assert one(run).writing is True


@pytest.mark.parametrize("schedule, phases", [("joint", 1), ("alternating", 4)])
def test_a_training_is_followed_from_the_first_step_to_the_last(
    tmp_path: Path, schedule: str, phases: int
) -> None:
    from dataclasses import replace

    out = tmp_path / "run"
    spec = replace(SPEC, schedule=schedule, steps=2)
    frames = list(watched(train(spec, out), out))
    own = [frame for frame, _ in frames if frame.losses]
    told = [frame for _, news in frames for frame in news.frames if frame.losses]
    assert [frame.step for frame in told] == list(range(1, 2 * phases + 1))
    for mine, read in zip(own, told, strict=True):
        assert (read.losses, read.lr, read.phase) == (mine.losses, mine.lr, mine.phase)
        assert (read.steps, read.pictures, read.memory) == (mine.steps, mine.pictures, mine.memory)
        assert read.seconds == pytest.approx(mine.seconds, abs=1e-4)
    assert read_whole(out)[-1].step == 2 * phases


def watched(frames: Iterator, out: Path) -> Iterator:
    """Each frame of a training, and what a look at its folder then tells."""
    place = START
    for frame in frames:
        (news,) = look(out, place)
        place = news.place
        yield frame, news
