"""All that a training goes on from, written into a folder and read back.

FOLDER/weights.safetensors   the weights to use
FOLDER/training.safetensors  plain weights, optimizer state, random states, and what else
                             a schedule keeps
FOLDER/state.json            the step they belong to; written last
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.detection.models import weight_files
from engine.detection.models.weight_files import Description
from engine.errors import InputError, ModelError
from engine.training.runs import run_folder
from engine.training.runs.kept_states import STATE

WEIGHTS, TRAINING = "weights.safetensors", "training.safetensors"
VERSION = 1  # of these files; a state without one is of the first
Tensors = Mapping[str, Tensor]
_RANDOM, _DEVICE_RANDOM = "random", "device_random"


@dataclass(frozen=True)
class TrainingState:
    """A moment of a training, between two steps.

    Attributes:
        step: steps done.
        weights: the weights to use, float32: the running average where there is one.
        model: the weights that learn, by the model's names.
        optimizer: torch's state by the number of the parameter.
        random: torch's random state on the CPU, uint8.
        device_random: that of the device, where it is not the CPU.
        facts: what else is to be remembered, as JSON has it.
        tensors: further tensors by name; none of the names begins as another field's do.
    """

    step: int
    weights: Mapping[str, Tensor]
    model: Mapping[str, Tensor]
    optimizer: Mapping[int, Mapping[str, Any]]
    random: Tensor
    device_random: Tensor | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    tensors: Mapping[str, Tensor] = field(default_factory=dict)


def write(folder: Path, state: TrainingState, description: Description) -> None:
    """Write a state into an empty folder.

    Raises:
        ExportError: a file could not be written.
    """
    tensors = {"model." + name: tensor for name, tensor in state.model.items()}
    for number, values in state.optimizer.items():
        for name, value in values.items():
            if value is not None:
                tensors[f"optimizer.{number}.{name}"] = torch.as_tensor(value)
    tensors |= {"further." + name: tensor for name, tensor in state.tensors.items()}
    tensors[_RANDOM] = state.random
    if state.device_random is not None:
        tensors[_DEVICE_RANDOM] = state.device_random
    weight_files.write_tensors(folder / WEIGHTS, state.weights, description.metadata())
    weight_files.write_tensors(folder / TRAINING, tensors)
    text = json.dumps({"version": VERSION, "step": state.step, **state.facts}) + "\n"
    run_folder.write_text(folder / STATE, text)


def read(folder: Path) -> TrainingState:
    """The state that `write` wrote, on the CPU.

    Raises:
        InputError: another version of the program wrote it.
        ModelError: a file is missing, cut short or damaged.
    """
    try:
        facts = json.loads((folder / STATE).read_text(encoding="utf-8"))
        step = int(facts.pop("step"))
        version = facts.pop("version", VERSION)
        if version != VERSION:
            raise InputError("run.version", path=folder, value=version, expected=VERSION)
        weights = weight_files.read_tensors(folder / WEIGHTS)
        tensors = weight_files.read_tensors(folder / TRAINING)
        optimizer: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _under(tensors, "optimizer.").items():
            number, _, key = name.partition(".")
            optimizer.setdefault(int(number), {})[key] = tensor
        return TrainingState(
            step,
            weights,
            _under(tensors, "model."),
            optimizer,
            tensors[_RANDOM],
            tensors.get(_DEVICE_RANDOM),
            facts,
            _under(tensors, "further."),
        )
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ModelError("weights.broken", path=folder) from error


def _under(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {n.removeprefix(prefix): t for n, t in tensors.items() if n.startswith(prefix)}
