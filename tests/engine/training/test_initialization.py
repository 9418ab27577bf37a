"""What a training starts from: weights as others save them, and those that do not fit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine.detection.models import builders, weight_files
from engine.detection.models.state_dicts import CLASS_ROWS
from engine.detection.models.weight_files import Description
from engine.errors import ModelError, SpecError
from engine.training.initialization import ARCHITECTURES, base_architecture, first_model
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


def test_an_rpn_that_learnt_other_anchors_begins_anew(tmp_path: Path) -> None:
    torch.manual_seed(1)
    state = builders.build(NET).state_dict()
    weight_files.write_tensors(tmp_path / "a.safetensors", state, TARGET.metadata())
    start = str(tmp_path / "a.safetensors")
    for sizes in (NET.anchor_sizes, (10, 20, 30, 40, 50)):
        target = replace(TARGET, architecture=replace(NET, anchor_sizes=sizes).to_json())
        started = first_model(TrainSpec(model="shapes", start=start), target)
        assert started.rpn.anchor_generator.sizes == tuple((size,) for size in sizes)
        taken = started.state_dict()
        for name, kept in (
            ("rpn.head.cls_logits.weight", sizes == NET.anchor_sizes),
            ("backbone.fpn.inner_blocks.0.0.weight", True),
        ):
            assert torch.equal(taken[name], state[name]) == kept


def test_anchor_sizes_of_a_spec_are_the_nets(tmp_path: Path) -> None:
    sizes = (10, 20, 30, 40, 50)
    spec = TrainSpec(data="shapes", anchor_sizes=sizes)
    assert base_architecture(spec.validated()).anchor_sizes == sizes
    with pytest.raises(SpecError, match="5 numbers"):
        base_architecture(replace(spec, anchor_sizes=(10, 20)))
    with pytest.raises(SpecError, match="anchor_sizes"):
        replace(spec, anchor_sizes=(0,)).check()
