"""The paper's four steps, as records."""

from __future__ import annotations

from engine.training.alternating.phases import SHARED, alternating, phases_of
from engine.training.spec import PARTS, TrainSpec


def test_the_four_steps_are_the_papers() -> None:
    one, two, three, four = alternating()
    assert [phase.name for phase in alternating()] == ["1-rpn", "2-detector", "3-rpn", "4-detector"]
    assert one.learns == ("body", "pyramid", "rpn") and one.starts and one.proposes
    assert two.starts and two.borrows and set(two.fixed) == {"rpn"} and two.detects
    assert set(three.fixed) == {*SHARED, "boxes", "masks", "keypoints"} and not three.starts
    assert set(four.fixed) == {*SHARED, "rpn"} and not four.borrows and four.detects
    for phase in alternating():
        assert set(phase.learns) | set(phase.fixed) == set(PARTS)


def test_further_rounds_go_on_counting() -> None:
    spec = TrainSpec(schedule="alternating", rounds=2)
    assert [phase.name for phase in phases_of(spec)][4:] == [
        "5-rpn", "6-detector", "7-rpn", "8-detector",
    ]  # fmt: skip


def test_the_joint_schedule_is_one_phase() -> None:
    (phase,) = phases_of(TrainSpec(learn=("rpn",)))
    assert (phase.name, phase.learns) == ("joint", ("rpn",))
