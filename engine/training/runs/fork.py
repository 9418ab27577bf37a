"""A new run from any checkpoint of another: the same past, a future of its own."""

from __future__ import annotations

from pathlib import Path

from engine.atomic_write import write_json
from engine.errors import InputError
from engine.specs import to_json
from engine.training.runs import (
    checkpoints,
    kept_states,
    lock,
    reports,
    run_folder,
    training_state,
)
from engine.training.spec import TrainSpec

ORIGIN = "origin.json"


def checked(run: Path, spec: TrainSpec) -> None:
    """Whether the state of a run's optimizer serves the fork's, too.

    Raises:
        InputError: it is another optimizer.
        SpecError: the fork's spec cannot be used.
    """
    spec.check()
    old = _name(run_folder.read_spec(run).optimizer)
    if _name(spec.optimizer) != old:
        raise InputError("run.other_optimizer", optimizer=spec.optimizer, expected=old)


def _name(optimizer: str) -> str:
    return optimizer.partition(":")[0].strip()


def begin(run: Path, out: Path, spec: TrainSpec, *, step: int | None = None) -> int:
    """Begin a run with the past of another, up to one of its checkpoints; `train` resumes it.

    The other run may go on meanwhile. Lines of its metrics and evaluations up to the
    checkpoint are copied, with their reports, and the whole training state.

    Args:
        run: the folder of the other run.
        out: the new folder.
        spec: what the new run does from there; the net and the data are the other's.
        step: the step of the checkpoint; None for the newest.

    Returns:
        the step of the checkpoint.

    Raises:
        InputError: the other run has no such checkpoint, or `out` holds a run or is written
            by another process.
        ModelError: the checkpoint is cut short or damaged.
        OSError: the new folder cannot be written.
    """
    states = kept_states.forkable(run)
    if not states:
        raise InputError("run.nothing_to_resume", path=run)
    step = next(iter(states)) if step is None else step
    if step not in states:
        known = ", ".join(map(str, sorted(states)))
        raise InputError("run.no_checkpoint", path=run, step=step, known=known)
    with lock.held(out):
        run_folder.check_free(out)
        for name in (*run_folder.LINES, run_folder.PHASES):
            if (run / name).is_file():
                text = (run / name).read_text(encoding="utf-8", errors="replace")
                run_folder.write_text(out / name, text)
                run_folder.cut_back(out / name, step)
        reports.copy(run, out, step)
        with run_folder.replacing_last(out) as new:
            checkpoints.copy_state(states[step], new)
            if training_state.read(new).step != step:  # a new `last` came while it was copied
                raise InputError("run.no_checkpoint", path=run, step=step, known="")
        checkpoints.copy_state(out / "last", out / "states" / kept_states.name_of(step))
        write_json(out / ORIGIN, {"run": str(run.resolve()), "step": step})
        run_folder.write_text(out / "spec.json", to_json(spec))
    return step
