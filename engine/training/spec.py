"""What determines a training, and what a training shows while it runs. No torch here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.annotations.json_stream import ReadProgress
from engine.errors import Note, SpecError
from engine.training.augmentation import Value, complete, settings
from engine.training.evaluation.progress import Progress
from engine.training.optimizer_text import parse_optimizer
from engine.training.updates.lr_schedule import parse_lr_schedule

SCHEDULES = ("joint", "alternating")
LOSSES = (
    "loss_objectness",
    "loss_rpn_box_reg",
    "loss_classifier",
    "loss_box_reg",
    "loss_mask",
    "loss_keypoint",
)
# The parts of a net that can learn: those with losses of their own, and all; "boxes" is
# the box head with its class scores, "pyramid" the FPN.
HEADS = ("rpn", "boxes", "masks", "keypoints")
PARTS = ("body", "pyramid", *HEADS)
PRECISIONS = ("float32", "mixed")
DEFAULT_STEPS = 500
# What metrics.jsonl calls the gradient's norm, and how far a step moves the weights; a layer
# group's own is behind a dot.
GRAD_NORM, UPDATE_RATIO = "grad_norm", "update_ratio"


@dataclass(frozen=True)
class TrainSpec:
    """Everything that determines a training: the same spec gives the same result.

    Attributes:
        data: "shapes", a COCO JSON file, or a folder of COCO, LabelMe, YOLO or Pascal VOC;
            or several of the latter. A spec file to train again may leave it out.
        images: the folder of the pictures, where they lie neither beside the data's files nor
            where data sets have them; "" for there.
        model: the net to train: a model of the zoo, or "" for what fits the data
            (shapes for generated scenes, else people).
        start: where its weights come from: "model" (the weights of `model`),
            "imagenet" (features only), "nothing" (random), or a weights file; for the
            backbone alone also a file of MoveNet's features.
        classes: the class names to learn; empty for all of the data's.
        schedule: one of `SCHEDULES`: all parts together, or RPN and detector in turn, as
            `engine.training.alternating.phases` says.
        rounds: how often the alternating schedule's four steps are gone through.
        learn: the parts that learn, of `PARTS`; empty for all. Losses of the others are
            not computed. The alternating schedule has its own.
        anchor_sizes: sides of the anchors in network pixels, one a level of the pyramid, the
            highest resolution first; empty for the model's own. An RPN that was trained
            with others begins anew.
        frozen: stages of the backbone, from the highest resolution, that keep their
            weights; None for as many as suit the backbone.
        optimizer: `NAME[:key=value,...]`, keys as torch.optim has them.
        backbone_lr_scale: learning rate of the backbone as a fraction of the heads'.
        lr_schedule: `NAME[:key=value,...]` of `engine.optimizers.schedules.SCHEDULES`, begun
            anew in each phase; "" for `warmup` and `cooldown`, which only count then.
        steps: optimizer steps in all; in each phase of the alternating schedule. Without
            steps and epochs they are `DEFAULT_STEPS`.
        epochs: instead of steps, passes over the training pictures.
        batch: pictures a step.
        crop: side in pixels of the square training crops; 0 for whole pictures.
        backgrounds: share of the drawn pictures that hold no object, where there are such.
        validation: share of the pictures held out, chosen by a hash of their ids.
        validation_files: how many of the data files, from the first, give held-out
            pictures; 0 for all.
        leave_out_bad: whether pictures that cannot be used are left out; else a training with
            such does not begin.
        pictures: how many generated scenes make an epoch (shapes only).
        warmup: steps of rising learning rate.
        cooldown: the last share of the steps, in which it falls to zero as a cosine.
        average: decay of the running average of the weights; 0 keeps the plain weights.
        clip: largest norm of the gradient; 0 for no limit.
        precision: "float32", or "mixed" for bfloat16 in the pyramid and the heads.
        loss_weights: factors of losses by torchvision's names, such as
            {"loss_keypoint": 0.2}; 1 for the others.
        augmentation: how pictures are varied: values of the settings of
            `engine.training.augmentation.AUGMENTATIONS`, their defaults for the others.
        checkpoint_every: steps between checkpoints; 0 for the last one only.
        evaluate_every: steps between evaluations of the held-out pictures; 0 for none.
        save_every_s: seconds after which `last/` is written anew; 0 for at checkpoints and
            evaluations only.
        keep_best: whether the checkpoint with the best evaluation is written and stays.
        keep_last: how many of the newest checkpoints stay beside it; 0 for all.
        patience: evaluations in a row that may be no better than the best before the training
            ends early; 0 for any number.
    """

    data: str | tuple[str, ...] = ""
    images: str = ""
    model: str = ""
    start: str = "model"
    classes: tuple[str, ...] = ()
    schedule: str = "joint"
    rounds: int = 1
    optimizer: str = "adamw:lr=3e-4,weight_decay=0.01"
    learn: tuple[str, ...] = ()
    anchor_sizes: tuple[int, ...] = ()
    frozen: int | None = None
    backbone_lr_scale: float = 0.33
    lr_schedule: str = ""
    steps: int | None = None
    epochs: int | None = None
    batch: int = 2
    crop: int = 0
    backgrounds: float = 0.0
    validation: float = 0.1
    validation_files: int = 0
    leave_out_bad: bool = False
    pictures: int = 2000
    warmup: int = 50
    cooldown: float = 0.35
    average: float = 0.0
    clip: float = 10.0
    precision: str = "float32"
    checkpoint_every: int = 0
    evaluate_every: int = 0
    save_every_s: float = 60.0
    keep_best: bool = True
    keep_last: int = 0
    patience: int = 0
    seed: int = 0
    device: str = "auto"
    loss_weights: Mapping[str, float] = field(default_factory=dict)
    augmentation: Mapping[str, Value] = field(default_factory=dict)

    RENAMED: ClassVar[Mapping[str, str]] = {"body_rate": "backbone_lr_scale"}

    def __post_init__(self) -> None:
        object.__setattr__(self, "augmentation", complete(self.augmentation))

    @property
    def files(self) -> tuple[str, ...]:
        """What `data` names, one or several."""
        return tuple(filter(None, (self.data,) if isinstance(self.data, str) else self.data))

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that learn."""
        return self.learn or PARTS

    def check(self) -> None:
        """Whether every field can be used.

        Raises:
            SpecError: names the first field that cannot.
        """
        _among("schedule", self.schedule, SCHEDULES)
        if self.schedule == "alternating" and self.learn:
            raise SpecError("train.alternating_learn", learn=",".join(self.learn))
        _among("precision", self.precision, PRECISIONS)
        for part in self.learn:
            _among("learn", part, PARTS)
        if not set(self.parts) & set(HEADS):  # the others learn from the heads' losses
            _among("learn", ",".join(self.learn), HEADS)
        parse_optimizer(self.optimizer)
        parse_lr_schedule(self.lr_schedule)
        for size in self.anchor_sizes:
            _in_range("anchor_sizes", size, 1, 4096)
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if value is None:
                continue
            _in_range(name, value, low, high)
        for name, weight in self.loss_weights.items():
            if name not in LOSSES:
                raise SpecError(
                    "value.unknown_name", kind="Loss", value=name, known=", ".join(LOSSES)
                )
            _in_range("loss_weights." + name, weight, 0, 1e6)
        self._check_augmentation()

    def _check_augmentation(self) -> None:
        known = settings()
        for name, value in self.augmentation.items():
            field_name = f"augmentation.{name}"
            if name not in known:
                raise SpecError("spec.unknown_field", field=field_name, known=", ".join(known))
            setting = known[name]
            pair, expected = (isinstance(each, tuple) for each in (value, setting.default))
            if pair != expected:
                words = "a list of 2" if expected else "a number"
                raise SpecError(
                    "spec.wrong_type", field=field_name, value=str(value), expected=words
                )
            for number in value if isinstance(value, tuple) else (value,):
                _in_range(field_name, number, setting.low, setting.high)

    def validated(self) -> TrainSpec:
        """This spec, checked."""
        self.check()
        return self


RANGES: Mapping[str, tuple[float, float]] = {
    "rounds": (1, 100),
    "frozen": (0, 4),
    "backbone_lr_scale": (0, 100),
    "steps": (0, 10**9),
    "epochs": (0, 10**6),
    "batch": (1, 1024),
    "crop": (0, 4096),
    "backgrounds": (0, 1),
    "validation": (0, 0.9),
    "validation_files": (0, 10**6),
    "pictures": (1, 10**7),
    "warmup": (0, 10**9),
    "cooldown": (0, 1),
    "average": (0, 0.99999),
    "clip": (0, 10**9),
    "checkpoint_every": (0, 10**9),
    "evaluate_every": (0, 10**9),
    "save_every_s": (0, 10**9),
    "keep_last": (0, 10**9),
    "patience": (0, 10**9),
    "seed": (0, 2**63 - 1),
}


@dataclass(frozen=True)
class TrainFrame:
    """One moment of a training.

    Attributes:
        step: steps done so far.
        steps: steps in all.
        phase: the part of the schedule: "joint", or "1-rpn" and so on.
        losses: each loss by torchvision's name, and "loss", their weighted sum; empty
            when no step was taken since the last frame.
        lr: learning rate of the heads in that step.
        seconds: time the step took.
        pictures: pictures in that step.
        memory: bytes that the training has after it, on its device; 0 where nobody says.
        evaluation: metrics of the held-out pictures as `evaluate` gives them, when
            they have just been taken.
        checkpoint: path of a checkpoint just written.
        early: whether the training ended before its last step, as it learnt no more.
        note: what is being done, a code of `NOTES` with its numbers filled in, or "".
        said: what a person should know of how the run goes on.
        finished: a phase of the alternating schedule that has just ended, as phases.jsonl
            has it.
        cosine: between the gradients of RPN and heads on the shared layers, when measured.
        grad_norm: L2 norm of the whole gradient, before clipping; None without a step.
        clipped: what the gradient was multiplied with: 1 where it was not clipped.
        layers: "grad_norm.GROUP" and "update_ratio.GROUP" of the layer groups, as
            `engine.training.updates.layer_norms` has them, when measured.
        reading: how much of the data is read, before the first step; None from there on.
        judging: how many held-out pictures are detected for an evaluation, while they are.
        proposing: how many have their proposals kept at the end of an RPN phase, likewise.
    """

    step: int
    steps: int
    phase: str = "joint"
    losses: Mapping[str, float] = field(default_factory=dict)
    lr: float = 0.0
    seconds: float = 0.0
    pictures: int = 0
    memory: int = 0
    evaluation: Mapping[str, Any] | None = None
    checkpoint: str | None = None
    early: bool = False
    note: str = ""
    said: tuple[Note, ...] = ()
    finished: Mapping[str, Any] | None = None
    cosine: float | None = None
    grad_norm: float | None = None
    clipped: float = 1.0
    layers: Mapping[str, float] = field(default_factory=dict)
    reading: ReadProgress | None = None
    judging: Progress | None = None
    proposing: Progress | None = None


def layers_in(line: Mapping[str, Any]) -> dict[str, float]:
    """A frame's `layers` from a line of metrics.jsonl."""
    starts = (f"{GRAD_NORM}.", f"{UPDATE_RATIO}.")
    return {
        name: float(value)
        for name, value in line.items()
        if name.startswith(starts) and _is_number(value)
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _among(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SpecError("value.unknown_name", kind=name, value=value, known=", ".join(known))


def _in_range(name: str, value: float, low: float, high: float) -> None:
    if not _is_number(value) or not low <= value <= high:
        raise SpecError("value.out_of_range", name=name, value=value, low=low, high=high)
