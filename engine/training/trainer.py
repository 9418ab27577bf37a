"""A training as a run folder: spec, losses, evaluations, checkpoints; stop and go on.

    RUN/spec.json                  what determines the run
    RUN/metrics.jsonl              one line a step
    RUN/evaluations.jsonl          one line an evaluation of the held-out pictures
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
from typing import TypeVar

import torch
from torch import Tensor

from engine.allocator import keep_memory
from engine.annotations.json_stream import Steps
from engine.detection.models import builders, weight_files
from engine.device import resolve
from engine.errors import ExportError, InputError, ModelError
from engine.specs import to_json
from engine.training import initialization, optimization
from engine.training.datasets import Example, Pictures
from engine.training.evaluation import Progress, evaluate
from engine.training.joined import split_files
from engine.training.losses import compute_losses
from engine.training.runs import checkpoints, finite, lock, run_folder, stopping, training_state
from engine.training.runs.checkpoints import Found
from engine.training.runs.random_state import RandomState
from engine.training.runs.requests import Requests
from engine.training.runs.training_state import TrainingState
from engine.training.sampling import Sampler, unusable
from engine.training.spec import TrainFrame, TrainSpec

DEFAULT_STEPS = 500
VALIDATION_SEED = 1_000_003  # added to a run's seed for the scenes it is judged on
VALIDATION_SCENES = 100
PHASE = "joint"

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
        yield TrainFrame(trainer.step, trainer.steps, note=note, said=said)
        if trainer.evaluation_is_due():  # it was killed in the middle of it
            yield from trainer.judge()
        while trainer.step < trainer.steps and not trainer.learns_no_more():
            frame = trainer.advance()
            if spec.checkpoint_every and trainer.step % spec.checkpoint_every == 0:
                frame = replace(frame, checkpoint=str(trainer.checkpoint()))
            elif trainer.save_is_due():
                trainer.save()
            yield frame
            if requests.take_evaluation() or trainer.evaluation_is_due():
                yield from trainer.judge()
        early = trainer.step < trainer.steps
        path = str(trainer.checkpoint())
        yield TrainFrame(trainer.step, trainer.steps, checkpoint=path, early=early)
    finally:
        trainer.close()


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
        parts = split_files(self.pictures, spec.validation, spec.validation_files)
        training, held_out = ([index for index in part if index not in bad] for part in parts)
        if spec.files == (initialization.SHAPES,):
            training = list(range(len(self.pictures)))
            held_out = list(range(VALIDATION_SCENES))
            self.judged = initialization.open_data(spec, seed=spec.seed + VALIDATION_SEED)
        else:
            self.judged = self.pictures
        self.held_out, self.left_out = held_out, len(bad)
        if kept is not None:
            self.description = weight_files.describe(kept.folder / training_state.WEIGHTS)
        else:
            self.description = initialization.describe(spec, self.pictures)
        architecture = builders.from_json(self.description.architecture)
        self.sampler = Sampler(self.pictures, training, spec=spec, min_size=architecture.min_size)
        if not self.sampler.filled:
            raise InputError("data.no_objects", path=", ".join(spec.files))
        self.steps = self._count_steps()
        self.random = RandomState(self.device, spec.seed)
        with self.random.used():
            if kept is not None:
                self.model = builders.build(architecture).train()
                initialization.freeze(self.model, architecture.body, spec.frozen)
                initialization.freeze_parts(self.model, spec.parts)
            else:
                self.model = initialization.first_model(spec, self.description)
        if spec.crop:
            self.model.transform._skip_resize = True  # crops come at the net's size
        self.model.to(self.device)
        if spec.precision == "mixed":
            optimization.use_mixed_precision(self.model, self.device)
        self.optimizer = optimization.make_optimizer(self.model, spec)
        self.average = (
            {n: t.detach().clone() for n, t in self.model.state_dict().items()}
            if spec.average
            else None
        )
        self.step = self.saved_step = 0
        self._saved_at = time.monotonic()
        self.whole = True  # False while a step is half done
        self._told = 0  # damaged pictures that were told
        if kept is not None:
            self._restore(kept)
        else:
            run_folder.begin(out, overwrite=overwrite)
        self.evaluations = run_folder.read_lines(out / "evaluations.jsonl")
        run_folder.write_text(out / "spec.json", to_json(spec))
        self._metrics = (out / "metrics.jsonl").open("a", encoding="utf-8")

    def _count_steps(self) -> int:
        if self.spec.epochs is not None and self.spec.steps is None:
            return self.spec.epochs * self.sampler.epoch_steps
        return DEFAULT_STEPS if self.spec.steps is None else self.spec.steps

    @property
    def notes(self) -> tuple[str, ...]:
        """What there is to say of the data."""
        notes = self.pictures.notes
        if self.left_out:
            count = f"{self.left_out} of {len(self.pictures)}"
            notes += (f"{count} pictures were left out, as they cannot be used.",)
        return notes

    def advance(self) -> TrainFrame:
        """Take one step."""
        began = time.perf_counter()
        spec = self.spec
        fraction = optimization.rate(
            self.step, self.steps, warmup=spec.warmup, cooldown=spec.cooldown
        )
        lr = optimization.set_rate(self.optimizer, fraction)
        images, targets = to_tensors(self.sampler.batch(self.step), self.device)
        self.whole = False
        kept = finite.statistics(self.model)
        with self.random.used():
            losses = compute_losses(self.model, images, targets, parts=spec.parts)
            if not losses:  # such as keypoints alone, where the data has none
                raise InputError("data.no_objects", path=", ".join(spec.files))
            weights_of = spec.loss_weights
            total = torch.stack([v * weights_of.get(n, 1.0) for n, v in losses.items()]).sum()
            sound = bool(torch.isfinite(total))
            if sound:
                self.optimizer.zero_grad(set_to_none=True)
                total.backward()
                sound = finite.clip(self.model.parameters(), spec.clip)
            if not sound:
                finite.put_back(kept)
                self.whole = True
                names = ", ".join(self.sampler.names(self.step))
                raise InputError("train.diverged", step=self.step + 1, pictures=names)
            self.optimizer.step()
            self._average()
        self.step += 1
        self.whole = True
        values = {"loss": float(total.detach())}
        values.update((name, float(value.detach())) for name, value in losses.items())
        seconds = time.perf_counter() - began
        line = {"step": self.step, "phase": PHASE, **values, "lr": lr, "seconds": round(seconds, 4)}
        self._metrics.write(json.dumps(line) + "\n")
        self._metrics.flush()
        return TrainFrame(
            self.step, self.steps, PHASE, values, lr, seconds, note=self._newly_damaged()
        )

    def _newly_damaged(self) -> str:
        """What is wrong with the pictures that were found damaged in the last step."""
        new = list(self.sampler.damaged.values())[self._told :]
        self._told += len(new)
        return "; ".join(f"left out: {reason}" for reason in new)

    @torch.no_grad()
    def _average(self) -> None:
        """Move the running average towards the weights; quickly at first."""
        if self.average is None:
            return
        decay = min(self.spec.average, (1 + self.step) / (10 + self.step))
        for name, tensor in self.model.state_dict().items():
            if tensor.is_floating_point():
                self.average[name].lerp_(tensor, 1 - decay)
            else:
                self.average[name].copy_(tensor)

    def weights(self) -> dict[str, Tensor]:
        """The weights to use: the average where there is one."""
        return self.average if self.average is not None else self.model.state_dict()

    def judge(self) -> Iterator[TrainFrame]:
        """Evaluate the held-out pictures with the weights to use."""
        if self.spec.leave_out_bad:
            self.held_out = [index for index in self.held_out if self._readable(index)]
        if not self.held_out:
            return
        model = builders.build(builders.from_json(self.description.architecture))
        model.load_state_dict(self.weights())
        model.to(self.device).eval()
        for item in evaluate(model, self.judged, self.held_out, classes=self.description.classes):
            if isinstance(item, Progress):
                note = f"evaluating {item.done}/{item.count}"
                yield TrainFrame(self.step, self.steps, note=note)
            else:
                line = {"step": self.step, "phase": PHASE, **item}
                with open(self.out / "evaluations.jsonl", "a", encoding="utf-8") as file:
                    file.write(json.dumps(line) + "\n")
                self.evaluations.append(line)
                path = self._keep_evaluated()
                yield TrainFrame(self.step, self.steps, evaluation=item, checkpoint=path)

    def _keep_evaluated(self) -> str | None:
        """Write a checkpoint where this evaluation is the best, and else `last/`."""
        if self.spec.keep_best and stopping.best_step(self.evaluations) == self.step:
            return str(self.checkpoint())
        self.save()
        return None

    def evaluation_is_due(self) -> bool:
        """Whether this step is one to evaluate after, and it is not done yet."""
        every = self.spec.evaluate_every
        if not every or not self.step:
            return False
        done = any(line["step"] == self.step for line in self.evaluations)
        return not done and (self.step % every == 0 or self.step == self.steps)

    def learns_no_more(self) -> bool:
        """Whether the evaluations say that going on is of no use."""
        return stopping.learns_no_more(self.evaluations, self.spec.patience)

    def _readable(self, index: int) -> bool:
        try:
            self.judged.pixels(index)
        except InputError as error:
            self.sampler.damaged[index] = str(error)
            return False
        return True

    def checkpoint(self) -> Path:
        """Write the weights to use into `checkpoints/`, and `last/`; older ones may go."""
        path = checkpoints.write_checkpoint(self.out, self.state(), self.description)
        self._saved()
        best = stopping.best_step(self.evaluations) if self.spec.keep_best else None
        checkpoints.prune(self.out, keep_last=self.spec.keep_last, best=best)
        return path

    def save(self) -> None:
        """Replace `last/`."""
        checkpoints.write_last(self.out, self.state(), self.description)
        self._saved()

    def save_is_due(self) -> bool:
        """Whether so much time has passed that a kill would lose too much."""
        every_s = self.spec.save_every_s
        return every_s > 0 and time.monotonic() - self._saved_at >= every_s

    def _saved(self) -> None:
        self.saved_step, self._saved_at = self.step, time.monotonic()

    def close(self) -> None:
        """Save what is not saved yet, unless a step was cut in two."""
        self._metrics.close()
        try:
            if self.whole and self.step > self.saved_step:
                self.save()
        finally:
            run_folder.give_back(self.out)  # an older run, when this one has no checkpoint

    def state(self) -> TrainingState:
        """What the run goes on from."""
        return TrainingState(
            self.step,
            self.weights(),
            self.model.state_dict(),
            self.optimizer.state_dict()["state"],
            self.random.cpu,
            self.random.device,
        )

    def _restore(self, found: Found) -> None:
        """Take everything back and cut the lines that were written after it.

        Raises:
            ModelError: the state does not fit this training.
        """
        kept = found.state
        try:
            self.model.load_state_dict(dict(kept.model))
            if self.average is not None:
                self.average = {n: kept.weights[n].to(self.device) for n in self.average}
            groups = self.optimizer.state_dict()["param_groups"]
            self.optimizer.load_state_dict({"state": kept.optimizer, "param_groups": groups})
        except (KeyError, ValueError, RuntimeError) as error:
            raise ModelError("weights.broken", path=found.folder) from error
        self.step = self.saved_step = kept.step
        self.random.set(kept.random, kept.device_random)
        for name in run_folder.LINES:
            run_folder.cut_back(self.out / name, self.step)


def to_tensors(
    batch: list[Example], device: torch.device
) -> tuple[list[Tensor], list[dict[str, Tensor]]]:
    """Examples as torchvision's detectors take them.

    Returns:
        images (3, H, W) float32 in 0 to 1, and targets with `boxes` (N, 4) float32 xyxy,
        `labels` (N,) int64, `masks` (N, H, W) uint8, `ignored` (M, 4) and where there are
        any `keypoints` (N, K, 3), all in the example's pixels and on the device.
    """
    images, targets = [], []
    for example in batch:
        images.append(torch.from_numpy(example.pixels).to(device).permute(2, 0, 1).float() / 255)
        target = {
            "boxes": torch.from_numpy(example.boxes).to(device),
            "labels": torch.from_numpy(example.labels).to(device),
            "masks": torch.from_numpy(example.masks).to(device),
            "ignored": torch.from_numpy(example.ignored).to(device),
        }
        if example.keypoints.shape[1]:
            target["keypoints"] = torch.from_numpy(example.keypoints).to(device)
        targets.append(target)
    return images, targets
