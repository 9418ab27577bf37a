"""How a training goes: which parts learn when, and how fast."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN

from engine.errors import SpecError
from engine.training.optimizer_text import find_trainable, parse_optimizer
from engine.training.spec import TrainSpec
from engine.training.updates.lr_schedule import parse_lr_schedule


def rate(step: int, steps: int, *, warmup: int, cooldown: float) -> float:
    """Learning rate of step `step` (from 0) of `steps`, as a fraction of the full one.

    Rises over `warmup` steps, stays, and falls as a cosine over the last `cooldown`
    share. The middle is flat, so a run may be extended or ended earlier while it lasts.
    """
    rising = min(1.0, (step + 1) / warmup) if warmup else 1.0
    start = steps * (1 - cooldown)
    if step < start:
        return rising
    done = (step - start) / max(steps - start, 1)
    return rising * 0.5 * (1 + math.cos(math.pi * min(done, 1.0)))


def make_optimizer(model: GeneralizedRCNN, spec: TrainSpec) -> torch.optim.Optimizer:
    """The optimizer of the joint schedule: heads at lr, the backbone at a share of it.

    Weight decay leaves biases and norms alone. Each group keeps its full rate in
    "full_lr", for `set_rate` to scale.

    Raises:
        SpecError: torch's optimizer does not take these settings.
    """
    kind, given = parse_optimizer(spec.optimizer)
    record = find_trainable(spec.optimizer.partition(":")[0].strip())
    settings = {**record.twin_arguments(record.complete({})), **given}
    decay = settings.get("weight_decay", 0.0)
    heads: list[nn.Parameter] = []
    backbone: list[nn.Parameter] = []
    plain: list[nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("backbone.body"):
            backbone.append(parameter)
        elif parameter.ndim > 1:
            heads.append(parameter)
        else:
            plain.append(parameter)
    groups: list[dict[str, Any]] = [
        {"params": heads, "weight_decay": decay, "share": 1.0},
        {"params": plain, "weight_decay": 0.0, "share": 1.0},
        {"params": backbone, "weight_decay": decay, "share": spec.backbone_lr_scale},
    ]
    try:
        kept = [group for group in groups if group["params"]]
        optimizer: torch.optim.Optimizer = getattr(torch.optim, kind)(kept, **settings)
    except (TypeError, ValueError) as error:
        raise SpecError("train.bad_optimizer", optimizer=spec.optimizer, why=error) from error
    for group in optimizer.param_groups:
        group["full_lr"] = float(group["lr"])
    return optimizer


def lr_at(spec: TrainSpec, done: int, steps: int) -> Callable[[float], float]:
    """What makes a group's full learning rate that of one step.

    Args:
        done: steps that the phase has taken before this one.
        steps: steps of the phase in all.

    Raises:
        InputError: the spec's schedule cannot be read.
    """
    planned = parse_lr_schedule(spec.lr_schedule)
    if planned is None:
        fraction = rate(done, steps, warmup=spec.warmup, cooldown=spec.cooldown)
        return lambda lr: lr * fraction
    schedule, settings = planned
    return lambda lr: float(schedule.rate(lr, done, **settings))


def set_rate(optimizer: torch.optim.Optimizer, lr_of: Callable[[float], float]) -> float:
    """Give every group its learning rate, made of its full one; returns that of the heads."""
    for group in optimizer.param_groups:
        group["lr"] = lr_of(group["full_lr"] * group["share"])
    result: float = optimizer.param_groups[0]["lr"]
    return result


def use_mixed_precision(model: GeneralizedRCNN, device: torch.device) -> None:
    """Let the pyramid and the heads compute in bfloat16; boxes and losses stay float32.

    The backbone stays float32: its depthwise layers go back slower in bfloat16 on a CPU.
    """
    heads = model.roi_heads
    for part in (
        model.backbone.fpn,
        model.rpn.head,
        heads.box_head,
        heads.mask_head,
        heads.mask_predictor,
        heads.keypoint_head,
        heads.keypoint_predictor,
    ):
        if part is not None:
            part.forward = _mixed(part.forward, device)


def _mixed(forward: Any, device: torch.device) -> Any:
    def run(*arguments: Any) -> Any:
        with torch.autocast(device.type, torch.bfloat16):
            result = forward(*arguments)
        return _to_float(result)

    return run


def _to_float(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.float()
    if isinstance(value, dict):
        return type(value)((key, _to_float(item)) for key, item in value.items())
    return type(value)(_to_float(item) for item in value)
