"""The race of optimizers on a task: every rule with all of its starts one batched call a step."""

from __future__ import annotations

from collections.abc import Iterator

from engine.device import one_thread
from engine.networks.tasks.frame import FitFrame
from engine.networks.tasks.settings import check, hyper_of
from engine.networks.tasks.spec import FitSpec

__all__ = ["check", "fit", "hyper_of"]


def fit(spec: FitSpec, device: str = "cpu") -> Iterator[FitFrame]:
    """Run a race: `steps + 1` frames, frame k at the parameters w_k.

    A diverged racer stays as what it has become; one that was stopped early rests at its best.

    Raises:
        InputError: the spec cannot be run (`check`).
    """
    spec = check(spec)
    from engine.networks.tasks.race.run import Run

    assert spec.steps is not None
    # A net is small: on a busy machine waking a second thread makes a step 10 times as long.
    with one_thread():
        run = Run(spec, device)
    for step in range(spec.steps + 1):
        with one_thread():
            frame = run.look(step)
        yield frame
        if step < spec.steps:
            with one_thread():
                run.advance(step)
