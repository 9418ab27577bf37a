"""What learns in each step of a schedule, what is fixed, and where weights come from.

Source: Ren, He, Girshick, Sun 2015, arXiv 1506.01497, section 3.2. Shared are the backbone
and the pyramid with their statistics; mask and keypoint heads learn with the detector.
No torch here.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.training.spec import HEADS, PARTS, TrainSpec

SHARED = ("body", "pyramid")
DETECTOR = ("boxes", "masks", "keypoints")


@dataclass(frozen=True)
class Phase:
    """One step of a schedule.

    Attributes:
        name: as metrics.jsonl has it: "joint", or number and what learns, "1-rpn".
        learns: parts of the net that learn, of `engine.training.spec.PARTS`.
        starts: whether the net is a new one with the weights that its round began with;
            else it is that of the phase before.
        borrows: whether the heads learn from the proposals of the net of the phase before,
            which has a backbone of its own.
    """

    name: str
    learns: tuple[str, ...]
    starts: bool = False
    borrows: bool = False

    @property
    def fixed(self) -> tuple[str, ...]:
        """The parts that keep their weights."""
        return tuple(part for part in PARTS if part not in self.learns)

    @property
    def detects(self) -> bool:
        """Whether detection heads learn, so that the net is worth an evaluation."""
        return bool(set(self.learns) & set(DETECTOR))

    @property
    def proposes(self) -> bool:
        """Whether the RPN alone learns of the heads, so that its proposals are measured."""
        return set(self.learns) & set(HEADS) == {"rpn"}


# The paper's steps. The third net is the second's whole, so that its RPN has the weights
# that it began with: as in the authors' code, where the detector's file keeps them.
STEPS = (
    ("rpn", (*SHARED, "rpn"), True, False),
    ("detector", (*SHARED, *DETECTOR), True, True),
    ("rpn", ("rpn",), False, False),
    ("detector", DETECTOR, False, False),
)


def alternating(rounds: int = 1) -> tuple[Phase, ...]:
    """The four steps; a further round takes them from the last round's net, as 5 to 8."""
    return tuple(
        Phase(f"{len(STEPS) * turn + number}-{name}", learns, starts, borrows)
        for turn in range(rounds)
        for number, (name, learns, starts, borrows) in enumerate(STEPS, start=1)
    )


def phases_of(spec: TrainSpec) -> tuple[Phase, ...]:
    """The phases of a training, one for the joint schedule."""
    if spec.schedule == "alternating":
        return alternating(spec.rounds)
    return (Phase("joint", spec.parts),)
