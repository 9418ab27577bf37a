"""What a phase has come to, when it has ended: what did not change, and its proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.training.alternating import phase_log
from engine.training.alternating.proposals import MEASURED_PICTURES, Measured, measure
from engine.training.datasets import Pictures
from engine.training.evaluation.progress import Progress
from engine.training.learner import Learner


def finish_phase(
    learner: Learner, out: Path, step: int, *, pictures: Pictures, indices: Sequence[int]
) -> Iterator[Progress | Mapping[str, Any]]:
    """Hash what was fixed, measure the RPN's proposals after its phases, and write both.

    Args:
        learner: at the end of the phase.
        out: the run folder.
        step: steps done.
        pictures: the data set that the run is judged on.
        indices: its held-out pictures.

    Yields:
        a `Progress` a measured picture, last the line of phases.jsonl.

    Raises:
        InputError: a held-out picture cannot be read.
        ExportError: the proposals cannot be written.
    """
    course = learner.course
    phase, after = course.phase, course.digest(learner.model)
    recall: Mapping[str, Any] | None = None
    if phase.proposes:
        for item in measure(learner.model_to_use(), pictures, indices[:MEASURED_PICTURES]):
            if isinstance(item, Measured):
                phase_log.write_proposals(out, phase.name, item.arrays)
                recall = item.recall
            else:
                yield item
    record = course.record(step, after=after, proposals=recall)
    phase_log.append(out, record)
    yield record
