"""MoveNet's features from the files of the npm package, and from safetensors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from engine.detection.models import backbones
from engine.detection.models.backbones import Backbone, Bottleneck
from engine.errors import ModelError
from engine.training import movenet

ROOT = "StatefulPartitionedCall/model_1/model/"
PARTS = {
    "expand": ("expand", "expand_relu/Relu6"),
    "depthwise": ("depth", "depthwise/depthwise"),
    "project": ("project", "project_BN/FusedBatchNormV3"),
}


@pytest.fixture
def source() -> Backbone:
    """A backbone whose values fit half precision, with shifts."""
    torch.manual_seed(3)
    backbone = backbones.movenet()
    with torch.no_grad():
        for name, tensor in backbone.state_dict().items():
            if name.endswith("shift"):
                tensor.normal_()
            tensor.copy_(tensor.half())
    return backbone


def layers(backbone: Backbone) -> list[tuple[str, str, Any]]:
    """(our name, the graph's, the layer) of every convolution."""
    found = [("stem", "Conv1_relu/Relu6", backbone.stem)]
    blocks = [block for block in backbone.modules() if isinstance(block, Bottleneck)]
    for index, block in enumerate(blocks):
        start = f"block_{index}_" if index else "expanded_conv_"
        for part, (short, end) in PARTS.items():
            if getattr(block, part) is not None:
                found.append((f"blocks.{index}.{short}", start + end, getattr(block, part)))
    return found


def write_graph(folder: Path, backbone: Backbone) -> Path:
    """The backbone as a TensorFlow.js graph model: kernels (height, width, in, out), float16."""
    nodes: list[dict[str, Any]] = [{"name": "input", "op": "Placeholder"}]
    entries, data = [], b""
    for number, (_, name, layer) in enumerate(layers(backbone)):
        order = (2, 3, 0, 1) if layer.groups > 1 else (2, 3, 1, 0)
        for kind, tensor in (("w", layer.weight.permute(order)), ("b", layer.shift)):
            entry = {"name": f"{kind}{number}", "shape": list(tensor.shape), "dtype": "float32"}
            entries.append({**entry, "quantization": {"dtype": "float16"}})
            data += tensor.detach().numpy().astype("<f2").tobytes()
        # Some exporters say which output of a node is meant.
        nodes.append({"name": ROOT + name, "input": ["x", f"w{number}:0", f"b{number}"]})
    entries.append({"name": "shape", "shape": [2], "dtype": "int32"})
    data += np.asarray([1, 2], "<i4").tobytes()
    (folder / "net.bin").write_bytes(data)
    path = folder / "net.json"
    manifest = [{"paths": ["net.bin"], "weights": entries}]
    path.write_text(json.dumps({"modelTopology": {"node": nodes}, "weightsManifest": manifest}))
    return path


def write_tensors(folder: Path, backbone: Backbone) -> Path:
    path = folder / "backbone.safetensors"
    save_file(
        {
            f"{name}.{kind}": tensor.detach().half().contiguous()
            for name, _, layer in layers(backbone)
            for kind, tensor in (("weight", layer.weight), ("bias", layer.shift))
        },
        path,
    )
    return path


@pytest.mark.parametrize("write", [write_graph, write_tensors])
def test_both_kinds_of_files_fill_the_body(write: Any, source: Backbone, tmp_path: Path) -> None:
    path = write(tmp_path, source)
    assert movenet.is_features(str(path))
    backbone = backbones.movenet()
    movenet.load(backbone, path)
    for name, tensor in source.state_dict().items():
        assert torch.equal(backbone.state_dict()[name], tensor), name


def test_the_maps_have_the_strides_and_channels_of_the_graph(source: Backbone) -> None:
    with torch.no_grad():
        maps = source(torch.zeros(1, 3, 96, 160))
    found = [tuple(values.shape[1:]) for values in maps.values()]
    assert found == [(40, 24, 40), (48, 12, 20), (144, 6, 10), (480, 3, 5)]
    assert sum(parameter.numel() for parameter in source.parameters()) == 3_964_176
    _, channels, mean, deviation = backbones.BACKBONES["movenet"]
    assert channels == (40, 48, 144, 480)
    for value in (0, 127.5, 255):  # of a pixel, to the graph's input
        assert (value / 255 - mean[0]) / deviation[0] == pytest.approx(value / 127.5 - 1)


def test_at_stride_two_the_pad_lies_below_and_right(source: Backbone) -> None:
    """TensorFlow's SAME on even sizes, by hand for one output of the stem."""
    image = torch.rand(1, 3, 8, 8)
    layer = source.stem
    with torch.no_grad():
        out = layer(image)
        first = (image[0, :, :3, :3] * layer.weight[5]).sum() + layer.shift[5]
        last = (image[0, :, 6:, 6:] * layer.weight[5, :, :2, :2]).sum() + layer.shift[5]
    assert out.shape == (1, 48, 4, 4)
    assert out[0, 5, 0, 0].item() == pytest.approx(first.item(), rel=1e-4, abs=1e-5)
    assert out[0, 5, 3, 3].item() == pytest.approx(last.item(), rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("text", ["{}", "[]", "nonsense", '{"modelTopology": {"node": []}}'])
def test_another_json_is_no_features(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"odd\.json"):
        movenet.load(backbones.movenet(), path)


def test_a_cut_file_is_said(source: Backbone, tmp_path: Path) -> None:
    path = write_graph(tmp_path, source)
    data = (tmp_path / "net.bin").read_bytes()
    (tmp_path / "net.bin").write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match=r"net\.json"):
        movenet.load(backbones.movenet(), path)
    assert not movenet.is_features(str(tmp_path / "no.json"))
