"""Weights as others save them, and weights that lie about their size."""

from __future__ import annotations

import argparse
import json
import os
import resource
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torchvision
from safetensors.torch import save_file
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor
from torchvision.models.detection.mask_rcnn import MaskRCNNPredictor

from engine.detection.models import builders, checkpoints, saved_weights, weight_files, zoo
from engine.detection.models.builders import Architecture
from engine.detection.models.state_dicts import CLASS_ROWS
from engine.errors import ModelError
from tests.forks import result_of

NET = "fasterrcnn_mobilenet_v3_large_320_fpn"
SMALL = Architecture("small", classes=3, width=16, box_width=16, head_width=16, min_size=64)
State = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def state() -> State:
    """A detector with two classes, as the tutorial fine-tunes it."""
    torch.manual_seed(0)
    settings: dict[str, Any] = {"weights": None, "weights_backbone": None}
    model = torchvision.models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(**settings)
    features = model.roi_heads.box_predictor.cls_score.in_features
    model.roi_heads.box_predictor = FastRCNNPredictor(features, 2)
    result: State = model.state_dict()
    return result


def renamed(prefix: str, state: State) -> State:
    return OrderedDict((prefix + name, tensor) for name, tensor in state.items())


def cast(dtype: torch.dtype) -> Callable[[State], State]:
    return lambda s: {n: t.to(dtype) if t.is_floating_point() else t for n, t in s.items()}


NAMESPACE = argparse.Namespace(lr=0.02, output_dir=Path("runs/1"), device=torch.device("cpu"))
SAVED: dict[str, Callable[[State], object]] = {
    "reference.pth": lambda s: {"model": s, "args": NAMESPACE, "epoch": 25},
    "tutorial.pth": lambda s: {"model_state_dict": s, "optimizer_state_dict": {}, "loss": 0.4},
    "lightning.ckpt": lambda s: {
        "state_dict": renamed("model.", s), "epoch": 1, "hyper_parameters": {"lr": 0.1},
    },
    "ddp.pth": lambda s: renamed("module.", s),
    "compiled.pth.tar": lambda s: renamed("_orig_mod.", s),
    "everything.bin": lambda s: {
        "ema": {"module": renamed("model._orig_mod.module.", s)}, "best": np.float64(0.5),
        "args": vars(NAMESPACE),
    },
    "bfloat16.pt": cast(torch.bfloat16),
    "double.pth": cast(torch.float64),
}  # fmt: skip


def check(path: Path, state: State, tolerance: float = 0) -> None:
    model, description = zoo.load_described(path)
    assert description.architecture == NET and description.classes == ("object",)
    loaded = model.state_dict()
    assert loaded.keys() == state.keys()
    for name in (CLASS_ROWS, "backbone.body.0.0.weight"):
        assert loaded[name].dtype == torch.float32
        torch.testing.assert_close(loaded[name], state[name], rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", SAVED)
def test_weights_as_others_save_them(tmp_path: Path, state: State, name: str) -> None:
    path = tmp_path / name
    torch.save(SAVED[name](state), path)
    check(path, state, 1e-2 if "16" in name else 0)


def test_half_precision_safetensors_with_a_prefix(tmp_path: Path, state: State) -> None:
    path = tmp_path / "a.safetensors"
    save_file(cast(torch.float16)(renamed("model.module.", state)), path, {"format": "pt"})
    check(path, state, 1e-2)


def test_the_format_before_torch_1_6(tmp_path: Path, state: State) -> None:
    path = tmp_path / "old.pth"
    torch.save({"model": state}, path, _use_new_zipfile_serialization=False)
    check(path, state)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_file_whose_name_is_no_utf8(tmp_path: Path, state: State) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/poids-\xe9.pth"))
    torch.save(state, tmp_path / "a.pth")
    (tmp_path / "a.pth").rename(path)
    check(path, state)


def test_heads_of_mask_rcnn_trained_anew() -> None:
    """Torchvision's tutorial, with other channels; and masks that kept COCO's classes."""
    settings: dict[str, Any] = {"weights": None, "weights_backbone": None}
    with torch.device("meta"):
        model = torchvision.models.detection.maskrcnn_resnet50_fpn(**settings)
        model.roi_heads.box_predictor = FastRCNNPredictor(1024, 2)
        for channels, classes in ((128, 2), (256, 91)):
            model.roi_heads.mask_predictor = MaskRCNNPredictor(256, channels, classes)
            shapes = {name: tuple(t.shape) for name, t in model.state_dict().items()}
            keys = {name: name for name in shapes}
            saved = saved_weights.SavedWeights(Path("a.pth"), None, shapes, keys, tuple(shapes))
            net, description = checkpoints.rebuild(saved)
            assert description.architecture == "maskrcnn_resnet50_fpn"
            assert net.roi_heads.mask_predictor.mask_fcn_logits.out_channels == classes


def test_what_no_net_fits_is_said_with_its_keys_and_the_nearest(
    tmp_path: Path, state: State
) -> None:
    path = tmp_path / "a.pth"
    torch.save({"optimizer": {"state": {0: {"exp_avg": torch.zeros(3)}}}, "epoch": 3}, path)
    with pytest.raises(ModelError, match=r"optimizer\.state\.0\.exp_avg"):
        zoo.load_described(path)
    torch.save({"epoch": 3, "loss": 0.5}, path)
    with pytest.raises(ModelError, match="epoch, loss"):
        zoo.load_described(path)
    odd = {**state, "roi_heads.box_head.fc6.weight": torch.zeros(64, 12544)}
    torch.save({"model": odd}, path)
    with pytest.raises(ModelError, match=rf"{NET}.*differ: 1 .*box_head\.fc6\.weight 64x12544"):
        zoo.load_described(path)


def test_a_whole_module_is_not_unpickled_and_what_to_do_is_said(tmp_path: Path) -> None:
    path = tmp_path / "whole.pth"
    torch.save(torch.nn.Sequential(torch.nn.Linear(2, 2)), path)
    with pytest.raises(ModelError, match=r"Linear.*state_dict\(\)"):
        zoo.load_described(path)


def measured(path: Path) -> tuple[str, int]:
    """What is said of a file, and how the memory of this process grew (MiB)."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        zoo.load_described(path)
        sentence = ""
    except ModelError as error:
        sentence = str(error)
    return sentence, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def refusal(path: Path) -> tuple[str, int]:
    """The sentence for a file, and the memory that it took (MiB)."""
    return result_of(measured, path)


def test_a_header_without_numbers_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "huge.safetensors"
    wide = Architecture("efficientnet-lite0", 3, width=4096, box_width=4096, head_width=4096)
    weight_files.write_tensors(
        path,
        {"a": torch.zeros(0)},
        weight_files.Description(wide.to_json(), ("a", "b")).metadata(),
    )
    sentence, grown = refusal(path)
    assert "huge" in sentence and "not those of the net that it describes" in sentence
    assert grown < 200


def test_a_header_that_names_tensors_which_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "huge.safetensors"
    wide = Architecture("small", 3, width=4096, box_width=4096, head_width=4096)
    net = builders.sketch(lambda: builders.build(wide))
    header: dict[str, Any] = {"__metadata__": weight_files.Description(wide.to_json(), ("a", "b"))
                              .metadata()}  # fmt: skip
    end = 0
    for name, tensor in net.state_dict().items():
        kind, size = ("F32", 4) if tensor.is_floating_point() else ("I64", 8)
        start, end = end, end + tensor.numel() * size
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)
    sentence, grown = refusal(path)
    assert "broken" in sentence and grown < 200


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_an_archive_of_zeros_costs_nothing(tmp_path: Path, compression: int) -> None:
    plain, path = tmp_path / "plain.pth", tmp_path / "zeros.pth"
    torch.save({CLASS_ROWS: torch.zeros(2, 1024), "backbone.x": torch.zeros(1 << 27)}, plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", compression) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry), compression)
    plain.unlink()
    sentence, grown = refusal(path)
    assert ("compressed" if compression else "nearest") in sentence
    assert grown < 200


def test_a_tensor_that_says_it_is_larger_than_its_file(tmp_path: Path, state: State) -> None:
    """Millions of classes in one number that is repeated."""
    path = tmp_path / "many.pth"
    rows = torch.zeros(1, 1).expand(10**9, 1024)
    torch.save({**state, CLASS_ROWS: rows}, path)
    sentence, grown = refusal(path)
    assert "no net fits" in sentence and grown < 200


@pytest.mark.parametrize(
    "metadata",
    [
        5, [], "text", {"architecture": 5, "classes": "[]"}, {"architecture": {}, "classes": []},
        {"architecture": "{}", "classes": "[]"}, {"architecture": "[]", "classes": "["},
        {"architecture": SMALL.to_json(), "classes": '["one"]'},
        {"architecture": SMALL.to_json(), "classes": "[1, 2]"},
        {"architecture": SMALL.to_json(), "classes": '["a", "b"]', "keypoint_names": "{}"},
        {"architecture": SMALL.to_json(), "classes": "[" * 100_000},
        *(
            {"architecture": json.dumps({**json.loads(SMALL.to_json()), field: value}),
             "classes": '["a", "b"]'}
            for field, value in (
                ("width", 16.5), ("width", [16, 16]), ("proposals", 5), ("proposals", [1]),
                ("anchor_ratios", [1.0] * 100), ("anchor_sizes", 16), ("mask_convolutions", 4000),
                ("classes", 0), ("min_size", None), ("body", ["small"]), ("width", 0),
            )
        ),
    ],
)  # fmt: skip
def test_metadata_of_a_wrong_type_is_one_sentence(tmp_path: Path, metadata: object) -> None:
    path = tmp_path / "a.safetensors"
    header = {"__metadata__": metadata, "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + bytes(4))
    with pytest.raises(ModelError):
        zoo.load_described(path)


@pytest.mark.parametrize(
    "entry", [5, [], {}, {"shape": 3}, {"shape": [True]}, {"shape": ["2"]}, {"shape": [10**400]}]
)
def test_a_damaged_header_is_one_sentence(tmp_path: Path, entry: object) -> None:
    path = tmp_path / "a.safetensors"
    text = json.dumps({CLASS_ROWS: entry}).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text)
    with pytest.raises(ModelError, match=r"a\.safetensors"):
        zoo.load_described(path)


def test_class_names_are_cleaned_where_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    names = ("cat\x1b[2J\nrow", "\ud800dog\u202e", "кот", "Ümlaut", "می‌خواهم")
    net = Architecture("small", classes=6, width=16, box_width=16, head_width=16, min_size=64)
    weight_files.write_tensors(
        path,
        builders.build(net).state_dict(),
        weight_files.Description(net.to_json(), names).metadata(),
    )
    cleaned = ("cat\ufffd[2J\ufffdrow", "\ufffddog\ufffd", "кот", "Ümlaut", "می‌خواهم")
    assert weight_files.describe(path).classes == cleaned
    assert zoo.load_described(path)[1].classes == cleaned
