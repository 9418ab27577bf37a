"""A detector's parameters are found inside whatever a training script saved."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
import torch

from engine.detection.models.state_dicts import CLASS_ROWS, find_tensors, strip_prefixes

NAMES = (
    CLASS_ROWS,
    "backbone.body.conv1.weight",
    "backbone.fpn.inner_blocks.0.0.weight",
    "rpn.head.conv.0.0.bias",
)
NET = {name: torch.full((2,), float(index)) for index, name in enumerate(NAMES)}


def taken(content: object) -> dict[str, float]:
    """The value of each parameter that is found."""
    return {
        name: float(tensor[0])
        for name, (_, tensor) in strip_prefixes(find_tensors(content)).items()
    }


def prefixed(prefix: str, net: dict[str, torch.Tensor] = NET) -> dict[str, torch.Tensor]:
    return {prefix + name: tensor for name, tensor in net.items()}


WANTED = taken(NET)


@pytest.mark.parametrize("count", range(5))
def test_prefixes_in_any_order(count: int) -> None:
    assert {name: float(index) for index, name in enumerate(NAMES)} == WANTED
    for parts in permutations(("module.", "_orig_mod.", "model.", "net.", "detector."), count):
        assert taken(prefixed("".join(parts))) == WANTED, parts


def test_a_wrapper_in_the_middle_of_a_name() -> None:
    for wrapper in ("_orig_mod", "module", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"):
        net = {name.replace("backbone.", f"backbone.{wrapper}."): t for name, t in NET.items()}
        assert taken(prefixed("model.", net)) == WANTED


WRAPPERS = ("model", "state_dict", "model_state_dict", "model_state", "net", "ema", "model_ema",
            "state_dict_ema", "params")  # fmt: skip


def test_wrappers_in_any_nesting() -> None:
    beside: dict[str, Any] = {
        "epoch": 3,
        "loss": 0.4,
        "optimizer": {"state": {0: {"momentum_buffer": torch.zeros(7)}}, "param_groups": [{}]},
        "lr_scheduler": {"last_epoch": 3},
        "best": None,
    }
    for outer, inner in product(WRAPPERS, (*WRAPPERS, None)):
        net = prefixed("module.")
        content = {**beside, outer: net if inner is None else {inner: net, "updates": 5}}
        assert taken(content) == WANTED, (outer, inner)
    assert taken([NET, {"momentum": torch.zeros(3)}]) == WANTED


@pytest.mark.parametrize("average", ["ema", "model_ema", "state_dict_ema", "ema_model", "swa"])
def test_an_average_is_taken_only_where_there_is_no_other(average: str) -> None:
    copy = {name: tensor + 100 for name, tensor in NET.items()}
    averaged = {average: {"n_averaged": torch.tensor(4), **prefixed("module.", copy)}}
    assert taken(averaged) == {name: value + 100 for name, value in WANTED.items()}
    assert taken({**averaged, "model": NET}) == WANTED
    assert taken({"model": NET, **averaged}) == WANTED


def test_other_parts_of_a_lightning_module_are_left_out() -> None:
    others = {"criterion.weight": torch.zeros(1), "metric.total": torch.zeros(1)}
    assert taken({"state_dict": {**others, **prefixed("model.")}}) == WANTED


def test_names_of_torchvision_up_to_0_12() -> None:
    old = {
        "backbone.fpn.inner_blocks.3.weight": "backbone.fpn.inner_blocks.3.0.weight",
        "backbone.fpn.layer_blocks.0.bias": "backbone.fpn.layer_blocks.0.0.bias",
        "rpn.head.conv.weight": "rpn.head.conv.0.0.weight",
        "roi_heads.mask_head.mask_fcn2.bias": "roi_heads.mask_head.1.0.bias",
        "roi_heads.keypoint_head.0.weight": "roi_heads.keypoint_head.0.weight",
        CLASS_ROWS: CLASS_ROWS,
    }
    assert set(strip_prefixes(dict.fromkeys(old, 1))) == set(old.values())


def test_no_detector_and_no_tensors() -> None:
    assert taken({"layer4.0.conv1.weight": torch.zeros(2), "epoch": 3}) == {}
    assert find_tensors([1, "a", None, {"a": {}}]) == {}


def test_a_dictionary_that_holds_itself_is_walked_through_once() -> None:
    loop: dict[str, Any] = dict(NET)
    loop["self"] = loop
    deep: Any = {"a": torch.zeros(1)}
    for _ in range(60):  # 2^60 paths
        deep = {"left": deep, "right": deep}
    assert taken({"deep": deep, "model": loop}) == WANTED
