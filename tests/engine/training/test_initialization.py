"""What a training starts from: weights as others save them, and those that do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.detection.models import builders, weight_files
from engine.detection.models.state_dicts import CLASS_ROWS
from engine.detection.models.weight_files import Description
from engine.errors import ModelError
from engine.training.initialization import ARCHITECTURES, first_model
from engine.training.spec import TrainSpec

NET = replace(ARCHITECTURES["shapes"], classes=3)
TARGET = Description(NET.to_json(), ("ant", "bee"))


def start_from(path: Path) -> dict[str, torch.Tensor]:
    return dict(first_model(TrainSpec(model="shapes", start=str(path)), TARGET).state_dict())


def test_weights_of_a_wrapped_net_are_a_start(tmp_path: Path) -> None:
    torch.manual_seed(1)
    state = builders.build(NET).state_dict()
    torch.save({"model": {"module." + n: t for n, t in state.items()}}, tmp_path / "a.pth")
    weight_files.write_tensors(
        tmp_path / "a.safetensors",
        {n: t.half() if t.is_floating_point() else t for n, t in state.items()},
        TARGET.metadata(),
    )
    for name, tolerance in (("a.pth", 0.0), ("a.safetensors", 1e-3)):
        started = start_from(tmp_path / name)
        torch.testing.assert_close(
            started["rpn.head.cls_logits.weight"], state["rpn.head.cls_logits.weight"],
            rtol=tolerance, atol=tolerance,
        )  # fmt: skip
        same = torch.allclose(started[CLASS_ROWS], state[CLASS_ROWS], rtol=1e-2)
        assert same == (name == "a.safetensors")  # a state dict does not say what its classes are


def test_weights_that_do_not_fit_are_named(tmp_path: Path) -> None:
    torch.save({"layer1.weight": torch.zeros(3)}, tmp_path / "a.pth")
    with pytest.raises(ModelError, match=r"shapes; found: layer1\.weight"):
        start_from(tmp_path / "a.pth")
