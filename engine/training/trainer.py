"""A training as a run folder: spec, losses, evaluations, checkpoints; stop and go on.

    RUN/spec.json                  what determines the run
    RUN/metrics.jsonl              one line a step
    RUN/phases.jsonl               one line a phase of the alternating schedule
    RUN/proposals/*.npz            held-out pictures' proposals, after each RPN phase
    RUN/evaluations.jsonl          one line an evaluation of the held-out pictures
    RUN/reports/STEP.json          the same with its curves, confusion and losses by gate
    RUN/checkpoints/*.safetensors  weights to use, half precision
    RUN/states/                    what some of them go on from, to fork the run
    RUN/last/weights.safetensors   the newest weights to use
    RUN/last/training.safetensors  plain weights, optimizer state and random state
    RUN/last/state.json            the step they belong to

How these files are replaced without ever being lost: `engine.training.runs.run_folder`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from engine.allocator import keep_memory
from engine.annotations.json_stream import Steps
from engine.detection.models import builders, weight_files
from engine.device import resolve
from engine.errors import ExportError, InputError, ModelError
from engine.memory_use import memory_in_use
from engine.specs import to_json
from engine.training import initialization
from engine.training.alternating import phase_log
from engine.training.alternating.phase_end import finish_phase
from engine.training.batch_tensors import to_tensors
from engine.training.batches_ahead import BatchesAhead
from engine.training.datasets import Pictures
from engine.training.evaluation.progress import Progress
from engine.training.evaluation.run import evaluate
from engine.training.joined import split_files
from engine.training.learner import Learner, NotFiniteError
from engine.training.runs import (
    checkpoints,
    lock,
    reports,
    run_folder,
    stopping,
    training_state,
)
from engine.training.runs.checkpoints import Found
from engine.training.runs.requests import Requests
from engine.training.sampling import Sampler, unusable
from engine.training.spec import DEFAULT_STEPS, GRAD_NORM, TrainFrame, TrainSpec

VALIDATION_SEED = 1_000_003  # added to a run's seed for the scenes it is judged on
VALIDATION_SCENES = 100

T = TypeVar("T")


def train(
    spec: TrainSpec,
    out: Path,
    *,
    resume: bool = False,
    overwrite: bool = False,
    requests: Requests | None = None,
) -> Generator[TrainFrame, None, None]:
    """Train a detector and keep everything in a run folder.

    Stop pulling to stop: closing the generator saves `last/`.

    Args:
        spec: what to train; for a resumed run what `resumed` gives.
        out: the run folder.
        resume: go on from the newest state in the folder that is whole.
        overwrite: replace a run that is in the folder, once the new one has a checkpoint.
        requests: what may be asked of it meanwhile.

    Yields:
        a frame a step, and further ones while held-out pictures are detected.

    Raises:
        InputError: data or folder cannot be used, or the loss is no longer finite; a run is
            in the folder and neither `resume` nor `overwrite` was given; another process
            writes to it.
        ExportError: the run folder cannot be written; its last checkpoint stays.
        ModelError: weights to start from do not fit.
    """
    spec.check()
    if not spec.files:
        raise InputError("train.no_data")
    try:
        with lock.held(Path(out)):
            yield from _run(spec, Path(out), resume, overwrite, requests or Requests())
    except OSError as error:
        reason = error.strerror or error
        raise ExportError("export.failed", path=error.filename or out, reason=reason) from error


def _run(
    spec: TrainSpec, out: Path, resume: bool, overwrite: bool, requests: Requests
) -> Iterator[TrainFrame]:
    kept = None
    if resume:
        run_folder.recover(out)
        kept = checkpoints.newest(out)
    elif not overwrite:
        run_folder.check_free(out)  # before minutes are spent on reading the data
    keep_memory()
    resolve(spec.device)  # may refuse it, before minutes are spent too
    reading = initialization.open_data_steps(spec)
    pictures = yield from _told(reading)
    path = ", ".join(spec.files)
    bad = yield from _told(unusable(pictures, path=path, leave_out=spec.leave_out_bad))
    trainer = _Trainer(spec, out, pictures, bad, kept=kept, overwrite=overwrite)
    try:
        said = kept.notes if kept is not None else ()
        note = "; ".join((*map(str, said), *trainer.notes))
        yield trainer.frame(note=note, said=said)
        if trainer.evaluation_is_due():  # it was killed in the middle of it
            yield from trainer.judge()
        yield from _run_phase(trainer, requests)
        while not trainer.course.is_last:
            trainer.begin_next_phase()
            yield from _run_phase(trainer, requests)
        early = trainer.step < trainer.steps
        path = str(trainer.checkpoint())
        yield trainer.frame(checkpoint=path, early=early)
    finally:
        trainer.close()


def _run_phase(trainer: _Trainer, requests: Requests) -> Iterator[TrainFrame]:
    """What is left of the phase at hand: of a joint training the whole."""
    every = trainer.spec.checkpoint_every
    while trainer.step < trainer.phase_end and not trainer.learns_no_more():
        frame = trainer.advance(requests)
        if every and trainer.step % every == 0:
            frame = replace(frame, checkpoint=str(trainer.checkpoint()))
        elif trainer.save_is_due():
            trainer.save()
        yield frame
        # What is asked while the heads are untrained waits for the step that trains them.
        asked = trainer.course.is_judged and requests.take_evaluation()
        if asked or trainer.evaluation_is_due():
            yield from trainer.judge()
    if not trainer.course.is_joint:
        yield from trainer.finish_phase()


def _told(reading: Steps[T]) -> Generator[TrainFrame, None, T]:
    """Frames that say how much of the data is read."""
    while True:
        try:
            yield TrainFrame(0, 0, reading=next(reading))
        except StopIteration as end:
            result: T = end.value
            return result


def resumed(out: Path, *, steps: int | None = None, epochs: int | None = None) -> TrainSpec:
    """The spec of a run that goes on, ended at `steps` or `epochs` where they are given.

    Raises:
        InputError: the folder holds no run, another process writes to it, or another
            version of the program did.
    """
    if not Path(out).is_dir():
        raise InputError("run.not_a_run", path=out)
    with lock.held(Path(out)):
        run_folder.recover(Path(out))
        spec = run_folder.read_spec(Path(out))
    if steps is not None:
        return replace(spec, steps=steps, epochs=None)
    if epochs is not None:
        return replace(spec, steps=None, epochs=epochs)
    return spec


class _Trainer:
    """The moving parts of one run."""

    def __init__(
        self,
        spec: TrainSpec,
        out: Path,
        pictures: Pictures,
        bad: frozenset[int],
        *,
        kept: Found | None,
        overwrite: bool,
    ) -> None:
        self.spec, self.out, self.pictures = spec, out, pictures
        self.device = resolve(spec.device)
        training, self.judged, self.held_out = divide(spec, pictures, bad)
        self.left_out = len(bad)
        if kept is not None:
            self.description = weight_files.describe(kept.folder / training_state.WEIGHTS)
        else:
            self.description = initialization.describe(spec, self.pictures)
        architecture = builders.from_json(self.description.architecture)
        self.sampler = Sampler(self.pictures, training, spec=spec, min_size=architecture.min_size)
        if not self.sampler.filled:
            raise InputError("data.no_objects", path=", ".join(spec.files))
        self._batches = BatchesAhead(self.sampler.batch)
        try:
            state = kept.state if kept is not None else None
            self.learner = Learner(spec, self.description, self.device, state)
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            if kept is None:
                raise
            raise ModelError("weights.broken", path=kept.folder) from error
        self.course = self.learner.course
        self.step = self.saved_step = 0
        self._saved_at = time.monotonic()
        self.whole = True  # False while a step is half done
        self._judged = False  # a run that ended early goes on when it is resumed
        self._told = 0  # damaged pictures that were told
        if kept is not None:
            self._go_on(kept)
        else:
            run_folder.begin(out, overwrite=overwrite)
        self.evaluations = run_folder.read_lines(out / "evaluations.jsonl")
        run_folder.write_text(out / "spec.json", to_json(spec))
        self._metrics = (out / "metrics.jsonl").open("a", encoding="utf-8")

    @property
    def phase_steps(self) -> int:
        """Steps of each phase."""
        if self.spec.epochs is not None and self.spec.steps is None:
            return self.spec.epochs * self.sampler.epoch_steps
        return DEFAULT_STEPS if self.spec.steps is None else self.spec.steps

    @property
    def phase_end(self) -> int:
        """The step at which the phase at hand ends."""
        return self.course.began + self.phase_steps

    @property
    def steps(self) -> int:
        """Steps in all."""
        return self.course.steps(self.phase_steps)

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the data."""
        notes = self.pictures.notes
        if self.left_out:
            count = f"{self.left_out} of {len(self.pictures)}"
            notes += (f"{count} pictures were left out, as they cannot be used.",)
        return notes

    def advance(self, requests: Requests) -> TrainFrame:
        """Take one step, and measure in it what is asked."""
        began = time.perf_counter()
        phase = self.course.phase.name
        # Pictures that are read wait for the disk; generated ones are drawn in Python, which
        # beside a step would gain little and hold the window.
        read = self.spec.files != (initialization.SHAPES,)
        batch = self._batches.take(self.step, more=read and self.step + 1 < self.steps)
        images, targets = to_tensors(batch, self.device)
        self.whole = False
        try:
            done = self.step - self.course.began
            losses = self.learner.take_step(
                images,
                targets,
                done=done,
                steps=self.phase_steps,
                compare=requests.wants_cosine(self.step),
                measure_layers=requests.wants_layers(self.step),
            )
        except NotFiniteError:
            self.whole = True
            names = ", ".join(self.sampler.names(self.step))
            raise InputError("train.diverged", step=self.step + 1, pictures=names) from None
        self.step += 1
        self.whole = True
        seconds = time.perf_counter() - began
        gradient = losses.gradient
        memory = memory_in_use(self.device)
        line = {"step": self.step, "phase": phase, **losses.values, "lr": losses.lr}
        line |= {GRAD_NORM: gradient.norm, "clipped": gradient.factor, **losses.layers}
        if losses.cosine is not None:
            line["gradient_cosine"] = losses.cosine
        # What a follower shows beside the losses, wherever it is.
        line |= {"steps": self.steps, "pictures": len(images), "memory": memory}
        self._metrics.write(json.dumps({**line, "seconds": round(seconds, 4)}) + "\n")
        self._metrics.flush()
        return self.frame(
            losses=losses.values,
            lr=losses.lr,
            seconds=seconds,
            pictures=len(images),
            memory=memory,
            cosine=losses.cosine,
            grad_norm=gradient.norm,
            clipped=gradient.factor,
            layers=losses.layers,
            note=self._newly_damaged(),
        )

    def frame(self, **facts: Any) -> TrainFrame:
        """This moment of the training, with what there is to say of it."""
        return TrainFrame(self.step, self.steps, self.course.phase.name, **facts)

    def _newly_damaged(self) -> str:
        """What is wrong with the pictures that were found damaged in the last step."""
        new = list(self.sampler.damaged.values())[self._told :]
        self._told += len(new)
        return "; ".join(f"left out: {reason}" for reason in new)

    def _usable_held_out(self) -> list[int]:
        """The held-out pictures, without those that turn out to be damaged."""
        if self.spec.leave_out_bad:
            self.held_out = [index for index in self.held_out if self._readable(index)]
        return self.held_out

    def judge(self) -> Iterator[TrainFrame]:
        """Evaluate the held-out pictures with the weights to use."""
        indices, classes = self._usable_held_out(), self.description.classes
        if not indices:
            return
        for item in evaluate(self.learner.model_to_use(), self.judged, indices, classes=classes):
            if isinstance(item, Progress):
                yield self.frame(note=f"evaluating {item.done}/{item.count}", judging=item)
            else:
                report = {"step": self.step, "phase": self.course.phase.name, **item}
                reports.write(self.out, report)
                line = reports.numbers(report)
                with open(self.out / "evaluations.jsonl", "a", encoding="utf-8") as file:
                    file.write(json.dumps(line) + "\n")
                self.evaluations.append(line)
                self._judged = True
                path = self._keep_evaluated()
                yield self.frame(evaluation=reports.numbers(item), checkpoint=path)

    def finish_phase(self) -> Iterator[TrainFrame]:
        """Write what the phase at hand has come to: what did not change, and its proposals."""
        for item in finish_phase(
            self.learner, self.out, self.step, pictures=self.judged, indices=self._usable_held_out()
        ):
            if isinstance(item, Progress):
                yield self.frame(note=f"evaluating {item.done}/{item.count}", proposing=item)
            else:
                yield self.frame(finished=item)

    def begin_next_phase(self) -> None:
        """Go on to the next phase of the schedule."""
        self.learner.begin_next_phase(self.step)

    @property
    def _evaluations_of_phase(self) -> list[dict[str, Any]]:
        """Those of the phase at hand: nets of other phases are not to be compared with."""
        name = self.course.phase.name
        return [line for line in self.evaluations if line.get("phase", name) == name]

    def _keep_evaluated(self) -> str | None:
        """Write a checkpoint where this evaluation is the best, and else `last/`."""
        if self.spec.keep_best and stopping.best_step(self._evaluations_of_phase) == self.step:
            return str(self.checkpoint())
        self.save()
        return None

    def evaluation_is_due(self) -> bool:
        """Whether this step is one to evaluate after, and it is not done yet."""
        every = self.spec.evaluate_every
        if not every or not self.step or not self.course.is_judged:
            return False
        done = any(line["step"] == self.step for line in self.evaluations)
        return not done and (self.step % every == 0 or self.step == self.phase_end)

    def learns_no_more(self) -> bool:
        """Whether an evaluation has just said that going on is of no use."""
        return self._judged and stopping.learns_no_more(
            self._evaluations_of_phase, self.spec.patience
        )

    def _readable(self, index: int) -> bool:
        try:
            self.judged.pixels(index)
        except InputError as error:
            self.sampler.damaged[index] = str(error)
            return False
        return True

    def checkpoint(self) -> Path:
        """Write the weights to use into `checkpoints/`, and `last/`; older ones may go."""
        path = checkpoints.write_checkpoint(
            self.out, self.learner.state(self.step), self.description
        )
        self._saved()
        best = stopping.best_step(self._evaluations_of_phase) if self.spec.keep_best else None
        checkpoints.prune(self.out, keep_last=self.spec.keep_last, best=best)
        return path

    def save(self) -> None:
        """Replace `last/`."""
        checkpoints.write_last(self.out, self.learner.state(self.step), self.description)
        self._saved()

    def save_is_due(self) -> bool:
        """Whether so much time has passed that a kill would lose too much."""
        every_s = self.spec.save_every_s
        return every_s > 0 and time.monotonic() - self._saved_at >= every_s

    def _saved(self) -> None:
        self.saved_step, self._saved_at = self.step, time.monotonic()

    def close(self) -> None:
        """Save what is not saved yet, unless a step was cut in two."""
        self._batches.close()
        self._metrics.close()
        try:
            if self.whole and self.step > self.saved_step:
                self.save()
        finally:
            run_folder.give_back(self.out)  # an older run, when this one has no checkpoint

    def _go_on(self, found: Found) -> None:
        """Cut the lines that were written after the state that the run goes on from."""
        self.step = self.saved_step = found.state.step
        for name in run_folder.LINES:
            run_folder.cut_back(self.out / name, self.step)
        reports.cut_back(self.out, self.step)
        phase_log.cut_back(self.out, self.course.began)


def divide(
    spec: TrainSpec, pictures: Pictures, bad: frozenset[int]
) -> tuple[list[int], Pictures, list[int]]:
    """Numbers of the pictures to learn from; then those to judge on, and their numbers."""
    if spec.files == (initialization.SHAPES,):
        judged = initialization.open_data(spec, seed=spec.seed + VALIDATION_SEED)
        return list(range(len(pictures))), judged, list(range(VALIDATION_SCENES))
    parts = split_files(pictures, spec.validation, spec.validation_files)
    training, held_out = ([index for index in part if index not in bad] for part in parts)
    return training, pictures, held_out
